"""Mill's methods on a matrix of cases and conditions.

A matrix is a DataFrame as `codes_of` gives it: a row for each condition and one for the outcome, a column
for each city, "not stated" where there is no code. “Not stated” is neither shared with anything nor
different from anything.
"""

import itertools
import math

import pandas as pd

NOT_STATED = "not stated"


MOST = 40  # cities that are compared pair by pair; design.js has it as well


def recoded(codes, changes):
    """The matrix with other codes in some cells. changes: {(city, dimension): code}. Raises KeyError for a cell that is not there."""
    codes = codes.copy()
    for (city, dimension), code in changes.items():
        if dimension not in codes.index or city not in codes.columns:
            raise KeyError(
                f"no cell {city!r}, {dimension!r}; there are the dimensions {', '.join(codes.index)} and the cities {', '.join(codes.columns)}"
            )
        codes.at[dimension, city] = code
    return codes


def shared(codes, one, other):
    """The dimensions in which two cities have the same code."""
    return [
        d for d in codes.index if codes.at[d, one] == codes.at[d, other] != NOT_STATED
    ]


def different(codes, one, other):
    """The dimensions in which two cities have codes that differ."""
    return [
        d
        for d in codes.index
        if NOT_STATED not in (codes.at[d, one], codes.at[d, other])
        and codes.at[d, one] != codes.at[d, other]
    ]


def pairs_of(codes, outcome):
    """Each pair of cities: one, other, shared and different (lists of conditions), alike (True if the outcomes are the same, None if one is not stated)."""
    conditions, rows = codes.drop(index=outcome), []
    for one, other in itertools.combinations(codes.columns, 2):
        results = {codes.at[outcome, one], codes.at[outcome, other]}
        rows.append(
            (
                one,
                other,
                shared(conditions, one, other),
                different(conditions, one, other),
                None if NOT_STATED in results else len(results) == 1,
            )
        )
    return pd.DataFrame(rows, columns=["one", "other", "shared", "different", "alike"])


def agreement(codes, outcome):
    """Mill's method of agreement: what cases with the same outcome have in common.

    Returns one row for each outcome: outcome, cities, shared (conditions with one code in all of them), dropped (conditions in which they differ).
    """
    conditions, rows = codes.drop(index=outcome), []
    for result in dict.fromkeys(codes.loc[outcome]):
        cases = [
            city
            for city in codes.columns
            if codes.at[outcome, city] == result != NOT_STATED
        ]
        kinds = {d: set(conditions.loc[d, cases]) for d in conditions.index}
        if cases:
            rows.append(
                (
                    result,
                    cases,
                    [
                        d
                        for d in kinds
                        if len(kinds[d]) == 1 and NOT_STATED not in kinds[d]
                    ],
                    [d for d in kinds if len(kinds[d] - {NOT_STATED}) > 1],
                )
            )
    return pd.DataFrame(rows, columns=["outcome", "cities", "shared", "dropped"])


def difference(codes, outcome):
    """Mill's method of difference: the pairs with unlike outcomes that differ in the fewest conditions. Rows as in `pairs_of`, none if all outcomes are alike."""
    unlike = pairs_of(codes, outcome).query("alike == False")
    size = unlike["different"].map(len)
    return unlike[size == size.min()]


def covarying(codes, outcome):
    """The joint method: conditions that are the same where the outcome is the same and differ where it differs, in every pair of cities."""
    pairs = pairs_of(codes, outcome)
    if pairs.empty or pairs["alike"].isna().any() or pairs["alike"].all():
        return []
    return [
        d
        for d in codes.index
        if d != outcome
        and all(
            d in (row["shared"] if row["alike"] else row["different"])
            for _, row in pairs.iterrows()
        )
    ]


def inseparable(codes):
    """Groups of dimensions that divide the cities in the same way, so that no comparison of these cities tells them apart."""
    groups = {}
    for dimension in codes.index:
        row = list(codes.loc[dimension])
        if NOT_STATED not in row and len(set(row)) > 1:
            groups.setdefault(tuple(row.index(code) for code in row), []).append(
                dimension
            )
    return [group for group in groups.values() if len(group) > 1]


def combinations(codes):
    """How many combinations of codes are possible, and how many of them the cities show. Takes the codes that stand in the matrix; cities with a gap show none."""
    possible = math.prod(max(1, len(set(row) - {NOT_STATED})) for row in codes.values)
    return possible, len(
        {
            tuple(codes[city])
            for city in codes.columns
            if NOT_STATED not in set(codes[city])
        }
    )
