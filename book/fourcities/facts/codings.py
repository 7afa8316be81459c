"""Codes: what the report says of the cities, in categories."""

from collections.abc import Sequence

import pandas as pd

from .package import read
from .places import cities


def codes_of(*dimensions: str, places: Sequence[str] | None = None) -> pd.DataFrame:
    """Codes as a DataFrame, from codings.csv.

    Parameters
    ----------
    *dimensions : str
        Keys of dimensions.csv.
    places : sequence of str, optional
        Keys of places.csv; the cities unless given.

    Returns
    -------
    DataFrame
        A row for each dimension, a column for each place: the category, several joined
        by "; ", and "not stated" where there is none.
    """
    places = places or cities()
    rows = read("codings").query("dimension in @dimensions and place in @places")
    joined = (
        rows.groupby(["dimension", "place"], sort=False)["category"]
        .agg("; ".join)
        .unstack()
    )
    return joined.reindex(index=list(dimensions), columns=list(places)).fillna(
        "not stated"
    )
