"""Check what datapackage.json says of itself against the shapes that the code has.

Every key of `shapes.Descriptor` is there and of its kind, every column of a type that
can be read, and those that are computed with of the type that this takes.
"""

from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pandas as pd

from .problems import Problem
from .shapes import Descriptor, Indicator, ObservedRow

FILE = "datapackage.json"

IN_WORDS = {dict: "an object", list: "a list", str: "text", int: "a whole number"}
IN_WORDS |= {bool: "true or false"}

TYPES = ("string", "number", "integer", "date", "year")

# The type of a column of this name, in any table.
COMPUTED: dict[Any, str] = {
    float: "number",
    int: "integer",
    pd.Timestamp: "date",
    str: "string",
}
TYPE_OF = {
    column: COMPUTED[kind]
    for shape in (Indicator, ObservedRow)
    for column, kind in get_type_hints(shape).items()
    if kind in COMPUTED
}


def descriptor_problems(package: object) -> list[Problem]:
    """What keeps datapackage.json from being a description of tables."""
    problems = [
        Problem(FILE, f"{expected} at {where}", value=found)
        for where, found, expected in _unlike(package, Descriptor, "")
    ]
    if problems or not isinstance(package, dict):
        return problems
    names = [resource["name"] for resource in package["resources"]]
    for resource in package["resources"]:
        name = resource["name"]
        if names.count(name) > 1 or resource["path"] != f"{name}.csv":
            expected = f"each table once, {name} in {name}.csv"
            problems.append(Problem(FILE, expected, value=resource["path"]))
        problems += _column_problems(resource)
    return problems or _key_problems(package)


def _unlike(found: Any, shape: Any, where: str) -> Iterator[tuple[str, object, str]]:
    """Where something is not of a shape: place, what is there, what was expected."""
    kind = dict if is_typeddict(shape) else get_origin(shape) or shape
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        yield where or "the top", found, IN_WORDS[kind]
    elif is_typeddict(shape):
        for key, part in get_type_hints(shape).items():
            at = f"{where}.{key}".lstrip(".")
            if key in found:
                yield from _unlike(found[key], part, at)
            elif key in shape.__required_keys__:
                yield (
                    at,
                    None,
                    IN_WORDS[dict if is_typeddict(part) else get_origin(part) or part],
                )
    elif kind is list:
        for number, part in enumerate(found):
            yield from _unlike(part, get_args(shape)[0], f"{where}[{number}]")


def _column_problems(resource: dict[str, Any]) -> list[Problem]:
    """Types that nothing reads, or that what is computed from a column can't take."""
    problems = []
    for field in resource["schema"]["fields"]:
        column, kind = field["name"], field["type"]
        expected = TYPE_OF.get(column, kind)
        if kind not in TYPES:
            expected = f"one of {', '.join(TYPES)}"
        if kind != expected:
            where = f"column {column} of {resource['name']}"
            problems.append(
                Problem(FILE, f"{expected}, the type of {where}", value=kind)
            )
    return problems


def _key_problems(package: Any) -> list[Problem]:
    """Keys made of columns that are not there."""
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    columns = {
        name: {field["name"] for field in schema["fields"]}
        for name, schema in schemas.items()
    }
    problems = []
    for name, schema in schemas.items():
        links = schema.get("foreignKeys", [])
        own = [schema["primaryKey"], *schema.get("uniqueKeys", [])]
        keys = [(name, key) for key in [*own, *(link["fields"] for link in links)]]
        targets = [link["reference"] for link in links]
        keys += [(target["resource"], target["fields"]) for target in targets]
        problems += [
            Problem(FILE, f"a column of {table}, for a key of {name}", value=column)
            for table, key in keys
            for column in key
            if column not in columns.get(table, ())
        ]
    return problems
