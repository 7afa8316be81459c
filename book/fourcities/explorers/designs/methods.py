"""Mill's methods on a matrix of cases and conditions.

A matrix is a DataFrame as `codes_of` gives it: a row for each condition and one for the
outcome, a column for each city, "not stated" where there is no code. “Not stated” is
neither shared with anything nor different from anything.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import pandas as pd

NOT_STATED = "not stated"
MOST = 40  # cities that are compared pair by pair; design.js has it as well


def recoded(
    codes: pd.DataFrame, changes: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """The matrix with other codes in some cells.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it; it stays as it is.
    changes : mapping
        {(city, dimension): code}.

    Returns
    -------
    DataFrame
        A changed copy.

    Raises
    ------
    KeyError
        For a cell that is not there.

    Examples
    --------
    >>> import fourcities as fc
    >>> codes = fc.codes_of("so_role", places=["berlin", "cologne"])
    >>> changed = fc.recoded(codes, {("cologne", "so_role"): "none"})
    >>> changed.at["so_role", "cologne"]
    'none'
    """
    codes = codes.copy()
    for (city, dimension), code in changes.items():
        if dimension not in codes.index or city not in codes.columns:
            raise KeyError(
                f"no cell {city!r}, {dimension!r}; there are "
                f"the dimensions {', '.join(codes.index)} "
                f"and the cities {', '.join(codes.columns)}"
            )
        codes.at[dimension, city] = code
    return codes


def pairs_of(codes: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Each pair of cities, with the conditions that they share and those that differ.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.
    outcome : str
        The row that is no condition but the outcome.

    Returns
    -------
    DataFrame
        One row for each pair: one, other (cities), shared and different (lists of
        conditions), alike (True if the outcomes are the same, None if one is not
        stated).
    """
    results = codes.loc[outcome].to_dict()
    conditions = codes.drop(index=outcome)
    codes_of_city = {city: conditions[city].tolist() for city in codes.columns}
    rows = []
    for one, other in itertools.combinations(codes.columns, 2):
        alike: list[str] = []
        differ: list[str] = []
        for dimension, mine, yours in zip(
            conditions.index, codes_of_city[one], codes_of_city[other]
        ):
            if NOT_STATED not in (mine, yours):
                (alike if mine == yours else differ).append(dimension)
        unstated = NOT_STATED in (results[one], results[other])
        same = None if unstated else results[one] == results[other]
        rows.append((one, other, alike, differ, same))
    return pd.DataFrame(rows, columns=["one", "other", "shared", "different", "alike"])


def agreement(codes: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Mill's method of agreement: what cases with the same outcome have in common.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.
    outcome : str
        The row that is no condition but the outcome.

    Returns
    -------
    DataFrame
        One row for each outcome: outcome, cities, shared (conditions with one code in
        all of them), dropped (conditions in which they differ).

    Examples
    --------
    >>> import pandas as pd
    >>> import fourcities as fc
    >>> codes = pd.DataFrame(
    ...     {"A": ["fish", "wine", "ill"], "B": ["fish", "beer", "ill"]},
    ...     index=["food", "drink", "health"],
    ... )
    >>> fc.agreement(codes, "health")
      outcome  cities  shared  dropped
    0     ill  [A, B]  [food]  [drink]
    """
    results = codes.loc[outcome].to_dict()
    conditions = codes.drop(index=outcome).to_dict("index")
    rows = []
    for result in dict.fromkeys(results.values()):
        if result == NOT_STATED:
            continue
        cities = [city for city in codes.columns if results[city] == result]
        found = {d: {row[city] for city in cities} for d, row in conditions.items()}
        same = [d for d, kinds in found.items() if _is_one_code(kinds)]
        dropped = [d for d, kinds in found.items() if len(kinds - {NOT_STATED}) > 1]
        rows.append((result, cities, same, dropped))
    return pd.DataFrame(rows, columns=["outcome", "cities", "shared", "dropped"])


def _is_one_code(kinds: set[str]) -> bool:
    return len(kinds) == 1 and NOT_STATED not in kinds


def difference(codes: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Mill's method of difference: unlike outcomes, and little else that differs.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.
    outcome : str
        The row that is no condition but the outcome.

    Returns
    -------
    DataFrame
        The pairs with unlike outcomes that differ in the fewest conditions. Rows as in
        `pairs_of`, none if all outcomes are alike.

    Examples
    --------
    >>> import pandas as pd
    >>> import fourcities as fc
    >>> codes = pd.DataFrame(
    ...     {"A": ["fish", "wine", "ill"], "B": ["fish", "beer", "well"]},
    ...     index=["food", "drink", "health"],
    ... )
    >>> fc.difference(codes, "health")["different"].tolist()
    [['drink']]
    """
    pairs = pairs_of(codes, outcome)
    unlike = pairs[pairs["alike"].eq(False)]
    size = unlike["different"].map(len)
    nearest: pd.DataFrame = unlike.loc[size == size.min()]
    return nearest


def covarying(codes: pd.DataFrame, outcome: str) -> list[str]:
    """The joint method: conditions that go with the outcome.

    They are the same where the outcome is the same and differ where it differs, in
    every pair of cities.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.
    outcome : str
        The row that is no condition but the outcome.

    Returns
    -------
    list of str
        The conditions. None if an outcome is not stated, or all outcomes are alike.
    """
    pairs = pairs_of(codes, outcome)
    if pairs.empty or pairs["alike"].isna().any() or pairs["alike"].all():
        return []
    wanted = pairs["shared"].where(pairs["alike"].astype(bool), pairs["different"])
    return [
        dimension
        for dimension in codes.index
        if all(dimension in conditions for conditions in wanted)
    ]


def inseparable(codes: pd.DataFrame) -> list[list[str]]:
    """Groups of dimensions that divide the cities in the same way.

    No comparison of these cities tells them apart.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.

    Returns
    -------
    list of lists of str
        The groups, of two dimensions or more. A dimension with a gap, or with the same
        code everywhere, is in none.
    """
    groups: dict[tuple[int, ...], list[str]] = {}
    for dimension in codes.index:
        row = list(codes.loc[dimension])
        if NOT_STATED not in row and len(set(row)) > 1:
            division = tuple(row.index(code) for code in row)
            groups.setdefault(division, []).append(dimension)
    return [group for group in groups.values() if len(group) > 1]


def combinations(codes: pd.DataFrame) -> tuple[int, int]:
    """How many combinations of codes are possible, and how many the cities show.

    Parameters
    ----------
    codes : DataFrame
        A matrix, as `codes_of` gives it.

    Returns
    -------
    tuple of two int
        Possible ones, of the codes that stand in the matrix; and those of the cities,
        of which one with a gap shows none.
    """
    possible = math.prod(max(1, len(set(row) - {NOT_STATED})) for row in codes.values)
    of_cities = {tuple(codes[city]) for city in codes.columns}
    return possible, sum(NOT_STATED not in codes_ for codes_ in of_cities)
