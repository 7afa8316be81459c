"""Glossary and bibliography as lists of entries, each with an id to refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from IPython.display import Markdown

from fourcities.facts import Cells, lookup, read

from .citations import reference
from .markup import literal, markdown, marked, tagged
from .names import fact, term_forms
from .words import list_of, missing


@dataclass(frozen=True)
class _Entry:
    """An entry of a list; its parts are Markdown."""

    key: str  # the id to refer to it by
    head: str
    forms: str  # in other languages; "" for none
    lines: list[str]  # below the head; empty ones are left out

    def __str__(self) -> str:
        head = f'<span class="entry" id="{self.key}"></span>**{self.head}**'
        forms = f" · {self.forms}" if self.forms else ""
        return head + forms + "".join(f"<br>{line}" for line in self.lines if line)


def glossary() -> Markdown:
    """Every term of terms.csv in alphabetical order.

    Returns
    -------
    IPython.display.Markdown
        For each its English name, German and Chinese form and where the report prints
        these, meaning, source, and the chapters that use it; its id is its key after
        "term-".
    """
    uses = read("term_uses").groupby("term")["section"].agg(list)
    by_name = read("terms").sort_values("name", key=lambda names: names.str.lower())
    titles, chapters = lookup("sections", "title"), lookup("sections", "chapter")
    entries = []
    for _, row in by_name.iterrows():
        sections = uses.get(row["term"], [])
        links = [f"[{titles[s]}]({chapters[s]}.ipynb)" for s in sections]
        entries.append(_term_entry(row, links))
    return _shown(entries)


def _term_entry(row: Cells, links: list[str]) -> _Entry:
    """A term, with links to the chapters that use it."""
    forms = [f"{language}: {form}" for language, form in term_forms(row).items()]
    source = f"Section {row['section']}"
    if row["source"]:
        source += f", {reference(row['source'])}"
    used = f" Linked from {list_of(links)}." if links else ""
    return _Entry(
        key=f"term-{row['term']}",
        head=row["name"],
        forms="; ".join(forms),
        lines=[
            row["definition"],
            marked(row["note"]),
            *_printed_in(row),
            f"From {source}.{used}",
        ],
    )


def _printed_in(row: Cells) -> list[str]:
    """For each form of a term where the report prints it, in a sentence."""
    lines = []
    for language, code in (("German", "de"), ("Chinese", "zh")):
        place, form = row[f"from_{code}"], row[f"name_{code}"]
        if place == "ours":
            lines.append(f"The {language} form is ours; the report prints none.")
        elif place == "text":
            lines.append(f"The {language} form is printed in Section {row['section']}.")
        elif place:
            lines.append(_in_a_title(language, form, *place.split("/")))
    return lines


def _in_a_title(language: str, form: str, table: str, key: str) -> str:
    """Says in which title or name a form stands, or that it is the name. table, key: of
    its row.
    """
    named = fact(table, key)
    word = "title" if "title" in named else "name"
    if form == named[f"local_{word}"]:
        return f"The {language} form is printed in Section {named['section']}."
    english = literal(named[word].strip("“”"))
    return (
        f"The {language} form stands in the {language} {word} of “{english}”,"
        f" Section {named['section']}."
    )


def bibliography(kind: str) -> Markdown:
    """The works of one kind in sources.csv.

    Parameters
    ----------
    kind
        "report", "project", "cited", "related", "reading" or "added".

    Returns
    -------
    IPython.display.Markdown
        What is known of each, how sure that is, and the chapters that cite it; its id
        is its key.
    """
    citations = read("citations").drop_duplicates(["source", "section"])
    cited = citations.groupby("source")["section"].agg(list)
    named = read("project").query("language != ''")
    languages = dict(zip(named["name"], named["language"]))
    chapters = lookup("sections", "chapter")
    entries = []
    for _, row in read("sources").query("kind == @kind").iterrows():
        sections = cited.get(row["source"], [])
        links = [f"[Section {s}]({chapters[s]}.ipynb)" for s in sections]
        entries.append(_work_entry(row, links, languages))
    return _shown(entries)


def _work_entry(row: Cells, links: list[str], languages: Mapping[str, str]) -> _Entry:
    """A work, with links to the chapters that cite it.

    languages: of the project's names that are not English.
    """
    address = row["address"]
    if address.startswith("http"):
        address = f"<{address}>"
    found = f"Address: {address}" if address else "Address not found"
    confirmed = marked(row["confirmed_by"])
    return _Entry(
        key=row["source"],
        head=tagged(row["label"], row["language"]),
        forms="",
        lines=[
            _description(row, languages),
            f"{found} · Status: {row['status']}",
            row["note"],
            confirmed and f"Confirmed by: {confirmed}",
            f"Cited in {list_of(links)}." if links else "",
        ],
    )


def _description(row: Cells, languages: Mapping[str, str]) -> str:
    """Authors, year, title and place of a work, with what was not found."""
    authors, title, publisher = (
        _with_language(row[column], languages.get(row[column], row["language"]))
        for column in ("authors", "title", "publisher")
    )
    parts = [
        authors or "Author not found",
        missing(row["year"], "Year not stated"),
        f"*{title}*" if title else "Title not found",
        _place(publisher, row),
    ]
    # A title that asks has its sign already.
    ends = ("?*", "!*")
    return " ".join(
        part if part.endswith(ends) else f"{part}." for part in parts if part
    )


def _place(publisher: str, row: Cells) -> str:
    """Where a work stands: "World Development 24(6): 1073–1087"; "" if not known."""
    pages = row["pages"].replace("-", "–")
    joined = ": " if row["volume"] else ", "
    journal = f"{publisher} {row['volume']}".strip()
    return joined.join(part for part in (journal, pages) if part).removesuffix(".")


def _with_language(text: str, language: str) -> str:
    """A name or title of a work as HTML, without the full stop at its end."""
    return tagged(text.removesuffix("."), language) if text else ""


def _shown(entries: Iterable[_Entry]) -> Markdown:
    return markdown("\n\n".join(str(entry) for entry in entries))
