"""The choices of the workbench, completed and checked, and what they draw."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypedDict

import pandas as pd

from fourcities.facts import about, lookup, observations, read
from fourcities.facts import cities as all_cities
from fourcities.presentation import list_of, name

from ..common.base import PickError

CHARTS = {
    "bars": "Bars",
    "dots": "Dots",
    "scatter": "Scatter",
    "composition": "Composition",
}

# Parts of a whole, in no city's colour: white text and both grounds stand out from
# each.
SHADES = [
    "#6d6d6d",
    "#2a7f7a",
    "#8a5a9e",
    "#3f7f33",
    "#9c4f6f",
    "#786a1c",
]

FITTING_SHARES = (
    "choose shares of one whole, such as Services with Industry and construction"
)


class Picks(TypedDict):
    """What is chosen in the workbench, complete and valid."""

    cities: list[str]  # keys of places.csv, in the order of the data
    indicators: list[str]  # keys of indicators.csv, in the order to draw
    relate: str  # "absolute" or a key of relations.csv
    chart: str  # a key of CHARTS


def complete_choices(picks: Mapping[str, Any]) -> Picks:
    """The picks as keys: cities in the order of the data, each choice once.

    picks: as Picks, but cities may be English names. Raises PickError for an unknown
    choice.
    """
    known_cities, labels = all_cities(), lookup("indicators", "label")
    _check_list(picks, "cities", known_cities[0])
    _check_list(picks, "indicators", next(iter(labels)))
    keys = {name(place): place for place in known_cities}
    chosen = [
        one_choice_of(keys.get(city, city), known_cities, "city")
        for city in picks["cities"]
    ]
    indicators = [
        one_choice_of(indicator, labels, "indicator")
        for indicator in dict.fromkeys(picks["indicators"])
    ]
    _check_relation(picks["relate"], indicators)
    return {
        "cities": [place for place in known_cities if place in chosen],
        "indicators": indicators,
        "relate": picks["relate"],
        "chart": one_choice_of(picks["chart"], CHARTS, "chart"),
    }


def _check_list(picks: Mapping[str, Any], key: str, example: str) -> None:
    """Raise PickError if one text is given where a list of texts belongs."""
    if isinstance(picks[key], str):
        raise PickError(
            f"{key} must be a list, such as [{example!r}]; it is {picks[key]!r}"
        )


def _check_relation(relate: str, indicators: Sequence[str]) -> None:
    """Raise PickError unless all of some indicators can be set against this."""
    relations = relations_of(indicators)
    if relate not in relations:
        one_choice_of(relate, ["absolute", *read("relations")["relation"]], "relation")
        raise PickError(
            f"{list_of(_labels_of(indicators)) or 'no indicator'} can't be shown "
            f"{relate!r}; valid here: {', '.join(relations)}"
        )


def one_choice_of(pick: str, options: Collection[str], what: str) -> str:
    """The pick itself. Raises PickError, with the options, if it is none of them."""
    if pick not in options:
        raise PickError(f"unknown {what}: {pick!r}; there are: {', '.join(options)}")
    return pick


def relations_of(indicators: Sequence[str]) -> dict[str, str]:
    """The relations that all of some indicators allow.

    Such as {"absolute": "absolute", "per_1000": "per 1,000 residents"}.
    """
    relations = {"absolute": "absolute"}
    if len(indicators):
        allowed = [about(indicator)["relate"].split() for indicator in indicators]
        for key, label in lookup("relations", "label").items():
            if all(key in own for own in allowed):
                relations[key] = label
    return relations


def _labels_of(indicators: Sequence[str]) -> list[str]:
    labels = lookup("indicators", "label")
    return [labels[indicator] for indicator in indicators]


def drawable_values(picks: Picks) -> pd.DataFrame:
    """The rows to draw, with the columns of `observations`.

    Raises PickError if these picks can't be drawn as this chart.
    """
    indicators, chart = picks["indicators"], picks["chart"]
    _check_numbers(picks)
    rows = observations(*indicators, places=picks["cities"], relate=picks["relate"])
    if chart == "composition":
        _check_shares(rows, indicators)
    for indicator in indicators:
        if indicator not in set(rows["indicator"]):
            raise PickError(_no_value(indicator, picks))
    if chart == "scatter" and not rows_of_both(rows, indicators):
        raise PickError(
            "scatter needs a city with a value of each; no chosen city has both "
            f"{list_of(_labels_of(indicators))}"
        )
    return rows


def _check_numbers(picks: Picks) -> None:
    """Raise PickError for fewer or more cities or indicators than a chart needs."""
    cities, indicators = picks["cities"], picks["indicators"]
    if not cities:
        known = list_of(map(name, all_cities()))
        raise PickError(f"no city is chosen; choose from: {known}")
    if not indicators:
        example = next(iter(lookup("indicators", "label").values()))
        raise PickError(
            "no indicator is chosen; choose one of data/indicators.csv, such as "
            f"{example}"
        )
    if picks["chart"] == "scatter" and len(indicators) != 2:
        found = "only" if len(indicators) < 2 else "not"
        raise PickError(
            "scatter needs exactly two indicators, one for each axis; "
            f"{found} {list_of(_labels_of(indicators))}"
        )


def _no_value(indicator: str, picks: Picks) -> str:
    """Why an indicator can't be drawn that no chosen city has."""
    (label,) = _labels_of([indicator])
    rows = observations(indicator, relate=picks["relate"])
    having = list_of(dict.fromkeys(rows["city"]))
    return (
        f"{label} has no value for {list_of(map(name, picks['cities']))}; "
        f"cities that have one: {having or 'none'}"
    )


def _check_shares(rows: pd.DataFrame, indicators: Sequence[str]) -> None:
    """Raise PickError unless the rows can be stacked as parts of a whole."""
    labels = _labels_of(indicators)
    others = [
        label
        for indicator, label in zip(indicators, labels)
        if about(indicator)["unit"] != "percent"
    ]
    if others or set(rows["unit"]) - {"percent"}:
        raise PickError(
            "composition stacks shares in percent; not a share: "
            f"{list_of(others or labels)}. Instead {FITTING_SHARES}"
        )
    if not 2 <= len(indicators) <= len(SHADES):
        raise PickError(
            f"composition stacks at least two shares and at most {len(SHADES)}; "
            f"{len(indicators)} chosen. Instead {FITTING_SHARES}"
        )
    beyond = [f"{total:g}% in {city}" for city, total in totals_of(rows) if total > 100]
    if beyond:
        raise PickError(
            f"composition stacks parts of one whole, but {list_of(labels)} "
            f"add up to {list_of(beyond)}. Instead {FITTING_SHARES}"
        )


def totals_of(rows: pd.DataFrame) -> list[tuple[str, float]]:
    """The sum of the latest values of each city, with one decimal."""
    sums = latest_rows(rows).groupby("city", sort=False)["value"].sum().round(1)
    return list(zip(sums.index, sums))


def latest_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The last row of each indicator and place; rows: in the order of time."""
    return rows.drop_duplicates(["indicator", "place"], keep="last")


def rows_of_both(rows: pd.DataFrame, indicators: Sequence[str]) -> list[list[float]]:
    """Values of two indicators for the cities that have both, as two lists.

    An empty list if there is no such city.
    """
    table = latest_rows(rows).pivot(index="city", columns="indicator", values="value")
    wide = table.reindex(columns=list(indicators)).dropna()
    if wide.empty:
        return []
    return [list(wide[indicator]) for indicator in indicators]
