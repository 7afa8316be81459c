"""Observations, and what can be computed from them.

An indicator with a numerator in `data/indicators.csv` is derived: numerator / denominator x factor, worked out
here each time, never stored. Everything that shows an indicator takes both kinds alike.
"""

import re
from functools import lru_cache

import pandas as pd

from .data import lookup, read, state_of
from .units import fine, pattern_of, round_as_printed, written


def cities(status=None):
    """Keys of the cities, in the order of places.csv. status: "report" for those that the report is about, "added" for the others; all if not given."""
    places = read("places")
    return list(places.loc[(places["kind"] == "city") & (places["status"].eq(status) if status else True), "place"])


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
    places = {place: n for n, place in enumerate(dict.fromkeys(cities() if places is None else places))}
    names, parents = lookup("places", "name"), lookup("places", "parent")
    for place in places:
        if place not in names:
            raise KeyError(f"unknown place {place!r}; data/places.csv has: {', '.join(names)}")
    rows = pd.concat([_rows_of(i, relate, state_of()) for i in indicators], ignore_index=True)
    rows = rows[rows["place"].isin(places)].copy()
    rows["first"], rows["second"] = rows["indicator"].map(indicators.index), rows["place"].map(places)
    rows = _of_period(rows.sort_values(["first", "second", "period_start"]), period)
    rows["city"] = rows["place"].map(names)
    rows["country"] = rows["place"].map({p: names[_above(p, parents)[-1]] for p in places})
    words = [period_words(a, b) for a, b in zip(rows["period_start"], rows["period_end"])]
    rows["period"] = rows["period"].where(rows["formula"] != "", words)
    columns = ["indicator", "label", "place", "city", "country", "value", "decimals", "unit", "pattern", "period", "period_start", "period_end",
               "printed", "qualifier", "footnote", "table", "section", "source", "flag", "note", "added", "formula", "inputs"]
    return rows[columns].reset_index(drop=True)


def _of_period(rows, period):
    """The rows of a period, as `observations` describes it; rows: sorted by indicator, place and time."""
    if period == "report":
        own = set(zip(rows["indicator"][~rows["added"]], rows["place"][~rows["added"]]))
        has_own = [pair in own for pair in zip(rows["indicator"], rows["place"])]
        return rows[~rows["added"] | ~pd.Series(has_own, rows.index, dtype=bool) & ~rows.duplicated(["indicator", "place"], keep="last")]
    if period == "latest":
        return rows.drop_duplicates(["indicator", "place"], keep="last")
    if period == "all":
        return rows
    if not re.fullmatch(r"\d{4}", str(period)):
        raise ValueError(f"unknown period {period!r}; there are: all, latest, report, or a year such as 2016")
    return rows[year_of(rows) == int(period)]


def year_of(rows):
    """The year of each row's period: that of its last day, or of its first where it is open; NaN if none is stated."""
    return rows["period_end"].fillna(rows["period_start"]).dt.year


def value(indicator, place):
    """The value of an indicator for a place, as a plain number: the report's latest, or the latest added if it has none. Raises KeyError if none is there."""
    rows = observations(indicator, places=[place], period="report")
    if rows.empty:
        raise KeyError(f"{indicator!r} is not reported for {place!r}")
    return rows["value"].iloc[-1]


def about(indicator):
    """The row of indicators.csv for `indicator`, as a Series. Raises KeyError if it is unknown."""
    indicators = _indicators(state_of())
    if indicator not in indicators.index:
        raise KeyError(f"unknown indicator {indicator!r}; data/indicators.csv has: {', '.join(indicators.index)}")
    return indicators.loc[indicator].copy()


@lru_cache(maxsize=2)
def _indicators(state):
    return read("indicators").set_index("indicator")


def related(indicator, relate="absolute"):
    """The row of an indicator as it is after setting it against something: a derived indicator, made from relations.csv.

    relate: a key of relations.csv that the indicator allows; "absolute" gives the row of indicators.csv, with its pattern.
    Raises KeyError for an unknown indicator, ValueError for a relation that it does not allow.
    """
    info = about(indicator)
    info["pattern"] = pattern_of(info["unit"])
    if relate == "absolute":
        return info
    if relate not in info["relate"].split():
        raise ValueError(f"{indicator!r} can't be shown {relate!r}; data/indicators.csv allows: {', '.join(['absolute', *info['relate'].split()])}")
    relation = read("relations").set_index("relation").loc[relate]
    info["numerator"], info["denominator"] = indicator, relation["denominator"] or indicator
    info["label"] += f", {relation['label']}"
    info["pattern"] = relation["pattern"].replace("{unit}", info["pattern"])
    info["unit"] = " ".join(info["pattern"].replace("{}", "").split())
    for column in ("denominator_place", "factor", "decimals"):
        info[column] = relation[column]
    info["fine"] = True
    return info


def places_above(place):
    """Keys of `place` and of every place above it, up to its country."""
    return _above(place, lookup("places", "parent"))


def _above(place, parents):
    line = [place]
    while parents[line[-1]]:
        line.append(parents[line[-1]])
    return line


def country_of(place):
    """Key of the country that `place` lies in."""
    return places_above(place)[-1]


def period_words(start, end):
    """A period in words: "2016", "end of 2016", "2005–2014", "since 2012", "until 2020", or "year not stated"."""
    if pd.isna(start) and pd.isna(end):
        return "year not stated"
    if pd.isna(start):
        return f"until {end.year}"
    if pd.isna(end):
        return f"since {start.year}" if start.month == 1 else f"since {start:%B %Y}"
    if start == end:
        return f"end of {end.year}" if (end.month, end.day) == (12, 31) else f"{end:%Y-%m-%d}"
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if not whole_years:
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


