"""Drawings of words with a column for each city: codes, counts, who takes part in what.

A block of axes for each four cities, the first hundred of them.
"""

import textwrap
from collections.abc import Sequence
from typing import TypeVar

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from fourcities.facts import cities, codes_of, lookup

from .style import (
    COLUMNS,
    DRAWN,
    INK,
    LINE,
    WIDTH,
    Panels,
    city_palette,
    readable_on,
    tell_left_out,
)

T = TypeVar("T")

NARROW = 13  # characters on a line in the column of a city
WIDE = 44  # characters on a line across all columns

# Shades of the codes of a row. They have no colour: colours are the cities'.
DEPTHS = (0.24, 0.08, 0.16, 0.32)


def count_grid(counts: pd.DataFrame) -> Panels:
    """Draw counts: a row for each kind, a column for each city.

    The number stands in a square of the city's colour; there is a dash for none.

    Parameters
    ----------
    counts : DataFrame
        Whole numbers; its index the kinds in words, its columns keys of cities.

    Returns
    -------
    array of Axes
        A block of axes for each four cities, the first hundred of them.
    """
    groups = blocks(list(counts.columns)[:DRAWN])
    height = 0.4 * len(counts) + 0.4
    panels = stacked_axes([height] * len(groups), list(counts.columns))
    names, palette = lookup("places", "name"), city_palette()
    for axis, group in zip(panels, groups):
        for x, city in enumerate(group):
            for y, number in enumerate(counts[city]):
                _draw_count(axis, x, y, number, palette[names[city]])
        axis.set(
            ylim=(len(counts) - 0.5, -0.5),
            yticks=range(len(counts)),
            yticklabels=counts.index,
        )
        _head(axis, group)
    return panels


def _draw_count(axis: Axes, x: int, y: int, number: int, colour: str) -> None:
    """A number in a square, or a dash."""
    if number:
        axis.scatter(x, y, marker="s", s=520, color=colour)
    axis.text(
        x,
        y,
        str(number) if number else "–",
        ha="center",
        va="center",
        color=readable_on(colour) if number else INK,
    )


def blocks(places: list[T]) -> list[list[T]]:
    """Places in groups that stand side by side in a drawing with a column for each.

    The groups are as even as they can be, none larger than four.
    """
    if not places:
        return []
    count = _divided(len(places), COLUMNS)
    size = _divided(len(places), count)
    return [places[i : i + size] for i in range(0, len(places), size)]


def _divided(number: int, by: int) -> int:
    """A whole number divided by another, rounded up."""
    return -(-number // by)


def stacked_axes(heights: Sequence[float], places: Sequence[str]) -> Panels:
    """Axes below each other in the width of a page, one for each block of places.

    heights: of each, in inches. places: all; if they are too many to draw, a line above
    says so.
    """
    drawing, panels = plt.subplots(
        len(heights),
        figsize=(WIDTH, sum(heights)),
        squeeze=False,
        height_ratios=heights,
    )
    tell_left_out(drawing, places)
    return panels[:, 0]


def _head(axis: Axes, places: Sequence[str]) -> None:
    """Names of places above their columns, and no frame."""
    names = lookup("places", "name")
    axis.set(
        xlim=(-0.5, len(places) - 0.5),
        xticks=range(len(places)),
        xticklabels=[textwrap.fill(names[place], NARROW) for place in places],
    )
    axis.xaxis.tick_top()
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)


def coding_matrix(*dimensions: str, columns: Sequence[str] | None = None) -> Panels:
    """Draw codes: a row for each dimension of codings.csv, a column for each city.

    The dimension stands above its row. Equal codes of a row have one shade; several
    codes of a city are joined.

    Parameters
    ----------
    *dimensions : str
        Keys of dimensions.csv.
    columns : sequence of str, optional
        Keys of places; the cities unless given.

    Returns
    -------
    array of Axes
        A block of axes for each four cities, the first hundred of them.
    """
    asked = list(columns or cities())
    labels = lookup("dimensions", "label")
    heads = [textwrap.fill(labels[dimension], WIDE) for dimension in dimensions]
    codes = codes_of(*dimensions, places=asked[:DRAWN]).map(_wrapped)
    # The codes of each dimension in the order of their shades.
    known = [list(dict.fromkeys(row)) for row in _rows_of(codes)]
    parts = [codes[group] for group in blocks(asked[:DRAWN])]
    lines = [_lines_needed(part, heads) for part in parts]
    panels = stacked_axes([sum(needed) * LINE + 0.4 for needed in lines], asked)
    for axis, part, needed in zip(panels, parts, lines):
        _draw_codes(axis, part, heads, known, needed)
    return panels


