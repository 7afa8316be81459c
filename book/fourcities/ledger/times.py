"""Checks on times: in which year something was, what came first."""

from __future__ import annotations

import pandas as pd

from fourcities.facts import Cells, Count, Part, Reading, Row
from fourcities.presentation import when_of

from .parts import counted, flat, name_behind, row_behind, row_in, rows_in_words
from .shapes import Checked, Unknown


def check_same_time(reading: Reading) -> Checked:
    """All rows are of one year."""
    dated = [_year(part) for part in reading.parts]
    years = {year for year, _ in dated}
    return Checked(len(years) == 1, f"{'; '.join(words for _, words in dated)}.")


def check_earlier(reading: Reading) -> Checked:
    """What stands on the left first came before everything on the right."""
    first, *_ = [_year(part) for part in flat(reading.left)]
    others = [_year(part) for part in flat(reading.right)]
    earlier = all(first[0] < year for year, _ in others)
    words = "; ".join(words for _, words in [first, *others])
    return Checked(earlier, f"{words[0].upper()}{words[1:]}.")


def _year(part: Part) -> tuple[int, str]:
    """Year in which something starts, and its words. Raises Unknown if none is
    printed.
    """
    if isinstance(part, Count):
        return _earliest(part)
    return _year_of(row_in(part))


def _earliest(count: Count) -> tuple[int, str]:
    """The earliest year in which one of the counted rows starts, and its words."""
    rows = counted(count)
    starts = [_start(row) for _, row in rows.iterrows()]
    years = [int(start) for start in starts if start]
    which = rows_in_words(count)
    if not years:
        raise Unknown(f"No date in {which}.")
    if len(rows) == 1:
        return min(years), f"{which}: {min(years)}"
    return min(years), f"the earliest dated of {which}: {min(years)}"


def _year_of(part: Row) -> tuple[int, str]:
    """The year of a row, or that in one of its columns, and its words."""
    row = row_behind(part)
    time = row[part.column] if part.column else _start(row)
    is_stated = not pd.isna(time) and time != ""
    year = getattr(time, "year", time) if is_stated else None
    when = _of_column(part.column, year) if part.column else when_of(row)
    words = f"{name_behind(row)}, Section {row['section']}: {when}"
    if year is None:
        raise Unknown(f"{words}.")
    return int(year), words


def _of_column(column: str, year: object) -> str:
    """A year of one column in words: "until 1900", "revised 2011"."""
    word = {"period_end": "until"}.get(column, column)
    return f"{word} {year or 'not stated'}"


def _start(row: Cells) -> str | int:
    """The year of a row, or the first of its period; "" if none is stated."""
    year: str | int
    for column in ("year", "founded"):
        if column in row:
            year = row[column]
            return year
    for column in ("period_start", "period_end"):
        if pd.notna(row[column]):
            year = row[column].year
            return year
    return ""
