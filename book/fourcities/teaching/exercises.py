"""Checks that students run themselves.

They compute the right answer from the data and give a hint, never the answer.

    answer = ...                            # the student's own computation
    fc.check("economy-compute", answer)     # "Right." or a hint

Each exercise of kind Compute has a function in answers.py; typed.py reads what a
student typed.
"""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pandas as pd
from IPython.display import Markdown

from fourcities.facts import BOOK, cities
from fourcities.presentation import markdown

from .answers import CHECKS, Exercise, Wrong
from .typed import city_in, number_in, spellings, years_in

COARSE = 0.025  # a rounded answer is right within this part, or with a decimal
ROUGH = 0.1  # within this part, a rounding is told from a guess
NEAR = 0.01  # within this part, an answer was rounded on the way

# Mistakes in size, by the factor between the answer and the right one.
FACTORS = {
    10: "a zero or a full stop in the wrong place",
    100: "two zeros, or percent and parts of one",
    1e3: "thousands",
    1e4: "tens of thousands",
    1e5: "hundreds of thousands",
    1e6: "millions",
    1e9: "billions",
}

# What an answer looks like, by the kind of its exercise.
FORMS = {
    "number": "a number, such as 12.5",
    "percent": "a number, such as 12.5",
    "count": "a whole number, such as 17",
    "city": "the name of a city in quotation marks, such as 'bonn'",
    "years": "a list of years, such as [2001, 2002]",
}
DICTIONARY = "a dictionary with a number for each city, such as {{'bonn': {}}}"

PART_OF_ONE = "This is a part of one; in percent it is a hundred times as much."
ROUNDED = "It was rounded on the way; rounded at the end only, its last digits differ."


