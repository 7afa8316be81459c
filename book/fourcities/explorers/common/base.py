"""What all explorers share: data and picks in step with the page, and the HTML form.

An explorer is an ordinary ipywidget; its `value` is the picks. Its HTML form is a table
for the default picks with the data beside it. What is written in Python (rows, order,
wording) is written in the JavaScript beside it as well, since a page has no kernel;
tests/test_explorers.py compares the two for every choice.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from markupsafe import Markup

from fourcities.presentation import for_notebooks

from .shapes import PageData, Picks

HERE = Path(__file__).parent
BUNDLES = HERE.parent / "bundles"  # made from the modules by `make bundles`


class PickError(traitlets.TraitError, ValueError):
    """A pick that does not exist; the message names the valid ones.

    It is a ValueError, and the TraitError by which a widget refuses a value.
    """


class BaseExplorer(anywidget.AnyWidget):
    """Data and picks in step with the page, and the HTML form.

    A kind of explorer gives its data and picks to `__init__`, writes `view`, and
    settles picks that depend on each other in `_settle`.
    """

    _esm = BUNDLES / "explorer.js"
    _css = HERE / "explorer.css"
    data = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)

    def __init__(self, data: PageData, picks: Picks) -> None:
        self._choices = {key: dict(options) for key, options in data["choices"].items()}
        self._defaults = data["value"]
        super().__init__(data=data, value=picks)
        self.data = data | {"value": self.value}

    @traitlets.validate("value")
    def _complete(self, proposal: traitlets.Bunch) -> Picks:
        """The picks with every key, as keys of the data.

        A pick that does not exist is an error that names the valid ones.
        """
        asked: Picks = proposal["value"]
        unknown = [key for key in asked if key not in self._defaults]
        if unknown:
            raise PickError(
                f"unknown pick {unknown[0]!r}; there are: {', '.join(self._defaults)}"
            )
        picks = self._defaults | (self.value or {}) | asked
        for key, options in self._choices.items():
            if isinstance(self._defaults[key], list):
                picks[key] = _several(picks[key], options, key)
            else:
                picks[key] = _keys([picks[key]], options, key)[0]
        return self._settle(picks, asked)

    def _settle(self, picks: Picks, asked: Picks) -> Picks:
        """The picks as they are kept. asked: those that were set just now."""
        return picks

    def view(self) -> str:
        """The HTML of the present view."""
        raise NotImplementedError

    def _beside(self) -> dict[str, Any]:
        """The data that a page needs beside the HTML of the present view."""
        return self.data

    def _repr_mimebundle_(
        self, **kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:  # a widget without a view; an explorer has one
            return None
        bundle, metadata = shown
        own = {"text/plain": repr(self), "text/html": for_notebooks(self._repr_html_())}
        return bundle | own, metadata

    def _repr_html_(self) -> Markup:
        """The table for the present picks.

        The data stand beside it, so that a page can draw any other.
        """
        data = json.dumps(
            self._beside() | {"value": self.value},
            ensure_ascii=False,
            separators=(",", ":"),
        ).replace("<", "\\u003c")
        return Markup(
            '<section class="explorer" id="{}" aria-label="{}">'
            '<div class="explorer-view">{}</div>'
            '<script type="application/json">{}</script></section>'
        ).format(self.data["id"], self.data["title"], Markup(self.view()), Markup(data))

    def __repr__(self) -> str:
        picks = json.dumps(self.value, ensure_ascii=False)
        return f"{self.data['title']}; picks: {picks}"


def _several(
    picks: str | Iterable[str], options: Mapping[str, str], key: str
) -> list[str]:
    """The keys of several picks, each once, in the order of the options."""
    if isinstance(picks, str):
        raise PickError(
            f"{key} must be a list, such as [{next(iter(options))!r}]; it is {picks!r}"
        )
    chosen = set(_keys(picks, options, key))
    return [option for option in options if option in chosen]


def _keys(picks: Iterable[str], options: Mapping[str, str], key: str) -> list[str]:
    """The keys of picks, each of which is given by its key or its label."""
    keys = {label: option for option, label in options.items()}
    return [one_of(keys.get(pick, pick), options, key) for pick in picks]


def one_of(pick: str, options: Collection[str], key: str) -> str:
    """`pick`, if it is among the options; else an error that names them.

    key: what is picked, for the error.
    """
    if pick not in options:
        raise PickError(f"unknown {key}: {pick!r}; there are: {', '.join(options)}")
    return pick
