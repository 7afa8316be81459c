"""Checks on titles and codes."""

from __future__ import annotations

from fourcities.facts import Reading, Value, lookup, read
from fourcities.presentation import list_of, name

from .parts import local_title, name_behind, row_behind, row_in, value_in
from .shapes import Checked, Unknown
from .titles import capitals, mismatch, place_of_one


def check_title(reading: Reading) -> Checked:
    """An English title says what its Chinese or German title says."""
    row = row_behind(row_in(reading.parts[0]))
    if not local_title(row):
        raise Unknown("No title in the original language is printed.")
    words = mismatch(row)
    sentences = [
        f"{name_behind(row)}.",
        words or "Each word has its counterpart.",
        place_of_one(row),
        capitals(row),
    ]
    return Checked(not words, " ".join(filter(None, sentences)))


def check_same_title(reading: Reading) -> Checked:
    """All rows have one title in the original language."""
    rows = [row_behind(row_in(part)) for part in reading.parts]
    titles = {local_title(row) for row in rows}
    if "" in titles:
        raise Unknown(
            "A title in the original language is not printed for each of them."
        )
    words = "; ".join(f"{name_behind(row)}, Section {row['section']}" for row in rows)
    return Checked(len(titles) == 1, f"{words}.")


def check_different_titles(reading: Reading) -> Checked:
    """The rows do not all have one title in the original language."""
    same = check_same_title(reading)
    return same._replace(holds=not same.holds)


def check_same_code(reading: Reading) -> Checked:
    """The codes have a category in common."""
    values = [value_in(part) for part in reading.parts]
    categories = [_categories(value) for value in values]
    labels = lookup("dimensions", "label")
    each = [
        f"{labels[value.indicator]}, {name(value.place)}: "
        + (list_of(sorted(found)) or "not stated")
        for value, found in zip(values, categories)
    ]
    words = f"{'; '.join(each)}."
    if not all(categories):
        raise Unknown(words)
    return Checked(bool(set.intersection(*categories)), words)


def check_different_code(reading: Reading) -> Checked:
    """The codes have no category in common."""
    same = check_same_code(reading)
    return same._replace(holds=not same.holds)


def _categories(cell: Value) -> set[str]:
    """What codings.csv says of a place on a dimension."""
    codings = read("codings")
    of_dimension = codings["dimension"] == cell.indicator
    of_place = codings["place"] == cell.place
    return set(codings.loc[of_dimension & of_place, "category"])
