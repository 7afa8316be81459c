"""A chapter for paper and e-readers: its page without what only a site can do.

Left out are doors, scripts and controls, code that the site folds, the data behind a
figure, what leads on to the next chapter, and the citation of each, as the book has one
of its own. What the site folds besides is open. Worked solutions are taken out, for a
chapter of their own at the book's end. An explorer is the table of its first choice,
with a line that tells where it lives; where its cells are texts, it is a list of
entries.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from posixpath import join
from xml.etree import ElementTree as xml

import tinyhtml5

from ..settings import LANGUAGE
from .elements import Node, made, nodes_in, text_of
from .entries import as_entries, is_of_texts

SPOKEN = re.compile(r'<html\b[^>]*\blang="([\w-]+)"')
ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
SVG = "http://www.w3.org/2000/svg"
XMLNS = "{http://www.w3.org/2000/xmlns/}xmlns"  # as the parser names it
LEFT_OUT = {"doors", "data-files", "headerlink", "cite", "collapsed", "expanded"}
ONWARD = "next"  # id of what leads to the next chapter, which is the next page
SHOWN_CODE = "tag_show-code"
# These mean something to the book's style sheets.
CLASSES = {
    *("drawing", "book-table", "table-notes", "data-line", "cards", "value"),
    *("explorer", "mind", "exercise", "admonition-title", "caption-number"),
}
KEPT = {"id", "lang", "href", "scope", "colspan", "rowspan", "start"}
IN_TABLES = {"role", "data-label"}  # for screens on which a table is no longer one
BARE = {"div", "span", "section"}  # hold others, and are left out unless they mean more
LETTERS = re.compile(r"[a-z](?:, [a-z])*")  # flags whose notes stand below the table
PARTS_OF_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
BAR = re.compile(r"margin-inline-start:([\d.]+%);inline-size:([\d.]+%);(background.*)")
COLOURED = re.compile(r"(?:^|;)((?:border-)?color:[^;]+)")
ON_SITE = "On {} other choices can be made here; this is the first."
NOWHERE = "the site of the book"


@dataclass
class Chapter:
    """A chapter as XHTML, its names without a namespace."""

    name: str  # of its notebook
    title: str
    body: xml.Element  # a section, with the title as its heading
    language: str = LANGUAGE
    solutions: list[xml.Element] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where a chapter comes from, and where its links can lead."""

    name: str
    chapters: Collection[str]  # names of those that the book has
    address: str  # the site's, "" where it isn't known


def chapter_of(html: str, place: Place) -> Chapter:
    """Make a chapter of a page of the site.

    Parameters
    ----------
    html : str
        The page.
    place : Place
        Its name, the other chapters, and the site's address.

    Returns
    -------
    Chapter
        Its links lead to `<chapter>.xhtml` and an id there, or to the web; what leads
        to a file that only the site has is a link where the site's address is known.

    Raises
    ------
    ValueError
        If the page has no article, or this no heading.
    """
    found = ARTICLE.search(html)
    page = found and tinyhtml5.parse(found[0], namespace_html_elements=False)
    section = page.find(".//article/section") if page is not None else None
    heading = section.find("h1") if section is not None else None
    if section is None or heading is None:
        raise ValueError(f"{place.name}.html: expected an article with a heading")
    reader = _Reader(place)
    (body,) = reader.read(section)
    assert isinstance(body, xml.Element)
    title = text_of(body.find("h1")).strip()
    spoken = SPOKEN.search(html)
    language = spoken[1] if spoken else LANGUAGE
    if language != LANGUAGE:
        body.set("lang", language)
    return Chapter(place.name, title, body, language, reader.solutions)


