"""The key figures of a profile: values of a city and its rank among the cities."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from fourcities.facts import (
    by_place,
    lookup,
    observations,
    read,
    state_of,
    written,
)
from fourcities.presentation import list_of, table

from .frame import listed
from .origins import stands

# Sections with tables of the report, and from 5.1 the counts of organizations.
SECTIONS = ("2.1", "2.2", "2.3", "2.4")
ORGANIZATIONS = ("foundations", "social_organizations_registered")


class Ranking(NamedTuple):
    """The cities by an indicator."""

    latest: dict[str, dict[str, Any]]  # the latest row of each city that has one
    values: list[float]  # theirs, from the smallest

    def rank(self, city: str) -> str:
        """The place of a city from the largest value: "2 of 4", with hard blanks."""
        count = len(self.values)
        larger = count - bisect_right(self.values, self.latest[city]["value"])
        return f"{larger + 1}\u00a0of\u00a0{count}"


def key_figures(city: str) -> Markup:
    """The key figures of a city in two tables, below them what flags and gaps mean."""
    labels = lookup("indicators", "label")
    records: list[dict[str, str]] = []
    absent: list[str] = []
    flags: list[str] = []
    for indicator in _indicators():
        ranking = _ranking(indicator, state_of())
        if city in ranking.latest:
            records.append(_record(labels[indicator], ranking, city))
            flags.append(ranking.latest[city]["flag"])
        else:
            absent.append(labels[indicator])
    return Markup('<div class="columns">{}</div><ul class="notes">{}</ul>').format(
        _tables(records), listed(_notes(flags, absent))
    )


def _indicators() -> list[str]:
    """Those of a profile: of the report's tables, and counts of organizations."""
    indicators = read("indicators")
    wanted = indicators["section"].isin(SECTIONS) & (indicators["recomputes"] == "")
    return [*indicators.loc[wanted, "indicator"], *ORGANIZATIONS]


@lru_cache(maxsize=100)
def _ranking(indicator: str, state: object) -> Ranking:
    """The cities by an indicator; worked out once for all profiles."""
    latest = {
        place: rows[-1] for place, rows in by_place(observations(indicator)).items()
    }
    return Ranking(latest, sorted(row["value"] for row in latest.values()))


def _record(label: str, ranking: Ranking, city: str) -> dict[str, str]:
    """An indicator's row of the table."""
    row = ranking.latest[city]
    flag = Markup("<sup>{}</sup>").format(row["flag"]) if row["flag"] else ""
    return {
        "Indicator": label,
        "Value": Markup("{}{}").format(written(row), flag),
        "Period": row["period"],
        "From": "computed" if row["formula"] else stands(row),
        "Rank": ranking.rank(city),
    }


def _tables(records: list[dict[str, str]]) -> Markup:
    """The records in two tables, which stand side by side."""
    middle = (len(records) + 1) // 2
    tables = Markup("")
    for number, half in enumerate((records[:middle], records[middle:]), 1):
        if half:
            caption = (
                f"Key figures ({number} of 2); "
                "rank among the cities that report it, from the largest"
            )
            made = table(pd.DataFrame(half), caption, f"key-figures-{number}")
            tables += Markup(made.html)
    return tables


def _notes(flags: Iterable[str], absent: list[str]) -> list[str]:
    """What each flag means, and which indicators are not reported."""
    labels = read("flags").set_index("flag")["label"]
    notes = [
        f"{flag} = {labels[flag]}: see the chapters for what differs."
        for flag in dict.fromkeys(flags)
        if flag
    ]
    if absent:
        notes.append(f"Not reported: {list_of(absent)}.")
    return notes
