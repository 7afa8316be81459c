"""Conclusions that hang on a choice: each in a sentence, and what it takes.

The docstring of each function in CONCLUSIONS is the conclusion as the ledger prints it;
its parameters are the choices that matter for it, with values as in `assumptions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from fourcities.facts import about, fmt, lookup, observations, round_as_printed, value

PRINTED = "printed"
OTHERWISE = "outside"  # where there is one outside figure for the printed value


class Tested(NamedTuple):
    """What a conclusion comes to for one choice."""

    holds: bool
    finding: str  # the numbers, in a sentence


Conclusion: TypeAlias = Callable[..., Tested]


def outside_figure(figure: str) -> float:
    """A value from data/outside_figures.csv, in its unit there."""
    amount: float = lookup("outside_figures", "value")[figure]
    return amount


def berlin_people(berlin: str) -> float:
    """Residents of Berlin, as printed or by the outside figure."""
    if berlin == PRINTED:
        return value("population", "berlin")
    return outside_figure("berlin-population-update")


def cologne_people(cologne: str) -> float:
    """Residents of Cologne, as printed or by one of the outside figures."""
    if cologne == PRINTED:
        return value("population", "cologne")
    return outside_figure(f"cologne-population-{cologne}")


def berlin_asylum(asylum: str) -> float:
    """Asylum seekers in Berlin in 2015, as printed or by the outside figure that can be
    compared with the printed one of 2016.
    """
    if asylum == PRINTED:
        return _asylum("berlin", 2015)
    return outside_figure("berlin-asylum-2015-taken-in")


def _asylum(city: str, year: int) -> float:
    """Asylum seekers in a city in a year, as printed."""
    rows = observations("asylum_seekers", places=[city], period=year)
    number: float = rows["value"].iloc[-1]
    return number


def _gdp_per_german(city: str, people: float) -> float:
    """GDP of a German city for each resident; as printed for the printed residents."""
    if people == value("population", city):
        return value("gdp_per_capita", city)
    return value("gdp", city) / people


def _residents(city: str, residents: str) -> float:
    """People of a city, all or without the floating population."""
    people = value("population", city)
    if residents == "settled":
        people = people - value("floating_population", city)
    return people


def _organizations(city: str, residents: str) -> float:
    """Registered social organizations per 10,000 residents."""
    registered = value("social_organizations_registered", city)
    return registered / _residents(city, residents) * 1e4


def _dollars(amount: float, rate: str) -> float:
    """A Chinese dollar amount, taken back to yuan at `rate` and then to dollars at the
    guessed one.
    """
    return amount * float(rate) / outside_figure("yuan-per-usd")


def _gdp_per_head(city: str, rate: str, residents: str) -> float:
    """GDP of a Chinese city for each resident, in U.S. dollars."""
    return _dollars(value("gdp", city), rate) / _residents(city, residents)


def guangzhou_reaches_its_target(residents: str) -> Tested:
    """Guangzhou has reached its target for social organizations."""
    density = _organizations("guangzhou", residents)
    target = value("so_density_target", "guangzhou")
    return Tested(
        density >= target,
        f"{fmt(density, 1)} registered SOs per 10,000 residents; "
        f"the target is at least {fmt(target, 1)}.",
    )


def hangzhou_denser_in_organizations(residents: str) -> Tested:
    """Hangzhou has more registered social organizations per resident than Guangzhou."""
    hangzhou = _organizations("hangzhou", residents)
    guangzhou = _organizations("guangzhou", residents)
    return Tested(
        hangzhou > guangzhou,
        f"Per 10,000 residents: Hangzhou {fmt(hangzhou, 1)} (2016), "
        f"Guangzhou {fmt(guangzhou, 1)} (2017).",
    )


def foundations_a_hundred_times(residents: str, cologne: str) -> Tested:
    """Cologne has more than a hundred times as many foundations per resident as
    Guangzhou.
    """
    german = value("foundations", "cologne") / cologne_people(cologne) * 1e5
    foundations = value("foundations", "guangzhou")
    guangzhou = foundations / _residents("guangzhou", residents) * 1e5
    return Tested(
        german > 100 * guangzhou,
        f"Per 100,000 residents: Cologne {fmt(german, 1)}, "
        f"Guangzhou {fmt(guangzhou, 2)}; {fmt(german / guangzhou)} times. "
        "The kinds of foundations differ.",
    )


def one_migrant_for_two_residents(residents: str) -> Tested:
    """In both Chinese cities there is more than one person of the floating population
    for every two residents.
    """
    guangzhou, hangzhou = (
        value("floating_population", city) / _residents(city, residents) * 100
        for city in ("guangzhou", "hangzhou")
    )
    return Tested(
        min(guangzhou, hangzhou) > 50,
        f"For 100 residents: {fmt(guangzhou)} in Guangzhou, "
        f"{fmt(hangzhou)} in Hangzhou (2016).",
    )


def berlin_above_guangzhou(rate: str, residents: str, berlin: str) -> Tested:
    """Berlin produces more for each resident than Guangzhou."""
    german = _gdp_per_german("berlin", berlin_people(berlin))
    guangzhou = _gdp_per_head("guangzhou", rate, residents)
    return Tested(
        german > guangzhou,
        f"US$ {fmt(german)} in Berlin, US$ {fmt(guangzhou)} in Guangzhou (2016).",
    )


def cologne_twice_hangzhou(rate: str, residents: str, cologne: str) -> Tested:
    """Cologne produces more than twice as much for each resident as Hangzhou."""
    german = _gdp_per_german("cologne", cologne_people(cologne))
    hangzhou = _gdp_per_head("hangzhou", rate, residents)
    return Tested(
        german > 2 * hangzhou,
        f"US$ {fmt(german)} in Cologne, US$ {fmt(hangzhou)} in Hangzhou (2016); "
        f"{fmt(german / hangzhou, 1)} times.",
    )


def chinese_economies_larger(rate: str) -> Tested:
    """Both Chinese cities produce more in total than either German one."""
    chinese = min(
        _dollars(value("gdp", city), rate) for city in ("guangzhou", "hangzhou")
    )
    german = max(value("gdp", city) for city in ("berlin", "cologne"))
    return Tested(
        chinese > german,
        f"The smaller Chinese GDP is US$ {fmt(chinese)}, "
        f"the larger German one US$ {fmt(german)} (2016).",
    )


def plan_above_one_and_a_half_percent(years: str) -> Tested:
    """Guangzhou's calculated cost of urban residency comes to more than one and a half
    percent of the city's GDP each year.
    """
    each_year = value("residency_cost", "guangzhou") / float(years)
    share = each_year / value("gdp", "guangzhou") * 100
    return Tested(
        share > 1.5,
        f"{fmt(share, 2)}% of the GDP of 2016 for each of {years} years.",
    )


def plan_above_cologne(rate: str, years: str) -> Tested:
    """For each migrant worker and year Guangzhou's calculation comes to more than
    Cologne's spending of a year, divided by its foreigners.
    """
    planned = _dollars(value("residency_cost_per_person", "guangzhou"), rate)
    guangzhou = planned / float(years)
    cologne = value("migrant_service_spending_per_foreigner", "cologne")
    return Tested(
        guangzhou > cologne,
        f"US$ {fmt(guangzhou)} in Guangzhou, US$ {fmt(cologne)} in Cologne (2017). "
        "A calculation is set against a year's spending.",
    )


def prices_ten_times_apart(residents: str) -> Tested:
    """For each new urban resident, the amount printed for Guangzhou is more than ten
    times the one printed for Hangzhou.
    """
    gain = value("urbanization_gain", "hangzhou") / 100  # part of all residents
    people = gain * _residents("hangzhou", residents)
    hangzhou = value("urbanization_spending", "hangzhou") / people
    guangzhou = value("residency_cost_per_person", "guangzhou")
    return Tested(
        guangzhou > 10 * hangzhou,
        f"US$ {fmt(guangzhou)} in Guangzhou, US$ {fmt(hangzhou)} in Hangzhou; "
        f"{fmt(guangzhou / hangzhou)} times. "
        "One rate for both cancels out, whatever it is.",
    )


def a_thousand_on_each_square_kilometre(area: str) -> Tested:
    """All four cities have more than a thousand residents on a square kilometre."""
    if area == OTHERWISE:
        size = outside_figure("hangzhou-area-2002")
    else:
        size = value("area", "hangzhou")
    hangzhou = value("population", "hangzhou") / size
    others = min(
        value("population_density", city) for city in ("berlin", "cologne", "guangzhou")
    )
    return Tested(
        min(hangzhou, others) > 1000,
        f"Hangzhou has {fmt(hangzhou)} per sq km; the others have at least "
        f"{fmt(others)}.",
    )


def berlin_has_its_printed_share(berlin: str) -> Tested:
    """Berlin's share of Germany's people is the one that Table 1 prints."""
    country = value("population", "germany")
    share = berlin_people(berlin) / country * 100
    printed = value("population_share", "berlin")
    decimals = about("population_share")["decimals"]
    return Tested(
        round_as_printed(share, decimals) == printed,
        f"{fmt(share, decimals)}% of {fmt(country)}; "
        f"Table 1 prints {fmt(printed, decimals)}%.",
    )


def more_foreigners_in_cologne(berlin: str, cologne: str) -> Tested:
    """Foreigners are a larger share of Cologne's residents than of Berlin's."""
    in_berlin = value("foreigners", "berlin") / berlin_people(berlin) * 100
    in_cologne = value("foreigners", "cologne") / cologne_people(cologne) * 100
    return Tested(
        in_cologne > in_berlin,
        f"{fmt(in_cologne, 2)}% in Cologne (foreigners of 2016), "
        f"{fmt(in_berlin, 2)}% in Berlin (foreigners of 2017).",
    )


def asylum_twice_cologne(asylum: str, berlin: str, cologne: str) -> Tested:
    """In 2015 Berlin had more than twice as many asylum seekers per resident as
    Cologne.
    """
    in_berlin = berlin_asylum(asylum) / berlin_people(berlin) * 1000
    in_cologne = _asylum("cologne", 2015) / cologne_people(cologne) * 1000
    return Tested(
        in_berlin > 2 * in_cologne,
        f"Per 1,000 residents: Berlin {fmt(in_berlin, 1)}, "
        f"Cologne {fmt(in_cologne, 1)}; {fmt(in_berlin / in_cologne, 1)} times.",
    )


def asylum_falls_in_berlin(asylum: str) -> Tested:
    """Berlin had fewer asylum seekers in 2016 than in 2015."""
    before, after = berlin_asylum(asylum), _asylum("berlin", 2016)
    return Tested(after < before, _fall(before, after))


def asylum_falls_to_a_quarter(asylum: str) -> Tested:
    """The number of asylum seekers in Berlin fell to less than a quarter from 2015 to
    2016.
    """
    before, after = berlin_asylum(asylum), _asylum("berlin", 2016)
    return Tested(after < before / 4, _fall(before, after))


def _fall(before: float, after: float) -> str:
    """Asylum seekers of two years in a sentence, and what became of the number of
    arrivals and of applications in Germany.
    """
    arrivals, applications = (
        outside_figure(f"germany-asylum-{counted}-2016")
        / outside_figure(f"germany-asylum-{counted}-2015")
        for counted in ("arrivals", "applications")
    )
    return (
        f"{fmt(before)} in 2015, {fmt(after)} in 2016: "
        f"{fmt(after / before * 100)}% of the year before. In Germany, by outside "
        f"figures, it was {fmt(arrivals * 100)}% of the arrivals and "
        f"{fmt(applications * 100)}% of the applications."
    )


def donations_above_the_country(rate: str) -> Tested:
    """The donations printed for Ant Financial exceed all donations in China in 2015."""
    yuan = value("platform_donations", "hangzhou") * float(rate)
    country = outside_figure("donations-china-2015")
    return Tested(
        yuan > country,
        f"{fmt(yuan)} yuan against {fmt(country)} yuan in the whole country "
        "(outside figure).",
    )


def a_round_budget(rate: str) -> Tested:
    """Hangzhou's yearly budget for social organizations is a round sum in yuan."""
    dollars = value("so_budget", "hangzhou")
    half = 5000  # dollars that rounding may have added or taken
    low = (dollars - half) * float(rate) / 1e6
    high = (dollars + half) * float(rate) / 1e6
    return Tested(
        any(low <= million <= high for million in range(0, 100, 10)),
        f"Between {fmt(low, 2)} and {fmt(high, 2)} million yuan. "
        "A round sum speaks for a rate but proves nothing.",
    )


CONCLUSIONS: list[Conclusion] = [
    guangzhou_reaches_its_target,
    hangzhou_denser_in_organizations,
    foundations_a_hundred_times,
    one_migrant_for_two_residents,
    berlin_above_guangzhou,
    cologne_twice_hangzhou,
    chinese_economies_larger,
    plan_above_one_and_a_half_percent,
    plan_above_cologne,
    prices_ten_times_apart,
    a_thousand_on_each_square_kilometre,
    berlin_has_its_printed_share,
    more_foreigners_in_cologne,
    asylum_twice_cologne,
    asylum_falls_in_berlin,
    asylum_falls_to_a_quarter,
    donations_above_the_country,
    a_round_budget,
]
