"""Glossary and bibliography as lists of entries, each with an id to refer to."""

from IPython.display import Markdown

from fourcities.facts import read

from .citations import reference
from .markup import marked, tagged
from .words import list_of, missing


def glossary():
    """Every term of terms.csv in alphabetical order: English, German, Chinese, meaning, source, and the chapters that use it."""
    sections = read("sections").set_index("section")
    uses = read("term_uses").groupby("term")["section"].agg(list)
    entries = []
    for _, row in (
        read("terms")
        .sort_values("name", key=lambda names: names.str.lower())
        .iterrows()
    ):
        forms = [
            f"{language}: {tagged(row[column], code)}"
            for column, code, language in (
                ("name_de", "de", "German"),
                ("name_zh", "zh-Hans", "Chinese"),
            )
            if row[column]
        ]
        links = list_of(
            f"[{sections.at[s, 'title']}]({sections.at[s, 'chapter']}.ipynb)"
            for s in uses.get(row["term"], [])
        )
        source = f"Section {row['section']}" + (
            f", {reference(row['source'])}" if row["source"] else ""
        )
        lines = [
            row["definition"],
            *([marked(row["note"])] if row["note"] else []),
            f"From {source}." + (f" Used in {links}." if links else ""),
        ]
        entries.append((f"term-{row['term']}", row["name"], "; ".join(forms), lines))
    return _entries(entries)


def bibliography(kind):
    """The works of one kind in sources.csv: what is known of each, how sure that is, and the chapters that cite it.

    kind: "report", "project", "cited" or "related".
    """
    sections = read("sections").set_index("section")
    cited = (
        read("citations")
        .drop_duplicates(["source", "section"])
        .groupby("source")["section"]
        .agg(list)
    )
    languages = (
        read("project").query("language != ''").set_index("name")["language"].to_dict()
    )
    entries = []
    for _, row in read("sources").query("kind == @kind").iterrows():
        authors, title, publisher = (
            tagged(
                row[column].removesuffix("."),
                languages.get(row[column], row["language"]),
            )
            if row[column]
            else ""
            for column in ("authors", "title", "publisher")
        )
        parts = [
            authors or "Author not found",
            missing(row["year"], "Year not stated"),
            f"*{title}*" if title else "Title not found",
            publisher,
        ]
        work = " ".join(part + "." for part in parts if part)
        link = (
            f"<{row['address']}>"
            if row["address"].startswith("http")
            else row["address"]
        )
        address = f"Address: {link} ·" if link else "Address not found ·"
        links = list_of(
            f"[Section {s}]({sections.at[s, 'chapter']}.ipynb)"
            for s in cited.get(row["source"], [])
        )
        lines = [
            work,
            f"{address} Status: {row['status']}",
            *([row["note"]] if row["note"] else []),
        ] + ([f"Cited in {links}."] if links else [])
        entries.append(
            (row["source"], tagged(row["label"], row["language"]), "", lines)
        )
    return _entries(entries)


def _entries(entries):
    """Entries with an id each, a bold head and lines of Markdown below it."""
    parts = [
        f'<span class="entry" id="{key}"></span>**{head}**'
        + (f" · {forms}" if forms else "")
        + "".join(f"<br>{line}" for line in lines)
        for key, head, forms, lines in entries
    ]
    return Markdown("\n\n".join(parts))
