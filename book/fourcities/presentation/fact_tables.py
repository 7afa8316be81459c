"""Tables of names and words: policies, measures, events; amounts; outside figures; columns of a table."""

import re

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    about,
    observations,
    of_report,
    period_words,
    places_above,
    read,
    rules,
    written,
)

from .citations import citation_html
from .names import both_names, name, when_of
from .notes import Notes
from .tables import table
from .words import list_of, missing


def facts_table(rows, columns, label, caption, notes=()):
    """Rows of a table of names and words, such as policies, measures, events or organizations.

    rows: rows of read(...), in the order to show; columns: heading: what stands below it. That is a column of `rows`, or
    "names" (English and local name), "when" (its time in words), "source" (section and citation), "city" (its place),
    "amount" or "threshold" (the value of the indicator that the row names). A section that all rows share is said below, once.
    notes: further lines below the table. Flags stand at the first cell of a row and are explained below, with the notes of the rows.
    """
    below = Notes()
    records = []
    own = of_report(rows)["section"].unique()
    shared = (
        f"Section {own[0]}; " if len(own) == 1 and "source" in columns.values() else ""
    )
    if shared:
        notes = [
            *notes,
            f"All from Section {own[0]} of the report."
            if not rows["added"].any()
            else f"Where no section is named: Section {own[0]} of the report, or, in {list_of(dict.fromkeys(map(name, rows.loc[rows['added'], 'place'])))}, added from the source named.",
        ]
    for _, row in rows.iterrows():
        record = {
            heading: Markup(str(cell).removeprefix(shared))
            if column == "source"
            else cell
            for heading, column in columns.items()
            for cell in [_fact(row, column)]
        }
        first = next(iter(columns))
        what = next(
            row[c] for c in ("title", "name", "statement", "covers") if c in row
        )
        shown = (
            below.flag(row, what, name(row["place"])) if "flag" in row else Markup("")
        )
        records.append(record | {first: Markup("{}{}").format(record[first], shown)})
    return table(pd.DataFrame(records), caption, label, [*below.lines(), *notes])


def _fact(row, column):
    """A cell of facts_table."""
    if column == "names":
        return both_names(row)
    if column == "when":
        return missing(when_of(row)).replace("year not stated", "not stated")
    if column == "city":
        return name(row["place"])
    if column == "source":
        cited = citation_html(row["source"]) if row["source"] else "no source named"
        return (
            cited
            if row["added"]
            else Markup("Section {}; {}").format(row["section"], cited)
        )
    if column in ("amount", "threshold"):
        if not row[column]:
            return Markup('<span class="missing">not stated</span>')
        found = observations(row[column], places=places_above(row["place"]))
        return "; ".join(written(r) for _, r in found.iterrows())
    return (
        row[column]
        if row[column] != ""
        else Markup('<span class="missing">not stated</span>')
    )


def amounts_table(label, caption):
    """Every amount of money of the report: value, period, what it covers, who pays, the rule behind the U.S. dollars."""
    below = Notes()
    records = []
    for _, row in read("amounts").iterrows():
        for _, value in observations(
            row["indicator"], places=[row["place"]]
        ).iterrows():
            records.append(
                {
                    "Amount": Markup("{}{}<br><small>{}</small>").format(
                        value["label"],
                        below.flag(value, value["label"], value["city"]),
                        value["city"],
                    ),
                    "U.S. dollars": written(value).replace("US$ ", ""),
                    "Time": value["period"]
                    if row["basis"] == "not stated"
                    else f"{value['period']} ({row['basis']})",
                    "What it covers": row["covers"],
                    "Who pays": missing(row["payer"]),
                    "Conversion": row["conversion"],
                    "Source": _fact(value, "source"),
                }
            )
    return table(pd.DataFrame(records), caption, label, below.lines())


def outside_table(label, caption):
    """Figures from outside the report, each beside the printed or computed value, with what it is, where and when it was seen."""
    records = []
    for _, row in read("outside_figures").iterrows():
        beside = (
            observations(row["indicator"], places=[row["place"]])
            if row["indicator"]
            else pd.DataFrame(columns=["period_end"])
        )
        years = beside["period_end"].dt.year if len(beside) else beside["period_end"]
        same = (
            beside[years == row["period_end"].year]
            if pd.notna(row["period_end"])
            else beside
        )
        found = (same if len(same) else beside).tail(1)
        what = (
            about(row["indicator"])["label"]
            if row["indicator"]
            else "Rate of conversion"
        )
        printed = [
            (r["printed"] or f"computed: {written(r)}")
            + ("" if re.search(r"\b\d{4}\b", r["printed"]) else f" ({r['period']})")
            for _, r in found.iterrows()
        ]
        links = Markup("<br>").join(
            Markup('<a href="{}">{}</a>').format(
                a, a.split("/")[2].removeprefix("www.")
            )
            for a in row["address"].split()
        )
        seen = (
            Markup("{}<br><small>seen {}</small>").format(
                links, row["seen"] or "on a day not stated"
            )
            if row["address"]
            else "a guess of ours; no source"
        )
        records.append(
            {
                "Figure": Markup("{}<br><small>{}</small>").format(
                    what, name(row["place"])
                ),
                "In the report": "; ".join(printed) or "not stated",
                "Outside": Markup("{}<br><small>{}</small>").format(
                    row["printed"], period_words(row["period_start"], row["period_end"])
                ),
                "What it is": " ".join(filter(None, [row["statement"], row["note"]])),
                "Where": seen,
            }
        )
    return table(pd.DataFrame(records), caption, label)


def columns_table(resource):
    """The columns of a table of the data package: type, what they hold, rules. resource: an entry of descriptor()["resources"]."""
    fields = resource["schema"]["fields"]
    shown = pd.DataFrame(
        {
            "Column": [f["name"] for f in fields],
            "Type": [f["type"] for f in fields],
            "What it holds": [
                f["description"] + rules(f, resource["schema"]).replace("`", "")
                for f in fields
            ],
        }
    )
    return table(shown, f"Columns of {resource['path']}", f"columns-{resource['name']}")
