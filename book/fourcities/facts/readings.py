"""The little language of data/claims.csv: what a claim rests on.

    gdp_per_capita:cologne > gdp_per_capita:berlin
        the latest values of two places
    asylum_seekers:berlin:2015
        the value of a year
    foundations@per_100000:cologne
        set against residents, by relations.csv
    share_services:berlin + share_industry:berlin = 100
        a sum, and a number
    residency_cost:guangzhou / 6 > gdp:guangzhou * 0.01
        worked out from left to right
    #measures?place=berlin,cologne&provider=SO,both
        how many rows of a table are like that; != leaves rows out
    #policies?place=hangzhou&title~relief
        how many rows have the word in that column, in capitals or not
    policies/hangzhou-permit
        a row; /hangzhou-permit.revised one of its columns
    autonomy:hangzhou
        what codings.csv says (in the checks on codes)

Readings of one claim are separated by “ | ”.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

CHECKS = (
    "compare",
    "rises",
    "first in",
    "same period",
    "same definition",
    "title",
    "same title",
    "different titles",
    "same time",
    "earlier",
    "same code",
    "different code",
    "unprinted",
)

SIGNS = ("+", "*", "/")

OPERATORS = ("=", ">", ">=", "<", "<=")

# The words or signs that part a reading in two, by check; in the others none does.
BETWEEN = {"compare": OPERATORS, "first in": ("in",), "earlier": ("<",)}

VALUE = re.compile(
    r"(?P<indicator>\w+)(?:@(?P<relation>\w+))?:(?P<place>[\w-]+)(?::(?P<year>\d{4}))?"
)

ROW = re.compile(r"(?P<table>\w+)/(?P<key>[^\s.]+)(?:\.(?P<column>\w+))?")

COUNT = re.compile(r"#?(?P<table>\w+)\?(?P<conditions>\S+)")

CONDITION = re.compile(r"(?P<column>\w+)(?P<sign>!?=|~)(?P<values>.+)")

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Value:
    """A value of observations.csv or one computed from it.

    In the checks on codes, a cell of codings.csv.

    Parameters
    ----------
    indicator : str
        Key of indicators.csv; in the checks on codes, of dimensions.csv.
    relation : str
        Key of relations.csv; "" for the value as it is.
    place : str
        Key of places.csv.
    year : str
        Year of the period's last day; "" for the latest.
    """

    indicator: str
    relation: str
    place: str
    year: str


@dataclass(frozen=True)
class Row:
    """A row of a table by its key, or one column of it.

    Parameters
    ----------
    table : str
        A resource of datapackage.json.
    key : str
        What stands in the table's first column.
    column : str
        One of the table's columns; "" for the whole row.
    """

    table: str
    key: str
    column: str


class Condition(NamedTuple):
    """What the rows of a count have in a column, or have not."""

    column: str
    wanted: bool  # True if the cell must be one of the values, False if none of them
    values: tuple[str, ...]
    inside: bool = False  # whether the cell need only have one of the values in it


@dataclass(frozen=True)
class Count:
    """The rows of a table that meet conditions.

    Parameters
    ----------
    table : str
        A resource of datapackage.json.
    conditions : tuple of Condition
        Each is (column, True if it must be one of the values, values, whether one of
        them in the cell is enough).
    """

    table: str
    conditions: tuple[Condition, ...]


# What a term is worked out from; a text only for the area in the check "first in".
Part: TypeAlias = Value | Row | Count | float | str


class Step(NamedTuple):
    """One step in working out a term from left to right."""

    sign: str  # one of + * /, + for the first
    part: Part


Term: TypeAlias = list[Step]


@dataclass(frozen=True)
class Reading:
    """One way to read a claim: terms on the left, a word or sign, terms on the right.

    Parameters
    ----------
    left : list of list of Step
        The terms on the left, each worked out from left to right: pairs of a sign (one
        of + * /, + for the first) and a part.
    sign : str
        The word or sign between them; "" if there is none.
    right : list of list of Step
        The terms on the right; none if there is no sign.
    """

    left: list[Term]
    sign: str = ""
    right: list[Term] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """All parts, those on the left first."""
        return [step.part for term in [*self.left, *self.right] for step in term]


def readings_of(check: str, rests_on: str) -> list[Reading]:
    """What a claim rests on, read.

    Parameters
    ----------
    check : str
        One of CHECKS, the column `check` of claims.csv.
    rests_on : str
        A text in the language of this module, the column `rests_on` of claims.csv.

    Returns
    -------
    list of Reading
        One for each way to read the claim; empty if it rests on nothing in the data,
        which only the check "unprinted" allows.

    Raises
    ------
    ValueError
        If `rests_on` is not in the language or does not suit the check. The message
        says what was expected.

    Examples
    --------
    >>> from fourcities.facts import readings_of
    >>> (reading,) = readings_of("compare", "gdp:berlin > gdp:cologne")
    >>> reading.sign, [part.place for part in reading.parts]
    ('>', ['berlin', 'cologne'])
    """
    if check not in CHECKS:
        raise ValueError(f"one of {', '.join(CHECKS)}")
    readings = []
    if rests_on.strip():
        readings = [_reading(check, text.strip()) for text in rests_on.split(" | ")]
    if check != "unprinted" and not readings:
        raise ValueError(f"what the check {check!r} rests on, not an empty cell")
    return readings


def parts_of(rests_on: str) -> list[Part]:
    """What a cell of a board rests on, read: values, codes and rows, without signs.

    Parameters
    ----------
    rests_on : str
        Words in the language of this module, separated by spaces.

    Returns
    -------
    list of Part
        One for each word.

    Raises
    ------
    ValueError
        If a word is not in the language. The message says what was expected.

    Examples
    --------
    >>> from fourcities.facts import parts_of
    >>> [part.place for part in parts_of("gdp:berlin gdp:cologne")]
    ['berlin', 'cologne']
    """
    return [_part(word) for word in rests_on.split()]


def _reading(check: str, text: str) -> Reading:
    signs = BETWEEN.get(check, ())
    words = text.split()
    found = [i for i, word in enumerate(words) if word in (*OPERATORS, "in")]
    if not signs:
        if found:
            raise ValueError(f"no {words[found[0]]!r} in the check {check!r}")
        return Reading(_terms(words))
    suits = (
        len(found) == 1
        and words[found[0]] in signs
        and found[0] not in (0, len(words) - 1)
    )
    if not suits:
        raise ValueError(f"a left side, one of {' '.join(signs)}, and a right side")
    at = found[0]
    left, sign, right = words[:at], words[at], words[at + 1 :]
    if check == "first in":
        if len(right) > 1:
            raise ValueError(f"one area after 'in', not {' '.join(right)!r}")
        return Reading(_terms(left), sign, [[Step("+", right[0])]])
    return Reading(_terms(left), sign, _terms(right))


def _terms(words: list[str]) -> list[Term]:
    """Words joined by signs make one term."""
    terms: list[Term] = []
    sign = ""
    for word in words:
        if word in SIGNS and terms and not sign:
            sign = word
        elif sign:
            terms[-1].append(Step(sign, _part(word)))
            sign = ""
        else:
            terms.append([Step("+", _part(word))])
    if sign:
        raise ValueError(f"a value after {sign!r}")
    return terms


def _part(word: str) -> Part:
    if match := NUMBER.fullmatch(word):
        return float(match[0])
    if match := VALUE.fullmatch(word):
        return Value(**match.groupdict(default=""))
    if match := ROW.fullmatch(word):
        return Row(**match.groupdict(default=""))
    if match := COUNT.fullmatch(word):
        texts = match["conditions"].split("&")
        return Count(match["table"], tuple(_condition(text) for text in texts))
    raise ValueError(
        "a value such as gdp:berlin, a row such as policies/berlin-master-plan, "
        "a count such as #measures?place=berlin or a number; "
        f"not {word!r}"
    )


def _condition(text: str) -> Condition:
    """A condition of a count; “-” stands for an empty cell, “_” for a blank."""
    match = CONDITION.fullmatch(text)
    if not match:
        raise ValueError(
            "conditions such as place=berlin,cologne, provider!=state or title~relief; "
            f"not {text!r}"
        )
    values = [
        "" if value == "-" else value.replace("_", " ")
        for value in match["values"].split(",")
    ]
    sign = match["sign"]
    return Condition(match["column"], sign != "!=", tuple(values), sign == "~")