class Blank(Exception):
    """An answer is still to be filled in.

    Stops the notebook with one line in place of a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Part(NamedTuple):
    """One answer that an exercise wants."""

    right: float | str  # a city by its key
    accepted: list[str]  # how it may be written, the shortest last: "44.3", "44"
    hints: dict[str, str]  # what is said of likely mistakes, by how they are written


class Question(NamedTuple):
    """A checked exercise, for what asks it elsewhere than in a notebook."""

    label: str
    chapter: str
    text: str  # Markdown, as the chapter asks
    kind: str  # "number", "percent", "count", "city" or "years"
    asked: str  # what is checked, in words; goes on after “Asked for is”
    form: str  # what an answer looks like; goes on after “The answer is”
    # One part with the key ""; or one for each city by its key; or one for each year.
    parts: dict[str, Part]


def check(label: str, answer: object) -> Markdown:
    """Compare an answer with the one that the data give.

    Parameters
    ----------
    label : str
        Label of an exercise, such as "economy-compute".
    answer : float, str, dict, Series, or list of int
        A number, a city's name, a dictionary with a number for each city (keys as in
        places.csv, "berlin"), or a list of years, as `asked` says. A number may be
        rounded, and written as text.

    Returns
    -------
    Markdown
        “Right.”, perhaps with a note on how it is written, or a hint, never the answer.

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
    >>> hint = check("economy-compute", 294).data
    >>> print(hint.partition(" Asked")[0])
    **Not yet.** The number is too large.
    """
    exercise = _known(label)
    inside = answer.values() if isinstance(answer, dict) else [answer]
    if any(one is ... for one in inside):
        raise Blank(
            f"Fill in: {exercise.asked}. Put it in the place of the three dots, then "
            "run the cell again."
        )
    judged = _judged(answer, exercise)
    if judged.right:
        return markdown(f"**Right.** {judged.said}".strip())
    return markdown(f"**Not yet.** {judged.said} Asked for is {exercise.asked}.")


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


def questions() -> list[Question]:
    """All exercises that are checked, with their answers.

    Returns
    -------
    list of Question
        In the order of the book, for a question bank; computed from the data.

    Examples
    --------
    >>> question = questions()[2]
    >>> question.label, question.parts[""].accepted
    ('economy-compute', ['44.32', '44.3', '44', '0.443'])
    """
    return [_question(label, exercise) for label, exercise in CHECKS.items()]


def _question(label: str, exercise: Exercise) -> Question:
    right = exercise.right()
    parts: dict[str, float | str]
    if isinstance(right, dict):
        parts = {city: float(number) for city, number in right.items()}
    elif isinstance(right, set):
        parts = {str(year): int(year) for year in sorted(right)}
    else:
        parts = {"": right if isinstance(right, str) else float(right)}
    return Question(
        label,
        label.removesuffix("-compute"),
        _text(label),
        exercise.kind,
        exercise.asked,
        _form(exercise),
        {key: _part(one, key, exercise) for key, one in parts.items()},
    )


def _text(label: str) -> str:
    """The question of an exercise, as its chapter asks it."""
    path = BOOK / f"{label.removesuffix('-compute')}.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    (source,) = (cell["source"] for cell in cells if cell.get("id") == label)
    text = source if isinstance(source, str) else "".join(source)
    return text.partition("** ")[2].strip()


def _part(right: float | str, key: str, exercise: Exercise) -> Part:
    if isinstance(right, str):
        cities_wrong = {str(made()): hint for hint, made in exercise.mistakes.items()}
        return Part(right, spellings()[right], cities_wrong)
    if exercise.kind == "years":
        return Part(right, [str(right)], {})
    if exercise.kind == "count":
        also = _of_part(exercise.also() if exercise.also else [], key)
        accepted = {round(one) for one in (right, *also)}
        written = [str(one) for one in sorted(accepted, key=lambda one: one != right)]
    else:
        written = _roundings(right)
        if exercise.kind == "percent":
            written.append(f"{right / 100:.3g}")
    hints: dict[str, str] = {}
    for hint, mistake in exercise.mistakes.items():
        for one in _of_part(mistake(), key):
            places = 0 if exercise.kind == "count" or abs(one) >= 1000 else 2
            form = f"{round(one, places):.12g}"
            if not _judged_number(float(form), right, key, exercise).right:
                hints.setdefault(form, hint)
    return Part(right, written, hints)


def _roundings(right: float) -> list[str]:
    """How a number may be written: from all that a page prints to the coarsest."""
    if abs(right) < 1000:
        forms = [f"{right:.{places}f}" for places in (2, 1, 0)]
    else:
        digits = [len(str(round(right))), 3, 2]
        forms = [str(round(float(f"{right:.{places}g}"))) for places in digits]
    fitting = [form for form in forms if _fits(float(form), right)]
    plain = [f.rstrip("0").rstrip(".") if "." in f else f for f in fitting]
    return list(dict.fromkeys(plain))


# Judging


class Judged(NamedTuple):
    """What a check says of an answer."""

    right: bool
    said: str  # a hint, or a note on how a right answer is written


def _known(label: str) -> Exercise:
    """The exercise of that label. Raises KeyError if there is none."""
    if label not in CHECKS:
        raise KeyError(f"unknown exercise {label!r}; there are: {', '.join(CHECKS)}")
    return CHECKS[label]


def _form(exercise: Exercise) -> str:
    if isinstance(exercise.right(), dict):
        return DICTIONARY.format(17 if exercise.kind == "count" else 12.5)
    return FORMS[exercise.kind]


def _plain(exercise: Exercise) -> Judged:
    """Of an answer that can't be read."""
    return Judged(False, f"The answer is {_form(exercise)}.")


def _judged(answer: object, exercise: Exercise) -> Judged:
    right = exercise.right()
    if isinstance(right, dict):
        return _judged_cities(answer, right, exercise)
    if isinstance(right, set):
        return _judged_years(answer, right, exercise)
    if isinstance(right, str):
        return _judged_city(answer, right, exercise)
    return _judged_typed(answer, right, "", exercise)


