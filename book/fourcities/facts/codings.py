"""Codes: what the report says of the cities, in categories."""

from .package import read
from .places import cities


def codes_of(*dimensions, places=None):
    """Codes as a DataFrame: a row for each dimension, a column for each place, "not stated" where there is none."""
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
