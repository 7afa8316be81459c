"""What hangs on a choice that the report leaves open: a conclusion is worked out for each choice, and those that flip are told.

Every choice stands in ASSUMPTIONS, every conclusion is a function of the choices that matter for it.
"""

import inspect
import itertools

import pandas as pd

from fourcities.explorers import TableExplorer
from fourcities.facts import fmt, value

from .conclusions import CONCLUSIONS, PRINTED, outside_figure


def assumptions():
    """The choices: {assumption: (question, {choice: label})}. The first choice of each is the report's, or the one nearest to it."""
    guess = outside_figure("yuan-per-usd")
    rates = sorted(
        {guess, *(guess + step for step in (-0.6, -0.3, 0.3, 0.6))},
        key=lambda rate: (rate != guess, rate),
    )
    area, other = value("area", "hangzhou"), outside_figure("hangzhou-area-2002")
    return {
        "rate": (
            "Yuan for a U.S. dollar in the report's conversion",
            {
                f"{rate:.2f}": f"{rate:.2f}"
                + (" (guess)" if rate == guess else " (trial)")
                for rate in rates
            },
        ),
        "years": (
            "Years from 2015 to 2020",
            {"6": "6, both ends counted", "5": "5, the difference"},
        ),
        "residents": (
            "Residents of the Chinese cities",
            {"all": "all, as printed", "settled": "without the floating population"},
        ),
        "area": (
            "Area of Hangzhou",
            {
                PRINTED: f"{fmt(area)} sq km, as printed",
                "outside": f"{fmt(other)} sq km, outside figure",
            },
        ),
    }


def sensitivity():
    """Each conclusion for each choice that matters for it.

    Returns one row for each: conclusion (key), words (the conclusion in a sentence), rate, years, residents, area (the choice; "" if it does not
    matter), holds (True or False), finding (the numbers), flips ("never", or the assumptions that must be chosen to make it hold or fall).
    """
    choices = {key: list(options) for key, (_, options) in assumptions().items()}
    rows = []
    for function in CONCLUSIONS:
        used = list(inspect.signature(function).parameters)
        for picked in itertools.product(*(choices[key] for key in used)):
            holds, finding = function(*picked)
            rows.append(
                {
                    "conclusion": function.__name__.replace("_", "-"),
                    "words": " ".join(function.__doc__.split()),
                    **dict.fromkeys(choices, ""),
                    **dict(zip(used, picked)),
                    "holds": bool(holds),
                    "finding": finding,
                }
            )
    table = pd.DataFrame(rows)
    table["flips"] = table["conclusion"].map(
        {name: _flips(group, choices) for name, group in table.groupby("conclusion")}
    )
    return table


class AssumptionExplorer(TableExplorer):
    """Choose what the report leaves open, and see which conclusions hold. label: name to refer to it by. `frame()` gives the rows shown."""

    def __init__(self, label="assumptions"):
        facets = {
            key: (question, "one", options)
            for key, (question, options) in assumptions().items()
        }
        rows = [
            {
                "key": "-".join(
                    filter(
                        None,
                        [
                            row["conclusion"],
                            *(
                                str(row[key]).replace(".", "")
                                for key in facets
                                if row[key]
                            ),
                        ],
                    )
                ),
                "tags": {key: row[key] for key in facets if row[key]},
                "cells": [
                    row["words"],
                    "holds" if row["holds"] else "does not hold",
                    row["finding"],
                    row["flips"],
                ],
            }
            for _, row in sensitivity().iterrows()
        ]
        super().__init__(
            ["Conclusion", "On this choice", "The numbers", "Changes with"],
            rows,
            facets,
            "Conclusions under the chosen assumptions",
            label,
            words=False,
        )


def _flips(rows, assumed):
    """The assumptions that change the outcome while the others stay as they are."""
    found = []
    for key in assumed:
        others = [k for k in assumed if k != key]
        if (rows.groupby(others)["holds"].nunique() > 1).any():
            found.append(key)
    return ", ".join(found) or "never"
