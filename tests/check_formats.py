"""CSVW and Croissant of a built site, read whole by their own libraries.

    python tests/check_formats.py _build/html/data

The libraries bring two hundred megabytes and an older package than the book's own, so
that they run in an environment of their own: `make formats`.
"""

import sys

import mlcroissant
from csvw import TableGroup
from csvw.metadata import CSVW

folder = sys.argv[1]
tables = TableGroup.from_file(f"{folder}/csv-metadata.json")
rows = {str(table.url): len(list(table)) for table in tables.tables}
tables.check_referential_integrity()
web = CSVW(f"{folder}/csv-metadata.json", validate=True)
if not web.is_valid or web.warnings:
    sys.exit(f"csv-metadata.json: {[str(found.message) for found in web.warnings]}")

found = mlcroissant.Dataset(f"{folder}/croissant.json")
if found.metadata.ctx.issues.errors:
    sys.exit(f"croissant.json: {found.metadata.ctx.issues.errors}")
records = {
    f"{one.uuid}.csv": sum(1 for _ in found.records(one.uuid))
    for one in found.metadata.record_sets
}
if records != rows:
    sys.exit("croissant.json has other numbers of records than csv-metadata.json")
print(f"CSVW and Croissant are valid: {len(rows)} tables, {sum(rows.values())} rows.")
