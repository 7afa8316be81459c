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
    return [
        *_cases_without_outcome(codes, outcome, words),
        *_extremes(pairs_of(codes, outcome), words),
        *_by_agreement(codes, outcome, words),
        *_by_difference(codes, outcome, words),
        _by_both_methods(codes, outcome, words),
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
            f"Agreement: only {cities} has the outcome “{row['outcome']}”. "
            "One case has nothing to agree with."
        )
    shared = words.conditions(row["shared"]) or "none of the conditions"
    sentence = (
        f"Agreement: {cities} have the outcome “{row['outcome']}”. They share {shared}."
    )
    if row["dropped"]:
        dropped = words.conditions(row["dropped"])
        sentence += f" Dropped, since they differ: {dropped}."
    return sentence


def _by_difference(codes: pd.DataFrame, outcome: str, words: _Words) -> list[str]:
    """The method of difference: a sentence for each of the nearest unlike pairs."""
    nearest = difference(codes, outcome)
    of_all = len(codes) - 1
    if nearest.empty:
        return ["Difference: no two outcomes differ, so there is nothing to set apart."]
    if len(nearest) > FEW:
        fewest = len(nearest["different"].iloc[0])
        return [
            f"Difference: {len(nearest)} pairs have unlike outcomes and differ in "
            f"{fewest} of {of_all} conditions, which is as few as there are."
        ]
    return [_differing(row, of_all, words) for _, row in nearest.iterrows()]


def _differing(row: Cells, of_all: int, words: _Words) -> str:
    """In what a pair with unlike outcomes differs.

    row: of `difference`; of_all: number of all conditions.
    """
    pair = words.cities([row["one"], row["other"]])
    start = f"Difference: {pair} have unlike outcomes and differ in"
    count, named = len(row["different"]), words.conditions(row["different"])
    if count == 0:
        return (
            f"{start} none of the conditions. "
            "What makes the outcomes differ is not among them."
        )
    if count == 1:
        return f"{start} one condition, {named}. The method points to it."
    return (
        f"{start} {count} of {of_all} conditions, {named}. "
        "The method can't tell which of them counts."
    )


def _by_both_methods(codes: pd.DataFrame, outcome: str, words: _Words) -> str:
    """The joint method: which conditions go with the outcome."""
    both = covarying(codes, outcome)
    if not both:
        return (
            "Both methods together: no condition goes with the outcome in every case."
        )
    go = "goes" if len(both) == 1 else "go"
    return (
        f"Both methods together: {words.conditions(both)} {go} with the outcome "
        "in every case."
    )


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
) -> list[str]:
    """Whether the conclusion survives other codes.

    Sentences that set the conditions that go with the outcome before and after side by
    side; none if nothing was changed. codes, changed: matrices with the same rows and
    columns; labels, names: as in `findings`.
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
        return []
    words = _Words(labels, names)
    before, after = covarying(codes, outcome), covarying(changed, outcome)
    went = words.conditions(before) or "no condition"
    go = words.conditions(after) or "no condition"
    survives = "survives" if before == after else "changes"
    return [
        *lines,
        f"By the report's codes {went} went with the outcome; "
        f"by yours {go}: the conclusion {survives}.",
    ]
