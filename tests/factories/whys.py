"""People in every state in which somebody asks why, made through the real acts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.cast import Cast
from tests.factories.claims import approved, claimed, held
from tests.factories.rosters import case_of, imported, row
from zaigang.claims.actions import fix_months, stop, suspend
from zaigang.claims.enums import Outcome, StopReason, SuspendReason
from zaigang.claims.models import FirstDecision
from zaigang.roster.models import Case, Closure

NAME = "王建甲"
State = Callable[[Cast, Closure, Path], Case]


def _one(cast: Cast, closure: Closure, folder: Path, **cells: str) -> Case:
    imported(cast, closure, folder, [row(1, NAME, **cells)])
    return case_of(closure, NAME)


def before(cast: Cast, closure: Closure, folder: Path) -> Case:
    return _one(cast, closure, folder)


def nothing(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    FirstDecision.objects.update(current=False)
    return case


def exact(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    fix_months(case=case, months=20, document="核定表第7号", by=cast.clerk)
    return case


def no_amount(cast: Cast, closure: Closure, folder: Path) -> Case:
    """In a place of which no parameter is known: national law alone."""
    cast.north.territory = "150102"
    cast.north.save()
    return _one(cast, closure, folder)


def no(cast: Cast, closure: Closure, folder: Path) -> Case:
    return _one(cast, closure, folder, 解除原因="个人辞职")


def undecided(cast: Cast, closure: Closure, folder: Path) -> Case:
    return _one(cast, closure, folder, 解除原因="", 个人缴费月数="")


def waits(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    claimed(cast, case)
    return case


def on_hold(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    held(cast, case)
    return case


def granted(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    approved(cast, case)
    return case


def refused(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    approved(cast, case, outcome=Outcome.REFUSE, reason="本人说已经找到工作")
    return case


def stopped(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    claim = approved(cast, case)
    stop(
        claim=claim, on=date(2016, 1, 11), reason=StopReason.REEMPLOYED, evidence="劳动合同", by=cast.director
    )
    return case


def suspended(cast: Cast, closure: Closure, folder: Path) -> Case:
    case = _one(cast, closure, folder)
    claim = approved(cast, case)
    suspend(
        claim=claim,
        reason=SuspendReason.MAYBE_WORKING,
        until=date(2016, 1, 25),
        evidence="同事说在别处上班",
        by=cast.director,
    )
    return case


STATES: dict[str, State] = {
    "nothing": nothing, "before": before, "exact": exact, "no_amount": no_amount, "no": no,
    "undecided": undecided, "waits": waits, "held": on_hold, "granted": granted, "refused": refused,
    "suspended": suspended, "stopped": stopped,
}  # fmt: skip
