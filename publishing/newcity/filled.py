"""What was filled in: the rows in a city's folder that differ from the template."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from fourcities.facts import DATA, DataError, Problem, descriptor

from .tables import Row, columns, place_of
from .template import CityError, template

NEEDED = ("places", "sources", "citations")  # no city without these


class FilledRow(NamedTuple):
    """A row that was filled in."""

    number: int  # in its file, where the header is row 1
    cells: Row


@dataclass(frozen=True)
class Filled:
    """What stands in the folder of a city, by table."""

    rows: dict[str, list[FilledRow]] = field(default_factory=dict)  # in their order
    empty: dict[str, int] = field(default_factory=dict)  # how many are as written

    def tables(self) -> list[str]:
        """The tables, first those with filled rows."""
        return list(dict.fromkeys([*self.rows, *self.empty]))

    def cells(self, table: str) -> list[Row]:
        """The filled rows of a table."""
        return [row.cells for row in self.rows[table]]


def filled_in(key: str, folder: Path) -> Filled:
    """Read the folder of a city.

    Raises CityError for a file that is named like no table of data/, DataError for one
    that is no table or has other columns.
    """
    known = {resource["name"] for resource in descriptor()["resources"]}
    as_written = template(_name_in(folder), key)
    found = Filled()
    for path in sorted(folder.glob("[!.]*.csv")):
        table = path.stem
        if table not in known:
            raise CityError(
                f"{place_of(path)}: expected a file named like one of data/: "
                f"{', '.join(sorted(known))}"
            )
        for number, row in enumerate(_rows_of(path), 2):
            if row in as_written.get(table, []) and table not in NEEDED:
                found.empty[table] = found.empty.get(table, 0) + 1
            else:
                found.rows.setdefault(table, []).append(FilledRow(number, row))
    return found


def _name_in(folder: Path) -> str:
    """The name of the city in the first row of its places.csv; "" if there is none."""
    rows = _rows_of(folder / "places.csv")
    return rows[0].get("name", "") if rows else ""


def _rows_of(path: Path) -> list[Row]:
    """The rows of a file of a new city.

    Raises DataError if it isn't a table with the columns that data/ has.
    """
    expected = columns(path.stem) if (DATA / path.name).exists() else []
    rows = _cells_of(path)
    header = rows[0] if rows else []
    if not rows or (expected and header != expected):
        raise _mistake(path, f"a header row: {','.join(expected)}", 1, header)
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            count = f"{len(header)} cells in each row (a comma in a text needs quotes)"
            raise _mistake(path, count, number, row)
    return [dict(zip(header, row)) for row in rows[1:]]


def _cells_of(path: Path) -> list[list[str]]:
    """The cells of a CSV file, row by row, with the header."""
    try:
        text = io.StringIO(path.read_text("utf-8-sig"), newline="")
        return list(csv.reader(text, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        expected = f"a table in UTF-8 with commas; {error}"
        raise DataError([Problem(place_of(path), expected)]) from None


def _mistake(path: Path, expected: str, number: int, cells: list[str]) -> DataError:
    value = ",".join(cells)
    return DataError([Problem(place_of(path), expected, row=number, value=value)])
