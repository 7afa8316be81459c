"""Shapes of what all explorers give to the page and take from it.

A shape of the page is a dictionary with these keys, in the order in which a kind's
`page_data` writes them; it becomes JSON. In JSON a pair is a list.
"""

from typing import Any, TypeAlias, TypedDict

# A thing to pick: [key, label].
Choice: TypeAlias = list[str]

# What is picked: for each list of choices the key, or list of keys, that is picked;
# and the text that was typed in. Each kind has its own keys.
Picks: TypeAlias = dict[str, Any]

# A country and its cities: [name, [key of places.csv, …]].
Country: TypeAlias = "list[str | list[str]]"


class PageData(TypedDict):
    """What a page gets of any explorer; each kind adds keys of its own."""

    kind: str  # which part of the script draws it
    id: str  # the label to refer to the explorer by
    title: str
    choices: dict[str, list[Choice]]
    value: Picks  # picked at first
    cite: list[str]  # how to cite: the book, the report


class RowsData(PageData):
    """What a page gets besides of an explorer whose rows are filtered."""

    noun: list[str]  # what a row is: one, several
    # {key of the picks: what the rows have that fit it, {} for the pick}
    phrases: dict[str, str]
