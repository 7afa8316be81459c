"""Bodies, policies, measures and what social organizations do, in one shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias, cast

import pandas as pd

from fourcities.facts import Cells, lookup, observations, places_above, read, written
from fourcities.facts import cities as all_cities
from fourcities.presentation import (
    citation_words,
    claim_of,
    list_of,
    name,
    origins,
    when_of,
)

from .shapes import Span, TextEntry

Record: TypeAlias = dict[str, Any]  # a row of a table: {column: cell}

SO_DIMENSIONS = [
    "so_role",
    "so_part",
    "so_environment",
    "so_voice",
    "so_involvement",
    "cooperation_mode",
    "funding_mode",
]
ROLES = {
    "municipal-administration": "Administration at the municipal level",
    "district-administration": "Administration at the district level",
    "migrant-affairs": "Responsible for migrants",
}
RELATIONS = {
    "lead": "",
    "with": "Works with the body in charge",
    "mainly": "Named as the main body",
}
LEVELS = {"federal": "A body of the federal level"}
PROVIDERS = {"state": "state", "SO": "SOs", "both": "state and SOs"}


class _Told(NamedTuple):
    """A row of a table with what is told of it."""

    row: Record
    name: str
    local: str
    when: str
    lines: list[str]


def text_entries(kinds: Iterable[str]) -> list[TextEntry]:
    """The entries of these kinds, each with the cities that it holds for.

    kinds: of "bodies", "policies", "measures" and "so", in the order wanted.
    """
    makers = {
        "bodies": _bodies,
        "policies": _policies,
        "measures": _measures,
        "so": _so_roles,
    }
    cities = _cities_in()
    return [_entry(kind, told, cities) for kind in kinds for told in makers[kind]()]


def _entry(kind: str, told: _Told, cities: Mapping[str, list[str]]) -> TextEntry:
    """An entry, of which flag, place and time are told by its row."""
    row = told.row
    return TextEntry(
        kind=kind,
        field=row.get("policy_field") or "general",
        cities=cities.get(row["place"], []),
        name=told.name,
        local=told.local,
        language=row.get("language", ""),
        when=told.when,
        spans=_spans(row),
        where=_stands(row),
        lines=told.lines,
        flag=row["flag"],
        note=row["note"],
        claim=claim_of(row),
    )


def _cities_in() -> dict[str, list[str]]:
    """The cities that each place is or contains: {place: list of cities}."""
    cities: dict[str, list[str]] = {}
    for city in all_cities():
        for place in places_above(city):
            cities.setdefault(place, []).append(city)
    return cities


def _records(rows: pd.DataFrame) -> list[Record]:
    return cast("list[Record]", rows.to_dict("records"))


# ---------- what every row has


def _stands(row: Cells) -> str:
    """Where a row stands in the report, with the work cited there."""
    cited = ""
    if row["source"] and not row.get("table") and not row["added"]:
        cited = citation_words(row["source"])
    return "; ".join(filter(None, [list_of(origins(row)), cited]))


def _spans(row: Cells) -> list[Span]:
    """The years of a row, each as [first, last]; None stands for an open end."""
    if "year" in row:
        return _spans_of_years(row["year"], row["runs_to"], row["revised"])
    if "period_start" not in row:
        return []
    start, end = _year(row["period_start"]), _year(row["period_end"])
    return [[start, end]] if start or end else []


def _spans_of_years(year: str, runs_to: str, revised: str) -> list[Span]:
    """The years of a policy: those that it runs, and the one of its revision."""
    spans: list[Span] = []
    if year:
        spans.append([int(year), int(runs_to or year)])
    if revised:
        spans.append([int(revised), int(revised)])
    return spans


def _year(date: pd.Timestamp) -> int | None:
    return None if pd.isna(date) else date.year


def _of_place(row: Cells) -> list[str]:
    """Whose it is, if not a city's: of the country, for example."""
    place = row["place"]
    return [] if place in all_cities() else [f"Of {name(place)}."]


def _sentences(*parts: tuple[str, str]) -> list[str]:
    """The parts that say something: ("For", "refugees") becomes "For: refugees."."""
    return [f"{head}: {text.rstrip('.')}." for head, text in parts if text]


def _amounts(indicator: str, places: list[str]) -> str:
    """The values of an indicator for these places, in words; "" for no indicator."""
    if not indicator:
        return ""
    return "; ".join(map(written, _records(observations(indicator, places=places))))


# ---------- what each kind tells


def _bodies() -> Iterator[_Told]:
    for row in _records(read("bodies")):
        part_of = f"Part of the {row['part_of']}" if row["part_of"] else ""
        level = LEVELS.get(row["level"])
        said = [ROLES.get(row["role"]), RELATIONS[row["relation"]], level, part_of]
        yield _Told(
            row,
            name=row["name"],
            local=row["local_name"],
            when="",
            lines=_of_place(row) + [f"{words}." for words in said if words],
        )


def _policies() -> Iterator[_Told]:
    for row in _records(read("policies")):
        yield _Told(
            row,
            name=row["title"],
            local=row["local_title"],
            when=when_of(row),
            lines=_of_place(row),
        )


def _measures() -> Iterator[_Told]:
    for row in _records(read("measures")):
        places = places_above(row["place"])
        lines = _sentences(
            ("By", _provider(row) or "not stated"),
            ("Paid by", row["funder"]),
            ("For", row["target_group"]),
            ("Condition", row["eligibility"]),
            ("Stay", _amounts(row["threshold"], places)),
            ("Amount", _amounts(row["amount"], places)),
        )
        yield _Told(
            row,
            name=row["name"],
            local=row["local_name"],
            when=when_of(row),
            lines=lines,
        )


def _provider(row: Cells) -> str:
    """Who provides a measure: the kind of provider, and its name if that says more."""
    kind, named = PROVIDERS.get(row["provider"], ""), str(row["provider_name"])
    if kind in named:
        return named
    return f"{kind}, {named}" if named else kind


def _so_roles() -> Iterator[_Told]:
    yield from _cooperation()
    yield from _codings()


def _cooperation() -> Iterator[_Told]:
    """How state and SOs work together; a section's title tells the policy field."""
    fields = {label: field for field, label in lookup("policy_fields", "name").items()}
    titles = lookup("sections", "title")
    for row in _records(read("cooperation")):
        field = fields.get(titles.get(row["section"]), "")
        amount = _amounts(row["amount"], [row["place"]])
        yield _Told(
            row | {"policy_field": field},
            name=row["kind"][0].upper() + row["kind"][1:],
            local="",
            when=when_of(row) if row["printed"] else "",
            lines=[row["statement"], *_sentences(("Amount", amount))],
        )


def _codings() -> Iterator[_Told]:
    """What the report says of SOs on the dimensions that are about them."""
    labels = lookup("dimensions", "label")
    codings = read("codings")
    for row in _records(codings[codings["dimension"].isin(SO_DIMENSIONS)]):
        yield _Told(
            row,
            name=labels[row["dimension"]],
            local="",
            when="",
            lines=[row["statement"]],
        )
