"""Notes below tables and figures: flags with their reasons, sources, periods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, lookup

from .citations import origins
from .flags import claim_of, flag_link, link_to
from .markup import marked
from .words import FEW, list_of, some


class _Note(NamedTuple):
    """A line below a table."""

    text: str
    link: str  # to the ledger, as HTML; "" for none


class Notes:
    """Notes below a table.

    Each is said once, with the cells that it holds for and a link to the ledger.
    """

    def __init__(self) -> None:
        # For each note the things that it holds for, and the cities of each.
        self.cells: dict[_Note, dict[str, list[str]]] = {}
        # Whether a cell holds what was added to the report.
        self.added = False

    def add(
        self, text: str, what: str, city: str | None = None, link: str = ""
    ) -> None:
        """Take down a note, unless it is empty. what, city: what it holds for."""
        if not text:
            return
        noted = self.cells.setdefault(_Note(text, link), {}).setdefault(what, [])
        if city and city not in noted:
            noted.append(city)

    def flag(self, row: Cells, what: str, city: str) -> Markup:
        """The mark to set at a cell, after taking down its note.

        It says which of the notes it is, from 0 on: a page opens it there.
        """
        flag = row["flag"]
        if not flag:
            self.add(row["note"], what, city)
            return Markup("")
        text = f"{flag} = {lookup('flags', 'label')[flag]}. {row['note']}".strip()
        link = flag_link(row)
        self.add(text, what, city, link)
        number = list(self.cells).index(_Note(text, link))
        return Markup('<sup class="flag" data-note="{}">{}</sup>').format(number, flag)

    def source(self, row: Cells, period: str = "") -> Markup:
        """Where a cell of a table of the report has it from, if it was added.

        Period and source in small print.
        """
        if not row["added"]:
            return Markup("")
        self.added = True
        words = "; ".join(filter(None, [period, *origins(row)]))
        return Markup(" <small>({})</small>").format(words)

    def lines(self) -> list[Markup]:
        """The notes as HTML, in the order in which they were taken down."""
        lines = []
        for note, cells in self.cells.items():
            where = "; ".join(_cells_in_words(cells))
            text = marked(note.text)
            lines.append(Markup("<b>{}:</b> {}{}").format(where, text, note.link))
        return lines


def _cells_in_words(cells: dict[str, list[str]]) -> list[str]:
    """Things with their cities; those that hold for the same cities are said together.

    "GDP and GDP per capita (Guangzhou, Hangzhou)".
    """
    things_by_cities: dict[tuple[str, ...], list[str]] = {}
    for thing, cities in cells.items():
        things_by_cities.setdefault(tuple(cities), []).append(thing)
    words = []
    for noted, things in things_by_cities.items():
        names = ", ".join(noted) if len(noted) <= FEW else some(noted)
        words.append(list_of(things) + (f" ({names})" if names else ""))
    return words


def flag_note(row: Cells, claim: str | None = None) -> Markup | str:
    """Flag, reason and a link to the ledger.

    Parameters
    ----------
    row
        A row of observations or of another table with flag and note.
    claim
        The claim to link to, "" for none; found by the row if not given.

    Returns
    -------
    Markup or str
        "d: definition differs. The span of years differs. See the ledger."; "none" if
        there is nothing to say.
    """
    flag, note = row["flag"], row["note"]
    if not flag and not note:
        return "none"
    words = f"{flag}: {lookup('flags', 'label')[flag]}" if flag else ""
    text = marked(". ".join(filter(None, [words, note])))
    return text + link_to(claim_of(row) if claim is None else claim)


def data_note(rows: pd.DataFrame) -> Markup:
    """One line for each indicator on where drawn values come from.

    Label, unit, periods, tables, flags with a link to the ledger. rows: rows of
    observations.
    """
    units, flags = lookup("units", "label"), lookup("flags", "label")
    groups = rows.groupby("indicator", sort=False)
    return Markup("<br>").join(_data_line(group, units, flags) for _, group in groups)


def _data_line(
    rows: pd.DataFrame, units: Mapping[str, str], flags: Mapping[str, str]
) -> Markup:
    """The line of one indicator. units, flags: their labels."""
    first = rows.iloc[0]
    unit = units[first["unit"]].replace("{s}", "s")
    computed = "computed from " if first["formula"] else ""
    places = dict.fromkeys(
        place for _, row in rows.iterrows() for place in origins(row)
    )
    origin = f"{computed}{list_of(places)}; {_periods(rows)}"
    in_label = unit in first["label"]
    # A page leads from the label to the file of the indicator.
    line = Markup('<data value="{}">{}</data>{}: {}.').format(
        first["indicator"],
        first["label"],
        "" if in_label else f" ({unit})",
        origin,
    )
    for letter, flagged in rows[rows["flag"] != ""].groupby("flag", sort=False):
        label = flags[str(letter)]
        cities = some(flagged["city"].unique())
        link = flag_link(flagged.iloc[0])
        line += Markup(" {} = {}: {}.{}").format(letter, label, cities, link)
    return line


def _periods(rows: pd.DataFrame) -> str:
    """The period that rows share, or that of each, or, of many, that they differ."""
    periods = rows["period"]
    if periods.nunique() == 1:
        return str(periods.iloc[0])
    if len(rows) > FEW:
        return "the periods differ, see the data"
    return ", ".join(f"{city} {when}" for city, when in zip(rows["city"], periods))
