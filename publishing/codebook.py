"""Write the codebook, data/README.md, from data/datapackage.json, and book/references.bib from data/sources.csv.

python -m publishing.codebook
"""

from pybtex.database import BibliographyData, Entry, Person

from fourcities.facts import BOOK, DATA, descriptor, read, rules

REFERENCES = BOOK / "references.bib"


INTRO = """# Codebook

<!-- Written by `make codebook` from datapackage.json. Edit the descriptions there. -->

{description}

The folder is a [Frictionless Data Package](https://specs.frictionlessdata.io/data-package/): `datapackage.json` declares
every table, column, type, allowed value and key, and `make book` checks all of it before it builds anything.

## Rules

- **One number, one row.** A number stands in `observations.csv` once, even if the report prints it in two tables; `table_rows.csv` says where it is shown.
- **Base units**: persons, not millions; U.S. dollars, not billions; percent, not fractions. Write as many decimal places as the report prints.
- **As printed.** The column `printed` holds the report's own wording of the value. A doubt goes into `flag` and `note`; the value stays.
- **Added is said to be added.** A row that is not the report's names a source of kind `added`; it is shown with that source and enters no sentence, claim or answer about the report.
- **Empty means not stated.** No year, source or name is filled in by guess. A place without a value has no row.
- **Periods** have a first and a last day: a year is `2016-01-01` to `2016-12-31`, the end of a year is `2016-12-31` twice.
- **Sources are given as the report gives them**: for a whole table, or at a place in the text with pages. `citations.csv` lists the works behind each; no cell is given a source of its own.
- **Derived indicators are computed**, never stored: a row of `indicators.csv` with a numerator, a denominator and a factor.
- Names and titles are the report's; sentences are ours. Chinese and German names carry their language (BCP 47).
- Files are UTF-8 with commas and a header row. In a spreadsheet, save as “CSV UTF-8”; semicolons are refused, because decimal commas often come with them.

## Flags

Letters of the Eurostat and SDMX code list, as `flags.csv` defines them:

{flags}
"""


def codebook():
    """The text of data/README.md."""
    package = descriptor()
    flags = "\n".join(
        f"- `{row['flag']}`, {row['label']}: {row['meaning']}"
        for _, row in read("flags").iterrows()
    )
    parts = [INTRO.format(description=package["description"], flags=flags)]
    for resource in package["resources"]:
        schema = resource["schema"]
        parts.append(
            f"## {resource['path']}\n\n{resource['description']}\n\nKey: {', '.join(f'`{k}`' for k in schema['primaryKey'])}\n\n"
            "| column | type | what it holds |\n| --- | --- | --- |"
        )
        parts[-1] += (
            "".join(
                f"\n| `{f['name']}` | {f['type']} | {f['description']}{rules(f, schema)} |"
                for f in schema["fields"]
            )
            + "\n"
        )
    return "\n".join(parts)


def references():
    """The text of book/references.bib: what is known of each source; its note says what was not found."""
    entries = {}
    for _, row in read("sources").iterrows():
        unknown = [
            f"{field.capitalize()} not found"
            for field in ("title", "year", "address")
            if not row[field]
        ]
        note = (
            ". ".join([f"Status: {row['status']}", *unknown])
            + "."
            + (f" {row['note']}" if row["note"] else "")
        )
        known = {
            "title": row["title"],
            "year": row["year"],
            "publisher": row["publisher"],
            "url": row["address"],
            "note": note,
        }
        # a name with a comma is a person's; any other stands as it is
        people = [
            Person(a)
            if "," in a
            else Person(last="others" if a == "et al." else "{" + a + "}")
            for a in row["authors"].split("; ")
            if a
        ]
        entries[row["source"]] = Entry(
            "misc",
            [(k, v) for k, v in known.items() if v],
            {"author": people} if people else {},
        )
    return BibliographyData(entries).to_string("bibtex")


def write():
    """Write data/README.md and book/references.bib anew."""
    (DATA / "README.md").write_text(codebook(), encoding="utf-8")
    REFERENCES.write_text(references(), encoding="utf-8")


if __name__ == "__main__":
    write()
