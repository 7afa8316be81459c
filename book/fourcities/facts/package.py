"""The CSV tables of `data/`, checked, with the types of `datapackage.json`."""

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pandas as pd

from .paths import DATA, ROOT, bytes_of
from .shapes import Descriptor, Field, Resource, Schema, State
from .state import check_once, state_of


def read(name: str, folder: str | Path = DATA) -> pd.DataFrame:
    """One table of the data package as a DataFrame.

    Parameters
    ----------
    name : str
        A resource of datapackage.json, such as "observations" or "bodies"; its codebook
        is data/README.md.
    folder : path
        Where the package lies.

    Returns
    -------
    DataFrame
        A fresh copy with the columns of the file: text columns hold "" where a cell is
        empty, numbers NaN, dates NaT. Where there is a column `value`, a column
        `decimals` says to how many places it is written: 7434.4 has one. Where rows
        have a source and a place, and for amounts, a column `added` says whether they
        were added to the report's (see `of_report`).

    Raises
    ------
    DataError
        If anything in the package is wrong.
    KeyError
        If there is no such table.

    Notes
    -----
    A file that changed is checked and read again, at the latest a tenth of a second
    after the change.

    Examples
    --------
    >>> import fourcities as fc
    >>> list(fc.read("units").columns)
    ['unit', 'label', 'symbol']
    """
    return _table(name, Path(folder), state_of(Path(folder))).copy()


def lookup(table: str, column: str) -> dict[str, Any]:
    """A column of a table by the table's first one, its key.

    Parameters
    ----------
    table : str
        As in `read`.
    column : str
        One of the table's columns.

    Returns
    -------
    dict
        The cells of the column by key. The same dictionary each time, for looking
        things up in, until a file changes.

    Raises
    ------
    DataError, KeyError
        As `read` does.

    Examples
    --------
    >>> from fourcities.facts import lookup
    >>> lookup("places", "parent")["cologne"]
    'north-rhine-westphalia'
    """
    return _lookup(table, column, state_of())


def by_key(table: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by the table's first column, its key.

    Parameters
    ----------
    table : str
        As in `read`.

    Returns
    -------
    dict
        For each key its row, a dictionary by column. The same one each time, for
        looking things up in, until a file changes.

    Raises
    ------
    DataError, KeyError
        As `read` does.

    Examples
    --------
    >>> from fourcities.facts import by_key
    >>> by_key("places")["cologne"]["local_name"]
    'Köln'
    """
    return _by_key(table, state_of())


@lru_cache(maxsize=16)
def _by_key(table: str, state: State) -> dict[str, dict[str, Any]]:
    frame = read(table)
    rows = cast(list[dict[str, Any]], frame.to_dict("records"))
    return dict(zip(frame.iloc[:, 0], rows))


@lru_cache(maxsize=16)
def _lookup(table: str, column: str, state: State) -> dict[str, Any]:
    frame = read(table)
    return dict(zip(frame.iloc[:, 0], frame[column]))


def of_report(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are the report's own, without those added from other sources.

    Sentences about the report count these.

    Parameters
    ----------
    rows : DataFrame
        Rows of `read` or `observations` of a table whose rows have a source: the column
        `added` is needed.

    Returns
    -------
    DataFrame
        Some of these rows, with all columns.
    """
    return rows[~rows["added"]]


def descriptor(folder: str | Path = DATA) -> Descriptor:
    """The data package as datapackage.json declares it.

    Parameters
    ----------
    folder : path
        Where the package lies.

    Returns
    -------
    dict
        The package's name, title and so on, and its resources: tables with their
        columns and keys.

    Examples
    --------
    >>> import fourcities as fc
    >>> units = next(r for r in fc.descriptor()["resources"] if r["name"] == "units")
    >>> units["path"], units["schema"]["primaryKey"]
    ('units.csv', ['unit'])
    """
    text = (Path(folder) / "datapackage.json").read_text("utf-8")
    return cast(Descriptor, json.loads(text))


def rules(field: Field, schema: Schema) -> str:
    """What a column must obey, in words.

    Required, one of some values, a least value, a reference to another table.

    Parameters
    ----------
    field : dict
        The column, one of the fields of the schema.
    schema : dict
        The schema of the table, as in `descriptor`.

    Returns
    -------
    str
        Sentences with keys and values in backquotes, a blank before each; "" if there
        is nothing to obey.
    """
    constraints = field.get("constraints", {})
    links = {
        key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])
    }
    words = ["Required."] if constraints.get("required") else []
    if "enum" in constraints:
        allowed = ", ".join(f"`{value}`" for value in constraints["enum"])
        words.append(f"One of: {allowed}.")
    if "minimum" in constraints:
        words.append(f"At least {constraints['minimum']}.")
    if field["name"] in links:
        table = links[field["name"]]
        words.append(f"Refers to `{table['fields'][0]}` in `{table['resource']}.csv`.")
    return "".join(f" {word}" for word in words)


