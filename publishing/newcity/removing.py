"""The way back: the rows of an added city are taken out of the files of data/.

Its rows are those that name it as their place. With them go the places, sources and
citations that were added for it, which nothing names any more; an indicator or a policy
field that came with it stays, as others may use it. All other rows stay as they are.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from fourcities.facts import descriptor

from .tables import Row
from .template import CityError

# What goes when nothing names it any more: tables and their keys.
KEYS = {"citations": "citation", "sources": "source", "places": "place"}


class Line(NamedTuple):
    """A row of a file of data/."""

    number: int  # the header is row 1
    text: str  # as it stands in the file, with its end
    cells: Row


class Link(NamedTuple):
    """A column whose cells are keys of a table."""

    table: str
    column: str
    target: str


Tables: TypeAlias = dict[str, list[Line]]


def lines_of(path: Path) -> list[Line]:
    """The rows of a file of data/, which was found sound, each with its text."""
    texts = [line + "\n" for line in path.read_text("utf-8-sig").split("\n")]
    reader = csv.reader(texts)
    header, lines, start = next(reader), [], reader.line_num
    for number, cells in enumerate(reader, 2):
        text = "".join(texts[start : reader.line_num])
        start = reader.line_num
        if cells:
            lines.append(Line(number, text, dict(zip(header, cells))))
    return lines


def take_out(key: str, folder: Path) -> Tables:
    """Take the rows of an added city out of a copy of data/.

    Parameters
    ----------
    key : str
        Of the city.
    folder : Path
        Where the copy lies; its files are written anew where they lose a row.

    Returns
    -------
    dict of str to list of Line
        What was taken out, by table; nothing if there is no such place.

    Raises
    ------
    CityError
        If it is a place of the report.
    """
    tables = {
        resource["name"]: lines_of(folder / resource["path"])
        for resource in descriptor(folder)["resources"]
    }
    for line in tables["places"]:
        if line.cells["place"] == key and line.cells["status"] != "added":
            raise CityError(
                f"data/places.csv, row {line.number}, column status: found "
                f"{line.cells['status']!r}, expected a place that was added"
            )
    left = dict(tables)
    taken = _taken(key, left, _links(folder))
    for table in taken:
        path = folder / f"{table}.csv"
        head, _, _ = path.read_text("utf-8-sig").partition("\n")
        rows = "".join(line.text for line in left[table])
        path.write_text(f"{head}\n{rows}", "utf-8")
    return taken


def _links(folder: Path) -> list[Link]:
    """All columns that refer to a table; the package names the table itself by ""."""
    return [
        Link(
            resource["name"],
            link["fields"][0],
            link["reference"]["resource"] or resource["name"],
        )
        for resource in descriptor(folder)["resources"]
        for link in resource["schema"].get("foreignKeys", [])
    ]


def _taken(key: str, left: Tables, links: list[Link]) -> Tables:
    """The rows of a city, which `left` loses."""
    taken: Tables = {}
    added = {
        "places": _keys(left["places"], "place", "status"),
        "sources": _keys(left["sources"], "source", "kind"),
    }
    added["citations"] = {
        line.cells["citation"]
        for line in left["citations"]
        if line.cells["source"] in added["sources"]
    }
    _move(left, taken, "places", lambda row: row["place"] == key)
    if not taken:
        return taken
    for link in links:
        if link.target == "places" and link.column == "place":
            _move(left, taken, link.table, lambda row: row["place"] == key)
    own = f"{key}-source"  # of the template, also where no row names it
    while any(
        _move_unnamed(table, left, taken, links, added[table], own) for table in KEYS
    ):
        pass  # a province and then its country
    return taken


def _keys(lines: list[Line], key: str, status: str) -> set[str]:
    return {line.cells[key] for line in lines if line.cells[status] == "added"}


def _move(
    left: Tables, taken: Tables, table: str, wanted: Callable[[Row], bool]
) -> bool:
    """Move rows of a table from one to the other; whether there were any."""
    moved = [line for line in left[table] if wanted(line.cells)]
    if moved:
        left[table] = [line for line in left[table] if not wanted(line.cells)]
        taken[table] = [*taken.get(table, []), *moved]
    return bool(moved)


def _move_unnamed(
    table: str,
    left: Tables,
    taken: Tables,
    links: list[Link],
    added: set[str],
    own: str,
) -> bool:
    """Move what was added and is named by rows that were taken, and by no other."""
    naming = [link for link in links if link.target == table]
    gone = (_named(taken, naming) | {own}) - _named(left, naming)
    return _move(left, taken, table, lambda row: row[KEYS[table]] in gone & added)


def _named(tables: Tables, links: list[Link]) -> set[str]:
    return {
        line.cells[link.column] for link in links for line in tables.get(link.table, [])
    }
