"""Words in a row: lists as in a sentence, numbers of names, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

# Names in a sentence; of more the number is said, as explorers/common/words.js has it.
FEW = 12


def list_of(items: Iterable[object]) -> str:
    """Join words as in a sentence.

    Parameters
    ----------
    items
        What to join, in this order; what isn't text is turned into it.

    Returns
    -------
    str
        "a", "a and b" or "a, b and c"; "" if there are none.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.list_of(["Berlin", "Cologne", "Hangzhou"])
    'Berlin, Cologne and Hangzhou'
    """
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def some(names: Collection[str]) -> str:
    """Names of cities as in a sentence, or their number if they are many.

    Parameters
    ----------
    names
        Names as they are shown.

    Returns
    -------
    str
        "Berlin and Cologne"; of more than `FEW` names "40 cities".
    """
    return list_of(names) if len(names) <= FEW else f"{len(names):,} cities"


def missing(text: str, otherwise: str = "not stated") -> str:
    """`text`, or the words for an empty cell: unknown is said, never invented."""
    return text or otherwise
