"""Observations, and what can be computed from them.

An indicator with a numerator in `data/indicators.csv` is derived; everything that shows
an indicator takes both kinds alike.
"""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from .indicators import about, related
from .package import lookup, read
from .periods import of_period, period_words
from .places import cities, upwards_from
from .ratios import derived_rows
from .shapes import State
from .state import state_of
from .units import round_as_printed

# The columns of `observations`, in their order.
COLUMNS = [
    "indicator",
    "label",
    "place",
    "city",
    "country",
    "value",
    "decimals",
    "unit",
    "pattern",
    "period",
    "period_start",
    "period_end",
    "printed",
    "qualifier",
    "footnote",
    "table",
    "section",
    "source",
    "flag",
    "note",
    "added",
    "formula",
    "inputs",
]


def observations(
    *indicators: str,
    places: Iterable[str] | None = None,
    relate: str = "absolute",
    period: str | int = "all",
) -> pd.DataFrame:
    """Values of one or more indicators for some places.

    Parameters
    ----------
    *indicators : str
        Keys of indicators.csv, observed or derived.
    places : iterable of str, optional
        Keys of places.csv; the cities unless given.
    relate : str
        "absolute", or a key of relations.csv that all these indicators allow:
        "per_1000" divides by residents.
    period : str or int
        "all"; "latest" of each place; a year such as 2016, that of the period's last
        day; or "report", the values of the report, and for a place where it has none
        the latest that was added.

    Returns
    -------
    DataFrame
        One row per value, in the order of the indicators and places asked for and then
        of time, with the columns of `Observation`: indicator, label, place, city (the
        English name), country, value, decimals (as printed; as in indicators.csv if
        computed), unit, pattern (how the value is written with its unit), period
        (words), period_start, period_end, printed ("" if computed), qualifier ("about",
        "more than" …), footnote, table, section, source, flag, note, added (whether a
        source other than the report's gives it or a part of it), formula ("" if
        observed) and inputs (the formula with its values). The period of a computed
        value names both parts: "2017 ÷ end of 2016"; its tables and sections are those
        of its parts. A place without a value has no row: missing is not zero.

    Raises
    ------
    KeyError
        For an unknown indicator or place.
    ValueError
        For an unknown period, or a relation that makes no sense for an indicator.

    Examples
    --------
    >>> import fourcities as fc
    >>> rows = fc.observations("population_density", places=["cologne"])
    >>> print(rows["formula"].iloc[0])
    Total population (end of 2016) ÷ Area (year not stated)
    """
    asked = list(dict.fromkeys(cities() if places is None else places))
    names = lookup("places", "name")
    for place in asked:
        if place not in names:
            raise KeyError(
                f"unknown place {place!r}; data/places.csv has: {', '.join(names)}"
            )
    return _observations(indicators, tuple(asked), relate, period, state_of()).copy()


@lru_cache(maxsize=1024)
def _observations(
    indicators: tuple[str, ...],
    places: tuple[str, ...],
    relate: str,
    period: str | int,
    state: State,
) -> pd.DataFrame:
    """What `observations` gives, once for each state of the data."""
    of_each = [_rows_of(indicator, relate, state) for indicator in indicators]
    rows = of_each[0] if len(of_each) == 1 else pd.concat(of_each, ignore_index=True)
    first = rows["indicator"].map(indicators.index)
    second = rows["place"].map({place: n for n, place in enumerate(places)})
    rows = rows.assign(first=first, second=second)[second.notna()]
    rows = of_period(rows.sort_values(["first", "second", "period_start"]), period)
    return rows[COLUMNS].reset_index(drop=True)


def value(indicator: str, place: str) -> float:
    """The value of an indicator for a place, as a plain number.

    Parameters
    ----------
    indicator : str
        Key of indicators.csv.
    place : str
        Key of places.csv.

    Returns
    -------
    float
        The report's latest value, or the latest added if it has none, in the
        indicator's unit.

    Raises
    ------
    KeyError
        If none is there.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.fmt(fc.value("population", "cologne"))
    '1,061,000'
    """
    rows = observations(indicator, places=[place], period="report")
    if rows.empty:
        raise KeyError(f"{indicator!r} is not reported for {place!r}")
    return float(rows["value"].iloc[-1])


def recompute(indicator: str) -> pd.DataFrame:
    """A printed indicator beside the same one computed from its parts.

    Parameters
    ----------
    indicator : str
        A derived indicator that names a printed one in its column `recomputes`.

    Returns
    -------
    DataFrame
        One row per city: city, printed (wording), value (printed number), added (as in
        `observations`, for either of the two), formula, computed (full precision),
        rounded (to the printed decimals), difference (rounded - value), agrees (True
        if it is 0).

    Raises
    ------
    ValueError
        If the indicator recomputes nothing.
    """
    recomputed = about(indicator)["recomputes"]
    if not recomputed:
        raise ValueError(
            f"{indicator!r} recomputes no printed indicator: "
            "its column “recomputes” is empty"
        )
    printed = _last_of_each_place(recomputed)[["city", "printed", "value", "added"]]
    computed = _last_of_each_place(indicator)[["formula", "value", "added"]]
    computed = computed.rename(columns={"value": "computed", "added": "part_added"})
    both = printed.join(computed, how="inner")
    both["added"] |= both.pop("part_added")
    decimals = about(recomputed)["decimals"]
    both["rounded"] = [round_as_printed(v, decimals) for v in both["computed"]]
    both["difference"] = (both["rounded"] - both["value"]).round(decimals)
    both["agrees"] = both["difference"] == 0
    return both.reset_index(drop=True)


def _last_of_each_place(indicator: str) -> pd.DataFrame:
    """The report's last value of each city, or the last added; by key of the place."""
    rows = observations(indicator, period="report")
    return rows.drop_duplicates("place", keep="last").set_index("place")


@lru_cache(maxsize=100)
def _rows_of(indicator: str, relate: str, state: State) -> pd.DataFrame:
    """All rows of an indicator, of any place, with the columns of `observations`."""
    names, parents = lookup("places", "name"), lookup("places", "parent")
    info = related(indicator, relate)
    if info["numerator"]:
        rows = derived_rows(info)
    else:
        rows = read("observations")
        rows = rows[rows["indicator"] == indicator].assign(
            label=info["label"], formula="", inputs="", pattern=info["pattern"]
        )
        rows["period"] = [
            period_words(start, end)
            for start, end in zip(rows["period_start"], rows["period_end"])
        ]
    countries = {place: upwards_from(place, parents)[-1] for place in names}
    rows["city"] = rows["place"].map(names)
    rows["country"] = rows["place"].map(countries).map(names)
    return rows
