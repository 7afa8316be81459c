"""Drawings of events on an axis of years, and of measures by who provides them."""

from __future__ import annotations

import textwrap
from typing import Any, Literal, TypeAlias

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from fourcities.facts import cities, dated_only, lookup

from .labels import label_lines, stack_lines
from .names import when_of
from .style import (
    DRAWN,
    INK,
    LINE,
    WRAP,
    axes,
    city_markers,
    city_palette,
    figure_of,
    tell_left_out,
)

Fill: TypeAlias = Literal["full", "left", "right", "bottom", "top", "none"]

# Who provides a measure: as measures.csv has it, and above the column.
PROVIDERS = {"state": "state", "both": "both", "SO": "SOs", "": "not\nstated"}

NOT_STATED = "not stated"

# When a measure starts: as measures.csv has it, and in the legend.
STARTS = {
    "arrival": "on arrival",
    "as early as possible": "as early as possible",
    "after settlement": "after settlement",
    "open": "no stay asked",
    "": NOT_STATED,
}

# Which part of a mark is filled: the left one for the start of a stay.
FILLED: dict[str, Fill] = {
    "on arrival": "left",
    "as early as possible": "bottom",
    "after settlement": "right",
    "no stay asked": "full",
    NOT_STATED: "none",
}


MARKS = 5  # measures side by side in a cell
STEP = 0.17  # from one to the next, in columns


def timeline(rows: pd.DataFrame) -> Axes:
    """Draw events or policies on an axis of years, the earliest at the top.

    Parameters
    ----------
    rows : DataFrame
        Rows of events or policies with place, title and a time: period_start and
        period_end, or year. Rows without a time are left out (see `dated_only`).

    Returns
    -------
    Axes
        One line for each row. The words beside a mark are the time as the report gives
        it, the place and the title.
    """
    palette, markers = city_palette(), city_markers()
    names = lookup("places", "name")
    rows = dated_only(rows)
    words = [
        textwrap.fill(f"{when_of(row)} · {names[row['place']]}: {row['title']}", WRAP)
        for _, row in rows.iterrows()
    ]
    middles, total = stack_lines(words)
    axis = axes(height=total * LINE + 0.5)
    for (_, row), y in zip(rows.iterrows(), middles):
        city = names[row["place"]]
        axis.axhline(y, color=INK, linewidth=0.4, alpha=0.3)
        axis.plot(
            [row["first"], row["last"]],
            [y, y],
            color=palette.get(city, INK),
            linewidth=3,
            marker=markers.get(city, "|"),
            markersize=9,
            markeredgewidth=2,
        )
    first, last = rows["first"].min(), rows["last"].max()
    margin = max(last - first, 1) * 0.06
    axis.set(ylim=(total, 0), xlim=(first - margin, last + margin))
    axis.xaxis.set_major_locator(MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]))
    label_lines(axis, middles, words)
    sns.despine(ax=axis, left=True)
    return axis


def measure_map(rows: pd.DataFrame) -> Axes:
    """Draw measures: who provides each, and when in a migrant's stay it starts.

    Parameters
    ----------
    rows : DataFrame
        Rows of measures.csv.

    Returns
    -------
    Axes
        A row for each city, the first hundred of them; a column for each provider. Each
        mark is a measure, in the colour and shape of its city; which part of it is
        filled says when it starts.
    """
    measured = [place for place in cities() if place in set(rows["place"])]
    places = measured[:DRAWN]
    names = lookup("places", "name")
    marks = _marks(rows[rows["place"].isin(places)])
    heights = marks.groupby("place")["line"].max().reindex(places) + 2
    ends = heights.cumsum()
    tops = ends - heights
    axis = axes(height=ends.max() * LINE + 1.4)
    tell_left_out(figure_of(axis), measured)
    last = marks.groupby(["place", "provider"])["line"].transform("max")
    air = marks["place"].map(heights) - last
    marks["y"] = marks["place"].map(tops) + marks["line"] + air / 2
    for end in ends[:-1]:
        axis.axhline(end, color=INK, linewidth=0.4, alpha=0.3)
    _draw_marks(axis, marks)
    axis.set(
        xlim=(-0.5, len(PROVIDERS) - 0.5),
        ylim=(ends.max(), 0),
        xlabel="",
        ylabel="",
        xticks=range(len(PROVIDERS)),
        xticklabels=PROVIDERS.values(),
        yticks=(tops + ends) / 2,
        yticklabels=[textwrap.fill(names[place], WRAP // 2) for place in places],
    )
    axis.tick_params(length=0)
    axis.xaxis.tick_top()
    _legend_of_starts(axis, set(marks["starts"]))
    sns.despine(ax=axis, left=True, bottom=True)
    return axis


def _marks(rows: pd.DataFrame) -> pd.DataFrame:
    """The marks of measures: place, provider (number of its column), city, starts, and
    where each stands in the cell of its place and provider: x, and the line from above.
    """
    marks = pd.DataFrame(
        {
            "place": rows["place"],
            "provider": rows["provider"].map(list(PROVIDERS).index),
            "city": rows["place"].map(lookup("places", "name")),
            "starts": pd.Categorical(rows["starts"].map(STARTS), list(STARTS.values())),
        }
    ).sort_values("starts", kind="stable")
    cells = marks.groupby(["place", "provider"])["starts"]
    number, size = cells.cumcount(), cells.transform("size")
    marks["line"] = number // MARKS
    beside = (size - marks["line"] * MARKS).clip(upper=MARKS)
    marks["x"] = marks["provider"] + STEP * (number % MARKS - (beside - 1) / 2)
    return marks.reset_index(drop=True)


def _draw_marks(axis: Axes, marks: pd.DataFrame) -> None:
    """Draw the marks of measures."""
    palette, markers = city_palette(), city_markers()
    for _, mark in marks.iterrows():
        axis.plot(
            mark["x"],
            mark["y"],
            color=palette[mark["city"]],
            marker=markers[mark["city"]],
            **_filled(mark["starts"]),
        )


def _filled(start: str) -> dict[str, Any]:
    """How a mark is drawn whose measure starts then; start: a key of FILLED."""
    return {
        "fillstyle": FILLED[start],
        "markerfacecoloralt": "none",
        "markersize": 9.5,
        "markeredgewidth": 1.5,
        "linestyle": "",
    }


def _legend_of_starts(axis: Axes, used: set[str]) -> None:
    """What the filled parts mean; used: words of the starts that are drawn."""
    handles = [
        Line2D([], [], color=INK, marker="o", label=start, **_filled(start))
        for start in FILLED
        if start in used
    ]
    figure_of(axis).legend(
        handles=handles,
        loc="outside lower center",
        ncols=2,
        title="When in a stay it starts",
    )
