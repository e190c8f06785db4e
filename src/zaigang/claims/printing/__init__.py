"""Papers that the office hands over and files. Records in, bytes out: no database, no clock."""

from zaigang.claims.printing.one_stop import (
    AmountSpan,
    CardData,
    DecisionReason,
    InsuredPeriod,
    ReceiptData,
    one_stop_pdf,
)
from zaigang.claims.printing.payment_list import (
    ListData,
    ListLine,
    Stopped,
    SumsDiffer,
    payment_list_pdf,
    payment_list_xlsx,
)
from zaigang.claims.printing.values import Tick

__all__ = [
    "AmountSpan",
    "CardData",
    "DecisionReason",
    "InsuredPeriod",
    "ListData",
    "ListLine",
    "ReceiptData",
    "Stopped",
    "SumsDiffer",
    "Tick",
    "one_stop_pdf",
    "payment_list_pdf",
    "payment_list_xlsx",
]
