"""The explorer of texts: what the report says of the cities, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import pandas as pd
from markupsafe import Markup

from fourcities.presentation import marked, tagged

from ..common.base import BaseExplorer, PickError, one_of
from ..common.filters import Filters, fitting, none_fits
from ..common.pieces import (
    MOST_LETTERS,
    NO_CITY,
    flag_cell,
    fold,
    holds,
    in_parts,
    mind_list,
)
from ..common.shapes import Picks
from .data import KINDS, NAMES_NOTE, page_data
from .shapes import Span, TextEntry, TextPicks

ROWS = 8  # fields and kinds that a page shows at first, as view.js does: rows are tall


class TextExplorer(BaseExplorer):
    """Pick cities and policy fields; read what the report says, side by side.

    It shows responsible bodies, policies, measures and the role of social organizations
    (SOs). Its `value` is the picks: a dictionary with cities, fields, kinds, words,
    from and to. Setting some of its keys leaves the others.

    Parameters
    ----------
    *kinds : str
        Any of "bodies", "policies", "measures", "so"; all of them if none is given.
    cities : iterable of str, optional
        Cities picked at first, by key or English name; all if not given.
    fields : iterable of str, optional
        Keys of policy_fields.csv picked at first, or "general" for what belongs to no
        single field; all if not given.
    words : str
        A filter set at first: words that an entry has to hold.
    from_year, to_year : str or int
        A filter set at first: years such as 2016; "" for an open end.
    only : str, optional
        A field; the explorer then holds nothing else.
    label : str
        Name to refer to the explorer by.

    Raises
    ------
    PickError
        A ValueError, naming the valid choices, for an unknown city, field or kind, and
        for a year that is none.

    Examples
    --------
    >>> import fourcities as fc
    >>> texts = fc.TextExplorer("policies", cities=["berlin"], words="plan integration")
    >>> list(texts.frame()["name"])
    ['Master Plan for Integration and Security']
    """

    def __init__(
        self,
        *kinds: str,
        cities: Iterable[str] | None = None,
        fields: Iterable[str] | None = None,
        words: str = "",
        from_year: str | int = "",
        to_year: str | int = "",
        only: str | None = None,
        label: str = "texts",
    ) -> None:
        held = [one_of(kind, KINDS, "kinds") for kind in kinds] or list(KINDS)
        data = page_data(held, only, label)
        picks = data["value"] | {
            "words": words,
            "from": str(from_year),
            "to": str(to_year),
        }
        if cities is not None:
            picks["cities"] = cities
        if fields is not None:
            picks["fields"] = fields
        super().__init__(data, picks)

    def _settle(self, picks: Picks, asked: Picks) -> Picks:
        """The picks as text; a year that is none is an error."""
        for key in ("from", "to"):
            if not re.fullmatch(r"\d{0,4}", str(picks[key])):
                raise PickError(
                    f"unknown {key}: {picks[key]!r}; "
                    "expected a year such as 2016, or nothing"
                )
        return picks | {
            "words": str(picks["words"])[:MOST_LETTERS],
            "from": str(picks["from"]),
            "to": str(picks["to"]),
        }

    def frame(self) -> pd.DataFrame:
        """The picked entries.

        Returns
        -------
        DataFrame
            A row for each city that an entry holds for: policy_field, kind, city
            (labels), name, local_name, language (of the local name), time (words),
            where (it stands in the report), text, flag, note.
        """
        labels = self._labels()
        rows = [
            {
                "policy_field": labels["fields"][field],
                "kind": labels["kinds"][kind],
                "city": labels["cities"][city],
                "name": entry.name,
                "local_name": entry.local,
                "language": entry.language,
                "time": entry.when,
                "where": entry.where,
                "text": " ".join(entry.lines),
                "flag": entry.flag,
                "note": entry.note,
            }
            for field, kind, of_cities in self._groups(self._shown()[0])
            for city, entries in of_cities.items()
            for entry in entries
        ]
        columns = ["policy_field", "kind", "city", "name", "local_name", "language"]
        columns += ["time", "where", "text", "flag", "note"]
        return pd.DataFrame(rows, columns=columns)

    def view(self) -> str:
        """The HTML of the present picks.

        Returns
        -------
        str
            A table with a row for each field and kind, a column for each city.
        """
        picks, labels = self._picks(), self._labels()
        shown, undated = self._shown()
        records = []
        for field, kind, of_cities in self._groups(shown):
            head = Markup("{}<br><small>{}</small>").format(
                labels["fields"][field], labels["kinds"][kind]
            )
            record = {"Policy field": head}
            for city, entries in of_cities.items():
                record[labels["cities"][city]] = _city_cell(entries)
            records.append(record)
        minds = mind_list(_left_out(undated))
        if records:
            caption, label = _caption(len(shown), picks), f"{self.data['id']}-table"
            frame = pd.DataFrame(records)
            return minds + in_parts(frame, caption, label, [NAMES_NOTE], most=ROWS)
        if picks["cities"]:
            years = {"years": _years(picks)}
            entries, filters = self._entries(), self._filters()
            return minds + none_fits(self.data, self.value | years, entries, filters)
        return minds + NO_CITY

    def _picks(self) -> TextPicks:
        return cast(TextPicks, self.value)

    def _labels(self) -> dict[str, dict[str, str]]:
        """The labels of the choices: {"cities": {key: label}, …}."""
        return {key: dict(options) for key, options in self.data["choices"].items()}

    def _shown(self) -> tuple[list[TextEntry], int]:
        """The entries that fit the picks.

        With them, how many would fit but for the year that they lack.
        """
        entries, filters = self._entries(), self._filters()
        undated = {**filters, "years": lambda entry: not entry.spans}
        left_out = len(fitting(entries, undated)) if _years(self._picks()) else 0
        return fitting(entries, filters), left_out

    def _entries(self) -> list[TextEntry]:
        return [TextEntry(*entry) for entry in self.data["entries"]]

    def _filters(self) -> Filters[TextEntry]:
        """For each pick whether an entry fits it."""
        picks = self._picks()
        words = fold(picks["words"]).split()
        first, last = float(picks["from"] or "-inf"), float(picks["to"] or "inf")
        asked = bool(_years(picks))
        return {
            "kinds": lambda entry: entry.kind in picks["kinds"],
            "fields": lambda entry: entry.field in picks["fields"],
            "cities": lambda entry: not set(entry.cities).isdisjoint(picks["cities"]),
            "words": lambda entry: holds(
                [entry.name, entry.local, *entry.lines, entry.note], words
            ),
            "years": lambda entry: not asked or _within(entry.spans, first, last),
        }

    def _groups(
        self, entries: Sequence[TextEntry]
    ) -> Iterator[tuple[str, str, dict[str, list[TextEntry]]]]:
        """Each picked field and kind with an entry: the entries of each picked city."""
        picks = self._picks()
        for field in picks["fields"]:
            for kind in picks["kinds"]:
                here = [e for e in entries if e.field == field and e.kind == kind]
                if here:
                    yield field, kind, _by_city(here, picks["cities"])


def _by_city(
    entries: Iterable[TextEntry], cities: Iterable[str]
) -> dict[str, list[TextEntry]]:
    return {city: [e for e in entries if city in e.cities] for city in cities}


def _within(spans: Iterable[Span], first: float, last: float) -> bool:
    """Whether one of the spans has a year from `first` to `last`."""
    for start, end in spans:
        begins = -9999 if start is None else start
        ends = 9999 if end is None else end
        if begins <= last and ends >= first:
            return True
    return False


def _left_out(undated: int) -> list[str]:
    """How many entries have no year, where one is asked for."""
    if not undated:
        return []
    are = "is" if undated == 1 else "are"
    return [f"{undated} without a year {are} left out, as a year is asked for."]


def _years(picks: TextPicks) -> str:
    """The years that are asked for, in words; "" if none are."""
    if not picks["from"] and not picks["to"]:
        return ""
    return f"{picks['from'] or '…'} to {picks['to'] or '…'}"


def _caption(count: int, picks: TextPicks) -> str:
    """How many entries are shown, and by which filter."""
    words = picks["words"].strip()
    caption = f"{count} {'entry' if count == 1 else 'entries'}"
    if words:
        caption += f" with “{words}”"
    if years := _years(picks):
        caption += f" of the years {years}"
    return caption


def _city_cell(entries: Sequence[TextEntry]) -> Markup:
    """The entries of a city; several as a list."""
    if not entries:
        return Markup('<span class="missing">none named</span>')
    cells = [_entry_cell(entry) for entry in entries]
    if len(cells) == 1:
        return cells[0]
    items = Markup("").join(Markup("<li>{}</li>").format(cell) for cell in cells)
    return Markup("<ul>{}</ul>").format(items)


def _entry_cell(entry: TextEntry) -> Markup:
    """An entry: names, when and where, what is said of it, flag."""
    local = flag = ""
    if entry.local:
        words = Markup(tagged(entry.local, entry.language))
        local = Markup(" ({})").format(words)
    if entry.flag or entry.note:
        row = {"flag": entry.flag, "note": entry.note}
        flag = Markup(" {}").format(flag_cell(row, True, entry.claim))
    facts = " · ".join(filter(None, [entry.when, entry.where]))
    lines = Markup("").join(
        Markup("<br>{}").format(marked(line)) for line in entry.lines
    )
    return Markup("<b>{}</b>{}<br><small>{}</small>{}{}").format(
        marked(entry.name), local, facts, lines, flag
    )
