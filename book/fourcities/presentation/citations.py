"""Where a fact stands: in the report, in the works that it cites, in this book."""

from functools import lru_cache

import yaml
from markupsafe import Markup as html

from fourcities.facts import ROOT, read, state_of

from .markup import tagged
from .words import list_of


def reference(citation):
    """A citation in a sentence, each work linked to the bibliography: "[Gluns 2018: 4](#gluns-2018)"."""
    return ", ".join(
        f"[{tagged(label, language) if language else label}](#{source})"
        for source, label, language in _works(citation)
    )


def where(row):
    """The place of a value in the report, as a Markdown link where the book has it: "Table 1", "Section 2.1"."""
    found = origins(row)
    if row["added"] and not row["formula"]:
        return reference(row["source"])
    if not row["formula"] and not row["table"]:
        return found[0] + (
            f", {reference(row['source'])}" if row["source"] else ", no source named"
        )
    return list_of(
        f"[{place}](#{place.lower().replace(' ', '-')})"
        if place.startswith("Table")
        else place
        for place in found
    )


def origins(row):
    """Where in the report a row stands, or the parts of a computed value: ["Table 1", "Section 5.1"]. For what was added to it: the sources.

    row: a row of observations, or of another table with section and source.
    """
    added = (
        [citation_words(citation) for citation in row["source"].split()]
        if row["added"]
        else []
    )
    if added and not row.get("formula"):
        return added
    tables = [f"Table {t}" for t in row.get("table", "").split()]
    return (
        tables
        + (
            [f"Section {s}" for s in row["section"].split()]
            if row.get("formula") or not tables
            else []
        )
        + added
    )


def citation_words(citation):
    """A citation as the report makes it: "Gluns 2018: 4", or the works of a table's source line joined by commas."""
    return ", ".join(label for _, label, _ in _works(citation))


def citation_html(citation):
    """The same for a table: German names carry their language."""
    return html(", ").join(
        html(tagged(label, language)) for _, label, language in _works(citation)
    )


def _works(citation):
    """The works of a citation: key, label with pages, and language of each."""
    return _all_works(state_of()).get(citation, [])


@lru_cache(maxsize=2)
def _all_works(state):
    works = {}
    for _, r in (
        read("citations")
        .drop_duplicates(["citation", "source"])
        .merge(read("sources")[["source", "label", "language"]], on="source")
        .iterrows()
    ):
        works.setdefault(r["citation"], []).append(
            (
                r["source"],
                r["label"]
                + (f": {r['pages'].replace('-', '–')}" if r["pages"] else ""),
                r["language"],
            )
        )
    return works


def works_cited(row):
    """The works behind a printed value, as the report names them; "" for a computed one, and for an added one, whose origin they are."""
    if row["formula"] or row["added"]:
        return ""
    return citation_words(row["source"]) if row["source"] else "no source named"


def pages():
    """Where a place of the report stands in the book: {"Table 1": "basic-data.html#table-1", "Section 2.1": "basic-data.html"}."""
    chapters = read("sections").set_index("section")["chapter"]
    tables = {
        f"Table {t}": f"{chapters[s]}.html#table-{t}"
        for t, s in read("tables")[["table", "section"]].itertuples(index=False)
    }
    return tables | {
        f"Section {section}": f"{chapter}.html"
        for section, chapter in chapters.items()
        if section != "0"
    }


def credit():
    """How to cite: the book, and the report that the facts are from."""
    book = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = read("project").set_index("role")["name"]
    unknown = (
        read("sources")
        .set_index("source")
        .at["report", "note"]
        .split(". ")[1]
        .split("; ")[0]
    )
    who = list_of(author["name"] for author in book["authors"])
    return [
        f"{who}: {book['title']}.",
        f"Facts from the comparative report of the project “{project['title']}” ({project['short title']}). {unknown}.",
    ]
