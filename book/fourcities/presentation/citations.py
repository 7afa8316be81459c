"""Where a fact stands: in the report, in the works that it cites, in this book."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import yaml
from markupsafe import Markup

from fourcities.facts import ROOT, Cells, lookup, read, state_of

from .markup import tagged
from .words import list_of


class _Work(NamedTuple):
    """A work as a citation names it."""

    source: str  # key of sources.csv
    label: str  # with pages: "Gluns 2018: 4"
    language: str  # of the label, "" for English


def reference(citation: str) -> str:
    """A citation in a sentence, each work linked to the bibliography.

    Parameters
    ----------
    citation
        A key of citations.csv, or of a reading in sources.csv.

    Returns
    -------
    str
        Markdown; works are joined by commas, German names carry their language.

    Raises
    ------
    KeyError
        If there is no such citation; the message has those that there are.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.reference("gluns-2018-4")
    '[Gluns 2018: 4](bibliography.ipynb#gluns-2018)'
    >>> fc.reference("sartori-1970")
    '[Sartori 1970](bibliography.ipynb#sartori-1970)'
    """
    known = _all_works(state_of())
    if citation not in known:
        raise KeyError(
            f"unknown citation {citation!r}; data/citations.csv has: {', '.join(known)}"
        )
    links = []
    for work in _works(citation):
        words = tagged(work.label, work.language) if work.language else work.label
        links.append(f"[{words}](bibliography.ipynb#{work.source})")
    return ", ".join(links)


def where(row: Cells) -> str:
    """The place of a value in the report, as a Markdown link where the book has it.

    Parameters
    ----------
    row
        A row of `observations`.

    Returns
    -------
    str
        "[Table 1](basic-data.ipynb#table-1)"; for a value in prose its section and
        citation, "Section 2.1, [Gluns 2018: 4](bibliography.ipynb#gluns-2018)"; for a
        computed one the places of its parts; for what was added to the report the
        source.
    """
    if row["added"] and not row["formula"]:
        return reference(row["source"])
    if row["formula"] or row["table"]:
        return list_of(_linked(place) for place in origins(row))
    section = origins(row)[0]
    cited = reference(row["source"]) if row["source"] else "no source named"
    return f"{section}, {cited}"


def _linked(place: str) -> str:
    """ "Table 1" with a link to it; any other place as it is."""
    if not place.startswith("Table"):
        return place
    return f"[{place}]({pages()[place].replace('.html', '.ipynb')})"


def origins(row: Cells) -> list[str]:
    """Where in the report a row stands, or the parts of a computed value.

    Parameters
    ----------
    row
        A row of `observations`, or of another table with section and source.

    Returns
    -------
    list of str
        ["Table 1", "Section 5.1"]; sections only where there is no table, or for a
        computed value. For what was added to the report: the sources.
    """
    computed = bool(row.get("formula"))
    added = []
    if row["added"]:
        added = [citation_words(citation) for citation in row["source"].split()]
    if added and not computed:
        return added
    tables = [f"Table {table}" for table in row.get("table", "").split()]
    sections = []
    if computed or not tables:
        sections = [f"Section {section}" for section in row["section"].split()]
    return tables + sections + added


def citation_words(citation: str) -> str:
    """A citation as the report makes it.

    Parameters
    ----------
    citation
        A key of citations.csv.

    Returns
    -------
    str
        "Gluns 2018: 4", or the works of a table's source line joined by commas.
    """
    return ", ".join(work.label for work in _works(citation))


def citation_html(citation: str) -> Markup:
    """The same for a table: German names carry their language."""
    works = _works(citation)
    return Markup(", ").join(Markup(tagged(w.label, w.language)) for w in works)


def _works(citation: str) -> list[_Work]:
    """The works of a citation; none if it is unknown."""
    return _all_works(state_of()).get(citation, [])


@lru_cache(maxsize=2)
def _all_works(state: object) -> dict[str, list[_Work]]:
    """The works of each citation and reading. state: of the data, as in `state_of`."""
    sources = read("sources")
    labels = sources[["source", "label", "language"]]
    cited = read("citations").drop_duplicates(["citation", "source"])
    works: dict[str, list[_Work]] = {}
    for _, row in cited.merge(labels, on="source").iterrows():
        pages = f": {row['pages'].replace('-', '–')}" if row["pages"] else ""
        work = _Work(row["source"], row["label"] + pages, row["language"])
        works.setdefault(row["citation"], []).append(work)
    # The report cites no reading: each is a citation of its own.
    readings = labels[sources["kind"] == "reading"]
    return works | {work.source: [work] for work in map(_Work._make, readings.values)}


def works_cited(row: Cells) -> str:
    """The works behind a printed value, as the report names them.

    Parameters
    ----------
    row
        A row of `observations`.

    Returns
    -------
    str
        As of `citation_words`, or "no source named"; "" for a computed value, and for
        an added one, whose origin they are.
    """
    if row["formula"] or row["added"]:
        return ""
    return citation_words(row["source"]) if row["source"] else "no source named"


def pages() -> dict[str, str]:
    """Where a place of the report stands in the book.

    Returns
    -------
    dict
        For each table and section of the report its page: {"Table 1":
        "basic-data.html#table-1", "Section 2.1": "basic-data.html"}.
    """
    chapters = lookup("sections", "chapter")
    found = {}
    for table, section in lookup("tables", "section").items():
        found[f"Table {table}"] = f"{chapters[section]}.html#table-{table}"
    for section, chapter in chapters.items():
        if section != "0":
            found[f"Section {section}"] = f"{chapter}.html"
    return found


def credit() -> list[str]:
    """How to cite: the book, and the report that the facts are from.

    Returns
    -------
    list of str
        Two lines: the first from CITATION.cff, the second from project.csv and from
        what sources.csv says is not known of the report.
    """
    book = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    who = list_of(author["name"] for author in book["authors"])
    project = lookup("project", "name")
    # The second sentence of the report's note says it, up to its semicolon.
    unknown = lookup("sources", "note")["report"].split(". ")[1].split("; ")[0]
    return [
        f"{who}: {book['title']}.",
        f"Facts from the comparative report of the project “{project['title']}”"
        f" ({project['short title']}). {unknown}.",
    ]
