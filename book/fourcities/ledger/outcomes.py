"""Outcome and use of a claim: what its readings give together."""

from __future__ import annotations

from collections.abc import Sequence

from fourcities.facts import Cells, Count, Reading, about, lookup, readings_of
from fourcities.presentation import list_of

from .judges import JUDGES
from .parts import flat
from .shapes import Checked, Judgement, Term, Unknown

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
    results = [_checked(row["check"], reading) for reading in readings]
    known = [result.holds for result in results if result.holds is not None]
    used = [observation for result in results for observation in result.used]
    caveat = " ".join(filter(None, [_caveat(used), _ours(row["check"], readings)]))
    return Judgement(
        outcome=_outcome(known, row["if_not"]),
        use=_use(known, row["severity"], caveat),
        finding=_finding([result.finding for result in results], known),
        caveat=caveat,
    )


def _checked(check: str, reading: Reading) -> Checked:
    """What a check finds out; why, if it can't be computed."""
    try:
        return JUDGES[check](reading)
    except Unknown as why:
        return Checked(None, str(why))


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
        lines.insert(0, f"{sum(known)} of {len(known)} readings hold.")
    return "\n".join(lines)


def _ours(check: str, readings: Sequence[Reading]) -> str:
    """A caveat for what rests on our reading of the text: codes, and counts that are
    set against each other.
    """
    if "code" in check:
        return "By our codes for what the report says."
    if any(_counts(reading.left) and _counts(reading.right) for reading in readings):
        return "Counts what the report names, as we coded it."
    return ""


def _counts(side: Sequence[Term]) -> bool:
    """Whether a side of a reading counts rows."""
    return any(isinstance(part, Count) for part in flat(side))


def _caveat(used: Sequence[Cells]) -> str:
    """What to mind: flags of the values, and unlike periods of one indicator."""
    labels = lookup("flags", "label")
    lines = []
    for flag in dict.fromkeys(row["flag"] for row in used if row["flag"]):
        cities = dict.fromkeys(row["city"] for row in used if row["flag"] == flag)
        lines.append(f"{flag}, {labels[flag]}: {list_of(cities)}.")
    periods: dict[tuple[str, str], set[str]] = {}  # of each indicator and unit
    for row in used:
        of_one = periods.setdefault((row["indicator"], row["unit"]), set())
        of_one.add(row["period"])
    for (indicator, _), found in periods.items():
        if len(found) > 1:
            lines.append(f"{about(indicator)['label']}: the periods differ.")
    return " ".join(dict.fromkeys(lines))
