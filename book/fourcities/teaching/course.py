"""The course as a whole: hours and credits, goals, what a syllabus says.

All of it is computed from the sessions and from what syllabus.csv supposes; a lecturer
who changes a row there gets other hours.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from fourcities.facts import fmt, minutes_to_read, read
from fourcities.presentation import Shown, list_of, table


class Hours(NamedTuple):
    """Hours of work for one student."""

    in_class: float
    reading: float
    exercises: float
    essay: float


def reading_minutes(session: int) -> int:
    """Minutes that the busiest reader of a session reads.

    Parameters
    ----------
    session : int
        Number of the session, from 1.

    Returns
    -------
    int
        All that everybody reads, and the longest of the texts that one student of each
        group reads for the others; see session_readings.csv.
    """
    rows = read("session_readings").query("session == @session")
    words, pages = _number("words_per_minute"), _number("minutes_per_page")
    minutes: dict[str, list[int]] = {"all": [], "one": [0]}
    for _, row in rows.iterrows():
        minutes[row["reader"]].append(
            minutes_to_read(row["words"], row["pages"], words, pages)
        )
    return sum(minutes["all"]) + max(minutes["one"])


def course_hours() -> Hours:
    """Hours of the course, from sessions, readings and exercises.

    Returns
    -------
    Hours
        In class, reading, exercises at home, essay.
    """
    exercises = read("session_goals")["exercise"].nunique()
    sessions = read("sessions")["session"]
    return Hours(
        in_class=read("session_phases")["minutes"].sum() / 60,
        reading=sum(reading_minutes(number) for number in sessions) / 60,
        exercises=exercises * _number("exercise_minutes") / 60,
        essay=float(_number("essay_hours")),
    )


def syllabus() -> Shown:
    """What a syllabus says of the course, as a table.

    Returns
    -------
    Shown
        Level, credits and how they are computed, hours, prerequisites, language,
        assessment; its label is "table-syllabus".
    """
    texts = read("syllabus").set_index("item")["entry"]
    hours = course_hours()
    least, most = _number("ects_hours_least"), _number("ects_hours_most")
    minutes = [reading_minutes(number) for number in read("sessions")["session"]]
    weights = read("rubric")
    marks = list_of(
        f"{label.lower()} {weight}"
        for label, weight in zip(weights["label"], weights["weight"])
    )
    rows = {
        "Level": texts["level"],
        "Credits": (
            f"{_credits(sum(hours), least, most)} ECTS, if a credit stands for {least} "
            f"to {most} hours of work, as the ECTS Users' Guide has it"
        ),
        "Work": (
            f"{fmt(round(sum(hours), 1))} hours: {fmt(hours.in_class)} in class "
            f"({len(minutes)} sessions), {fmt(round(hours.reading, 1))} of reading, "
            f"{fmt(round(hours.exercises, 1))} of exercises, {fmt(hours.essay)} for "
            "the essay"
        ),
        "Reading": (
            f"{min(minutes)} to {max(minutes)} minutes for a session, with "
            f"{texts['words_per_minute']} words of this book a minute and "
            f"{texts['minutes_per_page']} minutes for a page of an article"
        ),
        "Prerequisites": texts["prerequisites"],
        "Language": texts["language"],
        "Mark": (
            f"An essay of {fmt(_number('essay_words'))} words; parts of the mark, in "
            f"percent: {marks}. Code isn't needed for full marks"
        ),
    }
    frame = pd.DataFrame({"Point": rows.keys(), "In this course": rows.values()})
    return table(frame, "Syllabus", "table-syllabus")


def goals_table() -> Shown:
    """The goals of all sessions, each with an exercise and an essay.

    Returns
    -------
    Shown
        A row for each row of session_goals.csv, with links; its label is
        "table-goals".
    """
    goals = read("session_goals")
    titles = read("essays").set_index("essay")["title"]
    chapters = read("sections").drop_duplicates("chapter").set_index("chapter")["title"]
    links = []
    for exercise in goals["exercise"]:
        chapter, _, kind = exercise.rpartition("-")
        title = chapters.get(chapter, chapter.replace("-", " ").capitalize())
        links.append(
            Markup('<a href="{}.html#{}">{}: {}</a>').format(
                chapter, exercise, title, kind
            )
        )
    rows = pd.DataFrame(
        {
            "Students can": goals["goal"],
            "Session": goals["session"].astype(str),
            "Exercise": links,
            "Essay": goals["essay"].map(titles),
        }
    )
    caption = "Goals of the course, each with an exercise and an essay"
    return table(rows, caption, "table-goals")


def _credits(hours: float, least: int, most: int) -> str:
    """Credits whose hours hold this number; else the two that it lies between."""
    fewest, largest = math.ceil(hours / most), math.floor(hours / least)
    if fewest <= largest:
        return f"{fewest}" if fewest == largest else f"{fewest} to {largest}"
    return f"{hours / most:.1f} to {hours / least:.1f}"


def _number(item: str) -> int:
    return int(str(read("syllabus").set_index("item").at[item, "entry"]))
