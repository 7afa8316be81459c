"""The views of the explorer of indicators as HTML: bars, table and profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    Cells,
    Value,
    by_place,
    lookup,
    observations,
    related,
    written,
)
from fourcities.facts import cities as all_cities
from fourcities.presentation import (
    FEW,
    NOT_REPORTED,
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

from ..common.pieces import NO_CITY, flag_cell, in_parts, mind_list
from .shapes import NumberPicks

PROFILE_NOTE = (
    "A letter at a value is a flag: open it for the reason. "
    "The bars of an indicator have one scale; "
    "where periods or definitions differ they compare roughly."
)


# ---------- bars and table


def values_view(rows: pd.DataFrame, picks: NumberPicks, label: str) -> Markup:
    """Bars or table: a row for each city and period, and what to mind above them.

    rows: as `observations` gives them, of the indicator that is picked, in the order
    to be shown; label: name of the table.
    """
    info = related(picks["indicator"], picks["relate"])
    period, minds = _minds(rows, info)
    if not picks["cities"]:
        return mind_list(minds) + NO_CITY
    computed = bool(info["numerator"])
    claims = [_claim_behind(row, picks["relate"]) for _, row in rows.iterrows()]
    if picks["view"] == "bars":
        records = _bars(rows, computed, claims)
        columns = ["City", "Value", "Period", "Flag and note"]
    else:
        wording = "Computed from" if computed else "As printed"
        records = _table_rows(rows, wording, claims)
        columns = ["City", "Value", wording, "Period"]
        columns += ["Where it stands", "Flag and note"]
    records += _absent(set(rows["place"]), picks, columns)
    caption = f"{info['label']}, {period}" if period else info["label"]
    frame = pd.DataFrame(records, columns=columns)
    return mind_list(minds) + in_parts(frame, caption, label)


def _bars(
    rows: pd.DataFrame, computed: bool, claims: Iterable[str]
) -> list[dict[str, str]]:
    """The rows of the bars. claims: behind the flag of each."""
    palette = city_palette()
    least, greatest = min([0, *rows["value"]]), max([0, *rows["value"]])
    records = []
    for (_, row), claim in zip(rows.iterrows(), claims):
        inputs: str = ""
        if computed:
            inputs = Markup("<br><small>{}</small>").format(row["inputs"])
        bar = _bar("bar", row["value"], least, greatest, palette[row["city"]])
        records.append(
            {
                "City": row["city"],
                "Value": Markup("{}{}{}").format(bar, written(row), inputs),
                "Period": row["period"],
                "Flag and note": flag_cell(row, True, claim),
            }
        )
    return records


def _bar(kind: str, value: float, least: float, greatest: float, colour: str) -> Markup:
    """A bar from zero, in percent of the span from the least to the greatest value.

    kind: its class, "bar" for one in its own row and "bars" for several side by side.
    """
    span = (greatest - least) or 1
    start, size = min(value, 0) - least, abs(value)
    return Markup(
        '<span class="{}"><i style="margin-inline-start:{:.2f}%;'
        'inline-size:{:.2f}%;background:{}"></i></span>'
    ).format(kind, start / span * 100, size / span * 100, colour)


def _table_rows(
    rows: pd.DataFrame, wording: str, claims: Iterable[str]
) -> list[dict[str, str]]:
    """The rows of the table. wording: the heading of how a value came about."""
    records = []
    for (_, row), claim in zip(rows.iterrows(), claims):
        stands = filter(None, [list_of(origins(row)), works_cited(row)])
        records.append(
            {
                "City": row["city"],
                "Value": Markup("{}").format(written(row)),
                wording: row["inputs"] if row["formula"] else marked(row["printed"]),
                "Period": row["period"],
                "Where it stands": "; ".join(stands),
                "Flag and note": flag_cell(row, False, claim),
            }
        )
    return records


def _absent(
    found: set[str], picks: NumberPicks, columns: Sequence[str]
) -> list[dict[str, str]]:
    """Rows of the picked cities without a value. found: those that have one."""
    absent = [place for place in picks["cities"] if place not in found]
    if picks["sort"] == "name":
        absent.sort(key=name)
    elsewhen: set[str] = set()
    if absent and picks["period"] != "all":
        elsewhen = set(observations(picks["indicator"], places=absent)["place"])
    no_such_period = Markup('<span class="missing">none of {}</span>').format(
        picks["period"]
    )
    records = []
    for place in absent:
        record: dict[str, str] = dict.fromkeys(columns, "–")
        record["City"] = name(place)
        record["Value"] = no_such_period if place in elsewhen else NOT_REPORTED
        records.append(record)
    return records


def _claim_behind(row: Cells, relate: str) -> str:
    """The claim about the flag of a row.

    Where the row is set against something, that of the first part with a flag.
    """
    if relate == "absolute":
        return claim_of(row)
    for indicator, place in observed(Value(row["indicator"], relate, row["place"], "")):
        for _, part in observations(indicator, places=[place]).iterrows():
            if part["flag"]:
                return claim_of(part)
    return ""


def _minds(rows: pd.DataFrame, info: Cells) -> tuple[str, list[str]]:
    """The period that the rows share, and what to mind when comparing them.

    That is unlike periods, flags, and the caution of the indicator itself.
    rows: as `observations` gives them; info: the indicator, as `related` gives it.
    """
    periods = {
        str(place): list(dict.fromkeys(group["period"]))
        for place, group in rows.groupby("place", sort=False)
    }
    caution = f"{info['definition']} {info['comparability']}"
    if not periods:
        return "", [caution]
    shared, *others = periods.values()
    if all(other == shared for other in others):
        return list_of(shared), [*_flags(rows), caution]
    return "periods differ", [_unlike(periods), *_flags(rows), caution]


def _unlike(periods: Mapping[str, Sequence[str]]) -> str:
    """That the periods of the places differ, and how. periods: {place: periods}."""
    if len(periods) > FEW:
        return "The periods differ from city to city: each row has its own."
    each = [
        f"{name(place)} {' and '.join(periods[place])}"
        for place in all_cities()
        if place in periods
    ]
    return f"The periods differ: {list_of(each)}."


def _flags(rows: pd.DataFrame) -> list[str]:
    """For each flag of the rows a line with its label and the cities that have it."""
    lines = []
    for letter, label in lookup("flags", "label").items():
        flagged = rows.loc[rows["flag"] == letter, "city"]
        if len(flagged):
            lines.append(f"{letter}, {label}: {some(list(dict.fromkeys(flagged)))}.")
    return lines


# ---------- profile


def profile_view(
    indicators: Mapping[str, str], cities: Sequence[str], label: str
) -> str:
    """The latest value of each indicator, with a bar: small multiples of one kind.

    indicators: {key: label}; cities: keys of places.csv; label: name of the table.
    """
    if not cities:
        return NO_CITY
    records = [
        _profile_row(indicator, words, cities)
        for indicator, words in indicators.items()
    ]
    caption = "Latest value of each indicator, with a bar to compare the cities"
    return table(pd.DataFrame(records), caption, label, [PROFILE_NOTE]).html


def _profile_row(indicator: str, words: str, cities: Sequence[str]) -> dict[str, str]:
    """The latest value of an indicator for each city: {name: HTML}.

    A period that all values share stands at the indicator, else at each value.
    """
    rows = by_place(observations(indicator, places=cities))
    latest = {place: mine[-1] for place, mine in rows.items()}
    periods = {row["period"] for row in latest.values()}
    values = [0, *(row["value"] for row in latest.values())]
    shared = _small(periods.pop()) if len(periods) == 1 else ""
    cells: dict[str, str] = {"Indicator": Markup("{}{}").format(words, shared)}
    palette = city_palette()
    for place in cities:
        if place not in latest:
            cells[name(place)] = NOT_REPORTED
            continue
        row = latest[place]
        bar = _bar("bars", row["value"], min(values), max(values), palette[row["city"]])
        period = "" if shared else _small(row["period"])
        cells[name(place)] = Markup("{}<div>{}{}{}</div>").format(
            bar, written(row), _mark(row), period
        )
    return cells


def _small(words: str) -> Markup:
    """Words in small letters on a line of their own."""
    return Markup("<br><small>{}</small>").format(words)


def _mark(row: Cells) -> str:
    """The flag of a value with its reason, behind a line that opens."""
    flag = row["flag"]
    if not flag and not row["note"]:
        return ""
    words = f": {lookup('flags', 'label')[flag]}" if flag else ""
    return Markup(
        ' <details class="flag"><summary>{}<span class="sr-only">{}</span></summary>'
        "{}{}</details>"
    ).format(flag or "note", words, marked(row["note"]), link_to(claim_of(row)))
