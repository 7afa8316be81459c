"""Shapes of what the page gets to show designs, and of what is picked there."""

from typing import NamedTuple, TypedDict

from ..common.shapes import Country, PageData


class DesignPicks(TypedDict):
    """What is picked in an explorer of designs."""

    cities: list[str]  # keys of places.csv
    conditions: list[str]  # keys of dimensions.csv
    outcome: str  # key of dimensions.csv; it is no condition then
    recode: list[str]  # keys of changes: "city.dimension.code", the code with hyphens


class Change(NamedTuple):
    """Another code for a cell of the matrix."""

    city: str  # key of places.csv
    dimension: str  # key of dimensions.csv
    code: str


class Evidence(NamedTuple):
    """What the report says for a code."""

    words: str  # ours
    where: str  # it stands in the report


class DesignPage(PageData):
    """All that a page gets to show designs; choices of "recode" are keys of changes."""

    countries: list[Country]
    # {dimension: for each city [code, words, where], as in `Evidence`}
    codes: dict[str, list[list[str]]]
