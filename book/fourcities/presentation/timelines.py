"""Drawings on an axis of years or of providers, with a line of text for each fact."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from fourcities.facts import Cells, cities, dated_only, lookup

from .labels import label_lines, stack_lines
from .names import when_of
from .style import INK, LINE, WRAP, axes, city_markers, city_palette, figure_of

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

START_MARKERS = {
    "on arrival": "o",
    "as early as possible": "^",
    "after settlement": "s",
    "no stay asked": "D",
    NOT_STATED: "o",  # not filled
}


class MapLine(NamedTuple):
    """A line of a map of measures: the name of a city, or a measure below it."""

    text: str
    city: str  # English name
    measure: pd.Series | None  # row of measures.csv; None for the name of a city


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
    """Draw measures: who provides each, when in a migrant's stay it starts, for whom.

    Parameters
    ----------
    rows : DataFrame
        Rows of measures.csv.

    Returns
    -------
    Axes
        A line for each measure: its provider (columns), its start (marker), for whom it
        is (words). Measures of one city stand together, in the city's colour.
    """
    lines = _map_lines(rows)
    middles, total = stack_lines(line.text for line in lines)
    marks = _marks(lines, middles)
    axis = axes(height=total * LINE + 0.9)
    _draw_marks(axis, marks)
    axis.set(
        xlim=(-0.5, len(PROVIDERS) - 0.5),
        ylim=(total, 0),
        xlabel="",
        ylabel="",
        xticks=range(len(PROVIDERS)),
        xticklabels=PROVIDERS.values(),
    )
    axis.tick_params(axis="x", length=0)
    axis.xaxis.tick_top()
    _label_measures(axis, lines, middles)
    _legend_of_starts(axis, set(marks["starts"]))
    sns.despine(ax=axis, left=True, bottom=True)
    return axis


def _map_lines(rows: pd.DataFrame) -> list[MapLine]:
    """The lines of a map of measures, city by city; rows: of measures.csv."""
    names = lookup("places", "name")
    measured = set(rows["place"])
    lines = []
    for place in cities():
        if place not in measured:
            continue
        city = names[place]
        lines.append(MapLine(textwrap.fill(city, WRAP), city, None))
        for _, measure in rows[rows["place"] == place].iterrows():
            text = textwrap.fill(_measure_words(measure), WRAP)
            lines.append(MapLine(text, city, measure))
    return lines


def _measure_words(measure: Cells) -> str:
    """Name of a measure without quotation marks, and for whom unless the name says."""
    words: str = measure["name"].replace("“", "").replace("”", "")
    if measure["target_group"] in measure["name"]:
        return words
    return f"{words}, for {measure['target_group']}"


def _marks(lines: list[MapLine], middles: list[float]) -> pd.DataFrame:
    """The marks of measures: provider (number of the column), y, city, starts."""
    columns = list(PROVIDERS)
    return pd.DataFrame(
        [
            {
                "provider": columns.index(line.measure["provider"]),
                "y": y,
                "city": line.city,
                "starts": STARTS[line.measure["starts"]],
            }
            for y, line in zip(middles, lines)
            if line.measure is not None
        ]
    )


def _draw_marks(axis: Axes, marks: pd.DataFrame) -> None:
    """Draw the marks of measures, hollow where the start is not stated."""
    palette = city_palette()
    for y in marks["y"]:
        axis.axhline(y, color=INK, linewidth=0.4, alpha=0.3)
    known = marks["starts"] != NOT_STATED
    sns.scatterplot(
        marks[known],
        x="provider",
        y="y",
        hue="city",
        style="starts",
        palette=palette,
        markers=START_MARKERS,
        s=95,
        legend=False,
        zorder=3,
        ax=axis,
    )
    unknown = marks[~known]
    axis.scatter(
        unknown["provider"],
        unknown["y"],
        s=60,
        facecolor="none",
        edgecolor=unknown["city"].map(palette),
        linewidth=1.6,
        zorder=3,
    )


def _label_measures(axis: Axes, lines: list[MapLine], middles: list[float]) -> None:
    """Write the lines beside their marks, names of cities bold and in their colour."""
    palette = city_palette()
    label_lines(axis, middles, [line.text for line in lines])
    for label, line in zip(axis.get_yticklabels(), lines):
        if line.measure is None:
            label.set(weight="bold", color=palette[line.city])
        else:
            label.set(weight="normal", color=INK)


def _legend_of_starts(axis: Axes, used: set[str]) -> None:
    """A legend of the markers; used: words of the starts that are drawn."""
    handles = [
        Line2D(
            [],
            [],
            color=INK,
            marker=marker,
            linestyle="",
            markersize=8,
            fillstyle="none" if start == NOT_STATED else "full",
            label=start,
        )
        for start, marker in START_MARKERS.items()
        if start in used
    ]
    figure_of(axis).legend(
        handles=handles,
        loc="outside lower center",
        ncols=2,
        title="When in a stay it starts",
    )
