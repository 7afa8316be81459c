"""Rows of a city on their way into data/ and back: a look at them in a copy, the move.

What stands in the city's folder takes the place of what data/ has of the city, so that
a row can be corrected, or left out, and added again.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from fourcities.facts import (
    DATA,
    ROOT,
    DataError,
    Problem,
    check_data,
    data_files,
    read,
)

from .filled import Filled, filled_in
from .removing import Tables, lines_of, take_out
from .tables import as_csv, place_of
from .template import CityError


class Origin(NamedTuple):
    """Where a row of the copy comes from."""

    file: str  # as messages name it
    number: int  # in it, where the header is row 1


# Of each table that changes, where its rows come from, in their order.
Origins: TypeAlias = dict[str, list[Origin]]


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
        Lines: how many rows of each table are filled in, how many of data/ will give
        way to them, and what is unlikely.

    Raises
    ------
    DataError
        Naming file, row and column there, if a filled row is wrong.
    CityError
        For a file that is named like no table of data/, or a place of the report.
    """
    filled = filled_in(key, folder)
    with tempfile.TemporaryDirectory() as copy:
        _, taken, doubts = _put_in(key, filled, folder, Path(copy) / "data")
    place = folder.relative_to(ROOT)
    lines = [f"{place}: nothing is wrong with the rows that are filled in."]
    for table in filled.tables():
        line = f"  {table}.csv: {len(filled.rows.get(table, []))} filled in"
        if table in filled.empty:
            line += f", {filled.empty[table]} as in the template"
        lines.append(line)
    for table, rows in taken.items():
        now = filled.cells(table) if table in filled.rows else []
        if lost := sum(line.cells not in now for line in rows):
            lines.append(f"  data/{table}.csv: {lost} as they are not in {place}")
    return lines + [str(doubt) for doubt in doubts]


def add(key: str, folder: Path) -> None:
    """Put the filled rows of a city at the ends of the files in data/, all or none.

    Parameters
    ----------
    key : str
        Of the city; rows that data/ has of it give way.
    folder : Path
        Its folder, below the project's.

    Raises
    ------
    DataError, CityError
        As `look` does, and if somebody saves a table meanwhile.
    """
    filled = filled_in(key, folder)
    was = _saved()
    # Beside data/, so that the files can be moved in one step each.
    with tempfile.TemporaryDirectory(dir=ROOT) as copy:
        origins, _, _ = _put_in(key, filled, folder, Path(copy) / "data")
        _move(Path(copy) / "data", origins, was)


def remove(key: str) -> list[str]:
    """Take an added city out of data/ again, all its rows or none.

    Parameters
    ----------
    key : str
        Of the city.

    Returns
    -------
    list of str
        Lines: how many rows of each table are gone.

    Raises
    ------
    CityError
        If data/ has no such city, or the report has it, or somebody saves a table
        meanwhile.
    DataError
        If data/ can't do without it: a row of another place refers to one of its.
    """
    if key not in set(read("places")["place"]):
        raise CityError(f"data/places.csv has no row with place {key!r}")
    was = _saved()
    with tempfile.TemporaryDirectory(dir=ROOT) as copy:
        origins, taken, _ = _put_in(key, Filled(), ROOT, Path(copy) / "data")
        _move(Path(copy) / "data", origins, was)
    return [f"  {table}.csv: {len(rows)} taken out" for table, rows in taken.items()]


def _put_in(
    key: str, filled: Filled, folder: Path, copy: Path
) -> tuple[Origins, Tables, list[Problem]]:
    """Make a copy of data/ with the filled rows in place of those that it had.

    A row that is there already, of a source or an indicator that others use too, isn't
    added twice. Returns what changed, the rows that were taken out, and what is
    unlikely. Raises as `look`.
    """
    copy.mkdir()
    for path in data_files():
        shutil.copy(path, copy)
    taken = take_out(key, copy)
    origins: Origins = {}
    for table in dict.fromkeys([*taken, *filled.rows]):
        path = copy / f"{table}.csv"
        gone = {line.number for line in taken.get(table, [])}
        kept = [line for line in lines_of(DATA / path.name) if line.number not in gone]
        there = [line.cells for line in kept]
        rows = [row for row in filled.rows.get(table, []) if row.cells not in there]
        origins[table] = [
            *(Origin(f"{table}.csv", line.number) for line in kept),
            *(Origin(f"{place_of(folder)}/{table}.csv", row.number) for row in rows),
        ]
        text = path.read_text("utf-8-sig")
        text += "" if text.endswith("\n") else "\n"
        _, _, added = as_csv(table, [row.cells for row in rows]).partition("\n")
        path.write_text(text + added, "utf-8")
    try:
        doubts = check_data(copy)
    except DataError as error:
        raise DataError([_told(one, origins) for one in error.problems]) from None
    return origins, taken, [_told(one, origins) for one in doubts]


def _saved() -> dict[str, bytes]:
    """The files of data/ by their names."""
    return {path.name: path.read_bytes() for path in data_files()}


def _move(copy: Path, tables: Iterable[str], was: dict[str, bytes]) -> None:
    """Put files of a copy in the place of those of data/, all or none.

    was: what data/ had when the copy was made; what differs now has been saved since.
    """
    names = [f"{table}.csv" for table in tables]
    for name, content in _saved().items():
        if content != was.get(name):
            raise CityError(
                f"data/{name} was saved meanwhile: found other rows, expected those "
                "that were looked at; say it again"
            )
    try:
        for name in names:
            os.replace(copy / name, DATA / name)
    except BaseException:  # a full disk, or somebody stops it
        for name in names:
            (DATA / name).write_bytes(was[name])
        raise


def _told(problem: Problem, origins: Origins) -> Problem:
    """A problem of the copy, told by the file and row that its row comes from."""
    rows = origins.get(problem.file.removesuffix(".csv"), [])
    if not problem.row or not 2 <= problem.row < len(rows) + 2:
        return problem
    origin = rows[problem.row - 2]
    return replace(problem, file=origin.file, row=origin.number)
