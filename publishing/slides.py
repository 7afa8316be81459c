"""Slides of the teaching sessions.

For each session a deck of reveal.js, exported by nbconvert from the cells of its
chapters that are tagged `slide`. reveal.js stands in the site's own folder; it comes
with the package sphinx-revealjs.
"""

import re
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbconvert import SlidesExporter
from nbformat import NotebookNode

from fourcities.facts import BOOK, Cells, read
from fourcities.presentation import list_of
from fourcities.teaching import session, session_anchor

from .errors import BuildError
from .handouts import tagged_figures
from .paths import TEMPLATES

# A figure: its name, its finding, the rest of its caption, the drawing, what follows.
FIGURE = re.compile(
    r'<figure class="drawing" id="([^"]+)"><figcaption>(<strong>.*?</strong>)(.*?)'
    r"</figcaption>(<svg.*?</svg>)(.*)</figure>",
    re.S,
)
FOLDED = re.compile(r"<summary>(.*?)</summary>")
PLACE = re.compile(r"(?:Table|Section) \d+(?:\.\d+)*")  # in the report
INSIDE = re.compile(r'(<a href=")(?!https?:)([^"]+")')
AGAIN = "Read your sentence from the beginning. Would you still sign it?"


class Opening(NamedTuple):
    """How a chapter begins."""

    title: str
    question: str


def write(site: Path) -> None:
    """Write the decks into a site's folder _slides, reveal.js into its static files.

    Parameters
    ----------
    site : Path
        The site's folder; its folder _static exists.

    Raises
    ------
    LookupError
        If the package sphinx-revealjs is not installed.
    """
    static, folder = Path(site) / "_static" / "reveal", Path(site) / "_slides"
    for path in (static, folder):
        path.mkdir(exist_ok=True)
    source = _revealjs()
    shutil.copy(source / "LICENSE", static)
    shutil.copy(source / "dist" / "reveal.js", static)
    shutil.copy(source / "dist" / "reveal.css", static)
    # These are kept out of publishing/static, whose files every page loads.
    for name in ("slides.css", "slides.js"):
        shutil.copy(TEMPLATES / "slides" / name, static.parent)
    for number in read("sessions")["session"]:
        (folder / f"session-{number}.html").write_text(deck(number), "utf-8")


def deck(number: int) -> str:
    """Make the deck of a session.

    Parameters
    ----------
    number : int
        Of the session, key of sessions.csv.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    exporter = SlidesExporter(
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="slides",
        exclude_anchor_links=True,
    )
    html, _ = exporter.from_notebook_node(slides_of(number))
    return re.sub(r"[ \t]+\n", "\n", html)


def slides_of(number: int) -> NotebookNode:
    """Put the slides of a session together.

    Parameters
    ----------
    number : int
        Of the session, key of sessions.csv.

    Returns
    -------
    NotebookNode
        A notebook with a cell for each slide: title, aims, for each chapter its
        question and its tagged figures, then task, group work, prompts.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    row = session(number)
    chapters = row["chapters"].split()
    cells = _first_slides(row, number)
    for chapter in chapters:
        cells += _slides_of_chapter(chapter)
    cells += _last_slides(row)
    book = read("project").set_index("role")["name"]["short title"]
    titles = list_of(_opening(chapter).title for chapter in chapters)
    notebook: NotebookNode = nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "title": f"Session {number}: {row['title']}",
            "description": (
                f"Slides: {row['question']} With figures from {titles}; "
                f"facts from the report of {book}."
            ),
        },
    )
    return notebook


def _first_slides(row: Cells, number: int) -> list[NotebookNode]:
    """Title and aims of a session. row: of sessions.csv."""
    guide = f"../teaching-guide.html#{session_anchor(number)}"
    link = f"[Teaching guide, session {number}]({guide})"
    return [
        _words("title", f"# {row['title']}\n\n{row['question']}\n\n{link}"),
        _words("list", "## Afterwards you can\n\n" + _bullets(row["aims"])),
    ]


