"""Teaching: checked exercises and the sessions of the teaching guide.

It uses all other rooms, and none of them uses it.
"""

from .answers import CHECKS
from .exercises import Blank, asked, check
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
    "asked",
    "board_sketch",
    "check",
    "hub_link",
    "session",
    "session_anchor",
    "session_list",
    "session_plan",
    "session_times",
]
