"""The student workbook: the chapters without their solutions, as one zip.

It runs on its own. Chapters are numbered in reading order, and what links to them
follows. Each answer has a blank: below the prompt of an exercise of kind Compute stands
a cell for the student's code that checks the answer as well (fourcities/teaching/), so
that a cell that fails is not judged by the answer before it; below the others a cell
for words. Run all cells: the notebook stops at the first blank and says what to fill
in.
"""

import textwrap
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import (
    ClearMetadataPreprocessor,
    ClearOutputPreprocessor,
    Preprocessor,
)
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from fourcities.facts import BOOK, data_files, hash_of
from fourcities.teaching import CHECKS, asked

from ..contents import chapters, package_files
from ..exercises import Exercise, exercises_of, has_tag
from ..parts import Parts
from ..paths import TEMPLATES
from .chapter_zips import files_of, how_to_start, led_out, write_zip

NAME = "student-workbook"
FIRST = BOOK / "first-notebook.ipynb"
WORDS = "*Your answer: double-click here, write, then press Shift and Enter.*"
LEFT_OUT = {"index", "teaching-guide"}  # what students don't work in
INTRO = (
    "> **Workbook.** Run the cells from the top, with Shift and Enter. "
    "The notebook stops at an answer that is still missing and says what to fill in. "
    "An answer\n"
    "> that isn't right yet gets a hint. "
    "New to notebooks? Open [the first one](first-notebook.ipynb).\n"
)


def setup(app: Sphinx) -> ExtensionMetadata:
    # After the zips of the chapters, which make the folder.
    app.connect("build-finished", write_workbook, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class Blanks(Preprocessor):
    """Solutions out, blanks in."""

    def preprocess(
        self, notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Change a notebook. resources: with the key "chapter", for messages.

        Raises ValueError as `exercises_of`.
        """
        exercises = {
            exercise.label: exercise
            for exercise, _ in exercises_of(notebook.cells, resources["chapter"])
        }
        cells: list[NotebookNode] = []
        for cell in notebook.cells:
            if has_tag(cell, "solution"):
                continue
            cells.append(cell)
            if cell.id in exercises:
                cell.source = _as_heading(exercises[cell.id])
                cells += _blanks(cell.id)
        if exercises and resources["chapter"] != FIRST.stem:
            heading, _, rest = cells[0].source.partition("\n")
            cells[0].source = f"{heading}\n\n{INTRO}{rest}"
        notebook.cells = cells
        return notebook, resources


def blanked(path: Path) -> NotebookNode:
    """A chapter's notebook as students get it. path: of the notebook in book/."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    resources: dict[str, Any] = {"chapter": path.stem}
    clear_metadata = ClearMetadataPreprocessor(
        clear_cell_metadata=False, preserve_nb_metadata_mask={"kernelspec"}
    )
    steps = [Blanks(), clear_metadata]
    if path == FIRST:  # it says that an output appears when its reader runs a cell
        steps.append(ClearOutputPreprocessor())
    for step in steps:
        notebook, resources = step.preprocess(notebook, resources)
    # Students run cell by cell: an exercise that is not solved stops a run of all.
    notebook.cells = [cell for cell in notebook.cells if cell.id != "run-all"]
    for cell in notebook.cells:  # a number beside a cell says that its reader ran it
        for counted in [cell, *cell.get("outputs", [])]:
            if "execution_count" in counted:
                counted.execution_count = None
    return notebook


def with_exercises() -> list[Path]:
    """Paths of the chapters that have exercises."""
    return [
        path
        for path in sorted(chapters())
        if any(has_tag(cell, "exercise") for cell in nbformat.read(path, 4).cells)
    ]


def workbook_files(
    title: str, site: str = "", parts: Parts | None = None
) -> dict[str, bytes]:
    """The bytes of each file of the workbook by its name.

    title: of the book; site: its address, if it is known; parts: where notebooks of an
    earlier workbook are kept.
    """
    rest = [path for path in chapters() if path != FIRST and path.stem not in LEFT_OUT]
    names = {
        path.stem: f"{number:02}-{path.name}"
        for number, path in enumerate([FIRST, *rest])
    }
    files = files_of([], title, site)
    readme = (TEMPLATES / "workbook-readme.txt").read_text("utf-8")
    start = how_to_start(names[FIRST.stem])
    files["README.txt"] = readme.format(title=title, start=start).encode()
    facts = hash_of([*data_files(), *package_files()])
    for path in [FIRST, *rest]:
        make = partial(_bytes_of, path, names, site)
        made_from = hash_of([path]), facts, str(names), site
        name = f"book/{names[path.stem]}"
        files[name] = parts.get(*made_from, make=make) if parts else make()
    return files


def _bytes_of(path: Path, names: dict[str, str], site: str) -> bytes:
    """A chapter's notebook in the workbook. Arguments as `led_out` takes them."""
    return f"{nbformat.writes(led_out(blanked(path), names, site))}\n".encode()


def write_workbook(app: Sphinx, exception: Exception | None) -> None:
    """The zip in the site's folder _zips."""
    if exception or app.builder.format != "html":
        return
    parts = Parts(Path(app.doctreedir) / NAME)
    files = workbook_files(app.config.html_title, app.config.html_baseurl, parts)
    parts.forget_others()
    write_zip(Path(app.outdir) / "_zips" / f"{NAME}.zip", files)


def _as_heading(exercise: Exercise) -> str:
    """An exercise with a heading, which the front end's table of contents lists."""
    return f"### Exercise: {exercise.kind}\n\n{exercise.prompt}"


def _blanks(label: str) -> list[NotebookNode]:
    """The cells in place of a solution. label: of its exercise."""
    if label not in CHECKS:
        return [nbformat.v4.new_markdown_cell(WORDS, id=f"{label}-words")]
    asked_for = textwrap.wrap(asked(label)[:1].upper() + asked(label)[1:], 84)
    code = [
        *(f"# {line}" for line in asked_for),
        "answer = ...",
        f'fc.check("{label}", answer)',
    ]
    return [nbformat.v4.new_code_cell("\n".join(code), id=f"{label}-answer")]
