"""Behind the counter: the second and the last signature each evening, what is sent back, and what stops."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from zaigang.claims.actions import approve, check, return_claim, settle, stop
from zaigang.claims.actions.settling import question_again
from zaigang.claims.enums import ClaimState, Outcome, StopReason
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.asking import answered, proposed
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.claims.queries.signing import waiting
from zaigang.demo.replay.calendar import SERVICE_DAYS, moment
from zaigang.demo.replay.team import Team
from zaigang.demo.replay.visitors import Visitor
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.actions import note_life_event
from zaigang.roster.enums import CaseState, LifeEventKind, Sex
from zaigang.roster.models import Closure

#: Evenings on which the director sends some of the day's claims back, and why.
SENT_BACK = {
    SERVICE_DAYS[0]: ("银行账号少一位，请照卡面再核对", "户籍地址和户口簿不一致"),
    SERVICE_DAYS[3]: ("代办人的委托书没有日期", "银行账号和户名对不上"),
    SERVICE_DAYS[6]: ("解除证明上的日期和花名册差一天，请核对",),
}
#: Of the claims held for want of a paper, one in so many is settled within days.
PAPERS_COME = 2
#: Days of January on which the office hears that somebody works again.
REEMPLOYED = (25, 26, 26, 27, 27)


def evening(day: date, over: datetime, team: Team, visitors: Iterable[Visitor]) -> None:
    """What the day left: settle what came back, check, approve; the director sends some back."""
    at = over + timedelta(minutes=10)
    with clock.at(at):
        _settle_returned()
        _settle_held(visitors)
    with clock.at(at + timedelta(minutes=15)):
        for name in ("clerk2", "clerk3"):
            by = team.staff[name]
            check(claims=waiting(by, CHECK).values_list("pk", flat=True), by=by)
    with clock.at(at + timedelta(minutes=30)):
        _send_back(SENT_BACK.get(day, ()), team.director)
        by = team.director
        approve(claims=waiting(by, APPROVE).values_list("pk", flat=True), by=by)


def _send_back(reasons: Iterable[str], director: Staff) -> None:
    granted = waiting(director, APPROVE).filter(outcome=Outcome.GRANT)[::11]
    for claim, reason in zip(granted, reasons, strict=False):
        return_claim(claim=claim, reason=reason, by=director)


def _settle_returned() -> None:
    """The maker of a returned claim puts the paper right; the facts that decide are the same."""
    returned = Claim.objects.filter(state=ClaimState.RETURNED)
    for claim in returned.select_related("made_by").order_by("made_at"):
        _settle(claim, {})


def _settle_held(visitors: Iterable[Visitor]) -> None:
    """Papers that were missing at the window come later, for some."""
    lacking = [one for one in visitors if one.without_paper]
    truth = {one.case.pk: one.ground for one in lacking[::PAPERS_COME]}
    held = Claim.objects.filter(
        case__in=truth, state=ClaimState.MADE, outcome=Outcome.HOLD, applied_on__lt=clock.today()
    )
    for claim in held.select_related("made_by").order_by("made_at"):
        _settle(claim, {"left_because": truth[claim.case_id]})


def _settle(claim: Claim, corrections: Mapping[str, Any]) -> None:
    answer, sha256 = answered(question_again(claim, corrections=corrections, late_accepted=False))
    settle(
        claim=claim, outcome=proposed(answer), reason="", digest=sha256.hex(), corrections=corrections,
        by=claim.made_by,
    )  # fmt: skip


def last_week(closure: Closure, rng: Random) -> None:
    """What is heard of people once they draw benefit: a death, an early pension, five who work again."""
    drawing = Claim.objects.filter(case__closure=closure, case__state=CaseState.CLAIMING)
    claims = list(drawing.select_related("case__worker").order_by("case__number"))
    team = Team.today()
    chosen = rng.sample(claims, min(len(REEMPLOYED), len(claims)))
    for day, claim in zip(REEMPLOYED, chosen, strict=False):
        with clock.at(moment(date(2016, 1, day), 10, 20)):
            began, by = clock.today() - timedelta(days=2), team.staff["clerk2"]
            evidence = f"劳动合同，{began}起"
            stop(claim=claim, reason=StopReason.REEMPLOYED, on=began, evidence=evidence, by=by)
    _life_events(closure, team)


def _life_events(closure: Closure, team: Team) -> None:
    drawing = closure.cases.filter(state=CaseState.CLAIMING).select_related("worker")
    oldest = drawing.filter(worker__sex=Sex.MALE).order_by("worker__born", "number")[:2]
    events = (
        (LifeEventKind.PENSION, date(2016, 1, 20), "特殊工种提前退休审批表，2016年1月20日"),
        (LifeEventKind.DIED, date(2016, 1, 23), "死亡医学证明，2016年1月23日"),
    )
    for case, (kind, on, document) in zip(oldest, events, strict=False):
        assert case.worker is not None
        with clock.at(moment(date(2016, 1, 28), 9, 30)):
            note_life_event(worker=case.worker, kind=kind, on=on, document=document, by=team.staff["clerk3"])
