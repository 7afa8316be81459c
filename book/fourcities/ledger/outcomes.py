"""Outcome and use of a claim: what its readings give together."""

from fourcities.facts import Count, about, read, readings_of
from fourcities.presentation import list_of

from .checks import JUDGES
from .numbers import Unknown, flat

OUTCOMES = {
    "reproduced": "the report's own numbers, names or times bear it out",
    "in tension": "it holds on one reading and not on another, or sits badly with another passage",
    "differs": "the report's own numbers, names or times say something else",
    "not reproducible": "what would decide it is not printed",
}


USES = {
    "safe": "safe to cite",
    "caveat": "cite with the caveat",
    "unsettled": "the report's word only",
    "unusable": "do not use to compare",
}


def judged(row):
    results, words, rows = [], [], []
    for reading in readings_of(row["check"], row["rests_on"]):
        try:
            holds, finding, used = JUDGES[row["check"]](reading)
        except Unknown as why:
            holds, finding, used = None, str(why), []
        results.append(holds)
        words.append(finding)
        rows += used
    known = [holds for holds in results if holds is not None]
    outcome = (
        "not reproducible"
        if not known
        else "reproduced"
        if all(known)
        else "in tension"
        if any(known)
        else row["if_not"]
    )
    finding = " ".join(words)
    if len(results) > 1:
        finding = "\n".join(
            ([f"{sum(known)} of {len(known)} readings hold."] if known else [])
            + [f"({number}) {text}" for number, text in enumerate(words, 1)]
        )
    caveat = " ".join(filter(None, [_caveat(rows), _ours(row)]))
    return outcome, _use(known, row["severity"], caveat), finding, caveat


def _ours(row):
    """A caveat for what rests on our reading of the text: codes, and counts that are set against each other."""
    if "code" in row["check"]:
        return "By our codes for what the report says."
    readings = readings_of(row["check"], row["rests_on"])
    counted = any(
        all(
            any(isinstance(part, Count) for part in flat(side))
            for side in (reading.left, reading.right)
        )
        for reading in readings
    )
    return "Counts what the report names, as we coded it." if counted else ""


def _use(known, severity, caveat):
    """How far a claim may be used. known: for each reading that can be computed, whether it holds."""
    if not known:
        return "unsettled"
    if all(known):
        return "caveat" if caveat else "safe"
    return "caveat" if any(known) or severity != "high" else "unusable"


def _caveat(rows):
    """What to mind: flags of the values, and unlike periods of one indicator."""
    labels = read("flags").set_index("flag")["label"]
    lines = []
    for flag in dict.fromkeys(row["flag"] for row in rows if row["flag"]):
        lines.append(
            f"{flag}, {labels[flag]}: {list_of(dict.fromkeys(row['city'] for row in rows if row['flag'] == flag))}."
        )
    for indicator, unit in dict.fromkeys(
        (row["indicator"], row["unit"]) for row in rows
    ):
        if (
            len(
                {
                    row["period"]
                    for row in rows
                    if (row["indicator"], row["unit"]) == (indicator, unit)
                }
            )
            > 1
        ):
            lines.append(f"{about(indicator)['label']}: the periods differ.")
    return " ".join(dict.fromkeys(lines))
