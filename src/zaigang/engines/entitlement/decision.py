"""Facts in, one decision out: yes, no or undecided, with months, payments, reasons and open questions."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from zaigang.engines.entitlement.conditions import category_matters, eligibility
from zaigang.engines.entitlement.duration import NOTHING, Months, months_due
from zaigang.engines.entitlement.facts import Facts, check_facts
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import Dated, Library, whole
from zaigang.engines.entitlement.payments import NO_PAYMENTS, BackPay, Payment, Schedule, schedule
from zaigang.engines.entitlement.reasons import Change, Line
from zaigang.engines.entitlement.retirement import possible_retirements
from zaigang.engines.entitlement.sentence import Sentence
from zaigang.engines.entitlement.sentences import sentences_of
from zaigang.engines.entitlement.situation import Situation, start_of

Eligible = Literal["yes", "no", "undecided"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the law gives, as formats.md has it. Texts are written only by `as_json`."""

    eligible: Eligible
    months: Months
    payments: tuple[Payment, ...]
    back_pay: tuple[BackPay, ...]
    reasons: tuple[Line, ...]
    would_change: tuple[Change, ...]
    needs_human: tuple[Line, ...]
    parameters: tuple[Dated, ...]
    case: Situation = field(compare=False, repr=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every number, with the values of the law that it rests on."""
        return sentences_of(self.case, self.months, self.payments, self.back_pay)

    @property
    def total_yuan(self) -> int | float:
        """The sum of the listed amounts that are known."""
        return whole(sum(p.yuan for p in self.payments if p.yuan is not None)) or 0

    def as_json(self) -> dict[str, Any]:
        months = self.months
        source = months.source.as_json() if months.source else None
        return {
            "eligible": self.eligible,
            "months": {"exact": months.exact, "at_most": months.at_most, "source": source},
            "payments": [payment.as_json() for payment in self.payments],
            "total_yuan": self.total_yuan,
            "back_pay": [line.as_json() for line in self.back_pay],
            "reasons": [line.as_reason() for line in self.reasons],
            "would_change": [change.as_json() for change in self.would_change],
            "needs_human": [line.as_json() for line in self.needs_human],
            "parameters": [dated.as_json() for dated in self.parameters],
            "sentences": [sentence.as_json() for sentence in self.sentences],
        }


def decide(facts: Facts, *, on: date | None = None, parameters: Library | None = None) -> Decision:
    """What is due to one person by the law of `on` (default: `facts.decide_on`).

    `parameters` defaults to the files of this package. BadFacts when the facts contradict themselves.
    """
    if on is not None and on != facts.decide_on:
        facts = replace(facts, decide_on=on)
    check_facts(facts)
    library = parameters or load_parameters()
    rules = library.rules(facts.territory, facts.known_on)
    retirements = possible_retirements(facts, rules)
    case = Situation(facts, rules, facts.decide_on, retirements, start_of(facts, facts.decide_on))
    return _decide(case)


def _decide(case: Situation) -> Decision:
    answer = eligibility(case)
    if answer == "no":
        return _decision(case, "no", NOTHING, NO_PAYMENTS)
    months, settled = months_due(case)
    if answer == "unknown" or not settled:
        return _decision(case, "undecided", months, NO_PAYMENTS)
    plan = schedule(case, months)
    if not plan.settled:
        category_matters(case)
        return _decision(case, "undecided", months, NO_PAYMENTS)
    _mention_the_rest(case)
    return _decision(case, "yes", months, plan)


def _mention_the_rest(case: Situation) -> None:
    rules = (case.rule(name) for name in ("medical_insurance", "funeral_grant"))
    for rule in (rule for rule in rules if rule.known):
        case.notes.because(rule.name, rule)


def _decision(case: Situation, eligible: Eligible, months: Months, plan: Schedule) -> Decision:
    notes, right = case.notes, case.rule("explanation_right")
    if right.known:
        notes.because("explanation_right", right)
    notes.asks("clerk_confirms")
    return Decision(
        eligible,
        months,
        plan.payments,
        plan.back_pay,
        tuple(notes.reasons),
        tuple(notes.would_change),
        tuple(notes.needs_human),
        tuple(notes.used.values()),
        case,
    )
