"""Shapes of what the page gets to show designs, and of what is picked there."""

from collections.abc import Sequence
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


class Said(NamedTuple):
    """What a method says of a matrix."""

    conclusion: Sequence[object]  # as the method returns it, to be compared
    lines: list[str]  # in sentences


class MethodCompared(NamedTuple):
    """What a method says by the report's codes and by the reader's."""

    survives: bool  # whether it concludes the same
    before: str
    after: str


class Compared(NamedTuple):
    """What the reader's codes change."""

    lines: list[str]  # the verdict, then each code that was changed
    methods: list[MethodCompared]  # in the order of METHODS


class DesignPage(PageData):
    """All that a page gets to show designs; choices of "recode" are keys of changes."""

    countries: list[Country]
    # {dimension: for each city [code, words, where], as in `Evidence`}
    codes: dict[str, list[list[str]]]
