"""Rules for teaching sessions: their claims, their lists, their ninety minutes."""

from .check_addresses import unlike_inside
from .check_rows import Tables, TextRow
from .problems import Problem

MINUTES = 90


def session_problems(tables: Tables) -> list[Problem]:
    """Sessions fill their minutes, name claims that are there, and have their lists."""
    claims = {row["claim"] for row in tables["claims"]}
    problems = []
    for row in tables["sessions"]:
        problems += [
            row.problem("claims", "keys of data/claims.csv, separated by spaces", key)
            for key in row["claims"].split()
            if key not in claims
        ]
        if len(row["aims"].split(" | ")) != 3:
            problems.append(row.problem("aims", "three aims, separated by “ | ”"))
        if len(row["board"].split(" | ")) != 2:
            expected = "columns and rows, with “ | ” between them"
            problems.append(row.problem("board", expected))
        expected_address = unlike_inside(row["explorer"])
        if expected_address:
            problems.append(row.problem("explorer", expected_address))
        problems += _minutes_problems(row["session"], tables["session_phases"])
    return problems


def _minutes_problems(session: str, all_phases: list[TextRow]) -> list[Problem]:
    phases = [row for row in all_phases if row["session"] == session]
    total = sum(int(row["minutes"]) for row in phases)
    if total == MINUTES:
        return []
    first = phases[0].number if phases else None
    expected = f"minutes of session {session} that sum to {MINUTES}"
    return [Problem("session_phases.csv", expected, first, "minutes", str(total))]
