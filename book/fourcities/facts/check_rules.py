"""Check what a schema can't say: units, ranges, the order of dates, shares that make a whole, keys of claims and sessions."""

import csv
import re

from .check_files import EXPECTED, read_descriptor
from .problems import Problem
from .readings import Count, Row, Value, readings_of


def rule_problems(folder):
    """What the schema can't say: units, ranges, order of dates, shares that make a whole, keys of table rows."""
    rows = {
        r["name"]: numbered_rows(folder / r["path"])
        for r in read_descriptor(folder)["resources"]
    }
    indicators = {r["indicator"]: r for _, r in rows["indicators"]}
    relations = [r["relation"] for _, r in rows["relations"]]
    problems = []
    for table in rows:
        problems += [
            p
            for n, r in rows[table]
            for p in (_period_problems(table, n, r) + _name_problems(table, n, r))
        ]
    for n, r in rows["observations"]:
        indicator = indicators[r["indicator"]]
        if indicator["numerator"]:
            problems.append(
                Problem(
                    "observations.csv",
                    "an indicator without a numerator: derived ones are computed, never stored",
                    n,
                    "indicator",
                    r["indicator"],
                )
            )
        if r["unit"] != indicator["unit"]:
            problems.append(
                Problem(
                    "observations.csv",
                    f"{indicator['unit']}, the unit of {r['indicator']} in data/indicators.csv",
                    n,
                    "unit",
                    r["unit"],
                )
            )
        problems += _range_problems(n, r, indicator)
    problems += _sector_problems(rows["observations"])
    valued = {(r["indicator"], r["place"]) for _, r in rows["observations"]}
    problems += [
        Problem(
            "amounts.csv",
            f"an amount with a value for {r['place']} in data/observations.csv",
            n,
            "indicator",
            r["indicator"],
        )
        for n, r in rows["amounts"]
        if (r["indicator"], r["place"]) not in valued
    ]
    for n, r in rows["indicators"]:
        parts = [bool(r[c]) for c in ("numerator", "denominator", "factor")]
        if any(parts) and not all(parts):
            problems.append(
                Problem(
                    "indicators.csv",
                    "numerator, denominator and factor together, or none of them",
                    n,
                    "numerator",
                    r["numerator"],
                )
            )
        if r["denominator_less"] and not r["denominator"]:
            problems.append(
                Problem(
                    "indicators.csv",
                    "a denominator to take this from",
                    n,
                    "denominator_less",
                    r["denominator_less"],
                )
            )
        for relation in r["relate"].split():
            if relation not in relations or r["numerator"]:
                expected = (
                    "nothing, since the indicator is derived"
                    if r["numerator"]
                    else f"keys of data/relations.csv, separated by spaces ({', '.join(relations)})"
                )
                problems.append(
                    Problem("indicators.csv", expected, n, "relate", relation)
                )
        for part in ("numerator", "denominator", "denominator_less"):
            if r[part] and indicators[r[part]]["numerator"]:
                problems.append(
                    Problem(
                        "indicators.csv",
                        "an indicator that is observed, not a derived one",
                        n,
                        part,
                        r[part],
                    )
                )
    problems += _parent_problems(rows["places"])
    problems += _added_problems(rows)
    problems += _claim_problems(rows, indicators)
    problems += _session_problems(rows)
    known = {
        "indicator": set(indicators),
        "coding": {r["dimension"] for _, r in rows["dimensions"]},
        "policy field": {r["policy_field"] for _, r in rows["policy_fields"]},
        "role": {r["role"] for _, r in rows["bodies"]},
        "policies": {r["table"] for _, r in rows["policies"]},
    }
    for n, r in rows["table_rows"]:
        if r["key"] not in known[r["kind"]]:
            problems.append(
                Problem("table_rows.csv", f"a known {r['kind']}", n, "key", r["key"])
            )
    return problems


def numbered_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(enumerate(csv.DictReader(file), 2))


