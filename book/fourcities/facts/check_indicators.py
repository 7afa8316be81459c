"""Rules for indicators: what derived ones are made of, what any can be set against."""

from collections.abc import Collection

from .check_rows import Tables, TextRow
from .problems import Problem


def indicator_problems(tables: Tables) -> list[Problem]:
    """Formulas are complete and made of observed indicators; relations are there."""
    relations = [row["relation"] for row in tables["relations"]]
    derived = {row["indicator"] for row in tables["indicators"] if row["numerator"]}
    problems = []
    for row in tables["indicators"]:
        problems += _formula_problems(row)
        problems += _relate_problems(row, relations)
        problems += _part_problems(row, derived)
    return problems


def _formula_problems(row: TextRow) -> list[Problem]:
    problems = []
    parts = [bool(row[column]) for column in ("numerator", "denominator", "factor")]
    if any(parts) and not all(parts):
        expected = "numerator, denominator and factor together, or none of them"
        problems.append(row.problem("numerator", expected))
    if row["denominator_less"] and not row["denominator"]:
        problems.append(
            row.problem("denominator_less", "a denominator to take this from")
        )
    return problems


def _relate_problems(row: TextRow, relations: list[str]) -> list[Problem]:
    """Relations are there, and only observed indicators have any."""
    if row["numerator"]:
        wrong = row["relate"].split()
        expected = "nothing, since the indicator is derived"
    else:
        wrong = [word for word in row["relate"].split() if word not in relations]
        names = ", ".join(relations)
        expected = f"keys of data/relations.csv, separated by spaces ({names})"
    return [row.problem("relate", expected, word) for word in wrong]


def _part_problems(row: TextRow, derived: Collection[str]) -> list[Problem]:
    """No derived indicator is a part of another one."""
    return [
        row.problem(column, "an indicator that is observed, not a derived one")
        for column in ("numerator", "denominator", "denominator_less")
        if row[column] in derived
    ]
