"""`decide` for many people at once: the same law from the same files, without the words.

Importing this package does not import the compiler; the first call does.
"""

from zaigang.engines.entitlement.many.columns import BadColumns, Columns, columns, columns_of
from zaigang.engines.entitlement.many.deciding import decide_many, warm
from zaigang.engines.entitlement.many.decisions import Decisions, MonthPaid
from zaigang.engines.entitlement.many.totals import Differences, Totals, by_month, differences, total_fen

__all__ = [
    "BadColumns",
    "Columns",
    "Decisions",
    "Differences",
    "MonthPaid",
    "Totals",
    "by_month",
    "columns",
    "columns_of",
    "decide_many",
    "differences",
    "total_fen",
    "warm",
]
