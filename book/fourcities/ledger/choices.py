"""What hangs on a choice that the report leaves open.

A conclusion is worked out for each choice, and those that flip are told. Every choice
stands in `assumptions`, every conclusion is a function of the choices that matter for
it.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from fourcities.explorers import Facet, TableExplorer, TableRow
from fourcities.facts import Cells, fmt, state_of, value

from .conclusions import (
    CONCLUSIONS,
    OTHERWISE,
    PRINTED,
    Conclusion,
    berlin_asylum,
    berlin_people,
    cologne_people,
    outside_figure,
)

# What a row of `sensitivity` is.
NOUN = (
    "combination of a conclusion and choices",
    "combinations of a conclusion and choices",
)


def assumptions() -> dict[str, tuple[str, dict[str, str]]]:
    """The choices that the report leaves open.

    Returns
    -------
    dict
        {assumption: (question, {choice: label})}. The first choice of each is the
        report's, or the one nearest to it. The rates (yuan for a U.S. dollar) and what
        can stand in for a printed value (areas in sq km, residents, asylum seekers)
        come from data/outside_figures.csv.

    Examples
    --------
    >>> question, choices = assumptions()["years"]
    >>> question
    'Years from 2015 to 2020'
    >>> choices
    {'6': '6 (both ends counted)', '5': '5 (the difference)'}
    """
    area, other_area = value("area", "hangzhou"), outside_figure("hangzhou-area-2002")
    return {
        "rate": ("Yuan for a U.S. dollar in the report's conversion", _rates()),
        "years": (
            "Years from 2015 to 2020",
            {"6": "6 (both ends counted)", "5": "5 (the difference)"},
        ),
        "residents": (
            "Residents of the Chinese cities",
            {"all": "all, as printed", "settled": "without the floating population"},
        ),
        "area": (
            "Area of Hangzhou",
            {
                PRINTED: f"{fmt(area)} sq km, as printed",
                OTHERWISE: f"{fmt(other_area)} sq km, outside figure",
            },
        ),
        **_counts_of_people(),
    }


def _counts_of_people() -> dict[str, tuple[str, dict[str, str]]]:
    """What can stand in for a printed number of people."""
    printed = "{}, as printed"
    berlin = {PRINTED: printed, OTHERWISE: "{}, official update (outside figure)"}
    cologne = {
        PRINTED: printed,
        "update": "{}, official update (outside figure)",
        "register": "{}, the city's register (outside figure)",
    }
    asylum = {PRINTED: printed, OTHERWISE: "{} taken in (outside figure)"}
    kinds = [
        ("berlin", "Residents of Berlin", berlin, berlin_people),
        ("cologne", "Residents of Cologne", cologne, cologne_people),
        ("asylum", "Asylum seekers in Berlin in 2015", asylum, berlin_asylum),
    ]
    return {
        key: (
            question,
            {
                choice: words.format(fmt(count(choice)))
                for choice, words in options.items()
            },
        )
        for key, question, options, count in kinds
    }


def _rates() -> dict[str, str]:
    """Rates of exchange with their labels: the guessed one, then some around it."""
    guess = outside_figure("yuan-per-usd")
    trials = [guess + step for step in (-0.6, -0.3, 0.3, 0.6)]
    return {f"{guess:.2f}": f"{guess:.2f} (guess)"} | {
        f"{rate:.2f}": f"{rate:.2f} (trial)" for rate in trials
    }


def sensitivity() -> pd.DataFrame:
    """Each conclusion for each choice that matters for it.

    Returns
    -------
    DataFrame
        One row for each: conclusion (key), words (the conclusion in a sentence), rate,
        years, residents, area, berlin, cologne, asylum (the choice, a key of
        `assumptions`; "" if it does not matter), holds (True or False), finding (the
        numbers), flips ("never", or the assumptions that must be chosen to make it hold
        or fall).

    Examples
    --------
    >>> found = sensitivity().set_index("conclusion")
    >>> found.loc["prices-ten-times-apart", "flips"].unique().tolist()
    ['never']
    >>> found.loc["guangzhou-reaches-its-target", "holds"].tolist()
    [False, True]
    """
    return _sensitivity(state_of()).copy()


@lru_cache(maxsize=1)
def _sensitivity(state: Hashable) -> pd.DataFrame:
    """All of it, worked out once for each state of the data."""
    choices = {key: list(options) for key, (_, options) in assumptions().items()}
    table = pd.DataFrame(
        [row for function in CONCLUSIONS for row in _worked_out(function, choices)]
    )
    flips = {
        conclusion: _flips(rows, choices)
        for conclusion, rows in table.groupby("conclusion")
    }
    table["flips"] = table["conclusion"].map(flips)
    return table


def _worked_out(
    conclusion: Conclusion, choices: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, object]]:
    """The rows of `sensitivity` for one conclusion, as yet without flips."""
    matter = list(inspect.signature(conclusion).parameters)
    for picks in itertools.product(*(choices[assumption] for assumption in matter)):
        holds, finding = conclusion(*picks)
        yield {
            "conclusion": conclusion.__name__.replace("_", "-"),
            "words": " ".join((conclusion.__doc__ or "").split()),
            **dict.fromkeys(choices, ""),
            **dict(zip(matter, picks)),
            "holds": bool(holds),
            "finding": finding,
        }


def _flips(rows: pd.DataFrame, choices: Mapping[str, Sequence[str]]) -> str:
    """The assumptions that change the outcome while the others stay as they are."""
    found = []
    for assumption in choices:
        others = [other for other in choices if other != assumption]
        outcomes = rows.groupby(others)["holds"].nunique()
        if (outcomes > 1).any():
            found.append(assumption)
    return ", ".join(found) or "never"


class AssumptionExplorer(TableExplorer):
    """Choose what the report leaves open, and see which conclusions hold.

    `frame()` gives the rows shown.

    Parameters
    ----------
    label : str
        Name to refer to it by.
    """

    def __init__(self, label: str = "assumptions") -> None:
        facets: dict[str, Facet] = {
            assumption: (question, "one", options)
            for assumption, (question, options) in assumptions().items()
        }
        super().__init__(
            ["Conclusion", "On this choice", "The numbers", "Changes with"],
            [_row(row, facets) for _, row in sensitivity().iterrows()],
            facets,
            "Conclusions under the chosen assumptions",
            label,
            words=False,
            noun=NOUN,
        )


def _row(row: Cells, facets: Mapping[str, Facet]) -> TableRow:
    """A row of `sensitivity` as a row of the explorer."""
    picks = {facet: row[facet] for facet in facets if row[facet]}
    key_parts = [row["conclusion"], *(pick.replace(".", "") for pick in picks.values())]
    questions = [
        facets[facet][0] for facet in row["flips"].split(", ") if facet in facets
    ]
    return {
        "key": "-".join(key_parts),
        "tags": picks,
        "cells": [
            row["words"],
            "holds" if row["holds"] else "does not hold",
            row["finding"],
            "; ".join(questions) or "nothing",
        ],
    }
