"""The cover: the title, and the mark and colour of each city, as a picture."""

from io import BytesIO
from textwrap import wrap

from matplotlib.figure import Figure

from fourcities.presentation import city_markers, city_palette

from .volume import Volume

SIZE, DPI = (8, 12), 150  # inches; pixels for each
GAP = 0.16  # between the marks


def cover(volume: Volume) -> bytes:
    """Draw the cover.

    Parameters
    ----------
    volume : Volume

    Returns
    -------
    bytes
        A PNG; the same title and cities give the same.
    """
    figure = Figure(SIZE, DPI, facecolor="white")
    figure.set_layout_engine("none")
    lines = [
        (0.86, "\n".join(wrap(volume.title, 20)), 40, "bold"),
        (0.5, "\n".join(wrap(volume.subtitle, 38)), 19, "normal"),
        (0.1, "\n".join(volume.authors), 15, "normal"),
    ]
    for height, words, size, weight in lines:
        figure.text(
            0.1, height, words, size=size, weight=weight, va="top", linespacing=1.35
        )
    axes = figure.add_axes((0, 0, 1, 1), frameon=False, xlim=(0, 1), ylim=(0, 1))
    axes.set_axis_off()
    colours = city_palette()
    for number, (city, marker) in enumerate(city_markers().items()):
        axes.scatter(
            0.15 + number * GAP, 0.28, 2200, color=colours[city], marker=marker
        )
    picture = BytesIO()
    figure.savefig(picture, metadata={"Software": None})
    return picture.getvalue()
