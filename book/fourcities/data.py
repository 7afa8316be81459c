"""The CSV tables of `data/`, checked and with the types that `datapackage.json` declares."""

import json
from functools import lru_cache
from pathlib import Path

import pandas as pd

from .validate import DATA, check


def read(name, folder=DATA):
    """One table of the data package as a DataFrame.

    name: a resource of datapackage.json, such as "observations" or "bodies"; its codebook is data/README.md.
    folder: where the package lies.
    Returns a fresh copy: text columns hold "" where a cell is empty, numbers NaN, dates NaT.
    Where there is a column `value`, a column `decimals` says to how many places it is written: 7434.4 has one. Where rows have
    a source and a place, a column `added` says whether they were added to the report's (see `of_report`).
    Raises DataError if anything in the package is wrong, KeyError if there is no such table.
    A file that changed since the last call is checked and read again.
    """
    tables = _tables(Path(folder), state_of(Path(folder)))
    if name not in tables:
        raise KeyError(f"no table {name!r} in {folder}; there are: {', '.join(tables)}")
    return tables[name].copy()


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
    links = {key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])}
    words = ["Required."] if constraints.get("required") else []
    if "enum" in constraints:
        words.append("One of: " + ", ".join(f"`{value}`" for value in constraints["enum"]) + ".")
    if "minimum" in constraints:
        words.append(f"At least {constraints['minimum']}.")
    if field["name"] in links:
        reference = links[field["name"]]
        words.append(f"Refers to `{reference['fields'][0]}` in `{reference['resource']}.csv`.")
    return "".join(f" {word}" for word in words)


def state_of(folder=DATA):
    """What tells one version of the files from another: a key for what is worked out from them. folder: where the package lies."""
    return tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.glob("*.*")))


@lru_cache(maxsize=2)
def _tables(folder, state):
    check(folder)
    tables = {r["name"]: _read_csv(folder / r["path"], r["schema"]["fields"]) for r in descriptor(folder)["resources"]}
    added = set(tables["sources"].query("kind == 'added'")["source"])
    cited = tables["citations"].loc[tables["citations"]["source"].isin(added), "citation"]
    for frame in tables.values():
        if {"place", "source"} <= set(frame.columns):
            frame["added"] = frame["source"].isin(cited)
    return tables


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
            frame[column] = pd.to_datetime(frame[column].replace("", None), format="%Y-%m-%d")
    return frame
