"""Check the texts: no markup, no formulas, no giants, nothing lost."""

import re
from pathlib import Path

from .check_addresses import unlike_address
from .check_files import EXPECTED, LONGEST, PLAIN
from .check_rows import text_rows
from .problems import Problem
from .shapes import Descriptor, Field, Resource

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"

MARKUP = re.compile(r"<[A-Za-z/!?]|`|\]\(|\{\{")

# Spreadsheets pass over blanks, and some take full-width signs for plain ones. -2.5% a
# year is no formula, -2+3 is.
FORMULA = re.compile(r"\s*(?:[=@＝＠]|[+\-＋－](?!\d[^-+*/|()!@=^&＝＠＋－]*$))")

# What a spreadsheet makes of 9-10, 2026-11 or a formula.
MADE = re.compile(
    rf"\d\d?-({MONTHS})(-\d\d)?|({MONTHS})-\d\d|#(NAME|REF|VALUE|N/A|DIV/0|NUM)[?!]?"
)

# What an encoding without the letter leaves of it: K?ln.
LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]")

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")

NAME = re.compile(r"[^`*_\[\]{}\\<>|#$~^=\"]+")

AROUND = re.compile(r"[^`*_\[\]{}\\<>|#~^=\"]*")

NAMES = ("name", "label", "title", "local_name", "local_title", "abbreviation")

# A column with a language of its own, in which < is a sign.
CODE = ("rests_on",)

# Columns of words around a number, and the hole for it, which is there once.
HOLES = {
    "phrase": re.compile(r"\{\}"),
    "pattern": re.compile(r"\{(?:unit)?\}"),
    "symbol": None,
}


def plain_problems(folder: Path, package: Descriptor) -> list[Problem]:
    """What not every program would read the same, in any cell of the data package.

    Numbers and dates are in plain digits, days can be meant, texts are plain.
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
    if kind in ("date", "year") and not "1000" <= cell[:4] <= "2200":
        return "a day of the years 1000 to 2200"
    return None


def _expected_text(cell: str, column: str, resource: Resource) -> str | None:
    """What was expected of a text; None if it is plain.

    A page, a notebook, a CSV file or a reader could take others for something else.
    """
    longest = LONGEST["name" if column in NAMES else "text"]
    if len(cell) > longest:
        return f"at most {longest:,} letters; these are {len(cell):,}"
    if MADE.fullmatch(cell):
        return "the text as it was before a spreadsheet took it for a date or formula"
    if column in CODE:
        return None
    table = resource["name"]
    if column == "address":
        return unlike_address(cell, table)
    if LOST.search(cell) and column != "explorer":
        return "letters, where a wrong encoding left question marks"
    if MARKUP.search(cell):
        return "plain text, without HTML or Markdown"
    if FORMULA.match(cell):
        return (
            "text that no spreadsheet takes for a formula: "
            "another first character than = @ + -"
        )
    if column in HOLES:
        return _unlike_words(cell, HOLES[column])
    is_key = [column] == resource["schema"]["primaryKey"] and table != "title_words"
    if is_key and not KEY.fullmatch(cell):
        return "a key of the letters a to z, digits, hyphens and underscores"
    if (table, column) == ("places", "name") and not NAME.fullmatch(cell):
        return 'a name without ` * _ [ ] { } \\ < > | # $ ~ ^ = "'
    return None


def _unlike_words(cell: str, hole: re.Pattern[str] | None) -> str | None:
    """What was expected of words around a number; None if all is well."""
    around, holes = hole.subn("", cell) if hole else (cell, 1)
    if holes == 1 and AROUND.fullmatch(around.replace("{s}", "")):
        return None
    where = "{} once for the number, and " if hole else ""
    return where + 'words without ` * _ [ ] { } \\ < > | # ~ ^ = "'
