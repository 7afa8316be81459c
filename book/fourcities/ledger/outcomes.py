"""Outcome and use of a claim: what its readings give together."""

from __future__ import annotations

from collections.abc import Sequence

from fourcities.facts import Cells, Reading, readings_of

from .caveats import caveats, made_from
from .judges import JUDGES
from .shapes import Checked, Judgement, Unknown

OUTCOMES = {
    "reproduced": "the report's own numbers, names or times bear it out",
    "in tension": (
        "it holds on one reading and not on another, or sits badly with another passage"
    ),
    "differs": "the report's own numbers, names or times say something else",
    "not reproducible": "what would decide it is not printed",
}

USES = {
    "safe": "safe to cite",
    "caveat": "cite with the caveat",
    "unsettled": "the report's word only",
    "unusable": "do not use to compare",
}


def judged(row: Cells) -> Judgement:
    """What the readings of a claim give. row: a row of claims.csv."""
    readings = readings_of(row["check"], row["rests_on"])
    results = [_checked(row, reading) for reading in readings]
    known = [result.holds for result in results if result.holds is not None]
    used = [observation for result in results for observation in result.used]
    caveat = caveats(row, readings, used) if known else ""
    if 0 < len(known) < len(results):
        caveat = f"{caveat} Not every reading can be decided.".strip()
    return Judgement(
        outcome=_outcome(known, row["if_not"]),
        use=_use(known, row["severity"], caveat),
        finding=_finding([result.finding for result in results], known),
        caveat=caveat,
        holding=sum(known),
        decided=len(known),
    )


def _checked(row: Cells, reading: Reading) -> Checked:
    """What a check finds out; why, if it can't be computed.

    What the report says in a section can't be borne out by codes for that section.
    """
    check = row["check"]
    try:
        found = JUDGES[check](reading)
    except Unknown as why:
        return Checked(None, str(why))
    if found.holds and made_from(row["section"], check, reading):
        words = "These codes stand for the statement itself and can't bear it out."
        return Checked(None, f"{found.finding} {words}")
    return found


def _outcome(known: Sequence[bool], if_not: str) -> str:
    """A key of OUTCOMES; if_not: the one if no reading holds.

    known: for each reading that can be computed, whether it holds.
    """
    if not known:
        return "not reproducible"
    if all(known):
        return "reproduced"
    return "in tension" if any(known) else if_not


def _use(known: Sequence[bool], severity: str, caveat: str) -> str:
    """How far a claim may be used: a key of USES. known: as in `_outcome`."""
    if not known:
        return "unsettled"
    if all(known):
        return "caveat" if caveat else "safe"
    return "caveat" if any(known) or severity != "high" else "unusable"


def _finding(findings: Sequence[str], known: Sequence[bool]) -> str:
    """The findings of all readings; several are numbered, below how many hold."""
    if len(findings) <= 1:
        return "".join(findings)
    lines = [f"({number}) {finding}" for number, finding in enumerate(findings, 1)]
    if known:
        lines.insert(0, _score(sum(known), len(known), len(findings)))
    return "\n".join(lines)


def _score(hold: int, decided: int, readings: int) -> str:
    """How many readings hold, and how many can't be decided."""
    verb = "holds" if hold == 1 else "hold"
    if decided == readings:
        return f"{hold} of {readings} readings {verb}."
    return (
        f"{hold} of {readings} readings {verb}; {readings - decided} can't be decided."
    )
