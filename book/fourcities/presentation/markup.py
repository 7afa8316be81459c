"""Text as safe HTML.

German and Chinese names carry their language, other scripts their direction.
"""

from __future__ import annotations

import re

from IPython.display import Markdown
from markupsafe import Markup, escape

from .front_ends import numbered, to_files

# Letters of Hebrew, Arabic and their kin, as explorers/common/words.js has it.
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

# German in German quotation marks, or Chinese characters with the full-width signs
# before, between and after them; explorers/common/words.js has the same.
FOREIGN = re.compile(
    r"„[^“]*“"
    r"|[\u3400-\u9fff\uff00-\uffef]*[\u3400-\u9fff][\u3400-\u9fff\uff00-\uffef]*"
)

MARKDOWN_SIGN = re.compile(r"[*_\[\]{}\\$]")


def tagged(text: str, language: str) -> str:
    """`text` as HTML, marked with its language.

    Parameters
    ----------
    text
        A name or title as printed.
    language
        "de", "zh-Hans" or another language tag; "" for English.

    Returns
    -------
    str
        Safe HTML in which nothing is Markdown. If there is a language and the text has
        letters of a script that runs from right to left, the direction is marked too.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.tagged("Musterstadt", "de")
    '<span lang="de">Musterstadt</span>'
    """
    safe = literal(text)
    if not language:
        return safe
    direction = ' dir="rtl"' if RIGHT_TO_LEFT.search(text) else ""
    return f'<span lang="{language}"{direction}>{safe}</span>'


def literal(text: str) -> str:
    """`text` as HTML in which nothing is Markdown either.

    Künstler*innen keep their star.
    """
    return MARKDOWN_SIGN.sub(lambda sign: f"&#{ord(sign[0])};", str(escape(text)))


def markdown(text: str) -> Markdown:
    """Markdown that a notebook shows.

    Parameters
    ----------
    text
        Words, perhaps with amounts in US$.

    Returns
    -------
    IPython.display.Markdown
        The same, each dollar sign in an element of its own: no front end takes what
        stands between two of them for a formula. Links lead to the files of chapters.
    """
    text = to_files(text, numbered())
    return Markdown(text.replace("$", "<span>&#36;</span>"))


def marked(text: str) -> Markup:
    """`text` as safe HTML in which German and Chinese carry their language.

    Parameters
    ----------
    text
        A sentence, such as a note; what is Markup already is taken as it is. German in
        it stands in German quotation marks: „Stadtteil“.

    Returns
    -------
    Markup
        The text, with each run of Chinese characters and each German quotation in a
        `span`.
    """
    return Markup(FOREIGN.sub(_foreign, str(escape(text))))


def _foreign(found: re.Match[str]) -> str:
    """What FOREIGN finds, marked with its language."""
    language = "de" if found[0].startswith("„") else "zh-Hans"
    return f'<span lang="{language}">{found[0]}</span>'
