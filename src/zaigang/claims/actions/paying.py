"""From the schedule to the month's list. A list that went out is never changed; run again, it is the same."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from zaigang.claims.enums import BackPayState, PaymentState, Verb
from zaigang.claims.errors import NotDue
from zaigang.claims.models import BackPay, Payment, PaymentList
from zaigang.claims.queries.back_pay import back_pay_due
from zaigang.claims.queries.monthly import approved_in_time, not_own, rule_of
from zaigang.claims.queries.payments import payments_of
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record_many
from zaigang.offices.models import Office, Staff


@transaction.atomic
def release(*, office: Office, month: date, payments: Iterable[int] | None = None, by: Staff) -> int:
    """Let planned payments of a month go out: all of them, or those named. Gives how many; safe to repeat.

    Months whose amount is not known are never released. Raises `NotDue` for a month that has not begun: nobody
    knows yet who will be unemployed on its first day.
    """
    month = begun(month)
    wanted = payments_of(office, month).filter(state=PaymentState.PLANNED, yuan__isnull=False)
    if payments is not None:
        wanted = wanted.filter(pk__in=list(payments))
    locked = not_own(wanted, by).select_for_update(of=("self",)).select_related("claim__case")
    return let_go(list(locked.order_by("pk")), office, by)


def let_go(locked: list[Payment], office: Office, by: Staff, **more: str) -> int:
    """Release payments that the caller has locked and may release; gives how many."""
    Payment.objects.filter(pk__in=[payment.pk for payment in locked]).update(
        state=PaymentState.RELEASED, released_by=by, released_at=clock.now()
    )
    _tell(locked, Verb.RELEASED, office, by, **more)
    return len(locked)


@transaction.atomic
def make_list(*, office: Office, month: date, by: Staff) -> PaymentList:
    """Put everything released for a month on a list, and the back-pay that waits. Nothing new since the last list:
    that one is given again.

    What was approved after the office's cut-off day waits for the next calendar month's batch. Raises `NotDue` when
    nothing was ever released for the month, or it has not begun.
    """
    month = begun(month)
    with connection.cursor() as cursor:
        # One list at a time for an office and month: two clerks never number the same batch.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [f"{office.pk} {month}"])
    due = payments_of(office, month).filter(approved_in_time(rule_of(office)), state=PaymentState.RELEASED)
    lines = list(due.select_for_update(of=("self",)).select_related("claim__case").order_by("pk"))
    more = back_pay_due(office, month, locked=True)
    last = PaymentList.objects.filter(office=office, month=month).order_by("-batch").first()
    if not lines and not more:
        if last is None:
            raise NotDue("这个月还没有放行的款", f"{month:%Y-%m}", "请先审批申领，再放行这个月")
        return last
    made = PaymentList.objects.create(
        office=office, month=month, batch=last.batch + 1 if last else 1,
        persons=len({line.claim_id for line in lines} | {one.payment.claim_id for one in more}),
        control_sum=_sum(line.yuan for line in lines) + _sum(one.yuan for one in more), made_by=by,
        made_at=clock.now(),
    )  # fmt: skip
    Payment.objects.filter(pk__in=[line.pk for line in lines]).update(state=PaymentState.LISTED, list=made)
    BackPay.objects.filter(pk__in=[one.pk for one in more]).update(state=BackPayState.LISTED, list=made)
    _tell(lines, Verb.LISTED, office, by, list=str(made.pk))
    _tell([one.payment for one in more], Verb.BACK_PAY_LISTED, office, by, list=str(made.pk))
    return made


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((yuan for yuan in amounts if yuan is not None), Decimal())


def begun(month: date) -> date:
    """The first day of the month. Raises `NotDue` where it is still to come."""
    month = month.replace(day=1)
    if month > clock.today():
        raise NotDue("这个月还没有到", f"{month:%Y-%m}", "请到这个月再放行、做名册")
    return month


def _tell(payments: list[Payment], verb: Verb, office: Office, by: Staff, **more: str) -> None:
    entries = [
        NewEntry(
            verb,
            payment.claim.case_id,
            payment.claim.case.closure_id,
            {"month": f"{payment.month:%Y-%m}", **more},
        )
        for payment in payments
    ]
    record_many(entries, by=by, office=office.pk)
