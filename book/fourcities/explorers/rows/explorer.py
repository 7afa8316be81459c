"""The explorer of rows: which rows of a table to see, by lists, choices and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd
from markupsafe import Markup

from fourcities.presentation import credit, marked

from ..common.base import BaseExplorer, one_of
from ..common.filters import Filters, fitting, none_fits
from ..common.pieces import MOST_LETTERS, choices_of, fold, holds, in_parts
from ..common.shapes import Picks
from .shapes import Cell, Facet, Judged, PageCell, PageRow, RowsPage, TableRow

# An address within the book, as view.js beside it has it.
ADDRESS = re.compile(r"(?=.)([\w-]+([./][\w-]+)*(\?[^\s#\\]*)?)?(#[^\s\\]*)?", re.ASCII)

# A look in the place of an address: folded, or a chip with a class of its own.
LOOK = re.compile(r"\.[a-z-]+")
FOLDED = ".folded"

NOUN = ("row", "rows")


class TableExplorer(BaseExplorer):
    """Pick which rows of a table to see, by lists, choices and words.

    Its `value` is the picks: a dictionary with a list for each facet of kind "several",
    one value for each of kind "one", and words. Setting some of its keys leaves the
    others. On the page, the address `#label-key` shows the row of that key and marks
    it.

    Parameters
    ----------
    columns : iterable of str
        Headings; the first names the row.
    rows : iterable of TableRow
        Dictionaries with `key` (letters, digits and hyphens), `cells` (one for each
        column: text, or a list of parts, each text, a pair of text and address within
        the book, or a pair of text and look: ".folded" behind a line that opens, any
        other such as ".in-tension" a chip of that class) and `tags` (for each facet the
        value, or list of values, that the row has; a row that lacks a facet fits every
        pick of it).
    facets : mapping
        {key: (label, kind, {value: label})}; kind is "several", of which values are
        picked by checkboxes, all at first; or "one", picked by a list, the first at
        first.
    caption, label : str
        As in `table`.
    notes : iterable of str
        As in `table`.
    words : bool
        Whether to offer a search in the text of the rows.
    noun : pair of str
        What a row is, one and several.
    phrases : mapping
        {facet: what its rows have, {} for the pick}, such as "on {}"; where no row fits
        the picks, these say which of them leave nothing. By the facet's label if not
        given.

    Raises
    ------
    ValueError
        Naming what would do, for a key, cell, tag, facet or pick that is not as
        described, and for an address that leads out of the book.

    Examples
    --------
    >>> from fourcities.explorers import TableExplorer
    >>> sizes = ("Size", "several", {"big": "big", "small": "small"})
    >>> rows = [
    ...     {"key": "a", "cells": ["Alpha"], "tags": {"size": "big"}},
    ...     {"key": "b", "cells": ["Beta"], "tags": {"size": "small"}},
    ... ]
    >>> table = TableExplorer(["Name"], rows, {"size": sizes}, "Towns", "towns")
    >>> table.value = {"size": ["small"]}
    >>> list(table.frame()["Name"])
    ['Beta']
    """

    def __init__(
        self,
        columns: Iterable[str],
        rows: Iterable[TableRow],
        facets: Mapping[str, Facet],
        caption: str,
        label: str,
        notes: Iterable[str] = (),
        words: bool = True,
        noun: tuple[str, str] = NOUN,
        phrases: Mapping[str, str] = MappingProxyType({}),
        judged: tuple[str, Mapping[str, str]] | None = None,
    ) -> None:
        columns = [str(column) for column in columns]
        if not columns or len({"key", *columns}) <= len(columns):
            raise ValueError(
                "columns must be headings that differ, none of them 'key'; "
                f"they are {columns!r}"
            )
        for key, facet in facets.items():
            _check_facet(key, facet)
        page_rows = [_page_row(row, columns, facets) for row in rows]
        _check_keys([row.key for row in page_rows])
        value = {key: _first_pick(facet) for key, facet in facets.items()}
        data: RowsPage = {
            "kind": "table",
            "id": label,
            "title": f"Explorer: {caption}",
            "choices": {
                key: choices_of(options) for key, (_, _, options) in facets.items()
            },
            "value": value | ({"words": ""} if words else {}),
            "facets": [
                [key, heading, kind] for key, (heading, kind, _) in facets.items()
            ],
            "columns": columns,
            "noun": [*noun],
            "phrases": {
                key: phrases.get(key, f"with {{}} under “{heading}”")
                for key, (heading, _, _) in facets.items()
            }
            | {"words": "with {}"},
            "rows": [[*row] for row in page_rows],
            "caption": str(caption),
            "notes": [str(note) for note in notes],
            "cite": credit(),
        }
        if judged:
            data["judged"] = _judged(*judged, facets)
        super().__init__(data, data["value"])

    def _settle(self, picks: Picks, asked: Picks) -> Picks:
        """The picks, with the words as text."""
        if "words" not in picks:
            return picks
        return picks | {"words": str(picks["words"])[:MOST_LETTERS]}

    def frame(self) -> pd.DataFrame:
        """The shown rows.

        Returns
        -------
        DataFrame
            key, and the text of each column.
        """
        rows = [[key, *map(_plain, cells)] for key, cells in self._shown()]
        return pd.DataFrame(rows, columns=["key", *self.data["columns"]])

    def view(self) -> str:
        """The HTML of the shown rows.

        Returns
        -------
        str
            The table, in two parts if it is long.
        """
        data, shown = self.data, self._shown()
        if not shown:
            return str(none_fits(data, self.value, data["rows"], self._filters()))
        label = data["id"]
        html = in_parts(
            pd.DataFrame(
                [map(_linked, cells) for _, cells in shown], columns=data["columns"]
            ),
            marked(data["caption"]),
            f"{label}-table",
            [marked(note) for note in data["notes"]],
            [f"{label}-{key}" for key, _ in shown],
            data["noun"][1],
        )
        return str(html)

    def _beside(self) -> dict[str, Any]:
        """The data without the cells of rows that stand in the view, where rows.js
        beside it reads them: each text travels once.
        """
        shown = {key for key, _ in self._shown()}
        rows = [
            [key, None if key in shown else cells, tags]
            for key, cells, tags in self.data["rows"]
        ]
        return self.data | {"rows": rows}

    def _shown(self) -> list[tuple[str, list[PageCell]]]:
        """The rows that fit the picks: key and cells of each."""
        shown = fitting(self.data["rows"], self._filters())
        return [(key, cells) for key, cells, _ in shown]

    def _filters(self) -> Filters[list[Any]]:
        """For each pick whether a row fits it; one that lacks a facet does."""
        filters = {
            key: _has_one_of(n, self.value[key])
            for n, (key, _, _) in enumerate(self.data["facets"])
        }
        words = fold(self.value.get("words", "")).split()
        return filters | {"words": lambda row: holds(map(_plain, row[1]), words)}


def _has_one_of(n: int, picked: str | Sequence[str]) -> Callable[[list[Any]], bool]:
    """Whether a row has one of the picks of facet number n, or lacks that facet."""
    picks = {picked} if isinstance(picked, str) else set(picked)
    return lambda row: not row[2][n] or not picks.isdisjoint(row[2][n])


# ---------- what is given, checked


def _check_facet(key: str, facet: Facet) -> None:
    _, kind, options = facet
    for option in (key, *options):
        if not isinstance(option, str) or not re.fullmatch(r"[\w.-]+", option):
            raise ValueError(
                f"facet {key!r}: {option!r} is no key; "
                "expected letters, digits, hyphens"
            )
    if key in ("words", "cities") or kind not in ("several", "one") or not options:
        raise ValueError(
            f"facet {key!r}: expected (label, 'several' or 'one', {{value: label}}) "
            "under a key other than 'words' and 'cities'"
        )


def _judged(
    facet: str, meanings: Mapping[str, str], facets: Mapping[str, Facet]
) -> Judged:
    """By which facet a reader may judge rows, and what its values mean."""
    _, _, options = facets[one_of(facet, facets, "facet to judge by")]
    return {
        "facet": facet,
        "meanings": {
            one_of(value, options, facet): means for value, means in meanings.items()
        },
    }


def _check_keys(keys: Sequence[str]) -> None:
    """That no two rows have the same key."""
    if len(set(keys)) == len(keys):
        return
    twice = [key for key in keys if keys.count(key) > 1]
    raise ValueError(f"two rows have the key {twice[0]!r}")


def _first_pick(facet: Facet) -> str | list[str]:
    """What is picked of a facet at first."""
    _, kind, options = facet
    return list(options) if kind == "several" else next(iter(options))


def _page_row(
    row: TableRow, columns: Sequence[str], facets: Mapping[str, Facet]
) -> PageRow:
    """A row as the page gets it."""
    key, cells, tags = row["key"], row["cells"], row.get("tags", {})
    if not re.fullmatch("[A-Za-z0-9-]+", key) or key == "table":
        raise ValueError(
            f"unknown key of a row: {key!r}; "
            "expected letters, digits and hyphens, other than 'table'"
        )
    if len(cells) != len(columns):
        raise ValueError(
            f"row {key!r} has {len(cells)} cells for {len(columns)} columns"
        )
    for facet in tags:
        one_of(facet, facets, f"facet of row {key!r}")
    values = []
    for facet, (_, _, options) in facets.items():
        given = tags.get(facet) or []
        mine = [given] if isinstance(given, str) else given
        values.append([one_of(v, options, f"{facet} of row {key!r}") for v in mine])
    return PageRow(key, [_page_cell(cell, key) for cell in cells], values)


def _page_cell(cell: Cell, key: str) -> PageCell:
    """A cell as the page gets it. key: of its row, for an error."""
    if isinstance(cell, str):
        return str(cell)
    if not isinstance(cell, list) or not all(map(_is_part, cell)):
        raise ValueError(
            f"row {key!r}: a cell is text or a list of parts, "
            f"each text or a pair (text, address); this one is {cell!r}"
        )
    parts: list[str | list[str]] = []
    for part in cell:
        if isinstance(part, str):
            parts.append(str(part))
            continue
        text, address = part
        if not ADDRESS.fullmatch(address) and not LOOK.fullmatch(address):
            raise ValueError(
                f"row {key!r}: the address {address!r} leads out of the book; "
                "expected one such as 'economy.html#table-2' or '#table-2'"
            )
        parts.append([text, address])
    return parts


def _is_part(part: object) -> bool:
    """Whether it is text, or a pair of text and address."""
    if isinstance(part, (tuple, list)):
        return [type(item) for item in part] == [str, str]
    return isinstance(part, str)


# ---------- cells


def _pairs(cell: PageCell) -> list[tuple[str, str]]:
    """The parts of a cell, each with its address, its look or ""."""
    parts = [cell] if isinstance(cell, str) else cell
    return [(p, "") if isinstance(p, str) else (p[0], p[1]) for p in parts]


def _plain(cell: PageCell) -> str:
    """The text of a cell."""
    return "".join(text for text, _ in _pairs(cell))


def _linked(cell: PageCell) -> Markup:
    """The HTML of a cell."""
    return Markup("").join(_link(text, address) for text, address in _pairs(cell))


def _link(text: str, address: str) -> Markup:
    """A text as HTML: as a link if it has an address, or with its look."""
    shown: Markup = marked(text)
    if not address:
        return shown
    if address == FOLDED:
        return Markup(
            '<details class="flag"><summary>more</summary>{}</details>'
        ).format(shown)
    if LOOK.fullmatch(address):
        return Markup('<span class="chip {}">{}</span>').format(address[1:], shown)
    return Markup('<a href="{}">{}</a>').format(address, shown)
