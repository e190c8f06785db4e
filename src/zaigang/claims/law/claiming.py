"""What a change of the law makes of one claim: by itself, or by a person; and month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.claims.enums import AppealState, ClaimState, Eligible, Life, NeedsPerson, Outcome, PaymentState
from zaigang.claims.facts import Answer
from zaigang.claims.law.comparing import by_month
from zaigang.claims.models import Claim, Payment
from zaigang.claims.one_stop.asking import PROPOSED
from zaigang.offices.models import Staff


@dataclass(frozen=True, slots=True)
class Owed:
    """The difference of one listed month, to the person's gain. `source` is the rule's."""

    payment: Payment
    yuan: Decimal
    standard: Decimal
    source: Mapping[str, Any]


@dataclass(slots=True)
class ClaimPlan:
    """`needs`: why a person decides ('' where none has to); `applied`: the job changes the claim."""

    needs: str = ""
    applied: bool = False
    owed: list[Owed] = field(default_factory=list)
    overpaid: Decimal = Decimal()
    changed: list[Payment] = field(default_factory=list)
    new: list[Payment] = field(default_factory=list)
    gone: list[Payment] = field(default_factory=list)

    @property
    def back_pay(self) -> Decimal:
        return sum((one.yuan for one in self.owed), Decimal())


def plan_claim(claim: Claim, after: Answer, paid: Mapping[int, Decimal], by: Staff) -> ClaimPlan:
    """The plan for a claim by its answer under the new law; `paid` is payment -> back-pay so far.

    Needs case and worker, and payments and appeals prefetched. Payments in the plan carry their new values, unsaved.
    """
    needs = _for_person(claim, after, by)
    plan = ClaimPlan(needs=needs, applied=not needs)
    if claim.outcome == Outcome.GRANT and claim.state == ClaimState.APPROVED:
        _compare_listed(plan, claim, after, paid)
    if plan.applied and claim.outcome == Outcome.GRANT:
        _plan_months(plan, claim, after)
    if not plan.applied:
        plan.owed.clear()
    if not plan.needs and plan.overpaid:
        plan.needs = NeedsPerson.OVERPAID
    return plan


def _for_person(claim: Claim, after: Answer, by: Staff) -> str:
    worker = claim.case.worker
    own = worker is not None and by.id_index is not None and bytes(by.id_index) == bytes(worker.id_index)
    lost = claim.outcome == Outcome.GRANT and _lost(claim, after)
    tests = (
        (NeedsPerson.OWN, own),
        (NeedsPerson.DIFFERS, claim.differs),
        (NeedsPerson.STOPPED, claim.stopped_on is not None),
        (NeedsPerson.APPEAL, any(one.state == AppealState.RECEIVED for one in claim.appeals.all())),
        (NeedsPerson.OUTCOME, PROPOSED[Eligible(after["eligible"])] != claim.outcome),
        (NeedsPerson.FEWER, claim.state == ClaimState.APPROVED and lost),
    )
    return next((str(needs) for needs, holds in tests if holds), "")


def _lost(claim: Claim, after: Answer) -> bool:
    """Whether a month that three people signed for is not due any more."""
    lines = by_month(after)
    kept = (one for one in claim.payments.all() if one.state != PaymentState.STOPPED)
    return any(_key(one.month) not in lines for one in kept)


def _compare_listed(plan: ClaimPlan, claim: Claim, after: Answer, paid: Mapping[int, Decimal]) -> None:
    lines = by_month(after)
    for payment in claim.payments.all():
        line = lines.get(_key(payment.month))
        if payment.state != PaymentState.LISTED or line is None or payment.yuan is None:
            continue
        if line["yuan"] is None:
            plan.needs = plan.needs or NeedsPerson.UNKNOWN
            continue
        standard = Decimal(str(line["yuan"]))
        more = standard - payment.yuan - paid.get(payment.pk, Decimal())
        if more > 0:
            plan.owed.append(Owed(payment, more, standard, line["source"]))
        plan.overpaid -= min(more, Decimal())


def _plan_months(plan: ClaimPlan, claim: Claim, after: Answer) -> None:
    """The months that no list holds yet: amounts anew; more months wait for a clerk's release."""
    there, lines = {_key(one.month): one for one in claim.payments.all()}, by_month(after)
    if claim.state != ClaimState.APPROVED:
        plan.gone = [one for month, one in there.items() if month not in lines]
    for draw, (month, line) in enumerate(lines.items(), start=1):
        yuan = None if line["yuan"] is None else Decimal(str(line["yuan"]))
        values = {"yuan": yuan, "status": line["status"], "planned": bool(line.get("planned"))}
        payment = there.get(month)
        if payment is None:
            # Of a claim that is held back the new months wait like the others.
            state = PaymentState.HELD if claim.life == Life.SUSPENDED else PaymentState.PLANNED
            plan.new.append(Payment(claim=claim, month=_day(month), draw=draw, state=state, **values))
        elif payment.state not in (PaymentState.LISTED, PaymentState.STOPPED):
            _take(plan, payment, draw, values)
    if any(one.yuan is None for one in (*plan.changed, *plan.new)):
        plan.needs = plan.needs or NeedsPerson.UNKNOWN


def _take(plan: ClaimPlan, payment: Payment, draw: int, values: Mapping[str, Any]) -> None:
    old = {name: getattr(payment, name) for name in values}
    if old == values and payment.draw == draw:
        return
    for name, value in values.items():
        setattr(payment, name, value)
    payment.draw = draw
    if payment.yuan is None and payment.state == PaymentState.RELEASED:
        payment.state, payment.released_by, payment.released_at = PaymentState.PLANNED, None, None
    plan.changed.append(payment)


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
