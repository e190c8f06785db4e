"""Every act in the life of a claim, done plainly, and claims brought into every state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.factories.claims import listed
from tests.factories.rosters import case_of, imported, row, some_closure
from zaigang.claims import actions
from zaigang.claims.actions.settling import question_again
from zaigang.claims.enums import Act, Life
from zaigang.claims.models import Claim, Overpayment
from zaigang.claims.one_stop.asking import answered
from zaigang.foundation import clock
from zaigang.roster.models import Case

MAY = date(2016, 5, 20)
AUGUST = date(2016, 8, 10)
STOPPED = date(2016, 4, 10)
JUNE_2017 = date(2017, 6, 20)

#: An offer that was refused in April, and a disagreement of January.
OFFER = actions.Offer(
    kind="work",
    offered_on=date(2016, 4, 1),
    refused_on=date(2016, 4, 12),
    told_on=date(2016, 4, 6),
    offer="示范装配厂 装配工",
    place="西工业园，公交12路35分钟",
    terms="月薪3200元，两班倒",
    suitable="原来做钳工，有四级证，离家近",
    words="夜班要照顾老人，去不了",
)
ASKED: dict[str, Any] = {
    "about": "decision",
    "received_on": date(2016, 1, 11),
    "explained_on": date(2016, 1, 11),
    "promised_on": date(2016, 1, 20),
    "words": "我缴了26年，为什么只有24个月",
}

Doing = Callable[[Cast, Claim], Any]


def stop(cast: Cast, claim: Claim, on: date = STOPPED, **more: Any) -> Claim:
    values = {"reason": "41", "evidence": "劳动合同 2016年4月10日"} | more
    return actions.stop(claim=claim, on=on, by=cast.clerk, **values)


def suspend(cast: Cast, claim: Claim, until: date = date(2016, 6, 20)) -> Claim:
    return actions.suspend(
        claim=claim, reason="maybe_working", until=until, evidence="参保比对有记录", by=cast.clerk
    )


def resume(cast: Cast, claim: Claim, left_on: date = date(2016, 7, 31), on: date = AUGUST) -> Claim:
    with clock.at(max(on, clock.today())):
        return actions.resume(
            claim=claim, left_on=left_on, on=on, evidence="解除证明 2016年7月31日", by=cast.clerk
        )


def carry(cast: Cast, claim: Claim) -> Claim:
    return actions.carry(claim=claim, evidence="解除证明 2017年6月1日", by=cast.clerk)


def carried_on(cast: Cast, claim: Claim, *months: str, on: date = STOPPED, day: date = JUNE_2017) -> None:
    """These months go out, then a job of more than a year begins, and what is left is carried."""
    with clock.at(day):
        listed(cast, *months)
        stop(cast, claim, on)
        carry(cast, claim)


def lost_again(cast: Cast, folder: Path, left_on: str, serial: int = 1, name: str = "王建甲") -> Case:
    """The same person in another closure, fourteen months of contributions later."""
    closure = some_closure(cast, f"SF-{left_on[:4]}", closes_on=date.fromisoformat(left_on))
    cells = {"解除合同日期": left_on, "个人缴费月数": "14", "视同缴费月数": "0"}
    with clock.at(max(clock.today(), date.fromisoformat(left_on))):
        imported(cast, closure, folder, [row(serial, name, **cells)], f"{closure.code}.csv")
    return case_of(closure, name)


#: What each act is, where it may be done or not.
DOING: dict[str, Doing] = {
    Act.SUSPEND: suspend,
    Act.PROLONG: lambda cast, claim: actions.prolong(
        claim=claim, until=date(2016, 7, 1), evidence="单位还没有回函", by=cast.clerk
    ),
    Act.LIFT: lambda cast, claim: actions.lift(claim=claim, evidence="是同名的人", by=cast.clerk),
    Act.STOP: lambda cast, claim: stop(cast, claim, date(2016, 3, 2), sooner=True),
    Act.UNDO_STOP: lambda cast, claim: actions.undo_stop(claim=claim, because="同名", by=cast.clerk),
    Act.RESUME: resume,
    Act.CARRY: carry,
    Act.UNDO_CARRY: lambda cast, claim: actions.undo_carry(
        claim=claim, evidence="没有满12个月", by=cast.clerk
    ),
}


def brought(cast: Cast, claim: Claim, life: str) -> Claim:
    """A granted claim whose January and February went out, in that state, in May."""
    listed(cast, "2016-01", "2016-02")
    if life == Life.SUSPENDED:
        suspend(cast, claim)
    if life in (Life.STOPPED, Life.CARRIED):
        stop(cast, claim)
    if life == Life.CARRIED:
        carry(cast, claim)
    claim.refresh_from_db()
    return claim


def waiting_claims(cast: Cast, claim: Claim) -> dict[str, dict[str, Any]]:
    """Something of each kind that waits for somebody, by the page that shows it."""
    today = clock.today()
    offer = replace(OFFER, offered_on=today, told_on=today, refused_on=today)
    refusal = actions.note_refusal(claim=claim, offer=offer, by=cast.clerk)
    appeal = actions.receive_appeal(claim=claim, by=cast.clerk, **ASKED)
    facts = {"contribution_months": 30, "deemed_months": 0}
    _answer, sha256 = answered(question_again(claim, corrections=facts, late_accepted=False))
    correction = actions.make_correction(
        claim=claim, corrections=facts, outcome="grant", why="缴费清单", digest=sha256.hex(), by=cast.clerk
    )
    stop(cast, claim, claim.payments.order_by("month")[0].month)
    names = (
        "stop",
        "suspend",
        "prolong",
        "lift",
        "resume",
        "carry",
        "undo_carry",
        "refuse",
        "correct",
        "appeal",
    )
    return {f"claims:{name}": {"pk": claim.pk} for name in names} | {
        "claims:refusal": {"pk": refusal.pk},
        "claims:appeal_page": {"pk": appeal.pk},
        "claims:correction": {"pk": correction.pk},
        "claims:overpayment": {"pk": Overpayment.objects.get(claim=claim).pk},
    }
