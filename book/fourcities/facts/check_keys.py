"""Check the keys that refer to other tables.

Frictionless opens a table again for each key that refers to it, and takes three times
as long for this as for all else; here each table is read once.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from .check_rows import text_rows
from .problems import Problem
from .shapes import Descriptor


def foreign_problems(
    folder: Path, package: Descriptor, faulty: Collection[str]
) -> Iterator[Problem]:
    """Keys without their row in the table that they refer to.

    faulty: tables with other mistakes, from which these would follow.
    """
    rows = {one["name"]: text_rows(folder, one) for one in package["resources"]}
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            table, columns = key["reference"]["resource"], key["reference"]["fields"]
            if table in faulty:
                continue
            known = {tuple(row.cells[c] for c in columns) for row in rows[table]}
            listed = ", ".join(columns)
            expected = f"a value of column {listed} in data/{table}.csv"
            for row in rows[resource["name"]]:
                cells = tuple(row.cells[column] or "" for column in key["fields"])
                if any(cells) and cells not in known:
                    names, found = ", ".join(key["fields"]), ", ".join(cells)
                    yield Problem(row.file, expected, row.number, names, found)
