"""Pieces of HTML and of searching that several explorers use."""

import unicodedata

from markupsafe import Markup

from fourcities.facts import read
from fourcities.presentation import flag_note, link_to, marked, table

ROWS = 50  # of a longer table a page shows these at first, as explorer.js does


NO_MATCH = "Nothing matches these picks."


NOT_REPORTED = Markup('<span class="missing">not reported</span>')


def in_parts(frame, caption, label, notes=(), ids=()):
    """A table; of a long one the first rows, and the others behind a line that opens: what is closed costs a browser nothing."""
    body = Markup(table(frame[:ROWS], caption, label, notes, ids[:ROWS]).html)
    if len(frame) > ROWS:
        rest = table(
            frame[ROWS:],
            Markup("{}: the other {}").format(caption, len(frame) - ROWS),
            f"{label}-rest",
            (),
            ids[ROWS:],
        ).html
        body += Markup(
            "<details><summary>{} of {:,} rows are shown; open the others</summary>{}</details>"
        ).format(ROWS, len(frame), Markup(rest))
    return body


def mind_list(lines):
    return Markup('<ul class="mind">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    )


def flag_cell(row, folded, claim):
    """The flag, the reason for it and a link to the ledger; folded: the reason behind a line that opens."""
    if not folded or not row["note"]:
        return flag_note(row, claim)
    words = (
        f"{row['flag']}: {read('flags').set_index('flag')['label'][row['flag']]}"
        if row["flag"]
        else "note"
    )
    return Markup('<details class="flag"><summary>{}</summary>{}{}</details>').format(
        words, marked(row["note"]), link_to(claim)
    )


def fold(text):
    """A text for comparing: small letters, without accents."""
    return "".join(
        c
        for c in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(c).startswith("M")
    ).lower()


def holds(texts, words):
    """Whether every word, folded, is in the texts."""
    text = fold(" ".join(texts))
    return all(word in text for word in words)