def _slides_of_chapter(chapter: str) -> list[NotebookNode]:
    """Question and tagged figures of a chapter."""
    title, question = _opening(chapter)
    link = f"[Chapter](../{chapter}.html)"
    figures = [
        _figure(_placed(FIGURE.sub(_on_slide(title), html), chapter))
        for _, html in tagged_figures([chapter])
    ]
    return [_words("chapter", f"## {title}\n\n{question}\n\n{link}"), *figures]


def _last_slides(row: Cells) -> list[NotebookNode]:
    """Task, group work, prompts and the question again. row: of sessions.csv."""
    link = f"[Open the explorer](../{row['explorer']})"
    question = f"## Back to the question\n\n{row['question']}"
    return [
        _words("list", f"## Explorer\n\n{row['task']}\n\n{link}"),
        _words("list", f"## In groups\n\n{row['group_work']}"),
        _words("list", "## Discuss\n\n" + _bullets(row["prompts"])),
        _words("chapter", f"{question}\n\n{AGAIN}"),
    ]


def _words(kind: str, text: str) -> NotebookNode:
    """A slide of words. kind: "title", "list" or "chapter"; text: Markdown."""
    cell: NotebookNode = nbformat.v4.new_markdown_cell(text, metadata=_metadata(kind))
    return cell


def _figure(html: str) -> NotebookNode:
    """A slide with a figure, which stands in the output of a cell without code."""
    output = nbformat.v4.new_output("display_data", {"text/html": html})
    cell: NotebookNode = nbformat.v4.new_code_cell(
        "", outputs=[output], metadata=_metadata("figure")
    )
    return cell


def _metadata(kind: str) -> dict[str, object]:
    return {"slideshow": {"slide_type": "slide"}, "kind": kind}


def _bullets(items: str) -> str:
    return "\n".join(f"- {item}" for item in items.split(" | "))


def _opening(chapter: str) -> Opening:
    """Title and question of a chapter. Raises BuildError if it begins otherwise."""
    source = nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4).cells[0].source
    found = re.match(r"# (.+)\n\n\*\*(.+?)\*\*", source)
    if not found:
        raise BuildError(
            f"book/{chapter}.ipynb, cell 1: found {source[:80]!r}, "
            "expected a heading, an empty line and a question in bold"
        )
    return Opening(found[1], found[2])


def _on_slide(title: str) -> Callable[[re.Match[str]], str]:
    """What makes a slide of a figure: its finding, the drawing, the rest beside it.

    Below stand the places in the report and, as a link, where sources, flags and data
    are. title: of the chapter.
    """

    def slide(figure: re.Match[str]) -> str:
        name, finding, rest, drawing, data = figure.groups()
        folded = FOLDED.search(data)
        words = folded[1] if folded else "The figure"
        places = list_of(dict.fromkeys(PLACE.findall(data)))
        return (
            f'<figure class="drawing" id="{name}"><figcaption>{finding}</figcaption>'
            f'{drawing}<p class="beside">{rest}</p><p class="source">'
            f"{places and places + ' of the report. '}"
            f'<a href="#{name}">{words}: {title}</a></p></figure>'
        )

    return slide


def _placed(html: str, chapter: str) -> str:
    """A figure whose links lead from the folder of slides into the book."""
    html = html.replace('<a href="#', f'<a href="{chapter}.html#')
    return INSIDE.sub(r"\1../\2", html)


def _revealjs() -> Path:
    """Folder of reveal.js in the package sphinx-revealjs."""
    package = find_spec("sphinx_revealjs")
    if package is None or package.origin is None:
        raise LookupError(
            "expected the package sphinx-revealjs, which brings reveal.js for the "
            "slides: install it as requirements.txt has it"
        )
    return Path(package.origin).parent / "_static" / "revealjs"
