"""The Python of a figure, as the workbench writes it for a reader to take along."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from .choices import SHADES, Picks, complete_choices, drawable_values

SEVERAL_PERIODS = 'rows["who"] = (rows["city"] + ", " + rows["period"]).str.wrap(22)'


@dataclass(frozen=True)
class Names:
    """What the things of a panel are called in the code."""

    axis: str  # the Axes
    rows: str  # the DataFrame
    line: str  # the column of it that names a line


def workbench_code(
    cities: Sequence[str],
    indicators: Sequence[str],
    relate: str = "absolute",
    chart: str = "bars",
) -> str:
    """The lines of pandas and seaborn that draw a choice, as text.

    They run as they stand and leave the drawing in `ax`.

    Parameters
    ----------
    cities : sequence of str
        Places to compare, by key or English name.
    indicators : sequence of str
        Keys of indicators.csv, in the order to draw.
    relate : str
        "absolute", or a key of relations.csv that all these indicators allow.
    chart : str
        "bars" or "dots" (a panel for each indicator), "scatter" (the first indicator to
        the right, the second upwards), "composition" (shares in percent that are
        stacked). Scatter and composition draw the latest value of each city.

    Returns
    -------
    str
        The code, without a line break at its end.

    Raises
    ------
    ValueError
        For an unknown choice, a chart that doesn't fit the indicators, and an indicator
        that no chosen city has. It names what is wrong and the valid choices.

    Examples
    --------
    >>> from fourcities.explorers import workbench_code
    >>> print(workbench_code(["Hangzhou", "Berlin"], ["gdp"]))
    import seaborn as sns
    import fourcities as fc
    <BLANKLINE>
    cities = ["berlin", "hangzhou"]
    rows = fc.observations("gdp", places=cities)
    ax = fc.axes(height=len(rows) * .5 + .8)
    sns.barplot(rows, x="value", y="city", ax=ax, **fc.by_city("bars"))
    for _, row in rows.iterrows():
        ax.annotate(fc.fmt(row["value"], row["decimals"]), (row["value"], row["city"]),
                    xytext=(9, 0), textcoords="offset points", va="center")
    fc.label_axis(ax.xaxis, rows)
    ax.set(ylabel="", xticks=[])
    sns.despine(bottom=True)
    """
    picks = complete_choices(
        {"cities": cities, "indicators": indicators, "relate": relate, "chart": chart}
    )
    rows = drawable_values(picks)
    lines = _data_lines(picks, rows)
    if chart == "scatter":
        lines += _scatter_lines(picks["indicators"])
    elif chart == "composition":
        lines += _composition_lines(len(picks["indicators"]))
    else:
        lines += _panel_lines(rows, chart)
    return "\n".join(lines)


def _data_lines(picks: Picks, rows: pd.DataFrame) -> list[str]:
    """Imports, and the rows to draw."""
    asked = [*map(json.dumps, picks["indicators"]), "places=cities"]
    if picks["relate"] != "absolute":
        asked.append(f'relate="{picks["relate"]}"')
    lines = [
        "import seaborn as sns",
        "import fourcities as fc",
        "",
        f"cities = {json.dumps(picks['cities'])}",
        f"rows = fc.observations({', '.join(asked)})",
    ]
    latest_only = picks["chart"] in ("scatter", "composition")
    if latest_only and rows.duplicated(["indicator", "place"]).any():
        lines.append('rows = rows.drop_duplicates(["indicator", "place"], keep="last")')
    return lines


def _panel_lines(rows: pd.DataFrame, chart: str) -> list[str]:
    """Bars or dots, a row for each city and period, a panel for each indicator."""
    lines = []
    line = "city"
    if (rows.groupby("indicator")["period"].nunique() > 1).any():
        line = "who"
        lines.append(SEVERAL_PERIODS)
    sizes = [int(size) for size in rows.groupby("indicator", sort=False).size()]
    if len(sizes) == 1:
        lines.append("ax = fc.axes(height=len(rows) * .5 + .8)")
        lines += _marks_lines(rows, chart, Names("ax", "rows", line))
        if chart == "bars":
            lines.append("sns.despine(bottom=True)")
        return lines
    lines.append(_axes_line(sizes, one_unit=rows["pattern"].nunique() == 1))
    lines.append(
        'for axis, (_, part) in zip(ax, rows.groupby("indicator", sort=False)):'
    )
    marks = _marks_lines(rows, chart, Names("axis", "part", line))
    return lines + ["    " + text for text in marks]


def _axes_line(sizes: Sequence[int], one_unit: bool) -> str:
    """A panel for each indicator; sizes: how many lines each has."""
    options = [f"rows={len(sizes)}", f"height=len(rows) * .5 + {len(sizes)} * .8"]
    if len(set(sizes)) > 1:
        options.append(f"height_ratios={sizes}")
    if one_unit:
        options.append("sharex=True")
    return f"ax = fc.axes({', '.join(options)})"


def _marks_lines(rows: pd.DataFrame, chart: str, names: Names) -> list[str]:
    """The marks of a panel, a number beside each, and its axes."""
    axis, part, line = names.axis, names.rows, names.line
    where = f'{part}, x="value", y="{line}", ax={axis}'
    if chart == "bars":
        marks = f'sns.barplot({where}, **fc.by_city("bars"))'
        tidy = f'{axis}.set(ylabel="", xticks=[])'
    else:
        marks = f'sns.scatterplot({where}, **fc.by_city("points"))'
        tidy = f'{axis}.set(ylabel="", ylim=(len({part}) - .5, -.5))'
    number = 'fc.fmt(row["value"], row["decimals"])'
    if rows["qualifier"].any():
        number = f'row["qualifier"] + " " + {number}'
    below_bracket = " " * len(f"    {axis}.annotate(")
    return [
        marks,
        f"for _, row in {part}.iterrows():",
        f'    {axis}.annotate({number}, (row["value"], row["{line}"]),',
        f'{below_bracket}xytext=(9, 0), textcoords="offset points", va="center")',
        f"fc.label_axis({axis}.xaxis, {part})",
        tidy,
    ]


def _scatter_lines(indicators: Sequence[str]) -> list[str]:
    """The first of two indicators to the right, the second upwards."""
    across, up = indicators
    return [
        'points = rows.pivot(index="city", columns="indicator", values="value")'
        ".dropna().reset_index()",
        "ax = fc.axes(height=4.4)",
        f'sns.scatterplot(points, x="{across}", y="{up}", ax=ax, '
        '**fc.by_city("points"))',
        f"""fc.label_axis(ax.xaxis, rows.query("indicator == '{across}'"))""",
        f"""fc.label_axis(ax.yaxis, rows.query("indicator == '{up}'"))""",
        'fc.city_legend(ax, points["city"], fc.city_markers())',
    ]


def _composition_lines(count: int) -> list[str]:
    """A stack of shares for each city; count: of the shares."""
    palette = json.dumps(SHADES[:count][::-1])
    return [
        'rows["part"] = rows["label"].str.wrap(22)',
        'rows["middle"] = rows.groupby("city")["value"].cumsum() - rows["value"] / 2',
        'ax = fc.axes(height=rows["city"].nunique() * .45 + 1.5)',
        'sns.histplot(rows, y="city", weights="value", '
        'hue="part", hue_order=rows["part"].unique()[::-1],',
        f'             multiple="stack", palette={palette}, alpha=1, shrink=.7, ax=ax)',
        'for _, row in rows[rows["value"] > 11].iterrows():',
        '    ax.text(row["middle"], row["city"], '
        'fc.fmt(row["value"], row["decimals"]) + "%", '
        'ha="center", va="center", color="white")',
        'label = fc.fill("Share, % ({period})", period=fc.when(rows))',
        'ax.set(xlabel=label, ylabel="", xlim=(0, 100))',
        'sns.move_legend(ax, "lower center", '
        'bbox_to_anchor=(.5, 1), ncols=2, title="", reverse=True)',
    ]
