"""How far a computed value moves if a figure from outside the report is put in.

A figure from `data/outside_figures.csv` can stand in for a printed value of the same
indicator, place and unit, and of the same time or of none that is stated. Every value
that rests on such a one is worked out again: with each figure, and with all together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, cast

import pandas as pd

from .indicators import about, related
from .package import lookup, read
from .periods import period_words
from .ratios import Fraction, fractions
from .shapes import Cells, ObservedRow, State
from .state import state_of
from .values import observations

# What tells one value from another, and what says more about it.
VALUE = ["indicator", "relation", "place", "period"]
ABOUT = ["indicator", "label", "relation", "place", "city", "period", "value"]
STYLE = ["decimals", "pattern", "varies", "figures"]


@dataclass(frozen=True)
class Figure:
    """A value that can be put in for a printed one; the printed one itself first."""

    value: float  # in the unit of the printed one
    indicator: str  # key of the printed one's indicator
    key: str = ""  # of outside_figures.csv; "" for the printed value


# What can be put in for a printed value, by the value's indicator, place and period.
Others: TypeAlias = dict[tuple[str, str, str], list[Figure]]


def alternatives(*indicators: str) -> pd.DataFrame:
    """Computed values worked out again with figures from outside the report.

    Parameters
    ----------
    *indicators : str
        Keys of indicators.csv: derived ones, or observed ones that relations.csv sets
        against something. All of them if none is given.

    Returns
    -------
    DataFrame
        One row for each value and each choice of figures, the one with the printed
        values first: indicator, label, relation (key of relations.csv, "" for none),
        place, city, period (words), value (in the unit), decimals, pattern, varies (the
        indicators for which another figure is put in, separated by blanks, "" for
        none) and figures (their keys in outside_figures.csv).

    Raises
    ------
    KeyError
        For an unknown indicator.
    """
    for indicator in indicators:
        about(indicator)
    asked = [
        indicator
        for indicator in lookup("indicators", "label")
        if indicator in indicators or not indicators
    ]
    rows = [row for one in asked for row in _alternatives_of(one, state_of())]
    return pd.DataFrame(rows, columns=[*ABOUT, *STYLE])


def ranges(*indicators: str) -> pd.DataFrame:
    """Between which bounds a computed value lies, whichever figure is put in.

    Parameters
    ----------
    *indicators : str
        As for `alternatives`.

    Returns
    -------
    DataFrame
        One row for each value that an outside figure would change: indicator, label,
        relation, place, city, period, value (with the printed values), low and high
        (the least and the greatest, the one with the printed values among them),
        decimals, pattern, varies (the indicators for which there is another figure,
        separated by blanks), figures (keys of outside_figures.csv) and source (the
        addresses of these). A value that no outside figure would change has no row.

    Raises
    ------
    KeyError
        For an unknown indicator.

    Examples
    --------
    >>> import fourcities as fc
    >>> found = fc.ranges("gdp_per_capita_computed").set_index("place")
    >>> found.loc["cologne", ["low", "high"]].astype(int).tolist()
    [61811, 63017]
    >>> found.loc["berlin", "figures"]
    'berlin-population-update'
    """
    table = alternatives(*indicators)
    address = read("outside_figures").set_index("figure")["address"]
    rows = []
    for _, found in table.groupby(VALUE, sort=False):
        figures = _words_of(found["figures"])
        seen = dict.fromkeys(address[figure] for figure in figures)
        rows.append(
            {
                **found.iloc[0].to_dict(),
                "low": found["value"].min(),
                "high": found["value"].max(),
                "varies": " ".join(_words_of(found["varies"])),
                "figures": " ".join(figures),
                "source": " ".join(seen),
            }
        )
    return pd.DataFrame(rows, columns=[*ABOUT, "low", "high", *STYLE, "source"])


def _words_of(cells: pd.Series[Any]) -> list[str]:
    """The words of all cells, each once."""
    return list(dict.fromkeys(word for cell in cells for word in cell.split()))


@lru_cache(maxsize=256)
def _alternatives_of(indicator: str, state: State) -> list[dict[str, object]]:
    """The rows of `alternatives` for an indicator, once for each state of the data."""
    info, others = about(indicator), _other_figures(state)
    relations = [""] if info["numerator"] else info["relate"].split()
    return [
        row
        for relation in relations
        for row in _alternatives_by(indicator, relation, others)
    ]


def _alternatives_by(
    indicator: str, relation: str, others: Others
) -> Iterator[dict[str, object]]:
    """The rows of `alternatives` for an indicator, as it is or by a relation."""
    relate = relation or "absolute"
    info = related(indicator, relate)
    moved = [
        fraction
        for fraction in fractions(info)
        if any(_key(part) in others for part in fraction.parts)
    ]
    if not moved:
        return
    places = read("places")["place"]
    shown = observations(indicator, places=places, relate=relate)
    by_value = shown.set_index(["place", "period_start", "period_end"])
    for fraction in moved:
        choices = [
            [Figure(part["value"], part["indicator"]), *others.get(_key(part), [])]
            for part in fraction.parts
        ]
        top = fraction.top
        key = (top["place"], top["period_start"], top["period_end"])
        row = by_value.loc[[key]].iloc[0]
        for picked in itertools.product(*choices):
            put_in = [figure for figure in picked if figure.key]
            yield {
                "indicator": indicator,
                "label": row["label"],
                "relation": relation,
                "place": top["place"],
                "city": row["city"],
                "period": row["period"],
                "value": _with(fraction, picked).quotient * info["factor"],
                "decimals": row["decimals"],
                "pattern": row["pattern"],
                "varies": " ".join(figure.indicator for figure in put_in),
                "figures": " ".join(figure.key for figure in put_in),
            }


def _with(fraction: Fraction, figures: tuple[Figure, ...]) -> Fraction:
    """A fraction with other values for its parts, in the order of its parts."""
    parts = [
        cast(ObservedRow, {**part, "value": figure.value})
        for part, figure in zip(fraction.parts, figures)
    ]
    return Fraction(parts[0], parts[1], parts[2] if fraction.less else None)


@lru_cache(maxsize=2)
def _other_figures(state: State) -> Others:
    """The outside figures that can stand in for a printed value and differ from it."""
    rows = cast(list[ObservedRow], read("observations").to_dict("records"))
    found: Others = {}
    for _, figure in read("outside_figures").iterrows():
        for row in rows:
            if figure["value"] != row["value"] and comparable(figure, row):
                other = Figure(figure["value"], row["indicator"], figure["figure"])
                found.setdefault(_key(row), []).append(other)
    return found


def _key(row: ObservedRow) -> tuple[str, str, str]:
    """What tells a printed value from others: indicator, place and period in words."""
    period = period_words(row["period_start"], row["period_end"])
    return row["indicator"], row["place"], period


def comparable(figure: Cells, row: Cells) -> bool:
    """Whether an outside figure can stand in for a printed value.

    Parameters
    ----------
    figure : Series or dict
        A row of outside_figures.csv.
    row : Series or dict
        A row of observations.csv.

    Returns
    -------
    bool
        True if a source gives the figure for the same indicator, place and unit, and
        for the same time; a printed value without a time excludes none.
    """
    same = (
        figure["indicator"] == row["indicator"]
        and figure["place"] == row["place"]
        and figure["unit"] == row["unit"]
    )
    return same and figure["kind"] == "source" and _same_time(figure, row)


def _same_time(figure: Cells, row: Cells) -> bool:
    """Whether a figure is of a value's time; a value without a time excludes none."""
    if pd.isna(row["period_start"]) and pd.isna(row["period_end"]):
        return True
    same_start = bool(figure["period_start"] == row["period_start"])
    return same_start and bool(figure["period_end"] == row["period_end"])
