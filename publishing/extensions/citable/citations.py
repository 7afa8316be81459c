"""Citations of a page to copy: in words, BibTeX and RIS."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from ...contents import LANGUAGES
from .pages import Page
from .stated import AUTHORS, BOOK, COMMIT, DATE, PACKAGE, REPORT


@dataclass(frozen=True)
class CitationFile:
    """A citation as a file to download."""

    name: str  # of its format
    text: str
    address: str  # from the page
    file: str  # its name


@dataclass(frozen=True)
class Citation:
    """All that the block “Cite this …” shows: see templates/cite.html."""

    what: str  # "this chapter", "these data"
    plain: str
    files: list[CitationFile]
    report: dict[str, Any]  # as CITATION.cff has it


def citation(app: Sphinx, page: Page) -> Citation:
    """The citation of a page. Its files are written beside the page's style sheets."""
    work = page.work
    key = f"{PACKAGE['name']}-{page.name}"
    bib = bibtex(work.bibtex, key, work.title, work.book, page.url)
    language = LANGUAGES.get(page.name, app.config.language)
    reference = ris(work.ris, language, work.title, work.book, page.url)
    return Citation(
        what="these data" if work.what == "data" else f"this {work.what}",
        plain=plain(work.title, work.book, page.url),
        files=[
            _written(app, page, "BibTeX", "bib", bib),
            _written(app, page, "RIS", "ris", reference),
        ],
        report=REPORT,
    )


def plain(title: str, book: str, url: str) -> str:
    """A citation in words. book: the one around it; url: public; both may be ""."""
    authors = "; ".join(author.name for author in AUTHORS)
    year = DATE[:4] or "year not stated"
    titles = f"“{title}”. In: {book}" if book else title
    words = f"{authors} ({year}). {titles}. {_edition()}."
    return f"{words} {url}" if url else words


def bibtex(kind: str, key: str, title: str, book: str, url: str) -> str:
    """A citation in BibTeX.

    Double braces keep capitals, and names of groups in one piece. A year that is not
    known is no field; the note says so.
    """
    authors = [f"{{{a.name}}}" if a.is_group else a.name for a in AUTHORS]
    texts = {
        "author": " and ".join(authors),
        "title": f"{{{title}}}",
        "booktitle": f"{{{book}}}" if book else "",
        "year": DATE[:4],
        "note": _edition() + ("" if DATE else ", year not stated"),
    }
    fields = {name: re.sub(r"([&%#_$])", r"\\\1", text) for name, text in texts.items()}
    fields["url"] = url
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def ris(kind: str, language: str, title: str, book: str, url: str) -> str:
    """A citation in RIS. A year that is not known is no line; a note says so."""
    lines = [
        ("TY", kind),
        *(("AU", author.name) for author in AUTHORS),
        ("TI", title),
        ("T2", book),
        ("PY", DATE[:4]),
        ("ET", _edition()),
        ("LA", language),
        ("UR", url),
        ("N1", "" if DATE else "Year not stated"),
    ]
    text = "".join(f"{tag}  - {value}\n" for tag, value in lines if value)
    return text + "ER  - \n"


def _edition() -> str:
    """The edition with its day and commit, as far as they are stated."""
    day = f" of {DATE}" if DATE else ""
    return f"Edition {BOOK['version']}{day}" + (f", commit {COMMIT}" if COMMIT else "")


def _written(
    app: Sphinx, page: Page, name: str, ending: str, text: str
) -> CitationFile:
    """Write a citation into the site. name, ending: of the format and its files."""
    address = f"_static/cite/{page.name}.{ending}"
    path = Path(app.outdir) / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return CitationFile(name, text, page.pathto(address, True), path.name)
