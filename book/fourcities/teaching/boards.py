"""The boards of the sessions, filled as far as the report goes: boards.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    Cells,
    Part,
    Row,
    Value,
    codes_of,
    lookup,
    observations,
    parts_of,
    read,
    written,
)
from fourcities.presentation import (
    NOT_STATED,
    Shown,
    address_of,
    fact,
    list_of,
    listed,
    name,
    origins,
    pages,
    table,
)

from .sessions import board_heads

BOTH = {"both": "government and SOs"}  # a code that says little outside its column


class _Told(NamedTuple):
    """What is told of a part that an entry rests on."""

    holes: dict[str, str]  # place, value and period, as far as it has them
    where: list[str]  # tables and sections of the report


def filled_board(number: int) -> Shown:
    """The board of a session as it may look at the end.

    Parameters
    ----------
    number : int
        Number of the session, from 1.

    Returns
    -------
    Shown
        The table as HTML, with the cells of boards.csv and where each stands in the
        report; its label is "session-3-filled". What the report does not state says
        so, and so does a city that was added to it.

    Raises
    ------
    KeyError
        If there is no such session.
    """
    (first, *others), names = board_heads(number)
    cells = read("boards").query("session == @number")
    entries = {(cell["row"], cell["column"]): cell for _, cell in cells.iterrows()}
    rows = [
        {first: row, **{column: _cell(entries.get((row, column))) for column in others}}
        for row in names
    ]
    caption = f"Session {number}: the board, filled as far as the report goes"
    return table(pd.DataFrame(rows), caption, f"session-{number}-filled")


def _cell(cell: Cells | None) -> str:
    """An entry with its holes filled: what stands in one place of the report is one
    line, with that place in brackets.
    """
    if cell is None or not cell["entry"]:
        return NOT_STATED
    own = [f"Section {cell['section']}"] if cell["section"] else []
    parts = parts_of(cell["rests_on"])
    told = [one for part in parts for one in _told(part)] or [_Told({}, own)]
    places = list_of(dict.fromkeys(one.holes.get("place", "") for one in told))
    where: dict[str, list[str]] = {}  # by the words that stand there
    for one in told:
        words = cell["entry"].format(**one.holes, places=places)
        where.setdefault(words, []).extend(one.where)
    lines: dict[tuple[str, ...], list[str]] = {}  # by the places where they stand
    for words, found in where.items():
        lines.setdefault(tuple(dict.fromkeys(found)), []).append(words)
    return listed([_line(words, found) for found, words in lines.items()], NOT_STATED)


def _line(words: list[str], where: Iterable[str]) -> Markup:
    links = Markup(", ").join(map(_linked, where))
    brackets = Markup(" ({})").format(links) if links else ""
    return Markup("{}{}").format("; ".join(words), brackets)


def _told(part: Part) -> Iterator[_Told]:
    if isinstance(part, Row):
        yield _told_of_row(part)
    elif isinstance(part, Value):
        yield from _told_of_value(part)


def _told_of_row(part: Row) -> _Told:
    row = fact(part.table, part.key)
    holes = {"value": row[part.column]} if part.column else {}
    if part.table == "claims":
        return _Told(holes, [part.key])
    return _Told(holes, [f"Section {row['section']}"] if "section" in row else [])


def _told_of_value(part: Value) -> Iterator[_Told]:
    place = name(part.place)
    if part.indicator in lookup("dimensions", "label"):
        code = str(codes_of(part.indicator, places=[part.place]).iat[0, 0])
        rows = read("codings").query(
            "dimension == @part.indicator and place == @part.place"
        )
        sections = [f"Section {section}" for section in rows["section"]]
        yield _Told({"place": place, "value": BOTH.get(code, code)}, sections)
        return
    period = part.year or "report"
    rows = observations(part.indicator, places=[part.place], period=period)
    for _, row in rows.iterrows():
        holes = {"place": place, "value": written(row), "period": row["period"]}
        yield _Told(holes, origins(row))


def _linked(place: str) -> Markup:
    """A table or section with a link to it; a claim with one to the ledger."""
    found = pages().get(place)
    words = place if found else "see the ledger"
    return Markup('<a href="{}">{}</a>').format(found or address_of(place), words)
