"""Caveats: what to mind about the readings of a claim, whatever they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fourcities.facts import (
    Cells,
    Count,
    Reading,
    Row,
    Value,
    about,
    by_key,
    comparable,
    lookup,
    period_words,
    read,
)
from fourcities.presentation import list_of, name, observed

from .parts import counted, flat, name_behind, observations_of, row_behind
from .shapes import Term, Unknown

# Checks that look at every value of a series, so that none is passed over.
ON_SERIES = ("rises", "same period", "same definition")

# Checks on the time of rows, which a flag may call in question.
ON_TIMES = ("same time", "earlier")

# Checks whose values are cells of codings.csv.
ON_CODES = ("same code", "different code")

# Tables of which we chose the rows: nothing in the report is printed as such a list.
OF_OUR_ROWS = {"measures", "cooperation"}


def caveats(row: Cells, readings: Sequence[Reading], used: Sequence[Cells]) -> str:
    """What to mind, in sentences; "" if nothing.

    row: a row of claims.csv; used: the rows of observations that its readings take.
    """
    check, untested = row["check"], row["untested"]
    values = [] if check in ON_CODES else _values(readings)
    lines = [
        *_flags(used),
        *(_flags_of_rows(readings) if check in ON_TIMES else []),
        *_unlike_periods(used),
        *([] if check in ON_SERIES else _latest_of(values)),
        *_outside(values),
        _ours(check, readings),
        f"Not tested: {untested}" if untested else "",
    ]
    return " ".join(dict.fromkeys(filter(None, lines)))


def _values(readings: Sequence[Reading]) -> list[Value]:
    """The values that the readings name, each once."""
    parts = [part for reading in readings for part in reading.parts]
    return list(dict.fromkeys(part for part in parts if isinstance(part, Value)))


def _flags(used: Sequence[Cells]) -> Iterator[str]:
    """The flags of the values that the readings take."""
    labels = lookup("flags", "label")
    for flag in dict.fromkeys(row["flag"] for row in used if row["flag"]):
        cities = dict.fromkeys(row["city"] for row in used if row["flag"] == flag)
        yield f"{flag}, {labels[flag]}: {list_of(cities)}."


def _flags_of_rows(readings: Sequence[Reading]) -> Iterator[str]:
    """The flags of the rows that the readings name."""
    labels = lookup("flags", "label")
    for part in (part for reading in readings for part in reading.parts):
        if isinstance(part, Row):
            row = row_behind(part)
            if row["flag"]:
                yield f"{row['flag']}, {labels[row['flag']]}: {name_behind(row)}."


def _unlike_periods(used: Sequence[Cells]) -> Iterator[str]:
    """Indicators of which values of different times are taken."""
    periods: dict[tuple[str, str], set[str]] = {}  # of each indicator and unit
    for row in used:
        of_one = periods.setdefault((row["indicator"], row["unit"]), set())
        of_one.add(row["period"])
    for (indicator, _), found in periods.items():
        if len(found) > 1:
            yield f"{about(indicator)['label']}: the periods differ."


def _latest_of(values: Sequence[Value]) -> Iterator[str]:
    """Values of a series from which a reading takes the latest without saying so."""
    for value in values:
        if not value.year and len(_printed(value)) > 1:
            label = about(value.indicator)["label"]
            yield f"{label}, {name(value.place)}: only the latest value is taken."


def _printed(value: Value) -> Sequence[Cells]:
    """The rows of a value, as `observations_of` gives them; none if not reported."""
    try:
        return observations_of(value)
    except Unknown:
        return []


def _outside(values: Sequence[Value]) -> Iterator[str]:
    """Outside figures for a value, or for a part of it, that differ from the print."""
    found: dict[tuple[str, str], list[str]] = {}
    for value in values:
        for indicator, place in observed(value):
            year = value.year if indicator == value.indicator else ""
            others = _other_figures(indicator, place, year)
            if others:
                found[indicator, place] = others
    for (indicator, place), others in found.items():
        label = about(indicator)["label"]
        have = "another source has" if len(others) == 1 else "other sources have"
        yield f"{label}, {name(place)}: {have} {list_of(others)}."


def _other_figures(indicator: str, place: str, year: str) -> list[str]:
    """Sourced figures for an observed value, of its unit and time, that differ from it.

    A value without a time excludes none.
    """
    figures = [
        figure
        for figure in by_key("outside_figures").values()
        if figure["indicator"] == indicator and figure["place"] == place
    ]
    rows = _printed(Value(indicator, "", place, year)) if figures else []
    return list(
        dict.fromkeys(
            f"{figure['printed']} ({_time_of(figure)})"
            for figure in figures
            for row in rows
            if comparable(figure, row) and figure["value"] != row["value"]
        )
    )


def _time_of(figure: Cells) -> str:
    """The time of an outside figure in words."""
    return period_words(figure["period_start"], figure["period_end"])


def _ours(check: str, readings: Sequence[Reading]) -> str:
    """A caveat for what rests on our reading of the text: codes, counts of rows that
    we chose, and counts that are set against each other.
    """
    parts = [part for reading in readings for part in reading.parts]
    counted_tables = {part.table for part in parts if isinstance(part, Count)}
    if check in ON_CODES or "codings" in counted_tables:
        return "By our codes for what the report says."
    opposed = any(_counts(one.left) and _counts(one.right) for one in readings)
    if opposed or counted_tables & OF_OUR_ROWS:
        return "Counts what the report names, as we coded it."
    return ""


def _counts(side: Sequence[Term]) -> bool:
    """Whether a side of a reading counts rows."""
    return any(isinstance(part, Count) for part in flat(side))


def made_from(section: str, check: str, reading: Reading) -> bool:
    """Whether a reading rests on nothing but codes made from a claim's own section.

    Section 6 draws the conclusions, so that its parts count as one section.
    """
    sections = set(_sections_of_codes(check, reading))
    own = {code for code in sections if _is_one(code, section)}
    return bool(sections) and own == sections


def _sections_of_codes(check: str, reading: Reading) -> Iterable[str]:
    """The sections from which the codes of a reading were made."""
    codings = read("codings")
    for part in reading.parts:
        if isinstance(part, Count) and part.table == "codings":
            yield from counted(part)["section"]
        elif isinstance(part, Value) and check in ON_CODES:
            of_dimension = codings["dimension"] == part.indicator
            of_place = codings["place"] == part.place
            yield from codings.loc[of_dimension & of_place, "section"]


def _is_one(section: str, other: str) -> bool:
    """Whether two sections are the same, or both of the conclusion."""
    return section == other or section[0] == other[0] == "6"
