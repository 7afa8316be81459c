"""The whole book as one PDF, tagged as PDF/UA asks.

python -m publishing.takeaway.pdf    write _build/four-cities.pdf, from the built site
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from html import escape
from typing import Any
from xml.etree import ElementTree as xml

import pydyf
from markupsafe import Markup
from weasyprint import HTML
from weasyprint.pdf import tags

from fourcities.facts import BUILD
from fourcities.presentation import city_mark, city_palette

from ..errors import BuildError
from ..paths import TEMPLATES
from .doors import add_door
from .epub import FRAMES, contents_of
from .volume import NAME, Entry, Volume, as_text, colophon, volume_of

IN_DRAWINGS = "Noto Sans CJK SC"  # its Latin letters are narrow, as the drawings need
_tree_of = tags._build_box_tree


def book_html(volume: Volume) -> str:
    """Make one page of the whole book.

    Parameters
    ----------
    volume : Volume

    Returns
    -------
    str
        HTML with its style, which loads nothing; ids and links are those of one page.
    """
    frames = TEMPLATES / "takeaway"
    style = (frames / "book.css").read_text() + (frames / "pdf.css").read_text()
    return FRAMES.get_template("book.html").render(
        book=volume,
        style=Markup(style),
        marks=Markup(" ").join(map(city_mark, city_palette())),
        colophon=Markup(colophon(volume)),
        parts=contents_of(volume, inside),
        body=Markup("\n".join(_chapters(volume.entries))),
    )


def inside(address: str) -> str:
    """Where a link between chapters leads in one page.

    Parameters
    ----------
    address : str

    Returns
    -------
    str

    Examples
    --------
    >>> inside("economy.xhtml#table-2"), inside("economy.xhtml")
    ('#economy.table-2', '#economy')
    """
    page, _, fragment = address.partition("#")
    name = page.removesuffix(".xhtml")
    if name == page:
        return address
    return f"#{name}.{fragment}" if fragment else f"#{name}"


def pdf_of(volume: Volume) -> bytes:
    """Print the book.

    Parameters
    ----------
    volume : Volume

    Returns
    -------
    bytes
        A PDF/UA-1; the same book gives the same, where fonts and libraries are.
    """
    html = HTML(string=book_html(volume), url_fetcher=_fetch_nothing)
    tags._build_box_tree = _tree_said_whole
    try:
        pdf: bytes = html.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        tags._build_box_tree = _tree_of
    return pdf


def _chapters(entries: Iterable[Entry]) -> Iterator[str]:
    """Each chapter with ids of its own, under the part that it belongs to."""
    part = ""
    for entry in entries:
        part = entry.part or part
        begins = " begins" * bool(entry.part)
        name = entry.chapter.name
        body = deepcopy(entry.chapter.body)
        for element in body.iter():
            _make_its_own(element, name)
        yield (
            f'<article id="{name}" class="chapter depth-{entry.depth}{begins}" '
            f'data-part="{escape(part)}">\n{as_text(body)}\n</article>'
        )


def _make_its_own(element: xml.Element, name: str) -> None:
    if element.tag == "svg":  # which style sheets of the page don't reach
        element.set("font-family", IN_DRAWINGS)
    for attribute, said in element.items():
        if attribute == "id":
            element.set("id", f"{name}.{said}")
        elif attribute == "href" and element.tag == "a":
            element.set("href", inside(said))
        elif attribute == "href" or said.startswith("url(#"):
            element.set(attribute, said.replace("#", f"#{name}."))


def _tree_said_whole(box: Any, *args: Any) -> Iterator[Any]:
    """WeasyPrint's tags, with languages of elements and directions of headings."""
    element = box.element
    for tag in _tree_of(box, *args):
        if element is not None and element.get("lang") and element.tag != "html":
            tag["Lang"] = pydyf.String(element.get("lang"))
        if tag["S"] == "/TH":
            of_row = element.get("scope") == "row"
            tag["A"]["Scope"] = "/Row" if of_row else "/Column"
        yield tag


def _fetch_nothing(url: str, *args: Any, **options: Any) -> Any:
    raise ValueError(f"The book needs nothing from elsewhere, and not {url}")


def main() -> None:
    """Write the PDF, and the door to it."""
    site = BUILD / "html"
    if not (site / "index.html").exists():
        raise BuildError("There is no site yet: make book first.")
    path = BUILD / f"{NAME}.pdf"
    path.write_bytes(pdf_of(volume_of(site)))
    add_door(site, path)
    print(f"The book as PDF: {path}, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
