"""Cities, and the places that they lie in."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import pandas as pd

from .package import lookup, read
from .shapes import State
from .state import state_of


def cities(status: str | None = None) -> list[str]:
    """Keys of the cities, in the order of places.csv.

    Parameters
    ----------
    status : str, optional
        "report" for those that the report is about, "added" for the others; all if not
        given.

    Returns
    -------
    list of str
        Keys of places.csv.

    Examples
    --------
    >>> import fourcities as fc
    >>> fc.cities("report")
    ['berlin', 'cologne', 'guangzhou', 'hangzhou']
    """
    return list(_cities(status, state_of()))


@lru_cache(maxsize=8)
def _cities(status: str | None, state: State) -> tuple[str, ...]:
    places = read("places")
    chosen = places["kind"] == "city"
    if status:
        chosen &= places["status"] == status
    return tuple(places.loc[chosen, "place"])


def places_above(place: str) -> list[str]:
    """Keys of a place and of every place above it, up to its country.

    Parameters
    ----------
    place : str
        Key of places.csv.

    Returns
    -------
    list of str
        The place itself first, the country last.

    Raises
    ------
    KeyError
        If there is no such place.
    """
    return upwards_from(place, lookup("places", "parent"))


def upwards_from(place: str, parents: Mapping[str, str]) -> list[str]:
    """As `places_above`, for many places: parents is looked up once for all."""
    line = [place]
    while parents[line[-1]]:
        line.append(parents[line[-1]])
    return line


def country_of(place: str) -> str:
    """Key of the country that a place lies in.

    Parameters
    ----------
    place : str
        Key of places.csv.

    Returns
    -------
    str
        Key of places.csv.

    Raises
    ------
    KeyError
        If there is no such place.
    """
    return places_above(place)[-1]


def by_place(rows: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of each place.

    Parameters
    ----------
    rows : DataFrame
        Rows of any table with a column `place`.

    Returns
    -------
    dict
        A list of rows by place, each row a dictionary by column; places and rows in the
        order of the table.
    """
    places: dict[str, list[dict[str, Any]]] = {}
    for row in cast(list[dict[str, Any]], rows.to_dict("records")):
        places.setdefault(row["place"], []).append(row)
    return places
