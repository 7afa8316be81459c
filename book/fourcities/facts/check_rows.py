"""The tables of the data package as text, for checks that name a cell."""

import csv
from dataclasses import dataclass
from pathlib import Path

from .problems import DataError, Problem
from .shapes import Resource


@dataclass(frozen=True)
class TextRow:
    """A row of a table, its cells as they stand in the file."""

    file: str  # in data/
    number: int  # the header is row 1
    cells: dict[str, str]  # by column

    def __getitem__(self, column: str) -> str:
        if column not in self.cells:
            expected = f"a column {column} of {self.file}, as rules need it"
            raise DataError([Problem("datapackage.json", expected)])
        return self.cells[column]

    def problem(self, column: str, expected: str, value: str | None = None) -> Problem:
        """What is wrong with a cell; value: what of it is wrong, if not all."""
        found = self.cells[column] if value is None else value
        return Problem(self.file, expected, self.number, column, found)

    def doubt(self, column: str, expected: str) -> Problem:
        """What is only unlikely in a cell, and doesn't stop anything."""
        found = self.cells[column]
        return Problem(self.file, expected, self.number, column, found, unlikely=True)


class Tables(dict[str, list[TextRow]]):
    """The rows of each table, by its name in datapackage.json."""

    def __missing__(self, table: str) -> list[TextRow]:
        expected = f"a table {table}, as rules need it"
        raise DataError([Problem("datapackage.json", expected)])


def text_rows(folder: Path, resource: Resource) -> list[TextRow]:
    """The rows of a table."""
    file = resource["path"]
    with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        return [TextRow(file, number, cells) for number, cells in enumerate(reader, 2)]
