"""The ledger as a table to filter, each row with links to its chapter and its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import TypeAlias
from urllib.parse import quote

from fourcities.explorers import FOLDED, TableExplorer, TableRow
from fourcities.facts import (
    Cells,
    Count,
    Part,
    Row,
    Value,
    about,
    cities,
    read,
    readings_of,
)
from fourcities.presentation import LABEL, pages

from .ledger import claims
from .outcomes import OUTCOMES, USES
from .parts import english_title, row_behind

Link: TypeAlias = tuple[str, str]  # text, and address within the book or look

LETTERS = 48  # of a title that a link is called by


class ClaimExplorer(TableExplorer):
    """The ledger as a table to filter: by use, outcome, section and words.

    Each row leads to the chapter and to the data it rests on; the row of a claim has
    the id "label-claim". On the page a reader may judge each claim by the outcomes of
    the ledger. `frame()` gives the rows shown.

    Parameters
    ----------
    label : str
        Name to refer to it by.
    """

    def __init__(self, label: str = LABEL) -> None:
        ledger, where = claims(), pages()
        facets = {
            "use": ("May it be cited?", "several", USES),
            "outcome": (
                "Outcome",
                "several",
                {_key_of(outcome): outcome for outcome in OUTCOMES},
            ),
            "section": ("Section", "one", _sections(set(ledger["section"]))),
        }
        super().__init__(
            [
                "The report says or implies",
                "Outcome",
                "What computing gives",
                "What to mind",
                "Look at",
            ],
            [_row(row, where) for _, row in ledger.iterrows()],
            facets,
            "Every statement that we tested, held against the report's own data",
            label,
            noun=("claim", "claims"),
            phrases={
                "use": "marked {}",
                "outcome": "with the outcome {}",
                "section": "on {}",
            },
            judged=(
                "outcome",
                {_key_of(outcome): means for outcome, means in OUTCOMES.items()},
            ),
        )


def _key_of(outcome: str) -> str:
    """An outcome as a value to pick: "in-tension"."""
    return outcome.replace(" ", "-")


def _sections(with_claims: set[str]) -> dict[str, str]:
    """The sections to pick: all, and each that has claims, with its title."""
    options = {"all": "all sections"}
    for _, row in read("sections").query("section != '0'").iterrows():
        if row["section"] in with_claims:
            options[row["section"]] = f"{row['section']} {row['title']}"
    return options


def _row(row: Cells, where: Mapping[str, str]) -> TableRow:
    """A row of the ledger as a row of the explorer. where: as `pages` gives it."""
    return {
        "key": row["claim"],
        "tags": {
            "use": row["use"],
            "outcome": _key_of(row["outcome"]),
            "section": ["all", row["section"]],
        },
        "cells": [
            row["statement"],
            [(row["outcome"], f".{_key_of(row['outcome'])}"), f"; {USES[row['use']]}"],
            _led_by_its_first(*row["finding"].partition("\n"))
            or "Nothing can be computed.",
            _minds(row),
            _links(row, where),
        ],
    }


def _minds(row: Cells) -> list[str | Link]:
    """The caveat; folded all but its first sentence, the note and what is needed."""
    first, end, others = row["caveat"].partition(". ")
    needed = f"Needed: {row['needs']}." if row["needs"] else ""
    rest = " ".join(filter(None, [others, row["note"], needed]))
    return _led_by_its_first(first + end.strip(), " ", rest) or ["nothing"]


def _led_by_its_first(first: str, between: str, rest: str) -> list[str | Link]:
    """A cell that shows its first words and folds the rest; empty without words."""
    if not rest:
        return [first] if first else []
    folded = (rest, FOLDED)
    return [first, between, folded] if first else [folded]


def _links(row: Cells, where: Mapping[str, str]) -> list[str | Link]:
    """The chapter, and the data that the claim rests on, as parts of a cell."""
    readings = readings_of(row["check"], row["rests_on"])
    parts = [part for reading in readings for part in reading.parts]
    section = f"Section {row['section']}"
    links = [(section, where[section])]
    links += [
        _link(part, parts, on_codes="code" in row["check"])
        for part in parts
        if isinstance(part, (Value, Row, Count))
    ]
    cell: list[str | Link] = []
    for link in dict.fromkeys(links):
        cell += ["; ", link]
    return cell[1:]


def _link(part: Value | Row | Count, parts: Sequence[Part], on_codes: bool) -> Link:
    """Where the data of a part can be seen. on_codes: whether a Value is one of
    codings.csv.
    """
    if isinstance(part, Value) and not on_codes:
        return about(part.indicator)["label"], _address(part, parts)
    if isinstance(part, Row) and part.table in ("policies", "bodies", "measures"):
        title = english_title(row_behind(part)) or ""
        address = f"explore-texts.html?explore-all-texts.words={quote(title)}"
        return shorten(title, LETTERS, placeholder=" …"), f"{address}#explore-all-texts"
    table = "codings" if isinstance(part, Value) else part.table
    return f"{table}.csv", f"data-and-sources.html#columns-{table}"


def _address(value: Value, parts: Sequence[Part]) -> str:
    """The explorer of numbers with all cities for which the claim uses the indicator;
    the table of observations if they are none.
    """
    alike = [
        part
        for part in parts
        if isinstance(part, Value) and part.indicator == value.indicator
    ]
    places = {part.place for part in alike}
    towns = [city for city in cities() if city in places]
    if not towns:
        return "data-and-sources.html#columns-observations"
    picks = [
        f"explore-all.indicator={value.indicator}",
        f"explore-all.cities={','.join(towns)}",
        "explore-all.view=table",
    ]
    return f"explore-numbers.html?{'&'.join(picks)}#explore-all"
