"""Rules for claims: what they rest on is in the language of `readings`, and there."""

from collections.abc import Iterator

from .check_judged import Printed, is_lacking, judged_problems
from .check_rows import Tables
from .problems import Problem
from .readings import Count, Part, Reading, Row, Value, readings_of


def claim_problems(tables: Tables) -> list[Problem]:
    """What a claim rests on is in the language of readings.py and there.

    What can't be computed says what it needs.
    """
    problems = []
    printed = Printed(tables)
    for row in tables["claims"]:
        try:
            readings = readings_of(row["check"], row["rests_on"])
        except ValueError as error:
            problems.append(row.problem("rests_on", str(error)))
            continue
        expected = list(_expected(row["check"], readings, printed))
        problems += [row.problem("rests_on", words) for words in expected]
        if (
            not expected
            and not row["needs"]
            and _lacks(row["check"], readings, printed)
        ):
            words = "what would be needed, since nothing is computed"
            problems.append(row.problem("needs", words))
    return problems


def _expected(check: str, readings: list[Reading], printed: Printed) -> Iterator[str]:
    """What was expected of readings: parts that are known, and then can be judged."""
    for reading in readings:
        unknown = [unknown_part(part, check, printed) for part in reading.parts]
        found = [*filter(None, unknown)]
        yield from found or filter(None, judged_problems(check, reading, printed))


def _lacks(check: str, readings: list[Reading], printed: Printed) -> bool:
    """Whether none of the readings can be judged by what is printed."""
    return check == "unprinted" or all(
        is_lacking(check, reading, printed) for reading in readings
    )


def unknown_part(part: Part, check: str, printed: Printed) -> str | None:
    """What was expected where a claim names something that is not there; else None."""
    if isinstance(part, Value):
        return _unknown_value(part, check, printed)
    if isinstance(part, (Row, Count)):
        return _unknown_rows(part, printed)
    return None


def _unknown_value(part: Value, check: str, printed: Printed) -> str | None:
    file = "dimensions" if "code" in check else "indicators"
    known = printed.by_key(file)
    if part.indicator not in known:
        return f"a key of data/{file}.csv, not {part.indicator!r}"
    if part.place not in printed.by_key("places"):
        return f"a key of data/places.csv, not {part.place!r}"
    if not part.relation:
        return None
    allowed = printed.by_key("indicators")[part.indicator]["relate"].split()
    if part.relation not in allowed:
        return (
            f"a relation that data/indicators.csv allows for {part.indicator}, "
            f"not {part.relation!r}"
        )
    return None


def _unknown_rows(part: Row | Count, printed: Printed) -> str | None:
    if part.table not in printed.tables:
        return f"a table of the data package, not {part.table!r}"
    rows = printed.tables[part.table]
    if isinstance(part, Row):
        asked = [part.column] if part.column else []
    else:
        asked = [condition.column for condition in part.conditions]
    for column in asked:
        if column not in rows[0].cells:
            return f"a column of data/{part.table}.csv, not {column!r}"
    if isinstance(part, Row) and part.key not in printed.by_key(part.table):
        return f"a row of data/{part.table}.csv, not {part.key!r}"
    return None
