"""Tables of indicators and codes: values with period and origin, profiles, statements, recomputations."""

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    about,
    by_place,
    cities,
    fmt,
    lookup,
    observations,
    pattern_of,
    read,
    written,
)
from fourcities.facts import recompute as compare

from .citations import origins
from .names import name
from .notes import Notes, flag_note
from .tables import listed, table
from .words import list_of


def values_table(*indicators, label, caption=None, places=None, period="all"):
    """Values of indicators, one row for each place and period: value with unit, period, origin, flag with its reason.

    indicators: keys of indicators.csv; label: name to refer to it by; places: keys of places.csv, the cities unless given;
    period: as in `observations`. What to mind when comparing stands below.
    """
    rows = []
    for indicator in indicators:
        found = by_place(observations(indicator, places=places, period=period))
        for city in cities() if places is None else places:
            first = {"City": name(city)} | (
                {"Indicator": about(indicator)["label"]} if len(indicators) > 1 else {}
            )
            for row in found.get(city, []):
                rows.append(
                    first
                    | {
                        "Value": written(row),
                        "Period": row["period"],
                        "Printed or computed": row["printed"] or row["formula"],
                        "Flag and note": flag_note(row),
                    }
                )
            if city not in found:
                rows.append(
                    first
                    | {
                        "Value": "not reported",
                        "Period": "–",
                        "Printed or computed": "–",
                        "Flag and note": "none",
                    }
                )
    caption = (
        caption
        or f"{list_of([about(i)['label'] for i in indicators])}: values, periods and origin"
    )
    return table(
        pd.DataFrame(rows),
        caption,
        label,
        [
            Markup("<b>{}:</b> {}").format(about(i)["label"], about(i)["comparability"])
            for i in indicators
        ],
    )


def profile_table(*indicators, label, caption):
    """Indicators as rows, cities as columns: each cell a value with unit and period, flags explained below.

    indicators: keys of indicators.csv; several periods stand in one cell.
    """
    notes = Notes()
    records = []
    for indicator in indicators:
        found = by_place(observations(indicator))
        record = {"Indicator": about(indicator)["label"]}
        for city in cities():
            cells = [
                Markup("{}{}<br><small>{}</small>").format(
                    written(row),
                    notes.flag(row, row["label"], name(city)),
                    row["period"],
                )
                for row in found.get(city, [])
            ]
            record[name(city)] = (
                listed(cells)
                if cells
                else Markup('<span class="missing">not reported</span>')
            )
        records.append(record)
    rows = observations(*indicators)
    origin = list_of(
        sorted(
            {place for _, row in rows.iterrows() for place in origins(row)},
            key=lambda place: (place.split()[0] != "Table", place),
        )
    )
    return table(
        pd.DataFrame(records),
        caption,
        label,
        [
            *notes.lines(),
            f"From {origin} of the report; a period with ÷ marks a computed value: period of the one part ÷ period of the other.",
        ],
    )


def codings_table(*dimensions, label, caption):
    """What the report says in words: dimensions as rows, cities as columns, statements in our words with their section."""
    labels = lookup("dimensions", "label")
    records, notes = [], Notes()
    for dimension in dimensions:
        found = by_place(read("codings").query("dimension == @dimension"))
        record = {"Dimension": labels[dimension]}
        for city in cities():
            cells = [
                Markup("{}{} <small>({})</small>").format(
                    r["statement"],
                    notes.flag(r, labels[dimension], name(city)),
                    list_of(origins(r)).replace("Section ", "Section\u00a0"),
                )
                for r in found.get(city, [])
            ]
            record[name(city)] = (
                listed(cells)
                if cells
                else Markup('<span class="missing">not stated</span>')
            )
        records.append(record)
    return table(pd.DataFrame(records), caption, label, notes.lines())


def recompute_table(indicator, label):
    """A printed indicator beside its recomputation: inputs, result at the printed precision, and whether they agree.

    indicator: a derived indicator with `recomputes` set, such as "gdp_per_capita_computed".
    """
    rows = compare(indicator)
    info = about(about(indicator)["recomputes"])
    shown = pd.DataFrame(
        {
            "City": rows["city"],
            "Printed": rows["printed"],
            "Formula": rows["formula"],
            "Computed": [
                written(
                    {
                        "value": v,
                        "decimals": info["decimals"],
                        "pattern": pattern_of(info["unit"]),
                    }
                )
                for v in rows["rounded"]
            ],
            "Verdict": [
                "agrees" if a else f"differs by {fmt(d, info['decimals'])}"
                for a, d in zip(rows["agrees"], rows["difference"])
            ],
        }
    )
    return table(shown, f"{info['label']}: printed and recomputed", label)
