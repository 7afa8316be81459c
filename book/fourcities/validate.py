"""Check the data package: every mistake is named by file, row, column, value and what was expected.

Frictionless checks what `data/datapackage.json` declares (types, allowed values, keys). Before it, the files
themselves are checked (there, readable, the right columns), so that one wrong file gives one message; after
it, the rules that a schema can't express.
"""

import csv
import io
import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from .readings import Count, Row, Value, readings_of

DATA = Path(__file__).resolve().parents[2] / "data"

EXPECTED = {  # what a column of each type holds, for messages
    "number": "a number with a decimal point and no thousands separator, such as 1061000 or 4.45",
    "integer": "a whole number",
    "date": "a date such as 2016-12-31",
    "year": "a year such as 2018",
    "string": "text",
}


PLAIN = {
    "number": re.compile(r"-?\d+(\.\d+)?", re.ASCII),
    "integer": re.compile(r"-?\d+", re.ASCII),
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "year": re.compile(r"\d{4}", re.ASCII),
}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")  # also what breaks a line or turns its direction
MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}")  # no letter has four accents
MARKUP = re.compile(r"<[A-Za-z/!?]|`|\]\(|\{\{")
FORMULA = re.compile(r"[=@]|[+-][^\d\s]")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
NAME = re.compile(r"[^`*_\[\]{}\\<>|#$~^=\"]+")
NAMES = ("name", "label", "title", "local_name", "local_title", "abbreviation")
CODE = ("rests_on", "phrase", "pattern", "symbol", "address")  # columns with a language of their own
LONGEST = {"name": 200, "text": 5000, "file": 100_000_000}  # letters of a name, letters of a text, bytes of a file
csv.field_size_limit(LONGEST["file"])  # a cell that is too long is named like any other mistake


@dataclass(frozen=True)
class Problem:
    """One mistake: where it is, what stands there, what was expected. `file`: in data/, or a path from the project's folder; `row` counts the header as row 1."""

    file: str
    expected: str
    row: int | None = None
    column: str | None = None
    value: object = None

    def __str__(self):
        place = self.file if "/" in self.file else f"data/{self.file}"
        place += f", row {self.row}" if self.row else ""
        place += f", column {self.column}" if self.column else ""
        found = "" if self.value is None else f"found {str(self.value)[:80]!r}, "
        return f"{place}: {found}expected {self.expected}"


class DataError(ValueError):
    """The data can't be used. The message lists every problem, one a line."""

    def __init__(self, problems):
        self.problems = problems
        lines = "\n".join(f"  {p}" for p in problems)
        count = len(problems)
        super().__init__(f"{count} problem{'s' if count > 1 else ''} in the data:\n{lines}")


def check(folder=DATA):
    """Raise DataError unless the data package in `folder` is sound.

    folder: path with datapackage.json and the CSV files that it lists.
    """
    folder = Path(folder)
    package = _descriptor(folder)
    problems = [p for r in package["resources"] for p in _file_problems(folder, r)]
    problems = problems or _frictionless_problems(folder) or _plain_problems(folder, package) or _rule_problems(folder)
    if problems:
        raise DataError(problems)


def _descriptor(folder):
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError([Problem(path.name, f"this file in {folder}; it is missing")]) from None
    except ValueError as error:
        raise DataError([Problem(path.name, f"JSON in UTF-8; {error}")]) from None


