"""The tables of the report, put together from the data.

They hold the wording in print, flags, notes and sources.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, by_place, cities, lookup, observations, read

from .citations import citation_html
from .markup import tagged
from .names import both_names, name, when_of
from .notes import Notes
from .tables import NOT_REPORTED, Shown, listed, table


def report_table(number: str | int) -> Shown:
    """A table of the report, put together from the data.

    Parameters
    ----------
    number
        Table number as text or number ("1").

    Returns
    -------
    Shown
        The table, with wording in print, flags, notes and sources. Sentences of the
        report are given in our words.

    Raises
    ------
    KeyError
        If the table is unknown.
    """
    number = str(number)
    titles = lookup("tables", "title")
    if number not in titles:
        known = ", ".join(titles)
        raise KeyError(f"unknown table {number!r}; data/tables.csv has: {known}")
    notes = Notes()
    rows = read("table_rows").query("table == @number")
    records = [_record(parts, number, notes) for _, parts in rows.groupby("row")]
    sources = Markup(
        "The report names sources for the table as a whole, not for its cells: {}."
    ).format(citation_html(f"table-{number}"))
    below: list[str] = [*notes.lines(), sources]
    if notes.added:
        below.append(
            "What names a source of its own in small print"
            " was added to the report's table."
        )
    caption = f"Table {number} of the report: {titles[number]}"
    return table(pd.DataFrame(records), caption, f"table-{number}", below)


def _record(parts: pd.DataFrame, number: str, notes: Notes) -> dict[str, str]:
    """A row of a table of the report: its label, and a cell for each city.

    parts: the rows of table_rows.csv that make it up; number: of the table.
    """
    label = parts["label"].iloc[0]
    kinds = [_KINDS[kind] for kind in parts["kind"]]
    facts = [
        by_place(_facts(kind, key, number)) for kind, key in zip(kinds, parts["key"])
    ]
    record = {"Row": label}
    for city in cities():
        lines = [
            kind.line(row, notes)
            for kind, found in zip(kinds, facts)
            for row in found.get(city, [])
        ]
        record[name(city)] = listed(lines, NOT_REPORTED)
    for note in parts["note"]:
        notes.add(note, label)
    return record


def _indicator_line(row: Cells, notes: Notes) -> Markup:
    mark = Markup("")
    footnote = row["footnote"]
    if footnote:
        mark = Markup("<sup>{}</sup>").format(footnote)
        notes.add(lookup("footnotes", "text")[footnote], f"Footnote {footnote}")
    return Markup("{}{}{}{}").format(
        row["printed"],
        mark,
        notes.flag(row, row["label"], row["city"]),
        notes.source(row, row["period"]),
    )


def _body_line(row: Cells, notes: Notes) -> Markup:
    relation = "" if row["relation"] == "lead" else f"{row['relation']}: "
    part = f", part of the {row['part_of']}" if row["part_of"] else ""
    local = Markup("")
    if row["local_name"]:
        local = Markup(" ({})").format(
            Markup(tagged(row["local_name"], row["language"]))
        )
    return Markup("{}{}{}{}{}{}").format(
        relation,
        row["name"],
        local,
        part,
        notes.flag(row, row["name"], name(row["place"])),
        notes.source(row),
    )


def _coding_line(row: Cells, notes: Notes) -> Markup:
    return Markup("{}{}").format(row["statement"], notes.source(row))


def _policy_line(row: Cells, notes: Notes) -> Markup:
    return Markup("{}, {}{}{}").format(
        both_names(row),
        when_of(row),
        notes.flag(row, row["title"], name(row["place"])),
        notes.source(row),
    )


class _Kind(NamedTuple):
    """What a row of table_rows.csv shows, by its kind."""

    table: str  # of the data: the facts behind it
    column: str  # of that table: what holds the row's key; "" for all rows
    line: Callable[[Cells, Notes], Markup]  # what each fact becomes in its city's cell


_KINDS = {
    "indicator": _Kind("observations", "indicator", _indicator_line),
    "role": _Kind("bodies", "role", _body_line),
    "coding": _Kind("codings", "dimension", _coding_line),
    "policy field": _Kind("bodies", "policy_field", _body_line),
    "policies": _Kind("policies", "", _policy_line),
}


def _facts(kind: _Kind, key: str, number: str) -> pd.DataFrame:
    """The facts behind a row of table_rows.csv, by its key and the table's number."""
    if kind.table == "observations":
        return observations(key)
    rows = read(kind.table)
    rows = rows[rows["table"] == number]
    return rows[rows[kind.column] == key] if kind.column else rows
