"""Names in drawings.

They stand beside points, at lines of text, or in a legend where they have no room.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from .style import LONG, MOST, TEXT, city_markers, city_palette, figure_of

CHARACTER = 0.55  # width of a character, measured in the size of its font


def city_legend(
    axis: Axes, names: Iterable[str], markers: Mapping[str, str] | None = None
) -> None:
    """Add a legend of cities below a drawing, two in a row, for which the figure grows.

    Of more than forty cities a line says how many they are: nobody tells so many
    colours apart.

    Parameters
    ----------
    axis : Axes
        Axes of the drawing.
    names : iterable of str
        English names of the cities, in any order.
    markers : mapping of str to str, optional
        Marker of each city by its name; squares if not given.
    """
    figure, drawn = figure_of(axis), set(names)
    if len(drawn) > MOST:
        figure.legend(
            handles=[],
            title=f"{len(drawn):,} cities, too many to name here",
            loc="outside lower center",
        )
        return
    palette = city_palette()
    labels = {city: textwrap.fill(city, LONG) for city in palette if city in drawn}
    handles = [
        Line2D(
            [],
            [],
            color=palette[city],
            marker=markers[city] if markers else "s",
            linestyle="",
            markersize=9,
            label=label,
        )
        for city, label in labels.items()
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    lines = sum(label.count("\n") + 1 for label in labels.values())
    figure.set_figheight(figure.get_figheight() + 0.25 * (lines + 1) / 2)


def labels_or_legend(axis: Axes, names: Iterable[str]) -> None:
    """Keep the texts at the points of a drawing if they have room.

    If some of them overlap, with each other or with the numbers at the horizontal axis,
    reach out of the drawing or are wider than half of it, a legend of the cities takes
    their place.

    Parameters
    ----------
    axis : Axes
        Axes whose texts are all such labels.
    names : iterable of str
        English names of the cities drawn.
    """
    figure = figure_of(axis)
    # Labels as wide as this leave no room for the drawing.
    half = figure.bbox.width / 2
    too_wide = any(text.get_window_extent().width > half for text in axis.texts)
    for text in axis.texts:
        text.set_in_layout(not too_wide)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axis.texts]
    ticks = [tick.get_window_extent() for tick in axis.get_xticklabels()]
    pairs = [*combinations(boxes, 2), *product(boxes, ticks)]
    overlapping = any(overlap(one, other) > 0.1 for one, other in pairs)
    left, right = axis.bbox.x0 - 5, figure.bbox.x1
    outside = any(box.x0 < left or box.x1 > right for box in boxes)
    if too_wide or overlapping or outside:
        for text in list(axis.texts):
            text.remove()
        city_legend(axis, names, city_markers())


def overlap(one: Bbox, other: Bbox) -> float:
    """The part of the smaller of two boxes that lies in the other."""
    both = Bbox.intersection(one, other)
    if both is None:
        return 0
    smaller = min(one.width * one.height, other.width * other.height)
    return both.width * both.height / smaller


def stack_lines(texts: Iterable[str]) -> tuple[list[float], float]:
    """Where lines of text lie that stand below each other.

    Returns the middle of each and the height of all, in lines.
    """
    middles, top = [], 0.0
    for text in texts:
        height = text.count("\n") + 1.5
        middles.append(top + height / 2)
        top += height
    return middles, top


def label_lines(axis: Axes, middles: Sequence[float], texts: Sequence[str]) -> None:
    """Write texts to the left of the axis, flush left.

    They get the room that they need in matplotlib's font: a page's font is narrower
    than the one that matplotlib measures with.
    """
    lines = "\n".join(texts).split("\n")
    longest = max(map(len, lines))
    axis.set_yticks(middles, texts, ha="left")
    axis.tick_params(axis="y", length=0, pad=longest * TEXT * CHARACTER)
