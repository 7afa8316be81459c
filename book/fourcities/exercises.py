"""Checks that students run themselves: they compute the right answer from the data and give a hint, never the answer.

    answer = ...                            # the student's own computation
    fc.check("economy-compute", answer)     # "Right." or a hint

Each exercise of kind Compute has a function below; its label is that of the exercise in its chapter. Where the question is about one city, the city is a
parameter, so that an answer for another city can be told from a wrong computation.
"""

import inspect
import math
from collections.abc import Callable
from numbers import Number
from typing import NamedTuple

import pandas as pd
from IPython.display import Markdown

from .data import of_report, read
from .designs import covarying
from .figures import codes_of
from .indicators import cities, observations, value

CLOSE = 0.006  # a rounded answer is right, and so is one rounded to one or two places
FACTORS = {100: "percent and parts of one", 1e3: "thousands", 1e4: "tens of thousands", 1e5: "hundreds of thousands", 1e6: "millions", 1e9: "billions"}
CHECKS = {}


class Exercise(NamedTuple):
    """What is asked for, the function that computes it, and one likely mistake with its hint."""

    asked: str
    right: Callable
    trap: Callable | None
    says: str


class Blank(Exception):
    """An answer is still to be filled in. Stops the notebook with one line in place of a traceback."""

    def _render_traceback_(self):
        return [str(self)]


def check(label, answer):
    """Compare an answer with the one that the data give.

    label: label of an exercise, such as "economy-compute"; answer: a number, a dictionary with a number for each city (keys as in places.csv,
    "berlin"), or a list of years, as `asked` says.
    Returns “Right.” or a hint as Markdown. Raises Blank if the answer is still `...`, KeyError for an unknown label.
    """
    exercise = _known(label)
    if answer is ...:
        raise Blank(f"Fill in: put {exercise.asked} in the place of the three dots above, then run both cells again.")
    hint = _hint(answer, exercise)
    return Markdown(f"**Not yet.** {hint} Asked for is {exercise.asked}." if hint else "**Right.**")


def asked(label):
    """What an exercise wants as its answer, in words. Raises KeyError for an unknown label."""
    return _known(label).asked


def _known(label):
    if label not in CHECKS:
        raise KeyError(f"unknown exercise {label!r}; there are: {', '.join(CHECKS)}")
    return CHECKS[label]


def _exercise(label, asked, trap=None, says=""):
    """Register a function that computes the right answer. trap: a function that makes a likely mistake, says: the hint for it."""
    def register(function):
        CHECKS[label] = Exercise(asked, function, trap, says)
        return function
    return register


# Hints


def _hint(answer, exercise):
    """What is wrong with an answer; "" if it is right."""
    right = exercise.right()
    if isinstance(answer, pd.Series):
        answer = answer.to_dict()
    if isinstance(right, dict):
        return _hint_cities(answer, right)
    if isinstance(right, set):
        return _hint_years(answer, right)
    if not _is_number(answer):
        return f"The answer is a number, not {_kind(answer)}."
    if _same(answer, right):
        return ""
    if exercise.trap and _same(answer, exercise.trap()):
        return exercise.says
    if "city" in inspect.signature(exercise.right).parameters and any(_same(answer, other) for other in _elsewhere(exercise.right)):
        return "That is the value of another city."
    return _hint_number(answer, right)


def _hint_cities(answer, right):
    if not isinstance(answer, dict):
        return f"The answer is a dictionary with a number for each city, such as {{'berlin': 1.0}}, not {_kind(answer)}."
    missing, unknown = [city for city in right if city not in answer], [key for key in answer if key not in right]
    if missing or unknown:
        return "".join([f"Missing: {', '.join(missing)}. " if missing else "", f"Not asked for: {', '.join(map(str, unknown))}." if unknown else ""]).strip()
    words = {city: f"The answer is a number, not {_kind(answer[city])}." for city in right if not _is_number(answer[city])}
    words |= {city: _hint_number(answer[city], right[city]) for city in right if city not in words and not _same(answer[city], right[city])}
    if len(words) == len(right) and len(set(words.values())) == 1:
        return next(iter(words.values()))
    return " ".join(f"{city}: {text}" for city, text in words.items())


