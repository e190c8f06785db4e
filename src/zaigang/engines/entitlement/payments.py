"""The payments month by month, each with its amount and source, and the back-pay of late notices."""

from dataclasses import dataclass
from typing import Any

from zaigang.engines.entitlement.calendar import first_day, last_day, month_of, month_text, parse_month
from zaigang.engines.entitlement.conditions import contributed, evidence_of
from zaigang.engines.entitlement.duration import Months
from zaigang.engines.entitlement.facts import Event
from zaigang.engines.entitlement.parameters import MonthAmount, Source, Status, whole
from zaigang.engines.entitlement.plan import FAR, Course, PlanMonth, course_of, extension_rule, plan_for
from zaigang.engines.entitlement.retirement import Retirement
from zaigang.engines.entitlement.situation import Situation


@dataclass(frozen=True, slots=True)
class Payment:
    """One calendar month; `yuan` is None when the law is not known well enough. `planned`: to be released."""

    month: int
    yuan: int | float | None
    status: Status
    source: Source
    planned: bool

    def as_json(self) -> dict[str, Any]:
        source = self.source.as_json()
        line = {"month": month_text(self.month), "yuan": self.yuan, "status": self.status, "source": source}
        return line | {"planned": True} if self.planned else line


@dataclass(frozen=True, slots=True)
class BackPay:
    """The difference for a month that had been paid at the older amount when the notice came out."""

    month: int
    yuan: int | float | None
    source: Source

    def as_json(self) -> dict[str, Any]:
        return {"month": month_text(self.month), "yuan": self.yuan, "source": self.source.as_json()}


@dataclass(frozen=True, slots=True)
class Schedule:
    """`settled` is false when the retirement category would make a difference."""

    payments: tuple[Payment, ...]
    back_pay: tuple[BackPay, ...]
    settled: bool


NO_PAYMENTS = Schedule((), (), True)


def schedule(case: Situation, months: Months) -> Schedule:
    """The list of a person who is entitled. Writes the reasons for start, stops, end and amounts."""
    exact = months.exact is not None
    count = (months.exact if months.exact is not None else months.at_most) or 0
    course = course_of(case)
    plans = {found: plan_for(case, course, count, exact, found) for found in case.retirements}
    if len(set(plans.values())) > 1:
        return Schedule((), (), False)
    found, plan = next(iter(plans.items()))
    _explain_course(case, course, plan, found, exact)
    through = FAR if case.facts.pay_through is None else parse_month(case.facts.pay_through)
    listed = [entry for entry in plan if entry.month <= through]
    total = _contributed(case)
    amounts = [case.rules.amount(entry.month, entry.draw, entry.extension, total) for entry in listed]
    payments = tuple(_payment(e, a, exact) for e, a in zip(listed, amounts, strict=True))
    _explain_amounts(case, listed, amounts)
    return Schedule(payments, _back_pay(case, listed, amounts), True)


def _contributed(case: Situation) -> int | None:
    """The months of contributions where they are known: some places pay by them."""
    least, most = contributed(case)
    return least if least == most else None


def _payment(entry: PlanMonth, amount: MonthAmount, exact: bool) -> Payment:
    planned = not exact or entry.extension or entry.doubtful
    if entry.doubtful:
        return Payment(entry.month, None, "unverified", amount.dated.source, planned)
    return Payment(entry.month, amount.yuan, amount.status, amount.dated.source, planned)


def _back_pay(case: Situation, plan: list[PlanMonth], amounts: list[MonthAmount]) -> tuple[BackPay, ...]:
    """A month is paid by its last day, or on the day of the decision if that is later."""
    lines = []
    for entry, amount in zip(plan, amounts, strict=True):
        dated = amount.dated
        if dated.published <= first_day(entry.month) or amount.yuan is None:
            continue
        if max(last_day(entry.month), case.on) < dated.published:
            before = case.rules.amount_before(dated, entry.month, entry.draw, _contributed(case)).yuan
            yuan = None if before is None else whole(amount.yuan - before)
            lines.append(BackPay(entry.month, yuan, dated.source))
            month = first_day(entry.month)
            case.notes.because("back_pay", dated, published=dated.published, month_first=month, yuan=yuan)
    return tuple(lines)


