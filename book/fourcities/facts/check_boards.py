"""Rules for filled boards: each cell once, and nothing in it that rests on nothing."""

import re

from .check_claims import unknown_part
from .check_judged import Printed, empty_part
from .check_rows import Tables, TextRow
from .problems import Problem
from .readings import Part, Row, Value, parts_of

HOLE = re.compile(r"\{(.*?)\}")


def board_problems(tables: Tables) -> list[Problem]:
    """Each cell of each board is there, and what it rests on is in the data."""
    printed, problems = Printed(tables), []
    filled = {(row["session"], row["row"], row["column"]) for row in tables["boards"]}
    boards = {row["session"]: _heads(row) for row in tables["sessions"]}
    for session in tables["sessions"]:
        columns, rows = boards[session["session"]]
        problems += [
            session.problem(
                "board", f"a row of data/boards.csv for its cell {row}, {column}"
            )
            for row in rows
            for column in columns
            if (session["session"], row, column) not in filled
        ]
    for cell in tables["boards"]:
        columns, rows = boards[cell["session"]]
        for head, known in (("row", rows), ("column", columns)):
            if cell[head] not in known:
                expected = f"a {head} of the board in data/sessions.csv"
                problems.append(cell.problem(head, f"{expected}: {', '.join(known)}"))
        problems += _entry_problems(cell) or _ground_problems(cell, printed)
    return problems


def _heads(session: TextRow) -> tuple[list[str], list[str]]:
    """The columns of a board, without the first, which names the rows; the rows."""
    columns, rows = session["board"].split(" | ")
    return columns.split("; ")[1:], rows.split("; ")


def _entry_problems(cell: TextRow) -> list[Problem]:
    entry, grounds = cell["entry"], cell["rests_on"] or cell["section"]
    if re.search(r"\d", entry):
        expected = "words without a number: a hole {value} for what the data say"
        return [cell.problem("entry", expected)]
    if entry and not grounds:
        return [cell.problem("rests_on", "what the entry rests on, or its section")]
    if grounds and not entry:
        return [cell.problem("entry", "an entry, or nothing that it rests on")]
    return []


def _ground_problems(cell: TextRow, printed: Printed) -> list[Problem]:
    try:
        parts = parts_of(cell["rests_on"])
    except ValueError as error:
        return [cell.problem("rests_on", str(error))]
    unknown = [*filter(None, (_unknown(part, printed) for part in parts))]
    if unknown:
        return [cell.problem("rests_on", words) for words in unknown]
    holes = set.intersection(*(_holes(part, printed) for part in parts or [1.0]))
    if set(HOLE.findall(cell["entry"])) <= holes:
        return []
    known = ", ".join(f"{{{hole}}}" for hole in sorted(holes)) or "none"
    return [cell.problem("entry", f"holes that what it rests on can fill ({known})")]


def _unknown(part: Part, printed: Printed) -> str | None:
    """What was expected of a part that is not in the data; None if it is."""
    if not isinstance(part, (Value, Row)):
        return "values such as gdp:berlin or rows such as claims/area-one-measure"
    check = "same code" if _is_code(part, printed) else "compare"
    return unknown_part(part, check, printed) or empty_part(part, check, printed)


def _is_code(part: Part, printed: Printed) -> bool:
    return isinstance(part, Value) and part.indicator in printed.by_key("dimensions")


def _holes(part: Part, printed: Printed) -> set[str]:
    """What can be told of a part."""
    if isinstance(part, Value):
        period = set() if _is_code(part, printed) else {"period"}
        return {"place", "places", "value"} | period
    return {"value"} if isinstance(part, Row) and part.column else set()
