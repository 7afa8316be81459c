"""The ledger: every claim with what computing it gives."""

from functools import lru_cache

import pandas as pd
from IPython.display import Markdown

from fourcities.facts import read, state_of
from fourcities.presentation import LABEL, chapter, marked

from .outcomes import USES, judged


def claims(rows=None):
    """The ledger: every claim with what computing it gives.

    rows: rows of claims.csv; all of them if not given.
    Returns their columns and: outcome (a key of OUTCOMES), use (a key of USES), finding (the arithmetic in words), caveat (flags of what it
    rests on, unlike periods; "" if none).
    Raises ValueError if a row is not in the language of readings.py.
    """
    return _all(state_of()).copy() if rows is None else _ledger(rows)


@lru_cache(maxsize=1)
def _all(state):
    """The whole ledger, worked out once for each state of the data."""
    return _ledger(read("claims"))


def _ledger(rows):
    found = [judged(row) for row in rows.to_dict("records")]
    return rows.reset_index(drop=True).join(
        pd.DataFrame(found, columns=["outcome", "use", "finding", "caveat"])
    )


def verdict(claim):
    """One claim in a paragraph of Markdown: statement, section, outcome, the arithmetic, and a link to its row of the ledger.

    claim: a key of claims.csv. Raises KeyError if there is no such claim.
    """
    ledger = claims().set_index("claim")
    if claim not in ledger.index:
        raise KeyError(
            f"unknown claim {claim!r}; data/claims.csv has: {', '.join(ledger.index)}"
        )
    row = ledger.loc[claim]
    return Markdown(
        f"> In our words: {row['statement']} ({chapter(row['section'])})\n\n**{row['outcome'].capitalize()}; {USES[row['use']]}.** {str(marked(row['finding'])).replace('$', chr(92) + '$').replace(chr(10), '<br>')} [Row of the ledger](#{LABEL}-{claim})"
    )
