"""Rules for wording: what is printed and what was made of it say the same.

A spreadsheet alters cells in silence: 892.00 becomes 892, (2007) becomes -2007 and
“3,671,000” becomes 3671000. So a value has the digits, decimals and scale of its
wording, a period its years, and no wording is a number that a spreadsheet could have
made. The columns are found by their names, in any table.
"""

import re

from .check_rows import Tables, TextRow
from .problems import Problem
from .wording import measures_of, months_in, numbers_in, spans_in, years_in

PERIOD = ("period_start", "period_end")

# What a spreadsheet leaves of a number with thousands signs.
BARE = re.compile(r"-?\d{4,}", re.ASCII)


def wording_problems(tables: Tables) -> list[Problem]:
    """Values, periods and years say what their wording says."""
    units = {
        row["unit"]: measures_of(f"{row['label']} {row['symbol']}")
        for row in tables["units"]
    }
    problems = []
    for rows in tables.values():
        columns = set(rows[0].cells) if rows else set()
        dated = {*PERIOD, "printed"} <= columns
        valued = {"value", "unit", "printed"} <= columns
        years = [column for column in columns if f"{column}_printed" in columns]
        for row in rows:
            if valued:
                problems += _value_problems(row, units)
            if dated:
                problems += _period_problems(row, valued)
            for column in years:
                problems += _year_problems(row, column)
    return problems


def _value_problems(row: TextRow, units: dict[str, frozenset[str]]) -> list[Problem]:
    """A value has digits, decimals and scale of its wording, and its unit."""
    wording, value = row["printed"], row["value"]
    if BARE.fullmatch(wording):
        expected = (
            "the wording with its thousands signs or a word, "
            "such as 3,671,000 or 3671000 persons: "
            "a bare number may have lost its signs in a spreadsheet"
        )
        return [row.problem("printed", expected)]
    numbers = numbers_in(wording)
    if not numbers:
        expected = "a number in the digits 0 to 9, to compare the value with"
        return [row.doubt("printed", expected)]
    meant = [number for number in numbers if number.value == value]
    if not meant:
        said = " or ".join(dict.fromkeys(number.value for number in numbers))
        return [row.problem("value", f"{said}, as the wording {wording!r} says")]
    measures = meant[0].measures
    if measures and not measures & units[row["unit"]]:
        expected = f"a wording in the unit {row['unit']}, not {min(measures)}"
        return [row.problem("printed", expected)]
    return []


def _period_problems(row: TextRow, valued: bool) -> list[Problem]:
    """A period begins and ends in years and months that its wording names."""
    wording = row["printed"]
    named = years_in(wording)
    if valued and row["value"].isdecimal():
        named -= {int(row["value"])}
    if not named:
        return []
    listed = ", ".join(map(str, sorted(named)))
    days = {column: row[column] for column in PERIOD if row[column]}
    if not days:
        expected = f"a period, as the wording {wording!r} names {listed}"
        return [row.problem("period_start", expected)]
    for column, day in days.items():
        if int(day[:4]) not in named:
            expected = f"a day of {listed}, as the wording {wording!r} says"
            return [row.problem(column, expected)]
    return _span_problems(row, days) + _month_problems(row, days)


def _span_problems(row: TextRow, days: dict[str, str]) -> list[Problem]:
    """A period is as long as the span of years that its wording names."""
    spans = spans_in(row["printed"])
    if len(spans) != 1 or len(days) < 2:
        return []
    return [
        row.problem(column, f"a day of {year}, as the span {row['printed']!r} says")
        for (column, day), year in zip(days.items(), spans[0])
        if int(day[:4]) != year
    ][:1]


def _month_problems(row: TextRow, days: dict[str, str]) -> list[Problem]:
    """A period begins or ends in the month that its wording names."""
    for column, day in days.items():
        named = months_in(row["printed"], int(day[:4]))
        months = {int(each[5:7]) for each in days.values() if each[:4] == day[:4]}
        if named and not named & months:
            expected = f"a day of the month that {row['printed']!r} names"
            return [row.problem(column, expected)]
    return []


def _year_problems(row: TextRow, column: str) -> list[Problem]:
    """A year stands in its wording, which is no number below zero."""
    year, wording = row[column], row[f"{column}_printed"]
    if re.match(r"-\d", wording):
        expected = (
            "the wording of a year, as “(2007)”, which spreadsheets take for -2007"
        )
        return [row.problem(f"{column}_printed", expected)]
    named = years_in(wording)
    if wording and not year and named:
        listed = ", ".join(map(str, sorted(named)))
        return [row.problem(column, f"{listed}, as the wording {wording!r} says")]
    if wording and year and int(year) not in named:
        expected = f"a year that the wording {wording!r} names"
        return [row.problem(column, expected)]
    return []
