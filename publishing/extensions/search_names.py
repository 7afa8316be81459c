"""Names for the search: terms, names of a table in their languages, its numbers.

Each leads to the entry or the table where it stands. A number has the name of its
indicator, alone and with each city: "share of foreigners Cologne" leads to it.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import cities, lookup, read
from fourcities.presentation import name

from .labels import LABELLED, raw_html

GLOSSARY = "glossary"
NAMED = re.compile(r'<span lang="[^"]+">([^<]+)</span>')
ROW = re.compile(r'role="rowheader">([^<]+)<')
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

    Terms in their three languages, the German and Chinese names of a table, and the
    indicators of the page's section.
    """
    entries = _terms() if app.env.docname == GLOSSARY else []
    for html in raw_html(doctree):
        labels = LABELLED.findall(html)
        if len(labels) == 1:
            names = dict.fromkeys(NAMED.findall(html))
            entries += [_entry(unescape(each), labels[0]) for each in names]
            values = _values(html, app.env.docname)
            entries += [_entry(each, labels[0], "main") for each in values]
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


def _values(html: str, page: str) -> Iterator[str]:
    """The indicators of a table, if the page is on their section of the report.

    Each alone, and with each city that is a column.
    """
    columns = [name(city) for city in cities()]
    columns = [column for column in columns if f'data-label="{column}"' in html]
    chapters = lookup("sections", "chapter")
    mine = {
        row["label"]
        for _, row in read("indicators").iterrows()
        if chapters[row["section"]] == page
    }
    for head in map(unescape, ROW.findall(html) if columns else []):
        if head in mine:
            yield from [head, *(f"{head} {column}" for column in columns)]


def _entry(words: str, label: str, main: str = "") -> Entry:
    # A semicolon would part the name from a second one.
    main = main or ("main" if FIRST.match(label) else "")
    return "single", words.replace(";", ","), label, main, None