def _wrapped(text: str) -> str:
    return textwrap.fill(text, NARROW, break_long_words=False)


def _rows_of(codes: pd.DataFrame) -> list[list[str]]:
    rows: list[list[str]] = codes.to_numpy().tolist()
    return rows


def _lines_needed(codes: pd.DataFrame, heads: Sequence[str]) -> list[float]:
    """The height of each row in lines.

    Those of its head and of its longest text, and the air around both.
    """
    return [
        head.count("\n") + max(text.count("\n") for text in row) + 3.2
        for row, head in zip(_rows_of(codes), heads)
    ]


def _draw_codes(
    axis: Axes,
    codes: pd.DataFrame,
    heads: Sequence[str],
    known: Sequence[list[str]],
    heights: Sequence[float],
) -> None:
    """Draw the codes of a block of cities.

    codes: wrapped, a row for each dimension, a column for each city; for each row its
    head, all codes that it has in any block, and its height in lines.
    """
    top = 0.0
    for row, head, shades, height in zip(_rows_of(codes), heads, known, heights):
        above = head.count("\n") + 1.5
        axis.text(-0.48, top + above / 2, head, va="center", fontweight="bold")
        for x, text in enumerate(row):
            if text != "not stated":
                depth = DEPTHS[shades.index(text) % len(DEPTHS)]
                _draw_shade(axis, x, top + above, height - above, depth)
            axis.text(x, top + (above + height) / 2, text, ha="center", va="center")
        top += height
    axis.set(ylim=(top, 0), yticks=[])
    _head(axis, list(codes.columns))


def _draw_shade(axis: Axes, x: int, top: float, height: float, depth: float) -> None:
    """The ground of a code; depth: how dark it is, from 0 to 1."""
    axis.add_patch(
        Rectangle(
            (x - 0.48, top + 0.08), 0.96, height - 0.16, facecolor=INK, alpha=depth
        )
    )


def who_does_what(*dimensions: str) -> Panels:
    """Draw steps of co-operation: a row for each, two boxes for each city.

    The boxes stand for government and SOs and are filled if it takes part.

    Parameters
    ----------
    *dimensions : str
        Keys of dimensions.csv whose codes are "government", "SOs" or "both".

    Returns
    -------
    array of Axes
        A block of axes for each four cities, the first hundred of them.
    """
    groups = blocks(cities()[:DRAWN])
    panels = stacked_axes([0.62 * len(dimensions) + 0.6] * len(groups), cities())
    codes, palette = codes_of(*dimensions), city_palette()
    for axis, group in zip(panels, groups):
        _draw_steps(axis, codes, group, palette)
    return panels


def _draw_steps(
    axis: Axes, codes: pd.DataFrame, towns: Sequence[str], palette: dict[str, str]
) -> None:
    """Draw the steps of a block of cities; codes: as `codes_of` gives them."""
    labels, names = lookup("dimensions", "label"), lookup("places", "name")
    for y, dimension in enumerate(codes.index):
        for x, city in enumerate(towns):
            code, colour = codes.at[dimension, city], palette[names[city]]
            by_government = code in ("government", "both")
            by_sos = code in ("SOs", "both")
            _draw_partner(axis, x - 0.46, y, "gov." if by_government else "", colour)
            _draw_partner(axis, x + 0.01, y, "SOs" if by_sos else "", colour)
            if y:
                _draw_arrow(axis, x, y)
    axis.set(
        ylim=(len(codes) - 0.5, -0.5),
        yticks=range(len(codes)),
        yticklabels=[textwrap.fill(labels[d], 10) for d in codes.index],
    )
    _head(axis, towns)


def _draw_partner(axis: Axes, left: float, y: int, text: str, colour: str) -> None:
    """A box with a text, filled; or, without one, an empty box with a dash."""
    axis.add_patch(
        Rectangle(
            (left, y - 0.36),
            0.45,
            0.72,
            facecolor=colour if text else "none",
            edgecolor=colour,
            linewidth=1.4,
            alpha=1 if text else 0.6,
        )
    )
    axis.text(
        left + 0.225,
        y,
        text or "–",
        ha="center",
        va="center",
        color=readable_on(colour) if text else INK,
    )


def _draw_arrow(axis: Axes, x: int, y: int) -> None:
    """An arrow from the step above to this one."""
    axis.annotate(
        "",
        (x, y - 0.37),
        (x, y - 0.63),
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1},
    )
