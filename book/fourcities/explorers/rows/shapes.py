"""Shapes of the rows of a table: as they are given, and as the page gets them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, NotRequired, TypeAlias, TypedDict

from ..common.shapes import RowsData

# A cell: text, or parts, each text or a pair of text and address within the book.
Cell: TypeAlias = "str | Sequence[str | tuple[str, str] | list[str]]"

# A facet: label, "several" or "one", {value: label}.
Facet: TypeAlias = tuple[str, str, Mapping[str, str]]


class TableRow(TypedDict):
    """A row as it is given to a `TableExplorer`."""

    key: str  # letters, digits and hyphens
    cells: Sequence[Cell]  # one for each column
    # {facet: the value, or values, that the row has}
    tags: NotRequired[Mapping[str, str | Sequence[str]]]


# A cell as the page gets it: text, or a list of texts and of pairs [text, address].
PageCell: TypeAlias = "str | list[str | list[str]]"


class PageRow(NamedTuple):
    """A row, checked; in the page a list of these."""

    key: str
    cells: list[PageCell]
    tags: list[list[str]]  # for each facet the values that the row has


class Judged(TypedDict):
    """By which facet a reader may judge rows, on a page."""

    facet: str
    meanings: dict[str, str]  # {value of the facet: what it means}


class RowsPage(RowsData):
    """All that a page gets to show rows of a table."""

    facets: list[list[str]]  # each [key, label, kind]
    columns: list[str]
    rows: list[list[object]]  # each a `PageRow`
    caption: str
    notes: list[str]  # below the table
    judged: NotRequired[Judged]
