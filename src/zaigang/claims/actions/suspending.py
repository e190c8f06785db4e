"""Payments wait while something is checked. Nothing is lost, and nothing goes on by itself: a person looks again."""

from datetime import date, timedelta

from django.db import transaction

from zaigang.claims.actions.episodes import demand_step, demand_words, enter, move
from zaigang.claims.actions.signing import lock
from zaigang.claims.enums import Act, Life, PaymentState, SuspendReason
from zaigang.claims.errors import EvidenceMissing, NoSuchStep
from zaigang.claims.models import Claim
from zaigang.claims.queries.claims import is_drawing
from zaigang.foundation import clock
from zaigang.offices.models import Staff

#: How far ahead the next look may be set: nobody is to wait for ever because of a forgotten question.
LONGEST = timedelta(days=92)


@transaction.atomic
def suspend(*, claim: Claim, reason: str, until: date, evidence: str, by: Staff) -> Claim:
    """Hold every month that has not gone out. Suspended already: the first stays.

    Raises `NoSuchStep` where nothing is being paid, `EvidenceMissing` without what is checked or with a day to look
    again that is not within `LONGEST`, `WrongSignature` for the own file.
    """
    locked = lock(claim, by)
    if locked.life == Life.SUSPENDED:
        return locked
    step = demand_step(locked, Act.SUSPEND)
    if not is_drawing(locked):
        raise NoSuchStep("这份申领还没有在发放", locked.case.label, "没有发放的，不用暂缓")
    words = demand_words(evidence, "没有写要核实什么", locked, "请写明查到了什么、要核实什么")
    _demand_soon(until)
    waiting = locked.payments.filter(state__in=(PaymentState.PLANNED, PaymentState.RELEASED))
    months = move(waiting, PaymentState.HELD)
    locked.suspended_until = until
    enter(
        locked, step, on=clock.today(), until=until, reason=SuspendReason(reason), evidence=words,
        months=months, by=by, told={"until": until.isoformat()},
    )  # fmt: skip
    locked.save(update_fields=["life", "suspended_until"])
    return locked


@transaction.atomic
def prolong(*, claim: Claim, until: date, evidence: str, by: Staff) -> Claim:
    """Look again later. Raises `NoSuchStep`, `EvidenceMissing`, `WrongSignature`."""
    locked = lock(claim, by)
    step = demand_step(locked, Act.PROLONG)
    words = demand_words(evidence, "没有写为什么还要等", locked, "请写明还有什么没有核实完")
    _demand_soon(until)
    locked.suspended_until = until
    enter(
        locked, step, on=clock.today(), until=until, evidence=words, by=by, told={"until": until.isoformat()}
    )
    locked.save(update_fields=["suspended_until"])
    return locked


@transaction.atomic
def lift(*, claim: Claim, evidence: str, by: Staff) -> Claim:
    """The question is answered: each month is again what it was before it was held. Running: nothing happens.

    Raises `NoSuchStep`, `EvidenceMissing`, `WrongSignature`.
    """
    locked = lock(claim, by)
    if locked.life == Life.RUNNING:
        return locked
    step = demand_step(locked, Act.LIFT)
    words = demand_words(evidence, "没有写核实的结果", locked, "请写明核实到什么、凭什么材料")
    held = locked.payments.filter(state=PaymentState.HELD)
    months = move(held.filter(released_by__isnull=False), PaymentState.RELEASED)
    months += move(held, PaymentState.PLANNED)
    locked.suspended_until = None
    enter(locked, step, on=clock.today(), evidence=words, months=months, by=by)
    locked.save(update_fields=["life", "suspended_until"])
    return locked


def _demand_soon(until: date) -> None:
    if not clock.today() < until <= clock.today() + LONGEST:
        latest = clock.today() + LONGEST
        raise EvidenceMissing(
            "再看的日子不对", until.isoformat(), f"请选明天到 {latest.isoformat()} 之间的一天"
        )
