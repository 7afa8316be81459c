"""Tables of indicators and codes.

Values with period and origin, profiles, statements, recomputations.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    Cells,
    about,
    by_place,
    cities,
    fmt,
    lookup,
    observations,
    pattern_of,
    read,
    recompute,
    written,
)

from .citations import origins
from .names import name
from .notes import Notes, flag_note
from .tables import NOT_REPORTED, NOT_STATED, Shown, listed, table
from .words import list_of


def values_table(
    *indicators: str,
    label: str,
    caption: str | None = None,
    places: Sequence[str] | None = None,
    period: str | int = "all",
) -> Shown:
    """Values of indicators, one row for each place and period.

    Parameters
    ----------
    *indicators
        Keys of indicators.csv.
    label
        Name to refer to it by.
    caption
        What the table shows; made from the labels of the indicators unless given.
    places
        Keys of places.csv; the cities unless given.
    period
        As in `observations`.

    Returns
    -------
    Shown
        Value with unit, period, origin, flag with its reason. A place without a value
        is said to be "not reported". What to mind when comparing stands below.
    """
    records = []
    for indicator in indicators:
        found = by_place(observations(indicator, places=places, period=period))
        for place in cities() if places is None else places:
            first = {"City": name(place)}
            if len(indicators) > 1:
                first["Indicator"] = about(indicator)["label"]
            cells = [_value_cells(row) for row in found.get(place, [])]
            records += [first | values for values in cells or [_NO_VALUE]]
    infos = [about(indicator) for indicator in indicators]
    if not caption:
        labels = list_of(info["label"] for info in infos)
        caption = f"{labels}: values, periods and origin"
    to_mind = [
        Markup("<b>{}:</b> {}").format(info["label"], info["comparability"])
        for info in infos
    ]
    return table(pd.DataFrame(records), caption, label, to_mind)


_NO_VALUE = {
    "Value": "not reported",
    "Period": "–",
    "Printed or computed": "–",
    "Flag and note": "none",
}


def _value_cells(row: Cells) -> dict[str, str]:
    """What a row of `observations` shows of itself, by heading as in _NO_VALUE."""
    return {
        "Value": written(row),
        "Period": row["period"],
        "Printed or computed": row["printed"] or row["formula"],
        "Flag and note": flag_note(row),
    }


def profile_table(*indicators: str, label: str, caption: str) -> Shown:
    """Indicators as rows, cities as columns.

    Parameters
    ----------
    *indicators
        Keys of indicators.csv.
    label
        Name to refer to it by.
    caption
        What the table shows.

    Returns
    -------
    Shown
        The unit stands at the indicator. Each cell is a value with its period, several
        periods in one cell. Flags are explained below, with the places of the report
        that the values are from.
    """
    notes = Notes()
    records = []
    for indicator in indicators:
        found = by_place(observations(indicator))
        info = about(indicator)
        unit = lookup("units", "label")[info["unit"]]
        head = Markup("{}<br><small>{}</small>").format(info["label"], unit)
        record: dict[str, str] = {"Indicator": head}
        for city in cities():
            series = [{**row, "pattern": "{}"} for row in found.get(city, [])]
            lines = [value_line(row, notes, len(series) > 1) for row in series]
            record[name(city)] = listed(lines, NOT_REPORTED)
        records.append(record)
    below = values_from(observations(*indicators))
    return table(pd.DataFrame(records), caption, label, [*notes.lines(), below])


def value_line(row: Cells, notes: Notes, is_of_series: bool = False) -> Markup:
    """A value with its flag, its period below; the note on the flag is taken down."""
    what = f"{row['label']}, {row['period']}" if is_of_series else row["label"]
    mark = notes.flag(row, what, row["city"])
    return Markup("{}{}<br><small>{}</small>").format(written(row), mark, row["period"])


def values_from(rows: pd.DataFrame) -> str:
    """Where rows of `observations` have their values from, and how to read a period."""
    places = {place for _, row in rows.iterrows() for place in origins(row)}
    ordered = sorted(places, key=_tables_first)
    return (
        f"The values are from {list_of(ordered)} of the report."
        " Where a period has the sign ÷, the value is computed: the first period is"
        " that of what is divided, the second that of what it is divided by."
    )


def _tables_first(place: str) -> tuple[bool, str]:
    """Sorts "Table 6" before "Section 2.1"."""
    return place.split()[0] != "Table", place


def codings_table(*dimensions: str, label: str, caption: str) -> Shown:
    """What the report says in words: dimensions as rows, cities as columns.

    Parameters
    ----------
    *dimensions
        Keys of dimensions.csv.
    label
        Name to refer to it by.
    caption
        What the table shows.

    Returns
    -------
    Shown
        Statements in our words with their section; flags are explained below.

    Raises
    ------
    KeyError
        If a dimension is unknown.
    """
    labels = lookup("dimensions", "label")
    codings = read("codings")
    notes = Notes()
    records = []
    for dimension in dimensions:
        heading = labels[dimension]
        found = by_place(codings[codings["dimension"] == dimension])
        record = {"Dimension": heading}
        for city in cities():
            lines = [_coding_line(row, heading, notes) for row in found.get(city, [])]
            record[name(city)] = listed(lines, NOT_STATED)
        records.append(record)
    return table(pd.DataFrame(records), caption, label, notes.lines())


def _coding_line(row: Cells, heading: str, notes: Notes) -> Markup:
    mark = notes.flag(row, heading, name(row["place"]))
    origin = list_of(origins(row)).replace("Section ", "Section\u00a0")
    return Markup("{}{} <small>({})</small>").format(row["statement"], mark, origin)


def recompute_table(indicator: str, label: str) -> Shown:
    """A printed indicator beside its recomputation.

    Parameters
    ----------
    indicator
        A derived indicator with `recomputes` set, such as "gdp_per_capita_computed".
    label
        Name to refer to it by.

    Returns
    -------
    Shown
        Inputs, result at the printed precision, and whether they agree; a row for each
        city.

    Raises
    ------
    ValueError
        If the indicator recomputes nothing.
    """
    rows = recompute(indicator)
    info = about(about(indicator)["recomputes"])
    decimals = info["decimals"]
    style = {"decimals": decimals, "pattern": pattern_of(info["unit"])}
    shown = pd.DataFrame(
        {
            "City": rows["city"],
            "Printed": rows["printed"],
            "Formula": rows["formula"],
            "Computed": [written({"value": v, **style}) for v in rows["rounded"]],
            "Verdict": [
                "agrees" if agrees else f"differs by {fmt(difference, decimals)}"
                for agrees, difference in zip(rows["agrees"], rows["difference"])
            ],
        }
    )
    return table(shown, f"{info['label']}: printed and recomputed", label)
