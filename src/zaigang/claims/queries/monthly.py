"""Who of a month wants a person, and why; what an earlier month has left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from zaigang.claims.enums import Attention, ClaimState, PaymentState
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import MonthlyRule, Payment
from zaigang.engines.entitlement import BadFacts, Library, retirement_date
from zaigang.foundation import clock
from zaigang.jobs.models import Job
from zaigang.offices.models import Office, Staff

RUN = "claims.monthly_run"


def subject_of(office: Office, month: date) -> str:
    """What a run is about: one at a time for an office and month."""
    return f"{office.pk}:{month:%Y-%m}"


def runs_of(office: Office, month: date) -> QuerySet[Job]:
    """The runs of an office and month, the newest first."""
    return Job.objects.filter(kind=RUN, subject=subject_of(office, month)).select_related("asked_by")


def rule_of(office: Office) -> MonthlyRule:
    """The office's choices; a row that is not saved where it made none."""
    return MonthlyRule.objects.filter(office=office).first() or MonthlyRule(office=office)


def due(office: Office, month: date) -> QuerySet[Payment]:
    """What may be released without a person: planned months up to this one that the law fixes exactly."""
    return Payment.objects.filter(
        claim__case__closure__office=office, claim__state=ClaimState.APPROVED, claim__outcome="grant",
        month__lte=month.replace(day=1), state=PaymentState.PLANNED, planned=False, yuan__isnull=False,
    )  # fmt: skip


def not_own(payments: QuerySet[Payment], by: Staff) -> QuerySet[Payment]:
    """Without the months of `by`, which somebody else releases."""
    if by.id_index is None:
        return payments
    return payments.exclude(claim__case__worker__id_index=by.id_index)


def approved_in_time(rule: MonthlyRule) -> Q:
    """Payments whose claim was approved early enough to be paid in the business month: see `MonthlyRule`."""
    end = cut_off(rule)
    return Q() if end is None else Q(claim__approved_at__lt=end)


def cut_off(rule: MonthlyRule) -> datetime | None:
    """The first moment that is too late for this business month; None without a cut-off, or before that day."""
    today = clock.today()
    if rule.cut_off_day is None or today.day <= rule.cut_off_day:
        return None
    return datetime.combine(today.replace(day=rule.cut_off_day) + timedelta(days=1), time(), clock.ZONE)


@dataclass(frozen=True, slots=True)
class Left:
    """An earlier month with payments that are released and stand on no list."""

    month: date
    persons: int
    yuan: Decimal


def left_over(office: Office, month: date, rule: MonthlyRule) -> list[Left]:
    """Earlier months in which something waits for a list, such as a claim that was approved late."""
    waiting = Payment.objects.filter(
        claim__case__closure__office=office, month__lt=month, state=PaymentState.RELEASED
    )
    sums = waiting.filter(approved_in_time(rule)).order_by("month").values("month")
    return [
        Left(row["month"], row["persons"], row["sum"])
        for row in sums.annotate(persons=Count("pk"), sum=Sum("yuan"))
    ]


def attention(office: Office, month: date, rule: MonthlyRule) -> dict[Attention, list[int]]:
    """Reason -> payments of the month, in two queries. Who retires soon may stand under another reason too."""
    found: dict[Attention, list[int]] = defaultdict(list)
    end, law = cut_off(rule), current_law().library
    for row in _rows_of(office, month):
        for reason in _reasons(row, month, end, law):
            found[reason].append(row["pk"])
    return {reason: found[reason] for reason in Attention if found[reason]}


def _rows_of(office: Office, month: date) -> Iterable[Mapping[str, Any]]:
    """Every payment of the month that is not stopped, signed or not."""
    mine = Payment.objects.filter(month=month, claim__case__closure__office=office)
    wanted = mine.exclude(state=PaymentState.STOPPED).exclude(claim__outcome="refuse")
    rows: Iterable[Any] = wanted.values(
        "pk", "state", "planned", "draw", born=F("claim__facts__born"), sex=F("claim__facts__sex"),
        category=F("claim__facts__retirement_category"), amount=F("yuan"), exact=F("claim__months_exact"),
        most=F("claim__months_at_most"), approved=F("claim__approved_at"), signed=F("claim__state"),
    ).order_by("claim__case__closure__code", "claim__case__number")  # fmt: skip
    return rows


def _reasons(row: Mapping[str, Any], month: date, end: datetime | None, law: Library) -> Iterable[Attention]:
    if row["signed"] != ClaimState.APPROVED:
        yield Attention.UNSIGNED
        return
    if row["state"] == PaymentState.HELD:
        yield Attention.HELD
    elif row["state"] == PaymentState.RELEASED and end is not None and row["approved"] >= end:
        yield Attention.AFTER_CUT_OFF
    elif row["state"] == PaymentState.PLANNED:
        yield _planned(row)
    if _retires_by(row, month, law):
        yield Attention.RETIRING


def _planned(row: Mapping[str, Any]) -> Attention:
    if row["amount"] is None:
        return Attention.UNKNOWN
    if not row["planned"]:
        return Attention.DUE
    months = row["most"] if row["exact"] is None else row["exact"]
    return Attention.EXTENSION if months is not None and row["draw"] > months else Attention.WITHIN_BOUND


def _retires_by(row: Mapping[str, Any], month: date, law: Library) -> bool:
    """Whether the statutory age is reached in this month or the next, by any category that is possible."""
    if not row["born"]:
        return False
    women = [row["category"]] if row["category"] else ["female_50", "female_55"]
    try:
        days = [
            retirement_date(category, date.fromisoformat(row["born"]), parameters=law)
            for category in (["male"] if row["sex"] == "male" else women)
        ]
    except BadFacts:
        return False
    after_next = (month + timedelta(days=70)).replace(day=1)
    return any(month <= day < after_next for day in days)
