"""The tables of the report, put together from the data: wording in print, flags, notes, sources."""

import pandas as pd
from markupsafe import Markup

from fourcities.facts import by_place, cities, lookup, observations, read

from .citations import citation_html
from .markup import tagged
from .names import both_names, name, when_of
from .notes import Notes
from .tables import listed, table


def report_table(number):
    """A table of the report, put together from the data: wording in print, flags, notes and sources.

    number: table number as text or number ("1"). Sentences of the report are given in our words.
    Raises KeyError if the table is unknown.
    """
    number = str(number)
    tables = read("tables").set_index("table")
    if number not in tables.index:
        raise KeyError(
            f"unknown table {number!r}; data/tables.csv has: {', '.join(tables.index)}"
        )
    rows = read("table_rows").query("table == @number")
    notes = Notes()
    records = []
    for _, parts in rows.groupby("row"):
        record = {"Row": parts["label"].iloc[0]}
        found = [
            (_CELLS[kind], by_place(_ROWS[kind](key, number)))
            for kind, key in zip(parts["kind"], parts["key"])
        ]
        for city in cities():
            cells = [
                cell(row, notes) for cell, rows in found for row in rows.get(city, [])
            ]
            record[name(city)] = (
                listed(cells)
                if cells
                else Markup('<span class="missing">not reported</span>')
            )
        records.append(record)
        for note in parts["note"]:
            notes.add(note, parts["label"].iloc[0])
    sources = Markup(
        "Sources of the table as a whole; the report gives none for single cells: {}."
    ).format(citation_html("table-" + number))
    more = (
        [
            "What names a source of its own in small print was added to the report's table."
        ]
        if notes.added
        else []
    )
    return table(
        pd.DataFrame(records),
        f"Table {number} of the report: {tables.at[number, 'title']}",
        f"table-{number}",
        [*notes.lines(), sources, *more],
    )


def _indicator_cell(row, notes):
    mark = Markup("")
    if row["footnote"]:
        mark = Markup("<sup>{}</sup>").format(row["footnote"])
        notes.add(
            lookup("footnotes", "text")[row["footnote"]], f"Footnote {row['footnote']}"
        )
    return Markup("{}{}{}{}").format(
        row["printed"],
        mark,
        notes.flag(row, row["label"], row["city"]),
        notes.source(row, row["period"]),
    )


def _body_cell(row, notes):
    relation = "" if row["relation"] == "lead" else f"{row['relation']}: "
    local = (
        Markup(" ({})").format(Markup(tagged(row["local_name"], row["language"])))
        if row["local_name"]
        else ""
    )
    part = f", part of the {row['part_of']}" if row["part_of"] else ""
    return Markup("{}{}{}{}{}{}").format(
        relation,
        row["name"],
        local,
        part,
        notes.flag(row, row["name"], name(row["place"])),
        notes.source(row),
    )


def _coding_cell(row, notes):
    return Markup("{}{}").format(row["statement"], notes.source(row))


def _policy_cell(row, notes):
    return Markup("{}, {}{}{}").format(
        both_names(row),
        when_of(row),
        notes.flag(row, row["title"], name(row["place"])),
        notes.source(row),
    )


# What a row of table_rows.csv shows, by its kind: the rows behind it, by its key and the number of the table, and the cell that each becomes.
_ROWS = {
    "indicator": lambda key, number: observations(key),
    "role": lambda key, number: read("bodies").query(
        "role == @key and table == @number"
    ),
    "coding": lambda key, number: read("codings").query(
        "dimension == @key and table == @number"
    ),
    "policy field": lambda key, number: read("bodies").query(
        "policy_field == @key and table == @number"
    ),
    "policies": lambda key, number: read("policies").query("table == @number"),
}


_CELLS = {
    "indicator": _indicator_cell,
    "role": _body_cell,
    "coding": _coding_cell,
    "policy field": _body_cell,
    "policies": _policy_cell,
}