def _added_problems(rows):
    """What was added to the report's rows says from where: a citation of sources that are all of the kind “added”."""
    kinds = {r["source"]: r["kind"] for _, r in rows["sources"]}
    status = {r["place"]: r["status"] for _, r in rows["places"]}
    cited = {}
    for _, r in rows["citations"]:
        cited.setdefault(r["citation"], set()).add(kinds[r["source"]] == "added")
    problems = [
        Problem(
            "citations.csv",
            "sources that are all of the kind “added”, or none of them, behind one citation",
            n,
            "source",
            r["source"],
        )
        for n, r in rows["citations"]
        if len(cited[r["citation"]]) > 1 and kinds[r["source"]] == "added"
    ]
    for table, found in rows.items():
        wrong = {}  # place: its rows without such a source
        for n, r in found:
            if (
                status.get(r.get("place")) == "added"
                and "source" in r
                and cited.get(r["source"]) != {True}
            ):
                wrong.setdefault(r["place"], []).append((n, r["source"]))
        for place, ((n, source), *others) in wrong.items():
            more = f"; so in {len(others)} more of its rows" if others else ""
            problems.append(
                Problem(
                    f"{table}.csv",
                    f"a citation of a source of kind “added” (data/citations.csv, data/sources.csv): the report does not speak of {place}{more}",
                    n,
                    "source",
                    source,
                )
            )
    return problems


def _session_problems(rows):
    """Sessions fill their ninety minutes, name claims that are there, and have their lists."""
    problems, known = [], {r["claim"] for _, r in rows["claims"]}
    for n, r in rows["sessions"]:
        problems += [
            Problem(
                "sessions.csv",
                "keys of data/claims.csv, separated by spaces",
                n,
                "claims",
                key,
            )
            for key in r["claims"].split()
            if key not in known
        ]
        if len(r["aims"].split(" | ")) != 3:
            problems.append(
                Problem(
                    "sessions.csv",
                    "three aims, separated by “ | ”",
                    n,
                    "aims",
                    r["aims"],
                )
            )
        if len(r["board"].split(" | ")) != 2:
            problems.append(
                Problem(
                    "sessions.csv",
                    "columns and rows, with “ | ” between them",
                    n,
                    "board",
                    r["board"],
                )
            )
        phases = [
            (m, int(p["minutes"]))
            for m, p in rows["session_phases"]
            if p["session"] == r["session"]
        ]
        total = sum(minutes for _, minutes in phases)
        if total != 90:
            problems.append(
                Problem(
                    "session_phases.csv",
                    f"minutes of session {r['session']} that sum to 90",
                    phases[0][0] if phases else None,
                    "minutes",
                    str(total),
                )
            )
    return problems


def _period_problems(table, n, row):
    """The order of a period's two days; one of them alone only where the wording says that the period is open."""
    start, end = row.get("period_start"), row.get("period_end")
    if start and end and end < start:
        return [
            Problem(
                f"{table}.csv",
                f"a day not before the period's start, {start}",
                n,
                "period_end",
                end,
            )
        ]
    if bool(start) != bool(end) and not re.search(
        r"\b(since|after|until|by)\b", row["printed"], re.I
    ):
        return [
            Problem(
                f"{table}.csv",
                "both ends of the period, or neither; or “since”, “after”, “until” or “by” in the column printed",
                n,
                "period_start" if end else "period_end",
                "",
            )
        ]
    return []


def _name_problems(table, n, row):
    """A name in another language says which one."""
    column = "local_title" if "local_title" in row else "local_name"
    if column not in row or bool(row[column]) == bool(row.get("language")):
        return []
    return [
        Problem(
            f"{table}.csv",
            f"language and {column} together, or neither",
            n,
            "language",
            row["language"],
        )
    ]


