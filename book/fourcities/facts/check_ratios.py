"""Rules for what is computed: two unlike things divided, in the unit that follows."""

import re
from collections.abc import Iterator

from .check_rows import Tables, TextRow
from .problems import Problem

PARTS = ("numerator", "denominator", "denominator_less")

Units = dict[str, str]  # by indicator


def ratio_problems(tables: Tables) -> list[Problem]:
    """Derived indicators and relations divide what can be divided."""
    units = {row["indicator"]: row["unit"] for row in tables["indicators"]}
    derived = [row for row in tables["indicators"] if row["numerator"]]
    relations = {row["relation"]: row for row in tables["relations"]}
    problems: list[Problem] = []
    for row in derived:
        if row["denominator"] and row["factor"]:
            problems += _ratio_problems(row, units)
    for row in tables["indicators"]:
        problems += _recompute_problems(
            row, units, {one["indicator"] for one in derived}
        )
        problems += [
            row.problem("relate", "a relation to something else than itself", word)
            for word in row["relate"].split()
            if word in relations
            and relations[word]["denominator"] == row["indicator"]
            and not relations[word]["denominator_place"]
        ]
    for row in relations.values():
        problems += _relation_problems(row)
    return [*problems, *_doubts(tables, derived)]


def _ratio_problems(row: TextRow, units: Units) -> Iterator[Problem]:
    """A derived indicator is no thing over itself, and has the unit that follows."""
    top, bottom, less = (row[part] for part in PARTS)
    factor = float(row["factor"])
    same = {less} if row["denominator_place"] else {less, top}
    if not 0 < factor < float("inf"):
        yield row.problem("factor", "a number above 0")
    elif bottom in same:
        expected = f"another indicator than {bottom}, which would leave 1 or nothing"
        yield row.problem("denominator", expected)
    elif less and units[less] != units[bottom]:
        expected = f"an indicator in {units[bottom]}, like {bottom}"
        yield row.problem("denominator_less", expected)
    else:
        following = units_of(units[top], units[bottom], factor)
        if row["unit"] not in following:
            words = f"{top} ÷ {bottom} × {factor:g}"
            expected = f"{' or '.join(following)}, the unit of {words}"
            yield row.problem("unit", expected)


def units_of(top: str, bottom: str, factor: float) -> list[str]:
    """The units, as keys of units.csv, that a quotient of two units can have."""
    if top == bottom and factor == 100:
        return ["percent"]
    amount = top.removesuffix("_per_year")
    if factor != 1:
        is_rate = bottom == "persons" and top in ("persons", "count")
        times = f"per_{factor:.15g}"
        return [times if is_rate else f"{amount}_{times}_{bottom}"]
    if bottom == "count":  # of what, the indicator says
        return [amount, f"{amount}_per_organization"]
    return [f"{amount}_per_{bottom.removesuffix('s')}"]


def _recompute_problems(
    row: TextRow, units: Units, derived: set[str]
) -> Iterator[Problem]:
    """What is computed again is a printed indicator, in the same unit."""
    again = row["recomputes"]
    if not again:
        return
    if row["indicator"] not in derived:
        yield row.problem("recomputes", "nothing, since the indicator is not derived")
    elif again in derived:  # itself, or another one
        yield row.problem(
            "recomputes", "an indicator that is observed, not a derived one"
        )
    elif units[again] != row["unit"]:
        expected = f"an indicator in {row['unit']}, not in {units[again]}"
        yield row.problem("recomputes", expected)


def _relation_problems(row: TextRow) -> Iterator[Problem]:
    """The factor of a relation is above 0, and the one that its words name."""
    named = re.findall(r"\d[\d,]*", row["label"])
    said = float(named[0].replace(",", "")) if named else 1.0
    if "%" in row["pattern"]:
        said = 100.0
    if float(row["factor"]) != said:
        expected = f"{said:g}, as “{row['label']}” and “{row['pattern']}” say"
        yield row.problem("factor", expected)


def _doubts(tables: Tables, derived: list[TextRow]) -> Iterator[Problem]:
    """Values that make what rests on them not computable: nothing divides by 0."""
    below: dict[str, list[str]] = {}  # what is divided by an indicator
    for row in derived:
        below.setdefault(row["denominator"], []).append(row["indicator"])
    for row in tables["relations"]:
        below.setdefault(row["denominator"], []).append(row["relation"])
    for row in tables["observations"]:
        if row["indicator"] in below and float(row["value"]) == 0:
            keys = ", ".join(below[row["indicator"]])
            expected = f"more than 0, or else not computable for {row['place']}: {keys}"
            yield row.doubt("value", expected)
    lasts = {(row["indicator"], row["place"]): row for row in tables["observations"]}
    for info in derived:
        for (indicator, place), row in lasts.items():
            whole = lasts.get((info["denominator"], place))
            if indicator != info["denominator_less"] or not whole:
                continue
            if float(row["value"]) >= float(whole["value"]):
                expected = (
                    f"less than {whole['value']}, from which it is taken, or else not "
                    f"computable for {place}: {info['indicator']}"
                )
                yield row.doubt("value", expected)
