"""The Python of a figure, as the workbench writes it for a reader to take along."""

import json

from .choices import SHADES, complete_choices, drawable_values


def workbench_code(cities, indicators, relate="absolute", chart="bars"):
    """The lines of pandas and seaborn that draw a choice, as text. They run as they stand and leave the drawing in `ax`.

    cities: places to compare, by key or English name; indicators: keys of indicators.csv, in the order to draw;
    relate: "absolute", or a key of relations.csv that all these indicators allow;
    chart: "bars" or "dots" (a panel for each indicator), "scatter" (the first indicator to the right, the second upwards),
    "composition" (shares in percent that are stacked). Scatter and composition draw the latest value of each city.
    Raises ValueError, naming what is wrong and the valid choices, for an unknown choice, a chart that doesn't fit the indicators,
    and an indicator that no chosen city has.
    """
    picks = complete_choices(
        {"cities": cities, "indicators": indicators, "relate": relate, "chart": chart}
    )
    rows = drawable_values(picks)
    cities, indicators, relate = picks["cities"], picks["indicators"], picks["relate"]
    asked = ", ".join(
        [
            *map(json.dumps, indicators),
            "places=cities",
            *([f'relate="{relate}"'] if relate != "absolute" else []),
        ]
    )
    lines = [
        "import seaborn as sns",
        "import fourcities as fc",
        "",
        f"cities = {json.dumps(cities)}",
        f"rows = fc.observations({asked})",
    ]
    if (
        chart in ("scatter", "composition")
        and rows.duplicated(["indicator", "place"]).any()
    ):
        lines.append('rows = rows.drop_duplicates(["indicator", "place"], keep="last")')
    draw = {"scatter": _scatter_lines, "composition": _composition_lines}.get(chart)
    return "\n".join(
        lines
        + (draw(rows, indicators) if draw else _panel_lines(rows, indicators, chart))
    )


def _panel_lines(rows, indicators, chart):
    """Bars or dots, a row for each city and period, a panel for each indicator."""
    sizes = [int(size) for size in rows.groupby("indicator", sort=False).size()]
    line, lines = "city", []
    if (rows.groupby("indicator")["period"].nunique() > 1).any():
        line, lines = (
            "who",
            ['rows["who"] = (rows["city"] + ", " + rows["period"]).str.wrap(22)'],
        )
    axis, part, indent = "ax", "rows", ""
    if len(sizes) == 1:
        lines.append("ax = fc.axes(height=len(rows) * .5 + .8)")
    else:
        axis, part, indent = "axis", "part", "    "
        more = (f", height_ratios={sizes}" if len(set(sizes)) > 1 else "") + (
            ", sharex=True" if rows["pattern"].nunique() == 1 else ""
        )
        lines += [
            f"ax = fc.axes(rows={len(sizes)}, height=len(rows) * .5 + {len(sizes)} * .8{more})",
            'for axis, (_, part) in zip(ax, rows.groupby("indicator", sort=False)):',
        ]
    if chart == "bars":
        body = [
            f'sns.barplot({part}, x="value", y="{line}", hue="city", palette=fc.city_palette(),',
            f"            saturation=1, legend=False, ax={axis})",
        ]
        tidy = f'{axis}.set(ylabel="", xticks=[])'
    else:
        body = [
            f'sns.scatterplot({part}, x="value", y="{line}", hue="city", palette=fc.city_palette(), style="city",',
            f"                markers=fc.city_markers(), s=110, legend=False, ax={axis})",
        ]
        tidy = f'{axis}.set(ylabel="", ylim=(len({part}) - .5, -.5))'
    number = 'fc.fmt(row["value"], row["decimals"])'
    if rows["qualifier"].any():
        number = f'row["qualifier"] + " " + {number}'
    body += [
        f"for _, row in {part}.iterrows():",
        f'    {axis}.annotate({number}, (row["value"], row["{line}"]),',
        f'    {" " * len(axis)}          xytext=(9, 0), textcoords="offset points", va="center")',
        f"fc.label_axis({axis}.xaxis, {part})",
        tidy,
    ]
    return (
        lines
        + [indent + text for text in body]
        + (["sns.despine(bottom=True)"] if chart == "bars" and not indent else [])
    )


def _scatter_lines(rows, indicators):
    across, up = indicators
    return [
        'points = rows.pivot(index="city", columns="indicator", values="value").dropna().reset_index()',
        "ax = fc.axes(height=4.4)",
        f'sns.scatterplot(points, x="{across}", y="{up}", hue="city", palette=fc.city_palette(), style="city",',
        "                markers=fc.city_markers(), s=120, legend=False, ax=ax)",
        f"""fc.label_axis(ax.xaxis, rows.query("indicator == '{across}'"))""",
        f"""fc.label_axis(ax.yaxis, rows.query("indicator == '{up}'"))""",
        'fc.city_legend(ax, points["city"], fc.city_markers())',
    ]


def _composition_lines(rows, indicators):
    return [
        'rows["part"] = rows["label"].str.wrap(22)',
        'rows["middle"] = rows.groupby("city")["value"].cumsum() - rows["value"] / 2',
        'ax = fc.axes(height=rows["city"].nunique() * .45 + 1.5)',
        'sns.histplot(rows, y="city", weights="value", hue="part", hue_order=rows["part"].unique()[::-1],',
        f'             multiple="stack", palette={json.dumps(SHADES[: len(indicators)][::-1])}, alpha=1, shrink=.7, ax=ax)',
        'for _, row in rows[rows["value"] > 11].iterrows():',
        """    ax.text(row["middle"], row["city"], f"{fc.fmt(row['value'], row['decimals'])}%", ha="center", va="center", color="white")""",
        'ax.set(xlabel=f"Share, % ({fc.when(rows)})", ylabel="", xlim=(0, 100))',
        'sns.move_legend(ax, "lower center", bbox_to_anchor=(.5, 1), ncols=2, title="", reverse=True)',
    ]
