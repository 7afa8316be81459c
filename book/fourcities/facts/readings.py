"""The little language of data/claims.csv: what a claim rests on.

    gdp_per_capita:cologne > gdp_per_capita:berlin              the latest values of two places
    asylum_seekers:berlin:2015                                  the value of a year
    foundations@per_100000:cologne                              set against residents, by relations.csv
    share_services:berlin + share_industry:berlin = 100         a sum, and a number
    residency_cost:guangzhou / 6 > gdp:guangzhou * 0.01         worked out from left to right
    #measures?place=berlin,cologne&provider=SO,both             how many rows of a table are like that; != leaves rows out
    policies/hangzhou-permit                                    a row; /hangzhou-permit.revised one of its columns
    autonomy:hangzhou                                           what codings.csv says (in the checks on codes)

Readings of one claim are separated by “ | ”.
"""

import re
from dataclasses import dataclass

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


VALUE = re.compile(
    r"(?P<indicator>\w+)(?:@(?P<relation>\w+))?:(?P<place>[\w-]+)(?::(?P<year>\d{4}))?"
)


ROW = re.compile(r"(?P<table>\w+)/(?P<key>[^\s.]+)(?:\.(?P<column>\w+))?")


COUNT = re.compile(r"#?(?P<table>\w+)\?(?P<conditions>\S+)")


CONDITION = re.compile(r"(?P<column>\w+)(?P<sign>!?=)(?P<values>.+)")


NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Value:
    """A value of observations.csv or one computed from it; or, in the checks on codes, a cell of codings.csv."""

    indicator: str
    relation: str
    place: str
    year: str


@dataclass(frozen=True)
class Row:
    """A row of a table by its key, or one column of it."""

    table: str
    key: str
    column: str


@dataclass(frozen=True)
class Count:
    """The rows of a table that meet conditions: (column, True if it must be one of the values, values)."""

    table: str
    conditions: tuple


@dataclass(frozen=True)
class Reading:
    """One way to read a claim: terms on the left, a word or sign between them, terms on the right.

    A term is a list of pairs of a sign (one of + * /, + for the first) and a part, worked out from left to right.
    """

    left: list
    sign: str = ""
    right: list = ()

    @property
    def parts(self):
        return [part for term in [*self.left, *self.right] for _, part in term]


def readings_of(check, rests_on):
    """What a claim rests on, read: a list of Reading. Raises ValueError if `rests_on` is not in the language or does not suit the check."""
    if check not in CHECKS:
        raise ValueError(f"one of {', '.join(CHECKS)}")
    readings = (
        [_reading(check, text.strip()) for text in rests_on.split(" | ")]
        if rests_on.strip()
        else []
    )
    if check != "unprinted" and not readings:
        raise ValueError(f"what the check {check!r} rests on, not an empty cell")
    return readings


def _reading(check, text):
    signs = {"compare": OPERATORS, "first in": ("in",), "earlier": ("<",)}.get(
        check, ()
    )
    words = text.split()
    found = [i for i, word in enumerate(words) if word in (*OPERATORS, "in")]
    if not signs:
        if found:
            raise ValueError(f"no {words[found[0]]!r} in the check {check!r}")
        return Reading(_terms(words))
    if (
        len(found) != 1
        or words[found[0]] not in signs
        or found[0] in (0, len(words) - 1)
    ):
        raise ValueError(f"a left side, one of {' '.join(signs)}, and a right side")
    left, right = words[: found[0]], words[found[0] + 1 :]
    return Reading(
        _terms(left),
        words[found[0]],
        [[("+", right[0])]] if check == "first in" else _terms(right),
    )


def _terms(words):
    """Words joined by signs make one term."""
    terms, sign = [], ""
    for word in words:
        if word in SIGNS and terms and not sign:
            sign = word
        elif sign:
            terms[-1].append((sign, _part(word)))
            sign = ""
        else:
            terms.append([("+", _part(word))])
    if sign:
        raise ValueError(f"a value after {sign!r}")
    return terms


def _part(word):
    if match := NUMBER.fullmatch(word):
        return float(match[0])
    if match := VALUE.fullmatch(word):
        return Value(
            *(
                part or ""
                for part in match.group("indicator", "relation", "place", "year")
            )
        )
    if match := ROW.fullmatch(word):
        return Row(*(part or "" for part in match.group("table", "key", "column")))
    if match := COUNT.fullmatch(word):
        return Count(
            match["table"], tuple(_condition(c) for c in match["conditions"].split("&"))
        )
    raise ValueError(
        f"a value such as gdp:berlin, a row such as policies/berlin-master-plan, a count such as #measures?place=berlin or a number; not {word!r}"
    )


def _condition(text):
    match = CONDITION.fullmatch(text)
    if not match:
        raise ValueError(
            f"conditions such as place=berlin,cologne or provider!=state; not {text!r}"
        )
    return (
        match["column"],
        match["sign"] == "=",
        tuple(
            "" if v == "-" else v.replace("_", " ") for v in match["values"].split(",")
        ),
    )
