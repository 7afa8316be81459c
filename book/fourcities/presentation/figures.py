"""A finished figure: caption with the finding first, drawing, sources, and its data as a table."""

import re
import textwrap
from itertools import pairwise

import matplotlib.pyplot as plt
from markupsafe import Markup

from fourcities.facts import fmt, observations

from .labels import overlap
from .notes import data_note
from .style import LONG
from .svg import svg_of
from .tables import Shown
from .value_tables import values_table
from .words import FEW, list_of, some


def figure(
    drawing, label, caption, alt, uses=(), places=None, period="report", years=False
):
    """A finished figure: caption, drawing, where the data come from, and the data as a table.

    drawing: Axes, array of Axes, Figure or seaborn grid.
    label: name to refer to it by, such as "fig-density"; caption: what the reader should see, finding first;
    alt: one sentence that says what the drawing shows, for those who can't see it;
    uses: keys of the indicators drawn; their units, periods and tables are written below the drawing; caption and alt name cities whose values were added, and values that the scale leaves out.
    places: keys of the places drawn; the cities unless given. period: that of the values drawn, as in `observations`. years: whether an axis is one of years.
    Returns an object that notebooks and pages show as HTML with an inline SVG.
    Raises ValueError if caption or alt is no sentence.
    """
    for what, text in (("caption", caption), ("alt", alt)):
        if not text.strip().endswith((".", "!", "?")) or len(text.split()) < 4:
            raise ValueError(
                f"figure {label!r}: its {what} must be a sentence; it is {text!r}"
            )
    while not hasattr(drawing, "savefig"):
        drawing = drawing.figure if hasattr(drawing, "figure") else drawing.flat[0]
    data = observations(*uses, places=places, period=period) if uses else None
    more = _to_mind(drawing, data, years) if uses else ""
    caption, alt = (
        caption + more,
        " ".join(filter(None, [alt + more, drawing.get_suptitle()])),
    )
    _make_room(drawing)
    svg = svg_of(drawing, label, alt)
    plt.close("all")
    headline, _, rest = caption.partition(". ")
    rest = Markup(" {}").format(rest) if rest else ""
    html = Markup(
        '<figure class="drawing" id="{}"><figcaption><strong>{}</strong>{}</figcaption>{}'
    ).format(label, headline + ("." if rest else ""), rest, Markup(svg))
    if uses:
        html += Markup(
            '<p class="data-line">{}</p><details class="data"><summary>Data behind this figure</summary>{}</details>'
        ).format(
            data_note(data),
            Markup(
                values_table(
                    *uses, label=f"{label}-data", places=places, period=period
                ).html
            ),
        )
    return Shown(html + Markup("</figure>"), alt)


def _to_mind(drawing, data, years):
    """What the words of a figure add by themselves: which cities come from other sources than the report, and what its scale can't show."""
    logarithmic = any(
        "log" in (axis.get_xscale(), axis.get_yscale()) for axis in drawing.axes
    )
    zero, undated = (
        (data["value"] <= 0) & logarithmic,
        data["period_start"].isna() & data["period_end"].isna() & years,
    )
    added, more = data.loc[data["added"] & ~zero & ~undated, "city"].unique(), ""
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
            more += f" Not drawn, since {why}: {list_of(cases) if len(cases) <= FEW else f'{len(cases):,} cities'}."
    return more


def _make_room(drawing):
    """Wrap long names at the vertical axes, write the numbers of scales, and make the figure as high as its lines need: forty cities don't stand on each other."""
    beside = len({round(axis.bbox.x0) for axis in drawing.axes})
    for axis in drawing.axes:
        labels = axis.get_yticklabels()
        names = [label.get_text() for label in labels]
        wrapped = [
            "\n".join(
                textwrap.fill(line, 2 * LONG // (beside + 1))
                for line in name.split("\n")
            )
            for name in names
        ]
        if wrapped != names:
            axis.set_yticks(axis.get_yticks(), wrapped, ha=labels[0].get_ha())
        if axis.get_xscale() == "log":  # in full: 0.01, 1, 10,000
            axis.xaxis.set_major_formatter(
                lambda value, _: (
                    fmt(value) if value >= 1 else f"{value:.12f}".rstrip("0")
                )
            )
    drawing.draw_without_rendering()
    for axis in drawing.axes:
        room, lines = (
            axis.bbox.width / max(axis.xaxis.label.get_window_extent().width, 1),
            axis.get_xlabel().split("\n"),
        )
        if room < 0.85 and beside > 1:  # a label alone may be wider than its axis
            axis.set_xlabel(
                "\n".join(
                    textwrap.fill(
                        line,
                        max(12, int(max(map(len, lines)) * room)),
                        break_long_words=False,
                    )
                    for line in lines
                )
            )
        _clear_numbers(axis)
    short = max((_crowding(axis) for axis in drawing.axes), default=1)
    if short > 1.07:
        drawing.set_figheight(drawing.get_figheight() * short)


def _clear_numbers(axis):
    """Numbers at the horizontal axis in words rather than as powers of ten, and only as many of them as have room."""
    if axis.xaxis.get_offset_text().get_text():
        axis.xaxis.set_major_formatter(lambda value, _: fmt(value))
        axis.figure.draw_without_rendering()
    low, high = sorted(axis.get_xlim())
    ticks = [
        (place, label)
        for place, label in zip(axis.get_xticks(), axis.get_xticklabels())
        if low <= place <= high and re.match(r"[-−]?\d", label.get_text())
    ]
    step = 1
    while any(
        overlap(one.get_window_extent(), other.get_window_extent())
        for (_, one), (_, other) in pairwise(ticks[::step])
    ):
        step += 1
    if step > 1:
        axis.set_xticks(
            [place for place, _ in ticks[::step]],
            [label.get_text() for _, label in ticks[::step]],
        )


def _crowding(axis):
    """How many times higher an axis must be for the names at it to have room; 1 or less if they have."""
    boxes = sorted(
        (
            label.get_window_extent()
            for label in axis.get_yticklabels()
            if re.search(r"[^\W\d]", label.get_text())
        ),
        key=lambda box: box.y0,
    )
    needed = [
        (one.height + other.height) / (other.y0 + other.y1 - one.y0 - one.y1)
        for one, other in pairwise(boxes)
        if other.y0 + other.y1 > one.y0 + one.y1
    ]
    return max(needed, default=1) * 1.05
