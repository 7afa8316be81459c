"""All that a page needs to show indicators in any way: columns of texts, periods and rows, each text once."""

import pandas as pd

from fourcities.facts import about, country_of, observations, pattern_of, read
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

PERIODS = {"all": "all periods", "latest": "latest of each city"}
SORTS = {"report": "report order", "value": "value", "name": "name"}
VIEWS = {"bars": "bars", "table": "table", "profile": "profile"}


def page_data(indicators, label):
    """All that the page needs to show these indicators in any way: columns of texts, periods and rows, each text once."""
    table_of = read("indicators").set_index("indicator")
    relations = read("relations").set_index("relation")
    used = list(
        dict.fromkeys(
            relation
            for i in indicators
            for relation in table_of.at[i, "relate"].split()
        )
    )
    below = [relations.at[relation, "denominator"] for relation in used]
    places = all_cities()
    whole = any(
        relations.at[relation, "denominator_place"] for relation in used
    )  # then the countries' values are needed as well
    shown = places + (list(dict.fromkeys(map(country_of, places))) if whole else [])
    texts, periods = _Numbered(""), _Numbered()
    entries = [
        _indicator_entry(i, shown, texts, periods)
        for i in dict.fromkeys([*indicators, *filter(None, below)])
    ]
    years = sorted({(end or start)[:4] for _, start, end in periods.items} - {""})
    palette, countries = city_palette(), {}
    for place in places:
        countries.setdefault(country_of(place), []).append(place)
    flags = read("flags").set_index("flag")["label"]
    return {
        "kind": "indicators",
        "id": label,
        "title": "Explorer: "
        + (
            list_of(table_of.loc[indicators, "label"])
            if len(indicators) <= 6
            else "all indicators"
            if len(indicators) == len(table_of)
            else f"{len(indicators)} indicators"
        ),
        "choices": {
            "cities": [[p, name(p)] for p in places],
            "indicator": [[i, table_of.at[i, "label"]] for i in indicators],
            "relate": [
                ["absolute", "absolute"],
                *([r, relations.at[r, "label"]] for r in used),
            ],
            "period": [*map(list, PERIODS.items()), *([year, year] for year in years)],
            "sort": list(map(list, SORTS.items())),
            "view": list(map(list, VIEWS.items())),
        },
        "value": {
            "cities": places,
            "indicator": indicators[0],
            "relate": "absolute",
            "period": "all",
            "sort": "report",
            "view": "bars",
        },
        "places": shown,
        "names": [name(p) for p in shown],
        "colours": [palette[name(p)] for p in places],
        "country": {p: country_of(p) for p in places},
        "countries": [[name(c), members] for c, members in countries.items()],
        "relations": {
            r: [
                relations.at[r, "label"],
                relations.at[r, "pattern"],
                relations.at[r, "denominator"],
                relations.at[r, "denominator_place"],
                relations.at[r, "factor"],
                int(relations.at[r, "decimals"]),
            ]
            for r in used
        },
        "indicators": entries,
        "texts": texts.items,
        "periods": periods.items,
        "flags": flags.to_dict(),
        "where": pages(),
        "ledger": address_of(),
        "cite": credit(),
    }


class _Numbered:
    """Items by number, each kept once."""

    def __init__(self, *items):
        self.items, self.numbers = [], {}
        for item in items:
            self.add(item)

    def add(self, item):
        key = tuple(item) if isinstance(item, list) else item
        if key not in self.numbers:
            self.numbers[key] = len(self.items)
            self.items.append(item)
        return self.numbers[key]


def _indicator_entry(indicator, places, texts, periods):
    """One indicator for the page. A row is [place, value, period, printed or inputs, origin, cited, note, flag, qualifier, decimals more than usual, claim],
    cut after its last entry that is not 0; what is printed is left out where it is just the number."""
    info = about(indicator)
    sections = read("sections").set_index("section")["title"]
    computed = bool(info["numerator"])
    rows = []
    number = {place: n for n, place in enumerate(places)}
    stands = {}  # of all rows with the same table, section and source: looked up once
    for row in observations(indicator, places=places).to_dict("records"):
        place = (row["table"], row["section"], row["source"], row["added"])
        if place not in stands:
            stands[place] = list_of(origins(row)), works_cited(row)
        dates = [
            "" if pd.isna(row[end]) else f"{row[end]:%Y-%m-%d}"
            for end in ("period_start", "period_end")
        ]
        cells = [
            number[row["place"]],
            int(row["value"]) if row["value"] == int(row["value"]) else row["value"],
            periods.add([row["period"], *dates]),
        ]
        bare = f"{row['value']:,.{int(row['decimals'])}f}"
        cells.append(
            row["inputs"]
            if computed
            else 0
            if row["printed"] == bare
            else row["printed"]
        )
        cells += [
            texts.add(text)
            for text in (*stands[place], row["note"], row["flag"], row["qualifier"])
        ]
        cells += [int(row["decimals"] - info["decimals"]), texts.add(claim_of(row))]
        while not cells[-1]:
            cells.pop()
        rows.append(cells)
    return {
        "key": indicator,
        "label": info["label"],
        "group": f"{info['section']} {sections[info['section']]}",
        "pattern": pattern_of(info["unit"]),
        "decimals": int(info["decimals"]),
        "definition": info["definition"],
        "mind": info["comparability"],
        "relate": info["relate"].split(),
        "computed": computed,
        "rows": rows,
    }
