"""Check the texts of the data: no markup, no formulas, no hidden characters, no giants."""

import re

from .check_files import EXPECTED, LONGEST, PLAIN
from .check_rules import numbered_rows
from .problems import Problem

CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)  # also what breaks a line or turns its direction


MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}"
)  # no letter has four accents


MARKUP = re.compile(r"<[A-Za-z/!?]|`|\]\(|\{\{")


FORMULA = re.compile(r"[=@]|[+-][^\d\s]")


KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


NAME = re.compile(r"[^`*_\[\]{}\\<>|#$~^=\"]+")


NAMES = ("name", "label", "title", "local_name", "local_title", "abbreviation")


CODE = (
    "rests_on",
    "phrase",
    "pattern",
    "symbol",
    "address",
)  # columns with a language of their own


def plain_problems(folder, package):
    """Numbers and dates in plain digits, as every program reads them the same; days that can be meant; no character that can't be seen."""
    problems = []
    for resource in package["resources"]:
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        for n, row in numbered_rows(folder / resource["path"]):
            for column, cell in row.items():
                kind = kinds[column]
                expected = (
                    _plain_text(cell, column, resource) if kind == "string" else None
                )
                if expected:
                    problems.append(
                        Problem(resource["path"], expected, n, column, cell)
                    )
                elif kind in PLAIN and cell and not PLAIN[kind].fullmatch(cell):
                    problems.append(
                        Problem(
                            resource["path"],
                            EXPECTED[kind]
                            + ", in the digits 0 to 9 and without spaces",
                            n,
                            column,
                            cell,
                        )
                    )
                elif kind == "date" and cell and not "1000" <= cell[:4] <= "2200":
                    problems.append(
                        Problem(
                            resource["path"],
                            "a day of the years 1000 to 2200",
                            n,
                            column,
                            cell,
                        )
                    )
    return problems


def _plain_text(cell, column, resource):
    """What was expected of a text that a page, a notebook, a CSV file or a reader could take for something else; None if it is plain."""
    if CONTROL.search(cell):
        return "text on one line, without control characters and characters that can't be seen"
    if MARKS.search(cell):
        return "letters with three accents at most"
    if len(cell) > LONGEST["name" if column in NAMES else "text"]:
        return f"at most {LONGEST['name' if column in NAMES else 'text']:,} letters; these are {len(cell):,}"
    if column in CODE:
        return None
    if MARKUP.search(cell):
        return "plain text, without HTML or Markdown"
    if FORMULA.match(cell):
        return "text that no spreadsheet takes for a formula: another first character than = @ + -"
    if (
        [column] == resource["schema"]["primaryKey"]
        and resource["name"] != "title_words"
        and not KEY.fullmatch(cell)
    ):
        return "a key of the letters a to z, digits, hyphens and underscores"
    if (resource["name"], column) == ("places", "name") and not NAME.fullmatch(cell):
        return 'a name without ` * _ [ ] { } \\ < > | # $ ~ ^ = "'
    return None
