"""The workbench: choose cities, indicators and a kind of chart; see the figure and the code that made it.

What is shown is drawn by running the code that stands below it (`workbench_code`), so the two can't differ.
"""

import json
import textwrap

import ipywidgets
import pandas as pd
import traitlets
from markupsafe import Markup
from matplotlib.ticker import Formatter, MaxNLocator
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .data import read
from .explorers import PickError
from .figures import figure
from .indicators import about, cities as all_cities, observations
from .text import list_of, name, when
from .units import fmt, written

CHARTS = {"bars": "Bars", "dots": "Dots", "scatter": "Scatter", "composition": "Composition"}
SHADES = ["#35759c", "#a65a00", "#3f7f33", "#8a5a9e", "#6d6d6d", "#2a7f7a"]  # parts of a whole: white text and both grounds stand out from each
HOW_TO_RUN = Markup('<p class="workbench-how">On this page nothing is computed. To make other choices, run the notebook: “Download this notebook” above the title gives you it alone, '
                    '<code class="docutils literal notranslate">make lab</code> in the project’s folder opens all of them (<a href="how-to-use.html#if-you-explore">how to run it</a>).</p>')


def workbench_code(cities, indicators, relate="absolute", chart="bars"):
    """The lines of pandas and seaborn that draw a choice, as text. They run as they stand and leave the drawing in `ax`.

    cities: places to compare, by key or English name; indicators: keys of indicators.csv, in the order to draw;
    relate: "absolute", or a key of relations.csv that all these indicators allow;
    chart: "bars" or "dots" (a panel for each indicator), "scatter" (the first indicator to the right, the second upwards),
    "composition" (shares in percent that are stacked). Scatter and composition draw the latest value of each city.
    Raises ValueError, naming what is wrong and the valid choices, for an unknown choice, a chart that doesn't fit the indicators,
    and an indicator that no chosen city has.
    """
    picks = _complete({"cities": cities, "indicators": indicators, "relate": relate, "chart": chart})
    rows = _drawable(picks)
    cities, indicators, relate = picks["cities"], picks["indicators"], picks["relate"]
    asked = ", ".join([*map(json.dumps, indicators), "places=cities", *([f'relate="{relate}"'] if relate != "absolute" else [])])
    lines = ["import seaborn as sns", "import fourcities as fc", "", f"cities = {json.dumps(cities)}", f"rows = fc.observations({asked})"]
    if chart in ("scatter", "composition") and rows.duplicated(["indicator", "place"]).any():
        lines.append('rows = rows.drop_duplicates(["indicator", "place"], keep="last")')
    draw = {"scatter": _scatter_lines, "composition": _composition_lines}.get(chart)
    return "\n".join(lines + (draw(rows, indicators) if draw else _panel_lines(rows, indicators, chart)))


