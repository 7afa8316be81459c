"""Exercises and their solutions in the cells of a notebook.

An exercise is a Markdown cell tagged `exercise`. It begins with its kind in bold,
"**Exercise (Read).** Which years …?", and its id is its label. Its solution is the
cells tagged `solution` right below.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nbformat import NotebookNode

EXERCISE = re.compile(r"\*\*Exercise \((\w+)\)\.\*\* (.+)", re.S)


class Exercise(NamedTuple):
    """An exercise as its cell has it."""

    kind: str  # "Read", "Compute", "Judge" or "Argue"
    label: str
    prompt: str  # Markdown


def has_tag(cell: NotebookNode, tag: str) -> bool:
    """Whether a cell of a notebook carries a tag."""
    return tag in cell.metadata.get("tags", [])


def exercise_in(cell: NotebookNode, place: str) -> Exercise | None:
    """Read the exercise that a cell holds.

    Parameters
    ----------
    cell : NotebookNode
    place : str
        Where it stands, for the message: "economy.ipynb, cell 12".

    Returns
    -------
    Exercise or None
        None if the cell is not tagged `exercise`.

    Raises
    ------
    ValueError
        If it is tagged but does not begin as an exercise does.
    """
    if not has_tag(cell, "exercise"):
        return None
    found = EXERCISE.fullmatch(cell.source.strip())
    if cell.cell_type != "markdown" or not found:
        raise ValueError(
            f"{place}, tagged exercise: found {cell.source[:60]!r}, "
            "expected Markdown such as '**Exercise (Read).** Which years …?'"
        )
    return Exercise(found[1], cell.id, found[2])


def exercises_of(
    cells: Sequence[NotebookNode], chapter: str
) -> list[tuple[Exercise, list[NotebookNode]]]:
    """Find the exercises of a chapter, each with the cells of its solution.

    Parameters
    ----------
    cells : sequence of NotebookNode
        Of the whole notebook.
    chapter : str
        Name of the notebook without the ending, for messages.

    Returns
    -------
    list of (Exercise, list of NotebookNode)
        In the order of the notebook; the list of cells is empty if there are none.

    Raises
    ------
    ValueError
        If a solution has no exercise above it, or as `exercise_in`.
    """
    found: list[tuple[Exercise, list[NotebookNode]]] = []
    open_for_solution = False
    for number, cell in enumerate(cells, 1):
        place = f"{chapter}.ipynb, cell {number}"
        exercise = exercise_in(cell, place)
        if exercise:
            found.append((exercise, []))
            open_for_solution = True
        elif has_tag(cell, "solution"):
            if not open_for_solution:
                raise ValueError(f"{place}: expected an exercise before this solution")
            found[-1][1].append(cell)
        else:
            open_for_solution = False
    return found