def _file_problems(folder, resource):
    """Missing file, wrong encoding, wrong separator, wrong columns."""
    file = resource["path"]
    columns = [f["name"] for f in resource["schema"]["fields"]]
    try:
        size = (folder / file).stat().st_size
        if size > LONGEST["file"]:
            return [Problem(file, f"a file of at most {LONGEST['file'] // 1_000_000} MB; this one has {size // 1_000_000} MB")]
        text = (folder / file).read_bytes().decode("utf-8-sig")  # a byte-order mark is harmless
    except FileNotFoundError:
        return [Problem(file, f"this file in {folder}; it is missing")]
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        byte = f"byte {error.object[error.start]:#04x}"
        return [Problem(file, "UTF-8 (in a spreadsheet: save as “CSV UTF-8”)", row=row, value=byte)]
    if not text.strip():
        return [Problem(file, f"a header row: {','.join(columns)}; the file is empty")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        if header == columns:
            list(reader)
            return []
    except csv.Error as error:
        return [Problem(file, f"valid CSV; {error}", row=max(reader.line_num, 1))]
    first = text.splitlines()[0]
    for mark, named in ((";", "semicolons"), ("\t", "tabs")):
        if first.split(mark) == columns:
            why = f"commas between columns, not {named} (which often come with decimal commas, so nothing is guessed)"
            return [Problem(file, why, row=1, value=first)]
    problems = [Problem(file, f"a column of this name; the columns are {', '.join(columns)}", row=1, column=c)
                for c in columns if c not in header]
    problems += [Problem(file, f"only the columns {', '.join(columns)}", row=1, column=c or "(no name)")
                 for c in header if c not in columns]
    repeated = "each column once, in the order " + ", ".join(columns)
    return problems or [Problem(file, repeated, row=1, value=",".join(header))]


def _frictionless_problems(folder):
    """Types, constraints, primary and foreign keys, as Frictionless finds them."""
    from frictionless import Package  # late: only checking needs it, and it takes its time

    logging.getLogger("frictionless").setLevel(logging.ERROR)
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    if not report.tasks and report.errors:
        return [Problem("datapackage.json", f"a valid data package; {e.note}") for e in report.errors]
    errors = [(task, e) for task in report.tasks for e in task.errors]
    faulty = {task.name for task, e in errors if e.type != "foreign-key"}
    problems = []
    for task, error in errors:
        if error.type == "foreign-key" and error.reference_name in faulty:
            continue  # follows from the mistake in the other table
        problem = _translate(package.get_resource(task.name), error)
        same_cell = any((p.file, p.row, p.column) == (problem.file, problem.row, problem.column) for p in problems)
        if not same_cell:
            problems.append(problem)
    return problems


def _translate(resource, error):
    """A Frictionless error as a Problem."""
    fields = {f.name: f for f in resource.schema.fields}
    file, row, column = resource.path, getattr(error, "row_number", None), getattr(error, "field_name", None)
    value = getattr(error, "cell", None)
    if error.type == "foreign-key":
        column = ", ".join(error.field_names)
        value = ", ".join(error.field_cells)
        keys = ", ".join(error.reference_field_names)
        return Problem(file, f"a value of column {keys} in data/{error.reference_name}.csv", row, column, value)
    if error.type == "primary-key":
        keys = ", ".join(resource.schema.primary_key)
        return Problem(file, f"each combination of {keys} once ({error.note})", row, keys)
    if error.type == "missing-cell":
        return Problem(file, f"{len(fields)} cells in each row; this one has fewer", row, column)
    if error.type == "extra-cell":
        return Problem(file, f"{len(fields)} cells in each row; this one has more (a comma in a text needs quotes)", row, value=value)
    if error.type == "blank-row":
        return Problem(file, "no blank rows", row)
    if column in fields:
        field = fields[column]
        expected = EXPECTED.get(field.type, field.type)
        if error.type == "constraint-error":
            constraints = {k: v for k, v in field.constraints.items() if v is not None}
            rules = {"enum": "one of {}", "minimum": "{} or more", "maximum": "{} or less", "pattern": "text of the form {}",
                     "required": "a value, not an empty cell", "unique": "a value that stands only once in the column"}
            broken = error.note.split('"')[1]
            shown = constraints.get(broken)
            expected = rules.get(broken, error.note).format(", ".join(shown) if isinstance(shown, list) else shown)
        return Problem(file, expected, row, column, "" if value in (None, "None") else value)
    return Problem(file, f"a readable table; {error.message}", row, column)


def _plain_problems(folder, package):
    """Numbers and dates in plain digits, as every program reads them the same; days that can be meant; no character that can't be seen."""
    problems = []
    for resource in package["resources"]:
        kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        for n, row in _rows(folder / resource["path"]):
            for column, cell in row.items():
                kind = kinds[column]
                expected = _plain_text(cell, column, resource) if kind == "string" else None
                if expected:
                    problems.append(Problem(resource["path"], expected, n, column, cell))
                elif kind in PLAIN and cell and not PLAIN[kind].fullmatch(cell):
                    problems.append(Problem(resource["path"], EXPECTED[kind] + ", in the digits 0 to 9 and without spaces", n, column, cell))
                elif kind == "date" and cell and not "1000" <= cell[:4] <= "2200":
                    problems.append(Problem(resource["path"], "a day of the years 1000 to 2200", n, column, cell))
    return problems


def _plain_text(cell, column, resource):
    """What was expected of a text that a page, a notebook, a CSV file or a reader could take for something else; None if it is plain."""
    if CONTROL.search(cell):
        return "text on one line, without control characters and characters that can't be seen"
    if MARKS.search(cell):
        return "letters with three accents at most"
    if len(cell) > LONGEST["name" if column in NAMES else "text"]:
        return f"at most {LONGEST['name' if column in NAMES else 'text']:,} letters; these are {len(cell):,}"
    if column in CODE:
        return None
    if MARKUP.search(cell):
        return "plain text, without HTML or Markdown"
    if FORMULA.match(cell):
        return "text that no spreadsheet takes for a formula: another first character than = @ + -"
    if [column] == resource["schema"]["primaryKey"] and resource["name"] != "title_words" and not KEY.fullmatch(cell):
        return "a key of the letters a to z, digits, hyphens and underscores"
    if (resource["name"], column) == ("places", "name") and not NAME.fullmatch(cell):
        return "a name without ` * _ [ ] { } \\ < > | # $ ~ ^ = \""
    return None


def _rule_problems(folder):
    """What the schema can't say: units, ranges, order of dates, shares that make a whole, keys of table rows."""
    rows = {r["name"]: _rows(folder / r["path"]) for r in _descriptor(folder)["resources"]}
    indicators = {r["indicator"]: r for _, r in rows["indicators"]}
    relations = [r["relation"] for _, r in rows["relations"]]
    problems = []
    for table in rows:
        problems += [p for n, r in rows[table] for p in (_period_problems(table, n, r) + _name_problems(table, n, r))]
    for n, r in rows["observations"]:
        indicator = indicators[r["indicator"]]
        if indicator["numerator"]:
            problems.append(Problem("observations.csv", "an indicator without a numerator: derived ones are computed, never stored", n, "indicator", r["indicator"]))
        if r["unit"] != indicator["unit"]:
            problems.append(Problem("observations.csv", f"{indicator['unit']}, the unit of {r['indicator']} in data/indicators.csv", n, "unit", r["unit"]))
        problems += _range_problems(n, r, indicator)
    problems += _sector_problems(rows["observations"])
    valued = {(r["indicator"], r["place"]) for _, r in rows["observations"]}
    problems += [Problem("amounts.csv", f"an amount with a value for {r['place']} in data/observations.csv", n, "indicator", r["indicator"])
                 for n, r in rows["amounts"] if (r["indicator"], r["place"]) not in valued]
    for n, r in rows["indicators"]:
        parts = [bool(r[c]) for c in ("numerator", "denominator", "factor")]
        if any(parts) and not all(parts):
            problems.append(Problem("indicators.csv", "numerator, denominator and factor together, or none of them", n, "numerator", r["numerator"]))
        if r["denominator_less"] and not r["denominator"]:
            problems.append(Problem("indicators.csv", "a denominator to take this from", n, "denominator_less", r["denominator_less"]))
        for relation in r["relate"].split():
            if relation not in relations or r["numerator"]:
                expected = "nothing, since the indicator is derived" if r["numerator"] else f"keys of data/relations.csv, separated by spaces ({', '.join(relations)})"
                problems.append(Problem("indicators.csv", expected, n, "relate", relation))
        for part in ("numerator", "denominator", "denominator_less"):
            if r[part] and indicators[r[part]]["numerator"]:
                problems.append(Problem("indicators.csv", "an indicator that is observed, not a derived one", n, part, r[part]))
    problems += _parent_problems(rows["places"])
    problems += _added_problems(rows)
    problems += _claim_problems(rows, indicators)
    problems += _session_problems(rows)
    known = {"indicator": set(indicators), "coding": {r["dimension"] for _, r in rows["dimensions"]},
             "policy field": {r["policy_field"] for _, r in rows["policy_fields"]}, "role": {r["role"] for _, r in rows["bodies"]},
             "policies": {r["table"] for _, r in rows["policies"]}}
    for n, r in rows["table_rows"]:
        if r["key"] not in known[r["kind"]]:
            problems.append(Problem("table_rows.csv", f"a known {r['kind']}", n, "key", r["key"]))
    return problems


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(enumerate(csv.DictReader(file), 2))


def _added_problems(rows):
    """What was added to the report's rows says from where: a citation of sources that are all of the kind “added”."""
    kinds = {r["source"]: r["kind"] for _, r in rows["sources"]}
    status = {r["place"]: r["status"] for _, r in rows["places"]}
    cited = {}
    for _, r in rows["citations"]:
        cited.setdefault(r["citation"], set()).add(kinds[r["source"]] == "added")
    problems = [Problem("citations.csv", "sources that are all of the kind “added”, or none of them, behind one citation", n, "source", r["source"])
                for n, r in rows["citations"] if len(cited[r["citation"]]) > 1 and kinds[r["source"]] == "added"]
    for table, found in rows.items():
        wrong = {}  # place: its rows without such a source
        for n, r in found:
            if status.get(r.get("place")) == "added" and "source" in r and cited.get(r["source"]) != {True}:
                wrong.setdefault(r["place"], []).append((n, r["source"]))
        for place, ((n, source), *others) in wrong.items():
            more = f"; so in {len(others)} more of its rows" if others else ""
            problems.append(Problem(f"{table}.csv", f"a citation of a source of kind “added” (data/citations.csv, data/sources.csv): the report does not speak of {place}{more}", n, "source", source))
    return problems


def _session_problems(rows):
    """Sessions fill their ninety minutes, name claims that are there, and have their lists."""
    problems, known = [], {r["claim"] for _, r in rows["claims"]}
    for n, r in rows["sessions"]:
        problems += [Problem("sessions.csv", "keys of data/claims.csv, separated by spaces", n, "claims", key) for key in r["claims"].split() if key not in known]
        if len(r["aims"].split(" | ")) != 3:
            problems.append(Problem("sessions.csv", "three aims, separated by “ | ”", n, "aims", r["aims"]))
        if len(r["board"].split(" | ")) != 2:
            problems.append(Problem("sessions.csv", "columns and rows, with “ | ” between them", n, "board", r["board"]))
        phases = [(m, int(p["minutes"])) for m, p in rows["session_phases"] if p["session"] == r["session"]]
        total = sum(minutes for _, minutes in phases)
        if total != 90:
            problems.append(Problem("session_phases.csv", f"minutes of session {r['session']} that sum to 90", phases[0][0] if phases else None, "minutes", str(total)))
    return problems


def _period_problems(table, n, row):
    """The order of a period's two days; one of them alone only where the wording says that the period is open."""
    start, end = row.get("period_start"), row.get("period_end")
    if start and end and end < start:
        return [Problem(f"{table}.csv", f"a day not before the period's start, {start}", n, "period_end", end)]
    if bool(start) != bool(end) and not re.search(r"\b(since|after|until|by)\b", row["printed"], re.I):
        return [Problem(f"{table}.csv", "both ends of the period, or neither; or “since”, “after”, “until” or “by” in the column printed", n, "period_start" if end else "period_end", "")]
    return []


def _name_problems(table, n, row):
    """A name in another language says which one."""
    column = "local_title" if "local_title" in row else "local_name"
    if column not in row or bool(row[column]) == bool(row.get("language")):
        return []
    return [Problem(f"{table}.csv", f"language and {column} together, or neither", n, "language", row["language"])]


def _range_problems(n, row, indicator):
    value = float(row["value"])
    low, high = (float(indicator[c]) if indicator[c] else None for c in ("minimum", "maximum"))
    if not abs(value) < float("inf"):
        return [Problem("observations.csv", EXPECTED["number"], n, "value", row["value"])]
    if low is not None and value < low:
        return [Problem("observations.csv", f"{indicator['minimum']} or more for {row['indicator']}", n, "value", row["value"])]
    if high is not None and value > high:
        return [Problem("observations.csv", f"{indicator['maximum']} or less for {row['indicator']}", n, "value", row["value"])]
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
            problems.append(Problem("places.csv", "a place above, and above that one others up to a country", n, "parent", r["parent"]))
    return problems


def _claim_problems(rows, indicators):
    """What a claim rests on is in the language of readings.py and there; what can't be computed says what it needs."""
    problems = []
    for n, r in rows["claims"]:
        try:
            readings = readings_of(r["check"], r["rests_on"])
        except ValueError as error:
            problems.append(Problem("claims.csv", str(error), n, "rests_on", r["rests_on"]))
            continue
        for part in [part for reading in readings for part in reading.parts]:
            expected = _unknown_part(part, r["check"], rows, indicators)
            if expected:
                problems.append(Problem("claims.csv", expected, n, "rests_on", r["rests_on"]))
        if r["check"] == "unprinted" and not r["needs"]:
            problems.append(Problem("claims.csv", "what would be needed, since nothing is computed", n, "needs", ""))
    return problems


def _unknown_part(part, check, rows, indicators):
    """What was expected where a claim names something that is not there; None if all is there."""
    if isinstance(part, Value):
        known = {r["dimension"] for _, r in rows["dimensions"]} if "code" in check else indicators
        if part.indicator not in known:
            return f"a key of data/{'dimensions' if 'code' in check else 'indicators'}.csv, not {part.indicator!r}"
        if part.place not in {r["place"] for _, r in rows["places"]}:
            return f"a key of data/places.csv, not {part.place!r}"
        if part.relation and part.relation not in indicators[part.indicator]["relate"].split():
            return f"a relation that data/indicators.csv allows for {part.indicator}, not {part.relation!r}"
    if isinstance(part, (Row, Count)):
        if part.table not in rows:
            return f"a table of the data package, not {part.table!r}"
        columns = list(rows[part.table][0][1])
        asked = [part.column] if isinstance(part, Row) else [column for column, _, _ in part.conditions]
        for column in filter(None, asked):
            if column not in columns:
                return f"a column of data/{part.table}.csv, not {column!r}"
        if isinstance(part, Row) and part.key not in {r[columns[0]] for _, r in rows[part.table]}:
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
            problems.append(Problem("observations.csv", f"sector shares of {place} that sum to 100 (they give {total:g}), or a flag that says why they don't", n, "value", row["value"]))
    return problems
