"""Rules for teaching sessions: claims, goals, minutes, readings, slides, weights."""

import re
from collections.abc import Iterator

from .check_addresses import unlike_inside
from .check_rows import Tables, TextRow
from .problems import Problem
from .reading_time import minutes_to_read

MINUTES = 90  # of a session
READING = 60  # minutes that nobody reads more than, for a session
PACES = ("words_per_minute", "minutes_per_page")
# What the course computes with; the rest of syllabus.csv is text.
NUMBERS = (
    *PACES,
    "ects_hours_least",
    "ects_hours_most",
    "exercise_minutes",
    "essay_hours",
    "essay_words",
)
TEXTS = ("level", "prerequisites", "language")


def session_problems(tables: Tables) -> list[Problem]:
    """Sessions fill their minutes, name what is there, and have their lists."""
    syllabus = list(_syllabus_problems(tables["syllabus"]))
    return [
        *(
            problem
            for row in tables["sessions"]
            for problem in _one_session(row, tables)
        ),
        *(p for row in tables["session_readings"] for p in _reading_problems(row)),
        *syllabus,
        *([] if syllabus else _reading_time_problems(tables)),
        *_slide_problems(tables),
        *_weight_problems(tables["rubric"]),
    ]


def _one_session(row: TextRow, tables: Tables) -> Iterator[Problem]:
    claims = {claim["claim"] for claim in tables["claims"]}
    for key in row["claims"].split():
        if key not in claims:
            expected = "keys of data/claims.csv, separated by spaces"
            yield row.problem("claims", expected, key)
    number = row["session"]
    goals = [goal for goal in tables["session_goals"] if goal["session"] == number]
    if len(goals) != 3:
        expected = f"three goals of session {number} in data/session_goals.csv"
        yield row.problem("session", expected, f"{len(goals)} goals")
    if len(row["board"].split(" | ")) != 2:
        expected = "columns and rows, with “ | ” between them"
        yield row.problem("board", expected)
    expected_address = unlike_inside(row["explorer"])
    if expected_address:
        yield row.problem("explorer", expected_address)
    phases = [row for row in tables["session_phases"] if row["session"] == number]
    total = sum(int(phase["minutes"]) for phase in phases)
    if total != MINUTES:
        first = phases[0].number if phases else None
        expected = f"minutes of session {number} that sum to {MINUTES}"
        yield Problem("session_phases.csv", expected, first, "minutes", str(total))


def _reading_problems(row: TextRow) -> Iterator[Problem]:
    """A reading is parts of a chapter with words, or pages of another work."""
    if bool(row["chapter"]) == bool(row["source"]):
        yield row.problem("chapter", "a chapter or a source, and not both")
    elif row["chapter"] and (row["pages"] or not row["words"]):
        yield row.problem("words", "the words of a chapter's parts, and no pages")
    elif row["source"] and (row["parts"] or row["words"] or not row["pages"]):
        yield row.problem("pages", "pages such as 682-693, no parts and no words")
    first, _, last = row["pages"].partition("-")
    if last and int(last) < int(first):
        yield row.problem("pages", "a last page that is not before the first one")


def _syllabus_problems(rows: list[TextRow]) -> Iterator[Problem]:
    """What the course computes with is there, as a whole number of something."""
    items = {row["item"] for row in rows}
    for item in (*TEXTS, *NUMBERS):
        if item not in items:
            yield Problem("syllabus.csv", f"a row with the item {item}")
    for row in rows:
        number = re.fullmatch(r"[1-9]\d*", row["entry"])
        if row["item"] in NUMBERS and not (number and row["unit"]):
            yield row.problem("entry", "a whole number above 0, and its unit")


def _reading_time_problems(tables: Tables) -> Iterator[Problem]:
    """Nobody reads longer than an hour: what all read, and the longest of the rest."""
    paces = {row["item"]: row["entry"] for row in tables["syllabus"]}
    words, pages = (int(paces[pace]) for pace in PACES)
    minutes: dict[str, dict[str, list[int]]] = {}
    last: dict[str, TextRow] = {}
    for row in tables["session_readings"]:
        if not row["words"] and "-" not in row["pages"]:
            continue  # told of above
        taken = minutes_to_read(row["words"], row["pages"], words, pages)
        session = minutes.setdefault(row["session"], {"all": [], "one": []})
        session[row["reader"]].append(taken)
        last[row["session"]] = row
    for number, readers in minutes.items():
        total = sum(readers["all"]) + max(readers["one"], default=0)
        if total > READING:
            expected = (
                f"readings of session {number} that take one person {READING} "
                f"minutes at most (they take {total})"
            )
            column = "pages" if last[number]["pages"] else "words"
            yield last[number].problem(column, expected)


def _slide_problems(tables: Tables) -> Iterator[Problem]:
    """Slides follow the phases, each once in a row, and show what their kind says."""
    works = {work["source"] for work in tables["sources"]}
    for row in tables["session_slides"]:
        kind = row["kind"]
        for key in row["sources"].split():
            if key not in works:
                expected = "keys of data/sources.csv, separated by spaces"
                yield row.problem("sources", expected, key)
        if bool(row["figure"]) != (kind in ("figure", "table")):
            expected = "the label of a figure or table where the kind says so"
            yield row.problem("figure", expected)
        if bool(row["title"]) == (kind == "figure"):
            yield row.problem("title", "a title; none where a figure has its own")
        if kind == "text" and not row["text"]:
            yield row.problem("text", "lines, separated by “ | ”, on a slide of text")
    for session in tables["sessions"]:
        number = session["session"]
        phases = [
            row["phase"] for row in tables["session_phases"] if row["session"] == number
        ]
        at, position = 0, 1
        for row in tables["session_slides"]:
            if row["session"] != number or row["phase"] not in phases:
                continue
            position += 1
            if int(row["slide"]) != position:
                expected = f"{position}, as slides are numbered one by one"
                yield row.problem("slide", expected)
            if phases.index(row["phase"]) < at:
                expected = f"{phases[at]} or a phase after it, as slides go forward"
                yield row.problem("phase", expected)
            at = max(at, phases.index(row["phase"]))


def _weight_problems(rows: list[TextRow]) -> Iterator[Problem]:
    total = sum(int(row["weight"]) for row in rows)
    if total != 100:
        expected = f"weights that sum to 100 (they give {total})"
        yield rows[0].problem("weight", expected)
