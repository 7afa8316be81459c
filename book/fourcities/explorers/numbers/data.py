"""All that a page needs to show indicators in any way.

Rows refer to places, periods and texts by number, so that each stands in the page once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, cast

import pandas as pd

from fourcities.facts import (
    Observation,
    about,
    by_key,
    country_of,
    lookup,
    observations,
    pattern_of,
)
from fourcities.facts import cities as all_cities
from fourcities.presentation import (
    address_of,
    city_palette,
    claim_of,
    credit,
    list_of,
    name,
    origins,
    pages,
    works_cited,
)

from ..common.pieces import by_country, choices_of
from ..common.shapes import Choice
from .shapes import IndicatorEntry, NumbersPage, PackedRow, Period, Relation, Row

PERIODS = {"all": "all periods", "latest": "latest of each city"}
SORTS = {"report": "report order", "value": "value", "name": "name"}
VIEWS = {"bars": "bars", "table": "table", "profile": "profile"}
FEW_LABELS = 6  # that a title names one by one

Item = TypeVar("Item")


@dataclass(frozen=True)
class _Numbers:
    """The numbers by which rows refer to places, texts and periods."""

    places: dict[str, int]
    texts: dict[str, int]
    periods: dict[Period, int]

    def of_text(self, text: str) -> int:
        return _number(text, self.texts)

    def of_period(self, period: Period) -> int:
        return _number(period, self.periods)


def _number(item: Item, numbers: dict[Item, int]) -> int:
    """The number of an item, the next one if it is new."""
    return numbers.setdefault(item, len(numbers))


def page_data(indicators: Sequence[str], label: str) -> NumbersPage:
    """All that the page needs to show these indicators in any way.

    indicators: keys of indicators.csv; label: name to refer to the explorer by.
    """
    relations = _relations(indicators)
    cities = all_cities()
    country = {city: country_of(city) for city in cities}
    places = cities
    if any(relation.denominator_place for relation in relations.values()):
        # The values of the countries are needed as well.
        places = cities + list(dict.fromkeys(country.values()))
    numbers = _Numbers({place: n for n, place in enumerate(places)}, {"": 0}, {})
    below = [r.denominator for r in relations.values() if r.denominator]
    entries = [_entry(i, numbers) for i in dict.fromkeys([*indicators, *below])]
    palette = city_palette()
    return {
        "kind": "indicators",
        "id": label,
        "title": f"Explorer: {_subject(indicators)}",
        "choices": _choices(indicators, relations, numbers.periods),
        "value": {
            "cities": cities,
            "indicator": indicators[0],
            "relate": "absolute",
            "period": "all",
            "sort": "report",
            "view": "bars",
        },
        "places": places,
        "names": [name(place) for place in places],
        "colours": [palette[name(city)] for city in cities],
        "country": country,
        "countries": by_country(country),
        "relations": {key: [*relation] for key, relation in relations.items()},
        "indicators": entries,
        "texts": list(numbers.texts),
        "periods": [[*period] for period in numbers.periods],
        "flags": dict(lookup("flags", "label")),
        "where": pages(),
        "ledger": address_of(),
        "cite": credit(),
    }


def _relations(indicators: Iterable[str]) -> dict[str, Relation]:
    """What these indicators can be set against, by the keys of relations.csv."""
    allowed = lookup("indicators", "relate")
    used = [key for indicator in indicators for key in allowed[indicator].split()]
    relations = by_key("relations")
    return {
        key: Relation(
            label=relations[key]["label"],
            pattern=relations[key]["pattern"],
            denominator=relations[key]["denominator"],
            denominator_place=relations[key]["denominator_place"],
            factor=relations[key]["factor"],
            decimals=int(relations[key]["decimals"]),
        )
        for key in dict.fromkeys(used)
    }


def _subject(indicators: Sequence[str]) -> str:
    """What the explorer is about, for its title."""
    labels = lookup("indicators", "label")
    if len(indicators) <= FEW_LABELS:
        return list_of(labels[indicator] for indicator in indicators)
    if len(indicators) == len(labels):
        return "all indicators"
    return f"{len(indicators)} indicators"


def _choices(
    indicators: Iterable[str],
    relations: dict[str, Relation],
    periods: Iterable[Period],
) -> dict[str, list[Choice]]:
    """What can be picked: pairs of key and label."""
    labels = lookup("indicators", "label")
    years = {(period.end or period.start)[:4] for period in periods}
    dated = sorted(years - {""})
    return {
        "cities": [[city, name(city)] for city in all_cities()],
        "indicator": [[indicator, labels[indicator]] for indicator in indicators],
        "relate": [
            ["absolute", "absolute"],
            *([key, relation.label] for key, relation in relations.items()),
        ],
        "period": [*choices_of(PERIODS), *([year, year] for year in dated)],
        "sort": choices_of(SORTS),
        "view": choices_of(VIEWS),
    }


def _entry(indicator: str, numbers: _Numbers) -> IndicatorEntry:
    """One indicator for the page."""
    info = about(indicator)
    section = info["section"]
    return {
        "key": indicator,
        "label": info["label"],
        "group": f"{section} {lookup('sections', 'title')[section]}",
        "pattern": pattern_of(info["unit"]),
        "decimals": int(info["decimals"]),
        "definition": info["definition"],
        "mind": info["comparability"],
        "relate": info["relate"].split(),
        "computed": bool(info["numerator"]),
        "rows": _rows(indicator, info["decimals"], numbers),
    }


def _rows(indicator: str, decimals: int, numbers: _Numbers) -> list[PackedRow]:
    """The rows of an indicator. decimals: those that it usually has."""
    rows = observations(indicator, places=list(numbers.places)).to_dict("records")
    # Of all rows with the same table, section and source: looked up once.
    stands: dict[tuple[object, ...], tuple[str, str]] = {}
    packed = []
    for row in cast("list[Observation]", rows):
        place = (row["table"], row["section"], row["source"], row["added"])
        if place not in stands:
            stands[place] = list_of(origins(row)), works_cited(row)
        origin, cited = stands[place]
        value = row["value"]
        full = Row(
            place=numbers.places[row["place"]],
            value=int(value) if value == int(value) else value,
            period=numbers.of_period(_period(row)),
            wording=_wording(row),
            origin=numbers.of_text(origin),
            cited=numbers.of_text(cited),
            note=numbers.of_text(row["note"]),
            flag=numbers.of_text(row["flag"]),
            qualifier=numbers.of_text(row["qualifier"]),
            more_decimals=int(row["decimals"] - decimals),
            claim=numbers.of_text(claim_of(row)),
        )
        packed.append(_packed(full))
    return packed


def _period(row: Observation) -> Period:
    return Period(row["period"], _day(row["period_start"]), _day(row["period_end"]))


def _day(date: pd.Timestamp) -> str:
    """A day as "2016-12-31", "" where it is not stated."""
    return "" if pd.isna(date) else f"{date:%Y-%m-%d}"


def _wording(row: Observation) -> str | Literal[0]:
    """How a value came about: computed from what, or printed how.

    It is 0 where what is printed is just the number.
    """
    if row["formula"]:
        return row["inputs"]
    just_the_number = f"{row['value']:,.{int(row['decimals'])}f}"
    return 0 if row["printed"] == just_the_number else row["printed"]


def _packed(row: Row) -> PackedRow:
    """A row as the page gets it, cut after its last entry that is not 0."""
    cells: PackedRow = [*row]
    while not cells[-1]:
        cells.pop()
    return cells
