"""Where in the report, or in which source, a fact of a profile stands."""

from collections.abc import Iterable

from fourcities.facts import Cells
from fourcities.presentation import list_of, origins


def stands(row: Cells) -> str:
    """Where a row of any table stands, with hard blanks: "Table 1"."""
    return list_of(origins(row)).replace(" ", "\u00a0")


def all_stand(rows: Iterable[Cells]) -> str:
    """Where some rows stand, each place once."""
    return list_of(dict.fromkeys(map(stands, rows)))
