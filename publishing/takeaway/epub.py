"""The book as an EPUB 3, for e-readers.

python -m publishing.takeaway.epub    write _build/four-cities.epub, from the built site
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as xml
from zipfile import ZIP_STORED, ZipFile

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from fourcities.facts import BUILD

from ..errors import BuildError
from ..extensions.chapter_zips import write_zip, zip_entry
from ..paths import TEMPLATES
from .cover import cover
from .doors import add_door
from .volume import NAME, Entry, Volume, as_text, colophon, volume_of

MIMETYPE = "application/epub+zip"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNKNOWN = "1980-01-01"  # for a book without a date; EPUB asks for one
FRAMES = Environment(
    loader=FileSystemLoader(TEMPLATES / "takeaway"), autoescape=True, trim_blocks=False
)


@dataclass(frozen=True)
class Page:
    """A file of the book."""

    name: str
    title: str
    body: str  # XHTML
    language: str

    @property
    def id(self) -> str:
        return f"page-{self.name}"

    @property
    def has_drawings(self) -> bool:
        return "<svg" in self.body


@dataclass
class Line:
    """A line of the contents, with those below it."""

    title: str
    page: str  # "" for a part, which has no page
    language: str = ""  # "" for the book's
    below: list["Line"] = field(default_factory=list)


def epub_files(volume: Volume) -> dict[str, bytes]:
    """Make the files of an EPUB.

    Parameters
    ----------
    volume : Volume

    Returns
    -------
    dict
        The bytes of each file by its name; the type of the whole is not among them.
    """
    picture = (
        f'<figure class="cover"><img src="cover.png" alt="Cover: '
        f'{escape(volume.title)}. Below, the marks of the cities."/></figure>'
    )
    title = f"<h1>{escape(volume.title)}</h1>\n<p>{escape(volume.subtitle)}</p>"
    by = f"<p>{escape(', '.join(volume.authors))}. Edition {volume.edition}.</p>"
    spoken = volume.language
    pages = [
        Page("cover", volume.title, picture, spoken),
        Page("title", volume.title, f"{title}\n{by}\n{colophon(volume)}", spoken),
        *(_page(entry) for entry in volume.entries),
    ]
    contents = FRAMES.get_template("contents.xhtml").render(
        parts=contents_of(volume), first=volume.entries[0].chapter.name
    )
    package = FRAMES.get_template("package.opf").render(
        book=volume, pages=pages, modified=f"{volume.date or UNKNOWN}T00:00:00Z"
    )
    files = {f"book/{page.name}.xhtml": _framed(page) for page in pages}
    files["book/nav.xhtml"] = _framed(Page("nav", "Contents", contents, spoken))
    frames = TEMPLATES / "takeaway"
    style = (frames / "book.css").read_bytes() + (frames / "epub.css").read_bytes()
    return files | {
        "META-INF/container.xml": (frames / "container.xml").read_bytes(),
        "book/package.opf": package.encode(),
        "book/style.css": style,
        "book/cover.png": cover(volume),
    }


def write_epub(path: Path, files: Mapping[str, bytes]) -> None:
    """Write an EPUB.

    Parameters
    ----------
    path : Path
    files : mapping of str to bytes
        As `epub_files` makes them. Before them stands what the whole is, not
        compressed, as EPUB asks.
    """
    begun = BytesIO()
    with ZipFile(begun, "w") as archive:
        archive.writestr(zip_entry("mimetype"), MIMETYPE, ZIP_STORED)
    write_zip(path, files, begun.getvalue())


def contents_of(volume: Volume, address: Callable[[str], str] = str) -> list[Line]:
    """The contents as a tree: parts, chapters, and chapters below them.

    Parameters
    ----------
    volume : Volume
    address : callable
        Where a line leads, of its chapter's file.

    Returns
    -------
    list of Line
    """
    top: list[Line] = []
    levels: list[list[Line]] = [top]
    for entry in volume.entries:
        if entry.part:
            top.append(Line(entry.part, ""))
            levels = [top[-1].below]
        del levels[entry.depth :]
        chapter = entry.chapter
        other = chapter.language * (chapter.language != volume.language)
        line = Line(chapter.title, address(f"{chapter.name}.xhtml"), other)
        levels[-1].append(line)
        levels.append(line.below)
    return top


def _page(entry: Entry) -> Page:
    chapter, body = entry.chapter, deepcopy(entry.chapter.body)
    for element in body.iter():
        _say_language(element)
    return Page(chapter.name, chapter.title, as_text(body), chapter.language)


def _say_language(element: xml.Element) -> None:
    """As XML says it; in a drawing only so."""
    if element.get("lang"):
        element.set(LANG, element.attrib["lang"])
        if element.tag in ("tspan", "text"):
            del element.attrib["lang"]


def _framed(page: Page) -> bytes:
    text = FRAMES.get_template("page.xhtml").render(
        title=page.title, body=Markup(page.body), language=page.language
    )
    return f"{text}\n".encode()


def main() -> None:
    """Write the EPUB, and the door to it."""
    site = BUILD / "html"
    if not (site / "index.html").exists():
        raise BuildError("There is no site yet: make book first.")
    path = BUILD / f"{NAME}.epub"
    write_epub(path, epub_files(volume_of(site)))
    add_door(site, path)
    print(f"The book for e-readers: {path}, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
