"""Pieces of HTML, of searching and of data that several explorers use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, lookup
from fourcities.presentation import flag_note, link_to, marked, name, table

from .shapes import Choice, Country

ROWS = 50  # of a longer table a page shows these at first, as explorer.js does
MOST_LETTERS = 200  # of the words that are searched for
NO_CITY = Markup('<p class="missing">No city is picked.</p>')


def in_parts(
    frame: pd.DataFrame,
    caption: str,
    label: str,
    notes: Sequence[str] = (),
    ids: Sequence[str] = (),
    several: str = "rows",
    most: int = 0,
) -> Markup:
    """A table; of a long one the first rows, and the others behind a line that opens.

    What is closed costs a browser nothing. The parameters are those of `table`;
    several: what the rows are; most: how many are shown at first, else ROWS.
    """
    most = most or ROWS
    body = Markup(table(frame[:most], caption, label, notes, ids[:most]).html)
    if len(frame) <= most:
        return body
    others = Markup("{}: the other {}").format(caption, len(frame) - most)
    rest = table(frame[most:], others, f"{label}-rest", (), ids[most:]).html
    return body + Markup(
        "<details><summary>{} of {:,} {} are shown; open the others</summary>"
        "{}</details>"
    ).format(most, len(frame), several, Markup(rest))


def mind_list(lines: Iterable[str]) -> Markup:
    """Lines to mind, above a table."""
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<ul class="mind">{}</ul>').format(items)


def flag_cell(row: Cells, folded: bool, claim: str) -> Markup | str:
    """The flag, the reason for it and a link to the ledger.

    row: with flag and note; folded: the reason behind a line that opens.
    """
    if not folded or not row["note"]:
        return flag_note(row, claim)
    flag = row["flag"]
    words = f"{flag}: {lookup('flags', 'label')[flag]}" if flag else "note"
    return Markup('<details class="flag"><summary>{}</summary>{}{}</details>').format(
        words, marked(row["note"]), link_to(claim)
    )


def fold(text: str) -> str:
    """A text for comparing: small letters, without accents."""
    letters = unicodedata.normalize("NFKD", text)
    bare = [c for c in letters if not unicodedata.category(c).startswith("M")]
    return "".join(bare).lower()


def holds(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether every word, folded, is in the texts."""
    text = fold(" ".join(texts))
    return all(word in text for word in words)


def choices_of(labels: Mapping[str, str]) -> list[Choice]:
    """Choices as the page gets them. labels: {key: label}."""
    return [[key, label] for key, label in labels.items()]


def by_country(countries: Mapping[str, str]) -> list[Country]:
    """Each country with its cities, as the page gets them.

    countries: {city: its country}, both keys of places.csv.
    """
    cities: dict[str, list[str]] = {}
    for city, country in countries.items():
        cities.setdefault(country, []).append(city)
    return [[name(country), mine] for country, mine in cities.items()]
