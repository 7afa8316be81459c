"""Derived values: numerator / denominator x factor, worked out each time and never stored.

Each numerator goes over the denominator that lies nearest to it in time.
"""

import pandas as pd

from .indicators import about
from .package import lookup, read
from .periods import period_words
from .places import by_place, cities, upwards_from
from .units import fine, pattern_of, written


def derived_rows(info):
    """All values of a derived indicator: each numerator over the denominator that lies nearest in time."""
    observed = read("observations").sort_values("period_start", kind="stable")
    above = observed[observed["indicator"] == info["numerator"]]
    rows, towns, parents = [], set(cities()), lookup("places", "parent")
    parts = [
        i
        for i in (info["numerator"], info["denominator"], info["denominator_less"])
        if i
    ]
    labels = {i: about(i)["label"] for i in parts}
    patterns = {
        unit: pattern_of(unit)
        for unit in observed.loc[observed["indicator"].isin(parts), "unit"].unique()
    }
    below_of, less_of = (
        by_place(observed[observed["indicator"] == info[part]])
        for part in ("denominator", "denominator_less")
    )
    for top in above.to_dict("records"):
        if top["place"] not in towns and info["denominator_place"] == "country":
            continue  # a country is no share of itself
        where = (
            upwards_from(top["place"], parents)[-1]
            if info["denominator_place"] == "country"
            else top["place"]
        )
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
    return pd.DataFrame(
        rows,
        columns=[*observed.columns, "label", "period", "pattern", "formula", "inputs"],
    )


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
    inputs = [
        f"{name}, {period}: {amount}"
        for name, period, amount in zip(names, periods, amounts)
    ]
    below, below_inputs = (
        part[1] if less is None else f"({part[1]} − {part[2]})"
        for part in (words, inputs)
    )
    years = [
        part["period_end"].year for part in parts[:2] if pd.notna(part["period_end"])
    ]
    mixed = len(set(years)) > 1
    letters = "".join(part["flag"] for part in parts) + ("d" if mixed else "")
    flag = next(
        (letter for letter in "ubde" if letter in letters), ""
    )  # the gravest first
    notes = [part["note"] for part in parts if part["flag"] and part["note"]]
    if mixed:
        notes.append(f"Divides a figure of {periods[0]} by one of {periods[1]}.")
    return {
        "indicator": info.name,
        "label": info["label"],
        "place": top["place"],
        "period_start": top["period_start"],
        "period_end": top["period_end"],
        "value": value,
        "decimals": fine(value, info["decimals"])
        if info.get("fine")
        else info["decimals"],
        "unit": info["unit"],
        "pattern": info["pattern"],
        "printed": "",
        "section": " ".join(
            sorted(
                {
                    part["section"]
                    for part in parts
                    if not part["table"] and not part["added"]
                }
            )
        ),
        "qualifier": top["qualifier"]
        or ("about" if any(part["qualifier"] for part in parts) else ""),
        "table": " ".join(
            sorted(
                {part["table"] for part in parts if part["table"] and not part["added"]}
            )
        ),
        "footnote": "",
        "source": " ".join(
            dict.fromkeys(part["source"] for part in parts if part["added"])
        ),
        "added": any(part["added"] for part in parts),
        "flag": flag,
        "note": " ".join(notes),
        "formula": f"{words[0]} ÷ {below}{times}",
        "inputs": f"{inputs[0]} ÷ {below_inputs}{times}",
        "period": " ÷ ".join(dict.fromkeys(periods[:2])),
    }