def _hint_years(answer, right):
    if isinstance(answer, (str, dict)) or not hasattr(answer, "__iter__"):
        return f"The answer is a list of years, not {_kind(answer)}."
    years = set(answer)
    if years == right:
        return ""
    return "Not all of these belong there." if years - right else "Some years are missing."


def _hint_number(answer, right):
    for factor, words in FACTORS.items():
        if _same(answer, right * factor) or _same(answer, right / factor):
            return f"The digits are right, the size is not: look for {words}."
    if right and any(_same(answer * right, whole) for whole in (1, 100, 1e4)):
        return "The division is upside down."
    if _same(answer, -right):
        return "The sign is wrong: take the smaller from the larger."
    return "The number is too large." if answer > right else "The number is too small."


def _elsewhere(function):
    """The answers for the other cities, as far as the data have them."""
    own = inspect.signature(function).parameters["city"].default
    for city in cities("report"):
        if city != own:
            try:
                yield function(city)
            except KeyError:
                continue


def _is_number(answer):
    return isinstance(answer, Number) and not isinstance(answer, (bool, complex)) and math.isfinite(answer)


def _same(one, other):
    return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-9) or any(one == round(other, places) != 0 for places in (1, 2))


def _kind(answer):
    names = {str: "text", bool: "True or False", type(None): "nothing", list: "a list", dict: "a dictionary", set: "a set"}
    return "a number that is not finite" if isinstance(answer, float) else names.get(type(answer), f"a {type(answer).__name__}")


# Right answers. Their order is that of the book.


@_exercise("introduction-compute", "the residents of the largest city divided by those of the smallest", trap=lambda: of_report(observations("population"))["value"].max() - of_report(observations("population"))["value"].min(),
           says="That is the difference; the check wants the factor.")
def _():
    residents = of_report(observations("population"))["value"]
    return residents.max() / residents.min()


@_exercise("basic-data-compute", "Hangzhou's residents per sq km if its area were twice the printed one")
def _(city="hangzhou"):
    return value("population", city) / (2 * value("area", city))


@_exercise("economy-compute", "Guangzhou's part of the GDP of all cities, in percent")
def _(city="guangzhou"):
    gdp = of_report(observations("gdp")).set_index("place")["value"]
    return gdp[city] / gdp.sum() * 100


@_exercise("population-structure-compute", "a dictionary with the number of people outside the floating population, for 'guangzhou' and 'hangzhou'")
def _():
    floating = of_report(observations("floating_population")).set_index("place")["value"]
    return {city: value("population", city) - people for city, people in floating.items() if city in cities()}


@_exercise("administration-compute", "a dictionary with the part of a city's people in an average district, in percent, for each city")
def _():
    return (100 / of_report(observations("districts")).set_index("place")["value"]).to_dict()


@_exercise("philanthropy-compute", "the number of foundations that Berlin would have at Cologne's density", trap=lambda: CHECKS["philanthropy-compute"].right() - value("foundations", "berlin"),
           says="That is how many more Berlin would need; the check wants how many in all.")
def _():
    return value("foundations", "cologne") / value("population", "cologne") * value("population", "berlin")


@_exercise("migration-trends-compute", "the number of migrant workers in Hangzhou by the stated share", trap=lambda: value("floating_population", "hangzhou") - CHECKS["migration-trends-compute"].right(),
           says="That is the gap to the floating population; the check wants the workers.")
def _(city="hangzhou"):
    return value("migrant_workers_share", city) / 100 * value("population", city)


@_exercise("integration-policies-compute", "the list of years with the most dated instruments of the cities, such as [2001, 2002]")
def _():
    policies = of_report(read("policies")).query("year != ''")
    counts = policies[policies["place"].isin(cities())]["year"].astype(int).value_counts()
    return set(counts[counts == counts.max()].index)


