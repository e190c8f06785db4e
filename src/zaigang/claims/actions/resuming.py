"""Unemployed again: the months that are left go on, or go into a new claim. The engine says which."""

from datetime import date

from django.db import transaction

from zaigang.claims.actions.episodes import demand_day_come, demand_step, demand_words, enter
from zaigang.claims.actions.planning import replan
from zaigang.claims.actions.recovering import recount
from zaigang.claims.actions.signing import lock
from zaigang.claims.actions.stopping import clear_stop
from zaigang.claims.enums import Act, StopReason
from zaigang.claims.errors import EvidenceMissing, NeedsNewClaim, NoSuchStep, NotDue
from zaigang.claims.models import Claim, Registration, Ruling
from zaigang.claims.queries.claims import is_drawing
from zaigang.claims.queries.resuming import Again, again
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, LifeEvent


@transaction.atomic
def resume(*, claim: Claim, left_on: date, on: date, evidence: str, by: Staff) -> Claim:
    """Somebody whose benefit stopped registered again on `on`; what ended the benefit lasted until `left_on`.

    The months that are left are planned from the month of `on`, and a clerk releases each.

    Raises `NoSuchStep`, `EvidenceMissing`, `NeedsNewClaim` where the new job lasted too long, `NotDue` where the engine
    finds no month left, `WrongSignature` for the own file.
    """
    locked = lock(claim, by)
    step = demand_step(locked, Act.RESUME)
    if not is_drawing(locked) or locked.stopped_on is None:
        raise NoSuchStep("这份申领没有审批过，不能接着领", locked.case.label, "停错了的，请用“恢复发放”")
    words = demand_words(evidence, "没有写凭什么", locked, "请写明解除证明、登记记录等材料的名称和日期")
    if LifeEvent.objects.filter(worker=locked.case.worker, current=True).exists():
        raise NotDue("记录上这个人已经去世或领养老金", locked.case.label, "记录有误的，先到个人页更正")
    found = look_again(locked, left_on, on)
    before, reason = (locked.ruling, locked.facts), locked.stop_reason
    locked.ruling, _new = Ruling.objects.get_or_create(sha256=found.sha256, defaults={"body": found.answer})
    locked.facts, locked.law = found.asked, found.law
    clear_stop(locked)
    enter(locked, step, on=on, reason=reason, evidence=words, months=found.months, before=before, by=by)
    locked.save()
    replan(locked, found.answer)
    recount(locked, by)
    Case.objects.filter(pk=locked.case_id, state=CaseState.REGISTERED).update(state=CaseState.CLAIMING)
    return locked


def look_again(claim: Claim, left_on: date, on: date) -> Again:
    """What the restart would mean. Raises what `resume` raises for the days and the months."""
    _demand_order(claim, left_on, on)
    found = again(claim, left_on=left_on, on=on)
    _demand_months(claim, found)
    return found


def _demand_order(claim: Claim, left_on: date, on: date) -> None:
    assert claim.stopped_on is not None
    demand_day_come(on, claim)
    if not claim.stopped_on <= left_on < on:
        raise EvidenceMissing(
            "日期的先后不对", claim.case.label,
            f"应当是：{claim.stopped_on.isoformat()} 停发，然后再次离岗，第二天起再登记；请核对",
        )  # fmt: skip


def _demand_months(claim: Claim, found: Again) -> None:
    if found.why_not:
        raise NotDue(found.why_not, claim.case.label, "停错了的，请用“恢复发放”；别的情况请问社保经办机构")
    if found.needs_new_claim:
        raise NeedsNewClaim(
            "重新工作满了12个月，这份申领不能接着领", claim.case.label,
            "请把剩下的月数转到新的申领，再按新的离岗办理",
        )  # fmt: skip
    if not found.months:
        raise NotDue("没有可以接着领的月份", claim.case.label, "月数已经领完，或者已经到退休年龄")


@transaction.atomic
def carry(*, claim: Claim, evidence: str, by: Staff) -> Claim:
    """The months that are left belong to a new claim: this one is over, and the person may register anew.

    Raises `NoSuchStep`, `EvidenceMissing`, `WrongSignature`.
    """
    locked = lock(claim, by)
    step = demand_step(locked, Act.CARRY)
    if locked.stop_reason != StopReason.REEMPLOYED or not is_drawing(locked):
        raise NoSuchStep("只有重新就业停发的才转月数", locked.case.label, "别的情况请问社保经办机构")
    words = demand_words(evidence, "没有写凭什么", locked, "请写明新单位的解除证明等材料")
    Registration.objects.filter(pk=locked.registration_id).update(current=False)
    enter(locked, step, on=clock.today(), evidence=words, by=by)
    locked.save(update_fields=["life"])
    return locked


@transaction.atomic
def undo_carry(*, claim: Claim, evidence: str, by: Staff) -> Claim:
    """The months were carried by mistake: the claim is stopped as before.

    Raises `NoSuchStep`, also once the person registered anew; `EvidenceMissing`, `WrongSignature`.
    """
    locked = lock(claim, by)
    step = demand_step(locked, Act.UNDO_CARRY)
    words = demand_words(evidence, "没有写为什么不转", locked, "请写明错在哪里")
    if Registration.objects.filter(worker=locked.case.worker_id, current=True).exists():
        raise NoSuchStep("这个人已经办了新的失业登记", locked.case.label, "剩下的月数已经用在新的申领里")
    Registration.objects.filter(pk=locked.registration_id).update(current=True)
    enter(locked, step, on=clock.today(), evidence=words, by=by)
    locked.save(update_fields=["life"])
    return locked
