"""Whether the sessions of the teaching guide fit the chapters that they use.

The tables of `data/` know no chapter. So that a plan and the book don't drift apart,
the build holds the one against the other: chapters, explorers, exercises, figures,
and the length of what students read.
"""

import re
from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from fourcities.facts import DATA, Problem, read

from .exercises import has_tag
from .notebooks import read_notebook

HEADING = re.compile(r"^(#+) (.+)$", re.M)
DRAWING = re.compile(r"<(svg|details|script|style)\b.*?</\1>", re.S)
EXPLORER = '<section class="explorer"'
TAG = re.compile(r"<[^>]+>")
TOLERANCE = 0.15  # of the words of a reading; a changed sentence is no new reading


def session_problems(chapters: dict[str, Path], data: Path = DATA) -> list[Problem]:
    """Find what sessions name and the book doesn't have.

    Parameters
    ----------
    chapters : dict of str to Path
        The notebooks of the book, by the names that tables give them.
    data : Path
        The data package.

    Returns
    -------
    list of Problem
        An explorer, exercise or figure that its chapter hasn't got, and a part that no
        chapter has.
    """
    return [
        *_explorer_problems(chapters, data),
        *_exercise_problems(chapters, data),
        *_figure_problems(chapters, data),
        *_part_problems(chapters, data),
    ]


def length_problems(chapters: dict[str, Path], data: Path = DATA) -> list[Problem]:
    """Find readings whose count of words is no longer right.

    Parameters
    ----------
    chapters : dict of str to Path
        The notebooks of the book, up to date: sentences and tables from the data count.
    data : Path
        The data package.

    Returns
    -------
    list of Problem
        None where a city was added: the course reads of the report's cities, and more
        of them make tables longer.
    """
    if (read("places", data)["status"] == "added").any():
        return []
    problems = []
    for row, reading in _chapters_read(chapters, data):
        found = words_in(chapters[reading["chapter"]], reading["parts"])
        if abs(int(reading["words"] or 0) - found) > TOLERANCE * found:
            expected = f"about {found}, the words that {reading['chapter']}.ipynb has"
            where = "session_readings.csv"
            problems.append(Problem(where, expected, row, "words", reading["words"]))
    return problems


def words_in(path: Path, parts: str = "") -> int:
    """Count the words that a reader of a chapter reads.

    Parameters
    ----------
    path : Path
        Its notebook.
    parts : str
        Headings, separated by “ | ”; all before the exercises unless given.

    Returns
    -------
    int
        Words of text, tables and captions below these headings, to the next one of
        the same level or a higher one. Code, explorers, drawings, folded parts and
        exercises don't count.
    """
    wanted = set(parts.split(" | ")) if parts else set()
    return sum(
        len(text.split())
        for headings, text in _texts_of(path)
        if (wanted & {*headings} if wanted else "Exercises" not in headings)
    )


def _texts_of(path: Path) -> list[tuple[tuple[str, ...], str]]:
    """Each piece of text of a chapter with the headings above it."""
    return _texts_at(path, path.stat().st_mtime_ns)


@cache
def _texts_at(path: Path, changed: int) -> list[tuple[tuple[str, ...], str]]:
    """The same, of a notebook as it was last changed: a build executes it."""
    above: dict[int, str] = {}
    texts = []
    for cell in read_notebook(path).cells:
        for text in _shown(cell):
            last = 0
            for heading in HEADING.finditer(text) if cell.cell_type != "code" else ():
                texts.append((tuple(above.values()), text[last : heading.start()]))
                level, last = len(heading[1]), heading.end()
                above = {deep: name for deep, name in above.items() if deep < level}
                above[level] = heading[2].strip()
            texts.append((tuple(above.values()), text[last:]))
    return texts


def _shown(cell: NotebookNode) -> Iterator[str]:
    """What a cell shows: its Markdown, or its outputs as text."""
    if cell.cell_type == "markdown" and not has_tag(cell, "remove-cell"):
        yield cell.source
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        text = data.get("text/markdown", data.get("text/html", ""))
        if EXPLORER not in text and not has_tag(cell, "solution"):
            yield TAG.sub(" ", DRAWING.sub(" ", text))


def _explorer_problems(chapters: dict[str, Path], data: Path) -> Iterator[Problem]:
    for row, cell in enumerate(read("sessions", data)["explorer"], 2):
        path = chapters.get(cell.partition(".html")[0])
        label = f'"{cell.partition("#")[2]}"'
        cells = read_notebook(path).cells if path else []
        if not any(label in one.source for one in cells):
            expected = "a chapter of _toc.yml, # and the label of an explorer in it"
            yield Problem("sessions.csv", expected, row, "explorer", cell)


def _exercise_problems(chapters: dict[str, Path], data: Path) -> Iterator[Problem]:
    known = {
        cell.id
        for path in chapters.values()
        for cell in read_notebook(path).cells
        if has_tag(cell, "exercise")
    }
    for row, exercise in enumerate(read("session_goals", data)["exercise"], 2):
        if exercise not in known:
            expected = "the id of an exercise in a chapter, such as economy-read"
            yield Problem("session_goals.csv", expected, row, "exercise", exercise)


def _figure_problems(chapters: dict[str, Path], data: Path) -> Iterator[Problem]:
    own = read("sessions", data).set_index("session")["chapters"].str.split()
    shown = {
        session: [
            cell.source
            for chapter in its_chapters
            for cell in read_notebook(chapters[chapter]).cells
            if has_tag(cell, "slide")
        ]
        for session, its_chapters in own.items()
    }
    slides = read("session_slides", data)
    for row, slide in enumerate(slides.to_dict("records"), 2):
        sources = shown.get(slide["session"], [])
        label = slide["figure"]
        if label and not any(f'"{label}"' in source for source in sources):
            expected = (
                "the label of a figure or table whose cell is tagged slide, in a "
                f"chapter of session {slide['session']}"
            )
            yield Problem("session_slides.csv", expected, row, "figure", label)


def _part_problems(chapters: dict[str, Path], data: Path) -> Iterator[Problem]:
    for row, reading in _chapters_read(chapters, data):
        chapter, parts = reading["chapter"], reading["parts"]
        known = {
            heading for above, _ in _texts_of(chapters[chapter]) for heading in above
        }
        if parts and not set(parts.split(" | ")) <= known:
            expected = f"headings of {chapter}.ipynb, separated by “ | ”, or nothing"
            yield Problem("session_readings.csv", expected, row, "parts", parts)


def _chapters_read(
    chapters: dict[str, Path], data: Path
) -> Iterator[tuple[int, dict[Hashable, Any]]]:
    """Readings of the book itself, with their rows; a chapter that the book doesn't
    have is told of elsewhere.
    """
    for row, reading in enumerate(read("session_readings", data).to_dict("records"), 2):
        if reading["chapter"] in chapters:
            yield row, reading
