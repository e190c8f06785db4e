"""Months of payment: what is planned, released and listed, and what changed since the month before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from zaigang.claims.enums import ClaimState, Outcome, PaymentState
from zaigang.claims.models import Payment, PaymentList
from zaigang.claims.permissions import VIEW_PAYMENTS
from zaigang.offices.models import Office, Staff
from zaigang.offices.permissions import where

#: A payment that goes out, or did.
GOING_OUT = (PaymentState.RELEASED, PaymentState.LISTED)
_GRANTED = Q(claim__state=ClaimState.APPROVED, claim__outcome=Outcome.GRANT)


def payments_of(office: Office, month: date) -> QuerySet[Payment]:
    """Payments of one calendar month whose claim has its last signature and was granted, at this office."""
    return Payment.objects.filter(_GRANTED, month=month.replace(day=1), claim__case__closure__office=office)


def with_people(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """With claim, case and person, in the order of the rosters; sealed columns that no list shows stay closed."""
    related = ("claim__case__worker", "claim__case__closure__office")
    unread = ("claim__answers", "claim__facts", "claim__reason", "claim__case__note")
    ordered = payments.order_by("claim__case__closure__code", "claim__case__number")
    return ordered.select_related(*related).defer(*unread)


@dataclass(frozen=True, slots=True)
class MonthSums:
    """One month of one office: persons and yuan by state. `unknown` persons' amount is not known."""

    office: Office
    month: date
    planned: int
    planned_yuan: Decimal
    unknown: int
    released: int
    released_yuan: Decimal
    listed: int
    listed_yuan: Decimal
    stopped: int
    lists: list[PaymentList] = field(default_factory=list)


def months_for(user: Staff) -> list[MonthSums]:
    """The months of every office whose payments the person may see, with their lists; in three queries."""
    offices = Office.objects.in_bulk(where(user, VIEW_PAYMENTS))
    made: dict[tuple[UUID, date], list[PaymentList]] = {}
    for one in PaymentList.objects.filter(office__in=offices).order_by("batch"):
        made.setdefault((one.office_id, one.month), []).append(one)
    found = Payment.objects.filter(_GRANTED, claim__case__closure__office__in=offices).order_by("month")
    sums = found.values("month", at=F("claim__case__closure__office")).annotate(**_sums())
    months = [_month_sums(offices[row["at"]], made, dict(row)) for row in sums]
    return sorted(months, key=lambda one: (one.office.path, one.month))


def _month_sums(
    office: Office, made: dict[tuple[UUID, date], list[PaymentList]], row: dict[str, Any]
) -> MonthSums:
    month, _at = row.pop("month"), row.pop("at")
    # A sum over nobody is NULL.
    known: dict[str, Any] = {name: Decimal() if value is None else value for name, value in row.items()}
    return MonthSums(
        office=office,
        month=month,
        lists=made.get((office.pk, month), []),
        **known,
    )


def _sums() -> dict[str, Any]:
    known = Q(state=PaymentState.PLANNED, yuan__isnull=False)
    states = {
        "planned": known,
        "released": Q(state=PaymentState.RELEASED),
        "listed": Q(state=PaymentState.LISTED),
    }
    sums: dict[str, Any] = {name: Count("pk", filter=state) for name, state in states.items()}
    sums |= {f"{name}_yuan": Sum("yuan", filter=state) for name, state in states.items()}
    sums["unknown"] = Count("pk", filter=Q(state=PaymentState.PLANNED, yuan__isnull=True))
    sums["stopped"] = Count("pk", filter=Q(state=PaymentState.STOPPED))
    return sums


def lists_for(user: Staff, permission: str = VIEW_PAYMENTS) -> QuerySet[PaymentList]:
    """Lists of the offices where the person holds the permission."""
    return PaymentList.objects.filter(office__in=where(user, permission)).select_related("office", "made_by")


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who was paid the month before and is not now: that last payment, and why, in words."""

    payment: Payment
    why: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Against the month before: persons now = persons before + new - gone."""

    new: frozenset[UUID]
    gone: list[Gone]


def changes(office: Office, month: date) -> Changes:
    """Who goes out in this month and did not in the one before, by claim; and who did and does not."""
    now = payments_of(office, month).filter(state__in=GOING_OUT)
    before = payments_of(office, month_before(month)).filter(state__in=GOING_OUT)
    return _compared(month, now, before)


def changes_of(made: PaymentList) -> Changes:
    """The same as the list knew it: this batch and those before it, against lists that were made before."""
    now = Payment.objects.filter(list__in=_batches_until(made))
    before = Payment.objects.filter(
        list__office=made.office_id, list__month=month_before(made.month), list__made_at__lte=made.made_at
    )
    return _compared(made.month, now, before)


def _batches_until(made: PaymentList) -> QuerySet[PaymentList]:
    return PaymentList.objects.filter(office=made.office_id, month=made.month, batch__lte=made.batch)


def _compared(month: date, now: QuerySet[Payment], before: QuerySet[Payment]) -> Changes:
    new = now.exclude(claim__in=before.values("claim")).values_list("claim", flat=True)
    gone = list(with_people(before.exclude(claim__in=now.values("claim"))))
    return Changes(frozenset(new), _explained(gone, month))


def _explained(gone: Iterable[Payment], month: date) -> list[Gone]:
    claims = [payment.claim_id for payment in gone]
    if not claims:
        return []
    this = {payment.claim_id: payment for payment in Payment.objects.filter(claim__in=claims, month=month)}
    last = Payment.objects.filter(claim__in=claims).order_by().values("claim").annotate(last=Max("month"))
    ends = {row["claim"]: row["last"] for row in last}
    return [Gone(one, _why(one, this.get(one.claim_id), ends[one.claim_id])) for one in gone]


def _why(before: Payment, this: Payment | None, end: date) -> str:
    claim = before.claim
    if this is None:
        return _("月数已经领完") if before.month == end else _("这个月不在发放计划里")
    if this.state == PaymentState.STOPPED:
        if claim.stopped_on is None:  # the time away is over, this month lies in it
            return _("这个月不在领，后来又接着领")
        words = {"reason": claim.get_stop_reason_display(), "day": f"{claim.stopped_on:%Y-%m-%d}"}
        return _("%(day)s 起停发：%(reason)s") % words
    if this.state == PaymentState.HELD:
        return _("暂缓发放，在核实")
    if this.state == PaymentState.PLANNED:
        return _("还没有放行") if this.yuan is not None else _("金额还不清楚，没有放行")
    return _("已经放行，不在这一批里")


def month_before(month: date) -> date:
    """The first day of the calendar month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)
