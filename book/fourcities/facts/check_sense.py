"""Rules for sense: what can't be is refused, what hardly can be is a doubt.

Refused is what contradicts itself: half a person, the wording of another city, a
revision before the making, a date that nobody can have seen. A doubt is a value far
from all others, a density above any city's, a year to come.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from .check_rows import Tables, TextRow
from .problems import Problem
from .wording import spans_in, years_in

WHOLE = ("persons", "count")  # units without halves
FAR = 1000  # times the middle value of an indicator, or a part of it
DIGITS = 4  # so many that differ from zero are no coincidence

# Years and days of what has been made, written or seen.
PAST = {
    "policies": ("year", "revised"),
    "organizations": ("founded",),
    "sources": ("year",),
    "outside_figures": ("seen",),
}


def sense_problems(tables: Tables) -> list[Problem]:
    """What contradicts itself, and what is only unlikely."""
    return [
        *_order_problems(tables["policies"]),
        *_future_problems(tables),
        *_reading_problems(tables["sources"]),
        *_place_problems(tables),
        *_whole_problems(tables),
        *_value_doubts(tables["observations"]),
        *_bound_doubts(tables),
        *_begun_doubts(tables),
    ]


def _order_problems(policies: list[TextRow]) -> Iterator[Problem]:
    """A policy is revised and runs on after it was made, as its wording says."""
    for row in policies:
        for column in ("revised", "runs_to"):
            if row["year"] and row[column] and row[column] < row["year"]:
                expected = f"a year not before that of the policy, {row['year']}"
                yield row.problem(column, expected)
        for first, last in spans_in(row["year_printed"]):
            if (row["year"], row["runs_to"]) != (str(first), str(last)):
                expected = f"{last}, as the span {row['year_printed']!r} says"
                yield row.problem("runs_to", expected)


def _future_problems(tables: Tables) -> Iterator[Problem]:
    """What has been made or seen is of no day to come; a value hardly is."""
    today = date.today()
    # A day has begun elsewhere; what is of next year may be out already.
    latest = {4: str(today.year + 1), 10: str(today + timedelta(days=1))}
    for table, columns in PAST.items():
        for row in tables[table]:
            for column in columns:
                last = latest.get(len(row[column]), latest[10][:7])
                if row[column] > last:
                    yield row.problem(column, f"{last} or earlier")
    for row in tables["observations"]:
        if row["period_end"][:4] > str(today.year):
            expected = "a year that has come, unless it is an aim"
            yield row.doubt("period_end", expected)
        yield from _year_doubts(row)


def _reading_problems(sources: list[TextRow]) -> Iterator[Problem]:
    """A reading is named only if something confirms it, and says what does."""
    for row in sources:
        if (row["kind"] == "reading") != bool(row["confirmed_by"]):
            expected = "what confirms a reading; nothing for any other work"
            yield row.problem("confirmed_by", expected)
        if row["kind"] == "reading" and row["status"] != "confirmed":
            yield row.problem("status", "confirmed, for a reading")


def _year_doubts(row: TextRow) -> list[Problem]:
    """The wording of a value hardly names years outside its period."""
    first, last = row["period_start"][:4] or "0", row["period_end"][:4] or "9999"
    years = years_in(row["printed"])
    if row["value"].isdecimal():
        years.discard(int(row["value"]))
    if all(int(first) <= year <= int(last) for year in years):
        return []
    return [row.doubt("printed", "only years of the period")]


# ---------- places


def _place_problems(tables: Tables) -> Iterator[Problem]:
    """A wording that names places names the row's own, or one above or below it."""
    parents = _parents(tables)
    named: dict[str, set[str]] = {}
    for row in tables["places"]:
        for column in ("name", "local_name", "abbreviation"):
            named.setdefault(row[column], set()).add(row["place"])
    named.pop("", None)
    forms = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    any_place = re.compile(rf"(?<![A-Za-z])({forms})(?![A-Za-z])")
    for table in ("observations", "outside_figures", "policies"):
        columns = ("title", "local_title") if table == "policies" else ("printed",)
        for row in tables[table]:
            for column in columns:
                found = any_place.findall(row[column])
                places = {place for name in found for place in named[name]}
                if places and not any(
                    _in_line(place, row["place"], parents) for place in places
                ):
                    expected = f"words on {row['place']}, not on {found[0]}"
                    doubted = row.doubt if table == "policies" else row.problem
                    yield doubted(column, expected)


