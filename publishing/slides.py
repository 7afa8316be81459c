"""Slides of the teaching sessions: for each a deck of reveal.js, exported by nbconvert from the cells of its chapters that are tagged `slide`.

reveal.js stands in the site's own folder; it comes with the package sphinx-revealjs.
"""

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter

from fourcities.facts import BOOK, read
from fourcities.presentation import list_of
from fourcities.teaching import session, session_anchor

from .handouts import tagged_figures
from .paths import TEMPLATES

INSIDE = re.compile(r'(href=")(?!https?:|\.\./)([^"]+")')


def write(site):
    """Write the decks into the folder _slides of a site, and reveal.js into its static files."""
    static, folder = Path(site) / "_static" / "reveal", Path(site) / "_slides"
    for path in (static, folder):
        path.mkdir(exist_ok=True)
    source = Path(find_spec("sphinx_revealjs").origin).parent / "_static" / "revealjs"
    for file in (
        source / "LICENSE",
        source / "dist" / "reveal.js",
        source / "dist" / "reveal.css",
    ):
        shutil.copy(file, static)
    for name in (
        "slides.css",
        "slides.js",
    ):  # kept out of publishing/static, whose files every page loads
        shutil.copy(TEMPLATES / "slides" / name, static.parent)
    for number in read("sessions")["session"]:
        (folder / f"session-{number}.html").write_text(deck(number), "utf-8")


def deck(number):
    """The deck of a session as HTML. Raises KeyError if there is no such session."""
    exporter = SlidesExporter(
        extra_template_basedirs=[str(TEMPLATES)],
        template_name="slides",
        exclude_anchor_links=True,
    )
    html, _ = exporter.from_notebook_node(slides_of(number))
    return re.sub(r"[ \t]+\n", "\n", html)


def slides_of(number):
    """A notebook with the slides of a session: title, aims, for each chapter its question and its tagged figures, then task, group work, prompts."""
    row = session(number)
    guide = f"../teaching-guide.html#{session_anchor(number)}"
    cells = [
        _words(
            "title",
            f"# {row['title']}\n\n{row['question']}\n\n[Teaching guide, session {number}]({guide})",
        ),
        _words("list", "## Afterwards you can\n\n" + _bullets(row["aims"])),
    ]
    for chapter in row["chapters"].split():
        title, question = _opening(chapter)
        cells.append(
            _words(
                "chapter", f"## {title}\n\n{question}\n\n[Chapter](../{chapter}.html)"
            )
        )
        for _, html in tagged_figures([chapter]):
            back = f'<p class="source"><a href="../{chapter}.html">Chapter: {title}</a></p>'
            output = nbformat.v4.new_output(
                "display_data", {"text/html": _placed(html, chapter) + back}
            )
            cells.append(
                nbformat.v4.new_code_cell(
                    "",
                    outputs=[output],
                    metadata={"slideshow": {"slide_type": "slide"}, "kind": "figure"},
                )
            )
    cells += [
        _words(
            "list",
            f"## Explorer\n\n{row['task']}\n\n[Open the explorer](../{row['explorer']})",
        ),
        _words("list", f"## In groups\n\n{row['group_work']}"),
        _words("list", "## Discuss\n\n" + _bullets(row["prompts"])),
        _words(
            "chapter",
            f"## Back to the question\n\n{row['question']}\n\nRead your sentence from the beginning. Would you still sign it?",
        ),
    ]
    book = read("project").set_index("role")["name"]["short title"]
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "title": f"Session {number}: {row['title']}",
            "description": f"Slides: {row['question']} With figures from {list_of(_opening(c)[0] for c in row['chapters'].split())}; facts from the report of {book}.",
        },
    )


def _words(kind, text):
    return nbformat.v4.new_markdown_cell(
        text, metadata={"slideshow": {"slide_type": "slide"}, "kind": kind}
    )


def _bullets(items):
    return "\n".join(f"- {item}" for item in items.split(" | "))


def _opening(chapter):
    """Title and question of a chapter."""
    source = nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4).cells[0].source
    return re.match(r"# (.+)\n\n\*\*(.+?)\*\*", source).groups()


def _placed(html, chapter):
    """A figure whose links lead from the folder of slides into the book."""
    html = re.sub(r'<details class="data">.*?</details>', "", html, flags=re.S)
    html = re.sub(r'href="#(?!fig-)', f'href="{chapter}.html#', html)
    return INSIDE.sub(
        lambda m: m[0] if m[2].startswith("#") else f"{m[1]}../{m[2]}", html
    )
