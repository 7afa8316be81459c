"""Observations, and what can be computed from them.

An indicator with a numerator in `data/indicators.csv` is derived; everything that shows an
indicator takes both kinds alike.
"""

from functools import lru_cache

import pandas as pd

from .indicators import about, related
from .package import lookup, read, state_of
from .periods import of_period, period_words
from .places import cities, upwards_from
from .ratios import derived_rows
from .units import round_as_printed


def observations(*indicators, places=None, relate="absolute", period="all"):
    """Values of one or more indicators, in the order asked for and then in the order of places.csv.

    indicators: keys of indicators.csv, observed or derived.
    places: keys of places.csv; the cities unless given.
    relate: "absolute", or a key of relations.csv that all these indicators allow: "per_1000" divides by residents.
    period: "all"; "latest" of each place; a year such as 2016, that of the period's last day; or "report", the values of the report,
    and for a place where it has none the latest that was added.
    Returns one row per value: indicator, label, place, city (the English name), country, value, decimals (as printed;
    as in indicators.csv if computed), unit, pattern (how the value is written with its unit), period (words), period_start, period_end,
    printed ("" if computed), qualifier ("about", "more than" …), footnote, table, section, source, flag, note, added (whether a source
    other than the report's gives it or a part of it), formula ("" if observed) and inputs (the formula with its values). The period of a computed value names both parts: "2017 ÷ end of 2016"; its tables and sections are
    those of its parts. A place without a value has no row: missing is not zero.
    Raises KeyError for an unknown indicator or place, ValueError for a relation that makes no sense for an indicator.
    """
    places = {
        place: n
        for n, place in enumerate(dict.fromkeys(cities() if places is None else places))
    }
    names, parents = lookup("places", "name"), lookup("places", "parent")
    for place in places:
        if place not in names:
            raise KeyError(
                f"unknown place {place!r}; data/places.csv has: {', '.join(names)}"
            )
    rows = pd.concat(
        [_rows_of(i, relate, state_of()) for i in indicators], ignore_index=True
    )
    rows = rows[rows["place"].isin(places)].copy()
    rows["first"], rows["second"] = (
        rows["indicator"].map(indicators.index),
        rows["place"].map(places),
    )
    rows = of_period(rows.sort_values(["first", "second", "period_start"]), period)
    rows["city"] = rows["place"].map(names)
    rows["country"] = rows["place"].map(
        {p: names[upwards_from(p, parents)[-1]] for p in places}
    )
    words = [
        period_words(a, b) for a, b in zip(rows["period_start"], rows["period_end"])
    ]
    rows["period"] = rows["period"].where(rows["formula"] != "", words)
    columns = [
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
    return rows[columns].reset_index(drop=True)


def value(indicator, place):
    """The value of an indicator for a place, as a plain number: the report's latest, or the latest added if it has none. Raises KeyError if none is there."""
    rows = observations(indicator, places=[place], period="report")
    if rows.empty:
        raise KeyError(f"{indicator!r} is not reported for {place!r}")
    return rows["value"].iloc[-1]


def recompute(indicator):
    """A printed indicator beside the same one computed from its parts.

    indicator: a derived indicator that names a printed one in its column `recomputes`.
    Returns one row per city: city, printed (wording), value (printed number), added (as in `observations`, for either of the two), formula,
    computed (full precision), rounded (to the printed decimals), difference (rounded - value), agrees (True if it is 0).
    Raises ValueError if the indicator recomputes nothing.
    """
    info = about(indicator)
    if not info["recomputes"]:
        raise ValueError(
            f"{indicator!r} recomputes no printed indicator: its column “recomputes” is empty"
        )
    printed, computed = (
        observations(i, period="report")
        .drop_duplicates("place", keep="last")
        .set_index("place")
        for i in (info["recomputes"], indicator)
    )
    both = printed[["city", "printed", "value", "added"]].join(
        computed[["formula", "value", "added"]].rename(
            columns={"value": "computed", "added": "part"}
        ),
        how="inner",
    )
    both["added"] |= both.pop("part")
    decimals = about(info["recomputes"])["decimals"]
    both["rounded"] = [round_as_printed(v, decimals) for v in both["computed"]]
    both["difference"] = (both["rounded"] - both["value"]).round(decimals)
    both["agrees"] = both["difference"] == 0
    return both.reset_index(drop=True)


@lru_cache(maxsize=100)
def _rows_of(indicator, relate, state):
    """All rows of an indicator, of any place; state: of the data files, as in `state_of`."""
    info = related(indicator, relate)
    if info["numerator"]:
        return derived_rows(info)
    rows = read("observations")
    return rows[rows["indicator"] == indicator].assign(
        label=info["label"], formula="", inputs="", period="", pattern=info["pattern"]
    )
