"""Teaching: checked exercises, the sessions of the teaching guide, students' verdicts.

It uses all other rooms, and none of them uses it.
"""

from .answers import CHECKS
from .boards import filled_board
from .course import course_hours, goals_table, reading_minutes, syllabus
from .exercises import PART_OF_ONE, Blank, Part, Question, asked, check, questions
from .sessions import (
    board_sketch,
    hub_link,
    session,
    session_anchor,
    session_goals,
    session_list,
    session_plan,
    session_talk,
    session_times,
)
from .verdicts import verdicts

__all__ = [
    "CHECKS",
    "PART_OF_ONE",
    "Blank",
    "Part",
    "Question",
    "asked",
    "board_sketch",
    "check",
    "course_hours",
    "filled_board",
    "goals_table",
    "hub_link",
    "questions",
    "reading_minutes",
    "session",
    "session_anchor",
    "session_goals",
    "session_list",
    "session_plan",
    "session_talk",
    "session_times",
    "syllabus",
    "verdicts",
]
