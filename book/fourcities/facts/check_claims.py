"""Rules for claims: what they rest on is in the language of `readings`, and there."""

from .check_rows import Tables, TextRow
from .problems import Problem
from .readings import Count, Part, Row, Value, readings_of


def claim_problems(tables: Tables) -> list[Problem]:
    """What a claim rests on is in the language of readings.py and there.

    What can't be computed says what it needs.
    """
    problems = []
    for row in tables["claims"]:
        try:
            readings = readings_of(row["check"], row["rests_on"])
        except ValueError as error:
            problems.append(row.problem("rests_on", str(error)))
            continue
        parts = [part for reading in readings for part in reading.parts]
        for part in parts:
            expected = _unknown_part(part, row["check"], tables)
            if expected:
                problems.append(row.problem("rests_on", expected))
        if row["check"] == "unprinted" and not row["needs"]:
            expected = "what would be needed, since nothing is computed"
            problems.append(row.problem("needs", expected))
    return problems


def _unknown_part(part: Part, check: str, tables: Tables) -> str | None:
    """What was expected where a claim names something that is not there; else None."""
    if isinstance(part, Value):
        return _unknown_value(part, check, tables)
    if isinstance(part, (Row, Count)):
        return _unknown_rows(part, tables)
    return None


def _unknown_value(part: Value, check: str, tables: Tables) -> str | None:
    file = "dimensions" if "code" in check else "indicators"
    known = _by_key(tables[file])
    if part.indicator not in known:
        return f"a key of data/{file}.csv, not {part.indicator!r}"
    if part.place not in _by_key(tables["places"]):
        return f"a key of data/places.csv, not {part.place!r}"
    if not part.relation:
        return None
    allowed = _by_key(tables["indicators"])[part.indicator]["relate"].split()
    if part.relation not in allowed:
        return (
            f"a relation that data/indicators.csv allows for {part.indicator}, "
            f"not {part.relation!r}"
        )
    return None


def _unknown_rows(part: Row | Count, tables: Tables) -> str | None:
    if part.table not in tables:
        return f"a table of the data package, not {part.table!r}"
    rows = tables[part.table]
    if isinstance(part, Row):
        asked = [part.column] if part.column else []
    else:
        asked = [condition.column for condition in part.conditions]
    for column in asked:
        if column not in rows[0].cells:
            return f"a column of data/{part.table}.csv, not {column!r}"
    if isinstance(part, Row) and part.key not in _by_key(rows):
        return f"a row of data/{part.table}.csv, not {part.key!r}"
    return None


def _by_key(rows: list[TextRow]) -> dict[str, TextRow]:
    """The rows by what stands in the table's first column, its key."""
    return {next(iter(row.cells.values())): row for row in rows}
