"""Checks on numbers: order, periods, definitions, and what is not printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from fourcities.facts import (
    Cells,
    Count,
    Part,
    Reading,
    Value,
    about,
    lookup,
    observations,
    of_report,
    places_above,
    written,
)
from fourcities.presentation import list_of, name, when_of

from .parts import (
    name_behind,
    observations_of,
    row_behind,
    row_in,
    rows_in_words,
    value_in,
)
from .shapes import Checked, Unknown


def check_rises(reading: Reading) -> Checked:
    """Each value of a place is higher than the one before."""
    value = value_in(reading.parts[0])
    rows = of_report(observations(value.indicator, places=[value.place]))
    label = about(value.indicator)["label"]
    values = [f"{written(row)} ({row['period']})" for _, row in rows.iterrows()]
    words = f"{label}, {name(value.place)}: {list_of(values) or 'not reported'}."
    if len(rows) < 2:
        raise Unknown(f"{words} A trend needs two values.")
    rises = rows["value"].is_monotonic_increasing and rows["value"].is_unique
    return Checked(bool(rises), words, [rows.iloc[-1]])


def check_first_in(reading: Reading) -> Checked:
    """A place has the highest value among its like in an area."""
    first, within = reading.parts
    value, area = value_in(first), str(within)
    kinds = lookup("places", "kind")
    alike = [
        place
        for place, kind in kinds.items()
        if kind == kinds[value.place] and area in places_above(place)
    ]
    rows = of_report(
        observations(value.indicator, places=alike, relate=value.relation or "absolute")
    ).drop_duplicates("place", keep="last")

    label = about(value.indicator)["label"] if rows.empty else rows["label"].iloc[0]
    used = [row for _, row in rows.iterrows()]
    values = [f"{row['city']} {written(row)}" for row in used]
    words = f"{label} in {name(area)}: {list_of(values) or 'not reported'}."
    others = rows[rows["place"] != value.place]
    if len(others) < 2 or len(others) == len(rows):
        raise Unknown(f"{words} The others of {name(area)} are not in the report.")
    highest = rows.set_index("place")["value"].idxmax()
    return Checked(bool(highest == value.place), words, used)


def check_same_period(reading: Reading) -> Checked:
    """All values are of one period, those of a series as well.

    Raises Unknown if no two of the printed dates differ but one is missing.
    """
    series = [observations_of(value_in(part)) for part in reading.parts]
    rows = [row for of_value in series for row in of_value]
    one_label = len({row["label"] for row in rows}) == 1
    each = [
        (f"{of_value[0]['city']} " if one_label else f"{_heading(of_value[0])}: ")
        + list_of(row["period"] for row in of_value)
        for of_value in series
    ]
    joined = list_of(each) if one_label else "; ".join(each)
    words = f"{joined}."
    ends = [(row["period_start"], row["period_end"]) for row in rows]
    if not _conflict(ends) and any(pd.isna(day) for days in ends for day in days):
        raise Unknown(f"{words} A date is missing.")
    return Checked(not _conflict(ends), words)


def _heading(row: Cells) -> str:
    """What a value is, and where."""
    return f"{row['label']}, {row['city']}"


def _conflict(ends: Sequence[tuple[pd.Timestamp, pd.Timestamp]]) -> bool:
    """Whether two of the stated first days differ, or two of the last ones."""
    return any(len({day for day in days if pd.notna(day)}) > 1 for days in zip(*ends))


def check_same_definition(reading: Reading) -> Checked:
    """None of the values has a definition that differs."""
    series = [observations_of(value_in(part)) for part in reading.parts]
    rows = [row for of_value in series for row in of_value]
    flagged = [row for row in rows if row["flag"] == "d"]
    if not flagged:
        return Checked(True, f"None of the {len(rows)} values is marked d.")
    are = "is" if len(flagged) == 1 else "are"
    words = f"{len(flagged)} of {len(rows)} values {are} marked d, definition differs."
    return Checked(False, " ".join([words, *_sentences(flagged)]))


def _sentences(rows: Sequence[Cells]) -> dict[str, None]:
    """The sentences of all notes, each once."""
    ends = re.compile(r"(?<=[.!?])\s+")
    return dict.fromkeys(
        sentence for row in rows for sentence in ends.split(row["note"]) if sentence
    )


def check_unprinted(reading: Reading) -> Checked:
    """Nothing printed decides it; what a reader would expect is shown as far as it is
    there.
    """
    found = list(dict.fromkeys(_shown(part) for part in reading.parts))
    raise Unknown(f"{'; '.join(found)}." if found else "")


def _shown(part: Part) -> str:
    """A part with what the report prints of it."""
    if isinstance(part, Value):
        values = [f"{written(row)} ({row['period']})" for row in observations_of(part)]
        return (
            f"{about(part.indicator)['label']}, {name(part.place)}: {list_of(values)}"
        )
    if isinstance(part, Count):
        return rows_in_words(part)
    row = row_behind(row_in(part))
    when = when_of(row) if {"year", "printed"} & set(row.keys()) else ""
    dated = f": {when}" if when and when != "year not stated" else ""
    return f"{name_behind(row).rstrip('.')}, Section {row['section']}{dated}"
