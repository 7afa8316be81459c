"""Rules for words in other languages: where the report prints them, or that it
doesn't.
"""

from .check_rows import Tables, TextRow
from .problems import Problem

NAMES = ("local_title", "local_name")


def term_problems(tables: Tables) -> list[Problem]:
    """A German or Chinese form of a term stands where its row says, or is ours.

    A phrase of the list for titles has words in some language.
    """
    problems = []
    for row in tables["terms"]:
        for language in ("de", "zh"):
            expected = _expected(row, language, tables)
            if expected:
                problems.append(row.problem(f"from_{language}", expected))
    expected = "words of at least one language: Chinese here, or German"
    problems += [
        row.problem("chinese", expected)
        for row in tables["title_words"]
        if not row["chinese"] and not row["german"]
    ]
    return problems


def _expected(row: TextRow, language: str, tables: Tables) -> str | None:
    """What was expected of where a form comes from; None if all is well."""
    form, place = row[f"name_{language}"], row[f"from_{language}"]
    if bool(form) != bool(place):
        return f"from_{language} and name_{language} together, or neither"
    if place == "ours" and any(form in name for name in _names(tables)):
        return f"a row that prints {form}, as there is one, not “ours”"
    if "/" in place and form not in _name_at(place, tables):
        return f"table/key of a row whose German or Chinese name has {form}"
    return None


def _names(tables: Tables) -> list[str]:
    """Every German and Chinese name and title of the data, places aside."""
    return [
        row[column]
        for table, rows in tables.items()
        for row in rows
        for column in NAMES
        if column in row.cells and table != "places"
    ]


def _name_at(place: str, tables: Tables) -> str:
    """The German or Chinese name of a row, "" if there is none. place: table/key."""
    table, key = place.split("/")
    for row in tables.get(table, []):
        if next(iter(row.cells.values())) == key:
            return next((row[name] for name in NAMES if name in row.cells), "")
    return ""
