"""Drawings on an axis of years or of providers, with a line of text for each fact."""

import textwrap

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

from fourcities.facts import cities, dated_only, read

from .labels import label_lines, stack_lines
from .names import when_of
from .style import INK, LINE, WRAP, axes, city_markers, city_palette


def timeline(rows):
    """Axes with one line for each row of events or policies on an axis of years, the earliest at the top.

    rows: rows with place, title and a time: period_start and period_end, or year. Rows without a time must be left out
    (see `dated_only`); the words beside a mark are the time as the report gives it, the place and the title.
    """
    colours, names = city_palette(), read("places").set_index("place")["name"]
    rows = dated_only(rows)
    words = [
        textwrap.fill(f"{when_of(r)} · {names[r['place']]}: {r['title']}", WRAP)
        for _, r in rows.iterrows()
    ]
    middles, total = stack_lines(words)
    axis = axes(height=total * LINE + 0.5)
    for (_, row), y in zip(rows.iterrows(), middles):
        city = names[row["place"]]
        axis.axhline(y, color=INK, linewidth=0.4, alpha=0.3)
        axis.plot(
            [row["first"], row["last"]],
            [y, y],
            color=colours.get(city, INK),
            linewidth=3,
            marker=city_markers().get(city, "|"),
            markersize=9,
            markeredgewidth=2,
        )
    span = max(rows["last"].max() - rows["first"].min(), 1)
    axis.set(
        ylim=(total, 0),
        xlim=(rows["first"].min() - span * 0.06, rows["last"].max() + span * 0.06),
    )
    axis.xaxis.set_major_locator(
        matplotlib.ticker.MaxNLocator(4, integer=True, steps=[1, 2, 5, 10])
    )
    label_lines(axis, middles, words)
    sns.despine(ax=axis, left=True)
    return axis


def measure_map(rows):
    """Axes with a line for each measure: who provides it (columns), when in a migrant's stay it starts (marker), for whom (words).

    rows: rows of measures.csv. Measures of one city stand together, in the city's colour.
    """
    providers = {"state": "state", "both": "both", "SO": "SOs", "": "not\nstated"}
    starts = {
        "arrival": ("on arrival", "o"),
        "after settlement": ("after settlement", "s"),
        "open": ("no stay asked", "D"),
        "": ("not stated", "o"),
    }
    colours = city_palette()
    names = read("places").set_index("place")["name"]
    lines = []  # (text, row of measures or None for the name of a city)
    for city in [c for c in cities() if c in set(rows["place"])]:
        lines.append((textwrap.fill(names[city], WRAP), None))
        for _, row in rows[rows["place"] == city].iterrows():
            whom = (
                ""
                if row["target_group"] in row["name"]
                else f", for {row['target_group']}"
            )
            lines.append(
                (
                    textwrap.fill(
                        row["name"].replace("“", "").replace("”", "") + whom, WRAP
                    ),
                    row,
                )
            )
    middles, total = stack_lines([text for text, _ in lines])
    marks = pd.DataFrame(
        [
            {
                "provider": list(providers).index(row["provider"]),
                "y": y,
                "city": names[row["place"]],
                "starts": starts[row["starts"]][0],
            }
            for y, (_, row) in zip(middles, lines)
            if row is not None
        ]
    )
    axis = axes(height=total * LINE + 0.9)
    for y in marks["y"]:
        axis.axhline(y, color=INK, linewidth=0.4, alpha=0.3)
    known = marks["starts"] != "not stated"
    sns.scatterplot(
        marks[known],
        x="provider",
        y="y",
        hue="city",
        style="starts",
        palette=colours,
        markers=dict(starts.values()),
        s=95,
        legend=False,
        zorder=3,
        ax=axis,
    )
    axis.scatter(
        marks.loc[~known, "provider"],
        marks.loc[~known, "y"],
        s=60,
        facecolor="none",
        edgecolor=marks.loc[~known, "city"].map(colours),
        linewidth=1.6,
        zorder=3,
    )
    axis.set(
        xlim=(-0.5, 3.5),
        ylim=(total, 0),
        xlabel="",
        ylabel="",
        xticks=range(4),
        xticklabels=providers.values(),
    )
    axis.tick_params(axis="x", length=0)
    axis.xaxis.tick_top()
    label_lines(axis, middles, [text for text, _ in lines])
    for label, (text, row) in zip(axis.get_yticklabels(), lines):
        label.set(
            weight="normal" if row is not None else "bold",
            color=INK if row is not None else colours[text.replace("\n", " ")],
        )
    used = [words for words in starts.values() if words[0] in set(marks["starts"])]
    handles = [
        plt.Line2D(
            [],
            [],
            color=INK,
            marker=marker,
            linestyle="",
            markersize=8,
            fillstyle="none" if label == "not stated" else "full",
            label=label,
        )
        for label, marker in used
    ]
    axis.figure.legend(
        handles=handles, loc="outside lower center", ncols=2, title="When it starts"
    )
    sns.despine(ax=axis, left=True, bottom=True)
    return axis
