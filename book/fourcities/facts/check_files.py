"""Check the files of the data package, and what `datapackage.json` declares: types, allowed values, keys."""

import csv
import io
import json
import logging
import re

from .problems import DataError, Problem

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


LONGEST = {
    "name": 200,
    "text": 5000,
    "file": 100_000_000,
}  # letters of a name, letters of a text, bytes of a file


csv.field_size_limit(
    LONGEST["file"]
)  # a cell that is too long is named like any other mistake


def file_problems(folder, resource):
    """Missing file, wrong encoding, wrong separator, wrong columns."""
    file = resource["path"]
    columns = [f["name"] for f in resource["schema"]["fields"]]
    try:
        size = (folder / file).stat().st_size
        if size > LONGEST["file"]:
            return [
                Problem(
                    file,
                    f"a file of at most {LONGEST['file'] // 1_000_000} MB; this one has {size // 1_000_000} MB",
                )
            ]
        text = (
            (folder / file).read_bytes().decode("utf-8-sig")
        )  # a byte-order mark is harmless
    except FileNotFoundError:
        return [Problem(file, f"this file in {folder}; it is missing")]
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        byte = f"byte {error.object[error.start]:#04x}"
        return [
            Problem(
                file,
                "UTF-8 (in a spreadsheet: save as “CSV UTF-8”)",
                row=row,
                value=byte,
            )
        ]
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
    problems = [
        Problem(
            file,
            f"a column of this name; the columns are {', '.join(columns)}",
            row=1,
            column=c,
        )
        for c in columns
        if c not in header
    ]
    problems += [
        Problem(
            file,
            f"only the columns {', '.join(columns)}",
            row=1,
            column=c or "(no name)",
        )
        for c in header
        if c not in columns
    ]
    repeated = "each column once, in the order " + ", ".join(columns)
    return problems or [Problem(file, repeated, row=1, value=",".join(header))]


def frictionless_problems(folder):
    """Types, constraints, primary and foreign keys, as Frictionless finds them."""
    from frictionless import (
        Package,  # late: only checking needs it, and it takes its time
    )

    logging.getLogger("frictionless").setLevel(logging.ERROR)
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    if not report.tasks and report.errors:
        return [
            Problem("datapackage.json", f"a valid data package; {e.note}")
            for e in report.errors
        ]
    errors = [(task, e) for task in report.tasks for e in task.errors]
    faulty = {task.name for task, e in errors if e.type != "foreign-key"}
    problems = []
    for task, error in errors:
        if error.type == "foreign-key" and error.reference_name in faulty:
            continue  # follows from the mistake in the other table
        problem = _translate(package.get_resource(task.name), error)
        same_cell = any(
            (p.file, p.row, p.column) == (problem.file, problem.row, problem.column)
            for p in problems
        )
        if not same_cell:
            problems.append(problem)
    return problems


def _translate(resource, error):
    """A Frictionless error as a Problem."""
    fields = {f.name: f for f in resource.schema.fields}
    file, row, column = (
        resource.path,
        getattr(error, "row_number", None),
        getattr(error, "field_name", None),
    )
    value = getattr(error, "cell", None)
    if error.type == "foreign-key":
        column = ", ".join(error.field_names)
        value = ", ".join(error.field_cells)
        keys = ", ".join(error.reference_field_names)
        return Problem(
            file,
            f"a value of column {keys} in data/{error.reference_name}.csv",
            row,
            column,
            value,
        )
    if error.type == "primary-key":
        keys = ", ".join(resource.schema.primary_key)
        return Problem(
            file, f"each combination of {keys} once ({error.note})", row, keys
        )
    if error.type == "missing-cell":
        return Problem(
            file, f"{len(fields)} cells in each row; this one has fewer", row, column
        )
    if error.type == "extra-cell":
        return Problem(
            file,
            f"{len(fields)} cells in each row; this one has more (a comma in a text needs quotes)",
            row,
            value=value,
        )
    if error.type == "blank-row":
        return Problem(file, "no blank rows", row)
    if column in fields:
        field = fields[column]
        expected = EXPECTED.get(field.type, field.type)
        if error.type == "constraint-error":
            constraints = {k: v for k, v in field.constraints.items() if v is not None}
            rules = {
                "enum": "one of {}",
                "minimum": "{} or more",
                "maximum": "{} or less",
                "pattern": "text of the form {}",
                "required": "a value, not an empty cell",
                "unique": "a value that stands only once in the column",
            }
            broken = error.note.split('"')[1]
            shown = constraints.get(broken)
            expected = rules.get(broken, error.note).format(
                ", ".join(shown) if isinstance(shown, list) else shown
            )
        return Problem(
            file, expected, row, column, "" if value in (None, "None") else value
        )
    return Problem(file, f"a readable table; {error.message}", row, column)


def read_descriptor(folder):
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError(
            [Problem(path.name, f"this file in {folder}; it is missing")]
        ) from None
    except ValueError as error:
        raise DataError([Problem(path.name, f"JSON in UTF-8; {error}")]) from None
