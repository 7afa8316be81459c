"""The explorer of rows: which rows of a table to see, by lists, choices and words."""

import re

import pandas as pd
from markupsafe import Markup

from fourcities.presentation import credit, marked

from ..common.base import BaseExplorer, one_of
from ..common.pieces import NO_MATCH, fold, holds, in_parts

ADDRESS = re.compile(
    r"(?=.)([\w-]+([./][\w-]+)*(\?[^\s#\\]*)?)?(#[^\s\\]*)?", re.ASCII
)  # within the book, as explorer.js has it


class TableExplorer(BaseExplorer):
    """Pick which rows of a table to see, by lists, choices and words.

    columns: headings; the first names the row. rows: dictionaries with `key` (letters, digits and hyphens), `cells` (one for each column: text, or a
    list of parts, each text or a pair of text and address within the book) and `tags` (for each facet the value, or list of values, that the row has;
    a row that lacks a facet fits every pick of it).
    facets: {key: (label, kind, {value: label})}; "several" of the values are picked by checkboxes, all at first; or "one" by a list, the first at first.
    caption, label, notes: as in `table`; words: whether to offer a search in the text of the rows.
    `value` is the picks: a dictionary with a list for each facet of kind "several", one value for each of kind "one", and words. Setting some of its
    keys leaves the others. On the page, the address `#label-key` shows the row of that key and marks it.
    Raises ValueError, naming what would do, for a key, cell, tag, facet or pick that is not as described, and for an address that leads out of the book.
    """

    def __init__(self, columns, rows, facets, caption, label, notes=(), words=True):
        columns = [str(column) for column in columns]
        if not columns or len({"key", *columns}) <= len(columns):
            raise ValueError(
                f"columns must be headings that differ, none of them 'key'; they are {columns!r}"
            )
        for key, (_, kind, options) in facets.items():
            for option in (key, *options):
                if not (isinstance(option, str) and re.fullmatch(r"[\w.-]+", option)):
                    raise ValueError(
                        f"facet {key!r}: {option!r} is no key; expected letters, digits, hyphens"
                    )
            if (
                key in ("words", "cities")
                or kind not in ("several", "one")
                or not options
            ):
                raise ValueError(
                    f"facet {key!r}: expected (label, 'several' or 'one', {{value: label}}) under a key other than 'words' and 'cities'"
                )
        entries = [_row_of(row, columns, facets) for row in rows]
        keys = [key for key, _, _ in entries]
        if len(set(keys)) < len(keys):
            raise ValueError(
                f"two rows have the key {next(key for key in keys if keys.count(key) > 1)!r}"
            )
        value = {
            key: list(options) if kind == "several" else next(iter(options))
            for key, (_, kind, options) in facets.items()
        } | ({"words": ""} if words else {})
        data = {
            "kind": "table",
            "id": label,
            "title": f"Explorer: {caption}",
            "choices": {
                key: list(map(list, options.items()))
                for key, (_, _, options) in facets.items()
            },
            "value": value,
            "facets": [
                [key, heading, kind] for key, (heading, kind, _) in facets.items()
            ],
            "columns": columns,
            "rows": entries,
            "caption": str(caption),
            "notes": list(map(str, notes)),
            "cite": credit(),
        }
        super().__init__(data, value)

    def _settle(self, picks, asked):
        return (
            picks | {"words": str(picks["words"])[:200]} if "words" in picks else picks
        )

    def _shown(self):
        """The rows that fit the picks."""
        words = fold(self.value.get("words", "")).split()
        picked = [
            {self.value[key]} if kind == "one" else set(self.value[key])
            for key, _, kind in self.data["facets"]
        ]
        return [
            (key, cells)
            for key, cells, tags in self.data["rows"]
            if all(not mine or picks & set(mine) for picks, mine in zip(picked, tags))
            and holds(map(_plain, cells), words)
        ]

    def frame(self):
        """The shown rows as a DataFrame: key, and the text of each column."""
        return pd.DataFrame(
            [[key, *map(_plain, cells)] for key, cells in self._shown()],
            columns=["key", *self.data["columns"]],
        )

    def view(self):
        """The HTML of the shown rows."""
        data, shown = self.data, self._shown()
        if not shown:
            return f'<p class="missing">{NO_MATCH}</p>'
        frame = pd.DataFrame(
            [map(_linked, cells) for _, cells in shown], columns=data["columns"]
        )
        return str(
            in_parts(
                frame,
                marked(data["caption"]),
                f"{data['id']}-table",
                [marked(note) for note in data["notes"]],
                [f"{data['id']}-{key}" for key, _ in shown],
            )
        )


def _row_of(row, columns, facets):
    """A row as the page gets it: key, cells, and for each facet the list of its values."""
    key, cells, tags = row["key"], row["cells"], row.get("tags", {})
    if not re.fullmatch("[A-Za-z0-9-]+", key) or key == "table":
        raise ValueError(
            f"unknown key of a row: {key!r}; expected letters, digits and hyphens, other than 'table'"
        )
    if len(cells) != len(columns):
        raise ValueError(
            f"row {key!r} has {len(cells)} cells for {len(columns)} columns"
        )
    for facet in tags:
        one_of(facet, facets, f"facet of row {key!r}")
    values = []
    for facet, (_, _, options) in facets.items():
        mine = tags.get(facet) or []
        values.append(
            [
                one_of(value, options, f"{facet} of row {key!r}")
                for value in ([mine] if isinstance(mine, str) else mine)
            ]
        )
    return [key, [_cell_of(cell, key) for cell in cells], values]


def _cell_of(cell, key):
    """A cell as the page gets it: text, or a list of texts and of pairs [text, address]."""
    if isinstance(cell, str):
        return str(cell)
    if not isinstance(cell, list) or not all(
        isinstance(part, str)
        or isinstance(part, (tuple, list))
        and list(map(type, part)) == [str, str]
        for part in cell
    ):
        raise ValueError(
            f"row {key!r}: a cell is text or a list of parts, each text or a pair (text, address); this one is {cell!r}"
        )
    for address in (part[1] for part in cell if not isinstance(part, str)):
        if not ADDRESS.fullmatch(address):
            raise ValueError(
                f"row {key!r}: the address {address!r} leads out of the book; expected one such as 'economy.html#table-2' or '#table-2'"
            )
    return [str(part) if isinstance(part, str) else list(part) for part in cell]


def _pairs(cell):
    """The parts of a cell, each with its address or ""."""
    return [
        (part, "") if isinstance(part, str) else part
        for part in ([cell] if isinstance(cell, str) else cell)
    ]


def _plain(cell):
    return "".join(text for text, _ in _pairs(cell))


def _linked(cell):
    return Markup("").join(
        Markup('<a href="{}">{}</a>').format(address, marked(text))
        if address
        else marked(text)
        for text, address in _pairs(cell)
    )
