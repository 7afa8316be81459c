"""Derived values: numerator / denominator x factor, worked out each time, never stored.

Each numerator goes over the denominator that lies nearest to it in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, cast

import pandas as pd

from .indicators import about
from .package import lookup, read
from .periods import period_words
from .places import cities, upwards_from
from .shapes import Indicator, ObservedRow, State, ValueRow
from .state import state_of
from .units import fine, pattern_of, written

# The observed values of each indicator.
Observed: TypeAlias = "dict[str, list[ObservedRow]]"

GRAVEST_FIRST = "ubde"  # the letters of flags.csv


@dataclass(frozen=True)
class Fraction:
    """The observed values that a derived one is worked out from."""

    top: ObservedRow
    bottom: ObservedRow
    less: ObservedRow | None  # what is taken from the denominator, if anything

    @property
    def parts(self) -> list[ObservedRow]:
        return [self.top, self.bottom, *([] if self.less is None else [self.less])]

    @property
    def denominator(self) -> float:
        less = 0 if self.less is None else self.less["value"]
        return self.bottom["value"] - less

    @property
    def quotient(self) -> float:
        return self.top["value"] / self.denominator


@dataclass(frozen=True)
class Wording:
    """What all values of a derived indicator are worded with, looked up once."""

    labels: dict[str, str]  # of the indicators of the parts
    patterns: dict[str, str]  # of the units of the parts


def derived_rows(info: pd.Series[Any]) -> pd.DataFrame:
    """All values of a derived indicator.

    info: its row, as `related` gives it. The columns are those of ValueRow, the ones of
    observations.csv first.
    """
    indicator = _as_indicator(info)
    observed = _in_time(state_of())
    wording = _wording(indicator, observed)
    rows = [
        _ratio(indicator, fraction, wording)
        for fraction in _fractions(indicator, observed)
    ]
    worded = ["label", "period", "pattern", "formula", "inputs"]
    columns = [*read("observations").columns, *worded]
    return pd.DataFrame(rows, columns=columns)


def fractions(info: pd.Series[Any]) -> list[Fraction]:
    """What each value of a derived indicator is worked out from.

    info: as for `derived_rows`, and in the order of its rows.
    """
    return list(_fractions(_as_indicator(info), _in_time(state_of())))


def _as_indicator(info: pd.Series[Any]) -> Indicator:
    return cast(Indicator, {"indicator": info.name, **info.to_dict()})


@lru_cache(maxsize=2)
def _in_time(state: State) -> Observed:
    """The observed values of each indicator, the earliest first."""
    rows = read("observations").sort_values("period_start", kind="stable")
    observed: Observed = {}
    for row in cast(list[ObservedRow], rows.to_dict("records")):
        observed.setdefault(row["indicator"], []).append(row)
    return observed


def _wording(info: Indicator, observed: Observed) -> Wording:
    keys = [info["numerator"], info["denominator"], info["denominator_less"]]
    parts = [key for key in keys if key]
    units = {row["unit"] for part in parts for row in observed.get(part, [])}
    return Wording(
        labels={part: about(part)["label"] for part in parts},
        patterns={unit: pattern_of(unit) for unit in units},
    )


def _fractions(info: Indicator, observed: Observed) -> Iterator[Fraction]:
    """Each numerator with the denominator that lies nearest in time."""
    bottoms = _by_place(observed, info["denominator"])
    lesses = _by_place(observed, info["denominator_less"])
    towns, parents = set(cities()), lookup("places", "parent")
    of_country = info["denominator_place"] == "country"
    for top in observed.get(info["numerator"], []):
        if of_country and top["place"] not in towns:
            continue  # a country is no share of itself
        place = upwards_from(top["place"], parents)[-1] if of_country else top["place"]
        if place not in bottoms:
            continue
        bottom = _nearest(bottoms[place], top)
        less = None
        if info["denominator_less"]:
            if place not in lesses:
                continue
            less = _nearest(lesses[place], bottom)
        fraction = Fraction(top, bottom, less)
        if fraction.denominator > 0:  # a ratio to nothing is not computable
            yield fraction


def _by_place(observed: Observed, indicator: str) -> dict[str, list[ObservedRow]]:
    places: dict[str, list[ObservedRow]] = {}
    for row in observed.get(indicator, []):
        places.setdefault(row["place"], []).append(row)
    return places


def _nearest(candidates: list[ObservedRow], top: ObservedRow) -> ObservedRow:
    """Of several denominators, the one whose period ends nearest to the numerator's.

    The last one if undated. The report's own go with each other.
    """
    if not top["added"] and not all(row["added"] for row in candidates):
        candidates = [row for row in candidates if not row["added"]]
    dated = [row for row in candidates if pd.notna(row["period_end"])]
    if pd.isna(top["period_end"]) or not dated:
        return candidates[-1]
    return min(dated, key=lambda row: abs(row["period_end"] - top["period_end"]))


def _ratio(info: Indicator, fraction: Fraction, wording: Wording) -> ValueRow:
    """The derived value of a fraction, with its formula in words and every doubt."""
    top, parts = fraction.top, fraction.parts
    value = fraction.quotient * info["factor"]
    periods = [period_words(row["period_start"], row["period_end"]) for row in parts]
    formula, inputs = _in_words(info, fraction, periods, wording)
    flag, note = _doubts(fraction, periods)
    decimals = info["decimals"]
    if info.get("fine"):
        decimals = fine(value, decimals)
    any_qualifier = any(row["qualifier"] for row in parts)
    of_report = [row for row in parts if not row["added"]]
    added = [row for row in parts if row["added"]]
    in_text = {row["section"] for row in of_report if not row["table"]}
    tables = {row["table"] for row in of_report if row["table"]}
    return {
        "indicator": info["indicator"],
        "label": info["label"],
        "place": top["place"],
        "period_start": top["period_start"],
        "period_end": top["period_end"],
        "value": value,
        "decimals": decimals,
        "unit": info["unit"],
        "pattern": info["pattern"],
        "printed": "",
        "section": " ".join(sorted(in_text)),
        "qualifier": top["qualifier"] or ("about" if any_qualifier else ""),
        "table": " ".join(sorted(tables)),
        "footnote": "",
        "source": " ".join(dict.fromkeys(row["source"] for row in added)),
        "added": bool(added),
        "flag": flag,
        "note": note,
        "formula": formula,
        "inputs": inputs,
        "period": " ÷ ".join(dict.fromkeys(periods[:2])),
    }


def _in_words(
    info: Indicator, fraction: Fraction, periods: list[str], wording: Wording
) -> tuple[str, str]:
    """The formula with the names and periods of its parts, and the same with values."""
    names = [wording.labels[row["indicator"]] for row in fraction.parts]
    if fraction.top["place"] != fraction.bottom["place"]:
        names[1] += " of the country"
    amounts = [
        written({**row, "pattern": wording.patterns[row["unit"]]})
        for row in fraction.parts
    ]
    words = [f"{name} ({period})" for name, period in zip(names, periods)]
    inputs = [
        f"{name}, {period}: {amount}"
        for name, period, amount in zip(names, periods, amounts)
    ]
    factor = info["factor"]
    times = f" × {factor:,.0f}" if factor != 1 else ""
    return _divided(words) + times, _divided(inputs) + times


def _divided(parts: list[str]) -> str:
    top, bottom, *less = parts
    return f"{top} ÷ ({bottom} − {less[0]})" if less else f"{top} ÷ {bottom}"


def _doubts(fraction: Fraction, periods: list[str]) -> tuple[str, str]:
    """The gravest flag of the parts, and their notes; unlike years are a doubt too."""
    parts = fraction.parts
    days = [fraction.top["period_end"], fraction.bottom["period_end"]]
    years = {day.year for day in days if pd.notna(day)}
    letters = {row["flag"] for row in parts}
    notes = [row["note"] for row in parts if row["flag"] and row["note"]]
    if len(years) > 1:
        letters.add("d")
        notes.append(
            f"The figures refer to different times: {' and '.join(periods[:2])}."
        )
    flag = next((letter for letter in GRAVEST_FIRST if letter in letters), "")
    return flag, " ".join(notes)
