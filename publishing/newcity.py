"""One more city: a template of rows to fill in, a look at what was filled in, and then its way into data/.

    python -m publishing.newcity Hamburg               writes new/hamburg/, or looks at it if it is there
    python -m publishing.newcity Hamburg --add         puts its rows into data/, if nothing is wrong with them

A row that stays as the template has it counts as not filled in, and is left out. A CSV file of any other table of data/ may be
put beside those of the template, with the same header: a new indicator comes in this way.
"""

import argparse
import csv
import io
import os
import re
import shutil
import sys
import tempfile
import unicodedata
from pathlib import Path

from fourcities.facts import (
    DATA,
    ROOT,
    DataError,
    Problem,
    check_data,
    descriptor,
    read,
    rules,
)

from . import codebook
from .build import alone
from .errors import BuildError

NEW = ROOT / "new"


NEEDED = ("places", "sources", "citations")  # no city without these


GUIDE = """# {name}

Rows for one more city. Fill in what you know, leave every other row as it is: what is missing will be “not reported” or “not stated” in the book, and nothing is made up.

1. `places.csv`: the place above the city (`parent`), and its local name with its language. If its state or country is not in the list below, add a row for it.
2. `sources.csv`: the source of your rows. For more than one, add rows here and in `citations.csv`, and name in each row's column `source` the citation that it rests on.
3. The others, in any order. Copy a row as often as you need it, with another key. Save as “CSV UTF-8”, with commas.
4. `make city NAME={quoted}` looks at the rows: it names every mistake by file, row and column, and says what is still to be filled in.
5. `make city NAME={quoted} ADD=yes` puts the rows into `data/`; `make book` then brings the city to every table, figure and explorer.

Numbers have a decimal point and no thousands separator; dates are written 2016-12-31. A year is 2016-01-01 to 2016-12-31. `printed` holds the wording of your source.
`section` says where in the book a row belongs, not that the report speaks of it.

"""


class CityError(ValueError):
    """The city can't be made or added; the message says why and what would do."""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="English name of the city")
    parser.add_argument(
        "--key", default="", help="its key in data/; made from the name unless given"
    )
    parser.add_argument(
        "--add", action="store_true", help="put the filled rows into data/"
    )
    args = parser.parse_args()
    try:
        key = args.key or key_of(args.name)
        folder = NEW / key
        if not folder.exists():
            write_template(args.name, key, folder)
            print(
                f"Written: {folder.relative_to(ROOT)}/. Its README.md says how to go on."
            )
            return
        print("\n".join(look(key, folder)))
        if args.add:
            with alone():
                add(key, folder)
                codebook.write()
            print("Added to data/. Now: make book")
    except (CityError, DataError, BuildError) as error:
        sys.exit(f"\n{error}\nNothing was added to data/.")
    except OSError as error:
        sys.exit(
            f"\n{error.filename or 'A file'} can't be written or read: {error.strerror or error}.\nNothing was added to data/."
        )


