"""What all explorers share: data and picks in step with the page, and the HTML form.

An explorer is an ordinary ipywidget; its `value` is the picks. Its HTML form is a table for the default
picks with the data beside it. What is written in Python (rows, order, wording) is written in the
JavaScript beside it as well, since a page has no kernel; tests/test_explorers.py compares the two for
every choice.
"""

import json
from pathlib import Path

import anywidget
import traitlets
from markupsafe import Markup

HERE = Path(__file__).parents[2]


class PickError(traitlets.TraitError, ValueError):
    """A pick that does not exist; the message names the valid ones."""


class BaseExplorer(anywidget.AnyWidget):
    """What all explorers share: data and picks in step with the page, and the HTML form."""

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    data = traitlets.Dict().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)

    def __init__(self, data, picks):
        self._choices = {key: dict(options) for key, options in data["choices"].items()}
        self._defaults = data["value"]
        super().__init__(data=data, value=picks)
        self.data = data | {"value": self.value}

    @traitlets.validate("value")
    def _complete(self, proposal):
        """The picks with every key, as keys of the data; a pick that does not exist is an error that names the valid ones."""
        asked = proposal["value"]
        unknown = [key for key in asked if key not in self._defaults]
        if unknown:
            raise PickError(
                f"unknown pick {unknown[0]!r}; there are: {', '.join(self._defaults)}"
            )
        picks = self._defaults | (self.value or {}) | asked
        for key, options in self._choices.items():
            names = {label: option for option, label in options.items()}
            if isinstance(self._defaults[key], list):
                if isinstance(picks[key], str):
                    raise PickError(
                        f"{key} must be a list, such as [{next(iter(options))!r}]; it is {picks[key]!r}"
                    )
                chosen = {
                    one_of(names.get(pick, pick), options, key) for pick in picks[key]
                }
                picks[key] = [option for option in options if option in chosen]
            else:
                picks[key] = one_of(names.get(picks[key], picks[key]), options, key)
        return self._settle(picks, asked)

    def _settle(self, picks, asked):
        return picks

    def _repr_mimebundle_(self, **kwargs):
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        return bundle | {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
        }, metadata

    def _repr_html_(self):
        """The table for the present picks, and the data, so that a page can draw any other."""
        data = json.dumps(
            self.data | {"value": self.value}, ensure_ascii=False, separators=(",", ":")
        ).replace("<", "\\u003c")
        return Markup(
            '<section class="explorer" id="{}" aria-label="{}"><div class="explorer-view">{}</div><script type="application/json">{}</script></section>'
        ).format(self.data["id"], self.data["title"], Markup(self.view()), Markup(data))

    def __repr__(self):
        return (
            f"{self.data['title']}; picks: {json.dumps(self.value, ensure_ascii=False)}"
        )


def one_of(pick, options, key):
    if pick not in options:
        raise PickError(f"unknown {key}: {pick!r}; there are: {', '.join(options)}")
    return pick
