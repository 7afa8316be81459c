"""Periods: in words, as years, and which rows are of one."""

from __future__ import annotations

import re

import pandas as pd

WORDS_FOR_PERIODS = ("all", "latest", "report")


def of_period(rows: pd.DataFrame, period: str | int) -> pd.DataFrame:
    """The rows of a period, as `observations` describes it.

    rows: sorted by indicator, place and time; they need these columns and `added`.
    """
    if period == "all":
        return rows
    if period == "latest":
        return rows.drop_duplicates(["indicator", "place"], keep="last")
    if period == "report":
        return _of_report_or_latest(rows)
    if not re.fullmatch(r"\d{4}", str(period)):
        raise ValueError(
            f"unknown period {period!r}; "
            f"there are: {', '.join(WORDS_FOR_PERIODS)}, or a year such as 2016"
        )
    return rows[year_of(rows) == int(period)]


def _of_report_or_latest(rows: pd.DataFrame) -> pd.DataFrame:
    """The report's values, and the latest added one where it has none for a place."""
    own = rows[~rows["added"]]
    in_report = set(zip(own["indicator"], own["place"]))
    has_own = [pair in in_report for pair in zip(rows["indicator"], rows["place"])]
    latest = ~rows.duplicated(["indicator", "place"], keep="last")
    return rows[~rows["added"] | (latest & ~pd.Series(has_own, rows.index, dtype=bool))]


def year_of(rows: pd.DataFrame) -> pd.Series[float]:
    """The year of each row's period: that of its last day.

    Parameters
    ----------
    rows : DataFrame
        Rows with `period_start` and `period_end`.

    Returns
    -------
    Series of float
        The year of the last day, or of the first where the period is open; NaN if none
        is stated.
    """
    years: pd.Series[float] = rows["period_end"].fillna(rows["period_start"]).dt.year
    return years


def period_words(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """A period in words.

    Parameters
    ----------
    start, end : Timestamp
        First and last day; NaT where not stated, or open.

    Returns
    -------
    str
        Such as "2016", "end of 2016", "2005–2014", "since 2012", "until 2020" or "year
        not stated".

    Examples
    --------
    >>> import pandas as pd
    >>> from fourcities.facts import period_words
    >>> period_words(pd.Timestamp("2005-01-01"), pd.Timestamp("2014-12-31"))
    '2005–2014'
    """
    if pd.isna(start) and pd.isna(end):
        return "year not stated"
    if pd.isna(start):
        return f"until {end.year}"
    if pd.isna(end):
        return f"since {start.year}" if start.month == 1 else f"since {start:%B %Y}"
    ends_year = (end.month, end.day) == (12, 31)
    if start == end:
        return f"end of {end.year}" if ends_year else f"{end:%Y-%m-%d}"
    if not ends_year or (start.month, start.day) != (1, 1):
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


def dated_only(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a time, with their first and last year, the earliest first.

    Parameters
    ----------
    rows : DataFrame
        Rows of events, policies or observations: with `period_start` and `period_end`,
        or with `year` and `revised`.

    Returns
    -------
    DataFrame
        Some of these rows, with the years `first` and `last` (int) as further columns.

    Notes
    -----
    A span with one open end is drawn at the end that is known; a policy stands at its
    year, or at its revision if only that is given.
    """
    if "year" in rows:
        years = rows["year"].where(rows["year"] != "", rows["revised"])
        first = pd.to_numeric(years, errors="coerce")
        last = first
    else:
        starts, ends = rows["period_start"].dt.year, rows["period_end"].dt.year
        first, last = starts.fillna(ends), ends.fillna(starts)
    dated = rows.assign(first=first, last=last).dropna(subset=["first"])
    dated = dated.astype({"first": int, "last": int})
    return dated.sort_values(["first", "last"], kind="stable")
