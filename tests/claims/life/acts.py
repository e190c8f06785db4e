"""Every act in the life of a claim, done plainly, and claims brought into every state."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.cast import Cast
from tests.factories.claims import listed
from zaigang.claims import actions
from zaigang.claims.enums import Act, Life
from zaigang.claims.models import Claim
from zaigang.foundation import clock

MAY = date(2016, 5, 20)
AUGUST = date(2016, 8, 10)
STOPPED = date(2016, 4, 10)

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
