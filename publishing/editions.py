"""The edition: what CITATION.cff and the data state of it, in the words of a citation.

A commit is named where the variable COMMIT holds it, as in a release or where a server
builds the site; without it an edition is told by its number and its day.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from fourcities.facts import ROOT, DataError, Problem, descriptor, read

from .errors import BuildError

HASH = re.compile("[0-9a-f]{7,40}")


@dataclass(frozen=True)
class Author:
    """An author of CITATION.cff."""

    name: str  # a group's name, or "Family, Given"
    is_group: bool


def author_of(entry: Mapping[str, str]) -> Author:
    """An author as CITATION.cff has it, a group or a person."""
    if entry.get("name"):
        return Author(entry["name"], is_group=True)
    names = (entry.get("family-names"), entry.get("given-names"))
    return Author(", ".join(filter(None, names)), is_group=False)


def stated() -> dict[str, Any]:
    """Read CITATION.cff.

    Returns
    -------
    dict
        Its fields by name.
    """
    found: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    return found


def licences(book: Mapping[str, Any]) -> list[str]:
    """The licences of a citation file, one or several, as SPDX names them."""
    licence = book["license"]
    return [licence] if isinstance(licence, str) else list(licence)


def authors() -> list[Author]:
    """The authors of CITATION.cff, in its order."""
    return [author_of(entry) for entry in stated()["authors"]]


def commit() -> str:
    """Name the commit that is built.

    Returns
    -------
    str
        What the variable COMMIT holds; "" if it is not set.

    Raises
    ------
    BuildError
        If it is no hash of git's.
    """
    named = os.environ.get("COMMIT", "")
    if named and not HASH.fullmatch(named):
        raise BuildError(
            f"COMMIT: found {named!r}, expected a commit's hash, such as "
            "the 40 digits that `git rev-parse HEAD` prints"
        )
    return named


def check_editions() -> None:
    """Look whether data, package and CITATION.cff speak of the same edition.

    Raises
    ------
    DataError
        Naming file, row, column and value: an edition that is not later than the one
        above it, in number or day; a last one with another number or day than
        CITATION.cff and datapackage.json have; a change with one of two wordings
        missing.
    """
    editions = read("editions")
    editions["date"] = editions["date"].dt.strftime("%Y-%m-%d")
    problems = [
        Problem("editions.csv", f"later than {last}", row, column, value)
        for column in ("edition", "date")
        for row, (last, value) in enumerate(
            zip(editions[column], editions[column][1:]), 3
        )
        if _parts(last) >= _parts(value)
    ]
    latest, book = editions.iloc[-1], stated()
    for file, setting, found, column in (
        ("CITATION.cff", "version", book.get("version"), "edition"),
        ("CITATION.cff", "date-released", book.get("date-released"), "date"),
        ("datapackage.json", "version", descriptor()["version"], "edition"),
    ):
        if str(found) != str(latest[column]):
            expected = f"{found}, as {file} has it ({setting})"
            row = len(editions) + 1
            problems.append(
                Problem("editions.csv", expected, row, column, latest[column])
            )
    for row, change in enumerate(read("changes").to_dict("records"), 2):
        if (change["kind"] == "corrected") != bool(change["was"]):
            expected = "what stood there before, for a correction and for it alone"
            problems.append(Problem("changes.csv", expected, row, "was", change["was"]))
    if problems:
        raise DataError(problems)


def _parts(text: str) -> list[int]:
    """The numbers of an edition or a day: 1.10.0 is later than 1.9.0."""
    return [int(part) for part in re.split("[.-]", text)]
