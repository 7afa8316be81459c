"""The views of the explorer of indicators as HTML: bars, table and profile."""

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Value, fine, fmt, observations, read, related, written
from fourcities.facts import cities as all_cities
from fourcities.presentation import (
    FEW,
    city_palette,
    claim_of,
    link_to,
    list_of,
    marked,
    name,
    observed,
    origins,
    some,
    table,
    works_cited,
)

from ..common.pieces import NOT_REPORTED, flag_cell, in_parts, mind_list


def values_view(explorer):
    """Bars or table: a row for each city and period."""
    picks = explorer.value
    info = related(picks["indicator"], picks["relate"])
    rows = explorer.frame()
    found = set(rows["place"])
    absent = [place for place in picks["cities"] if place not in found]
    if picks["sort"] == "name":
        absent.sort(key=name)
    bars, computed = picks["view"] == "bars", bool(info["numerator"])
    low, high, palette = (
        min([0, *rows["value"]]),
        max([0, *rows["value"]]),
        city_palette(),
    )
    records = []
    for _, row in rows.iterrows():
        shown = Markup("{}").format(written(row))
        record = {"City": row["city"]}
        if bars:
            shown = Markup("{}{}{}").format(
                _bar(row["value"], low, high, palette[row["city"]]),
                shown,
                Markup("<br><small>{}</small>").format(row["inputs"])
                if computed
                else "",
            )
        record["Value"] = shown
        if not bars:
            record["Computed from" if computed else "As printed"] = (
                row["inputs"] if computed else marked(row["printed"])
            )
        record["Period"] = row["period"]
        if not bars:
            record["Where it stands"] = "; ".join(
                filter(None, [list_of(origins(row)), works_cited(row)])
            )
        record["Flag and note"] = flag_cell(
            row, bars, _claim_behind(row, picks["relate"])
        )
        records.append(record)
    columns = [
        "City",
        "Value",
        *([] if bars else ["Computed from" if computed else "As printed"]),
        "Period",
        *([] if bars else ["Where it stands"]),
        "Flag and note",
    ]
    elsewhen = (
        set(observations(picks["indicator"], places=absent)["place"])
        if absent and picks["period"] != "all"
        else ()
    )
    records += [
        dict.fromkeys(columns, "–")
        | {
            "City": name(place),
            "Value": Markup('<span class="missing">none of {}</span>').format(
                picks["period"]
            )
            if place in elsewhen
            else NOT_REPORTED,
        }
        for place in absent
    ]
    lines, period = _minds(rows, info)
    caption = f"{info['label']}, {period}" if period else info["label"]
    if not records:
        return mind_list(lines) + Markup('<p class="missing">No city is picked.</p>')
    return mind_list(lines) + in_parts(
        pd.DataFrame(records, columns=columns), caption, f"{explorer.data['id']}-table"
    )


def _bar(value, low, high, colour):
    """A bar from zero, in percent of the span from the least to the greatest value."""
    span = (high - low) or 1
    return Markup(
        '<span class="bar"><i style="margin-inline-start:{:.2f}%;inline-size:{:.2f}%;background:{}"></i></span>'
    ).format((min(value, 0) - low) / span * 100, abs(value) / span * 100, colour)


def _claim_behind(row, relate):
    """The claim about the flag of a row; where the row is set against something, that of the first part with a flag."""
    if relate == "absolute":
        return claim_of(row)
    parts = [
        part
        for i, place in observed(Value(row["indicator"], relate, row["place"], ""))
        for _, part in observations(i, places=[place]).iterrows()
    ]
    return next((claim_of(part) for part in parts if part["flag"]), "")


def _minds(rows, info):
    """What to mind when comparing the rows shown (unlike periods, flags, the indicator's own caution), and the period that they share."""
    periods = {
        place: list(dict.fromkeys(group["period"]))
        for place, group in rows.groupby("place", sort=False)
    }
    differ, lines = len(set(map(tuple, periods.values()))) > 1, []
    if differ:
        each = [
            f"{name(place)} {' and '.join(periods[place])}"
            for place in all_cities()
            if place in periods
        ]
        lines.append(
            f"The periods differ: {list_of(each)}."
            if len(each) <= FEW
            else "The periods differ from city to city: each row has its own."
        )
    for letter, label in read("flags").set_index("flag")["label"].items():
        found = list(dict.fromkeys(rows.loc[rows["flag"] == letter, "city"]))
        if found:
            lines.append(f"{letter}, {label}: {some(found)}.")
    shared = (
        ""
        if rows.empty
        else "periods differ"
        if differ
        else list_of(next(iter(periods.values())))
    )
    return [*lines, f"{info['definition']} {info['comparability']}"], shared


def profile_view(explorer):
    """All indicators of the explorer for the picked cities: the latest value of each, with the ratio to the first city."""
    picked = explorer.value["cities"]
    if not picked:
        return '<p class="missing">No city is picked.</p>'
    records = []
    for indicator, label in explorer.data["choices"]["indicator"]:
        latest = (
            observations(indicator, places=picked)
            .drop_duplicates("place", keep="last")
            .set_index("place", drop=False)
        )
        record = {"Indicator": label}
        for place in picked:
            if place not in latest.index:
                record[name(place)] = NOT_REPORTED
                continue
            row, first = latest.loc[place], latest["value"].get(picked[0])
            ratio = ""
            if place != picked[0] and first and row["value"]:
                times = row["value"] / first
                ratio = Markup("<br><small>{} × {}</small>").format(
                    fmt(times, fine(times, 2)), name(picked[0])
                )
            mark = ""
            if row["flag"] or row["note"]:
                words = (
                    f": {read('flags').set_index('flag')['label'][row['flag']]}"
                    if row["flag"]
                    else ""
                )
                mark = Markup(
                    ' <details class="flag"><summary>{}<span class="sr-only">{}</span></summary>{}{}</details>'
                ).format(
                    row["flag"] or "note",
                    words,
                    marked(row["note"]),
                    link_to(claim_of(row)),
                )
            record[name(place)] = Markup("{}{}<br><small>{}</small>{}").format(
                written(row), mark, row["period"], ratio
            )
        records.append(record)
    caption = f"Latest value of each indicator, with the ratio to {name(picked[0])}"
    note = "A letter at a value is a flag: open it for the reason. Each value has its own period; a ratio of values with unlike periods or definitions is rough."
    return table(
        pd.DataFrame(records), caption, f"{explorer.data['id']}-table", [note]
    ).html
