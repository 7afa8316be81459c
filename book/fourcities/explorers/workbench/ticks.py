"""A list of boxes to tick, with a field that narrows it."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
import traitlets

from ..common.base import PickError
from ..common.pieces import fold, holds

FEW = 12  # options that need no field to narrow them
MOST = 100  # boxes shown at a time; of more, what is typed finds the others


class Ticks(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Several choices of a list, each with a box to tick.

    It takes the place of `ipywidgets.SelectMultiple`, which needs the Ctrl key.

    Parameters
    ----------
    options : sequence of (str, str)
        Label and key of each choice.
    description : str
        What is chosen: "Cities".

    Attributes
    ----------
    value : tuple of str
        Keys that are ticked, the last one last.

    Examples
    --------
    >>> from fourcities.explorers.workbench.ticks import Ticks
    >>> cities = Ticks([("Berlin", "berlin"), ("Cologne", "cologne")], "Cities")
    >>> cities.value = ("cologne",)
    >>> [box.value for box in cities.boxes()]
    [False, True]
    """

    value = traitlets.Tuple()

    def __init__(self, options: Sequence[tuple[str, str]], description: str) -> None:
        self.options = tuple(options)
        self.description = description
        self._made: dict[str, ipywidgets.Checkbox] = {}  # by key, once it was shown
        self._find = ipywidgets.Text(
            placeholder="type a part of a name",
            description=description,
            continuous_update=True,
            style={"description_width": "5rem"},
        )
        self._list = ipywidgets.Box(layout=_layout(len(self.options)))
        self._told = ipywidgets.HTML()
        head = self._find
        if len(self.options) <= FEW:
            head = ipywidgets.HTML(f"<b>{description}</b>")
        super().__init__([head, self._list, self._told])
        self._find.observe(self._show, "value")
        self._show()

    def boxes(self) -> list[ipywidgets.Checkbox]:
        """The boxes that are shown.

        Returns
        -------
        list of ipywidgets.Checkbox
            With the label of each choice as description.
        """
        return list(self._list.children)

    @traitlets.validate("value")
    def _known(self, proposal: traitlets.Bunch) -> tuple[str, ...]:
        known = [key for _, key in self.options]
        unknown = [key for key in proposal["value"] if key not in known]
        if unknown:
            raise PickError(f"unknown choice {unknown[0]!r}; there are: {known}")
        return tuple(dict.fromkeys(proposal["value"]))

    @traitlets.observe("value")
    def _follow(self, change: traitlets.Bunch) -> None:
        """Bring the boxes in step with what is chosen."""
        for key, box in self._made.items():
            box.value = key in self.value
        self._tell()

    def _show(self, change: Any = None) -> None:
        """Show the boxes whose labels hold what is typed."""
        words = fold(self._find.value).split()
        found = [pair for pair in self.options if holds([pair[0]], words)]
        self._list.children = [self._box(label, key) for label, key in found[:MOST]]
        self._hidden = len(found) - len(self._list.children)
        self._tell()

    def _box(self, label: str, key: str) -> ipywidgets.Checkbox:
        """The box of a choice, made when it is first shown."""
        if key not in self._made:
            box = ipywidgets.Checkbox(
                key in self.value,
                description=label,
                indent=False,
                layout={"width": "auto", "margin": "0 1rem 0 0"},
            )
            box.observe(lambda change: self._tick(key, change["new"]), "value")
            self._made[key] = box
        return self._made[key]

    def _tick(self, key: str, ticked: bool) -> None:
        """Take over what a reader has ticked; nothing, if the box only followed."""
        if ticked == (key in self.value):
            return
        others = [other for other in self.value if other != key]
        self.value = (*others, key) if ticked else tuple(others)

    def _tell(self) -> None:
        """Say how many are chosen, and what is not in sight."""
        said = f"{len(self.value):,} of {len(self.options):,} chosen"
        if not self._list.children:
            said += "; no name has what is typed"
        elif self._hidden:
            said += f"; {self._hidden:,} more are found by typing"
        self._told.value = f"<small>{said}</small>"


def _layout(count: int) -> dict[str, str]:
    """Few boxes in lines beside each other, many in a list that scrolls."""
    if count <= FEW:
        return {"flex_flow": "row wrap", "max_width": "44rem"}
    return {
        "flex_flow": "column nowrap",
        "display": "flex",
        "max_height": "13rem",
        "max_width": "44rem",
        "overflow": "auto",
        "border": "1px solid #8886",
        "padding": "0 .5rem",
    }
