"""The key figures of a profile: a city among the others, its values and its ranks."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from fourcities.facts import (
    by_place,
    cities,
    lookup,
    observations,
    read,
    state_of,
    written,
)
from fourcities.presentation import city_palette, greys, list_of, name, table, when

from .frame import listed
from .origins import stands

# Sections with tables of the report, and from 5.1 the counts of organizations.
SECTIONS = ("2.1", "2.2", "2.3", "2.4")
ORGANIZATIONS = ("foundations", "social_organizations_registered")
# What the picture compares: size, density, wealth, newcomers, organizations.
COMPARED = (
    "population",
    "population_density",
    "gdp_per_capita",
    "foreigners_share",
    "foundations",
)
_, OTHERS = greys(["the city", "the others"]).values()  # colour of their bars


class Ranking(NamedTuple):
    """The cities by an indicator."""

    latest: dict[str, dict[str, Any]]  # the latest row of each city that has one
    values: list[float]  # theirs, from the smallest

    def rank(self, city: str) -> str:
        """The place of a city from the largest value: "2 of 4", with hard blanks.

        "only value" where there is none to compare it with.
        """
        count = len(self.values)
        if count == 1:
            return "only value"
        larger = count - bisect_right(self.values, self.latest[city]["value"])
        return f"{larger + 1}\u00a0of\u00a0{count}"


def key_figures(city: str) -> Markup:
    """A city among the others, its key figures, and what flags and gaps mean."""
    labels = lookup("indicators", "label")
    records: list[dict[str, str]] = []
    absent: list[str] = []
    flags = _flags_in_picture(city)
    for indicator in _indicators():
        ranking = _ranking(indicator, state_of())
        if city in ranking.latest:
            records.append(_record(labels[indicator], ranking, city))
            flags.append(ranking.latest[city]["flag"])
        else:
            absent.append(labels[indicator])
    caption = "Key figures; rank among the cities that report it, from the largest"
    figures = _table(records, caption, "key-figures")
    notes = Markup('<ul class="notes">{}</ul>').format(listed(_notes(flags, absent)))
    return _among_others(city) + figures + notes


def _among_others(city: str) -> Markup:
    """A picture: bars of the city, in its colour, and of the report's cities."""
    shown = _in_picture(city)
    records = [_compared(indicator, shown, city) for indicator in _drawn(city)]
    caption = f"{name(city)} among the cities"
    return _table(records, caption, "among") if records else Markup("")


def _in_picture(city: str) -> list[str]:
    """The cities of the picture: those of the report, and the city if it was added."""
    return list(dict.fromkeys([*cities("report"), city]))


def _drawn(city: str) -> list[str]:
    """The numbers of the picture that the city has."""
    return [key for key in COMPARED if city in _ranking(key, state_of()).latest]


def _flags_in_picture(city: str) -> list[str]:
    """The flags in the picture, those of the other cities too."""
    latest = [_ranking(indicator, state_of()).latest for indicator in _drawn(city)]
    return [
        rows[place]["flag"]
        for rows in latest
        for place in _in_picture(city)
        if place in rows
    ]


def _compared(indicator: str, shown: Iterable[str], city: str) -> dict[str, str]:
    """A row of the picture: an indicator, and value and bar of each city shown."""
    latest = _ranking(indicator, state_of()).latest
    rows = pd.DataFrame([latest[place] for place in shown if place in latest])
    own = latest[city]
    unit = lookup("units", "label")[own["unit"]]
    label = Markup("{} <small>{}, {}</small>").format(own["label"], unit, when(rows))
    cells: dict[str, str] = {"Indicator": label}
    for place in shown:
        cells[name(place)] = "not reported"
        if place in latest:
            length = 100 * latest[place]["value"] / rows["value"].max()
            colour = city_palette()[name(place)] if place == city else OTHERS
            cells[name(place)] = _number(latest[place]) + Markup(
                '<i style="inline-size:{:.0f}%;background:{}"></i>'
            ).format(length, colour)
    return cells


def _number(row: Mapping[str, Any]) -> Markup:
    """The value without its unit, and its flag."""
    return escape(written({**row, "pattern": "{}"})) + _flag(row)


def _flag(row: Mapping[str, Any]) -> Markup:
    return Markup("<sup>{}</sup>").format(row["flag"]) if row["flag"] else Markup("")


def _indicators() -> list[str]:
    """Those of a profile: of the report's tables, and counts of organizations."""
    indicators = read("indicators")
    wanted = indicators["section"].isin(SECTIONS) & (indicators["recomputes"] == "")
    return [*indicators.loc[wanted, "indicator"], *ORGANIZATIONS]


@lru_cache(maxsize=100)
def _ranking(indicator: str, state: object) -> Ranking:
    """The cities by an indicator; worked out once for all profiles."""
    latest = {
        place: rows[-1] for place, rows in by_place(observations(indicator)).items()
    }
    return Ranking(latest, sorted(row["value"] for row in latest.values()))


def _record(label: str, ranking: Ranking, city: str) -> dict[str, str]:
    """An indicator's row of the table."""
    row = ranking.latest[city]
    return {
        "Indicator": label,
        "Value": escape(written(row)) + _flag(row),
        "Period": row["period"],
        "From": "computed" if row["formula"] else stands(row),
        "Rank": ranking.rank(city),
    }


def _table(records: list[dict[str, str]], caption: str, label: str) -> Markup:
    return Markup(table(pd.DataFrame(records), caption, label).html)


def _notes(flags: Iterable[str], absent: list[str]) -> list[str]:
    """What each flag means, and which indicators are not reported."""
    labels = read("flags").set_index("flag")["label"]
    notes = [
        f"{flag} = {labels[flag]}: see the chapters for what differs."
        for flag in dict.fromkeys(flags)
        if flag
    ]
    if absent:
        notes.append(f"Not reported: {list_of(absent)}.")
    return notes
