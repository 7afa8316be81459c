"""Periods: in words, as years, and which rows are of one."""

import re

import pandas as pd


def of_period(rows, period):
    """The rows of a period, as `observations` describes it; rows: sorted by indicator, place and time."""
    if period == "report":
        own = set(zip(rows["indicator"][~rows["added"]], rows["place"][~rows["added"]]))
        has_own = [pair in own for pair in zip(rows["indicator"], rows["place"])]
        return rows[
            ~rows["added"]
            | ~pd.Series(has_own, rows.index, dtype=bool)
            & ~rows.duplicated(["indicator", "place"], keep="last")
        ]
    if period == "latest":
        return rows.drop_duplicates(["indicator", "place"], keep="last")
    if period == "all":
        return rows
    if not re.fullmatch(r"\d{4}", str(period)):
        raise ValueError(
            f"unknown period {period!r}; there are: all, latest, report, or a year such as 2016"
        )
    return rows[year_of(rows) == int(period)]


def year_of(rows):
    """The year of each row's period: that of its last day, or of its first where it is open; NaN if none is stated."""
    return rows["period_end"].fillna(rows["period_start"]).dt.year


def period_words(start, end):
    """A period in words: "2016", "end of 2016", "2005–2014", "since 2012", "until 2020", or "year not stated"."""
    if pd.isna(start) and pd.isna(end):
        return "year not stated"
    if pd.isna(start):
        return f"until {end.year}"
    if pd.isna(end):
        return f"since {start.year}" if start.month == 1 else f"since {start:%B %Y}"
    if start == end:
        return (
            f"end of {end.year}"
            if (end.month, end.day) == (12, 31)
            else f"{end:%Y-%m-%d}"
        )
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if not whole_years:
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


def dated_only(rows):
    """The rows of events, policies or observations that have a time, with the years `first` and `last`, the earliest first.

    A span with one open end is drawn at the end that is known; a policy stands at its year, or at its revision if only that is given.
    """
    if "year" in rows:
        first = pd.to_numeric(
            rows["year"].where(rows["year"] != "", rows["revised"]), errors="coerce"
        )
        last = first
    else:
        starts, ends = rows["period_start"].dt.year, rows["period_end"].dt.year
        first, last = starts.fillna(ends), ends.fillna(starts)
    rows = (
        rows.assign(first=first, last=last)
        .dropna(subset=["first"])
        .astype({"first": int, "last": int})
    )
    return rows.sort_values(["first", "last"], kind="stable")
