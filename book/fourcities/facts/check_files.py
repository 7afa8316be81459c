"""Check the files of the data package, and what `datapackage.json` declares.

That is types, allowed values and keys.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .check_descriptor import descriptor_problems
from .check_keys import foreign_problems
from .paths import bytes_of
from .problems import DataError, Problem
from .shapes import Descriptor, Resource

if TYPE_CHECKING:
    import frictionless

EXPECTED = {  # what a column of each type holds, for messages
    "number": "a number with a decimal point and no thousands separator, "
    "such as 1061000 or 4.45",
    "integer": "a whole number",
    "date": "a date such as 2016-12-31",
    "year": "a year such as 2018",
    "string": "text",
}

CONSTRAINTS = {  # what a constraint of a column asks for, for messages
    "enum": "one of {}",
    "minimum": "{} or more",
    "maximum": "{} or less",
    "pattern": "text of the form {}",
    "required": "a value, not an empty cell",
    "unique": "a value that occurs only once in the column",
}

PLAIN = {
    "number": re.compile(r"-?\d+(\.\d+)?", re.ASCII),
    "integer": re.compile(r"-?\d+", re.ASCII),
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "year": re.compile(r"\d{4}", re.ASCII),
}

LONGEST = {
    "name": 200,  # letters
    "text": 5000,  # letters
    "file": 100_000_000,  # bytes
}

# Marks of tables in which Frictionless found nothing: it takes its time, and what a
# table holds says all that it looks at.
_sound: set[str] = set()

# A cell that is too long is named like any other mistake.
csv.field_size_limit(LONGEST["file"])


def read_descriptor(folder: Path) -> Descriptor:
    """What datapackage.json says.

    Raises DataError if it is missing, no JSON, or doesn't describe tables.
    """
    path = folder / "datapackage.json"
    try:
        package = json.loads(bytes_of(path))
    except FileNotFoundError:
        raise DataError(
            [Problem(path.name, f"this file in {folder}; it is missing")]
        ) from None
    except OSError as error:
        raise DataError([Problem(path.name, f"a file; {error.strerror}")]) from None
    except (ValueError, RecursionError) as error:
        raise DataError([Problem(path.name, f"JSON in UTF-8; {error}")]) from None
    if problems := descriptor_problems(package):
        raise DataError(problems)
    return cast(Descriptor, package)


# ---------- the files themselves


def file_problems(folder: Path, resource: Resource) -> list[Problem]:
    """Missing file, wrong encoding, wrong separator, wrong columns."""
    file = resource["path"]
    columns = [field["name"] for field in resource["schema"]["fields"]]
    path = folder / file
    try:
        size = path.stat().st_size
        if size > LONGEST["file"]:
            return [Problem(file, _not_so_large(size))]
        text = bytes_of(path).decode("utf-8-sig")  # a byte-order mark is harmless
    except FileNotFoundError:
        return [Problem(file, f"this file in {folder}; it is missing")]
    except OSError as error:
        return [Problem(file, f"a table; {error.strerror}")]
    except UnicodeDecodeError as error:
        return [_encoding_problem(file, error)]
    if not text.strip():
        return [Problem(file, f"a header row: {','.join(columns)}; the file is empty")]
    return _csv_problems(file, text, columns)


def _not_so_large(size: int) -> str:
    most, found = LONGEST["file"] // 1_000_000, size // 1_000_000
    return f"a file of at most {most} MB; this one has {found} MB"


def _encoding_problem(file: str, error: UnicodeDecodeError) -> Problem:
    row = error.object[: error.start].count(b"\n") + 1
    byte = f"byte {error.object[error.start]:#04x}"
    expected = "UTF-8 (in a spreadsheet: save as “CSV UTF-8”)"
    return Problem(file, expected, row=row, value=byte)


def _csv_problems(file: str, text: str, columns: list[str]) -> list[Problem]:
    """What keeps a text from being CSV with these columns."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        if header == columns:
            list(reader)  # to the end: the reader stops at what is no CSV
            return []
    except csv.Error as error:
        return [Problem(file, f"valid CSV; {error}", row=max(reader.line_num, 1))]
    return _separator_problems(file, text, columns) or _column_problems(
        file, header, columns
    )


def _separator_problems(file: str, text: str, columns: list[str]) -> list[Problem]:
    first = text.splitlines()[0]
    for mark, named in ((";", "semicolons"), ("\t", "tabs")):
        if first.split(mark) == columns:
            expected = (
                f"commas between columns, not {named} "
                "(which often come with decimal commas, so nothing is guessed)"
            )
            return [Problem(file, expected, row=1, value=first)]
    return []