def key_of(name):
    """The key that a city gets by its English name: "Frankfurt (Oder)" -> "frankfurt-oder". Raises CityError if the name has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not re.search("[a-z]", key):
        raise CityError(
            f"NAME={name!r}: expected a name with letters from a to z, or a key beside it: make city NAME={name!r} KEY=shenzhen"
        )
    return key


def template(name, key):
    """The rows to fill in for a city: {table: list of dictionaries}, each row with all columns of its table."""
    observed = read("indicators").query("numerator == ''")
    fields = ["", *read("policy_fields")["policy_field"]]
    roles = [
        ("municipal-administration", "", "4"),
        ("district-administration", "", "4"),
        ("migrant-affairs", "", "4"),
        *(("policy-field", field, "5") for field in fields if field),
    ]
    stands = (
        read("codings")
        .drop_duplicates("dimension")
        .set_index("dimension")[["section", "table"]]
    )
    source = f"{key}-source"
    place = {"place": key, "source": source}
    rows = {
        "places": [{"place": key, "kind": "city", "status": "added", "name": name}],
        "sources": [{"source": source, "kind": "added"}],
        "citations": [{"citation": source, "source": source, "section": "2"}],
        "observations": [
            place
            | {
                "indicator": row["indicator"],
                "unit": row["unit"],
                "section": row["section"],
            }
            for _, row in observed.iterrows()
        ],
        "amounts": [
            {"place": key, "indicator": row["indicator"], "section": row["section"]}
            for _, row in read("amounts").drop_duplicates("indicator").iterrows()
        ],
        "codings": [
            place | {"dimension": dimension, **dict(stands.loc[dimension])}
            for dimension in read("dimensions")["dimension"]
            if dimension in stands.index
        ],
        "bodies": [
            place
            | {
                "body": f"{key}-{field or role}",
                "role": role,
                "policy_field": field,
                "relation": "lead",
                "section": "2.4",
                "table": table,
            }
            for role, field, table in roles
        ],
        "policies": [
            place
            | {
                "policy": f"{key}-{field or 'general'}-policy",
                "policy_field": field,
                "section": "4.1",
                "table": "6",
            }
            for field in fields
        ],
        "measures": [
            place
            | {
                "measure": f"{key}-{field}-measure",
                "policy_field": field,
                "section": "4.3",
            }
            for field in fields
            if field
        ],
        "cooperation": [place | {"mechanism": f"{key}-mechanism", "section": "5.2"}],
        "events": [place | {"event": f"{key}-event", "section": "3"}],
        "organizations": [
            place | {"organization": f"{key}-organization", "section": "5.1"}
        ],
    }
    return {
        table: [dict.fromkeys(columns(table), "") | row for row in found]
        for table, found in rows.items()
    }


def columns(table):
    """Names of the columns of a table of data/, in their order."""
    return [field["name"] for field in _resource(table)["schema"]["fields"]]


def write_template(name, key, folder):
    """Write the template of a city into a new folder, with a guide. Raises CityError if data/ has the city or the key already."""
    places = read("places")
    for column, value in (("place", key), ("name", name)):
        if value in set(places[column]):
            raise CityError(
                f"data/places.csv has a row with {column} {value!r} already; expected a city that is not there"
            )
    work = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    rows = template(name, key)
    for table, found in rows.items():
        (work / f"{table}.csv").write_text(_text(table, found), "utf-8")
    parts = [
        GUIDE.format(name=name, quoted=f'"{name}"' if re.search(r"\W", name) else name),
        *map(_described, rows),
        *map(_keys, _referred(rows)),
    ]
    (work / "README.md").write_text("\n".join(parts), "utf-8")
    os.rename(work, folder)


def look(key, folder):
    """What stands in the folder of a city, in lines: how many rows of each table are filled in. Raises DataError, naming file, row and column there, if a filled row is wrong."""
    filled, empty = _filled(key, folder)
    with tempfile.TemporaryDirectory() as copy:
        before = _append(filled, Path(copy) / "data")
        try:
            check_data(Path(copy) / "data")
        except DataError as error:
            raise DataError(
                [_moved(problem, filled, before, folder) for problem in error.problems]
            ) from None
    tables = dict.fromkeys([*filled, *empty])
    return [
        f"{folder.relative_to(ROOT)}: nothing is wrong with the rows that are filled in.",
        *(
            f"  {table}.csv: {len(filled.get(table, []))} filled in"
            + (f", {empty[table]} as in the template" if empty.get(table) else "")
            for table in tables
        ),
    ]


def add(key, folder):
    """Put the filled rows of a city at the ends of the files in data/, all or none. Raises as `look` does."""
    look(key, folder)
    filled, _ = _filled(key, folder)
    with tempfile.TemporaryDirectory(
        dir=ROOT
    ) as copy:  # beside data/, so that the files can be moved in one step each
        _append(filled, Path(copy) / "data")
        old = {table: (DATA / f"{table}.csv").read_bytes() for table in filled}
        try:
            for table in filled:
                os.replace(Path(copy) / "data" / f"{table}.csv", DATA / f"{table}.csv")
        except OSError:
            for table, content in old.items():
                (DATA / f"{table}.csv").write_bytes(content)
            raise


def _resource(table):
    return next(
        resource for resource in descriptor()["resources"] if resource["name"] == table
    )


def _text(table, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(table), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _filled(key, folder):
    """Rows that differ from the template, as {table: [(row number in the file, cells)]}, and how many of each table do not."""
    known = {resource["name"] for resource in descriptor()["resources"]}
    name = next(iter(_cells(folder / "places.csv")), {}).get("name", "")
    as_written = template(name, key)
    filled, empty = {}, {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in known:
            raise CityError(
                f"{_place(path)}: expected a file named like one of data/: {', '.join(sorted(known))}"
            )
        for number, row in enumerate(_cells(path), 2):
            if row in as_written.get(path.stem, []) and path.stem not in NEEDED:
                empty[path.stem] = empty.get(path.stem, 0) + 1
            else:
                filled.setdefault(path.stem, []).append((number, row))
    return filled, empty


def _cells(path):
    """The rows of a file of a new city as dictionaries. Raises DataError if it isn't a table with the columns that data/ has."""
    expected, where = (
        columns(path.stem) if (DATA / path.name).exists() else None,
        _place(path),
    )
    try:
        rows = list(
            csv.reader(
                io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True
            )
        )
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            [Problem(where, f"a table in UTF-8 with commas; {error}")]
        ) from None
    if not rows or expected and rows[0] != expected:
        raise DataError(
            [
                Problem(
                    where,
                    f"a header row: {','.join(expected or [])}",
                    row=1,
                    value=",".join(rows[0]) if rows else "",
                )
            ]
        )
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            raise DataError(
                [
                    Problem(
                        where,
                        f"{len(rows[0])} cells in each row (a comma in a text needs quotes)",
                        row=number,
                        value=",".join(row),
                    )
                ]
            )
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def _append(filled, folder):
    """A copy of data/ with the filled rows at the ends of its files. Returns how many rows each file had before, with its header."""
    shutil.copytree(DATA, folder)
    before = {}
    for table, rows in filled.items():
        path = folder / f"{table}.csv"
        text = path.read_text("utf-8-sig")
        text += "" if text.endswith("\n") else "\n"
        before[table] = len(list(csv.reader(io.StringIO(text, newline=""))))
        path.write_text(
            text + _text(table, [row for _, row in rows]).partition("\n")[2], "utf-8"
        )
    return before


