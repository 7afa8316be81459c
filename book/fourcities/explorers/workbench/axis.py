"""The label of an axis and the numbers at it."""

import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axis import Axis, XAxis
from matplotlib.ticker import Formatter, MaxNLocator

from fourcities.facts import about, fmt
from fourcities.presentation import when

# From here on, numbers at an axis are written in words, and then their neighbours too.
IN_WORDS = 5e7


def label_axis(axis: Axis, rows: pd.DataFrame) -> None:
    """Label an axis with what its rows share, and write its numbers for readers.

    The label is indicator, unit and period, wrapped if it is long. The numbers are
    written as `fmt` does: 100 billion, not 1e11.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        ``ax.xaxis`` or ``ax.yaxis``.
    rows : DataFrame
        Rows of observations of one indicator; needs the columns indicator, pattern and
        period.
    """
    label = about(rows["indicator"].iloc[0])["label"]
    unit = _unit_of(rows["pattern"].iloc[0])
    words = label if unit in label else f"{label}, {unit}"
    period = f"({when(rows)})"
    width = 46 if isinstance(axis, XAxis) else 30
    if len(words + period) < width:
        text = f"{words} {period}"
    else:
        text = f"{textwrap.fill(words, width)}\n{textwrap.fill(period, width)}"
    axis.set_label_text(text)
    axis.label.set_visible(True)  # seaborn hides it where axes are shared
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(_Numbers())


def _unit_of(pattern: str) -> str:
    """The words of a pattern without the number: "{} year{s}" gives "years"."""
    words = pattern.replace("{}", "").replace("{s}", "s").split()
    return " ".join(words) or "number"


class _Numbers(Formatter):
    """Numbers at an axis as `fmt` writes them, with the decimals that they need."""

    def __call__(self, value: float, position: int | None = None) -> str:
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The numbers of all ticks, in words if one is fifty million or more."""
        size, word = _size_of(max(map(abs, values), default=0))
        steps = [value / size for value in values]
        decimals = _decimals_of(steps)
        return [fmt(step, decimals) + (word if step else "") for step in steps]


def _size_of(largest: float) -> tuple[float, str]:
    """What numbers at an axis are divided by, and the word for it."""
    if largest >= 1e9:
        return 1e9, " billion"
    if largest >= IN_WORDS:
        return 1e6, " million"
    return 1, ""


def _decimals_of(numbers: Sequence[float]) -> int:
    """The decimals that tell all of some numbers in full, nine at most."""
    for decimals in range(9):
        if all(abs(n - round(n, decimals)) <= 1e-6 * abs(n) for n in numbers):
            return decimals
    return 9
