"""Differences that are paid after the month itself went out: what waits for a list, and what is on one."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from zaigang.claims.enums import BackPayState, Life
from zaigang.claims.life import overpaid
from zaigang.claims.models import BackPay, Claim, Payment, PaymentList
from zaigang.offices.models import Office

_UNREAD = tuple(
    f"payment__claim__{name}"
    for name in (
        "answers", "reason", "case__note", "case__worker__id_number", "case__worker__bank_account",
        "case__worker__phones",
    )
)  # fmt: skip
#: A list may take it: the month is before the claim's stop. Months of a time away that is over are not told by this.
STILL_PAID = Q(payment__claim__stopped_on=None) | Q(payment__month__lt=F("payment__claim__stopped_on"))


def back_pay_due(office: Office, month: date, *, locked: bool = False) -> list[BackPay]:
    """What waits for this office's list of `month`: for this month and those before, where they were due.

    What is held back with a claim waits with it. With the payment, its claim and case; `locked` for a list.
    """
    waiting = BackPay.objects.filter(
        STILL_PAID,
        state=BackPayState.RELEASED,
        payment__month__lte=month,
        payment__claim__case__closure__office=office,
    ).exclude(payment__claim__life=Life.SUSPENDED)
    related = ("payment__claim__case__worker", "payment__claim__case__closure__office")
    found = waiting.select_related(*related).defer(*_UNREAD).order_by("pk")
    return list(_due(found.select_for_update(of=("self",)) if locked else found))


def _due(waiting: Iterable[BackPay]) -> Iterable[BackPay]:
    """Nothing is added to a month that was not due at all."""
    return (one for one in waiting if not overpaid(one.payment.claim, one.payment.month))


def with_sent(payments: QuerySet[Payment]) -> QuerySet[Any]:
    """Each with `sent`: the yuan that went out for the month, back-pay on a list included."""
    back = Sum("back_pays__yuan", filter=Q(back_pays__state=BackPayState.LISTED))
    none, money = Value(Decimal()), DecimalField(max_digits=9, decimal_places=2)
    return payments.annotate(
        sent=Coalesce("yuan", none, output_field=money) + Coalesce(back, none, output_field=money)
    )


def back_pay_on(made: PaymentList) -> QuerySet[BackPay]:
    """The lines of back-pay on a list, in the order of the rosters, with what a line shows."""
    related = (
        "payment__claim__case__worker",
        "payment__claim__case__firm",
        "payment__claim__case__closure__office",
    )
    ordered = ("payment__claim__case__closure__code", "payment__claim__case__number", "payment__month")
    return made.back_pays.select_related(*related).defer("payment__claim__case__note").order_by(*ordered)


def back_pay_of(claim: Claim) -> QuerySet[BackPay]:
    """Everything that was paid back on a claim, or will be, by month."""
    found = BackPay.objects.filter(payment__claim=claim).select_related("payment", "list")
    return found.order_by("payment__month", "released_at")