def _moved(problem, filled, before, folder):
    """A problem of the copy of data/, told by the file and row of the new city where it lies there."""
    table = problem.file.removesuffix(".csv")
    if not problem.row or problem.row <= before.get(table, problem.row):
        return problem
    number = filled[table][problem.row - before[table] - 1][0]
    return Problem(
        f"{_place(folder)}/{problem.file}",
        problem.expected,
        number,
        problem.column,
        problem.value,
    )


def _place(path):
    """A path from the project's folder, as messages name it."""
    return path.relative_to(ROOT).as_posix()


def _described(table):
    """The columns of a table with their rules."""
    resource = _resource(table)
    lines = [f"## {resource['path']}\n", f"{resource['description']}\n"]
    for field in resource["schema"]["fields"]:
        lines.append(
            f"- `{field['name']}`: {field['description']}{rules(field, resource['schema'])}"
        )
    return "\n".join(lines) + "\n"


def _referred(tables):
    """The tables of data/ that columns of these refer to, in the order of the data package; without those that the template itself holds."""
    references = {
        key["reference"]["resource"]
        for table in tables
        for key in _resource(table)["schema"].get("foreignKeys", [])
    }
    return [
        resource["name"]
        for resource in descriptor()["resources"]
        if resource["name"]
        in references - {"citations", "policies", "sources"} | {"places"}
    ]


def _keys(table):
    """The keys that data/ has in a table, each with its meaning; for the dimensions also the codes that cities have so far."""
    rows = read(table)
    if table == "indicators":  # computed ones have no rows of their own
        rows = rows[rows["numerator"] == ""].assign(
            definition=rows["unit"] + ". " + rows["definition"]
        )
    told = next(
        (
            column
            for column in ("definition", "question", "title", "label", "name", "text")
            if column in rows and table != "sections"
        ),
        "title",
    )
    codes = (
        read("codings").groupby("dimension")["category"].unique()
        if table == "dimensions"
        else {}
    )
    lines = [
        f"- `{row.iloc[0]}`: {row[told]}"
        + (
            f" So far: {', '.join(f'`{code}`' for code in codes[row.iloc[0]])}."
            if row.iloc[0] in codes
            else ""
        )
        for _, row in rows.iterrows()
    ]
    return f"## Keys of {table}.csv\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
