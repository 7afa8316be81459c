"""Text as safe HTML: German and Chinese names carry their language, other scripts their direction."""

import re

from markupsafe import Markup as html
from markupsafe import escape

RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
)  # letters of Hebrew, Arabic and their kin, as explorer.js has it


def tagged(text, language):
    """`text` as HTML, marked with its language ("de", "zh-Hans"; "" for English) and, if it has letters of such a script, with its direction."""
    safe = literal(text)
    direction = ' dir="rtl"' if RIGHT_TO_LEFT.search(text) else ""
    return f'<span lang="{language}"{direction}>{safe}</span>' if language else safe


def literal(text):
    """`text` as HTML in which nothing is Markdown either: Künstler*innen keep their star."""
    return re.sub(
        r"[*_\[\]{}\\$]", lambda sign: f"&#{ord(sign[0])};", str(escape(text))
    )


def marked(text):
    """`text` as safe HTML in which Chinese characters carry their language."""
    return html(
        re.sub(
            r"[\u3400-\u9fff\uff00-\uffef（）]*[\u3400-\u9fff][\u3400-\u9fff\uff00-\uffef（）]*",
            r'<span lang="zh-Hans">\g<0></span>',
            str(escape(text)),
        )
    )
