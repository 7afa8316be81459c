"""A DataFrame as an HTML table.

Real header cells, a caption, rows that stack on a narrow screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from .front_ends import for_notebooks

# Columns that fit side by side, as explorers/common/table.js has it.
COLUMNS = 7

NOTES = 3  # below a table; more are folded

NOT_REPORTED = Markup('<span class="missing">not reported</span>')
NOT_STATED = Markup('<span class="missing">not stated</span>')


class Shown:
    """What a notebook shows.

    `html` is for the book's pages; `text` is the one line where no HTML is shown.
    """

    def __init__(self, html: str, text: str) -> None:
        self.html = str(html)
        self.text = text

    def _repr_html_(self) -> str:
        return for_notebooks(self.html)

    def __repr__(self) -> str:
        return self.text


def table(
    frame: pd.DataFrame,
    caption: str,
    label: str,
    notes: Iterable[str] = (),
    ids: Iterable[str] = (),
) -> Shown:
    """Any DataFrame as a table of the book.

    Parameters
    ----------
    frame
        Its column names become headings, its first column names the rows; cells are
        text, or Markup for HTML.
    caption
        What the table shows.
    label
        Name to refer to it by, such as "table-1".
    notes
        Lines below the table.
    ids
        An id for each row, so that it can be linked to.

    Returns
    -------
    Shown
        What a notebook shows as the table; its attribute `html` is the HTML. More
        columns than fit side by side scroll.
    """
    columns = list(frame.columns)
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(column)
        for column in columns
    )
    body = Markup("").join(
        _row(record, columns, key)
        for record, key in zip_longest(frame.to_dict("records"), ids)
    )
    html = Markup(
        '<table role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, head, body)
    if len(columns) > COLUMNS:  # they scroll, by keyboard too
        html = Markup(
            '<div class="wide" role="region" tabindex="0" aria-label="{}">{}</div>'
        ).format(escape(caption).striptags(), html)
    html = Markup('<div class="book-table" id="{}">{}{}</div>').format(
        label, html, _notes_below(notes)
    )
    return Shown(html, f"Table: {caption}")


def _row(
    record: Mapping[Any, object], columns: Sequence[Any], key: str | None
) -> Markup:
    """A row of a table; the first of its columns names it."""
    first, *others = columns
    head = Markup('<th scope="row" role="rowheader">{}</th>').format(record[first])
    cells = Markup("").join(
        Markup('<td role="cell" data-label="{}"><div>{}</div></td>').format(
            column, record[column]
        )
        for column in others
    )
    row_id = Markup(' id="{}"').format(key) if key else ""
    return Markup('<tr{} role="row">{}{}</tr>').format(row_id, head, cells)


def _notes_below(notes: Iterable[str]) -> Markup:
    """The notes as a list; more than a few are folded."""
    lines = list(notes)
    if len(lines) > NOTES:
        return folded(f"The {len(lines)} notes to this table", notes_list(lines))
    return notes_list(lines) if lines else Markup("")


def notes_list(lines: Iterable[str]) -> Markup:
    """Notes as a list in small print."""
    return Markup('<ul class="table-notes">{}</ul>').format(_items(lines))


def folded(line: str, html: Markup) -> Markup:
    """HTML behind a line that opens."""
    return Markup('<details class="data"><summary>{}</summary>{}</details>').format(
        line, html
    )


def _items(lines: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)


def listed(lines: Sequence[str], otherwise: str) -> str:
    """What stands in one cell: one line, a list of several, or other words if none.

    Parameters
    ----------
    lines : sequence of str
        Text, or Markup.
    otherwise : str
        What stands there if there is no line.

    Returns
    -------
    str
        Text, or Markup of a list.
    """
    if not lines:
        return otherwise
    if len(lines) == 1:
        return lines[0]
    return Markup("<ul>{}</ul>").format(_items(lines))
