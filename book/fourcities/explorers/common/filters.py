"""Which rows fit the picks; where none does, which picks leave nothing, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from markupsafe import Markup

from .shapes import Picks

Row = TypeVar("Row")

# For each key of the picks, whether a row fits what is picked.
Filters: TypeAlias = Mapping[str, Callable[[Row], bool]]


def fitting(rows: Sequence[Row], filters: Filters[Row]) -> list[Row]:
    """The rows that fit all picks."""
    return [row for row in rows if all(fits(row) for fits in filters.values())]


def none_fits(
    data: Mapping[str, Any], picks: Picks, rows: Sequence[Row], filters: Filters[Row]
) -> Markup:
    """That no row fits, and which picks are why.

    These are those that no row fits; if there is none, all that any row does not fit.
    data: `RowsData`.
    """
    narrow = [key for key, fits in filters.items() if not all(map(fits, rows))]
    alone = [key for key in narrow if not any(map(filters[key], rows))]
    phrases = [
        phrase.replace("{}", _either(data, key, picks[key]))
        for key, phrase in data["phrases"].items()
        if key in (alone or narrow)
    ]
    return Markup('<p class="missing">There is no {}.</p>').format(
        " ".join([data["noun"][0], *phrases])
    )


def _either(data: Mapping[str, Any], key: str, picked: str | Sequence[str]) -> str:
    """The labels of what is picked, or the typed words: “a”, “b” or “c”."""
    labels = dict(data["choices"].get(key, []))
    keys = [picked] if isinstance(picked, str) else picked
    words = [f"“{labels.get(each, each.strip())}”" for each in keys]
    if not words:
        return "(nothing is picked)"
    *before, last = words
    return f"{', '.join(before)} or {last}" if before else last
