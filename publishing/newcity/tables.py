"""The tables of data/ as datapackage.json declares them, and rows as CSV."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from fourcities.facts import ROOT, Resource, descriptor

# The cells of a row by column, as text.
Row: TypeAlias = dict[str, str]


def resource_of(table: str) -> Resource:
    """A table as datapackage.json declares it: path, description, schema."""
    resources = descriptor()["resources"]
    return next(resource for resource in resources if resource["name"] == table)


def columns(table: str) -> list[str]:
    """Names of the columns of a table of data/, in their order."""
    return [field["name"] for field in resource_of(table)["schema"]["fields"]]


def as_csv(table: str, rows: Iterable[Row]) -> str:
    """Rows of a table of data/ as the text of a file, with its header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(table), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def place_of(path: Path) -> str:
    """A path from the project's folder, as messages name it."""
    return path.relative_to(ROOT).as_posix()
