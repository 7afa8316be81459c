"""Caption and alt text of a figure of the workbench."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from fourcities.facts import about, by_key, fmt, lookup, observations, written
from fourcities.presentation import list_of, name

from .choices import Picks, latest_rows, rows_of_both, totals_of

DRAWINGS = {
    "bars": "Bar chart",
    "dots": "Dots on a scale",
    "scatter": "Scatter plot",
    "composition": "Stacked bars",
}


class Part(NamedTuple):
    """What is drawn of one indicator."""

    indicator: str  # key of indicators.csv
    label: str
    rows: pd.DataFrame  # rows of `observations`


def indicators_used(picks: Picks) -> list[str]:
    """Keys of the indicators behind a choice: those chosen, and what divides them."""
    below = lookup("relations", "denominator").get(picks["relate"], "")
    used = [*picks["indicators"], below] if below else picks["indicators"]
    return list(dict.fromkeys(used))


def words_of(picks: Picks) -> tuple[str, str]:
    """Caption (finding first) and alt text of a choice, both from the data."""
    parts = _parts_of(picks)
    caption = [_finding(picks["chart"], parts)]
    if picks["relate"] != "absolute":
        caption.append(_division(picks))
    without = _without(picks, parts)
    if without:
        caption.append(f"Not reported, so not drawn: {'; '.join(without)}.")
    labels = list_of(part.label for part in parts)
    values = "; ".join(_values(part) for part in parts)
    alt = f"{DRAWINGS[picks['chart']]} of {labels}. {values}."
    return " ".join(caption), alt


def _parts_of(picks: Picks) -> list[Part]:
    """What is drawn of each indicator; scatter and composition have latest values."""
    rows = observations(
        *picks["indicators"], places=picks["cities"], relate=picks["relate"]
    )
    if picks["chart"] in ("scatter", "composition"):
        rows = latest_rows(rows)
    return [
        Part(indicator, about(indicator)["label"], rows[rows["indicator"] == indicator])
        for indicator in picks["indicators"]
    ]


def _finding(chart: str, parts: Sequence[Part]) -> str:
    """What a reader should see first."""
    if chart == "scatter":
        return _order(parts)
    if chart == "composition":
        return _largest(parts)
    return "; ".join(_extremes(part) for part in parts) + "."


def _without(picks: Picks, parts: Sequence[Part]) -> list[str]:
    """Of each indicator that cities lack: its label and these cities."""
    found = []
    for part in parts:
        having = set(part.rows["place"])
        absent = [name(city) for city in picks["cities"] if city not in having]
        if absent:
            found.append(f"{part.label} in {list_of(absent)}")
    return found


def _values(part: Part) -> str:
    """All values of an indicator, with their periods if these differ."""
    several = part.rows["period"].nunique() > 1
    each = []
    for _, row in part.rows.iterrows():
        period = f" ({row['period']})" if several else ""
        each.append(f"{row['city']} {written(row)}{period}")
    return f"{part.label}: {', '.join(each)}"


def _extremes(part: Part) -> str:
    """Who has the highest and the lowest value of an indicator."""
    values = part.rows["value"]
    if values.nunique() == 1:
        towns = list_of(dict.fromkeys(part.rows["city"]))
        return f"{part.label}: {written(part.rows.iloc[0])} in {towns}"
    highest = _holders(part.rows[values == values.max()], part)
    lowest = _holders(part.rows[values == values.min()], part)
    return f"{part.label}: highest in {highest}, lowest in {lowest}"


def _holders(rows: pd.DataFrame, part: Part) -> str:
    """Cities that share a value, with periods if one has several, and the value."""
    who = rows["city"]
    if part.rows["place"].duplicated().any():
        who = who + ", " + rows["period"]
    return f"{list_of(who)} ({written(rows.iloc[0])})"


def _order(parts: Sequence[Part]) -> str:
    """Whether the cities stand in the same order by two indicators."""
    first, second = (part.label for part in parts)
    rows = pd.concat([part.rows for part in parts])
    one, other = rows_of_both(rows, [part.indicator for part in parts])
    if len(one) == 1:
        return (
            f"“{first}” against “{second}”: one city has both, "
            "so there is nothing to compare."
        )
    order, reverse = _comparisons(one), _comparisons([-value for value in one])
    if _comparisons(other) == order:
        kind = "the same order as"
    elif _comparisons(other) == reverse:
        kind = "the opposite order to that"
    else:
        kind = "another order than"
    return (
        f"By “{first}” the cities stand in {kind} by “{second}”. "
        "So few points make no rule."
    )


def _comparisons(values: Sequence[float]) -> list[int]:
    """Of each two values, which is the greater: 1 the first, -1 the second, 0 none."""
    return [(a > b) - (a < b) for a in values for b in values]


def _largest(parts: Sequence[Part]) -> str:
    """Which of the shares is the largest in each city, and what they add up to."""
    rows = pd.concat([part.rows for part in parts])
    top = rows.loc[rows.groupby("city", sort=False)["value"].idxmax()]
    each = [
        f"{label} in {list_of(group['city'])}"
        for label, group in top.groupby("label", sort=False)
    ]
    totals = list_of(f"{total:g}% in {city}" for city, total in totals_of(rows))
    return f"Largest of these shares: {'; '.join(each)}. Together they are {totals}."


def _division(picks: Picks) -> str:
    """What the values are divided by, in words."""
    relation = by_key("relations")[picks["relate"]]
    below = "that of the country"
    if relation["denominator"]:
        below = about(relation["denominator"])["label"]
    times = f" × {fmt(relation['factor'])}" if relation["factor"] != 1 else ""
    labels = list_of(about(indicator)["label"] for indicator in picks["indicators"])
    return f"Computed: {labels} ÷ {below}{times}."
