"""Names for the search: terms and names of a table in their languages.

Each leads to the entry or the table where it stands.
"""

import re
from html import unescape
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import read

from .labels import LABELLED, raw_html

GLOSSARY = "glossary"
NAMED = re.compile(r'<span lang="[^"]+">([^<]+)</span>')
# The glossary and the report's own tables come first, other tables after every page
# that holds the words.
FIRST = re.compile(r"term-|table-\d")

# An entry of Sphinx's index: kind, name, label, "main" or "", None.
Entry: TypeAlias = tuple[str, str, str, str, None]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("doctree-read", index_names)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def index_names(app: Sphinx, doctree: nodes.document) -> None:
    """Let the search find names where they stand.

    Terms in their three languages, the German and Chinese names of a table.
    """
    entries = _terms() if app.env.docname == GLOSSARY else []
    for html in raw_html(doctree):
        labels = LABELLED.findall(html)
        if len(labels) == 1:
            names = dict.fromkeys(NAMED.findall(html))
            entries += [_entry(unescape(name), labels[0]) for name in names]
    if entries:
        doctree.insert(0, addnodes.index(entries=entries))


def _terms() -> list[Entry]:
    """The names of all terms of the glossary."""
    return [
        _entry(row[column], f"term-{row['term']}")
        for _, row in read("terms").iterrows()
        for column in ("name", "name_de", "name_zh")
        if row[column]
    ]


def _entry(name: str, label: str) -> Entry:
    # A semicolon would part the name from a second one.
    main = "main" if FIRST.match(label) else ""
    return "single", name.replace(";", ","), label, main, None
