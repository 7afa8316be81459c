"""A worked example of what can be added to the book by rows alone. All of it is made up
and says so; nothing of it is in the published book.

`extend` puts it into a copy of the project, as an author would: with the template of
`make city` for the cities, and with rows for the rest.

- Exampletown: a German city with a row for everything, its values larger or smaller
than all of the report's.
- Port Sample …: one city in a country of its own, with a long name, a local name from
right to left, values of zero and below, values without a year, values nine orders of
magnitude
  from the others, and little else.
- 样城: a city with a Chinese name alone and no value at all.
- The new indicator libraries, for the added cities only, and museums, for none; the new
policy field housing.
- Later years of Berlin and Cologne.
"""

import csv
import functools
import io
import json
import subprocess
import sys

CITIES = {
    "exampletown": "Exampletown",
    "port-sample": "Port Sample upon the Far and Very Winding River",
    "yangcheng": "样城",
}
SOURCE = {
    "kind": "added",
    "label": "Made up 2026",
    "year": "2026",
    "title": "Made-up figures for the tests",
    "status": "stated",
}
LATE = [  # indicator, place, year, value, printed
    ("population", "berlin", 2021, "3677000", "3,677,000"),
    ("population", "cologne", 2021, "1073000", "1,073,000"),
    ("gdp", "berlin", 2021, "162900000000", "162.9 billion"),
    ("foundations", "cologne", 2021, "400", "400"),
]
ROWS = {  # of other tables, as lines of CSV
    "indicators": [
        "libraries,Public libraries,count,0,{} public libraries,Libraries that are "
        "open to everybody.,services,2.1,0,,,,,,,,per_100000,Made up for the tests.",
        "museums,Museums,count,0,{} museums,Museums of any "
        "kind.,services,2.1,0,,,,,,,,,Made up for the tests.",
    ],
    "policy_fields": ["housing,Housing,Made up for the tests.,"],
    "table_rows": ["5,5,Housing,HOUSING,policy field,housing,Made up for the tests."],
}


def extend(project):
    """Add all of the example to a copy of the project. project: its folder. Raises
    AssertionError with what was said if a step is refused.
    """
    for table, lines in ROWS.items():
        path = project / "data" / f"{table}.csv"
        path.write_text(
            path.read_text("utf-8") + "".join(line + "\n" for line in lines), "utf-8"
        )
    for key, name in CITIES.items():
        make(project, name, "--key", key)
        folder = project / "new" / key
        for path in sorted(folder.glob("*.csv")):
            FILL[key](path, key)
        make(project, name, "--key", key, "--add")
    end(project)
    late = [
        dict(
            zip(
                ("indicator", "place", "value", "printed"),
                (indicator, place, value, printed),
            )
        )
        | {
            "period_start": f"{year}-12-31",
            "period_end": f"{year}-12-31",
            "unit": {"gdp": "usd", "foundations": "count"}.get(indicator, "persons"),
            "section": "2.1",
            "source": "exampletown-source",
        }
        for indicator, place, year, value, printed in LATE
    ]
    append(project / "data" / "observations.csv", late)


# `make city` as often as a line asks for it, by one Python that has all imported.
AGAIN = """
import contextlib, io, json, sys
from publishing.newcity.__main__ import main
for line in sys.stdin:
    sys.argv, code, said = ["newcity", *json.loads(line)], 0, io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            code = 1
            print(end)
    print(json.dumps([code, said.getvalue()]), flush=True)
"""