def _panel_lines(rows, indicators, chart):
    """Bars or dots, a row for each city and period, a panel for each indicator."""
    sizes = [int(size) for size in rows.groupby("indicator", sort=False).size()]
    line, lines = "city", []
    if (rows.groupby("indicator")["period"].nunique() > 1).any():
        line, lines = "who", ['rows["who"] = (rows["city"] + ", " + rows["period"]).str.wrap(22)']
    axis, part, indent = "ax", "rows", ""
    if len(sizes) == 1:
        lines.append("ax = fc.axes(height=len(rows) * .5 + .8)")
    else:
        axis, part, indent = "axis", "part", "    "
        more = (f", height_ratios={sizes}" if len(set(sizes)) > 1 else "") + (", sharex=True" if rows["pattern"].nunique() == 1 else "")
        lines += [f"ax = fc.axes(rows={len(sizes)}, height=len(rows) * .5 + {len(sizes)} * .8{more})",
                  'for axis, (_, part) in zip(ax, rows.groupby("indicator", sort=False)):']
    if chart == "bars":
        body = [f'sns.barplot({part}, x="value", y="{line}", hue="city", palette=fc.city_palette(),',
                f"            saturation=1, legend=False, ax={axis})"]
        tidy = f'{axis}.set(ylabel="", xticks=[])'
    else:
        body = [f'sns.scatterplot({part}, x="value", y="{line}", hue="city", palette=fc.city_palette(), style="city",',
                f'                markers=fc.city_markers(), s=110, legend=False, ax={axis})']
        tidy = f'{axis}.set(ylabel="", ylim=(len({part}) - .5, -.5))'
    number = 'fc.fmt(row["value"], row["decimals"])'
    if rows["qualifier"].any():
        number = f'row["qualifier"] + " " + {number}'
    body += [f"for _, row in {part}.iterrows():",
             f'    {axis}.annotate({number}, (row["value"], row["{line}"]),',
             f'    {" " * len(axis)}          xytext=(9, 0), textcoords="offset points", va="center")',
             f"fc.label_axis({axis}.xaxis, {part})", tidy]
    return lines + [indent + text for text in body] + (["sns.despine(bottom=True)"] if chart == "bars" and not indent else [])


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
        f'             multiple="stack", palette={json.dumps(SHADES[:len(indicators)][::-1])}, alpha=1, shrink=.7, ax=ax)',
        'for _, row in rows[rows["value"] > 11].iterrows():',
        """    ax.text(row["middle"], row["city"], f"{fc.fmt(row['value'], row['decimals'])}%", ha="center", va="center", color="white")""",
        'ax.set(xlabel=f"Share, % ({fc.when(rows)})", ylabel="", xlim=(0, 100))',
        'sns.move_legend(ax, "lower center", bbox_to_anchor=(.5, 1), ncols=2, title="", reverse=True)',
    ]


def label_axis(axis, rows):
    """Label an axis with indicator, unit and period of its rows, and write its numbers for readers: 100 billion, not 1e11.

    axis: `ax.xaxis` or `ax.yaxis`; rows: rows of observations of one indicator. Long labels are wrapped.
    """
    unit = " ".join(rows["pattern"].iloc[0].replace("{}", "").replace("{s}", "s").split()) or "number"
    label = about(rows["indicator"].iloc[0])["label"]
    words, period = label if unit in label else f"{label}, {unit}", f"({when(rows)})"
    width = 46 if axis.axis_name == "x" else 30
    lines = [f"{words} {period}"] if len(words + period) < width else [textwrap.fill(words, width), textwrap.fill(period, width)]
    axis.set_label_text("\n".join(lines))
    axis.label.set_visible(True)  # seaborn hides it where axes are shared
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(_Numbers())


class _Numbers(Formatter):
    """Numbers at an axis as `fmt` writes them, with as many decimals as their steps need."""

    def __call__(self, value, position=None):
        return self.format_ticks([value])[0]

    def format_ticks(self, values):
        """The numbers of all ticks: those of fifty million and more in words, and then their neighbours too."""
        largest = max(map(abs, values), default=0)
        size, word = next((s for s in ((1e9, " billion"), (1e6, " million")) if largest >= max(s[0], 5e7)), (1, ""))
        steps = [v / size for v in values]
        decimals = next((d for d in range(9) if all(abs(v - round(v, d)) <= 1e-6 * abs(v) for v in steps)), 9)
        return [fmt(v, decimals) + (word if v else "") for v in steps]


