"""Teaching: checked exercises and the sessions of the teaching guide.

It uses all other rooms, and none of them uses it.
"""

from .answers import CHECKS
from .exercises import Blank, Part, Question, asked, check, questions
from .sessions import (
    board_sketch,
    hub_link,
    session,
    session_anchor,
    session_list,
    session_plan,
    session_times,
)

__all__ = [
    "CHECKS",
    "Blank",
    "Part",
    "Question",
    "asked",
    "board_sketch",
    "check",
    "hub_link",
    "questions",
    "session",
    "session_anchor",
    "session_list",
    "session_plan",
    "session_times",
]
