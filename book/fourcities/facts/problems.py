"""A mistake in the data: how it is named, and the error that lists all of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what stands there, what was expected. `file`: in data/, or a path from the project's folder; `row` counts the header as row 1."""

    file: str
    expected: str
    row: int | None = None
    column: str | None = None
    value: object = None

    def __str__(self):
        place = self.file if "/" in self.file else f"data/{self.file}"
        place += f", row {self.row}" if self.row else ""
        place += f", column {self.column}" if self.column else ""
        found = "" if self.value is None else f"found {str(self.value)[:80]!r}, "
        return f"{place}: {found}expected {self.expected}"


class DataError(ValueError):
    """The data can't be used. The message lists every problem, one a line."""

    def __init__(self, problems):
        self.problems = problems
        lines = "\n".join(f"  {p}" for p in problems)
        count = len(problems)
        super().__init__(
            f"{count} problem{'s' if count > 1 else ''} in the data:\n{lines}"
        )
