"""Mill's methods step by step: what each comparison rules out and what it leaves."""

from __future__ import annotations

import pandas as pd

from fourcities.facts import read
from fourcities.presentation import Shown, list_of, name, table

from .methods import agreement, pairs_of

NAMED = 3  # conditions that are named in a cell; of more their number is said
ALIKE = {True: "the same", False: "unlike"}


def steps_of(codes: pd.DataFrame, outcome: str, method: str) -> pd.DataFrame:
    """The comparisons that a method makes.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.
    outcome : str
        The row that is no condition but the outcome.
    method : str
        "agreement" takes the cities with one outcome in one by one, and keeps what all
        share. "difference" takes each pair with unlike outcomes by itself, and rules
        out what both share; the pair that leaves least comes first. "joint method"
        takes one pair after the other, and keeps what both share if their outcomes
        are the same, what they differ in if these are unlike.

    Returns
    -------
    DataFrame
        One row for each step: cities (list), alike (whether they have one outcome), out
        and left (lists of conditions, of those that were left before).

    Raises
    ------
    ValueError
        For another method.
    """
    if method == "agreement":
        rows = _agreement_steps(codes, outcome)
    elif method == "difference":
        rows = _difference_steps(codes, outcome)
    elif method == "joint method":
        rows = _joint_steps(codes, outcome)
    else:
        raise ValueError(
            f"unknown method {method!r}; there are: agreement, difference, joint method"
        )
    return pd.DataFrame(rows, columns=["cities", "alike", "out", "left"])


# Cities, whether their outcomes are alike, conditions ruled out, conditions left.
_Step = tuple[list[str], bool, list[str], list[str]]


def _agreement_steps(codes: pd.DataFrame, outcome: str) -> list[_Step]:
    rows: list[_Step] = []
    for cities in agreement(codes, outcome)["cities"]:
        left = list(codes.index.drop(outcome))
        for count in range(2, len(cities) + 1):
            so_far = cities[:count]
            (shared,) = agreement(codes[so_far], outcome)["shared"]
            rows.append((so_far, True, [d for d in left if d not in shared], shared))
            left = shared
    return rows


def _difference_steps(codes: pd.DataFrame, outcome: str) -> list[_Step]:
    pairs = pairs_of(codes, outcome)
    unlike = pairs[pairs["alike"].eq(False)]
    order = unlike["different"].map(len).sort_values(kind="stable").index
    return [
        ([row["one"], row["other"]], False, row["shared"], row["different"])
        for _, row in unlike.loc[order].iterrows()
    ]


def _joint_steps(codes: pd.DataFrame, outcome: str) -> list[_Step]:
    pairs = pairs_of(codes, outcome)
    stated = pairs[pairs["alike"].notna()]
    rows: list[_Step] = []
    left = list(codes.index.drop(outcome))
    for _, row in stated.iterrows():
        kept = row["shared"] if row["alike"] else row["different"]
        out = [d for d in left if d not in kept]
        left = [d for d in left if d in kept]
        rows.append(([row["one"], row["other"]], bool(row["alike"]), out, left))
    return rows


def steps_table(
    codes: pd.DataFrame, outcome: str, method: str, caption: str, label: str
) -> Shown:
    """A method step by step, in a table that fits a slide.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it; its columns are keys of places.csv.
    outcome : str
        The row that is no condition but the outcome.
    method : str
        "agreement", "difference" or "joint method".
    caption : str
        What the table shows.
    label : str
        Name to refer to it by.

    Returns
    -------
    Shown
        A row for each comparison: the cities, whether they have one outcome if some
        pairs do and others don't, the conditions that it rules out and those that it
        leaves. Three conditions are named, of more their number is said.

    Raises
    ------
    ValueError
        For another method.
    """
    steps = steps_of(codes, outcome, method)
    labels = read("dimensions").set_index("dimension")["label"]
    shown = {
        "Compared": [list_of(map(name, cities)) for cities in steps["cities"]],
        "Outcomes": steps["alike"].map(ALIKE),
        "Ruled out": [_in_words(labels[found]) for found in steps["out"]],
        "Left": [_in_words(labels[found]) for found in steps["left"]],
    }
    if steps["alike"].nunique() < 2:
        del shown["Outcomes"]
    return table(pd.DataFrame(shown), caption, label)


def _in_words(conditions: pd.Series[str]) -> str:
    """Conditions by name, or their number if they are many."""
    if len(conditions) > NAMED:
        return f"{len(conditions)} conditions"
    return list_of(conditions) or "none"
