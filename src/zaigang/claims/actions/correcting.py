"""A fact is put right after approval: decided anew by the engine, signed anew by three, old and new both kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from zaigang.claims.actions.back_paying import back_pay_facts, make_up
from zaigang.claims.actions.episodes import demand_step, demand_words, enter, lock_months, tell
from zaigang.claims.actions.planning import replan
from zaigang.claims.actions.recovering import correct_amounts, recount
from zaigang.claims.actions.settling import question_again
from zaigang.claims.actions.signing import lock
from zaigang.claims.actions.telling import tell_corrected
from zaigang.claims.enums import (
    Act,
    ClaimState,
    CorrectionState,
    Life,
    Outcome,
    PaymentState,
    Verb,
)
from zaigang.claims.errors import DecisionChanged, NoSuchStep, WrongSignature
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import Claim, Correction, Ruling
from zaigang.claims.one_stop.asking import answered, proposed
from zaigang.claims.one_stop.confirming import demand_months
from zaigang.claims.queries.correcting import differences
from zaigang.claims.queries.signing import wants_check
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case

OPEN = (CorrectionState.MADE, CorrectionState.CHECKED)


@transaction.atomic
def make_correction(
    *, claim: Claim, corrections: Mapping[str, Any], outcome: str, why: str, digest: str, by: Staff
) -> Correction:
    """Propose what the claim becomes with facts put right (and months that the agency fixed since). Nothing changes.

    `digest` is that of the answer shown. Raises `NoSuchStep` where the claim is not approved, a correction waits, or
    nothing would change; `DecisionChanged`, `EvidenceMissing`, `NothingToPay`, `WrongSignature`.
    """
    locked = lock(claim, by)
    demand_step(locked, Act.CORRECT)
    _demand_correctable(locked)
    words = demand_words(why, "没有写凭什么更正", locked, "请写明材料的名称和日期")
    asked, law = question_again(locked, corrections=corrections, late_accepted=False), current_law()
    answer, sha256 = answered(asked, law)
    if sha256.hex() != digest:
        raise DecisionChanged("测算的结果变了", locked.case.label, "请看清新的结果再提出")
    if outcome == Outcome.HOLD:
        raise NoSuchStep("更正要定下来", locked.case.label, "还不能定的，先暂缓发放")
    demand_months(answer, outcome, locked.case.label)
    ruling, _new = Ruling.objects.get_or_create(sha256=sha256, defaults={"body": answer})
    if (ruling.pk, outcome) == (locked.ruling_id, locked.outcome):
        raise NoSuchStep("更正以后没有变化", locked.case.label, "请先把要更正的事实改好")
    made = Correction.objects.create(
        claim=locked, facts=asked, law=law.versions(asked["territory"]), ruling=ruling, before=locked.ruling,
        facts_before=locked.facts, outcome=outcome, outcome_before=locked.outcome,
        differs=outcome != proposed(answer), why=words, made_by=by, made_at=clock.now(),
    )  # fmt: skip
    tell(locked, Verb.CORRECTION_MADE, _facts(made), by)
    return made


def _demand_correctable(claim: Claim) -> None:
    if claim.state != ClaimState.APPROVED:
        raise NoSuchStep("还没有审批的，不用更正", claim.case.label, "请退回经办人，重新决定")
    if claim.corrections.filter(state__in=OPEN).exists():
        raise NoSuchStep("已经有一条等签字的更正", claim.case.label, "请先签那一条")


@transaction.atomic
def check_correction(*, correction: Correction, by: Staff) -> Correction:
    """The second signature. Raises `WrongSignature` for who made it, `NoSuchStep`."""
    found = _locked(correction.pk, by)
    if found.state != CorrectionState.MADE:
        raise NoSuchStep("这条更正已经复核", found.claim.case.label, "等审批")
    found.state, found.checked_by, found.checked_at = CorrectionState.CHECKED, by, clock.now()
    found.save()
    tell(found.claim, Verb.CORRECTION_CHECKED, _facts(found), by)
    return found


@transaction.atomic
def drop_correction(*, correction: Correction, because: str, by: Staff) -> Correction:
    """Not signed, with the reason; its maker may take it back too. Raises `NoSuchStep`, `EvidenceMissing`."""
    found = _locked(correction.pk, by, own=True)
    words = demand_words(because, "没有写理由", found.claim, "请写明为什么不通过")
    found.state, found.dropped_by, found.dropped_because = CorrectionState.DROPPED, by, words
    found.save()
    tell(found.claim, Verb.CORRECTION_DROPPED, _facts(found), by)
    return found


@transaction.atomic
def approve_correction(*, correction: Correction, by: Staff) -> Correction:
    """The last signature: the claim stands on the new decision. Listed months stay; what they were too much is found,
    what they were too little goes onto the next list.

    Raises `WrongSignature`, `NoSuchStep` before the second signature where the office wants it, `DecisionChanged` where
    the claim stands on something else by now.
    """
    found = _locked(correction.pk, by)
    claim = found.claim
    if found.state == CorrectionState.MADE and wants_check(claim.case.closure.office_id):
        raise NoSuchStep("还没有复核", claim.case.label, "先复核，再审批")
    if (claim.ruling_id, claim.facts) != (found.before_id, found.facts_before):
        raise DecisionChanged("申领在这以后又变过", claim.case.label, "请不通过这一条，按新的情况再提出")
    step = demand_step(claim, Act.CORRECT)
    lock_months([claim])
    found.state, found.approved_by, found.approved_at = CorrectionState.APPROVED, by, clock.now()
    found.save()
    answer, before = found.ruling.body, (claim.ruling, claim.facts)
    diff = differences(claim, answer, found.outcome)
    _stand_on(claim, found)
    months = replan(claim, answer)
    _release_exact(claim, by)
    enter(
        claim, step, on=clock.today(), evidence=found.why, months=months, before=before, by=by,
        noted_by=found.made_by, told={"correction": str(found.pk)} | back_pay_facts(diff),
    )  # fmt: skip
    claim.save()
    recount(claim, by)
    correct_amounts(claim, diff, by)
    make_up(found, diff, by)
    _follow(claim, found, by)
    tell_corrected(claim, found.pk, before=found.outcome_before, by=by)
    return found


def _stand_on(claim: Claim, found: Correction) -> None:
    months = found.ruling.body["months"]
    claim.ruling, claim.facts, claim.law = found.ruling, found.facts, found.law
    claim.eligible, claim.outcome, claim.differs = found.ruling.body["eligible"], found.outcome, found.differs
    claim.reason = "\n".join(filter(None, (claim.reason, found.why)))
    claim.months_exact, claim.months_at_most = months["exact"], months["at_most"]


def _release_exact(claim: Claim, by: Staff) -> None:
    """Months that the law fixes exactly are released with the last signature, as on a claim."""
    if claim.life == Life.RUNNING:
        exact = claim.payments.filter(planned=False, yuan__isnull=False, state=PaymentState.PLANNED)
        exact.update(state=PaymentState.RELEASED, released_by=by, released_at=clock.now())


def _follow(claim: Claim, found: Correction, by: Staff) -> None:
    """The funnel follows where benefit begins or ends by the correction."""
    if claim.life not in (Life.RUNNING, Life.SUSPENDED) or found.outcome == found.outcome_before:
        return
    granted = found.outcome == Outcome.GRANT
    states = (CaseState.REGISTERED, CaseState.CLAIMING)
    start, end = states if granted else states[::-1]
    Case.objects.filter(pk=claim.case_id, state=start).update(state=end)
    tell(claim, Verb.GRANTED if granted else Verb.GRANT_WITHDRAWN, {"claim": str(claim.pk)}, by)


def _locked(pk: UUID, by: Staff, *, own: bool = False) -> Correction:
    """The correction, locked after its claim, not made or checked by `by`. Raises `NoSuchStep`, `WrongSignature`."""
    claim = lock(Claim.objects.get(corrections=pk), by)
    related = ("ruling", "made_by")
    found = Correction.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    found.claim = claim
    if found.state not in OPEN:
        raise NoSuchStep("这条更正不等签字了", claim.case.label, f"它的状态是：{found.get_state_display()}")
    if not own and by.pk in (found.made_by_id, found.checked_by_id):
        raise WrongSignature("您已经签过这条更正", claim.case.label, "请另一位同事来签")
    return found


def _facts(found: Correction) -> dict[str, Any]:
    return {"claim": str(found.claim_id), "correction": str(found.pk), "outcome": found.outcome}
