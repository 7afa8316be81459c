"""Checks on times: in which year something was, what came first."""

import pandas as pd

from fourcities.facts import Count
from fourcities.presentation import when_of

from .names import name_behind, row_behind
from .numbers import Unknown, conditions, counted, flat


def _year(part):
    """Year in which something starts, and its words. Raises Unknown if none is printed."""
    if isinstance(part, Count):
        rows = counted(part)
        years = [int(start) for _, row in rows.iterrows() if (start := _start(row))]
        if not years:
            raise Unknown(
                f"None of the {len(rows)} rows of {conditions(part)} is dated."
            )
        return min(
            years
        ), f"the earliest dated of {len(rows)} rows of {conditions(part)}: {min(years)}"
    row = row_behind(part)
    time = row[part.column] if part.column else _start(row)
    year = None if pd.isna(time) or time == "" else getattr(time, "year", time)
    words = f"{name_behind(row)}, Section {row['section']}: {(year or 'not stated') if part.column else when_of(row)}"
    if year is None:
        raise Unknown(f"{words}.")
    return int(year), words


def _start(row):
    if "year" in row:
        return row["year"]
    if "founded" in row:
        return row["founded"]
    dates = [d for d in (row["period_start"], row["period_end"]) if pd.notna(d)]
    return dates[0].year if dates else ""


def check_same_time(reading):
    years = [_year(part) for part in reading.parts]
    return (
        len({year for year, _ in years}) == 1,
        f"{'; '.join(words for _, words in years)}.",
        [],
    )


def check_earlier(reading):
    (first, *_), others = (
        [_year(part) for part in flat(reading.left)],
        [_year(part) for part in flat(reading.right)],
    )
    return (
        all(first[0] < other[0] for other in others),
        f"{'; '.join(words for _, words in [first, *others])}.",
        [],
    )
