"""One look for every figure.

A colour and a marker for each city, text as text, readable in light and dark.
"""

import warnings
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias, cast, overload

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from fourcities.facts import cities, country_of, lookup

Panels: TypeAlias = npt.NDArray[np.object_]  # several Axes of one figure

# Two ends of a hue for each country, in the order of places.csv.
# All reach 3:1 against white and near-black.
HUES = [
    ("#1f6fb5", "#3f9bdc"),
    ("#c04a15", "#d67d24"),
    ("#2f7d4f", "#4fa163"),
    ("#7a5bb5", "#a184d6"),
]

MARKERS = "osD^vP*X"

WIDTH = 5.6  # inches: the width of a page

# All words have one size: at least 12 pixels on a phone, where a drawing fills the
# screen; the page makes them smaller where it is wider.
TEXT = 12.6  # points
LINE = 0.21  # inches: height of a line
WRAP = 34  # characters in a line

LONG = 28  # characters of a name on one line
COLUMNS = 4  # cities side by side in a drawing of columns
MOST = 40  # cities in a legend
DRAWN = 100  # cities in a drawing of words

# What is no city is grey. The first two reach 3:1 against white and near-black.
GREYS = ["#5e676f", "#8b939b", "#b9bfc5", "#3f474e"]

INK = "#010203"  # stands for the page's text colour until the SVG is written

# The page's fonts draw Chinese and Arabic names; matplotlib only misses them when it
# measures.
warnings.filterwarnings("ignore", message="Glyph .* missing from font")

sns.set_theme(
    style="ticks",
    palette=GREYS,
    rc={
        "svg.fonttype": "none",
        "text.parse_math": False,
        "figure.figsize": (WIDTH, 3.2),
        "figure.dpi": 72,
        "font.size": TEXT,
        "axes.labelsize": TEXT,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "legend.fontsize": TEXT,
        "axes.titlesize": TEXT,
        "figure.titlesize": TEXT,
        "legend.title_fontsize": TEXT,
        "axes.titlelocation": "left",
        "font.sans-serif": ["DejaVu Sans"],
        "legend.frameon": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "patch.edgecolor": "none",
        "figure.constrained_layout.use": True,
    },
)


def city_palette() -> dict[str, str]:
    """Colour of each city: one hue a country, from dark to light.

    Returns
    -------
    dict of str to str
        Hexadecimal colours by the English names of the cities, those of a country next
        to each other, countries and cities in the order of places.csv.

    Notes
    -----
    There are four hues. Every colour reaches 3:1 against white and near-black.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.city_palette()["Berlin"]
    '#1f6fb5'
    """
    names = lookup("places", "name")
    members_of: dict[str, list[str]] = {}  # cities by their country
    for city in cities():
        members_of.setdefault(country_of(city), []).append(city)
    palette = {}
    for number, members in enumerate(members_of.values()):
        hue = HUES[number % len(HUES)]
        shades = sns.blend_palette(hue, max(len(members), 2)).as_hex()
        for city, shade in zip(members, shades):
            palette[names[city]] = shade
    return palette


def greys(kinds: Iterable[str]) -> dict[str, str]:
    """A grey for each kind of something that is no city: colours are the cities'.

    Parameters
    ----------
    kinds : iterable of str
        Four at most.

    Returns
    -------
    dict of str to str
        Hexadecimal colours by the kinds, in their order.

    Raises
    ------
    ValueError
        If there are more kinds: nobody tells so many greys apart.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.greys(["in one country", "across the border"])["in one country"]
    '#5e676f'
    """
    known = list(kinds)
    if len(known) > len(GREYS):
        raise ValueError(f"{len(known)} kinds, but there are {len(GREYS)} greys")
    return dict(zip(known, GREYS))


def readable_on(colour: Any) -> str:
    """The colour of text on a coloured ground.

    Parameters
    ----------
    colour
        Of the ground, in any form that matplotlib knows.

    Returns
    -------
    str
        White where it has a contrast of at least 4.5 to 1, as WCAG asks of text; else
        near-black.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.readable_on("#1f6fb5"), fc.readable_on("#d67d24")
    ('white', '#111')
    """
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "white" if 1.05 / (luminance + 0.05) >= 4.5 else "#111"


def city_markers() -> dict[str, str]:
    """Marker of each city.

    Returns
    -------
    dict of str to str
        matplotlib's markers by the English names of the cities, in the order of
        places.csv. There are eight; a ninth city has the marker of the first.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.city_markers()["Hangzhou"]
    '^'
    """
    names = lookup("places", "name")
    return {
        names[city]: MARKERS[number % len(MARKERS)]
        for number, city in enumerate(cities())
    }


@overload
def axes(
    columns: Literal[1] = 1,
    rows: Literal[1] = 1,
    height: float = 3.2,
    **kwargs: Any,
) -> Axes: ...


@overload
def axes(
    columns: int = 1, rows: int = 1, height: float = 3.2, **kwargs: Any
) -> Any: ...


def axes(columns: int = 1, rows: int = 1, height: float = 3.2, **kwargs: Any) -> Any:
    """Empty axes in the width of a page.

    Parameters
    ----------
    columns, rows : int
        How many axes stand beside and below each other.
    height : float
        Height of the whole figure in inches.
    **kwargs
        Further arguments of `plt.subplots`, such as ``sharey=True``.

    Returns
    -------
    Axes, or array of Axes
        What `plt.subplots` returns as its second value: an array if there are several.
    """
    return plt.subplots(rows, columns, figsize=(WIDTH, height), **kwargs)[1]


def tell_left_out(drawing: Figure, places: Sequence[str]) -> None:
    """Say above a drawing of words how many of the places it has, unless it has all."""
    if len(places) > DRAWN:
        drawing.suptitle(f"Drawn: the first {DRAWN} of {len(places):,} cities.")


def figure_of(axis: Axes) -> Figure:
    """The figure that axes stand in; no drawing of the book has figures within it."""
    return cast(Figure, axis.figure)
