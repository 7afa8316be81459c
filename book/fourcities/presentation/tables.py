"""A DataFrame as an HTML table: real header cells, a caption, rows that stack on a narrow screen."""

from itertools import zip_longest

from markupsafe import Markup, escape

COLUMNS = 7  # of a table that fit side by side, as explorer.js has it


class Shown:
    """HTML for notebooks and pages; `text` is the one line for places that show no HTML."""

    def __init__(self, html, text):
        self.html, self.text = str(html), text

    def _repr_html_(self):
        return self.html

    def __repr__(self):
        return self.text


def table(frame, caption, label, notes=(), ids=()):
    """Any DataFrame as a table of the book.

    frame: its column names become headings, its first column names the rows; cells are text, or Markup for HTML.
    caption: what the table shows; label: name to refer to it by, such as "table-1";
    notes: lines below the table; ids: an id for each row, so that it can be linked to.
    """
    columns = list(frame.columns)
    head = Markup("").join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(c) for c in columns
    )
    body = Markup("").join(
        _row(record, columns, key)
        for record, key in zip_longest(frame.to_dict("records"), ids)
    )
    notes = Markup("").join(Markup("<li>{}</li>").format(n) for n in notes)
    html = Markup(
        '<table role="table"><caption>{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead><tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, head, body)
    if (
        len(columns) > COLUMNS
    ):  # more than fit side by side: they scroll, by keyboard too
        html = Markup(
            '<div class="wide" role="region" tabindex="0" aria-label="{}">{}</div>'
        ).format(escape(caption).striptags(), html)
    html = Markup('<div class="book-table" id="{}">{}{}</div>').format(
        label,
        html,
        Markup('<ul class="table-notes">{}</ul>').format(notes) if notes else "",
    )
    return Shown(html, f"Table: {caption}")


def _row(record, columns, key):
    head = Markup('<th scope="row" role="rowheader">{}</th>').format(record[columns[0]])
    cells = (
        Markup('<td role="cell" data-label="{}"><div>{}</div></td>').format(
            c, record[c]
        )
        for c in columns[1:]
    )
    return Markup('<tr{} role="row">{}{}</tr>').format(
        Markup(' id="{}"').format(key) if key else "", head, Markup("").join(cells)
    )


def listed(cells):
    return (
        cells[0]
        if len(cells) == 1
        else Markup("<ul>{}</ul>").format(
            Markup("").join(Markup("<li>{}</li>").format(c) for c in cells)
        )
    )
