"""Tables of figures from outside the report, and of what they would change."""

from __future__ import annotations

import re

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    Cells,
    about,
    alternatives,
    fmt,
    observations,
    period_words,
    read,
    written,
)

from .names import name
from .tables import Shown, listed, table


def outside_table(label: str, caption: str) -> Shown:
    """Figures from outside the report, from outside_figures.csv.

    Parameters
    ----------
    label
        Name to refer to it by.
    caption
        What the table shows.

    Returns
    -------
    Shown
        Each beside the printed or computed value, with what it is, where and when it
        was seen.
    """
    records = []
    for _, figure in read("outside_figures").iterrows():
        what = "Exchange rate"
        if figure["indicator"]:
            what = about(figure["indicator"])["label"]
        records.append(
            {
                "Figure": _over_small(what, name(figure["place"])),
                "In the report": _value_beside(figure) or "not stated",
                "Outside": _over_small(figure["printed"], _time_of(figure)),
                "What it is": " ".join(
                    filter(None, [figure["statement"], figure["note"]])
                ),
                "Where it was seen": _seen(figure),
            }
        )
    return table(pd.DataFrame(records), caption, label)


def _time_of(figure: Cells) -> str:
    """The time of an outside figure in words."""
    return period_words(figure["period_start"], figure["period_end"])


def _over_small(text: str, small: str) -> Markup:
    """Two lines of a cell, the second in small print."""
    return Markup("{}<br><small>{}</small>").format(text, small)


def _value_beside(figure: Cells) -> str:
    """The report's value beside an outside figure: of its year, or else the latest.

    "" if the report has none.
    """
    if not figure["indicator"]:
        return ""
    values = observations(figure["indicator"], places=[figure["place"]])
    if values.empty:
        return ""
    if pd.notna(figure["period_end"]):
        same_year = values["period_end"].dt.year == figure["period_end"].year
        if same_year.any():
            values = values[same_year]
    value = values.iloc[-1]
    words = value["printed"] or f"computed: {written(value)}"
    has_year = re.search(r"\b\d{4}\b", value["printed"])
    return words if has_year else f"{words} ({value['period']})"


def _seen(figure: Cells) -> Markup | str:
    """The addresses of an outside figure, and the day on which they were seen."""
    if not figure["address"]:
        return "our own guess, without a source"
    day = figure["seen"] or "on a day not stated"
    return _over_small(Markup("<br>").join(_links(figure)), f"seen {day}")


def _links(figure: Cells) -> list[Markup]:
    """A link to each address of an outside figure: its publisher, or else its host."""
    return [
        Markup('<a href="{}">{}</a>').format(
            address,
            figure["publisher"] or address.split("/")[2].removeprefix("www."),
        )
        for address in figure["address"].split()
    ]


def ranges_table(*indicators: str, label: str, caption: str) -> Shown:
    """What a computed value comes to if a figure from outside the report is put in.

    Parameters
    ----------
    *indicators
        Keys of indicators.csv, as for `ranges`; all derived ones unless given.
    label
        Name to refer to it by.
    caption
        What the table shows.

    Returns
    -------
    Shown
        A row for each value that an outside figure would change: with the printed
        numbers, and with each other figure, beside where that was seen.
    """
    found = alternatives(*indicators)
    if not indicators:
        found = found[found["relation"] == ""]
    keys = ["indicator", "relation", "place", "period"]
    records = [_range_cells(rows) for _, rows in found.groupby(keys, sort=False)]
    notes = [] if indicators else [_OTHERS_MOVE_ALIKE]
    return table(pd.DataFrame(records), caption, label, notes)


_OTHERS_MOVE_ALIKE = (
    "Whatever an explorer divides by the same residents or the same area changes "
    "in the same proportion."
)


def _range_cells(rows: pd.DataFrame) -> dict[str, str]:
    """A row of ranges_table, by heading. rows: of `alternatives`, for one value."""
    rows = rows.assign(decimals=_telling_decimals(rows))
    first = rows.iloc[0]
    results = [_other(row) for _, row in rows.iloc[1:].iterrows()]
    where = f"{first['city']}, {first['period']}"
    return {
        "Computed value": _over_small(first["label"], where),
        "With the printed numbers": written(first),
        "With another figure": listed(results, ""),
    }


def _telling_decimals(rows: pd.DataFrame) -> int:
    """Decimals that tell the first value from the others: one more, if need be."""
    decimals = int(rows["decimals"].iloc[0])
    first, *others = (fmt(value, decimals) for value in rows["value"])
    return decimals + (first in others)


def _other(row: Cells) -> Markup:
    """A value worked out with other figures, over what was put in and where that was
    seen.
    """
    figures = read("outside_figures").set_index("figure")
    put_in = [
        Markup("{}: {} ({}; {})").format(
            about(varied)["label"],
            figures.at[key, "printed"],
            _time_of(figures.loc[key]),
            Markup(", ").join(_links(figures.loc[key])),
        )
        for varied, key in zip(row["varies"].split(), row["figures"].split())
    ]
    return _over_small(written(row), Markup(" and ").join(put_in))
