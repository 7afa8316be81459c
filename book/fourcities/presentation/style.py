"""One look for every figure: a colour and a marker for each city, text as text, readable in light and dark."""

import warnings

import matplotlib.pyplot as plt
import seaborn as sns

from fourcities.facts import cities, country_of, read

# Two ends of a hue for each country, in the order of places.csv; all reach 3:1 against white and near-black.
HUES = [
    ("#1f6fb5", "#3f9bdc"),
    ("#c04a15", "#d67d24"),
    ("#2f7d4f", "#4fa163"),
    ("#7a5bb5", "#a184d6"),
]


MARKERS = "osD^vP*X"


SMALL, LINE, WRAP = (
    10.8,
    0.2,
    32,
)  # drawings made of words: points, inches a line, characters a line; readable on a phone


LONG, COLUMNS, MOST, DRAWN = (
    32,
    4,
    40,
    100,
)  # characters of a name on one line; cities side by side in a drawing of columns; cities in a legend; cities in a drawing of words


INK = "#010203"  # stands for the page's text colour until the SVG is written


# The page's fonts draw Chinese and Arabic names; matplotlib only misses them when it measures.
warnings.filterwarnings("ignore", message="Glyph .* missing from font")


sns.set_theme(
    style="ticks",
    rc={
        "svg.fonttype": "none",
        "text.parse_math": False,
        "figure.figsize": (5.6, 3.2),
        "figure.dpi": 72,
        "font.size": 12,
        "axes.labelsize": 12,
        "xtick.labelsize": 11.5,
        "ytick.labelsize": 12,
        "legend.fontsize": 11.5,
        "axes.titlesize": 12,
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


def city_palette():
    """Colour of each city by its English name: one hue a country, from dark to light."""
    places = read("places").set_index("place")
    palette, members_of = {}, {}
    for place in cities():
        members_of.setdefault(country_of(place), []).append(place)
    for i, members in enumerate(members_of.values()):
        shades = sns.blend_palette(HUES[i % len(HUES)], max(len(members), 2)).as_hex()
        palette.update(
            {places.at[p, "name"]: shade for p, shade in zip(members, shades)}
        )
    return palette


def city_markers():
    """Marker of each city by its English name."""
    names = read("places").set_index("place")["name"]
    return {names[p]: MARKERS[i % len(MARKERS)] for i, p in enumerate(cities())}


def axes(columns=1, rows=1, height=3.2, **kwargs):
    """Empty axes in the width of a page: what plt.subplots returns as its second value."""
    return plt.subplots(rows, columns, figsize=(5.6, height), **kwargs)[1]
