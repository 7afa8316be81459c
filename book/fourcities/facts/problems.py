"""A mistake in the data: how it is named, and the error that lists all of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what stands there, what was expected.

    As text it is one line of an error message.

    Parameters
    ----------
    file : str
        File in data/, or a path from the project's folder.
    expected : str
        What was expected, in words.
    row : int, optional
        Row of the file; the header is row 1.
    column : str, optional
        Name of the column.
    value : object, optional
        What was found; its first 80 characters are shown.
    unlikely : bool
        Whether it is only unlikely: named, but no reason to stop.
    """

    file: str
    expected: str
    row: int | None = None
    column: str | None = None
    value: object = None
    unlikely: bool = False

    def __str__(self) -> str:
        place = self.file if "/" in self.file else f"data/{self.file}"
        place += f", row {self.row}" if self.row else ""
        place += f", column {self.column}" if self.column else ""
        found = "" if self.value is None else f"found {str(self.value)[:80]!r}, "
        unlikely = "which is unlikely: " if self.unlikely else ""
        return f"{place}: {found}{unlikely}expected {self.expected}"


class DataError(ValueError):
    """The data can't be used. The message lists every problem, one a line.

    Parameters
    ----------
    problems : sequence of Problem
        What is wrong; kept as the attribute `problems`.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {p}" for p in problems)
        count = len(problems)
        super().__init__(
            f"{count} problem{'s' if count > 1 else ''} in the data:\n{lines}"
        )
