"""What a claim rests on: the values, rows and counts that it names, and their rows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from fourcities.facts import (
    Cells,
    Count,
    Part,
    Row,
    Value,
    about,
    lookup,
    observations,
    of_report,
    read,
)
from fourcities.presentation import fact, name

from .shapes import Term, Unknown


def flat(terms: Sequence[Term]) -> list[Part]:
    """The parts of all terms of a side."""
    return [part for term in terms for _, part in term]


def value_in(part: Part) -> Value:
    """The part as a Value. Raises ValueError if it is of another kind."""
    if not isinstance(part, Value):
        raise ValueError(f"a value such as gdp:berlin, not {part!r}")
    return part


def row_in(part: Part) -> Row:
    """The part as a Row. Raises ValueError if it is of another kind."""
    if not isinstance(part, Row):
        raise ValueError(f"a row such as policies/berlin-master-plan, not {part!r}")
    return part


def observation_of(value: Value) -> Cells:
    """The row of observations behind a value. Raises Unknown if it is not reported."""
    rows = of_report(
        observations(
            value.indicator,
            places=[value.place],
            relate=value.relation or "absolute",
            period=value.year or "all",
        )
    )
    if rows.empty:
        label = about(value.indicator)["label"]
        year = f" for {value.year}" if value.year else ""
        raise Unknown(f"{label} of {name(value.place)}: not reported{year}.")
    return rows.iloc[-1]


def row_behind(row: Row) -> Cells:
    """The row of a table that a Row names by its key."""
    return fact(row.table, row.key)


def english_title(row: Cells) -> str | None:
    """The English title or name of a row; None if its table has neither."""
    return row.get("title", row.get("name"))


def local_title(row: Cells) -> str | None:
    """The German or Chinese title or name of a row; None if its table has neither."""
    return row.get("local_title", row.get("local_name"))


def name_behind(row: Cells) -> str:
    """The English name or title of a row and, in brackets, the local one."""
    named_by = next(
        column for column in ("title", "name", "statement") if column in row
    )
    english, local = row[named_by], local_title(row)
    return f"{english} ({local})" if local else english


def counted(count: Count) -> pd.DataFrame:
    """The rows of the report that meet the conditions of a count."""
    rows = read(count.table)
    if "added" in rows:
        rows = of_report(rows)
    for column, wanted, values in count.conditions:
        rows = rows[rows[column].isin(values) == wanted]
    return rows


def conditions(count: Count) -> str:
    """A count in words: "measures (place: Berlin or Cologne; provider: SO)"."""
    each = [_condition(*condition) for condition in count.conditions]
    return f"{count.table} ({'; '.join(each)})"


def _condition(column: str, wanted: bool, values: Sequence[str]) -> str:
    """A condition in words: places by their names, and "" as what it means."""
    heading = column.replace("_", " ") + ("" if wanted else " not")
    empty = "none" if column == "flag" else "not stated"
    names = lookup("places", "name")
    words = [names.get(value, value) or empty for value in values]
    return f"{heading}: {' or '.join(words)}"
