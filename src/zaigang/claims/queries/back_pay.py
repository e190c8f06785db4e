"""Differences that are paid after the month itself went out: what waits for a list, and what is on one."""

from datetime import date

from django.db.models import F, Q, QuerySet

from zaigang.claims.enums import BackPayState, Life
from zaigang.claims.models import BackPay, Claim, PaymentList
from zaigang.offices.models import Office


def back_pay_due(office: Office, month: date) -> QuerySet[BackPay]:
    """What waits for this office's list of `month`: for this month and those before, of claims that still pay them.

    What is held back with a claim waits with it. With the payment, its claim and case.
    """
    still_paid = Q(payment__claim__stopped_on=None) | Q(payment__month__lt=F("payment__claim__stopped_on"))
    waiting = BackPay.objects.filter(
        still_paid,
        state=BackPayState.RELEASED,
        payment__month__lte=month,
        payment__claim__case__closure__office=office,
    ).exclude(payment__claim__life=Life.SUSPENDED)
    return waiting.select_related("payment__claim__case")


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
