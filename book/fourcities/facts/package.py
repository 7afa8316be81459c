"""The CSV tables of `data/`, checked and with the types that `datapackage.json` declares."""

import hashlib
import json
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pandas as pd

from .checks import check_data
from .paths import BUILD, DATA, ROOT

PASSED = (
    BUILD / "data.passed"
)  # what tells the last data that passed the check from any other


def read(name, folder=DATA):
    """One table of the data package as a DataFrame.

    name: a resource of datapackage.json, such as "observations" or "bodies"; its codebook is data/README.md.
    folder: where the package lies.
    Returns a fresh copy: text columns hold "" where a cell is empty, numbers NaN, dates NaT.
    Where there is a column `value`, a column `decimals` says to how many places it is written: 7434.4 has one. Where rows have
    a source and a place, and for amounts, a column `added` says whether they were added to the report's (see `of_report`).
    Raises DataError if anything in the package is wrong, KeyError if there is no such table.
    A file that changed since the last call is checked and read again.
    """
    tables = _tables(Path(folder), state_of(Path(folder)))
    if name not in tables:
        raise KeyError(f"no table {name!r} in {folder}; there are: {', '.join(tables)}")
    return tables[name].copy()


def lookup(table, column):
    """A column of a table by the table's first one, its key: lookup("places", "name") is {"berlin": "Berlin", …}.

    table: as in `read`; column: one of the table's columns. The same dictionary each time, for looking things up in, until a file changes.
    Raises what `read` raises.
    """
    return _lookup(table, column, state_of())


@lru_cache(maxsize=16)
def _lookup(table, column, state):
    frame = read(table)
    return dict(zip(frame.iloc[:, 0], frame[column]))


def of_report(rows):
    """The rows that are the report's own, without those that were added from other sources. Sentences about the report count these.

    rows: rows of `read` or `observations` of a table whose rows have a source.
    """
    return rows[~rows["added"]]


def descriptor(folder=DATA):
    """The data package as datapackage.json declares it: a dictionary with its resources, their columns and keys."""
    return json.loads((Path(folder) / "datapackage.json").read_text("utf-8"))


def rules(field, schema):
    """What a column must obey, in words: required, one of some values, a reference to another table. "" if nothing."""
    constraints = field.get("constraints", {})
    links = {
        key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])
    }
    words = ["Required."] if constraints.get("required") else []
    if "enum" in constraints:
        words.append(
            "One of: " + ", ".join(f"`{value}`" for value in constraints["enum"]) + "."
        )
    if "minimum" in constraints:
        words.append(f"At least {constraints['minimum']}.")
    if field["name"] in links:
        reference = links[field["name"]]
        words.append(
            f"Refers to `{reference['fields'][0]}` in `{reference['resource']}.csv`."
        )
    return "".join(f" {word}" for word in words)


def state_of(folder=DATA):
    """What tells one version of the files from another: a key for what is worked out from them. folder: where the package lies."""
    if not folder.is_dir():
        return ()  # `check` says what is missing
    with os.scandir(folder) as files:
        return tuple(
            sorted(
                (file.name, file.stat().st_mtime_ns, file.stat().st_size)
                for file in files
            )
        )


@lru_cache(maxsize=2)
def _tables(folder, state):
    _check_once(folder)
    tables = {
        r["name"]: _read_csv(folder / r["path"], r["schema"]["fields"])
        for r in descriptor(folder)["resources"]
    }
    added = set(tables["sources"].query("kind == 'added'")["source"])
    cited = tables["citations"].loc[
        tables["citations"]["source"].isin(added), "citation"
    ]
    for frame in tables.values():
        if {"place", "source"} <= set(frame.columns):
            frame["added"] = frame["source"].isin(cited)
    values, amounts = tables["observations"], tables["amounts"]
    printed = set(
        zip(values["indicator"][~values["added"]], values["place"][~values["added"]])
    )
    amounts["added"] = [
        amount not in printed for amount in zip(amounts["indicator"], amounts["place"])
    ]  # as the value that it speaks of
    return tables


def _check_once(folder):
    """Check the data package unless the book's own files passed before as they are: a notebook then starts twice as fast. Raises DataError."""
    if folder != DATA:
        return check_data(folder)
    rules = Path(__file__).parent.glob("*.py")
    found = hash_of([path for path in [*DATA.iterdir(), *rules] if path.is_file()])
    if not PASSED.exists() or PASSED.read_text() != found:
        check_data()
        with suppress(
            OSError
        ):  # before the first build, or where nothing may be written: checked each time
            PASSED.write_text(found)


def hash_of(files):
    """Names and contents of some files of the project as one hash."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(ROOT)}\0{content}\n".encode())
    return digest.hexdigest()


def _read_csv(path, fields):
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