@functools.cache
def _city_maker(project):
    """The Python that makes cities in a copy of the project."""
    return subprocess.Popen(
        [sys.executable, "-c", AGAIN],
        cwd=project,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def newcity(project, *arguments):
    """What `make city` runs. Returns its exit code, and what it said."""
    run = _city_maker(project)
    run.stdin.write(json.dumps(arguments) + "\n")
    run.stdin.flush()
    code, said = json.loads(run.stdout.readline())
    assert "Traceback" not in said
    return code, said


def end(project):
    """No more cities are made in a copy of the project."""
    with _city_maker(project) as run:
        run.stdin.close()


def make(project, *arguments):
    code, said = newcity(project, *arguments)
    assert code == 0, said


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def append(path, rows):
    write(
        path,
        [*rows_of(path), *(dict.fromkeys(rows_of(path)[0], "") | row for row in rows)],
    )


def fill_all(path, key):
    """Exampletown: everything, with values beyond those of the report."""
    rows = rows_of(path)
    if path.stem == "observations":
        rows = [
            row if row["indicator"] == "museums" else row | value_of(row, n)
            for n, row in enumerate(rows)
        ]
    elif path.stem == "places":
        rows[0] |= {"parent": "germany", "local_name": "Musterstadt", "language": "de"}
    elif path.stem == "sources":
        rows[0] |= SOURCE
    elif path.stem == "amounts":
        times = ["one year", "each year", "several years", "not stated"]
        rows = [
            row
            | {
                "covers": "Made up for the tests.",
                "basis": times[n % 4],
                "conversion": "not stated",
            }
            for n, row in enumerate(rows)
        ]
    elif path.stem == "codings":
        rows = [
            row
            | {"category": f"made up {n % 3}", "statement": "Made up for the tests."}
            for n, row in enumerate(rows)
        ]
    elif path.stem == "bodies":
        rows = [
            row
            | {
                "name": f"Made-up Office {n}",
                "local_name": f"Amt für Künstler*innen & „Neue“ {n}",
                "language": "de",
            }
            for n, row in enumerate(rows)
        ]
    elif path.stem == "policies":
        years = ["1990", "2016", "", "2018", "2019", "2020"]
        rows = [
            row
            | {
                "title": f"Made-up Plan {n}",
                "local_title": f"Musterplan {n}",
                "language": "de",
                "year": year,
                "kind": "plan",
            }
            for n, (row, year) in enumerate(zip(rows, years))
        ]
    elif path.stem == "measures":
        starts, providers = (
            ["arrival", "after settlement", "open", ""],
            ["SO", "both", "state", ""],
        )
        rows = [
            row
            | {
                "measure": f"{row['measure']}-{n}",
                "name": f"Made-up 'legal' help & \"more\" {n}",
                "provider": providers[n],
                "starts": starts[n],
                "target_group": "everybody",
                "eligibility": "Made up." if n else "",
            }
            for row in rows
            for n in range(4)
        ]
    elif path.stem == "cooperation":
        rows[0] |= {"kind": "contract", "statement": "Made up for the tests."}
    elif path.stem == "events":
        rows = [
            rows[0]
            | {
                "event": f"{key}-{strand}",
                "strand": strand,
                "section": section,
                "period_start": "1950-01-01",
                "period_end": "1950-12-31",
                "printed": "1950",
                "title": f"Made-up event of {strand}",
            }
            for strand, section in (
                ("philanthropy", "3.1"),
                ("migration", "3.2"),
                ("policy", "4.1"),
                ("co-operation", "5.2"),
            )
        ]
    elif path.stem == "organizations":
        rows[0] |= {
            "kind": "foundation",
            "name": "Made-up Foundation",
            "statement": "Made up for the tests.",
            "section": "3.1",
        }
    write(path, rows)


def value_of(row, n):
    """A value for an indicator: half of them far above the report's, half far below;
    shares of a sector and other percentages stay within their whole.
    """
    shares = {
        "share_services": "10",
        "share_industry": "20",
        "share_agriculture": "30",
        "share_other": "40",
    }
    number = shares.get(row["indicator"]) or (
        "99" if row["unit"].startswith("percent") else "30000000" if n % 2 else "3"
    )
    return {
        "value": number,
        "printed": f"{int(number):,}",
        "period_start": "2017-01-01",
        "period_end": "2017-12-31",
    }


def fill_little(path, key):
    """Port Sample: a country of its own, few values."""
    rows = rows_of(path)
    values = {
        "population": "9",
        "gdp": "2",
        "floating_population": "0",
        "foundations": "0",
        "gdp_growth": "-2",
        "asylum_seekers": "5",
        "districts": "1",
        "libraries": "1",
    }
    span = {
        "period_start": "2010-01-01",
        "period_end": "2014-12-31",
    }  # of the growth alone; the other values have no year
    if path.stem == "observations":
        rows = [
            row
            | {"value": values[row["indicator"]], "printed": values[row["indicator"]]}
            | (span if row["indicator"] == "gdp_growth" else {})
            if row["indicator"] in values
            else row
            for row in rows
        ]
    elif path.stem == "places":
        rows = [
            dict.fromkeys(rows[0], "")
            | {
                "place": "samplevania",
                "kind": "country",
                "status": "added",
                "name": "Samplevania",
            },
            rows[0]
            | {"parent": "samplevania", "local_name": "ميناء العينة", "language": "ar"},
        ]
    elif path.stem == "sources":
        rows[0] |= SOURCE
    elif path.stem == "policies":
        rows[0] |= {
            "title": "Made-up Charter",
            "local_title": "ميثاق العينة",
            "language": "ar",
            "kind": "law",
        }
    write(path, rows)


def fill_nothing(path, key):
    """样城: where it lies, and nothing else."""
    rows = rows_of(path)
    if path.stem == "places":
        rows[0] |= {"parent": "guangdong", "local_name": "样城", "language": "zh-Hans"}
    elif path.stem == "sources":
        rows[0] |= SOURCE
    write(path, rows)


FILL = {"exampletown": fill_all, "port-sample": fill_little, "yangcheng": fill_nothing}
