"""The book as a volume: its chapters in order, with what a title page says."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.etree import ElementTree as xml

from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import parse_toc_yaml

from fourcities.facts import ROOT

from ..extensions.citable import stated
from ..extensions.citable.citations import plain
from ..settings import LANGUAGE, site_address
from .chapters import Chapter, Place, chapter_of, links_in
from .elements import made

NAME = "four-cities"  # of the files
SOLUTIONS = "solutions"
END = "Answers"  # the part that we add
VOID = ("br", "hr", "img", "link", "meta", "col")


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    chapter: Chapter
    depth: int  # 1 for a chapter of a part, 2 for one below it
    part: str  # the part that begins with this chapter, or ""


@dataclass(frozen=True)
class Volume:
    """All that is printed, and what is said of it."""

    title: str
    subtitle: str
    authors: list[str]
    abstract: str
    version: str
    date: str  # 2031-02-03, or ""
    commit: str  # or ""
    licences: list[str]
    citation: str
    credit: str  # what is known of the report
    address: str  # of the site, or ""
    entries: list[Entry]

    @property
    def identifier(self) -> str:
        """The same for each file of an edition, and no other edition's."""
        edition = f"{self.title} {self.version} {self.date}"
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, edition)}"

    @property
    def edition(self) -> str:
        """As the foot of the site's pages names it."""
        return ", ".join(filter(None, (self.version, self.date, self.commit)))

    @property
    def languages(self) -> list[str]:
        """Of its chapters, the book's first."""
        spoken = [self.language, *(entry.chapter.language for entry in self.entries)]
        return list(dict.fromkeys(spoken))

    @property
    def language(self) -> str:
        """Of the text; names in others are marked."""
        return LANGUAGE


def volume_of(site: Path, root: Path = ROOT) -> Volume:
    """Read the book from the pages of its site.

    Parameters
    ----------
    site : Path
        The site's folder.
    root : Path
        The project's folder, with the order of the chapters.

    Returns
    -------
    Volume
        Its links lead to what is there.
    """
    address = site_address(root)
    toc = parse_toc_yaml(root / "_toc.yml")
    order = list(_in_order(toc))
    names = [name for name, _, _ in order]
    entries = [
        Entry(_chapter(site, Place(name, names, address)), depth, part)
        for name, depth, part in order
    ]
    answers = _answers([entry.chapter for entry in entries])
    if answers is not None:
        entries.append(Entry(answers, 1, END))
    _mend_links([entry.chapter for entry in entries])
    title, _, subtitle = stated.BOOK["title"].partition(": ")
    return Volume(
        title=title,
        subtitle=subtitle[:1].upper() + subtitle[1:],
        authors=[author.name for author in stated.AUTHORS],
        abstract=" ".join(stated.BOOK["abstract"].split()),
        version=str(stated.BOOK["version"]),
        date=stated.DATE,
        commit=stated.COMMIT,
        licences=list(stated.LICENCES),
        citation=plain(stated.BOOK["title"], "", address),
        credit=f"{stated.REPORT['title']}. {' '.join(stated.REPORT['notes'].split())}",
        address=address,
        entries=entries,
    )


def as_text(element: xml.Element) -> str:
    """An element as XHTML that a parser of HTML reads the same way.

    Parameters
    ----------
    element : Element

    Returns
    -------
    str
    """
    text = xml.tostring(element, "unicode", short_empty_elements=False)
    for tag in VOID:
        text = text.replace(f"></{tag}>", "/>")
    return text


def colophon(volume: Volume) -> str:
    """What stands behind the title page: how to cite, credit, licences, as XHTML.

    Parameters
    ----------
    volume : Volume

    Returns
    -------
    str
    """
    where = volume.address
    lines = [
        f"<p>{escape(volume.abstract)}</p>",
        f"<p><b>Cite as:</b> {escape(volume.citation)}</p>",
        f"<p><b>Credit the facts to their source:</b> {escape(volume.credit)}</p>",
        f"<p><b>Licences:</b> {escape(', '.join(volume.licences))}: code under the "
        "first, text, figures and data tables under the second. The report is its "
        "authors’ copyright.</p>",
    ]
    if where:
        site = f'<a href="{escape(where)}">{escape(where)}</a>'
        lines.append(f"<p><b>The site of the book:</b> {site}</p>")
    return "\n".join(lines)


def _in_order(toc: SiteMap) -> Iterator[tuple[str, int, str]]:
    """Name of each chapter, its depth, and the part that it begins."""
    yield toc.root.docname, 1, ""
    for tree in toc.root.subtrees:
        part = tree.caption or ""
        for name in tree.items:
            yield from _below(toc, str(name), 1, part)
            part = ""


def _below(
    toc: SiteMap, name: str, depth: int, part: str
) -> Iterator[tuple[str, int, str]]:
    yield name, depth, part
    for tree in toc[name].subtrees:
        for below in tree.items:
            yield from _below(toc, str(below), depth + 1, "")


def _chapter(site: Path, place: Place) -> Chapter:
    return chapter_of((site / f"{place.name}.html").read_text("utf-8"), place)


def _answers(chapters: list[Chapter]) -> Chapter | None:
    """The solutions of all chapters as one, if there are any."""
    title = "Solutions to the exercises"
    sections = [
        made("section", {}, made("h2", {}, chapter.title), *chapter.solutions)
        for chapter in chapters
        if chapter.solutions
    ]
    body = made("section", {}, made("h1", {}, title), *sections)
    return Chapter(SOLUTIONS, title, body) if sections else None


def _mend_links(chapters: list[Chapter]) -> None:
    """Lead links to what is left out to the chapter around it."""
    ids = {
        f"{chapter.name}.xhtml#{element.get('id')}"
        for chapter in chapters
        for element in chapter.body.iter()
        if element.get("id")
    }
    for link in links_in(chapter.body for chapter in chapters):
        page, _, fragment = link.attrib["href"].partition("#")
        if page.endswith(".xhtml") and fragment and f"{page}#{fragment}" not in ids:
            link.set("href", page)
