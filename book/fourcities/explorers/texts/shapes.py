"""Shapes of what the page gets to show texts, and of what is picked there."""

from typing import NamedTuple, TypeAlias, TypedDict

from ..common.shapes import Country, RowsData

# First and last year; None stands for an open end.
Span: TypeAlias = "list[int | None]"


# "from" is a word of Python, so the keys are given in a call.
TextPicks = TypedDict(
    "TextPicks",
    {
        "cities": list[str],  # keys of places.csv
        "fields": list[str],  # keys of policy_fields.csv, or "general"
        "kinds": list[str],  # "bodies", "policies", "measures", "so"
        "words": str,  # that an entry has to hold, in any order
        "from": str,  # a year, or ""
        "to": str,
    },
)


class TextEntry(NamedTuple):
    """A body, policy, measure or role of SOs; in the page a list of these."""

    kind: str  # "bodies", "policies", "measures" or "so"
    field: str  # key of policy_fields.csv, or "general"
    cities: list[str]  # that it holds for, keys of places.csv
    name: str
    local: str  # the German or Chinese name, or ""
    language: str  # of the local name: "de", "zh-Hans", or ""
    when: str  # in words
    spans: list[Span]  # of years; none if no year is stated
    where: str  # it stands in the report, or the source that it was added from
    lines: list[str]  # sentences on it
    flag: str
    note: str
    claim: str  # key of claims.csv behind the flag, or ""


class TextsPage(RowsData):
    """All that a page gets to show texts. `places` are the cities."""

    places: list[str]  # keys of places.csv
    names: list[str]
    colours: list[str]
    countries: list[Country]
    entries: list[list[object]]  # each a `TextEntry`
    flags: dict[str, str]  # {letter: label}
    notes: list[str]  # below the table
    where: dict[str, str]  # {"Table 1": address in the book}
    ledger: str  # address of the ledger
