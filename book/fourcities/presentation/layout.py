"""Room for the words of a drawing: forty cities don't stand on each other."""

import re
import textwrap
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fourcities.facts import fmt

from .labels import overlap
from .style import LONG, figure_of


def make_room(drawing: Figure) -> None:
    """Wrap long names, write the numbers of scales, and find the height for all lines.

    The names are those at the vertical axes; the figure becomes as high as its lines
    need, so that they don't stand on each other.
    """
    beside = len({round(axis.bbox.x0) for axis in drawing.axes})
    for axis in drawing.axes:
        _wrap_names(axis, 2 * LONG // (beside + 1))
        if axis.get_xscale() == "log":
            axis.xaxis.set_major_formatter(_in_full)
    drawing.draw_without_rendering()
    for axis in drawing.axes:
        if beside > 1:  # a label alone may be wider than its axis
            _wrap_label(axis)
        _clear_numbers(axis)
    short = max((_crowding(axis) for axis in drawing.axes), default=1)
    if short > 1.07:
        drawing.set_figheight(drawing.get_figheight() * short)


def _wrap_names(axis: Axes, width: int) -> None:
    """Wrap the names at the vertical axis; width: characters in a line.

    What stands flush left are lines of text, which are wrapped where they are made.
    """
    labels = axis.get_yticklabels()
    if labels and labels[0].get_horizontalalignment() == "left":
        return
    names = [label.get_text() for label in labels]
    wrapped = [_wrapped(name, width) for name in names]
    if wrapped != names:
        axis.set_yticks(
            axis.get_yticks(), wrapped, ha=labels[0].get_horizontalalignment()
        )


def _wrapped(text: str, width: int) -> str:
    """A text with every line of it wrapped."""
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def _in_full(value: float, position: float) -> str:
    """A number at a logarithmic scale: 0.01, 1, 10,000."""
    return fmt(value) if value >= 1 else f"{value:.12f}".rstrip("0")


def _in_words(value: float, position: float) -> str:
    """A number at a scale as the book writes it, never as a power of ten."""
    return fmt(value)


def _wrap_label(axis: Axes) -> None:
    """Wrap the label of the horizontal axis if it is nearly as wide as the axis."""
    room = axis.bbox.width / max(axis.xaxis.label.get_window_extent().width, 1)
    if room < 0.85:
        lines = axis.get_xlabel().split("\n")
        width = max(12, int(max(map(len, lines)) * room))
        wrapped = [textwrap.fill(line, width, break_long_words=False) for line in lines]
        axis.set_xlabel("\n".join(wrapped))


def _clear_numbers(axis: Axes) -> None:
    """Write the numbers at the horizontal axis in words, as many as have room.

    Without it there may be powers of ten.
    """
    if axis.xaxis.get_offset_text().get_text():
        axis.xaxis.set_major_formatter(_in_words)
        figure_of(axis).draw_without_rendering()
    low, high = sorted(axis.get_xlim())
    ticks = [
        (place, label)
        for place, label in zip(axis.get_xticks(), axis.get_xticklabels())
        if low <= place <= high and re.match(r"[-−]?\d", label.get_text())
    ]
    boxes = [label.get_window_extent() for _, label in ticks]
    step = 1
    while any(overlap(one, other) for one, other in pairwise(boxes[::step])):
        step += 1
    if step > 1:
        kept = ticks[::step]
        axis.set_xticks(
            [place for place, _ in kept], [label.get_text() for _, label in kept]
        )


def _crowding(axis: Axes) -> float:
    """How many times higher an axis must be for the names at it to have room.

    It is about 1 or less if they have.
    """
    boxes = [
        label.get_window_extent()
        for label in axis.get_yticklabels()
        if re.search(r"[^\W\d]", label.get_text())
    ]
    boxes.sort(key=lambda box: box.y0)
    needed = []
    for one, other in pairwise(boxes):
        # Of both, twice the height of the middle; labels at one height are left out.
        if other.y0 + other.y1 > one.y0 + one.y1:
            distance = other.y0 + other.y1 - one.y0 - one.y1
            needed.append((one.height + other.height) / distance)
    return max(needed, default=1) * 1.05
