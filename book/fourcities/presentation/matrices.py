"""Drawings of words with a column for each city: codes, counts, who takes part in what."""

import textwrap

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

from fourcities.facts import cities, codes_of, lookup

from .labels import label_lines
from .style import COLUMNS, DRAWN, HUES, INK, LINE, SMALL, city_palette


def count_grid(counts):
    """Axes with a row for each kind and a column for each city: the number in a square of the city's colour, a dash for none. A block of axes for each four cities, the first hundred of them.

    counts: a DataFrame of whole numbers, its index the kinds in words, its columns keys of cities.
    """
    groups = blocks(list(counts.columns)[:DRAWN])
    panels = stacked_axes([0.4 * len(counts) + 0.4] * len(groups), counts.columns)
    names, palette = lookup("places", "name"), city_palette()
    for axis, group in zip(panels, groups):
        for x, city in enumerate(group):
            for y, number in enumerate(counts[city]):
                if number:
                    axis.scatter(x, y, marker="s", s=520, color=palette[names[city]])
                axis.text(
                    x,
                    y,
                    number or "–",
                    ha="center",
                    va="center",
                    color="white" if number else INK,
                )
        axis.set(
            ylim=(len(counts) - 0.5, -0.5),
            yticks=range(len(counts)),
            yticklabels=counts.index,
        )
        _head(axis, group)
    return panels


def blocks(places):
    """Places in groups that stand side by side in a drawing with a column for each: as even as they can be, none larger than four."""
    count = -(-len(places) // COLUMNS)
    size = -(-len(places) // count) if count else 1
    return [places[i : i + size] for i in range(0, len(places), size)]


def stacked_axes(heights, places):
    """Axes below each other in the width of a page, one for each block of places. heights: of each, in inches. places: all; if they are too many to draw, a line above says so."""
    drawing, panels = plt.subplots(
        len(heights), figsize=(5.6, sum(heights)), squeeze=False, height_ratios=heights
    )
    if len(places) > DRAWN:
        drawing.suptitle(
            f"Drawn: the first {DRAWN} of {len(places):,} cities.", fontsize=12
        )
    return panels[:, 0]


def _head(axis, places):
    """Names of places above their columns, and no frame."""
    names = lookup("places", "name")
    axis.set(
        xlim=(-0.5, len(places) - 0.5),
        xticks=range(len(places)),
        xticklabels=[textwrap.fill(names[place], 13) for place in places],
    )
    axis.xaxis.tick_top()
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)


def coding_matrix(*dimensions, columns=None):
    """Axes with a row for each dimension of codings.csv and a column for each city; equal codes of a row have one shade. A block of axes for each four cities, the first hundred of them.

    dimensions: keys of dimensions.csv; columns: keys of places, the cities unless given. Several codes of a city are joined.
    """
    asked = columns or cities()
    columns = asked[:DRAWN]
    labels = lookup("dimensions", "label")
    codes = codes_of(*dimensions, places=columns)
    codes = pd.DataFrame(
        [
            [textwrap.fill(codes.at[d, c], 13, break_long_words=False) for c in columns]
            for d in dimensions
        ],
        columns=columns,
    )
    heads = [textwrap.fill(labels[d], 13, break_long_words=False) for d in dimensions]
    shades = [list(dict.fromkeys(row)) for row in codes.to_numpy().tolist()]
    groups = blocks(columns)
    heights = [
        [
            max(text.count("\n") for text in [*row, head]) + 2
            for row, head in zip(codes[group].to_numpy().tolist(), heads)
        ]
        for group in groups
    ]
    panels = stacked_axes([sum(part) * LINE + 0.4 for part in heights], asked)
    for axis, group, height in zip(panels, groups, heights):
        _matrix(axis, codes[group], heads, shades, height)
    return panels


def _matrix(axis, codes, heads, shades, heights):
    top = 0
    for row, known, height in zip(codes.to_numpy().tolist(), shades, heights):
        for x, text in enumerate(row):
            hue = HUES[known.index(text) % len(HUES)][0]
            if text != "not stated":
                axis.add_patch(
                    plt.Rectangle(
                        (x - 0.48, top + 0.08),
                        0.96,
                        height - 0.16,
                        facecolor=hue,
                        alpha=0.22,
                    )
                )
            lines = text.split("\n")
            for i, line in enumerate(
                lines
            ):  # one by one: a page's font is narrower than the one that matplotlib measures with
                axis.text(
                    x,
                    top + height / 2 + i - (len(lines) - 1) / 2,
                    line,
                    ha="center",
                    va="center",
                    fontsize=SMALL,
                )
        top += height
    edges = [sum(heights[:i]) + h / 2 for i, h in enumerate(heights)]
    axis.set(ylim=(top, 0))
    _head(axis, codes.columns)
    label_lines(axis, edges, heads)


def who_does_what(*dimensions):
    """Axes with a step of co-operation in each row and two boxes for each city: government and SOs, filled if it takes part. A block of axes for each four cities, the first hundred of them.

    dimensions: keys of dimensions.csv whose codes are "government", "SOs" or "both".
    """
    groups = blocks(cities()[:DRAWN])
    panels = stacked_axes([0.62 * len(dimensions) + 0.6] * len(groups), cities())
    codes, colours = codes_of(*dimensions), city_palette()
    for axis, group in zip(panels, groups):
        _steps(axis, codes, group, colours)
    return panels


def _steps(axis, codes, towns, colours):
    labels, names = lookup("dimensions", "label"), lookup("places", "name")
    for y, dimension in enumerate(codes.index):
        for x, city in enumerate(towns):
            code = codes.at[dimension, city]
            for part, left in (("government", x - 0.46), ("SOs", x + 0.01)):
                takes_part = code in (part, "both")
                axis.add_patch(
                    plt.Rectangle(
                        (left, y - 0.36),
                        0.45,
                        0.72,
                        facecolor=colours[names[city]] if takes_part else "none",
                        edgecolor=colours[names[city]],
                        linewidth=1.4,
                        alpha=1 if takes_part else 0.6,
                    )
                )
                axis.text(
                    left + 0.225,
                    y,
                    {"government": "gov.", "SOs": "SOs"}[part] if takes_part else "–",
                    ha="center",
                    va="center",
                    fontsize=10,
                    color="white" if takes_part else INK,
                )
            if y:
                axis.annotate(
                    "",
                    (x, y - 0.37),
                    (x, y - 0.63),
                    arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1},
                )
    axis.set(
        ylim=(len(codes) - 0.5, -0.5),
        yticks=range(len(codes)),
        yticklabels=[textwrap.fill(labels[d], 10) for d in codes.index],
    )
    _head(axis, towns)
