"""Rules for values: units, ranges, shares that make a whole, amounts."""

from .check_files import EXPECTED
from .check_rows import Tables, TextRow
from .problems import Problem


def observation_problems(tables: Tables) -> list[Problem]:
    """Values are in their indicator's unit and range; none is of a derived one."""
    indicators = {row["indicator"]: row for row in tables["indicators"]}
    problems = []
    for row in tables["observations"]:
        indicator = indicators[row["indicator"]]
        if indicator["numerator"]:
            expected = (
                "an indicator without a numerator: "
                "derived ones are computed, never stored"
            )
            problems.append(row.problem("indicator", expected))
        if row["unit"] != indicator["unit"]:
            expected = (
                f"{indicator['unit']}, "
                f"the unit of {row['indicator']} in data/indicators.csv"
            )
            problems.append(row.problem("unit", expected))
        expected_range = _expected_range(row, indicator)
        if expected_range:
            problems.append(row.problem("value", expected_range))
    return problems


def _expected_range(row: TextRow, indicator: TextRow) -> str | None:
    """What was expected of a value that is out of range; None if it is within it."""
    value = float(row["value"])
    minimum, maximum = indicator["minimum"], indicator["maximum"]
    if not abs(value) < float("inf"):
        return EXPECTED["number"]
    if minimum and value < float(minimum):
        return f"{minimum} or more for {row['indicator']}"
    if maximum and value > float(maximum):
        return f"{maximum} or less for {row['indicator']}"
    return None


def sector_problems(tables: Tables) -> list[Problem]:
    """Sector shares of a place must reach 100, unless a flag says why not.

    Industry's letter is about its content, so it excuses nothing.
    """
    places: dict[str, list[TextRow]] = {}
    for row in tables["observations"]:
        if row["indicator"].startswith("share_"):
            places.setdefault(row["place"], []).append(row)
    problems = []
    for place, rows in places.items():
        total = sum(float(row["value"]) for row in rows)
        excused = any(row["flag"] in ("u", "e", "b") for row in rows)
        if abs(total - 100) > 0.1 and not excused:
            expected = (
                f"sector shares of {place} that sum to 100 (they give {total:g}), "
                "or a flag that says why they don't"
            )
            problems.append(rows[0].problem("value", expected))
    return problems


def amount_problems(tables: Tables) -> list[Problem]:
    """What is said of an amount is said of a value that is there."""
    valued = {(row["indicator"], row["place"]) for row in tables["observations"]}
    return [
        row.problem(
            "indicator",
            f"an amount with a value for {row['place']} in data/observations.csv",
        )
        for row in tables["amounts"]
        if (row["indicator"], row["place"]) not in valued
    ]
