"""What the methods say of a matrix, and what they leave open, in sentences."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from fourcities.facts import Cells
from fourcities.presentation import FEW, list_of, some

from .methods import (
    MOST,
    NOT_STATED,
    agreement,
    combinations,
    covarying,
    difference,
    inseparable,
    pairs_of,
)
from .shapes import Compared, MethodCompared, Said

# The methods in the order in which they are shown: {head of a row: in a sentence}.
METHODS = {
    "Agreement": "the method of agreement",
    "Difference": "the method of difference",
    "Joint method": "the joint method",
}


@dataclass(frozen=True)
class _Words:
    """How conditions and cities are called in a sentence."""

    labels: Mapping[str, str]  # {dimension: words}
    names: Mapping[str, str]  # {city: words}

    def conditions(self, dimensions: Iterable[str]) -> str:
        return list_of(self.labels[dimension] for dimension in dimensions)

    def cities(self, cities: Iterable[str]) -> str:
        return some([self.names[city] for city in cities])


def findings(
    codes: pd.DataFrame,
    outcome: str,
    labels: Mapping[str, str],
    names: Mapping[str, str],
) -> list[str]:
    """What the methods say of a matrix, in sentences.

    codes, outcome: as in `agreement`; labels: {dimension: words}; names: {city: words}.
    """
    count = len(codes.columns)
    if count > MOST:
        return [
            f"These methods are for few cases: pick {MOST} cities at most. "
            f"{count:,} are picked."
        ]
    conditions = codes.drop(index=outcome)
    if conditions.empty or count < 2:
        return ["A comparison needs two cities and a condition at least."]
    words = _Words(labels, names)
    nearest, both = difference(codes, outcome), covarying(codes, outcome)
    differing = _by_difference(nearest, len(conditions), words)
    return [
        *_cases_without_outcome(codes, outcome, words),
        *_extremes(pairs_of(codes, outcome), words),
        *(f"Agreement: {line}" for line in _by_agreement(codes, outcome, words)),
        *(f"Difference: {line}" for line in differing),
        f"Joint method: {_by_joint_method(both, words)}",
        *_undetermined(conditions, words),
        _few_cases(conditions),
    ]


def _cases_without_outcome(
    codes: pd.DataFrame, outcome: str, words: _Words
) -> list[str]:
    """Which cities have no code for the outcome."""
    results = codes.loc[outcome]
    gaps = [city for city in codes.columns if results[city] == NOT_STATED]
    if not gaps:
        return []
    return [
        f"No code for the outcome: {words.cities(gaps)}. "
        "Without it a case says nothing here."
    ]


def _extremes(pairs: pd.DataFrame, words: _Words) -> list[str]:
    """Which pairs share the most and the fewest conditions; none for a single pair."""
    sizes = pairs["shared"].map(len)
    most, fewest = sizes.max(), sizes.min()
    if len(pairs) < 2 or fewest == most:
        return []
    similar = _pairs_in_words(pairs[sizes == most], words)
    unlike = _pairs_in_words(pairs[sizes == fewest], words)
    return [
        f"Most similar: {similar}, with {most} shared conditions. "
        f"Most different: {unlike}, with {fewest or 'none'}."
    ]


def _pairs_in_words(pairs: pd.DataFrame, words: _Words) -> str:
    """The pairs by name, or their number if they are many."""
    if len(pairs) > FEW:
        return f"{len(pairs)} pairs"
    return "; ".join(map(words.cities, zip(pairs["one"], pairs["other"])))


def _by_agreement(codes: pd.DataFrame, outcome: str, words: _Words) -> list[str]:
    """The method of agreement: a sentence for each outcome."""
    return [_agreeing(row, words) for _, row in agreement(codes, outcome).iterrows()]


def _agreeing(row: Cells, words: _Words) -> str:
    """What the cities with one outcome share. row: of `agreement`."""
    cities = words.cities(row["cities"])
    if len(row["cities"]) == 1:
        return (
            f"only {cities} has the outcome “{row['outcome']}”. "
            "One case has nothing to agree with."
        )
    shared = words.conditions(row["shared"]) or "none of the conditions"
    sentence = f"{cities} have the outcome “{row['outcome']}”. They share {shared}."
    if row["dropped"]:
        dropped = words.conditions(row["dropped"])
        sentence += f" Dropped, since they differ: {dropped}."
    return sentence


def _by_difference(nearest: pd.DataFrame, count: int, words: _Words) -> list[str]:
    """The method of difference: a sentence for each of the nearest unlike pairs.

    nearest: of `difference`; count: number of all conditions.
    """
    if nearest.empty:
        return ["no two outcomes differ, so there is nothing to set apart."]
    if len(nearest) > FEW:
        fewest = len(nearest["different"].iloc[0])
        return [
            f"{len(nearest)} pairs have unlike outcomes and differ in {fewest} of "
            f"{count} conditions, which is as few as there are."
        ]
    return [_differing(row, words) for _, row in nearest.iterrows()]


def _differing(row: Cells, words: _Words) -> str:
    """In what a pair with unlike outcomes differs. row: of `difference`.

    Compared are the conditions with a code for both.
    """
    pair = words.cities([row["one"], row["other"]])
    count, named = len(row["different"]), words.conditions(row["different"])
    start = f"{pair} have unlike outcomes and differ in"
    stated = len(row["shared"]) + count
    compared_ones = f"{stated} condition{'s' * (stated != 1)} compared"
    if count == 0:
        return (
            f"{start} none of {compared_ones}. "
            "What makes the outcomes differ is not among them."
        )
    if count == 1:
        return f"{start} one of {compared_ones}, {named}. The method points to it."
    return (
        f"{start} {count} of {compared_ones}, {named}. "
        "The method can't tell which of them counts."
    )


def _by_joint_method(both: list[str], words: _Words) -> str:
    """The joint method: which conditions go with the outcome. both: of `covarying`."""
    if not both:
        return "no condition goes with the outcome in every case."
    go = "goes" if len(both) == 1 else "go"
    return f"{words.conditions(both)} {go} with the outcome in every case."


def _undetermined(conditions: pd.DataFrame, words: _Words) -> list[str]:
    """Which conditions no comparison of these cities can tell apart."""
    return [
        f"Undetermined: {words.conditions(group)} divide the cities in the same way. "
        "No comparison of these cities can tell them apart."
        for group in inseparable(conditions)
    ]


def _few_cases(conditions: pd.DataFrame) -> str:
    """How many of the possible combinations the cities show."""
    possible, observed = combinations(conditions)
    return (
        f"Few cases: {observed} of {possible:,} possible combinations "
        "of these conditions stand in the cities."
    )


def compared(
    codes: pd.DataFrame,
    changed: pd.DataFrame,
    outcome: str,
    labels: Mapping[str, str],
    names: Mapping[str, str],
) -> Compared:
    """Which conclusions survive other codes.

    codes, changed: matrices with the same rows and columns; labels, names: as in
    `findings`. Both parts of the result are empty if nothing was changed.
    """
    lines = []
    for dimension, city in itertools.product(codes.index, codes.columns):
        code, other = str(codes.at[dimension, city]), str(changed.at[dimension, city])
        if code != other:
            lines.append(
                f"Recoded: {names[city]}, {labels[dimension]}: "
                f"“{other}” in place of “{code}”."
            )
    if not lines:
        return Compared([], [])
    words = _Words(labels, names)
    methods = [
        _set_side_by_side(before, after)
        for before, after in zip(
            _said(codes, outcome, words), _said(changed, outcome, words)
        )
    ]
    return Compared([_verdict(methods), *lines], methods)


def _said(codes: pd.DataFrame, outcome: str, words: _Words) -> list[Said]:
    """What each method concludes, in the order of METHODS.

    A city with an outcome of its own has nothing to agree with: agreement concludes
    nothing from it.
    """
    same = agreement(codes, outcome)
    groups = same[same["cities"].map(len) > 1]
    agreeing = [_agreeing(row, words) for _, row in groups.iterrows()]
    nearest, both = difference(codes, outcome), covarying(codes, outcome)
    differing = _by_difference(nearest, len(codes) - 1, words)
    return [
        Said(groups.values.tolist(), agreeing or ["no two cities share an outcome."]),
        Said(nearest.values.tolist(), differing),
        Said(both, [_by_joint_method(both, words)]),
    ]


def _set_side_by_side(before: Said, after: Said) -> MethodCompared:
    """What one method says before and after, and whether it concludes the same."""
    first, then = " ".join(before.lines), " ".join(after.lines)
    if before.conclusion == after.conclusion:
        return MethodCompared(True, first, "the same")
    if first == then:  # of many cities only a number is said
        then += " They are not the same ones."
    return MethodCompared(False, first, then)


def _verdict(methods: Iterable[MethodCompared]) -> str:
    """Which methods conclude something else, and which conclusions survive."""
    survive: list[str] = []
    change: list[str] = []
    for method, name in zip(methods, METHODS.values()):
        (survive if method.survives else change).append(name)
    if not change:
        return "Your codes change nothing that the three methods conclude."
    verdict = f"Your codes change what {_conclude(change)}."
    return f"{verdict} What {_conclude(survive)} survives." if survive else verdict


def _conclude(methods: list[str]) -> str:
    verb = "concludes" if len(methods) == 1 else "conclude"
    return f"{list_of(methods)} {verb}"