class Workbench(ipywidgets.VBox):
    """Controls for cities, indicators, relation and kind of chart; below them the figure and the code that made it.

    cities: cities picked at first, by key or English name; all if not given. indicators: keys of indicators.csv;
    relate: "absolute" or a key of relations.csv that all of them allow; chart: "bars", "dots", "scatter" or "composition";
    label: name to refer to the figure by, after "fig-".
    `value` is the picks: a dictionary with cities, indicators, relate and chart. Setting some of its keys leaves the others.
    Raises ValueError, naming the valid choices, for an unknown one. A choice that can't be drawn is explained where the figure would stand.
    """

    value = traitlets.Dict()

    def __init__(self, cities=None, indicators=("gdp_per_capita", ), relate="absolute", chart="bars", label="workbench"):
        self._label, self._following = label, False
        labels = read("indicators")["section"] + " · " + read("indicators")["label"]
        wide = {"style": {"description_width": "5rem"}, "layout": {"width": "100%", "max_width": "44rem"}}
        self._controls = {
            "cities": ipywidgets.SelectMultiple(options=[(name(p), p) for p in all_cities()], rows=len(all_cities()), description="Cities", **wide),
            "indicators": ipywidgets.SelectMultiple(options=list(zip(labels, read("indicators")["indicator"])), rows=9, description="Indicators", **wide),
            "relate": ipywidgets.Dropdown(options=[("absolute", "absolute")], description="Relate", **wide),
            "chart": ipywidgets.RadioButtons(options=[(words, key) for key, words in CHARTS.items()], description="Chart", **wide),
        }
        self._shown = ipywidgets.HTML()
        hint = ipywidgets.HTML("<small style='display:block;line-height:1.4'>Several cities or indicators: hold Ctrl (on a Mac ⌘) and click, "
                               "or Shift and the arrow keys. An indicator’s number is its section of the report.</small>")
        super().__init__([hint, *self._controls.values(), self._shown])
        for control in self._controls.values():
            control.observe(self._picked, "value")
        self.value = {"cities": all_cities() if cities is None else cities, "indicators": indicators, "relate": relate, "chart": chart}

    @traitlets.validate("value")
    def _known(self, proposal):
        asked = proposal["value"]
        picks = {"cities": [], "indicators": [], "relate": "absolute", "chart": "bars"} | self.value
        unknown = [key for key in asked if key not in picks]
        if unknown:
            raise PickError(f"unknown pick {unknown[0]!r}; there are: {', '.join(picks)}")
        picks |= asked
        if "relate" not in asked and picks["relate"] not in _relations(picks["indicators"]):
            picks["relate"] = "absolute"
        return _complete(picks)

    @traitlets.observe("value")
    def _follow(self, change):
        """Bring the controls in step with the picks and draw."""
        self._following = True
        relations = _relations(self.value["indicators"])
        self._controls["relate"].options = [(label, key) for key, label in relations.items()]
        for key, control in self._controls.items():
            control.value = tuple(self.value[key]) if key in ("cities", "indicators") else self.value[key]
        self._following = False
        self._shown.value = f'<div style="line-height:1.5">{self._drawn()}</div>'

    def _picked(self, change):
        if not self._following:
            key = next(key for key, control in self._controls.items() if control is change["owner"])
            self.value = {key: list(change["new"]) if key in ("cities", "indicators") else change["new"]}

    def frame(self):
        """The rows of the picks as a DataFrame, with the columns of `observations`. Raises ValueError if no indicator is picked."""
        if not self.value["indicators"]:
            raise PickError("no indicator is picked")
        return observations(*self.value["indicators"], places=self.value["cities"], relate=self.value["relate"])

    def code(self):
        """The code of the present picks. Raises ValueError if they can't be drawn."""
        return workbench_code(**self.value)

    def _drawn(self):
        """Figure and code of the present picks as HTML, or why there is none."""
        try:
            code = self.code()
        except ValueError as error:
            return Markup('<p class="workbench-message" role="status">This choice can’t be drawn: {}.</p>').format(str(error))
        names = {}
        exec(code, names)
        caption, alt = _words(self.value)
        drawn = Markup(figure(names["ax"], f"fig-{self._label}", caption, alt, uses=_uses(self.value), places=self.value["cities"]).html)
        coloured = Markup(highlight(code, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)).rstrip("\n"))
        return drawn + Markup('<p class="workbench-code"><b>The code that made this figure, to copy</b></p><div class="highlight"><pre '
                              'style="white-space:pre-wrap;overflow-wrap:anywhere"><code>{}</code></pre></div>').format(coloured)

    def _repr_html_(self):
        """Figure, code and how to run it, for pages without a kernel."""
        return Markup('<section class="workbench" aria-label="Workbench">{}{}</section>').format(self._drawn(), HOW_TO_RUN)

    def _repr_mimebundle_(self, **kwargs):
        return super()._repr_mimebundle_(**kwargs) | {"text/plain": repr(self), "text/html": str(self._repr_html_())}

    def __repr__(self):
        return f"Workbench; picks: {json.dumps(self.value)}"


