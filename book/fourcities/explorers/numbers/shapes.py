"""Shapes of what the page gets to show indicators, and of what is picked there."""

from typing import Literal, NamedTuple, TypeAlias, TypedDict

from ..common.shapes import Country, PageData


class NumberPicks(TypedDict):
    """What is picked in an explorer of indicators."""

    cities: list[str]  # keys of places.csv
    indicator: str  # key of indicators.csv
    relate: str  # "absolute" or a key of relations.csv
    period: str  # "all", "latest" or a year
    sort: str  # "report", "value" or "name"
    view: str  # "bars", "table" or "profile"


class Period(NamedTuple):
    """A period; in the page a list of these."""

    words: str
    start: str  # "2016-01-01", or "" where it is not stated
    end: str


class Relation(NamedTuple):
    """What an indicator can be set against; in the page a list of these."""

    label: str
    pattern: str  # how it is written, {} for the number, {unit} for what was related
    denominator: str  # key of indicators.csv, or "" for the indicator itself
    denominator_place: str  # "country", or "" for the place itself
    factor: float
    decimals: int


class Row(NamedTuple):
    """A value of an indicator.

    In the page it is a list of these in this order, cut after the last one that is not
    0: most values have no note, flag, qualifier and so on.
    """

    place: int  # number in `places`
    value: float  # in the indicator's unit
    period: int  # number in `periods`
    wording: (
        str | Literal[0]
    )  # inputs if computed; else as printed, 0 if just the number
    origin: int  # this and the following ones: numbers in `texts`, in which 0 is ""
    cited: int
    note: int
    flag: int
    qualifier: int
    more_decimals: (
        int  # a number itself: as many as printed, less those of the indicator
    )
    claim: int  # number in `texts`


# A `Row` as the page gets it.
PackedRow: TypeAlias = "list[str | float]"


class IndicatorEntry(TypedDict):
    """An indicator for the page."""

    key: str  # key of indicators.csv
    label: str
    group: str  # its section of the report, with the title
    pattern: str  # how a value is written with its unit, {} for the number
    decimals: int
    definition: str
    mind: str  # what to mind when comparing
    relate: list[str]  # keys of `relations` that it allows
    computed: bool
    rows: list[PackedRow]


class NumbersPage(PageData):
    """All that a page gets to show indicators. `places` are cities, then countries."""

    places: list[str]  # keys of places.csv
    names: list[str]  # of the places
    colours: list[str]  # of the cities
    country: dict[str, str]  # {city: its country}, keys of places.csv
    countries: list[Country]
    relations: dict[str, list[str | float]]  # {key of relations.csv: `Relation`}
    indicators: list[IndicatorEntry]  # to choose from, then those below a relation
    texts: list[str]  # each text once; the first one is ""
    periods: list[list[str]]  # each `Period` once
    flags: dict[str, str]  # {letter: label}
    where: dict[str, str]  # {"Table 1": address in the book}
    ledger: str  # address of the ledger
