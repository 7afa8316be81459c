"""The student workbook: the chapters without their solutions, as one zip.

It runs on its own. Each answer has a blank: below the prompt of an exercise of kind
Compute stand a cell for the student's code and a cell that checks the answer
(fourcities/teaching/); below the others a cell for words. Run all cells: the notebook
stops at the first blank and says what to fill in.
"""

import re
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

from fourcities.facts import BOOK
from fourcities.teaching import CHECKS, asked

from ..paths import TEMPLATES
from .chapter_zips import files_of, write_zip

NAME = "student-workbook"
FIRST = BOOK / "first-notebook.ipynb"
# Kind, label and prompt of an exercise.
EXERCISE = re.compile(
    r"^:::\{exercise\} (\w+)\n:label: (\S+)\n\n(.*?)\n:::$", re.M | re.S
)
GATE = re.compile(r"^:::\{solution-(?:start|end)\}.*\n:::\n*", re.M)
INTRO = (
    "> **Workbook.** Run the cells from the top, with Shift and Enter. "
    "The notebook stops at an answer that is still missing and says what to fill in. "
    "An answer\n"
    "> that isn't right yet gets a hint. "
    "New to notebooks? Open `first-notebook.ipynb`.\n"
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

        Raises ValueError, naming the cell, for a solution without an exercise before.
        """
        cells: list[NotebookNode] = []
        label = None  # of the exercise whose solution may follow
        for number, cell in enumerate(notebook.cells, 1):
            if "solution" in cell.metadata.get("tags", []):
                if not label:
                    raise ValueError(
                        f"{resources['chapter']}.ipynb, cell {number}: "
                        "expected an exercise before this solution"
                    )
                cells += _blanks(label, cell.id)
                label = None
                continue
            if cell.cell_type == "markdown":
                label = _last_label(cell.source)
                cell.source = _without_directives(cell.source)
            cells.append(cell)
        heading, _, rest = cells[0].source.partition("\n")
        cells[0].source = f"{heading}\n\n{INTRO}{rest}"
        notebook.cells = [cell for cell in cells if cell.source]
        return notebook, resources


def blanked(path: Path) -> NotebookNode:
    """A chapter's notebook as students get it. path: of the notebook in book/."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    resources: dict[str, Any] = {"chapter": path.stem}
    clear_metadata = ClearMetadataPreprocessor(
        clear_cell_metadata=False, preserve_nb_metadata_mask={"kernelspec"}
    )
    for preprocessor in (Blanks(), ClearOutputPreprocessor(), clear_metadata):
        notebook, resources = preprocessor.preprocess(notebook, resources)
    return notebook


def with_exercises() -> list[Path]:
    """Paths of the chapters that have exercises."""
    return [
        path
        for path in sorted(BOOK.glob("*.ipynb"))
        if "{exercise}" in path.read_text("utf-8")
    ]


def workbook_files(title: str) -> dict[str, bytes]:
    """The bytes of each file of the workbook by its name. title: of the book."""
    readme = (TEMPLATES / "workbook-readme.txt").read_text("utf-8")
    files = files_of([], title)
    files["README.txt"] = readme.format(title=title).encode()
    for path in with_exercises():
        text = nbformat.writes(blanked(path)) + "\n"
        files[f"book/{path.name}"] = text.encode()
    if FIRST.exists():
        files[f"book/{FIRST.name}"] = FIRST.read_bytes()
    return files


def write_workbook(app: Sphinx, exception: Exception | None) -> None:
    """The zip in the site's folder _zips."""
    if exception or app.builder.format != "html":
        return
    files = workbook_files(app.config.html_title)
    write_zip(Path(app.outdir) / "_zips" / f"{NAME}.zip", files)


def _blanks(label: str, cell: str) -> list[NotebookNode]:
    """The cells in place of a solution. label: of its exercise; cell: its id."""
    if label not in CHECKS:
        words = "*Your answer:*"
        return [nbformat.v4.new_markdown_cell(words, id=f"{cell}-0")]
    answer = f"answer = ...  # {asked(label)}"
    check = f'fc.check("{label}", answer)'
    return [
        nbformat.v4.new_code_cell(answer, id=f"{cell}-0"),
        nbformat.v4.new_code_cell(check, id=f"{cell}-1"),
    ]


def _last_label(source: str) -> str | None:
    """The label of the last exercise in a cell of Markdown."""
    exercises = EXERCISE.findall(source)
    return exercises[-1][1] if exercises else None


def _without_directives(source: str) -> str:
    """A cell of Markdown with a heading and the prompt for each exercise."""
    return EXERCISE.sub(r"### Exercise: \1\n\n\3", GATE.sub("", source)).strip()
