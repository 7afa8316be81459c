"""A page of the book: what is cited on it, how it is described, where it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx

from .stated import BOOK, PACKAGE, QUESTIONS

DATA_PAGE = "data-and-sources"


@dataclass(frozen=True)
class Work:
    """What is cited on a page."""

    what: str  # "book", "data" or "chapter"
    bibtex: str  # type of the entry
    ris: str  # type of the reference
    title: str
    book: str  # title of the book around it; "" if there is none


@dataclass(frozen=True)
class Page:
    """A page of the book, as its metadata name it."""

    name: str  # of its file, without the ending
    work: Work
    description: str
    url: str  # its public address; "" if the site has none
    pathto: Callable[..., str]  # the way from here to a page or a file, from Sphinx

    @property
    def is_of_data(self) -> bool:
        return self.name == DATA_PAGE


def page_of(
    app: Sphinx,
    name: str,
    doctree: nodes.document,
    pathto: Callable[..., str],
    url: str,
) -> Page:
    """A page by its name and its content."""
    return Page(name, work(app, name), describe(name, doctree), url, pathto)


def work(app: Sphinx, page: str) -> Work:
    """What is cited on a page: the book on its first, the data on theirs, a chapter."""
    if page == app.config.root_doc:
        return Work("book", "book", "BOOK", BOOK["title"], "")
    if page == DATA_PAGE:
        return Work("data", "misc", "DATA", PACKAGE["title"], "")
    title = app.env.titles[page].astext()
    return Work("chapter", "incollection", "CHAP", title, BOOK["title"])


def describe(page: str, doctree: nodes.document) -> str:
    """The page's question; without one, the first sentence of its text, if any."""
    if page in QUESTIONS:
        return QUESTIONS[page]
    paragraph = next(doctree.findall(nodes.paragraph), nodes.paragraph())
    text: str = " ".join(paragraph.astext().split())
    sentence = re.match(r".+?(?:[.?!](?=\s)|$)", text)
    return sentence[0] if sentence else ""
