"""Checks on titles and codes."""

from fourcities.facts import read
from fourcities.presentation import fact, list_of, name

from .numbers import Unknown
from .titles import mismatch


def check_title(reading):
    row = row_behind(reading.parts[0])
    words = mismatch(row)
    return (
        not words,
        f"{name_behind(row)}. {words or 'Each word has its counterpart.'}",
        [],
    )


def check_same_title(reading):
    rows = [row_behind(part) for part in reading.parts]
    titles = [row.get("local_title", row.get("local_name")) for row in rows]
    if "" in titles:
        raise Unknown(
            "A title in the original language is not printed for each of them."
        )
    words = "; ".join(f"{name_behind(row)}, Section {row['section']}" for row in rows)
    return len(set(titles)) == 1, f"{words}.", []


def check_different_titles(reading):
    same, words, rows = check_same_title(reading)
    return not same, words, rows


def check_same_code(reading):
    cells = [
        set(
            read("codings").query(
                "dimension == @part.indicator and place == @part.place"
            )["category"]
        )
        for part in reading.parts
    ]
    labels = read("dimensions").set_index("dimension")["label"]
    words = "; ".join(
        f"{labels[p.indicator]}, {name(p.place)}: {list_of(sorted(c)) or 'not stated'}"
        for p, c in zip(reading.parts, cells)
    )
    if not all(cells):
        raise Unknown(f"{words}.")
    return bool(set.intersection(*cells)), f"{words}.", []


def check_different_code(reading):
    same, words, rows = check_same_code(reading)
    return not same, words, rows


def row_behind(part):
    return fact(part.table, part.key)


def name_behind(row):
    """The English name or title of a row and, in brackets, the local one."""
    english = next(row[c] for c in ("title", "name", "statement") if c in row)
    local = row.get("local_title", row.get("local_name", ""))
    return f"{english} ({local})" if local else english