def _explain_amounts(case: Situation, plan: list[PlanMonth], amounts: list[MonthAmount]) -> None:
    said: tuple[Source, Any] | None = None
    for entry, amount in zip(plan, amounts, strict=True):
        if said == (amount.dated.source, amount.yuan):
            continue
        said = (amount.dated.source, amount.yuan)
        code = "amount" if amount.yuan is not None else "amount_missing"
        case.notes.because(code, amount.dated, month_first=first_day(entry.month), yuan=amount.yuan)
    if any(amount.yuan is None for amount in amounts):
        case.notes.asks("amount_missing")
    if any(amount.status == "inferred" for amount in amounts):
        case.notes.asks("inferred_amount")
    if any(entry.doubtful for entry in plan):
        case.notes.asks("extension_transition")


def _explain_course(
    case: Situation, course: Course, plan: tuple[PlanMonth, ...], found: Retirement, exact: bool
) -> None:
    start = case.rule("first_payment")
    code = "first_month_next" if start.value else "first_month"
    if plan:
        case.notes.because(code, start, month_first=first_day(plan[0].month))
    _explain_events(case, course, plan)
    if plan:
        _explain_end(case, plan, found, exact)


def _explain_events(case: Situation, course: Course, plan: tuple[PlanMonth, ...]) -> None:
    stopped: Event | None = None
    for event in case.facts.events:
        if event.on <= case.start:
            continue
        if event.kind != "unemployed_again":
            if stopped is None:
                _explain_stop(case, event, plan)
            stopped = event if stopped is None or event.kind == "employed" else stopped
        elif stopped is not None and not course.new_claim:
            _explain_restart(case, stopped, event, plan)
            stopped = None
    if course.new_claim:
        case.notes.asks("new_claim")


def _explain_stop(case: Situation, event: Event, plan: tuple[PlanMonth, ...]) -> None:
    rule = case.rule("stops")
    paid = [entry.month for entry in plan if entry.month <= month_of(event.on)]
    last = first_day(max(paid)) if paid else case.start
    case.notes.because("stopped", rule, on=event.on, event=event.kind, month_last=last)
    case.notes.asks("stop_month")
    if rule.known and rule.value[event.kind] == "person":
        case.notes.asks(evidence_of(event.kind), event=event.kind)


def _explain_restart(case: Situation, stopped: Event, again: Event, plan: tuple[PlanMonth, ...]) -> None:
    """The claim rules speak of a short job only; after any other stop a person decides."""
    later = [entry.month for entry in plan if entry.month >= month_of(again.on)]
    if later:
        month = first_day(min(later))
        case.notes.because("resumed", case.rule("resume_unused_months"), on=again.on, month_first=month)
    if stopped.kind != "employed":
        case.notes.asks("restart_check", event=stopped.kind)


def _explain_end(case: Situation, plan: tuple[PlanMonth, ...], found: Retirement, exact: bool) -> None:
    last = plan[-1]
    if last.extension:
        rule = extension_rule(case, next(e.month for e in plan if e.extension) - 1, found)
        assert rule is not None
        case.notes.because("extended", rule, month_last=first_day(last.month))
        case.notes.asks("extension_check")
    elif last.month == month_of(found.on):
        end = case.rules.at("last_month_at_retirement", found.on)
        case.notes.because("retirement_ends", end, reached=found.on, month_last=first_day(last.month))
        case.notes.asks("retirement_month")
    elif not exact:
        possible = extension_rule(case, last.month, found)
        if possible is not None:
            case.notes.because("extension_possible", possible)
