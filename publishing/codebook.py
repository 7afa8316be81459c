"""Write what is made from data and code: codebook, bibliography, changes, names.

    python -m publishing.codebook

data/README.md is made from data/datapackage.json, data/references.bib from
data/sources.csv, CHANGELOG.md from data/editions.csv and data/changes.csv,
.zenodo.json from CITATION.cff, docs/names.md from the package itself.
"""

import json

from pybtex.database import BibliographyData, Entry, Person

from fourcities.facts import DATA, ROOT, Cells, Resource, descriptor, read, rules

from .editions import authors, licences, stated
from .names import write_names
from .paths import TEMPLATES

REFERENCES = DATA / "references.bib"


def codebook() -> str:
    """Make the text of data/README.md: the rules of the data, then every table.

    Returns
    -------
    str
        Markdown.
    """
    package = descriptor()
    flags = "\n".join(
        f"- `{row['flag']}`, {row['label']}: {row['meaning']}"
        for _, row in read("flags").iterrows()
    )
    intro = (TEMPLATES / "codebook.md").read_text("utf-8")
    parts = [intro.format(description=package["description"], flags=flags)]
    parts += map(_table_of_columns, package["resources"])
    return "\n".join(parts)


def references() -> str:
    """Make the text of data/references.bib.

    Returns
    -------
    str
        BibTeX: what is known of each source; its note says what was not found.
    """
    entries = {row["source"]: _entry(row) for _, row in read("sources").iterrows()}
    text: str = BibliographyData(entries).to_string("bibtex")
    return text


def changelog() -> str:
    """Make the text of CHANGELOG.md: what each edition changed, the latest first.

    Returns
    -------
    str
        Markdown.
    """
    changes = read("changes")
    parts = ["# Changes\n", "What a reader of an earlier edition would find changed.\n"]
    for _, edition in read("editions")[::-1].iterrows():
        parts.append(f"## {edition['edition']} ({edition['date']:%Y-%m-%d})\n")
        parts.append(f"{edition['summary']}\n")
        own = changes.query("edition == @edition.edition")
        for kind, rows in own.groupby("kind", sort=False):
            lines = [_change(row) for _, row in rows.iterrows()]
            parts.append(f"### {str(kind).capitalize()}\n")
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def zenodo() -> str:
    """Make the text of .zenodo.json, which describes an edition to that archive.

    Returns
    -------
    str
        JSON: what CITATION.cff states. Zenodo reads the names of groups only here.
    """
    book = stated()
    described = {
        "title": book["title"],
        "upload_type": "publication",
        "publication_type": "book",
        "version": book["version"],
        "publication_date": str(book["date-released"]),
        "creators": [{"name": author.name} for author in authors()],
        "description": " ".join(book["abstract"].split()),
        "keywords": book["keywords"],
        "language": "eng",
        "access_right": "open",
        "license": licences(book)[-1],
        "notes": f"Licences: {' for code, '.join(licences(book))} for texts and data.",
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    """Write the texts of this module anew; all are made first."""
    texts = {
        DATA / "README.md": codebook(),
        REFERENCES: references(),
        ROOT / "CHANGELOG.md": changelog(),
        ROOT / ".zenodo.json": zenodo(),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


def _change(row: Cells) -> str:
    """A change as an item of a list."""
    was = f"“{row['was']}” is now: " if row["was"] else ""
    return f"- [{row['chapter']}](book/{row['chapter']}.ipynb): {was}{row['is_now']}"


def _table_of_columns(resource: Resource) -> str:
    """A table of the data: what it holds, its key, its columns with their rules."""
    schema = resource["schema"]
    key = ", ".join(f"`{column}`" for column in schema["primaryKey"])
    lines = [
        f"## {resource['path']}\n",
        f"{resource['description']}\n",
        f"Key: {key}\n",
        "| column | type | what it holds |",
        "| --- | --- | --- |",
    ]
    for field in schema["fields"]:
        meaning = field["description"] + rules(field, schema)
        lines.append(f"| `{field['name']}` | {field['type']} | {meaning} |")
    return "\n".join(lines) + "\n"


def _entry(row: Cells) -> Entry:
    """A row of sources.csv as an entry of BibTeX."""
    volume, _, number = row["volume"].removesuffix(")").partition("(")
    known = {
        "title": row["title"],
        "year": row["year"],
        "journal" if volume else "publisher": row["publisher"],
        "volume": volume,
        "number": number,
        "pages": row["pages"].replace("-", "--"),
        "url": row["address"],
        "note": _note(row),
    }
    people = [_person(author) for author in row["authors"].split("; ") if author]
    return Entry(
        "article" if volume else "misc",
        [(name, value) for name, value in known.items() if value],
        {"author": people} if people else {},
    )


def _note(row: Cells) -> str:
    """The status of a source, what was not found of it, and its note."""
    words = [f"Status: {row['status']}"]
    for column in ("title", "year", "address"):
        if not row[column]:
            words.append(f"{column.capitalize()} not found")
    note = ". ".join(words) + "."
    return f"{note} {row['note']}" if row["note"] else note


def _person(author: str) -> Person:
    """A name with a comma is a person's; any other stands as it is."""
    if "," in author:
        return Person(author)
    return Person(last="others" if author == "et al." else "{" + author + "}")


if __name__ == "__main__":
    write()
    write_names()
