"""What a reader who quotes should know of the report's print."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from fourcities.facts import Cells, read

from .markup import marked, tagged
from .tables import Shown, table

MOVED = "the same words in another place"


def print_notes_table(label: str, caption: str, kinds: Iterable[str] = ()) -> Shown:
    """What stands in print, and what is likely meant, from print_notes.csv.

    Parameters
    ----------
    label
        Name to refer to it by.
    caption
        What the table shows.
    kinds
        Kinds to show, in this order, such as "layout" or "language"; all if not given.

    Returns
    -------
    Shown
        Words as printed, the likely form and where they stand. Below it is said whose
        the likely forms are.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    rows = read("print_notes")
    known = list(dict.fromkeys(rows["kind"]))
    wanted = list(kinds) or known
    for kind in wanted:
        if kind not in known:
            there_are = ", ".join(known)
            raise ValueError(f"unknown kind {kind!r}; there are: {there_are}")
    found = pd.concat([rows[rows["kind"] == kind] for kind in wanted])
    records = [_record(row) for _, row in found.iterrows()]
    below = ["The likely forms are ours; the data keep what is printed."]
    if "layout" in wanted:
        below.append(
            "We have the report as a text taken from its pages. What is listed as"
            " layout may be due to that, and not to the print."
        )
    if (found["address"] != "").any():
        below.append("A linked form is printed so on a page outside the report.")
    return table(pd.DataFrame(records), caption, label, below)


def _record(row: Cells) -> dict[str, object]:
    """A row of the table. row: of print_notes.csv."""
    section = row["section"]
    where = f"Section {section}" if section != "0" else "before Section 1"
    if row["table"]:
        where += f", Table {row['table']}"
    return {
        "In print": Markup(tagged(row["printed"], row["language"])),
        "Likely": _likely(row),
        "Where": where,
        "Kind": row["kind"],
        "Note": marked(row["note"]),
    }


def _likely(row: Cells) -> Markup | str:
    """The likely form, with a link to the page that prints it."""
    if not row["likely"]:
        return MOVED
    form = Markup(tagged(row["likely"], row["language"]))
    if not row["address"]:
        return form
    return Markup('<a href="{}">{}</a>').format(row["address"], form)
