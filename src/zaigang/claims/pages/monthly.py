"""The page of a month's run: what it did, what waits and why, who started it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zaigang.claims.enums import Attention, PaymentState
from zaigang.claims.models import MonthlyRule, Payment, PaymentList
from zaigang.claims.pages.payments import PaymentRow, payment_rows
from zaigang.claims.queries.back_pay import back_pay_due
from zaigang.claims.queries.monthly import Left, attention, left_over, rule_of, runs_of
from zaigang.claims.queries.payments import with_people
from zaigang.jobs.enums import JobState
from zaigang.jobs.models import Job
from zaigang.jobs.queries import KINDS
from zaigang.offices.models import Office, Staff

#: People named under one reason; the rest are counted.
NAMED = 50
#: Reasons whose people are better looked at where something can be done about them.
ELSEWHERE = (Attention.WITHIN_BOUND, Attention.UNSIGNED)


@dataclass(frozen=True, slots=True)
class Group:
    """People who stand under one reason; `rows` are the first of them, or nobody where another page has them all."""

    reason: Attention
    persons: int
    rows: list[PaymentRow]

    @property
    def more(self) -> int:
        return self.persons - len(self.rows)


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run as the protocol shows it."""

    job: Job
    kind: str
    waiting: list[tuple[Attention, int]]


@dataclass(frozen=True, slots=True)
class RunPage:
    """The month of an office. `released` waits for a list, with what earlier months left over."""

    office: Office
    month: date
    rule: MonthlyRule
    runs: list[RunLine]
    groups: list[Group]
    released: int
    released_yuan: Decimal
    left: list[Left]
    back_pay: int
    lists: list[PaymentList]

    @property
    def last(self) -> RunLine | None:
        return self.runs[0] if self.runs else None

    @property
    def due(self) -> int:
        return next((group.persons for group in self.groups if group.reason == Attention.DUE), 0)


def run_page(office: Office, month: date, reader: Staff) -> RunPage:
    """The protocol and whoever waits, in a constant number of queries."""
    rule = rule_of(office)
    waiting = attention(office, month, rule)
    yuan = list(
        Payment.objects.filter(
            claim__case__closure__office=office, month=month, state=PaymentState.RELEASED
        ).values_list("yuan", flat=True)
    )
    return RunPage(
        office=office,
        month=month,
        rule=rule,
        runs=[_line(job) for job in runs_of(office, month)],
        groups=_groups(waiting, reader),
        released=len(yuan),
        released_yuan=sum((one for one in yuan if one is not None), Decimal()),
        left=left_over(office, month, rule),
        back_pay=len(back_pay_due(office, month)),
        lists=list(PaymentList.objects.filter(office=office, month=month).order_by("batch")),
    )


def _line(job: Job) -> RunLine:
    counted = job.result.get("waiting", {})
    return RunLine(
        job, KINDS[JobState(job.state)], [(one, counted[one]) for one in Attention if one in counted]
    )


def _groups(waiting: Mapping[Attention, Sequence[int]], reader: Staff) -> list[Group]:
    named = {
        reason: list(payments[:NAMED]) for reason, payments in waiting.items() if reason not in ELSEWHERE
    }
    wanted = [pk for payments in named.values() for pk in payments]
    rows = {
        row.payment.pk: row
        for row in payment_rows(with_people(Payment.objects.filter(pk__in=wanted)), reader)
    }
    return [
        Group(reason, len(payments), [rows[pk] for pk in named.get(reason, ()) if pk in rows])
        for reason, payments in waiting.items()
    ]
