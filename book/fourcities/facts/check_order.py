"""Rules for sections, for the cities of the report's tables, and for lists."""

from collections.abc import Iterator

from .check_rows import Tables, TextRow
from .problems import Problem

# Cells that hold several, and what stands between two of them.
LISTS = {
    ("sessions", "chapters"): " ",
    ("sessions", "claims"): " ",
    ("sessions", "prompts"): " | ",
    ("sessions", "goes_wrong"): " | ",
    ("session_readings", "parts"): " | ",
    ("session_slides", "text"): " | ",
    ("session_slides", "sources"): " ",
    ("indicators", "relate"): " ",
    ("outside_figures", "address"): " ",
    ("claims", "rests_on"): " | ",
}


def section_problems(tables: Tables) -> list[Problem]:
    """A section lies in the one that its number says; a chapter has one question."""
    problems = []
    chapters: dict[str, TextRow] = {}
    for row in tables["sections"]:
        above = row["section"].rpartition(".")[0]
        if row["parent"] != above:
            expected = f"{above or 'nothing'}, as the number {row['section']} says"
            problems.append(row.problem("parent", expected))
        first = chapters.setdefault(row["chapter"], row)
        if (first["question"], first["minutes"]) != (row["question"], row["minutes"]):
            expected = (
                f"a chapter of its own, or question and minutes of section "
                f"{first['section']}, which is in this one"
            )
            problems.append(row.problem("chapter", expected))
    return problems


def city_problems(tables: Tables) -> list[Problem]:
    """What the report's tables print is of cities."""
    printed = {
        row["place"]: row["table"]
        for rows in tables.values()
        for row in rows
        if row.cells.get("table") and "place" in row.cells
    }
    return [
        row.problem("kind", f"city, as Table {printed[row['place']]} is about it")
        for row in tables["places"]
        if row["place"] in printed and row["kind"] != "city"
    ]


def list_problems(tables: Tables) -> list[Problem]:
    """No list has an item twice."""
    return [
        row.problem(column, "each once", item)
        for (table, column), between in LISTS.items()
        for row in tables[table]
        for item in _twice(row[column].split(between))
    ]


def _twice(items: list[str]) -> Iterator[str]:
    for item in dict.fromkeys(items):
        if item and items.count(item) > 1:
            yield item
