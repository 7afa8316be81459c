"""Caption and alt text of a figure of the workbench."""

import pandas as pd

from fourcities.facts import about, fmt, observations, read, written
from fourcities.presentation import list_of, name

from .choices import latest_rows, rows_of_both


def indicators_used(picks):
    """Keys of the indicators behind a choice: those chosen, and what they are divided by."""
    below = (
        read("relations").set_index("relation")["denominator"].get(picks["relate"], "")
    )
    return list(dict.fromkeys([*picks["indicators"], *([below] if below else [])]))


def words_of(picks):
    """Caption (finding first) and alt text of a choice, both from the data."""
    rows = observations(
        *picks["indicators"], places=picks["cities"], relate=picks["relate"]
    )
    parts = {i: rows[rows["indicator"] == i] for i in picks["indicators"]}
    labels = [about(i)["label"] for i in parts]
    if picks["chart"] in ("scatter", "composition"):
        parts = {i: latest_rows(part) for i, part in parts.items()}
    finding = {"scatter": _order, "composition": _largest}.get(
        picks["chart"], _extremes
    )(parts, labels)
    caption = [finding]
    if picks["relate"] != "absolute":
        caption.append(_division(picks))
    without = [
        f"{label} in {list_of(absent)}"
        for label, part in zip(labels, parts.values())
        if (absent := [name(c) for c in picks["cities"] if c not in set(part["place"])])
    ]
    if without:
        caption.append(f"Not reported, so not drawn: {'; '.join(without)}.")
    values = []
    for label, part in zip(labels, parts.values()):
        each = [
            f"{row['city']} {written(row)}"
            + (f" ({row['period']})" if part["period"].nunique() > 1 else "")
            for _, row in part.iterrows()
        ]
        values.append(f"{label}: {', '.join(each)}")
    drawing = {
        "bars": "Bar chart",
        "dots": "Dots on a scale",
        "scatter": "Scatter plot",
        "composition": "Stacked bars",
    }[picks["chart"]]
    return " ".join(caption), f"{drawing} of {list_of(labels)}. {'; '.join(values)}."


def _extremes(parts, labels):
    """Who has the highest and the lowest value of each indicator."""
    found = []
    for label, part in zip(labels, parts.values()):
        ends = []
        for word, value in (
            ("highest", part["value"].max()),
            ("lowest", part["value"].min()),
        ):
            at = part[part["value"] == value]
            each = at["city"] + (
                ", " + at["period"] if part["place"].duplicated().any() else ""
            )
            ends.append(f"{word} in {list_of(each)} ({written(at.iloc[0])})")
        one = part["value"].nunique() == 1
        found.append(
            f"{label}: "
            + (
                f"{written(part.iloc[0])} in {list_of(dict.fromkeys(part['city']))}"
                if one
                else ", ".join(ends)
            )
        )
    return "; ".join(found) + "."


def _order(parts, labels):
    """Whether the cities stand in the same order by two indicators."""
    values = rows_of_both(pd.concat(parts.values()), list(parts))
    steps = [
        [(a > b) - (a < b) for a in one for b in one] for one in values
    ]  # which of each two is the greater
    kind = (
        "the same order as"
        if steps[0] == steps[1]
        else "the opposite order to that"
        if steps[0] == [-s for s in steps[1]]
        else "another order than"
    )
    if len(values[0]) == 1:
        return f"“{labels[0]}” against “{labels[1]}”: one city has both, so there is nothing to compare."
    return f"By “{labels[0]}” the cities stand in {kind} by “{labels[1]}”. So few points make no rule."


def _largest(parts, labels):
    """Which of the shares is the largest in each city, and what they add up to."""
    rows = pd.concat(parts.values())
    top = rows.loc[rows.groupby("city", sort=False)["value"].idxmax()]
    each = [
        f"{label} in {list_of(group['city'])}"
        for label, group in top.groupby("label", sort=False)
    ]
    totals = rows.groupby("city", sort=False)["value"].sum().round(1)
    return f"Largest of these shares: {'; '.join(each)}. Together they are {list_of(f'{total:g}% in {city}' for city, total in totals.items())}."


def _division(picks):
    """What the values are divided by, in words."""
    relation = read("relations").set_index("relation").loc[picks["relate"]]
    below = (
        about(relation["denominator"])["label"]
        if relation["denominator"]
        else "that of the country"
    )
    times = f" × {fmt(relation['factor'])}" if relation["factor"] != 1 else ""
    return f"Computed: {list_of(about(i)['label'] for i in picks['indicators'])} ÷ {below}{times}."
