"""Rounding: by how much a printed value, or one computed from it, may be off."""

from __future__ import annotations

import re

from fourcities.facts import Cells, Value
from fourcities.presentation import observed

from .parts import observation_of


def step(row: Cells) -> float:
    """To what a printed number is rounded, in the unit of its value.

    135.909 billion is rounded to a million, 3,671,000 perhaps to a thousand, 4.45 to a
    hundredth.

    Parameters
    ----------
    row : Series or dict
        A row of `observations`, with the columns printed (the report's wording), value
        and decimals (places after the point).

    Returns
    -------
    float
        The step between two numbers that could have been printed: 1000.0 for a value
        in thousands.

    Notes
    -----
    A whole number that ends in zeros may be rounded to the last digit that is none.

    Examples
    --------
    >>> import fourcities as fc
    >>> step(fc.observations("population", places=["berlin"]).iloc[0])
    1000.0
    >>> step(fc.observations("area", places=["cologne"]).iloc[0])
    0.01
    """
    numbers = re.findall(r"([\d,]*\d(?:\.\d+)?)\s*(billion|million)", row["printed"])
    for number, word in numbers:
        scale = {"billion": 1e9, "million": 1e6}[word]
        in_words = float(number.replace(",", "")) * scale
        if abs(in_words - row["value"]) < scale * 1e-9:
            _, _, decimals = number.partition(".")
            return scale * 10.0 ** -len(decimals)
    if row["decimals"]:
        return 10.0 ** -int(row["decimals"])
    if not row["value"]:
        return 1.0
    digits = str(int(row["value"]))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0**zeros


def margin(row: Cells, value: Value) -> float:
    """Half of what a value may be off by, because it or its parts are printed rounded.

    row: the row of observations behind the value.
    """
    if row["printed"]:
        return step(row) / 2
    parts = [
        observation_of(Value(indicator, "", place, ""))
        for indicator, place in observed(value)
    ]
    shares: list[float] = [step(part) / 2 / abs(part["value"]) for part in parts]
    size: float = abs(row["value"])
    return size * sum(shares)
