"""The facts: the tables of `data/`, checked and typed, and what follows by arithmetic.

Everything else in the book asks this room. It uses pandas and frictionless, and no
other room of the package. It shows nothing: what comes out are DataFrames, numbers and
words for periods, never HTML.
"""

from .bounds import alternatives, comparable, ranges
from .check_addresses import is_address
from .codings import codes_of
from .indicators import about, formula, related
from .package import (
    by_key,
    data_files,
    descriptor,
    hash_of,
    lookup,
    modules_of,
    of_report,
    read,
    rules,
)
from .paths import BOOK, BUILD, DATA, ROOT, bytes_of
from .periods import dated_only, period_words, year_of
from .places import by_place, cities, country_of, places_above
from .problems import DataError, Problem
from .reading_time import minutes_to_read
from .readings import Condition, Count, Part, Reading, Row, Value, parts_of, readings_of
from .shapes import Cells, Descriptor, Field, Observation, Resource, Schema
from .state import check_data, state_of
from .units import fine, fmt, pattern_of, round_as_printed, written
from .values import observations, recompute, value

__all__ = [
    "BOOK",
    "BUILD",
    "DATA",
    "ROOT",
    "Cells",
    "Condition",
    "Count",
    "DataError",
    "Descriptor",
    "Field",
    "Observation",
    "Part",
    "Problem",
    "Reading",
    "Resource",
    "Row",
    "Schema",
    "Value",
    "about",
    "alternatives",
    "by_key",
    "by_place",
    "bytes_of",
    "check_data",
    "cities",
    "codes_of",
    "comparable",
    "country_of",
    "data_files",
    "dated_only",
    "descriptor",
    "fine",
    "fmt",
    "formula",
    "hash_of",
    "is_address",
    "lookup",
    "minutes_to_read",
    "modules_of",
    "observations",
    "of_report",
    "parts_of",
    "pattern_of",
    "period_words",
    "places_above",
    "ranges",
    "read",
    "readings_of",
    "recompute",
    "related",
    "round_as_printed",
    "rules",
    "state_of",
    "value",
    "written",
    "year_of",
]
