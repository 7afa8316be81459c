"""Rules for places: what they lie in, and where facts on added ones come from."""

from .check_rows import Tables, TextRow
from .problems import Problem

# The kinds of places that a kind can lie in. So every way up ends in a country.
ABOVE = {
    "country": (),
    "federal state": ("country",),
    "province": ("country",),
    "city": ("country", "federal state", "province"),
}


def parent_problems(tables: Tables) -> list[Problem]:
    """Every place but a country lies in one of a kind above it."""
    kinds = {row["place"]: row["kind"] for row in tables["places"]}
    problems = []
    for row in tables["places"]:
        above = ABOVE[row["kind"]]
        fits = kinds.get(row["parent"]) in above if above else not row["parent"]
        if fits:
            continue
        kind = " or ".join(above)
        expected = f"the {kind} that it lies in, up to a country" if kind else "nothing"
        problems.append(row.problem("parent", f"{expected}: it is a {row['kind']}"))
    return problems


def added_problems(tables: Tables) -> list[Problem]:
    """What was added to the report's rows says from where.

    It has a citation of sources that are all of the kind “added”.
    """
    kinds = {row["source"]: row["kind"] for row in tables["sources"]}
    cited: dict[str, set[bool]] = {}  # by citation: whether its sources are added ones
    for row in tables["citations"]:
        is_added = kinds[row["source"]] == "added"
        cited.setdefault(row["citation"], set()).add(is_added)
    mixed = [
        row.problem(
            "source",
            "sources that are all of the kind “added”, or none of them, "
            "behind one citation",
        )
        for row in tables["citations"]
        if len(cited[row["citation"]]) > 1 and kinds[row["source"]] == "added"
    ]
    added_only = {citation for citation, added in cited.items() if added == {True}}
    return mixed + _unsourced_problems(tables, added_only)


def _unsourced_problems(tables: Tables, added_only: set[str]) -> list[Problem]:
    """For each table and added place, the first row without such a citation."""
    status = {row["place"]: row["status"] for row in tables["places"]}
    problems = []
    for rows in tables.values():
        unsourced: dict[str, list[TextRow]] = {}  # by place
        for row in rows:
            place = row.cells.get("place", "")
            sourced = "source" not in row.cells or row["source"] in added_only
            if status.get(place) == "added" and not sourced:
                unsourced.setdefault(place, []).append(row)
        for place, (first, *others) in unsourced.items():
            more = f"; so in {len(others)} more of its rows" if others else ""
            expected = (
                "a citation of a source of kind “added” (data/citations.csv, "
                f"data/sources.csv): the report does not speak of {place}{more}"
            )
            problems.append(first.problem("source", expected))
    return problems
