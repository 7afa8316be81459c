"""Tables of a notebook in the form that the site has room for.

A notebook has the letter of a flag at the value and the note below the table, which any
front end shows. On a page the letter is a line that opens, where it stands, with the
same note and its link to the ledger. It needs no script.

On a phone a row becomes a list of cities; what holds for all of them stands there once.
On wider screens a column of numbers stands right.
"""

import re

from fourcities.facts import cities
from fourcities.presentation import name, sides_of

MARK = re.compile(r'<sup class="flag" data-note="(\d+)">(\w+)</sup>')
NOTES = re.compile(r'<ul class="table-notes">(.*?)</ul>', re.S)
NOTE = re.compile(r"<li><b>.*?</b> (.*?)</li>", re.S)
OPENS = '<details class="flag"><summary>{}</summary>{}</details>'

TABLE = re.compile(r'<table role="table">.*?</table>', re.S)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
ANY_CELL = re.compile(r"<t[hd]\b")
CELL = re.compile(
    r'<td( data-number)? role="cell" data-label="([^"]*)">(.*?)</td>', re.S
)
FIRST = '<td{} role="cell" data-label="{}">{}</td>'
SAME = '<td{} role="cell" class="same" data-label="{}">{}</td>'


def with_site_cells(html: str) -> str:
    """An output of a notebook, with flags that open and with what cities share marked.

    Parameters
    ----------
    html
        A table or cards with their notes below (`fourcities.presentation.table`), or
        anything.

    Returns
    -------
    str
        The same; what has neither stays, and an explorer, which draws its own.
    """
    if 'class="explorer' in html:
        return html
    below = NOTES.search(html)
    notes = NOTE.findall(below[1]) if below else []
    html = TABLE.sub(_numbers_marked, html)
    html = MARK.sub(lambda mark: OPENS.format(mark[2], notes[int(mark[1])]), html)
    if "<tr" not in html:
        return html
    everyone = list(map(name, cities()))
    return ROW.sub(lambda row: _said_once(row, everyone), html)


def _said_once(row: re.Match[str], everyone: list[str]) -> str:
    """A row; if each city's cell says the same, all but the first are marked.

    everyone: the names of all cities.
    """
    cells = CELL.findall(row[0])
    labels = [label for _, label, _ in cells]
    if labels != everyone or len({words for *_, words in cells}) > 1:
        return row[0]
    form = iter([FIRST, *[SAME] * (len(cells) - 1)])
    all_of_them = ", ".join(labels)
    return CELL.sub(
        lambda cell: next(form).format(cell[1] or "", all_of_them, cell[3]), row[0]
    )


def _numbers_marked(table: re.Match[str]) -> str:
    """A table whose columns of numbers, heading and all, are marked."""
    sides = sides_of(table[0])

    def marked(row: re.Match[str]) -> str:
        side = iter(sides)
        return ANY_CELL.sub(
            lambda cell: cell[0] + " data-number" * (next(side) == "right"), row[0]
        )

    return ROW.sub(marked, table[0])
