"""Rules for claims that nothing could judge.

What a claim rests on has values, can differ, and can be divided by. What the report
doesn't print makes a claim not reproducible; it then says what it would need.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .check_rows import Tables, TextRow
from .readings import Condition, Count, Part, Reading, Row, Value

# What each check can take, and how many unlike parts at least; "unprinted" takes all.
TAKES: dict[str, tuple[tuple[type, ...], int]] = {
    "compare": ((Value, Count, float), 2),
    "rises": ((Value,), 1),
    "first in": ((Value, str), 2),
    "same period": ((Value,), 2),
    "same definition": ((Value,), 2),
    "title": ((Row,), 1),
    "same title": ((Row,), 2),
    "different titles": ((Row,), 2),
    "same time": ((Row, Count), 2),
    "earlier": ((Row, Count), 2),
    "same code": ((Value,), 2),
    "different code": ((Value,), 2),
}

ONE = ("rises", "title")  # what follows the first part would go unread

IN_WORDS = {
    Value: "values such as gdp:berlin",
    Row: "rows such as policies/berlin-master-plan",
    Count: "counts such as #measures?place=berlin",
    float: "numbers",
    str: "an area",
}


@dataclass(frozen=True)
class Printed:
    """What is there to judge claims by, looked up once."""

    tables: Tables
    _cells: dict[str, set[str]] = field(default_factory=dict)  # by column
    _rows: dict[str, dict[str, TextRow]] = field(default_factory=dict)  # by table

    def by_key(self, table: str) -> dict[str, TextRow]:
        """The rows of a table by what stands in its first column, its key."""
        if table not in self._rows:
            rows = self.tables[table]
            self._rows[table] = {next(iter(row.cells.values())): row for row in rows}
        return self._rows[table]

    @cached_property
    def codes(self) -> set[tuple[str, str]]:
        return {(row["dimension"], row["place"]) for row in self.tables["codings"]}

    @cached_property
    def values(self) -> dict[tuple[str, str], dict[str, str]]:
        """By indicator and place: for the year of each value, the value."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for row in self.tables["observations"]:
            years = found.setdefault((row["indicator"], row["place"]), {})
            years[row["period_end"][:4]] = row["value"]
        return found

    def cells(self, column: str) -> set[str]:
        """What stands in the columns of this name, in any table, as counts write it."""
        if column not in self._cells:
            self._cells[column] = {
                row.cells[column].replace("_", " ")
                for rows in self.tables.values()
                if rows and column in rows[0].cells
                for row in rows
            }
        return self._cells[column]

    def above(self, place: str) -> list[str]:
        """The places that a place lies in, the nearest first."""
        found: list[str] = []
        parent = self.by_key("places")[place]["parent"]
        while parent and parent not in found:
            found.append(parent)
            parent = self.by_key("places")[parent]["parent"]
        return found

    def parts(self, value: Value) -> list[tuple[str, str]]:
        """The observed indicators, with their places, that a value is made of."""
        info, top = self.by_key("indicators")[value.indicator], value.indicator
        if value.relation:
            info = self.by_key("relations")[value.relation]
        elif info["numerator"]:
            top = info["numerator"]
        below = [info["denominator"] or (top if value.relation else "")]
        below += [info.cells.get("denominator_less", "")]
        of_country = info["denominator_place"] == "country"
        where = (self.above(value.place) or [""])[-1] if of_country else value.place
        return [(top, value.place), *((part, where) for part in below if part)]


def judged_problems(
    check: str, reading: Reading, printed: Printed
) -> Iterator[str | None]:
    """What was expected of a reading that can't be judged.

    Its parts are of known tables, indicators and places.
    """
    if check == "unprinted":
        for part in reading.parts:
            if isinstance(part, Value) and part.year:
                yield _unvalued(part, printed)
        return
    kinds, least = TAKES[check]
    unlike = [part for part in reading.parts if not isinstance(part, kinds)]
    if unlike:
        yield f"{' or '.join(IN_WORDS[kind] for kind in kinds)} in the check {check!r}"
        return
    number = len(set(reading.parts))
    if number < least or (check in ONE and number > 1):
        yield f"{least} unlike parts{' or more' if check not in ONE else ''}"
    if any(term in reading.right for term in reading.left):
        yield "two sides that can differ: a part stands on both"
    for part in reading.parts:
        yield empty_part(part, check, printed)
    for term in [*reading.left, *reading.right]:
        for sign, part in term:
            if sign == "/" and _is_nothing(part, printed):
                yield "something other than 0 to divide by"
    if check == "first in":
        yield _unlike_area(reading, printed)


