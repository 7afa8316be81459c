"""The right answers to the exercises of kind Compute, in the order of the book.

Each exercise has a function; its label is that of the exercise in its chapter. Where the question is about
one city, the city is a parameter, so that an answer for another city can be told from a wrong computation.
"""

from collections.abc import Callable
from typing import NamedTuple

from fourcities.explorers import covarying
from fourcities.facts import cities, codes_of, observations, of_report, read, value

CHECKS = {}


class Exercise(NamedTuple):
    """What is asked for, the function that computes it, and one likely mistake with its hint."""

    asked: str
    right: Callable
    trap: Callable | None
    says: str


def _exercise(label, asked, trap=None, says=""):
    """Register a function that computes the right answer. trap: a function that makes a likely mistake, says: the hint for it."""

    def register(function):
        CHECKS[label] = Exercise(asked, function, trap, says)
        return function

    return register


@_exercise(
    "introduction-compute",
    "the residents of the largest city divided by those of the smallest",
    trap=lambda: (
        of_report(observations("population"))["value"].max()
        - of_report(observations("population"))["value"].min()
    ),
    says="That is the difference; the check wants the factor.",
)
def _():
    residents = of_report(observations("population"))["value"]
    return residents.max() / residents.min()


@_exercise(
    "basic-data-compute",
    "Hangzhou's residents per sq km if its area were twice the printed one",
)
def _(city="hangzhou"):
    return value("population", city) / (2 * value("area", city))


@_exercise("economy-compute", "Guangzhou's part of the GDP of all cities, in percent")
def _(city="guangzhou"):
    gdp = of_report(observations("gdp")).set_index("place")["value"]
    return gdp[city] / gdp.sum() * 100


@_exercise(
    "population-structure-compute",
    "a dictionary with the number of people outside the floating population, for 'guangzhou' and 'hangzhou'",
)
def _():
    floating = of_report(observations("floating_population")).set_index("place")[
        "value"
    ]
    return {
        city: value("population", city) - people
        for city, people in floating.items()
        if city in cities()
    }


@_exercise(
    "administration-compute",
    "a dictionary with the part of a city's people in an average district, in percent, for each city",
)
def _():
    return (
        100 / of_report(observations("districts")).set_index("place")["value"]
    ).to_dict()


@_exercise(
    "philanthropy-compute",
    "the number of foundations that Berlin would have at Cologne's density",
    trap=lambda: (
        CHECKS["philanthropy-compute"].right() - value("foundations", "berlin")
    ),
    says="That is how many more Berlin would need; the check wants how many in all.",
)
def _():
    return (
        value("foundations", "cologne")
        / value("population", "cologne")
        * value("population", "berlin")
    )


@_exercise(
    "migration-trends-compute",
    "the number of migrant workers in Hangzhou by the stated share",
    trap=lambda: (
        value("floating_population", "hangzhou")
        - CHECKS["migration-trends-compute"].right()
    ),
    says="That is the gap to the floating population; the check wants the workers.",
)
def _(city="hangzhou"):
    return value("migrant_workers_share", city) / 100 * value("population", city)


@_exercise(
    "integration-policies-compute",
    "the list of years with the most dated instruments of the cities, such as [2001, 2002]",
)
def _():
    policies = of_report(read("policies")).query("year != ''")
    counts = (
        policies[policies["place"].isin(cities())]["year"].astype(int).value_counts()
    )
    return set(counts[counts == counts.max()].index)


@_exercise(
    "financial-expenditure-compute",
    "Cologne's integration budget in percent of its spending on services for migrants",
)
def _(city="cologne"):
    return (
        value("integration_budget", city)
        / value("migrant_service_spending", city)
        * 100
    )


@_exercise(
    "employment-compute",
    "a dictionary with the part of the measures whose start is not stated, in percent, for each city",
)
def _():
    jobs = of_report(read("measures")).query("policy_field == 'employment'")
    return ((jobs["starts"] == "").groupby(jobs["place"]).mean() * 100).to_dict()


@_exercise(
    "education-compute",
    "the floating population of Hangzhou in percent of all people, if the total population doesn't include it",
    trap=lambda: (
        value("floating_population", "hangzhou") / value("population", "hangzhou") * 100
    ),
    says="That share takes the total as including them; here they come on top.",
)
def _(city="hangzhou"):
    floating = value("floating_population", city)
    return floating / (floating + value("population", city)) * 100


@_exercise(
    "social-assistance-compute",
    "a dictionary with the number of measures in which an SO takes part, for each city",
)
def _():
    measures = of_report(read("measures")).query("policy_field == 'social-assistance'")
    return (
        measures["provider"]
        .isin(["SO", "both"])
        .groupby(measures["place"])
        .sum()
        .astype(int)
        .to_dict()
    )


@_exercise(
    "vulnerable-groups-compute",
    "the difference between the longest and the shortest stay, in years",
)
def _():
    stays = of_report(observations("stay_required_legal_aid", "stay_required_relief"))[
        "value"
    ]
    return stays.max() - stays.min()


@_exercise(
    "social-organizations-compute",
    "the number of registered SOs that Guangzhou lacks, by all residents",
    trap=lambda: (
        value("so_density_target", "guangzhou")
        * value("population", "guangzhou")
        / 10_000
    ),
    says="That is how many it needs in all; the check wants how many are missing.",
)
def _(city="guangzhou"):
    return value("so_density_target", "guangzhou") * value(
        "population", city
    ) / 10_000 - value("social_organizations_registered", city)


@_exercise(
    "co-operation-compute",
    "Guangzhou's spending in an average year, in U.S. dollars",
    trap=lambda: (
        CHECKS["co-operation-compute"].right() / value("so_budget", "hangzhou")
    ),
    says="That sets it against Hangzhou's budget; the check wants the average itself.",
)
def _():
    start = (
        read("events")
        .set_index("event")
        .at["guangzhou-cooperation", "period_start"]
        .year
    )
    end = int(read("sources").set_index("source").at["ma-guan-2018", "year"])
    return value("so_funding_since_start", "guangzhou") / (end - start + 1)


@_exercise(
    "comparison-compute",
    "the number of codes that Guangzhou and Hangzhou share after the change",
    trap=lambda: int((_codes()["guangzhou"] == _codes()["hangzhou"]).sum()),
    says="That is the number before the change.",
)
def _():
    codes = _codes()
    codes.at["policy_independence", "hangzhou"] = codes.at[
        "policy_independence", "guangzhou"
    ]
    return int((codes["guangzhou"] == codes["hangzhou"]).sum())


@_exercise(
    "final-remarks-compute",
    "the number of Guangzhou's titles that have neither a year nor a year of revision",
)
def _(city="guangzhou"):
    titles = of_report(read("policies")).query("place == @city")
    return int(((titles["year"] == "") & (titles["revised"] == "")).sum())


@_exercise(
    "does-it-hold-compute",
    "the number of registered SOs that Hangzhou lacks to reach Guangzhou's target, by all residents",
)
def _(city="hangzhou"):
    return value("so_density_target", "guangzhou") * value(
        "population", city
    ) / 10_000 - value("social_organizations_registered", city)


@_exercise(
    "designing-a-comparison-compute",
    "the number of conditions that go with the way of funding in every case",
)
def _():
    return len(
        covarying(
            codes_of(
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
            ),
            "funding_mode",
        )
    )


def _codes():
    dimensions = read("dimensions").query("theme == 'comparison'")["dimension"]
    return codes_of(
        "size_class",
        "administrative_status",
        "economic_focus",
        *dimensions,
        places=cities("report"),
    )
