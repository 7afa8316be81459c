"""Checks on numbers: order, periods, definitions, and what is not printed."""

from __future__ import annotations

from fourcities.facts import (
    Reading,
    Value,
    about,
    lookup,
    observations,
    of_report,
    places_above,
    written,
)
from fourcities.presentation import list_of, name

from .parts import observation_of, value_in
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
    """All values are of one period."""
    rows = [observation_of(value_in(part)) for part in reading.parts]
    labels = {row["label"] for row in rows}
    if len(labels) == 1:
        words = [f"{row['city']} {row['period']}" for row in rows]
    else:
        words = [f"{row['label']}, {row['city']}: {row['period']}" for row in rows]
    periods = {row["period"] for row in rows}
    return Checked(len(periods) == 1, f"{list_of(dict.fromkeys(words))}.")


def check_same_definition(reading: Reading) -> Checked:
    """None of the values has a definition that differs."""
    rows = [observation_of(value_in(part)) for part in reading.parts]
    flagged = [row for row in rows if row["flag"] == "d"]
    if not flagged:
        return Checked(True, f"None of the {len(rows)} values is marked d.")
    notes = dict.fromkeys(row["note"] for row in flagged if row["note"])
    words = (
        f"{len(flagged)} of {len(rows)} values are marked d (definition differs). "
        + " ".join(notes)
    )
    return Checked(False, words.strip())


def check_unprinted(reading: Reading) -> Checked:
    """Nothing printed decides it; what a reader would expect is shown as far as it is
    there.
    """
    found = []
    for part in reading.parts:
        if isinstance(part, Value):
            label, row = about(part.indicator)["label"], observation_of(part)
            found.append(f"{label}, {name(part.place)}: {written(row)}")
    raise Unknown(f"{'; '.join(found)}." if found else "")