def empty_part(part: Part, check: str, printed: Printed) -> str | None:
    """What was expected of a part that can't be anything; None if it can."""
    if isinstance(part, Count):
        return _strange(part, printed) or _excluded(part.conditions)
    if not isinstance(part, Value):
        return None
    if "code" not in check:
        return _unvalued(part, printed)
    if (part.indicator, part.place) in printed.codes:
        return None
    return f"a code of {part.indicator} for {part.place} in data/codings.csv"


def _unvalued(value: Value, printed: Printed) -> str | None:
    """What was expected of a value that is not there; None if it is."""
    parts = printed.parts(value)
    for indicator, place in parts:
        if (indicator, place) not in printed.values:
            where = place or "a place above it"
            return f"a value of {indicator} for {where} in data/observations.csv"
    years = printed.values[parts[0]]
    if value.year and value.year not in years:
        known = ", ".join(sorted(filter(None, years))) or "none is stated"
        return f"a year of {value.indicator} for {value.place} ({known})"
    return None


def _strange(count: Count, printed: Printed) -> str | None:
    """What was expected of a value that stands in no column of that name."""
    for column, _, values, inside in count.conditions:
        cells = printed.cells(column)
        for value in filter(None, values):
            if not (_is_in(value, cells) if inside else value in cells):
                return f"{column} with something that stands there, not {value!r}"
    return None


def _is_in(word: str, cells: set[str]) -> bool:
    """Whether a word is in one of the cells, in capitals or not."""
    return any(word.lower() in cell.lower() for cell in cells)


def _excluded(conditions: tuple[Condition, ...]) -> str | None:
    """That conditions exclude each other; None if rows can meet all of them."""
    wanted: dict[str, set[str]] = {}
    for column, is_wanted, values, inside in conditions:
        if is_wanted and not inside:
            wanted.setdefault(column, set(values)).intersection_update(values)
    for column, is_wanted, values, _ in conditions:
        if not is_wanted and column in wanted:
            wanted[column] -= set(values)
    for column, left in wanted.items():
        if not left:
            return f"conditions on {column} that don't exclude each other"
    return None


def _is_nothing(part: Part, printed: Printed) -> bool:
    """Whether a part is 0: a number, a value, or a count without rows."""
    if isinstance(part, float):
        return part == 0
    if isinstance(part, Count):
        return not any(
            all(_meets(row, condition) for condition in part.conditions)
            for row in printed.tables[part.table]
        )
    if isinstance(part, Value) and not _unvalued(part, printed):
        values = printed.values[printed.parts(part)[0]]
        return float(values[part.year] if part.year else [*values.values()][-1]) == 0
    return False


def _meets(row: TextRow, condition: Condition) -> bool:
    """Whether a row is as a condition asks, as ledger/parts.py has it."""
    cell = row[condition.column].replace("_", " ")
    if condition.inside:
        return any(_is_in(value, {cell}) for value in condition.values)
    return (cell in condition.values) == condition.wanted


def _unlike_area(reading: Reading, printed: Printed) -> str | None:
    """What was expected of the area that a place is the first in; None if it fits."""
    first, area = reading.parts
    if isinstance(first, Value) and area not in printed.above(first.place):
        above = " or ".join(printed.above(first.place))
        return f"a place that {first.place} lies in ({above or 'none'}), not {area!r}"
    return None


def is_lacking(check: str, reading: Reading, printed: Printed) -> bool:
    """Whether too little is printed for a trend, or for a first among others."""
    first = reading.parts[0]
    if not isinstance(first, Value):
        return False
    if check == "rises":
        return len(printed.values.get(printed.parts(first)[0], ())) < 2
    if check != "first in":
        return False
    kind, area = printed.by_key("places")[first.place]["kind"], reading.parts[-1]
    others = [
        place
        for place, row in printed.by_key("places").items()
        if row["kind"] == kind and place != first.place and area in printed.above(place)
    ]
    each = [Value(first.indicator, first.relation, place, "") for place in others]
    return sum(not _unvalued(other, printed) for other in each) < 2