def recompute(indicator):
    """A printed indicator beside the same one computed from its parts.

    indicator: a derived indicator that names a printed one in its column `recomputes`.
    Returns one row per city: city, printed (wording), value (printed number), added (as in `observations`, for either of the two), formula,
    computed (full precision), rounded (to the printed decimals), difference (rounded - value), agrees (True if it is 0).
    Raises ValueError if the indicator recomputes nothing.
    """
    info = about(indicator)
    if not info["recomputes"]:
        raise ValueError(f"{indicator!r} recomputes no printed indicator: its column “recomputes” is empty")
    printed, computed = (observations(i, period="report").drop_duplicates("place", keep="last").set_index("place") for i in (info["recomputes"], indicator))
    both = printed[["city", "printed", "value", "added"]].join(computed[["formula", "value", "added"]].rename(columns={"value": "computed", "added": "part"}), how="inner")
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
        return _derive(info)
    rows = read("observations")
    return rows[rows["indicator"] == indicator].assign(label=info["label"], formula="", inputs="", period="", pattern=info["pattern"])


def _derive(info):
    """All values of a derived indicator: each numerator over the denominator that lies nearest in time."""
    observed = read("observations").sort_values("period_start", kind="stable")
    above = observed[observed["indicator"] == info["numerator"]]
    rows, towns, parents = [], set(cities()), lookup("places", "parent")
    parts = [i for i in (info["numerator"], info["denominator"], info["denominator_less"]) if i]
    labels = {i: about(i)["label"] for i in parts}
    patterns = {unit: pattern_of(unit) for unit in observed.loc[observed["indicator"].isin(parts), "unit"].unique()}
    below_of, less_of = (by_place(observed[observed["indicator"] == info[part]]) for part in ("denominator", "denominator_less"))
    for top in above.to_dict("records"):
        if top["place"] not in towns and info["denominator_place"] == "country":
            continue  # a country is no share of itself
        where = _above(top["place"], parents)[-1] if info["denominator_place"] == "country" else top["place"]
        if where not in below_of:
            continue
        bottom = _nearest(below_of[where], top)
        less = None
        if info["denominator_less"]:
            if where not in less_of:
                continue
            less = _nearest(less_of[where], bottom)
        if bottom["value"] - (0 if less is None else less["value"]) == 0:
            continue  # a ratio to nothing is not reported
        rows.append(_ratio(info, top, bottom, less, labels, patterns))
    return pd.DataFrame(rows, columns=[*observed.columns, "label", "period", "pattern", "formula", "inputs"])


def by_place(rows):
    """The rows of each place, each a dictionary: {place: list of rows}."""
    places = {}
    for row in rows.to_dict("records"):
        places.setdefault(row["place"], []).append(row)
    return places


def _nearest(candidates, top):
    """Of several denominators, the one whose period ends nearest to the numerator's; the last one if undated. The report's own go with each other."""
    if not top["added"] and not all(row["added"] for row in candidates):
        candidates = [row for row in candidates if not row["added"]]
    dated = [row for row in candidates if pd.notna(row["period_end"])]
    if pd.isna(top["period_end"]) or not dated:
        return candidates[-1]
    return min(dated, key=lambda row: abs(row["period_end"] - top["period_end"]))


def _ratio(info, top, bottom, less, labels, patterns):
    factor = info["factor"]
    parts = [top, bottom] + ([] if less is None else [less])
    names = [labels[part["indicator"]] for part in parts]
    names[1] += " of the country" if top["place"] != bottom["place"] else ""
    periods = [period_words(part["period_start"], part["period_end"]) for part in parts]
    values = [part["value"] for part in parts]
    if less is not None:
        values[1] -= less["value"]
    value = values[0] / values[1] * factor
    times = f" × {factor:,.0f}" if factor != 1 else ""
    words = [f"{name} ({period})" for name, period in zip(names, periods)]
    amounts = [written({**part, "pattern": patterns[part["unit"]]}) for part in parts]
    inputs = [f"{name}, {period}: {amount}" for name, period, amount in zip(names, periods, amounts)]
    below, below_inputs = (part[1] if less is None else f"({part[1]} − {part[2]})" for part in (words, inputs))
    years = [part["period_end"].year for part in parts[:2] if pd.notna(part["period_end"])]
    mixed = len(set(years)) > 1
    letters = "".join(part["flag"] for part in parts) + ("d" if mixed else "")
    flag = next((letter for letter in "ubde" if letter in letters), "")  # the gravest first
    notes = [part["note"] for part in parts if part["flag"] and part["note"]]
    if mixed:
        notes.append(f"Divides a figure of {periods[0]} by one of {periods[1]}.")
    return {
        "indicator": info.name, "label": info["label"], "place": top["place"], "period_start": top["period_start"], "period_end": top["period_end"],
        "value": value, "decimals": fine(value, info["decimals"]) if info.get("fine") else info["decimals"], "unit": info["unit"], "pattern": info["pattern"],
        "printed": "", "section": " ".join(sorted({part["section"] for part in parts if not part["table"] and not part["added"]})),
        "qualifier": top["qualifier"] or ("about" if any(part["qualifier"] for part in parts) else ""),
        "table": " ".join(sorted({part["table"] for part in parts if part["table"] and not part["added"]})), "footnote": "",
        "source": " ".join(dict.fromkeys(part["source"] for part in parts if part["added"])), "added": any(part["added"] for part in parts), "flag": flag, "note": " ".join(notes), "formula": f"{words[0]} ÷ {below}{times}", "inputs": f"{inputs[0]} ÷ {below_inputs}{times}",
        "period": " ÷ ".join(dict.fromkeys(periods[:2])),
    }
