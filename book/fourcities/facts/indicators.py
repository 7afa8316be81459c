"""Indicators: their rows of indicators.csv, as they are or set against something.

What they are set against is in relations.csv.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

import pandas as pd

from .package import read
from .shapes import State
from .state import state_of
from .units import pattern_of


def about(indicator: str) -> pd.Series[Any]:
    """The row of indicators.csv for an indicator.

    Parameters
    ----------
    indicator : str
        Key of indicators.csv.

    Returns
    -------
    Series
        A fresh copy, its name the key, its cells by column: label, unit, decimals and
        so on (`Indicator` in the module `shapes` lists them).

    Raises
    ------
    KeyError
        If the indicator is unknown.

    Examples
    --------
    >>> from fourcities.facts import about
    >>> about("population")["label"]
    'Total population'
    """
    indicators = _indicators(state_of())
    if indicator not in indicators.index:
        raise KeyError(
            f"unknown indicator {indicator!r}; "
            f"data/indicators.csv has: {', '.join(indicators.index)}"
        )
    return cast("pd.Series[Any]", indicators.loc[indicator]).copy()


@lru_cache(maxsize=2)
def _indicators(state: State) -> pd.DataFrame:
    return read("indicators").set_index("indicator")


def related(indicator: str, relate: str = "absolute") -> pd.Series[Any]:
    """The row of an indicator as it is after setting it against something.

    That is a derived indicator, made from relations.csv.

    Parameters
    ----------
    indicator : str
        Key of indicators.csv.
    relate : str
        A key of relations.csv that the indicator allows; "absolute" gives the row of
        indicators.csv, with its pattern.

    Returns
    -------
    Series
        As from `about`, with the pattern of its values, and `fine` (True) if it is made
        from relations.csv.

    Raises
    ------
    KeyError
        For an unknown indicator.
    ValueError
        For a relation that it does not allow.
    """
    info = about(indicator)
    info["pattern"] = pattern_of(info["unit"])
    if relate == "absolute":
        return info
    allowed = info["relate"].split()
    if relate not in allowed:
        raise ValueError(
            f"{indicator!r} can't be shown {relate!r}; "
            f"data/indicators.csv allows: {', '.join(['absolute', *allowed])}"
        )
    relation = read("relations").set_index("relation").loc[relate]
    info["numerator"] = indicator
    info["denominator"] = relation["denominator"] or indicator
    info["label"] += f", {relation['label']}"
    info["pattern"] = relation["pattern"].replace("{unit}", info["pattern"])
    info["unit"] = " ".join(info["pattern"].replace("{}", "").split())
    for column in ("denominator_place", "factor", "decimals"):
        info[column] = relation[column]
    info["fine"] = True
    return info


def formula(indicator: str) -> str:
    """How a derived indicator is worked out, in words.

    Parameters
    ----------
    indicator : str
        Key of indicators.csv.

    Returns
    -------
    str
        The labels of its parts with signs; where one indicator of a city is divided by
        the same one of its country, whose is whose. "" if the indicator is observed.

    Raises
    ------
    KeyError
        For an unknown indicator.

    Examples
    --------
    >>> import fourcities as fc
    >>> print(fc.formula("population_density"))
    Total population ÷ Area
    >>> print(fc.formula("population_share_computed"))
    Total population of the city ÷ Total population of the country × 100
    """
    info = about(indicator)
    if not info["numerator"]:
        return ""
    above, below = (
        about(info["numerator"])["label"],
        about(info["denominator"])["label"],
    )
    if info["denominator_place"] == "country":
        above, below = f"{above} of the city", f"{below} of the country"
    if info["denominator_less"]:
        below = f"({below} − {about(info['denominator_less'])['label']})"
    times = f" × {info['factor']:,.0f}" if info["factor"] != 1 else ""
    return f"{above} ÷ {below}{times}"
