"""The page docs/names.md: every name that a notebook can use, from the code itself."""

from __future__ import annotations

import inspect
from types import ModuleType

import fourcities as fc
from fourcities import explorers, facts, ledger, presentation, teaching
from fourcities.facts import ROOT

NAMES = ROOT / "docs" / "names.md"
HEAD = """\
# Names that a notebook can use

    import fourcities as fc

`help(fc.cite)` in a notebook shows what a function takes and gives. This page is
written from the code by `make codebook`.
"""


def names_page() -> str:
    """The text of docs/names.md: the public names by room, each with its first line."""
    parts = [HEAD]
    for room in (facts, presentation, explorers, ledger, teaching):
        own = [name for name in fc.__all__ if name in room.__all__]
        title = room.__name__.rpartition(".")[2].capitalize()
        lines = [f"- `fc.{name}`: {_first_line(room, name)}" for name in own]
        parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _first_line(room: ModuleType, name: str) -> str:
    """The first sentence of a name's docstring; for a constant, what it holds."""
    thing = getattr(room, name)
    if isinstance(thing, dict):
        return "one of " + ", ".join(f"`{key}`" for key in thing) + "."
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def write_names() -> None:
    """Write docs/names.md anew."""
    NAMES.write_text(names_page(), encoding="utf-8")