def _range_problems(n, row, indicator):
    value = float(row["value"])
    low, high = (
        float(indicator[c]) if indicator[c] else None for c in ("minimum", "maximum")
    )
    if not abs(value) < float("inf"):
        return [
            Problem("observations.csv", EXPECTED["number"], n, "value", row["value"])
        ]
    if low is not None and value < low:
        return [
            Problem(
                "observations.csv",
                f"{indicator['minimum']} or more for {row['indicator']}",
                n,
                "value",
                row["value"],
            )
        ]
    if high is not None and value > high:
        return [
            Problem(
                "observations.csv",
                f"{indicator['maximum']} or less for {row['indicator']}",
                n,
                "value",
                row["value"],
            )
        ]
    return []


def _parent_problems(places):
    """Every place but a country lies in a place, and going up ends in a country."""
    above = {r["place"]: r for _, r in places}
    problems = []
    for n, r in places:
        step, seen = r, set()
        while step["parent"] and step["place"] not in seen:
            seen.add(step["place"])
            step = above[step["parent"]]
        if step["kind"] != "country" or step["parent"]:
            problems.append(
                Problem(
                    "places.csv",
                    "a place above, and above that one others up to a country",
                    n,
                    "parent",
                    r["parent"],
                )
            )
    return problems


def _claim_problems(rows, indicators):
    """What a claim rests on is in the language of readings.py and there; what can't be computed says what it needs."""
    problems = []
    for n, r in rows["claims"]:
        try:
            readings = readings_of(r["check"], r["rests_on"])
        except ValueError as error:
            problems.append(
                Problem("claims.csv", str(error), n, "rests_on", r["rests_on"])
            )
            continue
        for part in [part for reading in readings for part in reading.parts]:
            expected = _unknown_part(part, r["check"], rows, indicators)
            if expected:
                problems.append(
                    Problem("claims.csv", expected, n, "rests_on", r["rests_on"])
                )
        if r["check"] == "unprinted" and not r["needs"]:
            problems.append(
                Problem(
                    "claims.csv",
                    "what would be needed, since nothing is computed",
                    n,
                    "needs",
                    "",
                )
            )
    return problems


def _unknown_part(part, check, rows, indicators):
    """What was expected where a claim names something that is not there; None if all is there."""
    if isinstance(part, Value):
        known = (
            {r["dimension"] for _, r in rows["dimensions"]}
            if "code" in check
            else indicators
        )
        if part.indicator not in known:
            return f"a key of data/{'dimensions' if 'code' in check else 'indicators'}.csv, not {part.indicator!r}"
        if part.place not in {r["place"] for _, r in rows["places"]}:
            return f"a key of data/places.csv, not {part.place!r}"
        if (
            part.relation
            and part.relation not in indicators[part.indicator]["relate"].split()
        ):
            return f"a relation that data/indicators.csv allows for {part.indicator}, not {part.relation!r}"
    if isinstance(part, (Row, Count)):
        if part.table not in rows:
            return f"a table of the data package, not {part.table!r}"
        columns = list(rows[part.table][0][1])
        asked = (
            [part.column]
            if isinstance(part, Row)
            else [column for column, _, _ in part.conditions]
        )
        for column in filter(None, asked):
            if column not in columns:
                return f"a column of data/{part.table}.csv, not {column!r}"
        if isinstance(part, Row) and part.key not in {
            r[columns[0]] for _, r in rows[part.table]
        }:
            return f"a row of data/{part.table}.csv, not {part.key!r}"
    return None


def _sector_problems(observations):
    """Sector shares of a place must reach 100, unless a flag says why not (industry's letter is about its content)."""
    places = {}
    for n, r in observations:
        if r["indicator"].startswith("share_"):
            places.setdefault(r["place"], []).append((n, r))
    problems = []
    for place, rows in places.items():
        total = sum(float(r["value"]) for _, r in rows)
        excused = any(r["flag"] in ("u", "e", "b") for _, r in rows)
        if abs(total - 100) > 0.1 and not excused:
            n, row = rows[0]
            problems.append(
                Problem(
                    "observations.csv",
                    f"sector shares of {place} that sum to 100 (they give {total:g}), or a flag that says why they don't",
                    n,
                    "value",
                    row["value"],
                )
            )
    return problems
