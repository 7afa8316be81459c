"""The ledger: what the report states, held against its own numbers, names and times.

It uses facts, presentation and the explorer of rows. Teaching uses it. Outcomes are
computed each time and written down nowhere; what a claim rests on stands in
`data/claims.csv`.
"""

from .choices import AssumptionExplorer, assumptions, sensitivity
from .explorer import ClaimExplorer
from .ledger import claims, verdict
from .outcomes import OUTCOMES, USES
from .rounding import step
from .titles import mismatch

__all__ = [
    "OUTCOMES",
    "USES",
    "AssumptionExplorer",
    "ClaimExplorer",
    "assumptions",
    "claims",
    "mismatch",
    "sensitivity",
    "step",
    "verdict",
]
