"""Checks that students run themselves.

They compute the right answer from the data and give a hint, never the answer.

    answer = ...                            # the student's own computation
    fc.check("economy-compute", answer)     # "Right." or a hint

Each exercise of kind Compute has a function in answers.py.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from numbers import Real

import pandas as pd
from IPython.display import Markdown

from fourcities.facts import cities
from fourcities.presentation import markdown

from .answers import CHECKS, Answer, Exercise

CLOSE = 0.006  # a rounded answer is right, and so is one rounded to one or two places

# Mistakes in size, by the factor between the answer and the right one.
FACTORS = {
    100: "percent and parts of one",
    1e3: "thousands",
    1e4: "tens of thousands",
    1e5: "hundreds of thousands",
    1e6: "millions",
    1e9: "billions",
}

KINDS = {
    str: "text",
    bool: "True or False",
    type(None): "nothing",
    list: "a list",
    dict: "a dictionary",
    set: "a set",
}


class Blank(Exception):
    """An answer is still to be filled in.

    Stops the notebook with one line in place of a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(label: str, answer: object) -> Markdown:
    """Compare an answer with the one that the data give.

    Parameters
    ----------
    label : str
        Label of an exercise, such as "economy-compute".
    answer : float, dict, Series, or list of int
        A number, a dictionary with a number for each city (keys as in places.csv,
        "berlin"), or a list of years, as `asked` says.

    Returns
    -------
    Markdown
        “Right.” or a hint, never the answer.

    Raises
    ------
    Blank
        If the answer is still `...`.
    KeyError
        If there is no such exercise.

    Examples
    --------
    >>> print(check("economy-compute", 44.3).data)
    **Right.**
    >>> hint = check("economy-compute", 0.443).data
    >>> print(hint.partition(": ")[0])
    **Not yet.** The digits are right, the size is not
    """
    exercise = _known(label)
    if answer is ...:
        raise Blank(
            f"Fill in: put {exercise.asked} in the place of the three dots above, "
            "then run both cells again."
        )
    hint = _hint(answer, exercise)
    if not hint:
        return markdown("**Right.**")
    return markdown(f"**Not yet.** {hint} Asked for is {exercise.asked}.")


def asked(label: str) -> str:
    """What an exercise wants as its answer, in words.

    Parameters
    ----------
    label : str
        Label of an exercise, such as "economy-compute".

    Returns
    -------
    str
        It goes on after “Asked for is”, without a full stop.

    Raises
    ------
    KeyError
        If there is no such exercise.

    Examples
    --------
    >>> asked("economy-compute")
    "Guangzhou's part of the GDP of all cities, in percent"
    """
    return _known(label).asked


def _known(label: str) -> Exercise:
    """The exercise of that label. Raises KeyError if there is none."""
    if label not in CHECKS:
        raise KeyError(f"unknown exercise {label!r}; there are: {', '.join(CHECKS)}")
    return CHECKS[label]


def _hint(answer: object, exercise: Exercise) -> str:
    """What is wrong with an answer; "" if it is right."""
    right = exercise.right()
    if isinstance(answer, pd.Series):
        answer = answer.to_dict()
    if isinstance(right, dict):
        return _hint_cities(answer, right)
    if isinstance(right, set):
        return _hint_years(answer, right)
    number = _number(answer)
    if number is None:
        return _no_number(answer)
    if _same(number, right):
        return ""
    if exercise.trap and _same(number, exercise.trap()):
        return exercise.says
    if any(_same(number, other) for other in _elsewhere(exercise.right)):
        return "That is the value of another city."
    return _hint_number(number, right)


def _hint_cities(answer: object, right: dict[str, float]) -> str:
    """What is wrong with a dictionary of numbers."""
    if not isinstance(answer, dict):
        return (
            "The answer is a dictionary with a number for each city, "
            f"such as {{'berlin': 1.0}}, not {_kind(answer)}."
        )
    hints = []
    missing = [city for city in right if city not in answer]
    unknown = [str(key) for key in answer if key not in right]
    if missing:
        hints.append(f"Missing: {', '.join(missing)}.")
    if unknown:
        hints.append(f"Not asked for: {', '.join(unknown)}.")
    return " ".join(hints) or _hint_values(answer, right)


def _hint_values(answer: dict[str, object], right: dict[str, float]) -> str:
    """What is wrong with the number of each city: those that are none come first."""
    none, wrong = {}, {}
    for city in right:
        number = _number(answer[city])
        if number is None:
            none[city] = _no_number(answer[city])
        elif not _same(number, right[city]):
            wrong[city] = _hint_number(number, right[city])
    hints = none | wrong
    if len(hints) == len(right) and len(set(hints.values())) == 1:
        return next(iter(hints.values()))
    return " ".join(f"{city}: {hint}" for city, hint in hints.items())


def _hint_years(answer: object, right: set[int]) -> str:
    """What is wrong with a list of years."""
    if isinstance(answer, (str, dict)) or not hasattr(answer, "__iter__"):
        return f"The answer is a list of years, not {_kind(answer)}."
    years = set(answer)
    if years == right:
        return ""
    if years - right:
        return "Not all of these belong there."
    return "Some years are missing."


def _hint_number(answer: float, right: float) -> str:
    """What is wrong with a number: its size, its direction, or only its value."""
    for factor, words in FACTORS.items():
        if _same(answer, right * factor) or _same(answer, right / factor):
            return f"The digits are right, the size is not: look for {words}."
    if right and any(_same(answer * right, whole) for whole in (1, 100, 1e4)):
        return "The division is upside down."
    if _same(answer, -right):
        return "The sign is wrong: take the smaller from the larger."
    return "The number is too large." if answer > right else "The number is too small."


def _elsewhere(right: Callable[..., Answer]) -> Iterator[float]:
    """The numbers for the other cities, as far as the data have them; none where the
    question is not about one city.
    """
    city_asked_for = inspect.signature(right).parameters.get("city")
    if city_asked_for is None:
        return
    for city in cities("report"):
        if city != city_asked_for.default:
            try:
                answer = right(city)
            except KeyError:
                continue
            if not isinstance(answer, (dict, set)):
                yield answer


def _number(answer: object) -> float | None:
    """An answer as a finite number; None if it is none."""
    if not isinstance(answer, (Real, Decimal)) or isinstance(answer, bool):
        return None
    number = float(answer)
    return number if math.isfinite(number) else None


def _no_number(answer: object) -> str:
    return f"The answer is a number, not {_kind(answer)}."


def _same(one: float, other: float) -> bool:
    """Whether two numbers are equal but for rounding."""
    if math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-9):
        return True
    return any(one == round(other, places) != 0 for places in (1, 2))


def _kind(answer: object) -> str:
    """What an answer is, in words."""
    if isinstance(answer, float):
        return "a number that is not finite"
    return KINDS.get(type(answer), f"a {type(answer).__name__}")
