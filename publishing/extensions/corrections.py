"""Small corrections of what the theme and the stock extensions make."""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from fourcities.ledger import OUTCOMES

# A folded cell is called by the words that stand on it, so that someone who speaks to
# the page can say them. No id stands twice.
USELESS = (
    ' aria-label="Toggle hidden content"',
    ' id="exercise-content"',
    ' id="solution-content"',
)

# A verdict in a sentence, as a link to its row of the ledger.
VERDICT = re.compile(
    r'<a class="reference internal" (href="[^"]*#ledger-[^"]*">'
    rf"<span[^>]*>({'|'.join(OUTCOMES)})</span></a>)",
    re.I,
)


def setup(app: Sphinx) -> ExtensionMetadata:
    # jupyter-book always sets it; its extension is not loaded.
    app.add_config_value("comments_config", {}, "html")
    app.connect("html-page-context", level_of_captions, priority=900)  # after the theme
    app.connect("html-page-context", tidy, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def level_of_captions(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the parts in the navigation a level: the theme marks them as headings."""
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def tidy(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Take useless attributes out and give verdicts the chip that the ledger has.

    Exercises have their look from book.css alone.
    """
    body = context.get("body", "")
    for useless in USELESS:
        body = body.replace(useless, "")
    context["body"] = VERDICT.sub(_as_chip, body)
    context["css_files"] = [
        file
        for file in context["css_files"]
        if not str(file.filename).endswith("exercise.css")
    ]


def _as_chip(verdict: re.Match[str]) -> str:
    outcome = verdict[2].lower().replace(" ", "-")
    return f'<a class="reference internal chip {outcome}" {verdict[1]}'