def _parents(tables: Tables) -> dict[str, str]:
    """The place above each place, "" for none."""
    return {row["place"]: row["parent"] for row in tables["places"]}


def _in_line(one: str, other: str, parents: dict[str, str]) -> bool:
    """Whether one of two places lies in the other."""
    return one in _line(other, parents) or other in _line(one, parents)


def _line(place: str, parents: dict[str, str]) -> list[str]:
    """A place and those above it; one that lies in itself ends the line."""
    line = [place]
    while (above := parents[line[-1]]) and above not in line:
        line.append(above)
    return line


# ---------- values


def _whole_problems(tables: Tables) -> Iterator[Problem]:
    """Persons and things are counted in whole numbers, unless they are a mean."""
    decimals = {row["indicator"]: row["decimals"] for row in tables["indicators"]}
    for row in tables["observations"]:
        mean = decimals[row["indicator"]] != "0"
        if row["unit"] in WHOLE and "." in row["value"] and not mean:
            yield row.problem("value", "a whole number, without a point")


def _value_doubts(observations: list[TextRow]) -> Iterator[Problem]:
    """Values of an indicator are of a kind, and those of two places differ."""
    values: dict[str, list[float]] = {}
    for row in observations:
        values.setdefault(row["indicator"], []).append(abs(float(row["value"])))
    middles = {key: median(found) for key, found in values.items() if len(found) > 2}
    first: dict[tuple[str, str], TextRow] = {}
    for row in observations:
        value, middle = abs(float(row["value"])), middles.get(row["indicator"])
        if value and middle and not middle / FAR <= value <= middle * FAR:
            expected = f"a value like the others, of which {middle:.10g} is the middle"
            yield row.doubt(
                "value", f"{expected}, in {row['unit']} and not in millions"
            )
        seen = first.setdefault((row["indicator"], row["value"]), row)
        digits = row["value"].replace(".", "").strip("-0")
        if seen["place"] != row["place"] and len(digits) >= DIGITS:
            expected = f"another value than {seen['place']} has in row {seen.number}"
            yield row.doubt("value", expected)


def _bound_doubts(tables: Tables) -> Iterator[Problem]:
    """What is computed from values is hardly above its maximum in indicators.csv."""
    rows: dict[str, list[TextRow]] = {}
    greatest: dict[tuple[str, str], float] = {}
    for row in tables["observations"]:
        rows.setdefault(row["indicator"], []).append(row)
        key = (row["indicator"], row["place"])
        greatest[key] = max(greatest.get(key, 0), float(row["value"]))
    parents = _parents(tables)
    for indicator in tables["indicators"]:
        if not indicator["numerator"] or not indicator["maximum"]:
            continue
        most, factor = float(indicator["maximum"]), float(indicator["factor"] or 1)
        for row in rows.get(indicator["numerator"], []):
            of_country = indicator["denominator_place"] == "country"
            place = _line(row["place"], parents)[-1] if of_country else row["place"]
            below = greatest.get((indicator["denominator"], place), 0)
            if below and float(row["value"]) / below * factor > most:
                expected = f"{indicator['label']} of at most {most:.10g}"
                yield row.doubt("value", f"a value that gives a {expected}")


def _begun_doubts(tables: Tables) -> Iterator[Problem]:
    """A measure hardly begins before the policy behind it."""
    years = {row["policy"]: row["year"] for row in tables["policies"]}
    for row in tables["measures"]:
        year = years.get(row["policy"], "")
        if year and row["period_end"] and row["period_end"][:4] < year:
            yield row.doubt("period_end", f"no year before the policy's, {year}")