def _judged_city(answer: object, right: str, exercise: Exercise) -> Judged:
    city = city_in(answer)
    if city is None:
        return _plain(exercise)
    if city == right:
        return Judged(True, "")
    hints = (hint for hint, made in exercise.mistakes.items() if made() == city)
    return Judged(False, next(hints, "It is another city."))


def _judged_years(answer: object, right: set[int], exercise: Exercise) -> Judged:
    years = years_in(answer)
    if years is None:
        return _plain(exercise)
    wrong, missing = len(years - right), len(right - years)
    hints = []
    if wrong:
        hints.append(
            "One year does not belong there."
            if wrong == 1
            else "Not all of these belong there."
        )
    if missing:
        hints.append(
            "One year is missing." if missing == 1 else "Some years are missing."
        )
    return Judged(not hints, " ".join(hints))


def _judged_cities(
    answer: object, right: dict[str, float], exercise: Exercise
) -> Judged:
    """A dictionary of numbers."""
    if isinstance(answer, pd.Series):
        answer = answer.to_dict()
    if not isinstance(answer, dict):
        return _plain(exercise)
    given = {city_in(key) or str(key): one for key, one in answer.items()}
    missing = [city for city in right if city not in given]
    unknown = [key for key in given if key not in right]
    hints = []
    if missing:
        hints.append(f"Missing: {', '.join(missing)}.")
    if unknown:
        hints.append(f"Not asked for: {', '.join(unknown)}.")
    if hints:
        return Judged(False, " ".join(hints))
    judged = {
        city: _judged_typed(given[city], right[city], city, exercise) for city in right
    }
    wrong = {city: one.said for city, one in judged.items() if not one.right}
    if not wrong:
        notes = dict.fromkeys(one.said for one in judged.values() if one.said)
        return Judged(True, " ".join(notes))
    if len(wrong) == len(right) and len(set(wrong.values())) == 1:
        return Judged(False, next(iter(wrong.values())))
    return Judged(False, " ".join(f"{city}: {hint}" for city, hint in wrong.items()))


def _judged_typed(answer: object, right: float, key: str, exercise: Exercise) -> Judged:
    """A number as typed. key: of its city where each city has one, else ""."""
    typed = number_in(answer)
    if not typed.values:
        form = FORMS[exercise.kind]
        return Judged(False, f"The answer is {form}.") if key else _plain(exercise)
    all_judged = [_judged_number(one, right, key, exercise) for one in typed.values]
    for judged in all_judged:
        if judged.right:
            return Judged(True, f"{typed.note} {judged.said}".strip())
    return all_judged[0]


def _judged_number(number: float, right: float, key: str, exercise: Exercise) -> Judged:
    whole = exercise.kind == "count"
    if _same(number, right, whole):
        return Judged(True, "")
    if any(_same(number, one, whole) for one in _rounded_on_the_way(exercise, key)):
        return Judged(True, ROUNDED)
    if exercise.kind == "percent" and _same(_times(number, 100), right):
        return Judged(True, PART_OF_ONE)
    return Judged(False, _hint(number, right, key, exercise))


def _hint(number: float, right: float, key: str, exercise: Exercise) -> str:
    """What is wrong with a number: the most telling that is known of it."""
    whole = exercise.kind == "count"
    if number == 0:
        return "It is not zero."
    for hint, mistake in exercise.mistakes.items():
        if any(_is_mistake(number, one, whole) for one in _of_part(mistake(), key)):
            return hint
    if whole and not number.is_integer():
        return f"A {exercise.row} can't be divided: the answer is a whole number."
    if whole and abs(number - round(right)) == 1:
        return f"One {exercise.row} too {'many' if number > right else 'few'}."
    if any(_same(number, one, whole) for one in _elsewhere(exercise, key)):
        return "That is the value of another city."
    return _hint_on_size(number, right)


