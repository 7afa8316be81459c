"""The shapes of what travels between the functions of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from fourcities.facts import Cells, Part

# Parts, each with the sign before it (+ * or /), worked out from left to right.
Term: TypeAlias = "Sequence[tuple[str, Part]]"


class Unknown(Exception):
    """A reading can't be computed; the message says why."""


class Checked(NamedTuple):
    """What a check finds out about one reading of a claim."""

    holds: bool | None  # None if it can't be computed
    finding: str  # the arithmetic, names or times in words, or why there are none
    used: Sequence[Cells] = ()  # rows of observations; their flags become a caveat


class Judgement(NamedTuple):
    """What all readings of a claim give together."""

    outcome: str  # key of OUTCOMES
    use: str  # key of USES
    finding: str  # of each reading; of several, each on a line of its own
    caveat: str  # flags of what it rests on, unlike periods; "" if none
    holding: int  # readings that hold
    decided: int  # readings that can be computed
