"""The workbench: choose cities, indicators and a kind of chart; see figure and code.

What is shown is drawn by running the code that stands below it (`workbench_code`), so
the two can't differ.
"""

import json
from collections.abc import Sequence
from typing import Any, cast

import ipywidgets
import pandas as pd
import traitlets
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from fourcities.facts import cities as all_cities
from fourcities.facts import observations, read
from fourcities.presentation import figure, for_notebooks, name

from ..common.base import PickError
from .choices import CHARTS, Picks, complete_choices, relations_of
from .code import workbench_code
from .ticks import Ticks
from .words import indicators_used, words_of

HOW_TO_RUN = Markup(
    '<p class="workbench-how">On this page nothing is computed. '
    "To make other choices, run the notebook: "
    "“Download this notebook” above the title gives you it alone, "
    '<code class="docutils literal notranslate">make lab</code> '
    "in the project’s folder opens all of them "
    '(<a href="how-to-use.html#if-you-explore">how to run it</a>).</p>'
)

CODE = Markup(
    '<p class="workbench-code"><b>The code that made this figure, to copy</b></p>'
    '<div class="highlight">'
    '<pre style="white-space:pre-wrap;overflow-wrap:anywhere"><code>{}</code></pre>'
    "</div>"
)

NOT_DRAWN = Markup(
    '<p class="workbench-message" role="status">This choice can’t be drawn: {}.</p>'
)

HINT = (
    "<small style='display:block;line-height:1.4'>"
    "Tick cities and indicators; the figure follows. "
    "An indicator’s number is its section of the report.</small>"
)

WIDE = {
    "style": {"description_width": "5rem"},
    "layout": {"width": "100%", "max_width": "44rem"},
}

SEVERAL = ("cities", "indicators")  # picks of which there may be more than one


class Workbench(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Controls for a figure; below them the figure and the code that made it.

    A choice that can't be drawn is explained where the figure would stand.

    Parameters
    ----------
    cities : sequence of str, optional
        Cities picked at first, by key or English name; all if not given.
    indicators : sequence of str
        Keys of indicators.csv.
    relate : str
        "absolute" or a key of relations.csv that all of them allow.
    chart : str
        "bars", "dots", "scatter" or "composition".
    label : str
        Name to refer to the figure by, after "fig-".

    Attributes
    ----------
    value : dict
        The picks: a dictionary with cities, indicators, relate and chart. Setting some
        of its keys leaves the others.

    Raises
    ------
    ValueError
        For an unknown choice, naming the valid ones.

    Examples
    --------
    >>> import fourcities as fc
    >>> workbench = fc.Workbench(["Cologne", "Berlin"], ["population"])
    >>> workbench.value = {"chart": "dots"}
    >>> workbench.value["cities"], workbench.value["chart"]
    (['berlin', 'cologne'], 'dots')
    """

    value = traitlets.Dict()

    def __init__(
        self,
        cities: Sequence[str] | None = None,
        indicators: Sequence[str] = ("gdp_per_capita",),
        relate: str = "absolute",
        chart: str = "bars",
        label: str = "workbench",
    ) -> None:
        self._label, self._following = label, False
        self._controls = _controls()
        self._shown = ipywidgets.HTML()
        hint = ipywidgets.HTML(HINT)
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
    def _known(self, proposal: traitlets.Bunch) -> Picks:
        """The picks with every key, what is not named as it was."""
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
        allowed = relations_of(picks["indicators"])
        if "relate" not in asked and picks["relate"] not in allowed:
            picks["relate"] = "absolute"
        return complete_choices(picks)

    @traitlets.observe("value")
    def _follow(self, change: traitlets.Bunch) -> None:
        """Bring the controls in step with the picks and draw."""
        self._following = True
        relations = relations_of(self.value["indicators"])
        self._controls["relate"].options = [
            (label, key) for key, label in relations.items()
        ]
        for key, control in self._controls.items():
            pick = self.value[key]
            control.value = tuple(pick) if key in SEVERAL else pick
        self._following = False
        self._shown.value = f'<div style="line-height:1.5">{self._drawn()}</div>'

    def _picked(self, change: traitlets.Bunch) -> None:
        """Take over what a reader has picked with a control."""
        if self._following:
            return
        for key, control in self._controls.items():
            if control is change["owner"]:
                pick = change["new"]
                self.value = {key: list(pick) if key in SEVERAL else pick}

    def frame(self) -> pd.DataFrame:
        """The rows of the picks.

        Returns
        -------
        DataFrame
            With the columns of `observations`.

        Raises
        ------
        ValueError
            If no indicator is picked.
        """
        if not self.value["indicators"]:
            raise PickError("no indicator is picked")
        return observations(
            *self.value["indicators"],
            places=self.value["cities"],
            relate=self.value["relate"],
        )

    def code(self) -> str:
        """The code of the present picks.

        Returns
        -------
        str
            What `workbench_code` writes for them.

        Raises
        ------
        ValueError
            If they can't be drawn.
        """
        return workbench_code(**self.value)

    def _drawn(self) -> Markup:
        """Figure and code of the present picks as HTML, or why there is none."""
        try:
            code = self.code()
        except ValueError as error:
            return NOT_DRAWN.format(str(error))
        return self._figure_of(code) + CODE.format(_coloured(code))

    def _figure_of(self, code: str) -> Markup:
        """The figure that the code draws, with words from the data."""
        names: dict[str, Any] = {}
        exec(code, names)
        picks = cast(Picks, self.value)
        caption, alt = words_of(picks)
        shown = figure(
            names["ax"],
            f"fig-{self._label}",
            caption,
            alt,
            uses=indicators_used(picks),
            places=picks["cities"],
        )
        return Markup(shown.html)

    def _repr_html_(self) -> Markup:
        """Figure, code and how to run it, for pages without a kernel."""
        return Markup(
            '<section class="workbench" aria-label="Workbench">{}{}</section>'
        ).format(self._drawn(), HOW_TO_RUN)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**kwargs)
        return bundle | {
            "text/plain": repr(self),
            "text/html": for_notebooks(self._repr_html_()),
        }

    def __repr__(self) -> str:
        return f"Workbench; picks: {json.dumps(self.value)}"


def _controls() -> dict[str, Any]:
    """A control for each pick, described and with its options."""
    places, rows = all_cities(), read("indicators")
    return {
        "cities": Ticks([(name(place), place) for place in places], "Cities"),
        "indicators": Ticks(
            list(zip(rows["section"] + " · " + rows["label"], rows["indicator"])),
            "Indicators",
        ),
        "relate": ipywidgets.Dropdown(
            options=[("absolute", "absolute")], description="Relate", **WIDE
        ),
        "chart": ipywidgets.RadioButtons(
            options=[(words, key) for key, words in CHARTS.items()],
            description="Chart",
            **WIDE,
        ),
    }


def _coloured(code: str) -> Markup:
    """Code as HTML in the colours of its syntax."""
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    html = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return Markup(html.rstrip("\n"))
