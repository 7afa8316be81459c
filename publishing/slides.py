"""Slides of the teaching sessions.

For each session a deck of reveal.js, exported by nbconvert: a title, then a slide for
each row of session_slides.csv, with notes for the speaker. Figures and tables come
from the cells of its chapters that are tagged `slide`. reveal.js stands in the site's
own folder; it comes with the package sphinx-revealjs.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import nbformat
from markupsafe import escape
from nbconvert import SlidesExporter
from nbformat import NotebookNode

from fourcities.facts import BOOK, Cells, hash_of, read
from fourcities.presentation import list_of
from fourcities.teaching import session, session_anchor, session_goals

from .contents import hash_of_all_but_chapters
from .errors import BuildError
from .handouts import tagged
from .parts import Parts
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
# A table: its label, its caption, the rest.
TABLE = re.compile(
    r'<div class="book-table" id="([^"]+)">'
    r"(<table.*?)<caption>.*?</caption>(.*?</table>)",
    re.S,
)
LABEL = re.compile(r'id="([^"]+)"')
KEYS = "Arrow keys move the slides, N shows the notes for the speaker."


def write(site: Path, parts: Parts) -> None:
    """Write the decks into a site's folder _slides, reveal.js into its static files.

    Parameters
    ----------
    site : Path
        The site's folder; its folder _static exists.
    parts : Parts
        Where the last decks are kept: one is made again if data, code or one of its
        session's chapters changed.

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
    rest = hash_of_all_but_chapters()
    for _, row in read("sessions").iterrows():
        number, names = row["session"], row["chapters"].split()
        chapters = hash_of(BOOK / f"{name}.ipynb" for name in names)
        html = parts.get(
            "deck", str(number), rest, chapters, make=partial(deck, number)
        )
        (folder / f"session-{number}.html").write_bytes(html)


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
        A notebook with a cell for each slide: the title, then the rows of
        session_slides.csv.

    Raises
    ------
    KeyError
        If there is no such session.
    BuildError
        If a row names a figure or table that no tagged cell of its chapters shows.
    """
    row = session(number)
    chapters = row["chapters"].split()
    shown = {LABEL.findall(html)[0]: (c, html) for c, html in tagged(chapters)}
    slides = read("session_slides").query("session == @number")
    cells = [_title(row, number)]
    for _, slide in slides.iterrows():
        if slide["figure"] and slide["figure"] not in shown:
            raise BuildError(
                f"data/session_slides.csv, session {number}, slide {slide['slide']}, "
                f"column figure: found {slide['figure']!r}, expected the label of a "
                f"tagged cell of its chapters: {', '.join(shown)}"
            )
        cells.append(_slide(slide, row, shown))
    book = read("project").set_index("role")["name"]["short title"]
    titles = list_of(_title_of(chapter) for chapter in chapters)
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


def _title(row: Cells, number: int) -> NotebookNode:
    """The first slide. row: of sessions.csv."""
    guide = f"../teaching-guide.html#{session_anchor(number)}"
    link = f"[Teaching guide, session {number}]({guide})"
    return _words("title", f"# {row['title']}\n\n{row['question']}\n\n{link}", KEYS)


def _slide(
    slide: Cells, row: Cells, shown: Mapping[str, tuple[str, str]]
) -> NotebookNode:
    """One slide.

    Parameters
    ----------
    slide
        Row of session_slides.csv.
    row
        Of sessions.csv.
    shown
        Chapter and HTML of each figure and table, by label.
    """
    if slide["figure"]:
        chapter, html = shown[slide["figure"]]
        title = _title_of(chapter)
        if slide["kind"] == "table":
            html = _table(html, slide["title"], title)
        else:
            html = FIGURE.sub(_on_slide(title), html)
        return _figure(slide["kind"], _placed(html, chapter), slide["notes"])
    head = f"## {slide['title']}\n\n"
    if slide["kind"] == "question":
        lines = f"{row['question']}\n\n{slide['text']}"
        return _words("chapter", head + lines, slide["notes"])
    if slide["kind"] == "task":
        lines = f"{row['task']}\n\n[Open the explorer](../{row['explorer']})"
    elif slide["kind"] == "groups":
        lines = str(row["group_work"])
    elif slide["kind"] == "prompts":
        lines = _bullets(row["prompts"].split(" | "))
    elif slide["kind"] == "goals":
        lines = _bullets(session_goals(slide["session"]))
    else:
        parts = slide["text"].split(" | ")
        lines = _bullets(parts) if len(parts) > 1 else parts[0]
    if slide["sources"]:
        works = list_of(_work(key) for key in slide["sources"].split())
        lines += f'\n\n<p class="source">After {works}, in our words</p>'
    return _words("list", head + lines, slide["notes"])


def _work(key: str) -> str:
    """A work as a link to the bibliography. key: of sources.csv."""
    label = read("sources").set_index("source").at[key, "label"]
    return f'<a href="../bibliography.html#{key}">{escape(label)}</a>'


def _words(kind: str, text: str, notes: str) -> NotebookNode:
    """A slide of words. kind: "title", "list" or "chapter"; text: Markdown."""
    source = f"{text}\n\n{_notes(notes)}"
    cell: NotebookNode = nbformat.v4.new_markdown_cell(source, metadata=_metadata(kind))
    return cell


def _figure(kind: str, html: str, notes: str) -> NotebookNode:
    """A slide with a figure or table, which stands in the output of an empty cell."""
    output = nbformat.v4.new_output("display_data", {"text/html": html + _notes(notes)})
    cell: NotebookNode = nbformat.v4.new_code_cell(
        "", outputs=[output], metadata=_metadata(kind)
    )
    return cell


def _notes(words: str) -> str:
    """What a speaker sees on key N, on paper, and wherever there is no deck."""
    return f'<aside class="notes"><p>{escape(words)}</p></aside>'


def _metadata(kind: str) -> dict[str, object]:
    return {"slideshow": {"slide_type": "slide"}, "kind": kind}


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _title_of(chapter: str) -> str:
    """Title of a chapter. Raises BuildError if it begins otherwise."""
    source = nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4).cells[0].source
    found = re.match(r"# (.+)", source)
    if not found:
        raise BuildError(
            f"book/{chapter}.ipynb, cell 1: found {source[:80]!r}, expected a heading"
        )
    return found[1]


def _table(html: str, finding: str, title: str) -> str:
    """A table on a slide: its finding, its rows, and where it stands in the book.

    html: of the book; title: of the chapter.
    """
    found = TABLE.search(html)
    if not found:
        raise BuildError(f"no table of the book: {html[:80]!r}")
    label, start, rest = found.groups()
    return (
        f'<h2>{escape(finding)}</h2><div class="rows">{start}{rest}</div>'
        f'<p class="source"><a href="#{label}">The table: {escape(title)}</a></p>'
    )


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
