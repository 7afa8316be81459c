"""Check what a schema can't say, in the order of RULES.

Wording, sense, units, ranges, the order of dates, shares that make a whole, keys of
claims and of sessions.
"""

import re
from pathlib import Path

from .check_boards import board_problems
from .check_claims import claim_problems
from .check_files import read_descriptor
from .check_indicators import indicator_problems
from .check_order import city_problems, list_problems, section_problems
from .check_places import added_problems, parent_problems
from .check_ratios import ratio_problems
from .check_rows import Tables, TextRow, text_rows
from .check_sense import sense_problems
from .check_sessions import session_problems
from .check_terms import term_problems
from .check_values import amount_problems, observation_problems, sector_problems
from .check_wording import wording_problems
from .problems import Problem

OPEN_PERIOD = re.compile(r"\b(since|after|until|by)\b", re.I)


def rule_problems(folder: Path) -> list[Problem]:
    """What the schema can't say, one rule after the other."""
    tables = Tables(
        (resource["name"], text_rows(folder, resource))
        for resource in read_descriptor(folder)["resources"]
    )
    problems = [problem for rule in RULES for problem in rule(tables)]
    if all(problem.unlikely for problem in problems):
        problems += claim_problems(tables) + board_problems(
            tables
        )  # a mistake elsewhere would be told twice
    return problems


def row_problems(tables: Tables) -> list[Problem]:
    """What holds for the rows of any table: periods, and names with a language."""
    problems = []
    for rows in tables.values():
        for row in rows:
            problems += _period_problems(row) + _name_problems(row)
    return problems


def _period_problems(row: TextRow) -> list[Problem]:
    """The order of a period's two days.

    One of them stands alone only where the wording says that the period is open.
    """
    start, end = row.cells.get("period_start"), row.cells.get("period_end")
    if start and end and end < start:
        expected = f"a day not before the period's start, {start}"
        return [row.problem("period_end", expected)]
    if bool(start) != bool(end) and not OPEN_PERIOD.search(row["printed"]):
        expected = (
            "both ends of the period, or neither; "
            "or “since”, “after”, “until” or “by” in the column printed"
        )
        return [row.problem("period_start" if end else "period_end", expected)]
    return []


def _name_problems(row: TextRow) -> list[Problem]:
    """A name in another language says which one."""
    column = "local_title" if "local_title" in row.cells else "local_name"
    if column not in row.cells:
        return []
    if bool(row[column]) == bool(row.cells.get("language")):
        return []
    return [row.problem("language", f"language and {column} together, or neither")]


def table_row_problems(tables: Tables) -> list[Problem]:
    """The rows of the report's tables are keys of what they show."""
    known = {
        "indicator": {row["indicator"] for row in tables["indicators"]},
        "coding": {row["dimension"] for row in tables["dimensions"]},
        "policy field": {row["policy_field"] for row in tables["policy_fields"]},
        "role": {row["role"] for row in tables["bodies"]},
        "policies": {row["table"] for row in tables["policies"]},
    }
    return [
        row.problem("key", f"a known {row['kind']}")
        for row in tables["table_rows"]
        if row["key"] not in known[row["kind"]]
    ]


# Each takes the tables and gives what is wrong; their messages come in this order.
RULES = (
    row_problems,
    wording_problems,
    sense_problems,
    observation_problems,
    sector_problems,
    amount_problems,
    indicator_problems,
    ratio_problems,
    parent_problems,
    city_problems,
    section_problems,
    list_problems,
    added_problems,
    session_problems,
    table_row_problems,
    term_problems,
)
