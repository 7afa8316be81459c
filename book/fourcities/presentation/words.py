"""Words in a row: lists as in a sentence, numbers of names, what is missing."""

import pandas as pd

FEW = 12  # names in a sentence; of more the number is said, as explorer.js has it


def list_of(items):
    """Join words as in a sentence: "a", "a and b", "a, b and c"."""
    items = [str(i) for i in items]
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def some(names):
    """Names of cities as in a sentence, their number if they are many: "Berlin and Cologne", "40 cities"."""
    return list_of(names) if len(names) <= FEW else f"{len(names):,} cities"


def missing(text, otherwise="not stated"):
    """`text`, or the words for an empty cell: unknown is said, never invented."""
    return otherwise if pd.isna(text) or text == "" else str(text)
