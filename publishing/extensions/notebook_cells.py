"""Cells of notebooks, which any front end can show, in the form that the site wants.

A notebook holds nothing that only the site's build knows (docs/add-a-chapter.md). So
exercises get their directives here, code is folded, and outputs get the HTML of pages
(`for_pages`), their tables that of `table_cells`. The files themselves, which readers
download, stay as they are.
"""

from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from fourcities.presentation import for_pages

from ..exercises import Exercise, exercises_of
from .table_cells import with_site_cells

EXERCISE = ":::{{exercise}} {kind}\n:label: {label}\n\n{prompt}\n:::"
SOLUTION = ":::{{solution-start}} {label}\n:::"
SOLUTION_END = ":::{solution-end}\n:::"


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("source-read", to_site_form)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def to_site_form(app: Sphinx, page: str, source: list[str]) -> None:
    """Change what Sphinx has read of a notebook; other files stay.

    A cell that is no exercise, or no solution, though tagged as one, stops the build.
    """
    if not app.env.doc2path(page).endswith(".ipynb"):
        return
    notebook: NotebookNode = nbformat.reads(source[0], as_version=4)
    try:
        notebook.cells = list(with_directives(notebook.cells, page))
    except ValueError as error:
        raise ExtensionError(f"book/{error}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _fold_code(cell)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for kind in {"text/html", "text/markdown"} & set(data):
                data[kind] = with_site_cells(for_pages(data[kind]))
    source[0] = nbformat.writes(notebook)


def _fold_code(cell: NotebookNode) -> None:
    """Fold the code of a cell, unless a tag says that it is shown, or says more."""
    tags = cell.metadata.setdefault("tags", [])
    if not any(
        tag.startswith(("hide-", "remove-")) or tag == "show-code" for tag in tags
    ):
        tags.append("hide-input")


def with_directives(cells: list[NotebookNode], chapter: str) -> Iterator[NotebookNode]:
    """The cells of a chapter with the directives of sphinx-exercise around exercises.

    Raises ValueError as `exercises_of`.
    """
    exercises = {
        exercise.label: exercise for exercise, _ in exercises_of(cells, chapter)
    }
    ends = {
        solution[-1].id: exercise
        for exercise, solution in exercises_of(cells, chapter)
        if solution
    }
    solved = {exercise.label for exercise in ends.values()}
    for cell in cells:
        if cell.id in exercises:
            exercise = exercises[cell.id]
            cell.source = _directive(exercise, exercise.label in solved)
        yield cell
        if cell.id in ends:
            end = f"{ends[cell.id].label}-end"
            yield nbformat.v4.new_markdown_cell(SOLUTION_END, id=end)


def _directive(exercise: Exercise, solved: bool) -> str:
    """An exercise as Markdown of MyST; if solved, with the start of its solution."""
    parts = [EXERCISE.format(**exercise._asdict())]
    if solved:
        parts.append(SOLUTION.format(label=exercise.label))
    return "\n\n".join(parts)
