"""One person's answer from `decide` and from `decide_many`, in the same shape."""

from typing import Any

from zaigang.engines.entitlement import BadFacts, Facts, decide
from zaigang.engines.entitlement.many import Decisions
from zaigang.engines.entitlement.parameters import Library

ELIGIBLE = {-1: "refused", 0: "no", 1: "yes", 2: "undecided"}
Answer = tuple[Any, ...]


def one(facts: Facts, parameters: Library | None = None) -> Answer:
    """Eligibility, months exactly and at most, and the payments; or the field for which it was refused."""
    try:
        decision = decide(facts, parameters=parameters)
    except BadFacts as refusal:
        return ("refused", refusal.where)
    payments = tuple((p.month, p.yuan, p.status, p.planned) for p in decision.payments)
    return (decision.eligible, decision.months.exact, decision.months.at_most, payments)


def row(answers: Decisions, number: int) -> Answer:
    eligible = ELIGIBLE[int(answers.eligible[number])]
    if eligible == "refused":
        return (eligible, answers.refusal(number))
    payments = answers.payments(number)
    assert len(payments) == answers.count[number]
    assert answers.first_month[number] == (payments[0].month if payments else -1)
    exact, at_most = (int(a[number]) for a in (answers.months_exact, answers.months_at_most))
    return (eligible, _known(exact), _known(at_most), tuple(map(tuple, payments)))


def _known(months: int) -> int | None:
    return None if months == -1 else months
