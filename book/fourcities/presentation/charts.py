"""What several charts share: cities told apart, numbers in place of a scale, names.

Seaborn draws, from the data, in the cell itself. These say how it tells the cities
apart and write what a reader looks for: the number at a bar, the part of a whole, the
name of a point.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any, cast

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from fourcities.facts import fine, fmt

from .labels import labels_or_legend
from .style import city_markers, city_palette, readable_on

# Where a name stands beside its point: offset in points, horizontal, vertical.
SIDES = {
    "above": ((0, 9), "center", "bottom"),
    "below": ((0, -9), "center", "top"),
    "left": ((-9, 0), "right", "center"),
    "right": ((9, 0), "left", "center"),
}


def by_city(kind: str) -> dict[str, Any]:
    """How seaborn tells the cities apart in a chart.

    Parameters
    ----------
    kind : str
        "bars" for `sns.barplot`, "points" for `sns.scatterplot`, "lines" for
        `sns.lineplot`, "stack" for `sns.histplot` with a part for each city.

    Returns
    -------
    dict
        Arguments for seaborn, for data with a column "city": colour and marker of each
        city, no legend.

    Raises
    ------
    ValueError
        If there is no such kind; the message has those that there are.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.by_city("bars")["hue"]
    'city'
    """
    colours = city_palette()
    own: dict[str, dict[str, Any]] = {
        "bars": {"saturation": 1, "width": 0.62},
        "points": {"style": "city", "markers": city_markers(), "s": 100, "zorder": 3},
        "lines": {"linewidth": 2.5},
        "stack": {
            "hue_order": list(colours)[::-1],
            "multiple": "stack",
            "alpha": 1,
            "edgecolor": "none",
            "shrink": 0.7,
        },
    }
    if kind not in own:
        raise ValueError(f"unknown kind {kind!r}; there are: {', '.join(own)}")
    return {"hue": "city", "palette": colours, "legend": False, **own[kind]}


def short(value: float) -> str:
    """A number as it stands at a mark: whole, but a small one keeps two digits.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> from fourcities.presentation.charts import short
    >>> short(3671000), short(9.4), short(4.0)
    ('3,671,000', '9.4', '4')
    """
    whole = value == round(value)
    return fmt(value, 0 if whole else fine(value, 0))


def number_bars(
    axis: Axes,
    xlabel: str,
    write: Callable[[float], str] = short,
    room: float = 0.3,
    scale: bool = True,
) -> Axes:
    """Write at each horizontal bar how long it is.

    Parameters
    ----------
    axis : Axes
        What `sns.barplot` or `sns.histplot` has drawn.
    xlabel : str
        What the bars measure, with unit and period.
    write : callable
        Turns the length of a bar into the text at it; `short` unless given.
    room : float
        Room for the texts, as a part of the longest bar.
    scale : bool
        Whether the axis has numbers too.

    Returns
    -------
    Axes
        The same.
    """
    ends = [0.0]
    for bars in axis.containers:
        widths = [bar.get_width() for bar in bars]
        texts = ["" if math.isnan(width) else write(width) for width in widths]
        axis.bar_label(cast(BarContainer, bars), texts, padding=4)
        ends += [width * (1 + room) for width in widths if not math.isnan(width)]
    axis.set(xlabel=xlabel, ylabel="", xlim=(min(ends), max(ends) or 1))
    if not scale:
        axis.set(xticks=[])
    axis.tick_params(left=False)
    sns.despine(ax=axis, bottom=not scale)
    return axis


def number_parts(
    axis: Axes, xlabel: str, write: Callable[[float], str] = short, columns: int = 2
) -> Axes:
    """Write into each part of a stacked bar how large it is.

    Parameters
    ----------
    axis : Axes
        What `sns.histplot` has drawn with ``multiple="stack"`` and its legend.
    xlabel : str
        What the parts measure, with unit and period.
    write : callable
        Turns the size of a part into the text in it; `short` unless given.
    columns : int
        Entries of the legend side by side; it stands above, in the order of the parts.

    Returns
    -------
    Axes
        The same. A part that is too narrow for its number has none.
    """
    parts = [bar for bars in axis.containers for bar in bars]
    end = max((bar.get_x() + bar.get_width() for bar in parts), default=1)
    axis.set(xlabel=xlabel, ylabel="", xlim=(0, end))
    sns.move_legend(
        axis,
        "lower center",
        bbox_to_anchor=(0.45, 1),
        ncols=columns,
        title="",
        reverse=True,
    )
    axis.tick_params(left=False)
    sns.despine(ax=axis, left=True)
    for bar in parts:
        text = axis.annotate(
            write(bar.get_width()),
            bar.get_center(),
            ha="center",
            va="center",
            color=readable_on(bar.get_facecolor()),
        )
        if text.get_window_extent().width > bar.get_window_extent().width:
            text.remove()
    return axis


def name_points(
    axis: Axes,
    rows: pd.DataFrame,
    x: str,
    y: str,
    words: str | Iterable[str] = "city",
    sides: str | Iterable[str] = "right",
    legend: bool = True,
) -> Axes:
    """Write beside each point whose it is.

    Parameters
    ----------
    axis : Axes
        What seaborn has drawn from the rows.
    rows : DataFrame
        A row for each point, with the columns "city", `x` and `y`.
    x, y : str
        Columns that seaborn has drawn.
    words : str or iterable of str
        The column with the words, or the words for each row.
    sides : str or iterable of str
        "above", "below", "left" or "right" of the point; one for all or for each row.
    legend : bool
        Whether a legend of the cities takes their place where they have no room, as in
        `labels_or_legend`; set the limits of the axes first. False for words that are
        no names.

    Returns
    -------
    Axes
        The same.

    Raises
    ------
    ValueError
        If there is no such side; the message has those that there are.
    """
    texts = rows[words] if isinstance(words, str) else words
    places = [sides] * len(rows) if isinstance(sides, str) else list(sides)
    for side in places:
        if side not in SIDES:
            raise ValueError(f"unknown side {side!r}; there are: {', '.join(SIDES)}")
    for (_, row), text, side in zip(rows.iterrows(), texts, places):
        offset, horizontal, vertical = SIDES[side]
        axis.annotate(
            text,
            (row[x], row[y]),
            xytext=offset,
            textcoords="offset points",
            ha=horizontal,
            va=vertical,
        )
    if legend:
        labels_or_legend(axis, rows["city"])
    sns.despine(ax=axis)
    return axis