def _complete(picks):
    """The picks as keys: cities in the order of the data, each choice once. Raises PickError for an unknown one."""
    labels = read("indicators").set_index("indicator")["label"]
    for key, example in (("cities", all_cities()[0]), ("indicators", labels.index[0])):
        if isinstance(picks[key], str):
            raise PickError(f"{key} must be a list, such as [{example!r}]; it is {picks[key]!r}")
    keys = {name(place): place for place in all_cities()}
    chosen = [_one_of(keys.get(city, city), all_cities(), "city") for city in picks["cities"]]
    indicators = [_one_of(i, labels.index, "indicator") for i in dict.fromkeys(picks["indicators"])]
    relations = _relations(indicators)
    if picks["relate"] not in relations:
        _one_of(picks["relate"], ["absolute", *read("relations")["relation"]], "relation")
        raise PickError(f"{list_of(labels[indicators]) or 'no indicator'} can't be shown {picks['relate']!r}; valid here: {', '.join(relations)}")
    return {"cities": [place for place in all_cities() if place in chosen], "indicators": indicators, "relate": picks["relate"],
            "chart": _one_of(picks["chart"], CHARTS, "chart")}


def _one_of(pick, options, what):
    if pick not in options:
        raise PickError(f"unknown {what}: {pick!r}; there are: {', '.join(options)}")
    return pick


def _relations(indicators):
    """The relations that all of some indicators allow: {"absolute": "absolute", "per_1000": "per 1,000 residents"}."""
    allowed = read("relations").set_index("relation")["label"].to_dict() if len(indicators) else {}
    for indicator in indicators:
        own = about(indicator)["relate"].split()
        allowed = {key: label for key, label in allowed.items() if key in own}
    return {"absolute": "absolute"} | allowed


def _drawable(picks):
    """The rows to draw. Raises PickError if these picks can't be drawn as this chart."""
    cities, indicators, chart = picks["cities"], picks["indicators"], picks["chart"]
    labels = read("indicators").set_index("indicator")["label"]
    if not cities:
        raise PickError(f"no city is chosen; choose from: {list_of(map(name, all_cities()))}")
    if not indicators:
        raise PickError(f"no indicator is chosen; choose one of data/indicators.csv, such as {labels.iloc[0]}")
    if chart == "scatter" and len(indicators) != 2:
        raise PickError(f"scatter needs exactly two indicators, one for each axis; {'only' if len(indicators) < 2 else 'not'} {list_of(labels[indicators])}")
    rows = observations(*indicators, places=cities, relate=picks["relate"])
    if chart == "composition":
        _check_shares(rows, indicators, labels)
    for indicator in indicators:
        if indicator not in set(rows["indicator"]):
            having = list(dict.fromkeys(observations(indicator, relate=picks["relate"])["city"]))
            raise PickError(f"{labels[indicator]} has no value for {list_of(map(name, cities))}; cities that have one: {list_of(having) or 'none'}")
    if chart == "scatter" and not _both(rows, indicators):
        raise PickError(f"scatter needs a city with a value of each; no chosen city has both {list_of(labels[indicators])}")
    return rows


def _check_shares(rows, indicators, labels):
    """Raise PickError unless the rows can be stacked as parts of a whole."""
    fitting = "choose shares of one whole, such as Services with Industry and construction"
    others = [label for key, label in labels[indicators].items() if about(key)["unit"] != "percent"]
    if others or set(rows["unit"]) - {"percent"}:
        raise PickError(f"composition stacks shares in percent; not a share: {list_of(others or labels[indicators])}. Instead {fitting}")
    if not 2 <= len(indicators) <= len(SHADES):
        raise PickError(f"composition stacks at least two shares and at most {len(SHADES)}; {len(indicators)} chosen. Instead {fitting}")
    totals = _latest(rows).groupby("city", sort=False)["value"].sum().round(1)
    beyond = [f"{total:g}% in {city}" for city, total in totals.items() if total > 100]
    if beyond:
        raise PickError(f"composition stacks parts of one whole, but {list_of(labels[indicators])} add up to {list_of(beyond)}. Instead {fitting}")


def _latest(rows):
    return rows.drop_duplicates(["indicator", "place"], keep="last")


