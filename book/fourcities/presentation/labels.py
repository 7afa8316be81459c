"""Names in drawings: beside points, at lines of text, or in a legend where they have no room."""

import textwrap
from itertools import combinations, product

import matplotlib.pyplot as plt
from matplotlib.transforms import Bbox

from .style import LONG, MOST, SMALL, city_markers, city_palette


def city_legend(axis, names, markers=None):
    """A legend of cities below a drawing, two in a row, for which the figure grows. Of more than forty cities a line says how many they are: nobody tells so many colours apart.

    axis: Axes of the drawing; names: English names of the cities, in any order; markers: marker of each by its name, squares if not given.
    """
    drawn = set(names)
    if len(drawn) > MOST:
        axis.figure.legend(
            handles=[],
            title=f"{len(drawn):,} cities, too many to name here",
            loc="outside lower center",
        )
        return
    handles = [
        plt.Line2D(
            [],
            [],
            color=colour,
            marker=markers[city] if markers else "s",
            linestyle="",
            markersize=9,
            label=textwrap.fill(city, LONG),
        )
        for city, colour in city_palette().items()
        if city in drawn
    ]
    axis.figure.legend(handles=handles, loc="outside lower center", ncols=2)
    lines = sum(handle.get_label().count("\n") + 1 for handle in handles)
    axis.figure.set_figheight(axis.figure.get_figheight() + 0.25 * (lines + 1) / 2)


def labels_or_legend(axis, names):
    """Keep the texts at the points of a drawing if they have room; if some of them overlap, a legend of the cities takes their place.

    axis: Axes whose texts are all such labels; names: English names of the cities drawn.
    """
    figure = axis.figure
    wide = any(
        text.get_window_extent().width > figure.bbox.width / 2 for text in axis.texts
    )  # such labels leave no room for the drawing
    for text in axis.texts:
        text.set_in_layout(not wide)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axis.texts]
    overlapping = any(
        overlap(one, other) > 0.1
        for one, other in [
            *combinations(boxes, 2),
            *product(
                boxes, [tick.get_window_extent() for tick in axis.get_xticklabels()]
            ),
        ]
    )
    if (
        wide
        or overlapping
        or any(box.x0 < axis.bbox.x0 - 5 or box.x1 > figure.bbox.x1 for box in boxes)
    ):
        for text in list(axis.texts):
            text.remove()
        city_legend(axis, names, city_markers())


def overlap(one, other):
    """The part of the smaller of two boxes that lies in the other."""
    both = Bbox.intersection(one, other)
    return (
        both.width
        * both.height
        / min(one.width * one.height, other.width * other.height)
        if both
        else 0
    )


def stack_lines(texts):
    """Where lines of text lie that stand below each other: the middle of each and the height of all, in lines."""
    middles, top = [], 0.0
    for text in texts:
        height = text.count("\n") + 1.5
        middles.append(top + height / 2)
        top += height
    return middles, top


def label_lines(axis, middles, texts):
    """Texts to the left of the axis, flush left (a page's font is narrower than the one that matplotlib measures with)."""
    axis.set_yticks(middles, texts, fontsize=SMALL, ha="left")
    axis.tick_params(
        axis="y",
        length=0,
        pad=max(len(line) for text in texts for line in text.split("\n"))
        * SMALL
        * 0.56,
    )
