"""The right answers to the exercises of kind Compute, in the order of the book.

Each exercise has a function; its label is that of the exercise in its chapter. Where
the question is about one city, the city is a parameter, so that an answer for another
city can be told from a wrong computation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

# A number, a number for each city (keys of places.csv), a city's key, or years.
Answer: TypeAlias = float | str | dict[str, float] | set[int]
# One number or several; where the answer is a number for each city, by city; where it
# is a city, that city's key.
Wrong: TypeAlias = float | list[float] | dict[str, float] | dict[str, list[float]] | str

Compute = TypeVar("Compute", bound=Callable[..., Answer])


class Exercise(NamedTuple):
    """An exercise of kind Compute: its answer, and likely mistakes with their hints."""

    kind: str  # "number", "percent", "count", "city" or "years"
    asked: str  # what is asked for, in words
    right: Callable[..., Answer]  # computes it, perhaps for another city
    row: str  # what a count counts, one of it, such as "title"; else ""
    also: Callable[[], Wrong] | None  # what rounding on the way gives: right as well
    mistakes: Mapping[str, Callable[[], Wrong]]  # by the hint for it


CHECKS: dict[str, Exercise] = {}  # by label, in the order of the book


def _exercise(
    label: str,
    kind: str,
    asked: str,
    row: str = "",
    also: Callable[[], Wrong] | None = None,
    mistakes: Mapping[str, Callable[[], Wrong]] | None = None,
) -> Callable[[Compute], Compute]:
    """Register a function that computes the right answer; the rest as in Exercise."""

    def register(function: Compute) -> Compute:
        CHECKS[label] = Exercise(kind, asked, function, row, also, mistakes or {})
        return function

    return register


def _residents_largest_less_smallest() -> float:
    residents = _by_place("population")
    return residents.max() - residents.min()


def _residents_of_second_cities() -> list[float]:
    smallest, second, *_, next_largest, largest = sorted(_by_place("population"))
    return [largest / second, next_largest / smallest]


@_exercise(
    "introduction-compute",
    "number",
    "the residents of the largest city divided by those of the smallest",
    mistakes={
        "That is the difference; asked for is the factor.": (
            _residents_largest_less_smallest
        ),
        "One of the two cities is the second largest or the second smallest.": (
            _residents_of_second_cities
        ),
    },
)
def residents_largest_by_smallest() -> float:
    residents = _by_place("population")
    return residents.max() / residents.min()


def _density_as_printed() -> float:
    return value("population_density", "hangzhou")


def _density_on_half_the_area() -> float:
    return 2 * value("population_density", "hangzhou")


def _half_the_density_rounded() -> float:
    return round(value("population_density", "hangzhou")) / 2


@_exercise(
    "basic-data-compute",
    "number",
    "Hangzhou's residents per sq km if its area were twice the printed one",
    also=_half_the_density_rounded,
    mistakes={
        "That is the density on the printed area.": _density_as_printed,
        "That is the density on half the area.": _density_on_half_the_area,
    },
)
def density_on_twice_the_area(city: str = "hangzhou") -> float:
    return value("population", city) / (2 * value("area", city))


def _all_gdp() -> float:
    return _by_place("gdp").sum()


def _part_with_a_city_missing() -> list[float]:
    gdp = _by_place("gdp")
    return [gdp["guangzhou"] / (gdp.sum() - one) * 100 for one in gdp]


@_exercise(
    "economy-compute",
    "percent",
    "Guangzhou's part of the GDP of all cities, in percent",
    mistakes={
        "That is the GDP of all cities; asked for is a part of it.": _all_gdp,
        "A city is missing from the sum.": _part_with_a_city_missing,
    },
)
def part_of_all_gdp(city: str = "guangzhou") -> float:
    gdp = _by_place("gdp")
    return gdp[city] / gdp.sum() * 100


def _floating_population() -> dict[str, float]:
    return _dictionary(_by_place("floating_population"))


def _all_residents() -> dict[str, float]:
    return _dictionary(_by_place("population"))


@_exercise(
    "population-structure-compute",
    "number",
    "a dictionary with the number of people outside the floating population, "
    "for 'guangzhou' and 'hangzhou'",
    mistakes={
        "That is the floating population itself.": _floating_population,
        "Those are all residents.": _all_residents,
    },
)
def people_outside_the_floating_population() -> dict[str, float]:
    floating = _by_place("floating_population")
    return {
        city: value("population", city) - floating[city]
        for city in cities()
        if city in floating
    }


def _city_of_the_smallest_average_district() -> str:
    return str((100 / _by_place("districts")).idxmin())


@_exercise(
    "administration-compute",
    "city",
    "the city in which an average district holds the largest part of the people",
    mistakes={
        "There it holds the smallest part: the city has the most districts.": (
            _city_of_the_smallest_average_district
        ),
    },
)
def city_of_the_largest_average_district() -> str:
    return str((100 / _by_place("districts")).idxmax())


def _foundations_that_berlin_lacks() -> float:
    return berlins_foundations_at_colognes_density() - value("foundations", "berlin")


def _foundations_at_the_rounded_density() -> float:
    density = value("foundations", "cologne") / value("population", "cologne")
    return round(density * 100_000, 1) * value("population", "berlin") / 100_000


@_exercise(
    "philanthropy-compute",
    "count",
    "the number of foundations that Berlin would have at Cologne's density",
    row="foundation",
    also=_foundations_at_the_rounded_density,
    mistakes={
        "That is how many more Berlin would need; asked for is how many in all.": (
            _foundations_that_berlin_lacks
        ),
    },
)
def berlins_foundations_at_colognes_density() -> float:
    density = value("foundations", "cologne") / value("population", "cologne")
    return density * value("population", "berlin")


def _floating_population_less_workers() -> float:
    return value("floating_population", "hangzhou") - migrant_workers_by_share()


@_exercise(
    "migration-trends-compute",
    "number",
    "the number of migrant workers in Hangzhou by the stated share",
    mistakes={
        "That is the gap to the floating population; asked for are the workers.": (
            _floating_population_less_workers
        ),
    },
)
def migrant_workers_by_share(city: str = "hangzhou") -> float:
    return value("migrant_workers_share", city) / 100 * value("population", city)


@_exercise(
    "integration-policies-compute",
    "years",
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
    "percent",
    "Cologne's integration budget in percent of its spending on services for migrants",
)
def budget_in_percent_of_spending(city: str = "cologne") -> float:
    budget = value("integration_budget", city)
    return budget / value("migrant_service_spending", city) * 100


def _measures_by_whether_dated() -> pd.DataFrame:
    """How many measures each city has for employment ("size") and of how many the start
    is not stated ("sum").
    """
    jobs = of_report(read("measures")).query("policy_field == 'employment'")
    return (jobs["starts"] == "").groupby(jobs["place"]).agg(["sum", "size"])


def _measures_with_a_start() -> dict[str, float]:
    return {city: 100 - part for city, part in measures_without_a_start().items()}


def _measures_but_one() -> dict[str, list[float]]:
    measures = _measures_by_whether_dated()
    few, many = ((measures["sum"] + step) / measures["size"] * 100 for step in (-1, 1))
    return {city: [few[city], many[city]] for city in measures.index}


def _number_of_measures_without_a_start() -> dict[str, float]:
    return _dictionary(_measures_by_whether_dated()["sum"])


@_exercise(
    "employment-compute",
    "percent",
    "a dictionary with the part of the measures whose start is not stated, in percent, "
    "for each city",
    mistakes={
        "That is a number of measures; asked for is their part in percent.": (
            _number_of_measures_without_a_start
        ),
        "That is the part whose start is stated.": _measures_with_a_start,
        "One measure too many or too few is counted.": _measures_but_one,
    },
)
def measures_without_a_start() -> dict[str, float]:
    measures = _measures_by_whether_dated()
    return _dictionary(measures["sum"] / measures["size"] * 100)


def _floating_share_if_included() -> float:
    floating = value("floating_population", "hangzhou")
    return floating / value("population", "hangzhou") * 100


def _share_of_the_others() -> float:
    return 100 - floating_share_if_on_top()


@_exercise(
    "education-compute",
    "percent",
    "the floating population of Hangzhou in percent of all people, "
    "if the total population doesn't include it",
    mistakes={
        "That share takes the total as including them; here they come on top.": (
            _floating_share_if_included
        ),
        "That is the share of the others.": _share_of_the_others,
    },
)
def floating_share_if_on_top(city: str = "hangzhou") -> float:
    floating = value("floating_population", city)
    return floating / (floating + value("population", city)) * 100


def _measures_by(*providers: str) -> dict[str, float]:
    measures = of_report(read("measures")).query("policy_field == 'social-assistance'")
    takes_part = measures["provider"].isin(providers)
    return _dictionary(takes_part.groupby(measures["place"]).sum())


def _measures_of_organizations_alone() -> dict[str, float]:
    return _measures_by("SO")


@_exercise(
    "social-assistance-compute",
    "count",
    "a dictionary with the number of measures in which an SO takes part, for each city",
    row="measure",
    mistakes={
        "An SO takes part, too, where the provider is “both”.": (
            _measures_of_organizations_alone
        ),
    },
)
def measures_with_organizations() -> dict[str, float]:
    return _measures_by("SO", "both")


def _stays() -> pd.Series[float]:
    rows = observations("stay_required_legal_aid", "stay_required_relief")
    return of_report(rows)["value"]


def _longest_stay() -> float:
    return _stays().max()


@_exercise(
    "vulnerable-groups-compute",
    "number",
    "the difference between the longest and the shortest stay, in years",
    mistakes={
        "That is the longest stay itself, or it divided by the shortest.": (
            _longest_stay
        ),
    },
)
def longest_less_shortest_stay() -> float:
    return _stays().max() - _stays().min()


def _organizations_that_guangzhou_needs() -> float:
    return _organizations_at_the_target("guangzhou")


def _organizations_below_the_target_without_floating() -> float:
    residents = value("population", "guangzhou")
    settled = residents - value("floating_population", "guangzhou")
    needed = _organizations_at_the_target("guangzhou") * settled / residents
    return needed - value("social_organizations_registered", "guangzhou")


def _organizations_beyond_the_target_without_floating() -> float:
    return -_organizations_below_the_target_without_floating()


@_exercise(
    "social-organizations-compute",
    "count",
    "the number of registered SOs that Guangzhou lacks, by all residents",
    row="organization",
    mistakes={
        "That is how many it needs in all; asked for is how many are missing.": (
            _organizations_that_guangzhou_needs
        ),
        "That leaves the floating population out; asked for is by all residents.": (
            _organizations_beyond_the_target_without_floating
        ),
    },
)
def organizations_that_guangzhou_lacks(city: str = "guangzhou") -> float:
    return _organizations_below_the_target(city)


def _years_of_spending() -> int:
    start: int = lookup("events", "period_start")["guangzhou-cooperation"].year
    return int(lookup("sources", "year")["ma-guan-2018"]) - start + 1


def _average_year_by_hangzhous_budget() -> float:
    return spending_in_an_average_year() / value("so_budget", "hangzhou")


def _average_with_a_year_too_many_or_too_few() -> list[float]:
    spent, years = value("so_funding_since_start", "guangzhou"), _years_of_spending()
    return [spent / (years - 1), spent / (years + 1)]


@_exercise(
    "co-operation-compute",
    "number",
    "Guangzhou's spending in an average year, in U.S. dollars",
    mistakes={
        "That sets it against Hangzhou's budget; asked for is the average itself.": (
            _average_year_by_hangzhous_budget
        ),
        "One calendar year too many or too few is counted: the first and the last one "
        "both belong to it.": _average_with_a_year_too_many_or_too_few,
    },
)
def spending_in_an_average_year() -> float:
    return value("so_funding_since_start", "guangzhou") / _years_of_spending()


def _codes_shared_before_the_change() -> int:
    codes = _codes_compared()
    return int((codes["guangzhou"] == codes["hangzhou"]).sum())


@_exercise(
    "comparison-compute",
    "count",
    "the number of codes that Guangzhou and Hangzhou share after the change",
    row="code",
    mistakes={"That is the number before the change.": _codes_shared_before_the_change},
)
def codes_shared_after_the_change() -> int:
    codes = _codes_compared()
    code = str(codes.at["policy_independence", "guangzhou"])
    changed = recoded(codes, {("hangzhou", "policy_independence"): code})
    return int((changed["guangzhou"] == changed["hangzhou"]).sum())


def _undated_titles(city: str) -> pd.Series[bool]:
    """Whether a title that the report names for a city has no year, by the instrument:
    one that is named twice has two titles.
    """
    titles = of_report(read("policies")).query("place == @city")
    named_twice = titles["same_as"].where(titles["same_as"] != "", titles["policy"])
    instrument = named_twice.where(named_twice < titles["policy"], titles["policy"])
    undated: pd.Series[bool] = (titles["year"] == "") & (titles["revised"] == "")
    return undated.set_axis(instrument)


def _titles_without_a_year_where_they_stand() -> int:
    return int(_undated_titles("guangzhou").sum())


@_exercise(
    "final-remarks-compute",
    "count",
    "the number of Guangzhou's titles that have neither a year nor a year of revision",
    row="title",
    mistakes={
        "One of these titles is named a second time, with a year.": (
            _titles_without_a_year_where_they_stand
        ),
    },
)
def titles_without_any_year(city: str = "guangzhou") -> int:
    return int(_undated_titles(city).groupby(level=0).all().sum())


def _organizations_that_hangzhou_needs() -> float:
    return _organizations_at_the_target("hangzhou")


@_exercise(
    "does-it-hold-compute",
    "count",
    "the number of registered SOs that Hangzhou lacks to reach Guangzhou's target, "
    "by all residents",
    row="organization",
    mistakes={
        "That is how many it needs in all; asked for is how many are missing.": (
            _organizations_that_hangzhou_needs
        ),
    },
)
def organizations_that_hangzhou_lacks(city: str = "hangzhou") -> float:
    return _organizations_below_the_target(city)


def _measures_with_any_condition() -> int:
    return int((of_report(read("measures"))["condition"] != "").sum())


@_exercise(
    "concepts-compute",
    "count",
    "the number of measures that hang on a need",
    row="measure",
    mistakes={
        "That counts every condition; only a need has to be judged.": (
            _measures_with_any_condition
        )
    },
)
def measures_that_hang_on_a_need() -> int:
    return int((of_report(read("measures"))["condition"] == "need").sum())


def _conditions_with_the_outcome() -> int:
    return conditions_that_go_with_funding() + 1


@_exercise(
    "designing-a-comparison-compute",
    "count",
    "the number of conditions that go with the way of funding in every case",
    row="condition",
    mistakes={
        "One too many: is the outcome itself among them?": _conditions_with_the_outcome
    },
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


def _residents_in_all() -> float:
    return _by_place("population").sum()


def _average_with_a_city_too_many_or_too_few() -> list[float]:
    residents = _by_place("population")
    without_one = residents.sum() - residents
    return [
        *without_one / len(residents),
        *without_one / (len(residents) - 1),
        residents.sum() / (len(residents) - 1),
        residents.sum() / (len(residents) + 1),
    ]


@_exercise(
    "first-notebook-compute",
    "number",
    "the average number of residents of the cities",
    mistakes={
        "That is the sum; divide it by the number of cities.": _residents_in_all,
        "One city too many or too few is in the sum or in the division.": (
            _average_with_a_city_too_many_or_too_few
        ),
    },
)
def residents_of_an_average_city() -> float:
    return _by_place("population").mean()


def _by_place(indicator: str) -> pd.Series[float]:
    """The report's values of an indicator, by key of the place."""
    return of_report(observations(indicator)).set_index("place")["value"]


def _dictionary(numbers: pd.Series) -> dict[str, float]:
    """A number for each place, by its key."""
    return dict(zip(numbers.index, numbers))


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
