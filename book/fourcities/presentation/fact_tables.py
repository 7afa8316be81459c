"""Tables of names and words.

Policies, measures, events; amounts; columns of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    Cells,
    observations,
    of_report,
    places_above,
    read,
    rules,
    written,
)

from .citations import citation_html
from .names import both_names, name, when_of
from .notes import Notes
from .tables import NOT_STATED, Shown, folded, table
from .words import list_of, missing

# Columns that say what a row is about; the first that there is counts.
SUBJECTS = ("title", "name", "statement", "covers")


def facts_table(
    rows: pd.DataFrame,
    columns: Mapping[str, str],
    label: str,
    caption: str,
    notes: Iterable[str] = (),
) -> Shown:
    """Rows of a table of names and words.

    Parameters
    ----------
    rows
        Rows of `read` of a table with place, section, source and note, such as
        policies, measures, events or organizations, in the order to show.
    columns
        For each heading what stands below it. That is a column of `rows`, or "names"
        (English and local name), "when" (its time in words), "source" (section and
        citation), "city" (its place), "amount" or "threshold" (the value of the
        indicator that the row names).
    label
        Name to refer to it by.
    caption
        What the table shows.
    notes
        Further lines below the table.

    Returns
    -------
    Shown
        A section that all rows share is said below, once. Flags stand at the first cell
        of a row and are explained below, with the notes of the rows.
    """
    flags = Notes()
    shared = _shared_section(rows) if "source" in columns.values() else ""
    records = []
    for _, row in rows.iterrows():
        record = {
            heading: _fact(row, column, shared) for heading, column in columns.items()
        }
        if "flag" in row:
            first = next(iter(columns))
            mark = flags.flag(row, _subject(row), name(row["place"]))
            record[first] = Markup("{}{}").format(record[first], mark)
        records.append(record)
    below: list[str] = [*flags.lines(), *notes]
    if shared:
        below.append(_section_note(rows, shared))
    return table(pd.DataFrame(records), caption, label, below)


def _shared_section(rows: pd.DataFrame) -> str:
    """The section that all rows of the report share, "" if they don't."""
    sections = of_report(rows)["section"].unique()
    return str(sections[0]) if len(sections) == 1 else ""


def _section_note(rows: pd.DataFrame, section: str) -> str:
    """Says once where rows stand, those that were added apart."""
    added = dict.fromkeys(map(name, rows.loc[rows["added"], "place"]))
    if not added:
        return f"All of these are from Section {section} of the report."
    return (
        f"Where no section is named, it is Section {section} of the report; for"
        f" {list_of(added)}, the facts were added from the source named."
    )


def _subject(row: Cells) -> str:
    """What a row is about, for the notes below the table."""
    column = next(column for column in SUBJECTS if column in row)
    return str(row[column])


def _fact(row: Cells, column: str, shared: str) -> str:
    """A cell of facts_table, which says what `column` may be.

    shared: the section that is said below.
    """
    if column == "names":
        return both_names(row)
    if column == "when":
        return missing(when_of(row)).replace("year not stated", "not stated")
    if column == "city":
        return name(row["place"])
    if column == "source":
        return _source(row, shared)
    cell: str = row[column]
    if cell == "":
        return NOT_STATED
    if column in ("amount", "threshold"):
        values = observations(cell, places=places_above(row["place"]))
        return "; ".join(written(value) for _, value in values.iterrows())
    return cell


def _source(row: Cells, shared: str = "") -> Markup | str:
    """Section and citation.

    The citation alone for what was added to the report, and in the section that is said
    below.
    """
    cited = citation_html(row["source"]) if row["source"] else "no source named"
    if row["added"] or row["section"] == shared:
        return cited
    return Markup("Section {}; {}").format(row["section"], cited)


def amounts_table(label: str, caption: str) -> Shown:
    """Every amount of money of the report, from amounts.csv.

    Parameters
    ----------
    label
        Name to refer to it by.
    caption
        What the table shows.

    Returns
    -------
    Shown
        Value in U.S. dollars, period, what it covers, who pays, the rule behind the
        U.S. dollars, source. Flags are explained below.
    """
    notes = Notes()
    records = []
    for _, amount in read("amounts").iterrows():
        values = observations(amount["indicator"], places=[amount["place"]])
        for _, value in values.iterrows():
            records.append(_amount_cells(amount, value, notes))
    return table(pd.DataFrame(records), caption, label, notes.lines())


def _amount_cells(amount: Cells, value: Cells, notes: Notes) -> dict[str, str]:
    """A row of amounts_table, by heading.

    amount: a row of amounts.csv; value: of observations.
    """
    mark = notes.flag(value, value["label"], value["city"])
    heading = Markup("{}{}<br><small>{}</small>").format(
        value["label"], mark, value["city"]
    )
    basis = "" if amount["basis"] == "not stated" else f" ({amount['basis']})"
    return {
        "Amount": heading,
        "U.S. dollars": written(value).replace("US$ ", ""),
        "Time": value["period"] + basis,
        "What it covers": amount["covers"],
        "Who pays": missing(amount["payer"]),
        "Conversion": amount["conversion"],
        "Source": _source(value),
    }


def columns_table(resource: Mapping[str, Any]) -> Shown:
    """The columns of a table of the data package.

    Parameters
    ----------
    resource
        An entry of `descriptor()["resources"]`, as datapackage.json has it.

    Returns
    -------
    Shown
        Name, type, what a column holds, and its rules, behind a line that opens.
    """
    schema = resource["schema"]
    fields = schema["fields"]
    holds = [
        field["description"] + rules(field, schema).replace("`", "") for field in fields
    ]
    shown = pd.DataFrame(
        {
            "Column": [field["name"] for field in fields],
            "Type": [field["type"] for field in fields],
            "What it holds": holds,
        }
    )
    label, line = f"columns-{resource['name']}", f"Columns of {resource['path']}"
    inner = Markup(table(shown, line, f"{label}-table").html)
    html = Markup('<div id="{}">{}</div>').format(label, folded(line, inner))
    return Shown(html, f"Table: {line}")
