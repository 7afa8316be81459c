"""The check “compare”: both sides worked out, within the margin of what is printed."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import NamedTuple

from fourcities.facts import (
    Cells,
    Count,
    Part,
    Reading,
    Value,
    about,
    fine,
    fmt,
    written,
)
from fourcities.presentation import list_of, name

from .parts import (
    conditions,
    counted,
    flat,
    observation_of,
    rows_in_words,
    value_in,
)
from .rounding import margin
from .shapes import Checked, Term, Unknown

# A sign in words, for one value: if it holds, and if not.
VERBS = {
    "=": ("agrees with", "does not agree with"),
    ">": ("is more than", "is not more than"),
    ">=": ("is at least", "is less than"),
    "<": ("is less than", "is not less than"),
    "<=": ("is at most", "is more than"),
}

# The same for several values: what is said of all of them, or not of all.
OF_SEVERAL = {
    ">": "more than",
    ">=": "at least",
    "<": "less than",
    "<=": "at most",
}

# Counts that are set against each other tell nothing below this number of rows in all.
LEAST_ROWS = 5

ORDER = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}

SIGNS = {"+": "+", "*": "×", "/": "÷"}


class Worked(NamedTuple):
    """A term, or a part of it, worked out."""

    value: float  # in the unit of what it is made of
    margin: float  # by how much rounding may put the value off, in the same unit
    used: list[Cells]  # rows of observations that it takes


def check_compare(reading: Reading) -> Checked:
    """Every value on the left against every one on the right.

    Raises Unknown if the counts on both sides are too few to be set against each other.
    """
    left = [_worked(term) for term in reading.left]
    right = [_worked(term) for term in reading.right]
    holds = all(_holds(one, reading.sign, other) for one in left for other in right)

    left_words = _side(reading.left, left)
    right_words = _unrepeated(_right_side(reading, right, left), left_words)
    if _too_few(reading):
        raise Unknown(
            f"{left_words} against {right_words}: "
            f"fewer than {LEAST_ROWS} in all, too few to tell."
        )
    finding = f"{left_words}{_verb(reading, holds)} {right_words}."

    used = [row for worked in [*left, *right] for row in worked.used]
    if reading.sign == "=":
        finding += "".join(f" {row['inputs']}." for row in used if row["inputs"])
    return Checked(holds, finding, used)


def _too_few(reading: Reading) -> bool:
    """Whether both sides count rows, and fewer than LEAST_ROWS together."""
    counts = [
        [part for part in flat(side) if isinstance(part, Count)]
        for side in (reading.left, reading.right)
    ]
    rows = sum(len(counted(part)) for side in counts for part in side)
    return all(counts) and rows < LEAST_ROWS


def _verb(reading: Reading, holds: bool) -> str:
    """What stands between the two sides in the finding."""
    (_, first), *others = reading.left[0]
    is_count = isinstance(first, Count) and not others
    number = len(reading.left)
    if reading.sign == "=":
        if is_count:
            return "; this reading asks for"
        if number > 1:
            return " agree with" if holds else " do not all agree with"
    elif number > 1:
        every = "both" if number == 2 else "all"
        return f" are {'' if holds else 'not '}{every} {OF_SEVERAL[reading.sign]}"
    return f" {VERBS[reading.sign][0 if holds else 1]}"


def _worked(term: Term) -> Worked:
    """A term worked out from left to right."""
    total = Worked(0, 0, [])
    for sign, part in term:
        measured = _measured(part)
        if sign == "/" and not measured.value:
            raise Unknown(f"{_words(part)}: nothing can be divided by it.")
        total = _joined(total, sign, measured)
    return total


def _measured(part: Part) -> Worked:
    """A number with its margin of rounding and, for a value, its row."""
    if isinstance(part, float):
        return Worked(part, 0, [])
    if isinstance(part, Count):
        return Worked(len(counted(part)), 0, [])
    value = value_in(part)
    row = observation_of(value)
    return Worked(row["value"], margin(row, value), [row])


def _joined(one: Worked, sign: str, other: Worked) -> Worked:
    """Sum, product or quotient of two numbers, and what rounding does to it."""
    used = one.used + other.used
    if sign == "+":
        return Worked(one.value + other.value, one.margin + other.margin, used)
    if sign == "*":
        off = abs(one.margin * other.value) + abs(one.value * other.margin)
        return Worked(one.value * other.value, off, used)
    off = abs(one.margin / other.value)
    off += abs(one.value / other.value**2 * other.margin)
    return Worked(one.value / other.value, off, used)


def _holds(left: Worked, sign: str, right: Worked) -> bool:
    """Equal are two values whose margins touch; for the rest rounding plays no part."""
    if sign == "=":
        margins = left.margin + right.margin
        return abs(left.value - right.value) <= margins * (1 + 1e-9) + 1e-9
    return bool(ORDER[sign](left.value, right.value))


def _right_side(
    reading: Reading, right: Sequence[Worked], left: Sequence[Worked]
) -> str:
    """The right side in words; a number alone has the unit of what is on the left."""
    parts = flat(reading.right)
    patterns = {row["pattern"] for worked in left for row in worked.used}
    as_they_are = all(isinstance(part, Value) for part in flat(reading.left))
    one_each = all(len(term) == 1 for term in reading.left)
    if len(parts) == 1 and isinstance(parts[0], float):
        number, decimals = parts[0], 0 if parts[0].is_integer() else 1
        if as_they_are and one_each and len(patterns) == 1:
            bare = {"value": number, "decimals": decimals, "pattern": patterns.pop()}
            return written(bare)
        counts = all(isinstance(part, Count) for part in flat(reading.left))
        asked = counts and one_each and reading.sign == "="
        return "none" if asked and not number else f"{number:g}"
    return _side(reading.right, right)


def _side(terms: Sequence[Term], worked: Sequence[Worked]) -> str:
    """The terms of a side in words, those of one indicator together.

    Such as "GDP per capita: Berlin US$ 37,022 per person and … (2016)".
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for term, total in zip(terms, worked):
        label, words, period = _term_words(term, total)
        groups.setdefault(label, []).append((words, period))
    lines = []
    for label, values in groups.items():
        heading = f"{label}: " if label else ""
        lines.append(heading + _dated(values))
    return "; ".join(lines)


