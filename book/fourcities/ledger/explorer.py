"""The ledger as a table to filter, each row with links to its chapter and its data."""

from urllib.parse import quote

from fourcities.explorers import TableExplorer
from fourcities.facts import Count, Row, Value, about, cities, read, readings_of
from fourcities.presentation import LABEL, pages

from .ledger import claims
from .names import row_behind
from .outcomes import OUTCOMES, USES


class ClaimExplorer(TableExplorer):
    """The ledger as a table to filter: by use, outcome, section and words. Each row leads to the chapter and to the data it rests on.

    label: name to refer to it by; the row of a claim has the id "label-claim". `frame()` gives the rows shown.
    """

    def __init__(self, label=LABEL):
        ledger, sections = claims(), read("sections").query("section != '0'")
        where = pages()
        ledger["tag"] = ledger["outcome"].str.replace(" ", "-")
        facets = {
            "use": ("May it be cited?", "several", USES),
            "outcome": (
                "Outcome",
                "several",
                {outcome.replace(" ", "-"): outcome for outcome in OUTCOMES},
            ),
            "section": (
                "Section",
                "one",
                {"all": "all sections"}
                | {
                    row["section"]: f"{row['section']} {row['title']}"
                    for _, row in sections.iterrows()
                    if row["section"] in set(ledger["section"])
                },
            ),
        }
        rows = [
            {
                "key": row["claim"],
                "tags": {
                    "use": row["use"],
                    "outcome": row["tag"],
                    "section": ["all", row["section"]],
                },
                "cells": [
                    row["statement"],
                    f"{row['outcome']}; {USES[row['use']]}",
                    row["finding"] or "Nothing can be computed.",
                    _minds(row),
                    _links(row, where),
                ],
            }
            for _, row in ledger.iterrows()
        ]
        super().__init__(
            [
                "The report says or implies",
                "Outcome",
                "What computing gives",
                "What to mind",
                "Look at",
            ],
            rows,
            facets,
            "Every checkable statement of the report, held against its own data",
            label,
        )


def _minds(row):
    """Caveat, note and what would be needed, in words."""
    return (
        " ".join(
            filter(
                None,
                [
                    row["caveat"],
                    row["note"],
                    f"Needed: {row['needs']}." if row["needs"] else "",
                ],
            )
        )
        or "nothing"
    )


def _links(row, where):
    """The chapter, and the data that the claim rests on, as parts of a cell."""
    found = [
        part
        for reading in readings_of(row["check"], row["rests_on"])
        for part in reading.parts
    ]
    links = [(f"Section {row['section']}", where[f"Section {row['section']}"])]
    for part in found:
        if isinstance(part, Value) and "code" not in row["check"]:
            towns = [
                city
                for city in cities()
                if city
                in {
                    p.place
                    for p in found
                    if isinstance(p, Value) and p.indicator == part.indicator
                }
            ]
            picks = f"?explore-all.indicator={part.indicator}&explore-all.cities={','.join(towns)}&explore-all.view=table"
            links.append(
                (
                    about(part.indicator)["label"],
                    f"explore-numbers.html{picks}#explore-all"
                    if towns
                    else "data-and-sources.html#columns-observations",
                )
            )
        elif isinstance(part, Row) and part.table in ("policies", "bodies", "measures"):
            row_of = row_behind(part)
            title = row_of.get("title", row_of.get("name"))
            links.append(
                (
                    "the title",
                    f"explore-texts.html?explore-all-texts.words={quote(title)}#explore-all-texts",
                )
            )
        elif isinstance(part, (Row, Count, Value)):
            table = "codings" if isinstance(part, Value) else part.table
            links.append((f"{table}.csv", f"data-and-sources.html#columns-{table}"))
    links = list(dict.fromkeys(links))
    return [piece for link in links for piece in ("; ", link)][1:]
