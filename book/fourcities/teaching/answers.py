"""The right answers to the exercises of kind Compute, in the order of the book.

Each exercise has a function; its label is that of the exercise in its chapter. Where
the question is about one city, the city is a parameter, so that an answer for another
city can be told from a wrong computation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias, TypeVar

import pandas as pd

from fourcities.explorers import covarying, recoded
from fourcities.facts import (
    cities,
    codes_of,
    lookup,
    observations,
    of_report,
    read,
    value,
)

# A number, a number for each city (keys of places.csv), or years.
Answer: TypeAlias = float | dict[str, float] | set[int]

Compute = TypeVar("Compute", bound=Callable[..., Answer])


class Exercise(NamedTuple):
    """An exercise of kind Compute: its answer, and one likely mistake with its hint."""

    asked: str  # what is asked for, in words
    right: Callable[..., Answer]  # computes it, perhaps for another city
    trap: Callable[[], float] | None  # makes the mistake
    says: str  # the hint


CHECKS: dict[str, Exercise] = {}  # by label, in the order of the book


def _exercise(
    label: str,
    asked: str,
    trap: Callable[[], float] | None = None,
    says: str = "",
) -> Callable[[Compute], Compute]:
    """Register a function that computes the right answer.

    trap: a function that makes a likely mistake, says: the hint for it.
    """

    def register(function: Compute) -> Compute:
        CHECKS[label] = Exercise(asked, function, trap, says)
        return function

    return register


def _residents_largest_less_smallest() -> float:
    residents = _residents()
    return residents.max() - residents.min()


@_exercise(
    "introduction-compute",
    "the residents of the largest city divided by those of the smallest",
    trap=_residents_largest_less_smallest,
    says="That is the difference; the check wants the factor.",
)
def residents_largest_by_smallest() -> float:
    residents = _residents()
    return residents.max() / residents.min()


@_exercise(
    "basic-data-compute",
    "Hangzhou's residents per sq km if its area were twice the printed one",
)
def density_on_twice_the_area(city: str = "hangzhou") -> float:
    return value("population", city) / (2 * value("area", city))


@_exercise("economy-compute", "Guangzhou's part of the GDP of all cities, in percent")
def part_of_all_gdp(city: str = "guangzhou") -> float:
    gdp = _by_place("gdp")
    return gdp[city] / gdp.sum() * 100


@_exercise(
    "population-structure-compute",
    "a dictionary with the number of people outside the floating population, "
    "for 'guangzhou' and 'hangzhou'",
)
def people_outside_the_floating_population() -> dict[str, float]:
    floating = _by_place("floating_population")
    return {
        city: value("population", city) - floating[city]
        for city in cities()
        if city in floating
    }


@_exercise(
    "administration-compute",
    "a dictionary with the part of a city's people in an average district, in percent, "
    "for each city",
)
def part_in_an_average_district() -> dict[str, float]:
    return _dictionary(100 / _by_place("districts"))


def _foundations_that_berlin_lacks() -> float:
    return berlins_foundations_at_colognes_density() - value("foundations", "berlin")


@_exercise(
    "philanthropy-compute",
    "the number of foundations that Berlin would have at Cologne's density",
    trap=_foundations_that_berlin_lacks,
    says="That is how many more Berlin would need; the check wants how many in all.",
)
def berlins_foundations_at_colognes_density() -> float:
    density = value("foundations", "cologne") / value("population", "cologne")
    return density * value("population", "berlin")


def _floating_population_less_workers() -> float:
    return value("floating_population", "hangzhou") - migrant_workers_by_share()


@_exercise(
    "migration-trends-compute",
    "the number of migrant workers in Hangzhou by the stated share",
    trap=_floating_population_less_workers,
    says="That is the gap to the floating population; the check wants the workers.",
)
def migrant_workers_by_share(city: str = "hangzhou") -> float:
    return value("migrant_workers_share", city) / 100 * value("population", city)


@_exercise(
    "integration-policies-compute",
    "the list of years with the most dated instruments of the cities, "
    "such as [2001, 2002]",
)
def years_with_most_instruments() -> set[int]:
    policies = of_report(read("policies")).query("year != ''")
    of_cities = policies[policies["place"].isin(cities())]
    counts = of_cities["year"].astype(int).value_counts()
    return set(counts[counts == counts.max()].index)


@_exercise(
    "financial-expenditure-compute",
    "Cologne's integration budget in percent of its spending on services for migrants",
)
def budget_in_percent_of_spending(city: str = "cologne") -> float:
    budget = value("integration_budget", city)
    return budget / value("migrant_service_spending", city) * 100


@_exercise(
    "employment-compute",
    "a dictionary with the part of the measures whose start is not stated, in percent, "
    "for each city",
)
def measures_without_a_start() -> dict[str, float]:
    jobs = of_report(read("measures")).query("policy_field == 'employment'")
    not_stated = jobs["starts"] == ""
    return _dictionary(not_stated.groupby(jobs["place"]).mean() * 100)


def _floating_share_if_included() -> float:
    floating = value("floating_population", "hangzhou")
    return floating / value("population", "hangzhou") * 100


@_exercise(
    "education-compute",
    "the floating population of Hangzhou in percent of all people, "
    "if the total population doesn't include it",
    trap=_floating_share_if_included,
    says="That share takes the total as including them; here they come on top.",
)
def floating_share_if_on_top(city: str = "hangzhou") -> float:
    floating = value("floating_population", city)
    return floating / (floating + value("population", city)) * 100


@_exercise(
    "social-assistance-compute",
    "a dictionary with the number of measures in which an SO takes part, for each city",
)
def measures_with_organizations() -> dict[str, float]:
    measures = of_report(read("measures")).query("policy_field == 'social-assistance'")
    takes_part = measures["provider"].isin(["SO", "both"])
    return _dictionary(takes_part.groupby(measures["place"]).sum().astype(int))


@_exercise(
    "vulnerable-groups-compute",
    "the difference between the longest and the shortest stay, in years",
)
def longest_less_shortest_stay() -> float:
    rows = observations("stay_required_legal_aid", "stay_required_relief")
    stays: pd.Series[float] = of_report(rows)["value"]
    return stays.max() - stays.min()


def _organizations_that_guangzhou_needs() -> float:
    return _organizations_at_the_target("guangzhou")


@_exercise(
    "social-organizations-compute",
    "the number of registered SOs that Guangzhou lacks, by all residents",
    trap=_organizations_that_guangzhou_needs,
    says="That is how many it needs in all; the check wants how many are missing.",
)
def organizations_that_guangzhou_lacks(city: str = "guangzhou") -> float:
    return _organizations_below_the_target(city)


def _average_year_by_hangzhous_budget() -> float:
    return spending_in_an_average_year() / value("so_budget", "hangzhou")


@_exercise(
    "co-operation-compute",
    "Guangzhou's spending in an average year, in U.S. dollars",
    trap=_average_year_by_hangzhous_budget,
    says="That sets it against Hangzhou's budget; the check wants the average itself.",
)
def spending_in_an_average_year() -> float:
    start = lookup("events", "period_start")["guangzhou-cooperation"].year
    end = int(lookup("sources", "year")["ma-guan-2018"])
    years: int = end - start + 1
    return value("so_funding_since_start", "guangzhou") / years


def _codes_shared_before_the_change() -> int:
    codes = _codes_compared()
    return int((codes["guangzhou"] == codes["hangzhou"]).sum())


@_exercise(
    "comparison-compute",
    "the number of codes that Guangzhou and Hangzhou share after the change",
    trap=_codes_shared_before_the_change,
    says="That is the number before the change.",
)
def codes_shared_after_the_change() -> int:
    codes = _codes_compared()
    code = str(codes.at["policy_independence", "guangzhou"])
    changed = recoded(codes, {("hangzhou", "policy_independence"): code})
    return int((changed["guangzhou"] == changed["hangzhou"]).sum())


@_exercise(
    "final-remarks-compute",
    "the number of Guangzhou's titles that have neither a year nor a year of revision",
)
def titles_without_any_year(city: str = "guangzhou") -> int:
    titles = of_report(read("policies")).query("place == @city")
    return int(((titles["year"] == "") & (titles["revised"] == "")).sum())


@_exercise(
    "does-it-hold-compute",
    "the number of registered SOs that Hangzhou lacks to reach Guangzhou's target, "
    "by all residents",
)
def organizations_that_hangzhou_lacks(city: str = "hangzhou") -> float:
    return _organizations_below_the_target(city)


@_exercise(
    "designing-a-comparison-compute",
    "the number of conditions that go with the way of funding in every case",
)
def conditions_that_go_with_funding() -> int:
    codes = codes_of(
        "size_class",
        "administrative_status",
        "policy_independence",
        "economic_focus",
        "migrants_meant",
        "migration_experience",
        "integration_concept",
        "integration_timing",
        "legal_aid",
        "funding_mode",
        "so_role",
        places=cities("report"),
    )
    return len(covarying(codes, "funding_mode"))


def _by_place(indicator: str) -> pd.Series[float]:
    """The report's values of an indicator, by key of the place."""
    return of_report(observations(indicator)).set_index("place")["value"]


def _dictionary(numbers: pd.Series) -> dict[str, float]:
    """A number for each place, by its key."""
    return dict(zip(numbers.index, numbers))


def _residents() -> pd.Series[float]:
    return _by_place("population")


def _organizations_at_the_target(city: str) -> float:
    """How many registered SOs a city would have at Guangzhou's target per 10,000
    residents.
    """
    target = value("so_density_target", "guangzhou")
    return target * value("population", city) / 10_000


def _organizations_below_the_target(city: str) -> float:
    registered = value("social_organizations_registered", city)
    return _organizations_at_the_target(city) - registered


def _codes_compared() -> pd.DataFrame:
    """The codes of the report's comparison: a row for each dimension, a column for each
    city of the report.
    """
    dimensions = read("dimensions").query("theme == 'comparison'")["dimension"]
    return codes_of(
        "size_class",
        "administrative_status",
        "economic_focus",
        *dimensions,
        places=cities("report"),
    )
