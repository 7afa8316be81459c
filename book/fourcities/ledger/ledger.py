"""The ledger: every claim with what computing it gives."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

import pandas as pd
from IPython.display import Markdown

from fourcities.facts import read, state_of
from fourcities.presentation import LABEL, chapter, markdown, marked

from .outcomes import USES, judged
from .shapes import Judgement


def claims(rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """The ledger: every claim with what computing it gives.

    Parameters
    ----------
    rows : DataFrame, optional
        Rows of claims.csv; all of them if not given.

    Returns
    -------
    DataFrame
        The columns of the rows and: outcome (a key of OUTCOMES), use (a key of USES),
        finding (the arithmetic in words), caveat (flags of what it rests on, unlike
        periods; "" if none), holding and decided (how many of its readings hold, and
        how many can be computed).

    Raises
    ------
    ValueError
        If a row is not in the language of facts/readings.py, or rests on a part of a
        kind that its check can't take.

    Examples
    --------
    >>> import fourcities as fc
    >>> rows = fc.read("claims").query("claim == 'growth-one-period'")
    >>> judged = claims(rows).iloc[0]
    >>> judged["outcome"], judged["use"]
    ('in tension', 'unusable')
    >>> print(judged["finding"])
    Berlin 2005–2014, Cologne 2008–2013, Guangzhou 2012–2016 and Hangzhou 2011–2016.
    """
    return _all(state_of()).copy() if rows is None else _ledger(rows)


@lru_cache(maxsize=1)
def _all(state: Hashable) -> pd.DataFrame:
    """The whole ledger, worked out once for each state of the data."""
    return _ledger(read("claims"))


def _ledger(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of claims.csv with the judgement on each."""
    found = [judged(row) for _, row in rows.iterrows()]
    judgements = pd.DataFrame(found, columns=list(Judgement._fields))
    return rows.reset_index(drop=True).join(judgements)


def verdict(claim: str) -> Markdown:
    """One claim in a paragraph of Markdown.

    Parameters
    ----------
    claim : str
        A key of claims.csv.

    Returns
    -------
    Markdown
        Statement, section, outcome, the arithmetic, and a link to its row of the
        ledger.

    Raises
    ------
    KeyError
        If there is no such claim.
    """
    ledger = claims()
    found = ledger[ledger["claim"] == claim]
    if found.empty:
        known = ", ".join(ledger["claim"])
        raise KeyError(f"unknown claim {claim!r}; data/claims.csv has: {known}")
    row = found.iloc[0]
    outcome = f"{row['outcome'].capitalize()}; {USES[row['use']]}."
    finding = str(marked(row["finding"])).replace("\n", "<br>")
    return markdown(
        f"> In our words: {row['statement']} ({chapter(row['section'])})\n\n"
        f"**{outcome}** {finding} [Row of the ledger](#{LABEL}-{claim})"
    )
