"""Explorers: pickers that work in a notebook and, without a kernel, on a page.

It uses facts and presentation; ledger and teaching build explorers of their own from
it. Each kind has a folder: `numbers` (indicators), `texts` (policies, measures,
bodies), `rows` (the rows of any table), `designs` (Mill's methods) and `workbench`
(choose a figure, see its code). `common` holds what they share.
"""

from .common.base import PickError
from .designs.explorer import DesignExplorer
from .designs.methods import (
    agreement,
    combinations,
    covarying,
    difference,
    inseparable,
    pairs_of,
    recoded,
)
from .designs.steps import steps_table
from .numbers.explorer import Explorer
from .rows.explorer import FOLDED, TableExplorer
from .rows.shapes import Facet, TableRow
from .texts.explorer import TextExplorer
from .workbench.axis import label_axis
from .workbench.code import workbench_code
from .workbench.widget import Workbench

__all__ = [
    "FOLDED",
    "DesignExplorer",
    "Explorer",
    "Facet",
    "PickError",
    "TableExplorer",
    "TableRow",
    "TextExplorer",
    "Workbench",
    "agreement",
    "combinations",
    "covarying",
    "difference",
    "inseparable",
    "label_axis",
    "pairs_of",
    "recoded",
    "steps_table",
    "workbench_code",
]