@_exercise("financial-expenditure-compute", "Cologne's integration budget in percent of its spending on services for migrants")
def _(city="cologne"):
    return value("integration_budget", city) / value("migrant_service_spending", city) * 100


@_exercise("employment-compute", "a dictionary with the part of the measures whose start is not stated, in percent, for each city")
def _():
    jobs = of_report(read("measures")).query("policy_field == 'employment'")
    return ((jobs["starts"] == "").groupby(jobs["place"]).mean() * 100).to_dict()


@_exercise("education-compute", "the floating population of Hangzhou in percent of all people, if the total population doesn't include it",
           trap=lambda: value("floating_population", "hangzhou") / value("population", "hangzhou") * 100,
           says="That share takes the total as including them; here they come on top.")
def _(city="hangzhou"):
    floating = value("floating_population", city)
    return floating / (floating + value("population", city)) * 100


@_exercise("social-assistance-compute", "a dictionary with the number of measures in which an SO takes part, for each city")
def _():
    measures = of_report(read("measures")).query("policy_field == 'social-assistance'")
    return measures["provider"].isin(["SO", "both"]).groupby(measures["place"]).sum().astype(int).to_dict()


@_exercise("vulnerable-groups-compute", "the difference between the longest and the shortest stay, in years")
def _():
    stays = of_report(observations("stay_required_legal_aid", "stay_required_relief"))["value"]
    return stays.max() - stays.min()


@_exercise("social-organizations-compute", "the number of registered SOs that Guangzhou lacks, by all residents", trap=lambda: value("so_density_target", "guangzhou") * value("population", "guangzhou") / 10_000,
           says="That is how many it needs in all; the check wants how many are missing.")
def _(city="guangzhou"):
    return value("so_density_target", "guangzhou") * value("population", city) / 10_000 - value("social_organizations_registered", city)


@_exercise("co-operation-compute", "Guangzhou's spending in an average year, in U.S. dollars", trap=lambda: CHECKS["co-operation-compute"].right() / value("so_budget", "hangzhou"),
           says="That sets it against Hangzhou's budget; the check wants the average itself.")
def _():
    start = read("events").set_index("event").at["guangzhou-cooperation", "period_start"].year
    end = int(read("sources").set_index("source").at["ma-guan-2018", "year"])
    return value("so_funding_since_start", "guangzhou") / (end - start + 1)


@_exercise("comparison-compute", "the number of codes that Guangzhou and Hangzhou share after the change", trap=lambda: int((_codes()["guangzhou"] == _codes()["hangzhou"]).sum()), says="That is the number before the change.")
def _():
    codes = _codes()
    codes.at["policy_independence", "hangzhou"] = codes.at["policy_independence", "guangzhou"]
    return int((codes["guangzhou"] == codes["hangzhou"]).sum())


@_exercise("final-remarks-compute", "the number of Guangzhou's titles that have neither a year nor a year of revision")
def _(city="guangzhou"):
    titles = of_report(read("policies")).query("place == @city")
    return int(((titles["year"] == "") & (titles["revised"] == "")).sum())


@_exercise("does-it-hold-compute", "the number of registered SOs that Hangzhou lacks to reach Guangzhou's target, by all residents")
def _(city="hangzhou"):
    return value("so_density_target", "guangzhou") * value("population", city) / 10_000 - value("social_organizations_registered", city)


@_exercise("designing-a-comparison-compute", "the number of conditions that go with the way of funding in every case")
def _():
    return len(covarying(codes_of("size_class", "administrative_status", "policy_independence", "economic_focus", "migrants_meant", "migration_experience", "integration_concept",
                                  "integration_timing", "legal_aid", "funding_mode", "so_role", places=cities("report")), "funding_mode"))


def _codes():
    dimensions = read("dimensions").query("theme == 'comparison'")["dimension"]
    return codes_of("size_class", "administrative_status", "economic_focus", *dimensions, places=cities("report"))
