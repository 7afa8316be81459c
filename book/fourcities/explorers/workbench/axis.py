"""The label of an axis and the numbers at it."""

import textwrap

from matplotlib.ticker import Formatter, MaxNLocator

from fourcities.facts import about, fmt
from fourcities.presentation import when


def label_axis(axis, rows):
    """Label an axis with indicator, unit and period of its rows, and write its numbers for readers: 100 billion, not 1e11.

    axis: `ax.xaxis` or `ax.yaxis`; rows: rows of observations of one indicator. Long labels are wrapped.
    """
    unit = (
        " ".join(rows["pattern"].iloc[0].replace("{}", "").replace("{s}", "s").split())
        or "number"
    )
    label = about(rows["indicator"].iloc[0])["label"]
    words, period = label if unit in label else f"{label}, {unit}", f"({when(rows)})"
    width = 46 if axis.axis_name == "x" else 30
    lines = (
        [f"{words} {period}"]
        if len(words + period) < width
        else [textwrap.fill(words, width), textwrap.fill(period, width)]
    )
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
        size, word = next(
            (
                s
                for s in ((1e9, " billion"), (1e6, " million"))
                if largest >= max(s[0], 5e7)
            ),
            (1, ""),
        )
        steps = [v / size for v in values]
        decimals = next(
            (
                d
                for d in range(9)
                if all(abs(v - round(v, d)) <= 1e-6 * abs(v) for v in steps)
            ),
            9,
        )
        return [fmt(v, decimals) + (word if v else "") for v in steps]