def _both(rows, indicators):
    """Values of two indicators for the cities that have both, as two lists."""
    wide = _latest(rows).pivot(index="city", columns="indicator", values="value").reindex(columns=indicators).dropna()
    return [list(wide[i]) for i in indicators] if len(wide) else []


def _uses(picks):
    """Keys of the indicators behind a choice: those chosen, and what they are divided by."""
    below = read("relations").set_index("relation")["denominator"].get(picks["relate"], "")
    return list(dict.fromkeys([*picks["indicators"], *([below] if below else [])]))


def _words(picks):
    """Caption (finding first) and alt text of a choice, both from the data."""
    rows = observations(*picks["indicators"], places=picks["cities"], relate=picks["relate"])
    parts = {i: rows[rows["indicator"] == i] for i in picks["indicators"]}
    labels = [about(i)["label"] for i in parts]
    if picks["chart"] in ("scatter", "composition"):
        parts = {i: _latest(part) for i, part in parts.items()}
    finding = {"scatter": _order, "composition": _largest}.get(picks["chart"], _extremes)(parts, labels)
    caption = [finding]
    if picks["relate"] != "absolute":
        caption.append(_division(picks))
    without = [f"{label} in {list_of(absent)}" for label, part in zip(labels, parts.values())
               if (absent := [name(c) for c in picks["cities"] if c not in set(part["place"])])]
    if without:
        caption.append(f"Not reported, so not drawn: {'; '.join(without)}.")
    values = []
    for label, part in zip(labels, parts.values()):
        each = [f"{row['city']} {written(row)}" + (f" ({row['period']})" if part["period"].nunique() > 1 else "") for _, row in part.iterrows()]
        values.append(f"{label}: {', '.join(each)}")
    drawing = {"bars": "Bar chart", "dots": "Dots on a scale", "scatter": "Scatter plot", "composition": "Stacked bars"}[picks["chart"]]
    return " ".join(caption), f"{drawing} of {list_of(labels)}. {'; '.join(values)}."


def _extremes(parts, labels):
    """Who has the highest and the lowest value of each indicator."""
    found = []
    for label, part in zip(labels, parts.values()):
        ends = []
        for word, value in (("highest", part["value"].max()), ("lowest", part["value"].min())):
            at = part[part["value"] == value]
            each = at["city"] + (", " + at["period"] if part["place"].duplicated().any() else "")
            ends.append(f"{word} in {list_of(each)} ({written(at.iloc[0])})")
        one = part["value"].nunique() == 1
        found.append(f"{label}: " + (f"{written(part.iloc[0])} in {list_of(dict.fromkeys(part['city']))}" if one else ", ".join(ends)))
    return "; ".join(found) + "."


def _order(parts, labels):
    """Whether the cities stand in the same order by two indicators."""
    values = _both(pd.concat(parts.values()), list(parts))
    steps = [[(a > b) - (a < b) for a in one for b in one] for one in values]  # which of each two is the greater
    kind = "the same order as" if steps[0] == steps[1] else "the opposite order to that" if steps[0] == [-s for s in steps[1]] else "another order than"
    if len(values[0]) == 1:
        return f"“{labels[0]}” against “{labels[1]}”: one city has both, so there is nothing to compare."
    return f"By “{labels[0]}” the cities stand in {kind} by “{labels[1]}”. So few points make no rule."


def _largest(parts, labels):
    """Which of the shares is the largest in each city, and what they add up to."""
    rows = pd.concat(parts.values())
    top = rows.loc[rows.groupby("city", sort=False)["value"].idxmax()]
    each = [f"{label} in {list_of(group['city'])}" for label, group in top.groupby("label", sort=False)]
    totals = rows.groupby("city", sort=False)["value"].sum().round(1)
    return f"Largest of these shares: {'; '.join(each)}. Together they are {list_of(f'{total:g}% in {city}' for city, total in totals.items())}."


def _division(picks):
    """What the values are divided by, in words."""
    relation = read("relations").set_index("relation").loc[picks["relate"]]
    below = about(relation["denominator"])["label"] if relation["denominator"] else "that of the country"
    times = f" × {fmt(relation['factor'])}" if relation["factor"] != 1 else ""
    return f"Computed: {list_of(about(i)['label'] for i in picks['indicators'])} ÷ {below}{times}."
