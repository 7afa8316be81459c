"""The guide to a template: what to do, what each column holds, which keys there are."""

import re

import pandas as pd

from fourcities.facts import descriptor, read, rules

from ..paths import TEMPLATES
from .tables import resource_of

# Columns that say what a key means, the first that a table has.
MEANINGS = ("definition", "question", "title", "label", "name", "text")


def guide(name: str, tables: list[str]) -> str:
    """The README of a template, in Markdown. name: of the city; tables: those in it."""
    intro = (TEMPLATES / "newcity.md").read_text("utf-8")
    # As a shell reads it, in the commands that are shown.
    quoted = f'"{name}"' if re.search(r"\W", name) else name
    parts = [
        intro.format(name=name, quoted=quoted),
        *map(_described, tables),
        *map(_keys, _referred(tables)),
    ]
    return "\n".join(parts)


def _described(table: str) -> str:
    """The columns of a table with their rules."""
    resource = resource_of(table)
    schema = resource["schema"]
    lines = [f"## {resource['path']}\n", f"{resource['description']}\n"]
    for field in schema["fields"]:
        meaning = field["description"] + rules(field, schema)
        lines.append(f"- `{field['name']}`: {meaning}")
    return "\n".join(lines) + "\n"


def _referred(tables: list[str]) -> list[str]:
    """The tables of data/ that columns of these refer to, in the order of the package.

    Without those that the template itself holds, but with the places, where the one
    above the city is found.
    """
    references = {
        key["reference"]["resource"]
        for table in tables
        for key in resource_of(table)["schema"].get("foreignKeys", [])
    }
    wanted = references - {"citations", "policies", "sources"} | {"places"}
    names = [resource["name"] for resource in descriptor()["resources"]]
    return [name for name in names if name in wanted]


def _keys(table: str) -> str:
    """The keys that data/ has in a table, each with its meaning.

    For the dimensions also the codes that cities have so far.
    """
    rows = read(table)
    if table == "indicators":  # computed ones have no rows of their own
        rows = rows[rows["numerator"] == ""]
        meanings = rows["unit"] + ". " + rows["definition"]
    else:
        meanings = rows[_column_of_meanings(table, rows)]
    codes = _codes_so_far() if table == "dimensions" else {}
    lines = []
    for key, meaning in zip(rows.iloc[:, 0], meanings):
        line = f"- `{key}`: {meaning}"
        if key in codes:
            line += f" So far: {codes[key]}."
        lines.append(line)
    return f"## Keys of {table}.csv\n\n" + "\n".join(lines) + "\n"


def _column_of_meanings(table: str, rows: pd.DataFrame) -> str:
    if table == "sections":  # their questions are those of whole chapters
        return "title"
    return next(column for column in MEANINGS if column in rows)


def _codes_so_far() -> dict[str, str]:
    """The codes of each dimension that has codings, as a list in words."""
    codings = read("codings")
    codes_of: dict[str, list[str]] = {}
    for dimension, code in zip(codings["dimension"], codings["category"]):
        codes_of.setdefault(dimension, []).append(f"`{code}`")
    return {d: ", ".join(dict.fromkeys(codes)) for d, codes in codes_of.items()}