def _hint_on_size(number: float, right: float) -> str:
    """What is wrong with a number by its size alone."""
    if _near(number, -right):
        return "The sign is wrong: take the smaller from the larger."
    if _is_rounding(number, right) and _near_guess(number, right):
        return "That is rounded too far: give another digit."
    if _near(number, right):
        return (
            "That is very near. Take the numbers from the data, and round at the end "
            "only."
        )
    for factor, words in FACTORS.items():
        if _near(number, right * factor) or _near(number, right / factor):
            return f"The digits are right, the size is not: look for {words}."
    if right and any(_near(number, whole / right) for whole in (1, 100, 1e4)):
        return "The division is upside down."
    if _near(number, 2 * right):
        return "The number is too large. Is something counted twice?"
    if _near(number, right / 2):
        return "The number is too small. Is half of it left out?"
    return "The number is too large." if number > right else "The number is too small."


def _rounded_on_the_way(exercise: Exercise, key: str) -> list[float]:
    return _of_part(exercise.also(), key) if exercise.also else []


def _elsewhere(exercise: Exercise, key: str) -> Iterator[float]:
    """The numbers for the other cities, as far as the data have them; none where the
    question is about no city.
    """
    right = exercise.right()
    if isinstance(right, dict):
        yield from (number for city, number in right.items() if city != key)
        return
    city_asked_for = inspect.signature(exercise.right).parameters.get("city")
    if city_asked_for is None:
        return
    for city in cities("report"):
        if city != city_asked_for.default:
            try:
                answer = exercise.right(city)
            except KeyError:
                continue
            if isinstance(answer, (float, int)):
                yield answer


def _of_part(numbers: Wrong, key: str) -> list[float]:
    """Numbers as a list; of one city where each has its own."""
    if isinstance(numbers, dict):
        own: float | list[float] = numbers.get(key, [])
        return _of_part(own, key)
    if isinstance(numbers, str):
        return []
    return [float(one) for one in numbers] if isinstance(numbers, list) else [numbers]


# Numbers


def _same(number: float, other: float, whole: bool = False) -> bool:
    """Whether two numbers are equal but for rounding; a count is not to be rounded."""
    if whole:
        return number in (round(other), math.ceil(other))
    return _fits(number, other)


def _is_mistake(number: float, made: float, whole: bool) -> bool:
    """Whether a number comes from a known mistake; one with a single digit may as well
    be a guess.
    """
    exact = math.isclose(number, made)
    return exact or _same(number, made, whole) and (whole or _digits(number) > 1)


def _near_guess(number: float, right: float) -> bool:
    """Whether a number is so near that it was computed, and not guessed."""
    return abs(number - right) <= ROUGH * abs(right)


def _digits(number: float) -> int:
    """Count the digits of a number without zeros at its ends: 2 of 0.044 and 440."""
    return len(Decimal(f"{number:.12g}").normalize().as_tuple().digits)


def _fits(number: float, right: float) -> bool:
    """Whether a number is the right one, or the right one rounded, but not too far."""
    if math.isclose(number, right, rel_tol=1e-9, abs_tol=1e-12):
        return True
    fine = _last_place(number) <= 0.1 or abs(number - right) <= COARSE * abs(right)
    return number != 0 and fine and _is_rounding(number, right)


def _near(number: float, other: float) -> bool:
    """Whether two numbers are equal but for rounding, on the way or at the end."""
    return _fits(number, other) or math.isclose(number, other, rel_tol=NEAR)


def _is_rounding(number: float, right: float) -> bool:
    """Whether a number is another one, rounded to the digits that it has."""
    half = _last_place(number) / 2
    return abs(number - right) <= half * (1 + 1e-9)


def _last_place(number: float) -> float:
    """The value of a one in a number's last digit: 0.1 of 44.3, 1000 of 13000."""
    exponent = Decimal(f"{number:.12g}").normalize().as_tuple().exponent
    return 10.0 ** int(exponent)


def _times(number: float, factor: float) -> float:
    """A product without the dust of binary fractions."""
    return float(f"{number * factor:.12g}")
