"""The choices of the workbench, completed and checked, and the values that they draw."""

from fourcities.facts import about, observations, read
from fourcities.facts import cities as all_cities
from fourcities.presentation import list_of, name

from ..common.base import PickError

CHARTS = {
    "bars": "Bars",
    "dots": "Dots",
    "scatter": "Scatter",
    "composition": "Composition",
}
SHADES = [
    "#35759c",
    "#a65a00",
    "#3f7f33",
    "#8a5a9e",
    "#6d6d6d",
    "#2a7f7a",
]  # parts of a whole: white text and both grounds stand out from each


def complete_choices(picks):
    """The picks as keys: cities in the order of the data, each choice once. Raises PickError for an unknown one."""
    labels = read("indicators").set_index("indicator")["label"]
    for key, example in (("cities", all_cities()[0]), ("indicators", labels.index[0])):
        if isinstance(picks[key], str):
            raise PickError(
                f"{key} must be a list, such as [{example!r}]; it is {picks[key]!r}"
            )
    keys = {name(place): place for place in all_cities()}
    chosen = [
        one_choice_of(keys.get(city, city), all_cities(), "city")
        for city in picks["cities"]
    ]
    indicators = [
        one_choice_of(i, labels.index, "indicator")
        for i in dict.fromkeys(picks["indicators"])
    ]
    relations = relations_of(indicators)
    if picks["relate"] not in relations:
        one_choice_of(
            picks["relate"], ["absolute", *read("relations")["relation"]], "relation"
        )
        raise PickError(
            f"{list_of(labels[indicators]) or 'no indicator'} can't be shown {picks['relate']!r}; valid here: {', '.join(relations)}"
        )
    return {
        "cities": [place for place in all_cities() if place in chosen],
        "indicators": indicators,
        "relate": picks["relate"],
        "chart": one_choice_of(picks["chart"], CHARTS, "chart"),
    }


def one_choice_of(pick, options, what):
    if pick not in options:
        raise PickError(f"unknown {what}: {pick!r}; there are: {', '.join(options)}")
    return pick


def relations_of(indicators):
    """The relations that all of some indicators allow: {"absolute": "absolute", "per_1000": "per 1,000 residents"}."""
    allowed = (
        read("relations").set_index("relation")["label"].to_dict()
        if len(indicators)
        else {}
    )
    for indicator in indicators:
        own = about(indicator)["relate"].split()
        allowed = {key: label for key, label in allowed.items() if key in own}
    return {"absolute": "absolute"} | allowed


def drawable_values(picks):
    """The rows to draw. Raises PickError if these picks can't be drawn as this chart."""
    cities, indicators, chart = picks["cities"], picks["indicators"], picks["chart"]
    labels = read("indicators").set_index("indicator")["label"]
    if not cities:
        raise PickError(
            f"no city is chosen; choose from: {list_of(map(name, all_cities()))}"
        )
    if not indicators:
        raise PickError(
            f"no indicator is chosen; choose one of data/indicators.csv, such as {labels.iloc[0]}"
        )
    if chart == "scatter" and len(indicators) != 2:
        raise PickError(
            f"scatter needs exactly two indicators, one for each axis; {'only' if len(indicators) < 2 else 'not'} {list_of(labels[indicators])}"
        )
    rows = observations(*indicators, places=cities, relate=picks["relate"])
    if chart == "composition":
        _check_shares(rows, indicators, labels)
    for indicator in indicators:
        if indicator not in set(rows["indicator"]):
            having = list(
                dict.fromkeys(observations(indicator, relate=picks["relate"])["city"])
            )
            raise PickError(
                f"{labels[indicator]} has no value for {list_of(map(name, cities))}; cities that have one: {list_of(having) or 'none'}"
            )
    if chart == "scatter" and not rows_of_both(rows, indicators):
        raise PickError(
            f"scatter needs a city with a value of each; no chosen city has both {list_of(labels[indicators])}"
        )
    return rows


def _check_shares(rows, indicators, labels):
    """Raise PickError unless the rows can be stacked as parts of a whole."""
    fitting = (
        "choose shares of one whole, such as Services with Industry and construction"
    )
    others = [
        label
        for key, label in labels[indicators].items()
        if about(key)["unit"] != "percent"
    ]
    if others or set(rows["unit"]) - {"percent"}:
        raise PickError(
            f"composition stacks shares in percent; not a share: {list_of(others or labels[indicators])}. Instead {fitting}"
        )
    if not 2 <= len(indicators) <= len(SHADES):
        raise PickError(
            f"composition stacks at least two shares and at most {len(SHADES)}; {len(indicators)} chosen. Instead {fitting}"
        )
    totals = latest_rows(rows).groupby("city", sort=False)["value"].sum().round(1)
    beyond = [f"{total:g}% in {city}" for city, total in totals.items() if total > 100]
    if beyond:
        raise PickError(
            f"composition stacks parts of one whole, but {list_of(labels[indicators])} add up to {list_of(beyond)}. Instead {fitting}"
        )


def latest_rows(rows):
    return rows.drop_duplicates(["indicator", "place"], keep="last")


def rows_of_both(rows, indicators):
    """Values of two indicators for the cities that have both, as two lists."""
    wide = (
        latest_rows(rows)
        .pivot(index="city", columns="indicator", values="value")
        .reindex(columns=indicators)
        .dropna()
    )
    return [list(wide[i]) for i in indicators] if len(wide) else []
