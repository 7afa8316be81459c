"""A finished figure.

Caption with the finding first, drawing, sources, and its data as a table.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fourcities.facts import lookup, observations

from .layout import make_room
from .notes import data_note
from .style import Panels, figure_of
from .svg import svg_of
from .tables import Shown, folded
from .value_tables import values_table
from .words import some

Drawing: TypeAlias = Axes | Panels | Figure | sns.axisgrid.Grid


FOLDED = re.compile(
    r'<details class="data"><summary>[^<]*</summary>'
    r'(<p class="data-line">.*?</p>).*?</details>(?=</figure>)',
    re.S,
)


def figure(
    drawing: Drawing,
    label: str,
    caption: str,
    alt: str,
    uses: Sequence[str] = (),
    places: Sequence[str] | None = None,
    period: str | int = "report",
    years: bool = False,
) -> Shown:
    """A finished figure: caption, drawing, where the data come from, and the data.

    Parameters
    ----------
    drawing : Axes, array of Axes, Figure or seaborn grid
        What is drawn. Its layout is adapted to long names and large numbers, and all
        open figures are closed.
    label : str
        Name to refer to it by, such as "fig-density".
    caption : str
        What the reader should see, finding first.
    alt : str
        One sentence that says what the drawing shows, for those who can't see it.
    uses : sequence of str
        Keys of the indicators drawn; their units, periods and tables are written below
        the drawing, and their values stand in a table that opens.
    places : sequence of str, optional
        Keys of the places drawn; the cities unless given.
    period : str or int
        That of the values drawn, as in `observations`.
    years : bool
        Whether an axis is one of years.

    Returns
    -------
    Shown
        An object that notebooks and pages show as HTML with an inline SVG.

    Raises
    ------
    ValueError
        If caption or alt is no sentence.

    Notes
    -----
    Caption and alt name cities whose values were added, and values that the scale
    leaves out.
    """
    for what, text in (("caption", caption), ("alt", alt)):
        _check_sentence(label, what, text)
    drawn = _figure_in(drawing)
    source = Markup("")
    if uses:
        data = observations(*uses, places=places, period=period)
        more = _to_mind(drawn, data, years)
        caption, alt = caption + more, alt + more
        source = _source(data, label, uses, places, period)
    if drawn.get_suptitle():
        alt = f"{alt} {drawn.get_suptitle()}"
    make_room(drawn)
    svg = svg_of(drawn, label, alt)
    plt.close("all")
    html = Markup(
        '<figure class="drawing" id="{}"><figcaption>{}</figcaption>{}{}</figure>'
    )
    return Shown(html.format(label, _with_headline(caption), Markup(svg), source), alt)


def _check_sentence(label: str, what: str, text: str) -> None:
    """Raise ValueError unless a text has an end and at least four words."""
    if not text.strip().endswith((".", "!", "?")) or len(text.split()) < 4:
        raise ValueError(
            f"figure {label!r}: its {what} must be a sentence; it is {text!r}"
        )


def _figure_in(drawing: Drawing) -> Figure:
    """The Figure that a drawing of any kind belongs to."""
    if isinstance(drawing, Figure):
        return drawing
    if isinstance(drawing, np.ndarray):
        return figure_of(drawing.item(0))
    return figure_of(drawing)  # a seaborn grid has its figure under the same name


def _with_headline(caption: str) -> Markup:
    """The caption, its first sentence set off from the others."""
    headline, _, rest = caption.partition(". ")
    if not rest:
        return Markup("<strong>{}</strong>").format(headline)
    return Markup("<strong>{}.</strong> {}").format(headline, rest)


def _source(
    data: pd.DataFrame,
    label: str,
    uses: Sequence[str],
    places: Sequence[str] | None,
    period: str | int,
) -> Markup:
    """Where the data come from, and the data as a table, behind a line that opens."""
    table = values_table(*uses, label=f"{label}-data", places=places, period=period)
    flags = [flag for flag in lookup("flags", "label") if flag in set(data["flag"])]
    flagged = f", flags ({', '.join(flags)})" if flags else ""
    line = Markup('<p class="data-line">{}</p>').format(data_note(data))
    return folded(
        f"Sources{flagged} and data of this figure", line + Markup(table.html)
    )


def with_sources_in_sight(html: str) -> str:
    """A figure's HTML where nothing opens: its sources stay, without the data.

    Parameters
    ----------
    html
        Of `figure`.

    Returns
    -------
    str
        The same with the line of sources below the drawing.
    """
    return FOLDED.sub(r"\1", html)


def _to_mind(drawing: Figure, data: pd.DataFrame, years: bool) -> str:
    """What the words of a figure add by themselves.

    Which cities come from other sources than the report, and what its scale can't show.
    data: rows of `observations`; years: whether an axis is one of years.
    """
    x_scales = {axis.get_xscale() for axis in drawing.axes}
    y_scales = {axis.get_yscale() for axis in drawing.axes}
    logarithmic = "log" in x_scales | y_scales
    zero = (data["value"] <= 0) & logarithmic
    undated = data["period_start"].isna() & data["period_end"].isna() & years
    added = data.loc[data["added"] & ~zero & ~undated, "city"].unique()
    more = ""
    if len(added):
        more += f" Also drawn, from other sources than the report: {some(added)}."
    for why, left_out in (
        ("the scale has no place for zero", data[zero]),
        ("no year is stated", data[undated]),
    ):
        cases = [
            f"{city} ({'; '.join(rows['label'].str.lower())})"
            for city, rows in left_out.groupby("city", sort=False)
        ]
        if cases:
            more += f" Not drawn, since {why}: {some(cases)}."
    return more
