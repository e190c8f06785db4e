"""A correction that finds too little was paid: the difference of each month, for the next list."""

from decimal import Decimal
from typing import Any

from zaigang.claims.enums import BackPayState
from zaigang.claims.law.comparing import by_month
from zaigang.claims.models import BackPay, Correction
from zaigang.claims.queries.correcting import Differences
from zaigang.foundation import clock
from zaigang.offices.models import Staff


def make_up(found: Correction, diff: Differences, by: Staff) -> None:
    """Make out the back-pay of a correction that is approved, once; what waited for a list in another sum is dropped.

    Inside the transaction of the last signature, the claim being locked and saved.
    """
    waiting = BackPay.objects.filter(payment__in=diff.void, state=BackPayState.RELEASED)
    waiting.update(state=BackPayState.DROPPED)
    lines = by_month(found.ruling.body)
    due = [(payment, yuan, lines[f"{payment.month:%Y-%m}"]) for payment, yuan in diff.under]
    BackPay.objects.bulk_create(
        BackPay(
            payment=payment, correction=found, yuan=yuan, standard=Decimal(str(line["yuan"])),
            source=dict(line["source"]), released_by=by, released_at=clock.now(),
        )
        for payment, yuan, line in due
    )  # fmt: skip


def back_pay_facts(diff: Differences) -> dict[str, Any]:
    """The months that get something, for the ledger."""
    months = [f"{payment.month:%Y-%m}" for payment, _yuan in diff.under]
    return {"back_pay": months} if months else {}
