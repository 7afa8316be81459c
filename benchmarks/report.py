"""What the benchmarks share: the conditions of a run, a line with its goal, a
table.
"""

import datetime
import os
import platform

VERDICT = {True: "met", False: "**not met**"}


def conditions():
    """Day, machine and its load, in one sentence."""
    return (
        f"{datetime.date.today()}, {os.cpu_count()} CPUs ({platform.machine()}) "
        f"with a load of {os.getloadavg()[0]:.1f} at the start, Python "
        f"{platform.python_version()}."
    )


def row(words, value, goal, unit, more=False):
    """A line of the table. goal: at most this, or at least if `more`; None if there is
    none.
    """
    shown = (
        f"{value:,.0f} {unit}"
        if value >= 100 or value == int(value)
        else f"{value:.1f} {unit}"
    )
    if goal is None:
        return words, shown, "", ""
    met = value >= goal if more else value <= goal
    return (
        words,
        shown,
        f"at {'least' if more else 'most'} {goal} {unit}",
        VERDICT[met],
    )


def table(rows):
    """Lines of a Markdown table of such rows."""
    return [
        "| what | measured | goal | |",
        "|---|---|---|---|",
        *(f"| {' | '.join(cells)} |" for cells in rows),
    ]
