"""The shapes of what travels between functions.

Rows of tables, indicators, observations, and the description of the data package.

A row comes from a DataFrame as a Series or as a dictionary; both give their cells by
the names of the columns.
"""

from collections.abc import Mapping
from typing import Any, NotRequired, TypeAlias, TypedDict

import pandas as pd

# A row of any table, as a Series or a dictionary: row["place"], row.get("flag", "").
Cells: TypeAlias = "Mapping[str, Any] | pd.Series[Any]"

# What tells one version of the data's files from another: name, time of the last
# change in nanoseconds and size in bytes of each.
State: TypeAlias = tuple[tuple[str, int, int, int], ...]


# ---------- rows


class ObservedRow(TypedDict):
    """A row of observations.csv, as `read` gives it."""

    indicator: str  # key of indicators.csv
    place: str  # key of places.csv
    period_start: pd.Timestamp  # NaT where not stated, or open
    period_end: pd.Timestamp
    value: float  # in the unit
    unit: str  # key of units.csv, or words for a computed one
    printed: str  # the report's wording; "" if computed
    qualifier: str  # "about", "more than" …
    section: str  # sections of the report, separated by blanks
    table: str  # tables of the report, separated by blanks
    footnote: str
    source: str  # citations, separated by blanks
    flag: str  # b, d, e, u or ""
    note: str
    decimals: int  # places after the point when written
    added: bool  # whether a source other than the report's gives it or a part of it


class ValueRow(ObservedRow):
    """A value of an indicator, observed or derived, with what it takes to write it."""

    label: str
    pattern: str  # how the value is written with its unit, {} for the number
    period: str  # in words: "end of 2016", "2017 ÷ end of 2016", "year not stated"
    formula: str  # "" if observed
    inputs: str  # the formula with its values


class Observation(ValueRow):
    """A row of `observations`: one value of an indicator for a place."""

    city: str  # the place's English name
    country: str  # the country's English name


class Indicator(TypedDict):
    """A row of indicators.csv, with its key, as `about` and `related` give it."""

    indicator: str  # key of indicators.csv
    label: str
    unit: str  # key of units.csv, or words for one made from relations.csv
    decimals: int  # places after the point when a computed value is written
    phrase: str  # how a value stands in a sentence, {} for the number
    definition: str
    theme: str
    section: str  # section of the report
    minimum: float  # of observed values, in the unit; NaN if there is no limit
    maximum: float
    numerator: str  # key of an observed indicator; "" unless this one is derived
    denominator: str  # key of an observed indicator
    denominator_place: str  # "country": the denominator is that of the city's country
    denominator_less: str  # key of an indicator that is taken from the denominator
    factor: float  # 1000 in "per 1,000 residents"; NaN unless derived
    recomputes: str  # key of the printed indicator that this one computes again
    relate: str  # keys of relations.csv that make sense for it, separated by blanks
    comparability: str
    pattern: NotRequired[str]  # by `related`: how a value is written with its unit
    fine: NotRequired[bool]  # by `related`: small values keep two digits


# ---------- datapackage.json, as far as it is used


class Constraints(TypedDict, total=False):
    """What the cells of a column must obey."""

    required: bool
    unique: bool
    enum: list[str]  # the allowed values
    minimum: int
    maximum: int
    pattern: str  # a regular expression


class Field(TypedDict):
    """A column of a table."""

    name: str
    type: str  # string, number, integer, date or year
    description: str
    constraints: NotRequired[Constraints]


class Reference(TypedDict):
    """The columns of another table that a foreign key refers to."""

    resource: str
    fields: list[str]


class ForeignKey(TypedDict):
    """Columns of a table, and those of another one that hold their values."""

    fields: list[str]
    reference: Reference


class Schema(TypedDict):
    """The columns of a table and its keys."""

    fields: list[Field]
    primaryKey: list[str]
    uniqueKeys: NotRequired[list[list[str]]]  # further columns that name a row
    foreignKeys: NotRequired[list[ForeignKey]]


class Resource(TypedDict):
    """A table of the data package."""

    name: str
    path: str  # file in data/
    title: str
    description: str
    mediatype: str
    schema: Schema


class Licence(TypedDict):
    """A licence of the data package."""

    name: str
    path: str  # address of its text
    title: str


class Descriptor(TypedDict):
    """The data package."""

    name: str
    title: str
    description: str
    version: str
    licenses: list[Licence]
    mixedScripts: NotRequired[list[str]]  # words with letters of two scripts
    resources: list[Resource]
