"""Filled rows on their way into data/: a look at them in a copy, then the move."""

import csv
import io
import os
import shutil
import tempfile
from pathlib import Path

from fourcities.facts import DATA, ROOT, DataError, Problem, check_data

from .filled import Filled, filled_in
from .tables import as_csv, place_of


def look(key: str, folder: Path) -> list[str]:
    """Check what stands in the folder of a city.

    Parameters
    ----------
    key : str
        Of the city.
    folder : Path
        Its folder, below the project's.

    Returns
    -------
    list of str
        Lines: how many rows of each table are filled in.

    Raises
    ------
    DataError
        Naming file, row and column there, if a filled row is wrong.
    CityError
        For a file that is named like no table of data/.
    """
    filled = filled_in(key, folder)
    with tempfile.TemporaryDirectory() as copy:
        before = _append(filled, Path(copy) / "data")
        try:
            check_data(Path(copy) / "data")
        except DataError as error:
            raise DataError(
                [_moved(problem, filled, before, folder) for problem in error.problems]
            ) from None
    place = folder.relative_to(ROOT)
    lines = [f"{place}: nothing is wrong with the rows that are filled in."]
    for table in filled.tables():
        line = f"  {table}.csv: {len(filled.rows.get(table, []))} filled in"
        if table in filled.empty:
            line += f", {filled.empty[table]} as in the template"
        lines.append(line)
    return lines


def add(key: str, folder: Path) -> None:
    """Put the filled rows of a city at the ends of the files in data/, all or none.

    Parameters
    ----------
    key : str
        Of the city.
    folder : Path
        Its folder, below the project's.

    Raises
    ------
    DataError, CityError
        As `look` does.
    """
    look(key, folder)
    filled = filled_in(key, folder)
    # Beside data/, so that the files can be moved in one step each.
    with tempfile.TemporaryDirectory(dir=ROOT) as copy:
        _append(filled, Path(copy) / "data")
        old = {table: (DATA / f"{table}.csv").read_bytes() for table in filled.rows}
        try:
            for table in filled.rows:
                os.replace(Path(copy) / "data" / f"{table}.csv", DATA / f"{table}.csv")
        except OSError:
            for table, content in old.items():
                (DATA / f"{table}.csv").write_bytes(content)
            raise


def _append(filled: Filled, folder: Path) -> dict[str, int]:
    """Make a copy of data/ with the filled rows at the ends of its files.

    Returns how many rows each of these files had before, with its header.
    """
    shutil.copytree(DATA, folder)
    before = {}
    for table in filled.rows:
        path = folder / f"{table}.csv"
        text = path.read_text("utf-8-sig")
        if not text.endswith("\n"):
            text += "\n"
        before[table] = len(list(csv.reader(io.StringIO(text, newline=""))))
        _, _, rows = as_csv(table, filled.cells(table)).partition("\n")
        path.write_text(text + rows, "utf-8")
    return before


def _moved(
    problem: Problem, filled: Filled, before: dict[str, int], folder: Path
) -> Problem:
    """A problem of the copy of data/, told by the city's file and row if it lies there.

    before: how many rows each file had; folder: of the city.
    """
    table = problem.file.removesuffix(".csv")
    if not problem.row or problem.row <= before.get(table, problem.row):
        return problem
    row = filled.rows[table][problem.row - before[table] - 1]
    return Problem(
        f"{place_of(folder)}/{problem.file}",
        problem.expected,
        row.number,
        problem.column,
        problem.value,
    )
