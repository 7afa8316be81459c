"""The student workbook: the chapters without their solutions, with a blank for each answer, as one zip that runs on its own.

Below the prompt of an exercise of kind Compute stand a cell for the student's code and a cell that checks the answer (fourcities/teaching/);
below the others a cell for words. Run all cells: the notebook stops at the first blank and says what to fill in.
"""

import re
from pathlib import Path

import nbformat
from nbconvert.preprocessors import (
    ClearMetadataPreprocessor,
    ClearOutputPreprocessor,
    Preprocessor,
)

from .doors import ROOT, files_of, write_zip

NAME = "student-workbook"
EXERCISE = re.compile(
    r"^:::\{exercise\} (\w+)\n:label: (\S+)\n\n(.*?)\n:::$", re.M | re.S
)
GATE = re.compile(r"^:::\{solution-(?:start|end)\}.*\n:::\n*", re.M)
INTRO = """\
> **Workbook.** Run the cells from the top, with Shift and Enter. The notebook stops at an answer that is still missing and says what to fill in. An answer
> that isn't right yet gets a hint. New to notebooks? Open `first-notebook.ipynb`.
"""
README = """\
Student workbook of "{title}": every chapter with exercises, without their solutions, with the package and the data.

You need Python 3.11, 3.12 or 3.13, and a network to install the packages once. In this folder:

    python -m venv .venv
    .venv/bin/pip install -r requirements.txt
    .venv/bin/jupyter lab book/

On Windows write .venv\\Scripts\\ in place of .venv/bin/. After this nothing needs a network.

Open a chapter, for a first time first-notebook.ipynb, and run its cells from the top. Where an answer is missing the notebook stops and says what to
fill in; run the cell with the check, and it says whether the answer is right, or gives a hint. Exercises to read, judge and argue have a cell for words.

Terms of use: LICENSE. How to cite: CITATION.cff.
"""


class Blanks(Preprocessor):
    """Solutions out, blanks in. Raises ValueError, naming the cell, for a solution without an exercise before it."""

    def preprocess(self, notebook, resources):
        from fourcities.teaching import CHECKS, asked

        cells, label = [], None
        for number, cell in enumerate(notebook.cells, 1):
            if "solution" in cell.metadata.get("tags", []):
                if not label:
                    raise ValueError(
                        f"{resources['chapter']}.ipynb, cell {number}: expected an exercise before this solution"
                    )
                sources = (
                    [
                        ("code", f"answer = ...  # {asked(label)}"),
                        ("code", f'fc.check("{label}", answer)'),
                    ]
                    if label in CHECKS
                    else [("markdown", "*Your answer:*")]
                )
                cells += [
                    getattr(nbformat.v4, f"new_{kind}_cell")(
                        source, id=f"{cell.id}-{n}"
                    )
                    for n, (kind, source) in enumerate(sources)
                ]
                label = None
            else:
                if cell.cell_type == "markdown":
                    found = EXERCISE.findall(cell.source)
                    label = found[-1][1] if found else None
                    cell.source = EXERCISE.sub(
                        r"### Exercise: \1\n\n\3", GATE.sub("", cell.source)
                    ).strip()
                cells.append(cell)
        head, _, rest = cells[0].source.partition("\n")
        cells[0].source = f"{head}\n\n{INTRO}{rest}"
        notebook.cells = [cell for cell in cells if cell.source]
        return notebook, resources


def blanked(path):
    """A chapter's notebook as students get it. path: of the notebook in book/."""
    notebook, resources = nbformat.read(path, as_version=4), {"chapter": path.stem}
    for preprocessor in (
        Blanks(),
        ClearOutputPreprocessor(),
        ClearMetadataPreprocessor(
            clear_cell_metadata=False, preserve_nb_metadata_mask={"kernelspec"}
        ),
    ):
        notebook, resources = preprocessor.preprocess(notebook, resources)
    return notebook


def with_exercises():
    """Paths of the chapters that have exercises."""
    return [
        path
        for path in sorted((ROOT / "book").glob("*.ipynb"))
        if "{exercise}" in path.read_text("utf-8")
    ]


def workbook_files(title):
    """Name and bytes of each file of the workbook."""
    first = [path for path in [ROOT / "book" / "first-notebook.ipynb"] if path.exists()]
    files = files_of([], title) | {"README.txt": README.format(title=title).encode()}
    files |= {
        f"book/{path.name}": (nbformat.writes(blanked(path)) + "\n").encode()
        for path in with_exercises()
    }
    return files | {f"book/{path.name}": path.read_bytes() for path in first}


def write_workbook(app, error):
    """The zip in the site's folder _zips."""
    if not error and app.builder.format == "html":
        write_zip(
            Path(app.outdir) / "_zips" / f"{NAME}.zip",
            workbook_files(app.config.html_title),
        )


def setup(app):
    app.connect(
        "build-finished", write_workbook, priority=900
    )  # after the zips of the chapters, which make the folder
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