def _term_words(term: Term, total: Worked) -> tuple[str, str, str]:
    """Label of its indicator, value and period of a term, in words; "" for none."""
    (_, first), *others = term
    if others:
        steps = "".join(f" {SIGNS[sign]} {_words(part)}" for sign, part in others)
        return "", f"{_words(first)}{steps} = {_result(term, total)}", ""
    if isinstance(first, Value):
        (row,) = total.used
        label = about(first.indicator)["label"]
        return label, f"{name(first.place)} {written(row)}", row["period"]
    if isinstance(first, Count):
        return (*_count_words(first), "")
    return "", _words(first), ""


def _count_words(count: Count) -> tuple[str, str]:
    """What is counted, and the number, with the city if it is one."""
    number = len(counted(count))
    for condition in count.conditions:
        if condition.column == "place" and len(condition.values) == 1:
            label = conditions(count, apart=condition)
            return _capital(label), f"{name(condition.values[0])} {number}"
    return _capital(conditions(count)), str(number)


def _capital(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def _result(term: Term, total: Worked) -> str:
    """A computed value, with its unit if numbers alone change a value; one that is not
    whole has at least one decimal.
    """
    is_whole = float(total.value).is_integer()
    decimals = 0 if is_whole else fine(total.value, 1)
    values = [part for _, part in term if not isinstance(part, float)]
    if len(values) == len(total.used) == 1:
        (row,) = total.used
        bare = {"value": total.value, "decimals": decimals, "pattern": row["pattern"]}
        return written(bare)
    return fmt(total.value, decimals)


def _dated(values: Sequence[tuple[str, str]]) -> str:
    """Values with their periods; one that all share is said once, at the end."""
    periods = {period for _, period in values}
    if len(periods) > 1:
        return list_of(f"{words} ({period})" for words, period in values)
    (period,) = periods
    together = list_of(words for words, _ in values)
    return f"{together} ({period})" if period else together


def _unrepeated(right: str, left: str) -> str:
    """The words of the right side without the label that stands on the left already."""
    label, _, values = left.partition(": ")
    one_label = ";" not in left and values
    return right.removeprefix(f"{label}: ") if one_label else right


def _words(part: Part) -> str:
    """A number, a count or a value with all that tells what it is."""
    if isinstance(part, float):
        return f"{part:g}"
    if isinstance(part, Count):
        return rows_in_words(part)
    value = value_in(part)
    row = observation_of(value)
    return f"{row['label']}, {name(value.place)}, {written(row)}"
