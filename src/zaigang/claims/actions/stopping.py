"""Benefit stops, by a reason of the law and a paper. Months that went out on a list stay on it."""

from datetime import date

from django.db import transaction

from zaigang.claims.actions.signing import lock
from zaigang.claims.enums import ClaimState, Outcome, PaymentState, StopReason, Verb
from zaigang.claims.errors import NotDue
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, LifeEvent


@transaction.atomic
def stop(*, claim: Claim, reason: str, on: date, evidence: str, by: Staff, sooner: bool = False) -> Claim:
    """Stop the payments of every month that begins on `on` or later: a month is due when the person is unemployed
    on its first day. Stopped twice: the first stays, unless `sooner` and the new day is before it.

    Raises `NotDue` without a paper or for a day to come, and `WrongSignature` for the own file.
    """
    locked = lock(claim, by)
    if locked.stopped_on is not None and not (sooner and on < locked.stopped_on):
        return locked
    if not evidence.strip():
        raise NotDue("没有写凭什么停发", locked.case.label, "请写明材料的名称和日期")
    if on > clock.today():
        raise NotDue("日期在今天之后", on.isoformat(), "请核对日期；以后才停的，到那天再办")
    locked.stopped_on, locked.stop_reason = on, StopReason(reason)
    locked.stop_evidence, locked.stopped_by = evidence.strip(), by
    locked.save(update_fields=["stopped_on", "stop_reason", "stop_evidence", "stopped_by"])
    open_states = (PaymentState.PLANNED, PaymentState.RELEASED)
    stopped = locked.payments.filter(month__gte=on, state__in=open_states).update(state=PaymentState.STOPPED)
    Case.objects.filter(pk=locked.case_id, state=CaseState.CLAIMING).update(state=CaseState.REGISTERED)
    facts = {"claim": str(locked.pk), "reason": str(reason), "on": on.isoformat(), "months": stopped}
    entry = NewEntry(Verb.STOPPED, locked.case_id, locked.case.closure_id, facts)
    record(entry, by=by, office=locked.case.closure.office_id)
    return locked


@transaction.atomic
def undo_stop(*, claim: Claim, because: str, by: Staff) -> Claim:
    """The stop was a mistake: its months are planned again, and a clerk releases them. Not stopped: nothing happens.

    Raises `NotDue` without a reason or while death or pension stands on record, `WrongSignature` for the own file.
    """
    locked = lock(claim, by)
    if locked.stopped_on is None:
        return locked
    if not because.strip():
        raise NotDue("没有写为什么恢复", locked.case.label, "请写明停发错在哪里、凭什么材料")
    if LifeEvent.objects.filter(worker=locked.case.worker, current=True).exists():
        raise NotDue("记录上这个人已经去世或领养老金", locked.case.label, "记录有误的，先到个人页更正")
    locked.stopped_on, locked.stop_reason, locked.stop_evidence, locked.stopped_by = None, "", None, None
    locked.reason = "\n".join(filter(None, (locked.reason, because.strip())))
    locked.save(update_fields=["stopped_on", "stop_reason", "stop_evidence", "stopped_by", "reason"])
    months = locked.payments.filter(state=PaymentState.STOPPED).update(state=PaymentState.PLANNED)
    draws = locked.state == ClaimState.APPROVED and locked.outcome == Outcome.GRANT
    if draws:
        Case.objects.filter(pk=locked.case_id, state=CaseState.REGISTERED).update(state=CaseState.CLAIMING)
    verb = Verb.STOP_UNDONE if draws else Verb.STOP_WITHDRAWN
    entry = NewEntry(
        verb, locked.case_id, locked.case.closure_id, {"claim": str(locked.pk), "months": months}
    )
    record(entry, by=by, office=locked.case.closure.office_id)
    return locked