def _column_problems(file: str, header: list[str], columns: list[str]) -> list[Problem]:
    """What a header lacks, has too much, or has twice or in another order."""
    names = ", ".join(columns)
    missing = [
        Problem(
            file, f"a column of this name; the columns are {names}", row=1, column=name
        )
        for name in columns
        if name not in header
    ]
    unknown = [
        Problem(file, f"only the columns {names}", row=1, column=name or "(no name)")
        for name in header
        if name not in columns
    ]
    if missing or unknown:
        return missing + unknown
    expected = f"each column once, in the order {names}"
    return [Problem(file, expected, row=1, value=",".join(header))]


# ---------- what datapackage.json declares


def frictionless_problems(folder: Path) -> list[Problem]:
    """Types, constraints and keys of each table, as Frictionless finds them."""
    # Late: only checking needs it, and it takes its time.
    from frictionless import FrictionlessException, Package

    logging.getLogger("frictionless").setLevel(logging.ERROR)
    described = read_descriptor(folder)
    alone = _alone(described)
    marks = {one["name"]: _mark(folder, alone, one) for one in alone["resources"]}
    changed = [one for one in alone["resources"] if marks[one["name"]] not in _sound]
    if not changed:
        return _one_a_cell(foreign_problems(folder, described, set()))
    try:
        package = Package.from_descriptor(
            alone | {"resources": changed}, basepath=str(folder)
        )
        report = package.validate()
    except FrictionlessException as mistake:
        expected = f"a valid data package; {mistake.error.note}"
        return [Problem("datapackage.json", expected)]
    if not report.tasks and report.errors:
        return [
            Problem("datapackage.json", f"a valid data package; {error.note}")
            for error in report.errors
        ]
    _sound.update(marks[task.name] for task in report.tasks if task.valid)
    errors = [(task.name, error) for task in report.tasks for error in task.errors]
    found = [_translate(package.get_resource(name), error) for name, error in errors]
    found += foreign_problems(folder, described, {name for name, _ in errors})
    return _one_a_cell(found)


def _one_a_cell(found: Iterable[Problem]) -> list[Problem]:
    """Of several problems of a cell the first."""
    problems: dict[tuple[object, ...], Problem] = {}
    for problem in found:
        problems.setdefault((problem.file, problem.row, problem.column), problem)
    return list(problems.values())


def _alone(package: Descriptor) -> dict[str, Any]:
    """The description without what ties one table to another."""
    described: dict[str, Any] = json.loads(json.dumps(package))
    for resource in described["resources"]:
        resource["schema"].pop("foreignKeys", None)
    return described


def _mark(folder: Path, package: dict[str, Any], resource: dict[str, Any]) -> str:
    """What tells a table, with all that is said of it, from any other."""
    said = json.dumps([package | {"resources": []}, resource])
    content = bytes_of(folder / resource["path"])
    return hashlib.sha256(said.encode() + content).hexdigest()


def _translate(resource: frictionless.Resource, error: frictionless.Error) -> Problem:
    """A Frictionless error as a Problem."""
    from frictionless import errors

    assert resource.path, "every table of the data package is a file"
    file = resource.path
    fields = {field.name: field for field in resource.schema.fields}
    row = getattr(error, "row_number", None)
    column = getattr(error, "field_name", None)
    value = getattr(error, "cell", None)
    cells = f"{len(fields)} cells in each row; this one has"
    match error:
        case errors.PrimaryKeyError():
            keys = ", ".join(resource.schema.primary_key)
            expected = f"each combination of {keys} once ({error.note})"
            return Problem(file, expected, row, keys)
        case errors.MissingCellError():
            return Problem(file, f"{cells} fewer", row, column)
        case errors.ExtraCellError():
            expected = f"{cells} more (a comma in a text needs quotes)"
            return Problem(file, expected, row, value=value)
        case errors.BlankRowError():
            return Problem(file, "no blank rows", row)
    if column in fields:
        shown = "" if value in (None, "None") else value
        return Problem(file, _expected(fields[column], error), row, column, shown)
    return Problem(file, f"a readable table; {error.message}", row, column)


def _expected(field: frictionless.Field, error: frictionless.Error) -> str:
    """What a column of this type, or its constraint that is broken, asks for."""
    if error.type != "constraint-error":
        return EXPECTED.get(field.type, field.type)
    broken = error.note.split('"')[1]
    wanted = field.constraints.get(broken)
    if isinstance(wanted, list):
        wanted = ", ".join(wanted)
    return CONSTRAINTS.get(broken, error.note).format(wanted)
