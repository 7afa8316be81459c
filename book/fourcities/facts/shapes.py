"""The shapes of what travels between functions: rows of tables, and observations.

A row comes from a DataFrame as a Series or as a dictionary; both give their cells by the
names of the columns.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypedDict

import pandas as pd

# A row of any table, as a Series or a dictionary: row["place"], row.get("flag", "").
Cells: TypeAlias = "Mapping[str, Any] | pd.Series[Any]"


class Observation(TypedDict):
    """A row of `observations`: one value of an indicator for a place, observed or derived."""

    indicator: str  # key of indicators.csv
    label: str
    place: str  # key of places.csv
    city: str  # the place's English name
    country: str  # the country's English name
    value: float  # in the unit
    decimals: int  # places after the point when written
    unit: str  # key of units.csv, or words for a computed one
    pattern: str  # how the value is written with its unit, {} for the number
    period: str  # in words: "end of 2016", "2017 ÷ end of 2016", "year not stated"
    period_start: pd.Timestamp  # NaT where not stated
    period_end: pd.Timestamp
    printed: str  # the report's wording; "" if computed
    qualifier: str  # "about", "more than" …
    footnote: str
    table: str  # tables of the report, separated by blanks
    section: str
    source: str  # citations, separated by blanks
    flag: str  # b, d, e, u or ""
    note: str
    added: bool  # whether a source other than the report's gives it or a part of it
    formula: str  # "" if observed
    inputs: str  # the formula with its values
