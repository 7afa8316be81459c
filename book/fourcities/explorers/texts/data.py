"""All that a page needs to show texts, for any picks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fourcities.facts import cities as all_cities
from fourcities.facts import country_of, lookup
from fourcities.presentation import (
    address_of,
    city_palette,
    credit,
    list_of,
    name,
    pages,
)

from ..common.base import one_of
from ..common.pieces import by_country
from ..common.shapes import Choice, Picks
from .entries import text_entries
from .shapes import TextEntry, TextsPage

KINDS = {
    "bodies": "Responsible bodies",
    "policies": "Policies",
    "measures": "Measures",
    "so": "Role of social organizations",
}
PHRASES = {
    "kinds": "under {}",
    "fields": "on {}",
    "cities": "for {}",
    "words": "with {}",
    "years": "of the years {}",
}
NAMES_NOTE = (
    "Names as the report prints them, "
    "with the German or Chinese form where it prints one; "
    "all other words are ours. “None named” says that our list holds nothing "
    "that the report names here, not that there is nothing."
)


def page_data(kinds: Sequence[str], only: str | None, label: str) -> TextsPage:
    """All that the page needs to show entries of these kinds.

    only: the field whose entries it holds; of all fields if not given. label: name to
    refer to the explorer by.
    """
    fields = lookup("policy_fields", "name") | {"general": "No single field"}
    if only:
        fields = {one_of(only, fields, "fields"): fields[only]}
    entries = [entry for entry in text_entries(kinds) if entry.field in fields]
    choices = _choices(entries, fields)
    cities, palette = all_cities(), city_palette()
    return {
        "kind": "texts",
        "id": label,
        "title": f"Explorer: {_subject(choices['kinds'])}",
        "choices": choices,
        "value": _first_picks(choices),
        "places": cities,
        "names": [name(city) for city in cities],
        "colours": [palette[name(city)] for city in cities],
        "countries": by_country({city: country_of(city) for city in cities}),
        "noun": ["entry", "entries"],
        "phrases": PHRASES,
        "entries": [[*entry] for entry in entries],
        "flags": dict(lookup("flags", "label")),
        "notes": [NAMES_NOTE],
        "where": pages(),
        "ledger": address_of(),
        "cite": credit(),
    }


def _choices(
    entries: Iterable[TextEntry], fields: Mapping[str, str]
) -> dict[str, list[Choice]]:
    """What can be picked: all cities, and the fields and kinds that have an entry."""
    used_fields = {entry.field for entry in entries}
    used_kinds = {entry.kind for entry in entries}
    return {
        "cities": [[city, name(city)] for city in all_cities()],
        "fields": [[key, words] for key, words in fields.items() if key in used_fields],
        "kinds": [[key, words] for key, words in KINDS.items() if key in used_kinds],
    }


def _first_picks(choices: Mapping[str, Iterable[Choice]]) -> Picks:
    """All that there is, without a filter."""
    picks: Picks = {key: [pick for pick, _ in pairs] for key, pairs in choices.items()}
    return picks | {"words": "", "from": "", "to": ""}


def _subject(kinds: Iterable[Choice]) -> str:
    """What the explorer is about, for its title."""
    return list_of(words[0].lower() + words[1:] for _, words in kinds)
