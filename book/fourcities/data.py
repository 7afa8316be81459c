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
    Where there is a column `value`, a column `decimals` says to how many places it is written: 7434.4 has one.
    Raises DataError if anything in the package is wrong, KeyError if there is no such table.
    A file that changed since the last call is checked and read again.
    """
    tables = _tables(Path(folder), _state(Path(folder)))
    if name not in tables:
        raise KeyError(f"no table {name!r} in {folder}; there are: {', '.join(tables)}")
    return tables[name].copy()


def _state(folder):
    """What tells one version of the files from another."""
    return tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(folder.glob("*.*")))


@lru_cache(maxsize=2)
def _tables(folder, state):
    check(folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return {r["name"]: _read_csv(folder / r["path"], r["schema"]["fields"]) for r in package["resources"]}


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
