"""Rules for texts: their letters can be seen and told apart, and so can names."""

from collections.abc import Iterator
from pathlib import Path

from .check_rows import TextRow, text_rows
from .letters import fault_of, skeleton
from .problems import Problem
from .shapes import Descriptor, Resource, Schema

LONGEST = 200  # letters of a name


def letter_problems(folder: Path, package: Descriptor) -> list[Problem]:
    """What can't be seen, or is a letter of another script, in any text of any table.

    Words of two scripts are those that datapackage.json declares as `mixedScripts`.
    """
    mixed = package.get("mixedScripts", [])
    problems = []
    for resource in package["resources"]:
        columns = _texts(resource["schema"])
        for row in text_rows(folder, resource):
            for column in columns:
                expected = fault_of(row[column], mixed)
                if expected:
                    problems.append(row.problem(column, expected))
    return problems


def name_problems(folder: Path, package: Descriptor) -> list[Problem]:
    """Keys and names that look alike in a table, one name in two spellings."""
    problems: list[Problem] = []
    for resource in package["resources"]:
        rows = text_rows(folder, resource)
        twins = list(_twins(resource, rows))
        problems += twins or _spellings(resource, rows)
    return problems


def _twins(resource: Resource, rows: list[TextRow]) -> Iterator[Problem]:
    """Rows that can't be told apart by a key of their table."""
    schema = resource["schema"]
    for key in [schema["primaryKey"], *schema.get("uniqueKeys", [])]:
        first: dict[tuple[str, ...], TextRow] = {}
        for row in rows:
            seen = first.setdefault(tuple(skeleton(row[c]) for c in key), row)
            if seen is not row and row[key[-1]]:
                other = ", ".join(seen[column] for column in key)
                expected = (
                    f"{' and '.join(key)} that can be told from those of "
                    f"row {seen.number}, {other!r}"
                )
                yield row.problem(key[-1], expected)


def _spellings(resource: Resource, rows: list[TextRow]) -> Iterator[Problem]:
    """Names that are written in two ways within a column, those in print aside."""
    for column in _texts(resource["schema"]):
        if column.endswith("printed"):
            continue
        first: dict[str, TextRow] = {}
        for row in rows:
            if not 0 < len(row[column]) <= LONGEST:
                continue
            seen = first.setdefault(skeleton(row[column]), row)
            if seen[column] != row[column]:
                expected = (
                    f"{seen[column]!r} as in row {seen.number}, "
                    "or a name that can be told from it"
                )
                yield row.problem(column, expected)


def _texts(schema: Schema) -> list[str]:
    """The columns that hold text."""
    return [field["name"] for field in schema["fields"] if field["type"] == "string"]