# As many as there may be tables in some versions; nothing is read that nobody asks for.
@lru_cache(maxsize=128)
def _table(name: str, folder: Path, state: State) -> pd.DataFrame:
    """A table of the data package, with the columns that `read` describes."""
    resources = _resources(folder, state)
    if name not in resources:
        known = ", ".join(resources)
        raise KeyError(f"no table {name!r} in {folder}; there are: {known}")
    resource = resources[name]
    frame = _read_csv(folder / resource["path"], resource["schema"]["fields"])
    if name == "amounts":
        frame["added"] = _added_amounts(frame, folder)
    elif {"place", "source"} <= set(frame.columns):
        frame["added"] = frame["source"].isin(_added_citations(folder))
    return frame


@lru_cache(maxsize=2)
def _resources(folder: Path, state: State) -> dict[str, Resource]:
    """What datapackage.json says of each table, by name; the package is sound."""
    check_once(folder, state)
    return {one["name"]: one for one in descriptor(folder)["resources"]}


def _added_citations(folder: Path) -> pd.Series:
    """Citations of works that were added to those of the report."""
    sources, citations = read("sources", folder), read("citations", folder)
    added = sources.loc[sources["kind"] == "added", "source"]
    return citations.loc[citations["source"].isin(added), "citation"]


def _added_amounts(amounts: pd.DataFrame, folder: Path) -> list[bool]:
    """Whether each amount was added: as the value that it speaks of."""
    printed = of_report(read("observations", folder))
    of_the_report = set(zip(printed["indicator"], printed["place"]))
    return [
        amount not in of_the_report
        for amount in zip(amounts["indicator"], amounts["place"])
    ]


def data_files(folder: str | Path = DATA) -> list[Path]:
    """The files of the data package: datapackage.json and the tables that it lists.

    What else lies in the folder (a spreadsheet's lock, a note, an editor's copy) is no
    part of it.

    Parameters
    ----------
    folder : path
        Where the package lies.

    Returns
    -------
    list of Path
        One of them may be missing: `check_data` says so.

    Raises
    ------
    DataError
        If datapackage.json can't be read.
    """
    from .check_files import read_descriptor

    folder = Path(folder)
    tables = read_descriptor(folder)["resources"]
    return [folder / "datapackage.json", *(folder / one["path"] for one in tables)]


def modules_of(package: str) -> list[Path]:
    """The files of a package's modules, as Python has imported them.

    Parameters
    ----------
    package : str
        "fourcities", or a room of it, such as "fourcities.facts".

    Returns
    -------
    list of Path
        Sorted; without those that nobody has asked for as yet.
    """
    return sorted(
        Path(module.__file__).resolve()
        for name, module in list(sys.modules.items())
        if f"{name}.".startswith(f"{package}.") and module.__file__
    )


def hash_of(files: Iterable[Path]) -> str:
    """Names and contents of some files of the project as one hash.

    It doesn't depend on how a system ends its lines.

    Parameters
    ----------
    files : iterable of Path
        Files below the project's folder, in any order.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    digest = hashlib.sha256()
    for path in sorted(files):
        text = bytes_of(path).replace(b"\r\n", b"\n")
        content = hashlib.sha256(text).hexdigest()
        digest.update(f"{path.relative_to(ROOT)}\0{content}\n".encode())
    return digest.hexdigest()


def _read_csv(path: Path, fields: list[Field]) -> pd.DataFrame:
    """A table with the types of its fields."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for field in fields:
        column, kind = field["name"], field["type"]
        if kind == "number" and column == "value":
            frame["decimals"] = frame[column].str.partition(".")[2].str.len()
        if kind == "number":
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(float)
        elif kind == "integer":
            frame[column] = frame[column].astype(int)
        elif kind == "date":
            frame[column] = pd.to_datetime(
                frame[column].replace("", None), format="%Y-%m-%d"
            )
    return frame
