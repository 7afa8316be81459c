"""What a student typed as an answer, read as a number, a city or years.

A comma as decimal sign, signs between thousands and a percent sign are read as they
are meant; a note then says how Python writes the number.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd

from fourcities.facts import by_key

NUMBER = re.compile(
    r"(?P<sign>[-−+]?)(?P<digits>\d[\d., '’\u00a0\u202f]*)"
    r"(?P<times> ?(?:thousand|million|billion))? ?(?:%|percent|per cent)?",
    re.I,
)
TIMES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
IN_QUOTES = "In Python a number stands without quotation marks and signs beside it."
COMMA = (
    "Python takes a comma for the end of a number: write a full stop before the "
    "decimals, and nothing between thousands."
)


class Typed(NamedTuple):
    """A number as it can be meant."""

    values: list[float]  # 1,346 is two: a decimal sign, or one between thousands
    note: str = ""  # how Python writes it


NONE = Typed([])


def number_in(answer: object) -> Typed:
    """Read a number.

    Parameters
    ----------
    answer : object
        A number, also as text, with a comma, or alone in a list or a column.

    Returns
    -------
    Typed
        With no values if there is no number.

    Examples
    --------
    >>> number_in(44.3).values, number_in("44,3 %").values, number_in((44, 3)).values
    ([44.3], [44.3], [44.3])
    >>> number_in("a lot").values, number_in("9" * 400).values
    ([], [])
    """
    if isinstance(answer, tuple) and len(answer) > 1:  # 44,3 as Python reads it
        parts = [part for part in answer if isinstance(part, int)]
        if len(parts) < len(answer) or isinstance(answer[0], bool):
            return NONE
        return Typed(_written(",".join(map(str, parts))), COMMA)
    answer = alone(answer)
    if isinstance(answer, str):
        return Typed(_written(answer), COMMA if "," in answer else IN_QUOTES)
    if not isinstance(answer, (Real, Decimal)) or isinstance(answer, (bool, np.bool_)):
        return NONE
    try:  # the text of a short float has its digits, and no others
        number = float(str(answer) if isinstance(answer, np.floating) else answer)
    except OverflowError:
        return NONE
    return Typed([number] if math.isfinite(number) else [])


def years_in(answer: object) -> set[int] | None:
    """Read years.

    Parameters
    ----------
    answer : object
        A list, or what else holds years, also as text; one year may stand alone.

    Returns
    -------
    set of int, or None
        None if something else than whole numbers is among them.

    Examples
    --------
    >>> years_in(["2001", 2002.0]) == years_in("2001, 2002") == {2001, 2002}
    True
    """
    if isinstance(answer, str):
        answer = re.split(r"[\s,;]+", answer.strip("[]{}() "))
    if isinstance(answer, (list, tuple, set, frozenset, pd.Series, pd.Index)):
        answers = list(answer)
    elif isinstance(answer, np.ndarray):
        answers = answer.ravel().tolist()
    else:
        answers = [answer]
    numbers = [number_in(one).values[:1] for one in answers]
    years = {int(number) for one in numbers for number in one if number.is_integer()}
    whole = all(one and one[0].is_integer() for one in numbers)
    return years if years and whole else None


def spellings() -> dict[str, list[str]]:
    """Names of the cities that an answer may have.

    Returns
    -------
    dict
        For each key of places.csv the key, the English and the local name.

    Examples
    --------
    >>> spellings()["cologne"]
    ['cologne', 'Cologne', 'Köln']
    """
    return {
        key: list(dict.fromkeys([key, row["name"], row["local_name"] or row["name"]]))
        for key, row in by_key("places").items()
        if row["kind"] == "city"
    }


def city_in(answer: object) -> str | None:
    """Read a city's name.

    Parameters
    ----------
    answer : object
        Text, perhaps alone in a list.

    Returns
    -------
    str or None
        The key in places.csv; None if there is no such city.

    Examples
    --------
    >>> city_in(" Köln"), city_in(["COLOGNE"]), city_in("Bonn")
    ('cologne', 'cologne', None)
    """
    answer = alone(answer)
    if not isinstance(answer, str):
        return None
    written = answer.strip().casefold()
    for key, names in spellings().items():
        if written in (name.casefold() for name in names):
            return key
    return None


def alone(answer: object) -> object:
    """Take what a list or a column holds, if that is one thing.

    Parameters
    ----------
    answer : object

    Returns
    -------
    object
        The one thing, or the answer itself.
    """
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist()
    if isinstance(answer, (list, tuple, set)) and len(answer) == 1:
        (answer,) = answer
    return answer


def _written(text: str) -> list[float]:
    """The numbers that digits can mean: 1.346 has decimals or thousands."""
    found = NUMBER.fullmatch(text.strip())
    if not found:
        return []
    digits = re.sub(r"[ '’\u00a0\u202f]", "", found["digits"])
    signs = re.findall("[.,]", digits)
    if len(set(signs)) == 2:  # the last one is the decimal sign
        forms = [digits.replace(signs[0], "").replace(signs[-1], ".")]
    elif len(signs) == 1 and re.search(r"[.,]\d{3}$", digits):
        forms = [digits.replace(",", "."), digits.replace(signs[0], "")]
    elif len(signs) == 1:
        forms = [digits.replace(",", ".")]
    else:
        forms = [digits.replace(",", "").replace(".", "")]
    times = TIMES[(found["times"] or "").strip().lower()]
    if found["sign"] in ("-", "−"):
        times = -times
    numbers = [float(form) * times for form in forms if form.count(".") < 2]
    return [number for number in numbers if math.isfinite(number)]
