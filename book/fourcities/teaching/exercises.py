"""Checks that students run themselves: they compute the right answer from the data and give a hint, never the answer.

    answer = ...                            # the student's own computation
    fc.check("economy-compute", answer)     # "Right." or a hint

Each exercise of kind Compute has a function below; its label is that of the exercise in its chapter. Where the question is about one city, the city is a
parameter, so that an answer for another city can be told from a wrong computation.
"""

import inspect
import math
from numbers import Number

import pandas as pd
from IPython.display import Markdown

from fourcities.facts import cities

from .answers import CHECKS

CLOSE = 0.006  # a rounded answer is right, and so is one rounded to one or two places


FACTORS = {
    100: "percent and parts of one",
    1e3: "thousands",
    1e4: "tens of thousands",
    1e5: "hundreds of thousands",
    1e6: "millions",
    1e9: "billions",
}


class Blank(Exception):
    """An answer is still to be filled in. Stops the notebook with one line in place of a traceback."""

    def _render_traceback_(self):
        return [str(self)]


def check(label, answer):
    """Compare an answer with the one that the data give.

    label: label of an exercise, such as "economy-compute"; answer: a number, a dictionary with a number for each city (keys as in places.csv,
    "berlin"), or a list of years, as `asked` says.
    Returns “Right.” or a hint as Markdown. Raises Blank if the answer is still `...`, KeyError for an unknown label.
    """
    exercise = _known(label)
    if answer is ...:
        raise Blank(
            f"Fill in: put {exercise.asked} in the place of the three dots above, then run both cells again."
        )
    hint = _hint(answer, exercise)
    return Markdown(
        f"**Not yet.** {hint} Asked for is {exercise.asked}." if hint else "**Right.**"
    )


def asked(label):
    """What an exercise wants as its answer, in words. Raises KeyError for an unknown label."""
    return _known(label).asked


def _known(label):
    if label not in CHECKS:
        raise KeyError(f"unknown exercise {label!r}; there are: {', '.join(CHECKS)}")
    return CHECKS[label]


def _hint(answer, exercise):
    """What is wrong with an answer; "" if it is right."""
    right = exercise.right()
    if isinstance(answer, pd.Series):
        answer = answer.to_dict()
    if isinstance(right, dict):
        return _hint_cities(answer, right)
    if isinstance(right, set):
        return _hint_years(answer, right)
    if not _is_number(answer):
        return f"The answer is a number, not {_kind(answer)}."
    if _same(answer, right):
        return ""
    if exercise.trap and _same(answer, exercise.trap()):
        return exercise.says
    if "city" in inspect.signature(exercise.right).parameters and any(
        _same(answer, other) for other in _elsewhere(exercise.right)
    ):
        return "That is the value of another city."
    return _hint_number(answer, right)


def _hint_cities(answer, right):
    if not isinstance(answer, dict):
        return f"The answer is a dictionary with a number for each city, such as {{'berlin': 1.0}}, not {_kind(answer)}."
    missing, unknown = (
        [city for city in right if city not in answer],
        [key for key in answer if key not in right],
    )
    if missing or unknown:
        return "".join(
            [
                f"Missing: {', '.join(missing)}. " if missing else "",
                f"Not asked for: {', '.join(map(str, unknown))}." if unknown else "",
            ]
        ).strip()
    words = {
        city: f"The answer is a number, not {_kind(answer[city])}."
        for city in right
        if not _is_number(answer[city])
    }
    words |= {
        city: _hint_number(answer[city], right[city])
        for city in right
        if city not in words and not _same(answer[city], right[city])
    }
    if len(words) == len(right) and len(set(words.values())) == 1:
        return next(iter(words.values()))
    return " ".join(f"{city}: {text}" for city, text in words.items())


def _hint_years(answer, right):
    if isinstance(answer, (str, dict)) or not hasattr(answer, "__iter__"):
        return f"The answer is a list of years, not {_kind(answer)}."
    years = set(answer)
    if years == right:
        return ""
    return (
        "Not all of these belong there." if years - right else "Some years are missing."
    )


def _hint_number(answer, right):
    for factor, words in FACTORS.items():
        if _same(answer, right * factor) or _same(answer, right / factor):
            return f"The digits are right, the size is not: look for {words}."
    if right and any(_same(answer * right, whole) for whole in (1, 100, 1e4)):
        return "The division is upside down."
    if _same(answer, -right):
        return "The sign is wrong: take the smaller from the larger."
    return "The number is too large." if answer > right else "The number is too small."


def _elsewhere(function):
    """The answers for the other cities, as far as the data have them."""
    own = inspect.signature(function).parameters["city"].default
    for city in cities("report"):
        if city != own:
            try:
                yield function(city)
            except KeyError:
                continue


def _is_number(answer):
    return (
        isinstance(answer, Number)
        and not isinstance(answer, (bool, complex))
        and math.isfinite(answer)
    )


def _same(one, other):
    return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-9) or any(
        one == round(other, places) != 0 for places in (1, 2)
    )


def _kind(answer):
    names = {
        str: "text",
        bool: "True or False",
        type(None): "nothing",
        list: "a list",
        dict: "a dictionary",
        set: "a set",
    }
    return (
        "a number that is not finite"
        if isinstance(answer, float)
        else names.get(type(answer), f"a {type(answer).__name__}")
    )
