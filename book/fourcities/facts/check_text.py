"""Check the texts: no markup, no formulas, no hidden characters, no giants."""

import re
from pathlib import Path

from .check_files import EXPECTED, LONGEST, PLAIN
from .check_rows import text_rows
from .problems import Problem
from .shapes import Descriptor, Field, Resource

# Also what breaks a line or turns its direction.
CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)

# No letter has four accents.
MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}"
)

MARKUP = re.compile(r"<[A-Za-z/!?]|`|\]\(|\{\{")

FORMULA = re.compile(r"[=@]|[+-][^\d\s]")

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")

NAME = re.compile(r"[^`*_\[\]{}\\<>|#$~^=\"]+")

NAMES = ("name", "label", "title", "local_name", "local_title", "abbreviation")

# Columns with a language of their own.
CODE = ("rests_on", "phrase", "pattern", "symbol", "address")


def plain_problems(folder: Path, package: Descriptor) -> list[Problem]:
    """What not every program would read the same, in any cell of the data package.

    Numbers and dates are in plain digits, days can be meant, every character can be
    seen.
    """
    problems = []
    for resource in package["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for row in text_rows(folder, resource):
            for column, cell in row.cells.items():
                expected = _expected(cell, fields[column], resource)
                if expected:
                    problems.append(row.problem(column, expected))
    return problems


def _expected(cell: str, field: Field, resource: Resource) -> str | None:
    """What was expected of a cell; None if it is plain."""
    kind = field["type"]
    if kind == "string":
        return _expected_text(cell, field["name"], resource)
    if not cell:
        return None
    if kind in PLAIN and not PLAIN[kind].fullmatch(cell):
        return f"{EXPECTED[kind]}, in the digits 0 to 9 and without spaces"
    if kind == "date" and not "1000" <= cell[:4] <= "2200":
        return "a day of the years 1000 to 2200"
    return None


def _expected_text(cell: str, column: str, resource: Resource) -> str | None:
    """What was expected of a text; None if it is plain.

    A page, a notebook, a CSV file or a reader could take others for something else.
    """
    longest = LONGEST["name" if column in NAMES else "text"]
    if CONTROL.search(cell):
        return (
            "text on one line, without control characters "
            "and characters that can't be seen"
        )
    if MARKS.search(cell):
        return "letters with three accents at most"
    if len(cell) > longest:
        return f"at most {longest:,} letters; these are {len(cell):,}"
    if column in CODE:
        return None
    if MARKUP.search(cell):
        return "plain text, without HTML or Markdown"
    if FORMULA.match(cell):
        return (
            "text that no spreadsheet takes for a formula: "
            "another first character than = @ + -"
        )
    table = resource["name"]
    is_key = [column] == resource["schema"]["primaryKey"] and table != "title_words"
    if is_key and not KEY.fullmatch(cell):
        return "a key of the letters a to z, digits, hyphens and underscores"
    if (table, column) == ("places", "name") and not NAME.fullmatch(cell):
        return 'a name without ` * _ [ ] { } \\ < > | # $ ~ ^ = "'
    return None
