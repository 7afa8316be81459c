"""The drawing of the levels of government above and below each city."""

import textwrap

import matplotlib.pyplot as plt
import seaborn as sns

from fourcities.facts import cities, country_of, fmt, observations, read

from .matrices import blocks, stacked_axes
from .style import DRAWN, INK, city_palette


def levels_of_government():
    """Axes with the levels of government above and below each city, drawn from places.csv, codings.csv and the districts; a row of axes for each four cities, the first hundred of them.

    A city that is its own federal state fills both levels.
    """
    places = read("places").set_index("place")
    status = (
        read("codings")
        .query("dimension == 'administrative_status'")
        .drop_duplicates("place")
        .set_index("place")["category"]
    )
    districts = (
        observations("districts", period="report")
        .drop_duplicates("place", keep="last")
        .set_index("place")["value"]
    )
    colours, towns = city_palette(), cities()
    countries = list(dict.fromkeys(map(country_of, towns)))
    groups = blocks(
        sorted(towns[:DRAWN], key=lambda city: countries.index(country_of(city)))
    )
    panels = stacked_axes([5.4] * len(groups), towns)
    for axis, group in zip(panels, groups):
        _levels(axis, group, places, status, districts, colours)
    return panels


def _levels(axis, towns, places, status, districts, colours):
    levels = ["Country", "State,\nprovince", "City", "Districts"]
    countries = {}
    for x, city in enumerate(towns):
        countries.setdefault(country_of(city), []).append(x)
        parent = places.at[city, "parent"]
        own_state = places.at[parent, "kind"] == "country"
        colour = colours[places.at[city, "name"]]
        if not own_state:
            _box(axis, x, x, 2, 2, _named(places.loc[parent]), INK)
        label = (
            _named(places.loc[city])
            + "\n"
            + textwrap.fill(
                status.get(city, "status not stated"), 15, break_on_hyphens=False
            )
        )
        _box(axis, x, x, 2 if own_state else 1, 1, label, colour)
        count = (
            f"{fmt(districts[city])}\ndistrict{'' if districts[city] == 1 else 's'}"
            if city in districts
            else "not\nreported"
        )
        _box(axis, x, x, 0, 0, count, colour)
        for y in (1, 2) if not own_state else (1,):
            axis.plot([x, x], [y - 0.62, y - 0.38], color=INK, linewidth=1)
        axis.plot([x, x], [2.38, 2.62], color=INK, linewidth=1)
    for country, columns in countries.items():
        _box(axis, min(columns), max(columns), 3, 3, _named(places.loc[country]), INK)
    axis.set(
        xlim=(-0.5, len(towns) - 0.5),
        ylim=(-0.5, 3.5),
        yticks=range(4),
        yticklabels=levels[::-1],
        xticks=[],
    )
    axis.tick_params(length=0)
    sns.despine(ax=axis, left=True, bottom=True)


def _named(place):
    local = (
        place["local_name"] if place["local_name"] not in ("", place["name"]) else ""
    )
    return textwrap.fill(place["name"], 13, break_on_hyphens=False) + (
        f"\n{local}" if local else ""
    )


def _box(axis, left, right, top, bottom, text, colour):
    width, height = right - left + 0.92, top - bottom + 0.76
    axis.add_patch(
        plt.Rectangle(
            (left - 0.46, bottom - 0.38),
            width,
            height,
            facecolor="none",
            edgecolor=colour,
            linewidth=1.6,
        )
    )
    axis.text(
        (left + right) / 2,
        (top + bottom) / 2,
        text,
        ha="center",
        va="center",
        fontsize=10,
    )