class _Reader:
    """Reads a page, element by element; what becomes of one is said by its class."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.solutions: list[xml.Element] = []
        self._last_exercise: xml.Element | None = None

    def read(self, element: xml.Element, beside_words: bool = False) -> list[Node]:
        """What stands in the book for an element of the page; mostly one.

        beside_words: whether it stands in a text, which it parts if it is a block.
        """
        kinds = set((element.get("class") or "").split())
        if element.tag in ("script", "summary") or kinds & LEFT_OUT:
            return []
        if element.tag == "section" and element.get("id") == ONWARD:
            return []
        if element.tag == "details":
            return self._unfolded(element, kinds)
        if element.tag == f"{{{SVG}}}svg":
            return [_drawing(element)]
        if "solution" in kinds:
            return self._set_apart(element)
        if "cell" in kinds:
            return self._cell(element, SHOWN_CODE in kinds)
        if element.tag == "pre":
            return [made("pre", {}, text_of(element).rstrip("\n"))]
        if element.tag == "a":
            return self._link(element)
        if kinds & {"explorer", "workbench"}:
            return [self._explorer(element)]
        inner = self._inside(element)
        if element.tag in BARE and not _means(element, kinds):
            apart = element.tag == "div" and beside_words
            return [made("div", {}, *inner)] if apart else inner
        kept = made(str(element.tag), _attributes(element, kinds), *inner)
        if "exercise" in kinds:
            self._last_exercise = kept
        if kept.tag == "table" and is_of_texts(kept):
            return [as_entries(kept)]
        return [kept]

    def _inside(self, element: xml.Element) -> list[Node]:
        nodes = nodes_in(element)
        beside_words = any(isinstance(node, str) and node.strip() for node in nodes)
        return [
            new
            for node in nodes
            for new in (
                [node] if isinstance(node, str) else self.read(node, beside_words)
            )
        ]

    def _cell(self, cell: xml.Element, with_code: bool) -> list[Node]:
        """Outputs of a cell of the notebook, and its code if the site shows it."""
        parts = [
            part
            for kind in ["cell_input"] * with_code + ["cell_output"]
            for part in cell.iter("div")
            if kind in (part.get("class") or "").split()
        ]
        return [node for part in parts for node in self._inside(part)]

    def _unfolded(self, details: xml.Element, kinds: set[str]) -> list[Node]:
        """What the site folds, open; of data behind a figure only where it is from."""
        inner = self._inside(details)
        if "flag" in kinds:
            return _flag(text_of(details.find("summary")).strip(), inner)
        if "data" in kinds:
            inner = [node for node in inner if not _is_table(node)]
            said = any(isinstance(n, xml.Element) or n.strip() for n in inner)
            return [made("div", {"class": "notes"}, *inner)] if said else []
        return inner

    def _set_apart(self, solution: xml.Element) -> list[Node]:
        """Keep a solution for the end of the book, under the exercise's number."""
        exercise = self._last_exercise
        assert exercise is not None, "a solution follows its exercise"
        number = text_of(exercise.find("p[@class='admonition-title']")).strip()
        name, answer = self.place.name, solution.get("id") or ""
        back = made("a", {"href": f"{name}.xhtml#{exercise.get('id')}"}, number)
        words = [
            node
            for node in self._inside(solution)
            if not _has_class(node, "admonition-title")
        ]
        self.solutions.append(
            made("div", {"class": "solved", "id": answer}, made("h3", {}, back), *words)
        )
        there = made("a", {"href": f"solutions.xhtml#{answer}"}, "Solution")
        exercise.append(made("p", {"class": "to-solution"}, there))
        return []

    def _explorer(self, element: xml.Element) -> xml.Element:
        """The table of the first choice, with where the others can be made."""
        title = element.get("aria-label") or "Explorer"
        where: Node = NOWHERE
        if self.place.address:
            page = f"{self.place.name}.html"
            fragment = f"#{element.get('id')}" if element.get("id") else ""
            address = join(self.place.address, page) + fragment
            where = made("a", {"href": address}, address)
        before, after = ON_SITE.split("{}")
        line = made("p", {}, made("b", {}, f"{title}."), f" {before}", where, after)
        attributes = _attributes(element, {"explorer"})
        return made("section", attributes, line, *self._inside(element))

    def _link(self, element: xml.Element) -> list[Node]:
        inner = self._inside(element)
        address = self._leads_to(element.get("href") or "")
        if not address:
            return inner
        attributes = _attributes(element, set()) | {"href": address}
        return [made("a", attributes, *inner)]

    def _leads_to(self, href: str) -> str:
        """Where a link of the site leads in the book; "" where nowhere."""
        if re.match(r"[a-z]+:", href):
            return href
        path, _, fragment = href.partition("#")
        path = path.partition("?")[0]
        name = path.removesuffix(".html") if path else self.place.name
        if name in self.place.chapters:
            return f"{name}.xhtml#{fragment}" if fragment else f"{name}.xhtml"
        return join(self.place.address, path) if self.place.address else ""


def _means(element: xml.Element, kinds: set[str]) -> bool:
    """Whether an element does more than to hold what is in it."""
    said = element.get("id") or element.get("lang") or kinds & CLASSES
    return bool(said) or "color:" in (element.get("style") or "")


def _attributes(element: xml.Element, kinds: set[str]) -> dict[str, str]:
    names = KEPT | (IN_TABLES if element.tag in PARTS_OF_TABLES else set())
    kept = {name: said for name, said in element.items() if name in names}
    classes = sorted(kinds & CLASSES)
    if classes:
        kept["class"] = " ".join(classes)
    style = element.get("style") or ""
    bar = BAR.search(style)
    if bar:
        kept["style"] = f"margin-left:{bar[1]};width:{bar[2]};{bar[3]}"
    elif coloured := COLOURED.search(style):
        kept["style"] = coloured[1]
    return kept


def _flag(said: str, note: list[Node]) -> list[Node]:
    """A letter where notes stand below; else the note itself."""
    if LETTERS.fullmatch(said):
        return [made("sup", {}, said)]
    if said in ("more", "note"):
        return [" ", made("small", {}, *note)]
    return [made("small", {}, f"{said}. ", *note)]


def _drawing(svg: xml.Element) -> xml.Element:
    """A drawing whose text for those who don't see it stands in its title too."""
    for element in svg.iter():
        element.tag = str(element.tag).removeprefix(f"{{{SVG}}}")
        element.attrib.pop("class", None)
    words = svg.get("aria-label") or ""
    svg.attrib.pop("style", None)
    svg.attrib.pop(XMLNS, None)
    svg.set("xmlns", SVG)
    svg.insert(0, made("title", {}, words))
    svg.tail = None
    return svg


def _is_table(node: Node) -> bool:
    return isinstance(node, xml.Element) and _has_class(node, "book-table")


def _has_class(node: Node, kind: str) -> bool:
    classes = node.get("class") if isinstance(node, xml.Element) else ""
    return kind in (classes or "").split()


def links_in(elements: Iterable[xml.Element]) -> Iterator[xml.Element]:
    """The links of chapters that lead somewhere.

    Parameters
    ----------
    elements : iterable of Element

    Yields
    ------
    Element
    """
    for element in elements:
        yield from (link for link in element.iter("a") if link.get("href"))
