"""What a claim rests on: the values, rows and counts that it names, and their rows."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import cast

import pandas as pd

from fourcities.facts import (
    Cells,
    Condition,
    Count,
    Part,
    Row,
    Value,
    about,
    by_place,
    lookup,
    observations,
    of_report,
    read,
    state_of,
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
    """The row of observations behind a value, the latest of a series.

    Raises Unknown if it is not reported.
    """
    return observations_of(value)[-1]


def observations_of(value: Value) -> list[Cells]:
    """All rows of observations behind a value: of a series without a year, each.

    Raises Unknown if it is not reported.
    """
    found = _by_place(value.indicator, value.relation, value.year, state_of())
    rows = found.get(value.place)
    if not rows:
        label = about(value.indicator)["label"]
        year = f" for {value.year}" if value.year else ""
        raise Unknown(f"{label} of {name(value.place)}: not reported{year}.")
    return rows


@lru_cache(maxsize=512)
def _by_place(
    indicator: str, relation: str, year: str, state: Hashable
) -> Mapping[str, list[Cells]]:
    """The report's rows of an indicator for all places."""
    rows = observations(
        indicator,
        places=lookup("places", "name"),
        relate=relation or "absolute",
        period=year or "all",
    )
    return cast(Mapping[str, list[Cells]], by_place(of_report(rows)))


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
    return f"{english} ({quoted(local, row['language'])})" if local else english


def quoted(text: str, language: str) -> str:
    """German in German quotation marks, by which `marked` knows it; else as it is."""
    return f"„{text}“" if language == "de" else text


def counted(count: Count) -> pd.DataFrame:
    """The rows of the report that meet the conditions of a count; not to be changed."""
    return _counted(count, state_of())


@lru_cache(maxsize=1024)
def _counted(count: Count, state: Hashable) -> pd.DataFrame:
    rows = read(count.table)
    if "added" in rows:
        rows = of_report(rows)
    for condition in count.conditions:
        rows = rows[_meets(rows[condition.column], condition)]
    return rows


def _meets(cells: pd.Series[str], condition: Condition) -> pd.Series[bool]:
    """For each cell of a column, whether it is as a condition asks."""
    plain = cells.astype(str).str.replace("_", " ")  # as the values are written
    if condition.inside:
        words = "|".join(re.escape(value) for value in condition.values)
        return plain.str.contains(words, case=False)
    return plain.isin(condition.values) == condition.wanted


def rows_in_words(count: Count) -> str:
    """A count with its number: "1 row of measures (place Berlin)"."""
    number = len(counted(count))
    return f"{number} row{'' if number == 1 else 's'} of {conditions(count)}"


def conditions(count: Count, apart: Condition | None = None) -> str:
    """A count in words: "measures (place Berlin or Cologne, provider SO)".

    apart: a condition that is left out, since it is said elsewhere.
    """
    others = [condition for condition in count.conditions if condition != apart]
    each = [_condition(condition) for condition in others]
    return f"{count.table} ({', '.join(each)})" if each else count.table


def _condition(condition: Condition) -> str:
    """A condition in words: places by their names, and "" as what it means."""
    heading = condition.column.replace("_", " ")
    if not condition.wanted and list(condition.values) == [""]:
        return f"{heading} stated"
    if condition.inside:
        heading += " with"
    elif not condition.wanted:
        heading += " not"
    empty = "none" if condition.column in ("flag", "same_as") else "not stated"
    names = lookup("places", "name")
    words = [names.get(value, value) or empty for value in condition.values]
    return f"{heading} {' or '.join(words)}"
