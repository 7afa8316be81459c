"""The workbench: choose cities, indicators and a kind of chart; see the figure and the code that made it.

What is shown is drawn by running the code that stands below it (`workbench_code`), so the two can't differ.
"""

import json

import ipywidgets
import traitlets
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from fourcities.facts import cities as all_cities
from fourcities.facts import observations, read
from fourcities.presentation import figure, name

from ..common.base import PickError
from .choices import CHARTS, complete_choices, relations_of
from .code import workbench_code
from .words import indicators_used, words_of

HOW_TO_RUN = Markup(
    '<p class="workbench-how">On this page nothing is computed. To make other choices, run the notebook: “Download this notebook” above the title gives you it alone, '
    '<code class="docutils literal notranslate">make lab</code> in the project’s folder opens all of them (<a href="how-to-use.html#if-you-explore">how to run it</a>).</p>'
)


class Workbench(ipywidgets.VBox):
    """Controls for cities, indicators, relation and kind of chart; below them the figure and the code that made it.

    cities: cities picked at first, by key or English name; all if not given. indicators: keys of indicators.csv;
    relate: "absolute" or a key of relations.csv that all of them allow; chart: "bars", "dots", "scatter" or "composition";
    label: name to refer to the figure by, after "fig-".
    `value` is the picks: a dictionary with cities, indicators, relate and chart. Setting some of its keys leaves the others.
    Raises ValueError, naming the valid choices, for an unknown one. A choice that can't be drawn is explained where the figure would stand.
    """

    value = traitlets.Dict()

    def __init__(
        self,
        cities=None,
        indicators=("gdp_per_capita",),
        relate="absolute",
        chart="bars",
        label="workbench",
    ):
        self._label, self._following = label, False
        labels = read("indicators")["section"] + " · " + read("indicators")["label"]
        wide = {
            "style": {"description_width": "5rem"},
            "layout": {"width": "100%", "max_width": "44rem"},
        }
        self._controls = {
            "cities": ipywidgets.SelectMultiple(
                options=[(name(p), p) for p in all_cities()],
                rows=len(all_cities()),
                description="Cities",
                **wide,
            ),
            "indicators": ipywidgets.SelectMultiple(
                options=list(zip(labels, read("indicators")["indicator"])),
                rows=9,
                description="Indicators",
                **wide,
            ),
            "relate": ipywidgets.Dropdown(
                options=[("absolute", "absolute")], description="Relate", **wide
            ),
            "chart": ipywidgets.RadioButtons(
                options=[(words, key) for key, words in CHARTS.items()],
                description="Chart",
                **wide,
            ),
        }
        self._shown = ipywidgets.HTML()
        hint = ipywidgets.HTML(
            "<small style='display:block;line-height:1.4'>Several cities or indicators: hold Ctrl (on a Mac ⌘) and click, "
            "or Shift and the arrow keys. An indicator’s number is its section of the report.</small>"
        )
        super().__init__([hint, *self._controls.values(), self._shown])
        for control in self._controls.values():
            control.observe(self._picked, "value")
        self.value = {
            "cities": all_cities() if cities is None else cities,
            "indicators": indicators,
            "relate": relate,
            "chart": chart,
        }

    @traitlets.validate("value")
    def _known(self, proposal):
        asked = proposal["value"]
        picks = {
            "cities": [],
            "indicators": [],
            "relate": "absolute",
            "chart": "bars",
        } | self.value
        unknown = [key for key in asked if key not in picks]
        if unknown:
            raise PickError(
                f"unknown pick {unknown[0]!r}; there are: {', '.join(picks)}"
            )
        picks |= asked
        if "relate" not in asked and picks["relate"] not in relations_of(
            picks["indicators"]
        ):
            picks["relate"] = "absolute"
        return complete_choices(picks)

    @traitlets.observe("value")
    def _follow(self, change):
        """Bring the controls in step with the picks and draw."""
        self._following = True
        relations = relations_of(self.value["indicators"])
        self._controls["relate"].options = [
            (label, key) for key, label in relations.items()
        ]
        for key, control in self._controls.items():
            control.value = (
                tuple(self.value[key])
                if key in ("cities", "indicators")
                else self.value[key]
            )
        self._following = False
        self._shown.value = f'<div style="line-height:1.5">{self._drawn()}</div>'

    def _picked(self, change):
        if not self._following:
            key = next(
                key
                for key, control in self._controls.items()
                if control is change["owner"]
            )
            self.value = {
                key: list(change["new"])
                if key in ("cities", "indicators")
                else change["new"]
            }

    def frame(self):
        """The rows of the picks as a DataFrame, with the columns of `observations`. Raises ValueError if no indicator is picked."""
        if not self.value["indicators"]:
            raise PickError("no indicator is picked")
        return observations(
            *self.value["indicators"],
            places=self.value["cities"],
            relate=self.value["relate"],
        )

    def code(self):
        """The code of the present picks. Raises ValueError if they can't be drawn."""
        return workbench_code(**self.value)

    def _drawn(self):
        """Figure and code of the present picks as HTML, or why there is none."""
        try:
            code = self.code()
        except ValueError as error:
            return Markup(
                '<p class="workbench-message" role="status">This choice can’t be drawn: {}.</p>'
            ).format(str(error))
        names = {}
        exec(code, names)
        caption, alt = words_of(self.value)
        drawn = Markup(
            figure(
                names["ax"],
                f"fig-{self._label}",
                caption,
                alt,
                uses=indicators_used(self.value),
                places=self.value["cities"],
            ).html
        )
        coloured = Markup(
            highlight(
                code,
                PythonLexer(stripnl=False, ensurenl=False),
                HtmlFormatter(nowrap=True),
            ).rstrip("\n")
        )
        return drawn + Markup(
            '<p class="workbench-code"><b>The code that made this figure, to copy</b></p><div class="highlight"><pre '
            'style="white-space:pre-wrap;overflow-wrap:anywhere"><code>{}</code></pre></div>'
        ).format(coloured)

    def _repr_html_(self):
        """Figure, code and how to run it, for pages without a kernel."""
        return Markup(
            '<section class="workbench" aria-label="Workbench">{}{}</section>'
        ).format(self._drawn(), HOW_TO_RUN)

    def _repr_mimebundle_(self, **kwargs):
        return super()._repr_mimebundle_(**kwargs) | {
            "text/plain": repr(self),
            "text/html": str(self._repr_html_()),
        }

    def __repr__(self):
        return f"Workbench; picks: {json.dumps(self.value)}"
