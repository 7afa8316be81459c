"""Conclusions that hang on a choice: each in a sentence, and what it takes."""

from fourcities.facts import fmt, read, value

PRINTED = "printed"


def outside_figure(figure):
    return read("outside_figures").set_index("figure")["value"][figure]


def _residents(city, residents):
    return value("population", city) - (
        value("floating_population", city) if residents == "settled" else 0
    )


def _dollars(amount, rate):
    """A Chinese dollar amount, taken back to yuan at `rate` and then to dollars at the guessed one."""
    return amount * float(rate) / outside_figure("yuan-per-usd")


def _gdp_per_head(city, rate, residents):
    return _dollars(value("gdp", city), rate) / _residents(city, residents)


def guangzhou_reaches_its_target(residents):
    """Guangzhou has reached its target for social organizations."""
    density, target = (
        value("social_organizations_registered", "guangzhou")
        / _residents("guangzhou", residents)
        * 1e4,
        value("so_density_target", "guangzhou"),
    )
    return (
        density >= target,
        f"{fmt(density, 1)} registered SOs per 10,000 residents; the target is at least {fmt(target, 1)}.",
    )


def hangzhou_denser_in_organizations(residents):
    """Hangzhou has more registered social organizations for its residents than Guangzhou."""
    one, other = (
        value("social_organizations_registered", city)
        / _residents(city, residents)
        * 1e4
        for city in ("hangzhou", "guangzhou")
    )
    return (
        one > other,
        f"Per 10,000 residents: Hangzhou {fmt(one, 1)} (2016), Guangzhou {fmt(other, 1)} (2017).",
    )


def foundations_a_hundred_times(residents):
    """Cologne has more than a hundred times as many foundations for its residents as Guangzhou."""
    cologne, guangzhou = (
        value("foundations_per_100000", "cologne"),
        value("foundations", "guangzhou") / _residents("guangzhou", residents) * 1e5,
    )
    return (
        cologne > 100 * guangzhou,
        f"Per 100,000 residents: Cologne {fmt(cologne, 1)}, Guangzhou {fmt(guangzhou, 2)}; {fmt(cologne / guangzhou)} times. The kinds of foundations differ.",
    )


def one_migrant_for_two_residents(residents):
    """In both Chinese cities there is more than one person of the floating population for every two residents."""
    shares = {
        city: value("floating_population", city) / _residents(city, residents) * 100
        for city in ("guangzhou", "hangzhou")
    }
    return (
        min(shares.values()) > 50,
        f"For 100 residents: {fmt(shares['guangzhou'])} in Guangzhou, {fmt(shares['hangzhou'])} in Hangzhou (2016).",
    )


def berlin_above_guangzhou(rate, residents):
    """Berlin produces more for each resident than Guangzhou."""
    berlin, guangzhou = (
        value("gdp_per_capita", "berlin"),
        _gdp_per_head("guangzhou", rate, residents),
    )
    return (
        berlin > guangzhou,
        f"US$ {fmt(berlin)} in Berlin, US$ {fmt(guangzhou)} in Guangzhou (2016).",
    )


def cologne_twice_hangzhou(rate, residents):
    """Cologne produces more than twice as much for each resident as Hangzhou."""
    cologne, hangzhou = (
        value("gdp_per_capita", "cologne"),
        _gdp_per_head("hangzhou", rate, residents),
    )
    return (
        cologne > 2 * hangzhou,
        f"US$ {fmt(cologne)} in Cologne, US$ {fmt(hangzhou)} in Hangzhou (2016); {fmt(cologne / hangzhou, 1)} times.",
    )


def chinese_economies_larger(rate):
    """Both Chinese cities produce more in total than either German one."""
    chinese, german = (
        min(_dollars(value("gdp", city), rate) for city in ("guangzhou", "hangzhou")),
        max(value("gdp", city) for city in ("berlin", "cologne")),
    )
    return (
        chinese > german,
        f"The smaller Chinese GDP is US$ {fmt(chinese)}, the larger German one US$ {fmt(german)} (2016).",
    )


def plan_above_one_and_a_half_percent(years):
    """Guangzhou's calculation of residency costs takes more than one and a half percent of the city's GDP each year."""
    share = (
        value("residency_cost", "guangzhou")
        / float(years)
        / value("gdp", "guangzhou")
        * 100
    )
    return (
        share > 1.5,
        f"{fmt(share, 2)}% of the GDP of 2016 for each of {years} years.",
    )


def plan_above_cologne(rate, years):
    """Guangzhou's calculation sets aside more for each migrant worker and year than Cologne spends for each foreigner in a year."""
    guangzhou, cologne = (
        _dollars(value("residency_cost_per_person", "guangzhou"), rate) / float(years),
        value("migrant_service_spending_per_foreigner", "cologne"),
    )
    return (
        guangzhou > cologne,
        f"US$ {fmt(guangzhou)} in Guangzhou, US$ {fmt(cologne)} in Cologne (2017). A plan is set against a year's spending.",
    )


def prices_ten_times_apart(residents):
    """For each person, Guangzhou's price of becoming urban is more than ten times Hangzhou's."""
    people = (
        value("urbanization_gain", "hangzhou") / 100 * _residents("hangzhou", residents)
    )
    hangzhou, guangzhou = (
        value("urbanization_spending", "hangzhou") / people,
        value("residency_cost_per_person", "guangzhou"),
    )
    return (
        guangzhou > 10 * hangzhou,
        f"US$ {fmt(guangzhou)} in Guangzhou, US$ {fmt(hangzhou)} in Hangzhou; {fmt(guangzhou / hangzhou)} times. Any one rate for both cancels out.",
    )


def a_thousand_on_each_square_kilometre(area):
    """All four cities have more than a thousand residents on a square kilometre."""
    size = (
        outside_figure("hangzhou-area-2002")
        if area == "outside"
        else value("area", "hangzhou")
    )
    hangzhou = value("population", "hangzhou") / size
    least = min(
        hangzhou,
        *(
            value("population_density", city)
            for city in ("berlin", "cologne", "guangzhou")
        ),
    )
    return (
        least > 1000,
        f"Hangzhou has {fmt(hangzhou)} per sq km; the least dense city has {fmt(least)}.",
    )


def donations_above_the_country(rate):
    """The donations printed for Ant Financial exceed all donations in China in 2015."""
    yuan, country = (
        value("platform_donations", "hangzhou") * float(rate),
        outside_figure("donations-china-2015"),
    )
    return (
        yuan > country,
        f"{fmt(yuan)} yuan against {fmt(country)} yuan in the whole country (outside figure).",
    )


def a_round_budget(rate):
    """Hangzhou's yearly budget for social organizations is a round sum in yuan."""
    dollars, half = value("so_budget", "hangzhou"), 5000
    low, high = ((dollars + sign * half) * float(rate) / 1e6 for sign in (-1, 1))
    return (
        any(low <= million <= high for million in range(0, 100, 10)),
        f"Between {fmt(low, 2)} and {fmt(high, 2)} million yuan. A round sum speaks for a rate; it proves none.",
    )


CONCLUSIONS = [
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
    donations_above_the_country,
    a_round_budget,
]
