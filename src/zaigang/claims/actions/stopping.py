"""Benefit stops, by a reason of the law and a paper. Months that went out on a list stay on it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from zaigang.claims.actions.episodes import demand_step, enter, move
from zaigang.claims.actions.recovering import recount
from zaigang.claims.actions.signing import lock
from zaigang.claims.actions.telling import tell_after_all, untell
from zaigang.claims.enums import Act, Life, PaymentState, StopReason, Verb
from zaigang.claims.errors import NotDue
from zaigang.claims.life import in_a_gap
from zaigang.claims.models import Claim, Payment
from zaigang.claims.queries.claims import is_drawing
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, LifeEvent

_STOP_FIELDS = ("life", "suspended_until", "stopped_on", "stop_reason", "stop_evidence", "stopped_by")


@transaction.atomic
def stop(*, claim: Claim, reason: str, on: date, evidence: str, by: Staff, sooner: bool = False) -> Claim:
    """Stop the payments of every month that begins on `on` or later: a month is due when the person is unemployed
    on its first day. Stopped twice: the first stays, unless `sooner` and the new day is before it.

    Raises `NotDue` without a paper, for a day to come, or for a refused offer, which two people judge
    (`refusing.judge`); and `WrongSignature` for the own file.
    """
    if reason == StopReason.REFUSED_WORK:
        raise NotDue("拒绝介绍的工作，不能直接停发", claim.case.label, "请先记下经过，再由另一人核定")
    return stop_by(claim=claim, reason=reason, on=on, evidence=evidence, by=by, sooner=sooner)


def stop_by(
    *,
    claim: Claim,
    reason: str,
    on: date,
    evidence: str,
    by: Staff,
    sooner: bool = False,
    noted_by: Staff | None = None,
) -> Claim:
    """`stop` for any reason; `noted_by` found what `by` confirms. Inside a transaction."""
    locked = lock(claim, by)
    if locked.stopped_on is not None and not (sooner and on < locked.stopped_on):
        return locked
    if not evidence.strip():
        raise NotDue("没有写凭什么停发", locked.case.label, "请写明材料的名称和日期")
    if on > clock.today():
        raise NotDue("日期在今天之后", on.isoformat(), "请核对日期；以后才停的，到那天再办")
    step = demand_step(locked, Act.STOP)
    locked.stopped_on, locked.stop_reason, locked.suspended_until = on, StopReason(reason), None
    locked.stop_evidence, locked.stopped_by = evidence.strip(), by
    open_states = (PaymentState.PLANNED, PaymentState.RELEASED, PaymentState.HELD)
    stopped = move(locked.payments.filter(month__gte=on, state__in=open_states), PaymentState.STOPPED)
    # What was held back and is due after all waits for its release like any other month.
    move(locked.payments.filter(state=PaymentState.HELD), PaymentState.PLANNED)
    enter(
        locked,
        step,
        on=on,
        reason=reason,
        evidence=evidence.strip(),
        months=stopped,
        noted_by=noted_by,
        by=by,
    )
    locked.save(update_fields=_STOP_FIELDS)
    recount(locked, by)
    Case.objects.filter(pk=locked.case_id, state=CaseState.CLAIMING).update(state=CaseState.REGISTERED)
    if reason == StopReason.DIED:
        untell(locked, by)
    return locked


@transaction.atomic
def undo_stop(*, claim: Claim, because: str, by: Staff) -> Claim:
    """The stop was a mistake: its months are planned again, and a clerk releases them. Not stopped: nothing happens.

    Raises `NotDue` without a reason or while death or pension stands on record, `WrongSignature` for the own file.
    """
    locked = lock(claim, by)
    if locked.life != Life.STOPPED or locked.stopped_on is None:
        return locked
    if not because.strip():
        raise NotDue("没有写为什么恢复", locked.case.label, "请写明停发错在哪里、凭什么材料")
    if LifeEvent.objects.filter(worker=locked.case.worker, current=True).exists():
        raise NotDue("记录上这个人已经去世或领养老金", locked.case.label, "记录有误的，先到个人页更正")
    step, on, was = demand_step(locked, Act.UNDO_STOP), locked.stopped_on, locked.stop_reason
    clear_stop(locked)
    locked.reason = "\n".join(filter(None, (locked.reason, because.strip())))
    months = move(_stopped_by_mistake(locked, on), PaymentState.PLANNED)
    draws = is_drawing(locked)
    verb = Verb.STOP_UNDONE if draws else Verb.STOP_WITHDRAWN
    undone = enter(locked, step, on=on, evidence=because.strip(), months=months, by=by, verb=verb)
    locked.save(update_fields=[*_STOP_FIELDS, "reason"])
    recount(locked, by)
    if draws:
        Case.objects.filter(pk=locked.case_id, state=CaseState.REGISTERED).update(state=CaseState.CLAIMING)
    if was == StopReason.DIED:
        tell_after_all(locked, undone.pk, by)
    return locked


def clear_stop(claim: Claim) -> None:
    """Forget the stop on the claim itself; its episode stays."""
    claim.stopped_on, claim.stop_reason, claim.stop_evidence, claim.stopped_by = None, "", None, None


def _stopped_by_mistake(claim: Claim, on: date) -> QuerySet[Payment]:
    """The months of the stop on `on`; those of an earlier time away, which is over, stay stopped."""
    found = claim.payments.filter(state=PaymentState.STOPPED, month__gte=on)
    away = [month for month in found.values_list("month", flat=True) if in_a_gap(claim.facts, month)]
    return found.exclude(month__in=away)
