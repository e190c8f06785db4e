"""Every number of one answer, sentence by sentence, each with the values of the law that it rests on.

Order: how long somebody paid, when they claimed, until what age, how many months, which months, how much, the sum.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from zaigang.engines.entitlement.calendar import first_day, last_day, month_of
from zaigang.engines.entitlement.conditions import contributed
from zaigang.engines.entitlement.duration import Months
from zaigang.engines.entitlement.parameters import Dated, MonthAmount, whole, worst
from zaigang.engines.entitlement.payments import BackPay, Payment
from zaigang.engines.entitlement.plan import extension_rule
from zaigang.engines.entitlement.sentence import Basis, Sentence, basis, sentence
from zaigang.engines.entitlement.shapes import Amount, Readings, Table
from zaigang.engines.entitlement.situation import Situation


def sentences_of(
    case: Situation, months: Months, payments: Sequence[Payment], back_pay: Sequence[BackPay]
) -> tuple[Sentence, ...]:
    """All sentences of an answer that was given."""
    return (
        *_contributions(case),
        *_window(case),
        *_age(case),
        *_months(case, months),
        *_first_month(case, payments),
        *_amounts(case, payments),
        *_last_month(case, months, payments),
        *_total(payments),
        *_back_pay(case, payments, back_pay),
    )


def _contributions(case: Situation) -> Iterator[Sentence]:
    paid, deemed, least = case.facts.contribution_months, case.facts.deemed_months, contributed(case)[0]
    if paid is None or deemed is None:
        return
    rule = case.rule("contribution_minimum_months")
    bases = (basis(rule), basis(case.rule("deemed_counts"))) if deemed else (basis(rule),)
    yield sentence("contributed" if deemed else "paid", bases, paid=paid, deemed=deemed, total=least)


def _window(case: Situation) -> Iterator[Sentence]:
    rule, left = case.rule("claim_window_days"), case.facts.left_on
    if left is None or (rule.known and rule.value is None):
        return
    claimed = case.facts.applied_on or max(case.on, case.start)
    code = "window" if rule.known else "window_missing"
    yield sentence(code, (basis(rule),), left=left, claimed=claimed, late=(claimed - left).days)


def _age(case: Situation) -> Iterator[Sentence]:
    """As the conditions tell it: a reform that came out later is no reason for an earlier decision."""
    if len(case.retirements) != 1:
        return
    found = case.retirements[0]
    later = found.rule.published > case.on
    rule = case.rule("retirement_age") if later else found.rule
    if not rule.known:
        return
    delay = 0 if later else found.delay_months
    years = rule.value[found.category].years
    bases = (basis(rule, "retirement_age_delayed" if delay else "", years=years, delay=delay),)
    yield sentence("age", bases, born=case.facts.born, reached=found.old_on if later else found.on)


def _step(table: Table, total: int) -> int:
    """The months of contributions from which on the step counts that holds `total`."""
    return max((band.at_least for band in table.bands if band.at_least <= total), default=0)


def _ceiling(case: Situation, total: int) -> Basis:
    rule = case.rule("months_ceiling")
    table: Table = rule.value
    return basis(rule, at_least=_step(table, total), most=table.months_for(total))


def _table(case: Situation, total: int) -> Basis:
    rule = case.rule("months_table")
    if not rule.known:
        return basis(rule)
    readings: Readings = rule.value
    return basis(rule, at_least=_step(readings.tables[0], total), most=readings.most(total))


def _months(case: Situation, months: Months) -> Iterator[Sentence]:
    ceiling, agency, unused = (
        case.rule("months_ceiling"),
        case.facts.agency_months,
        case.facts.unused_months or 0,
    )
    if not months.at_most or not ceiling.known:
        return
    least, most = contributed(case)
    if agency is not None and months.exact == agency.months:
        yield sentence(
            "months_agency", (_ceiling(case, most),), months=agency.months, document=agency.document
        )
    elif least != most or case.facts.unused_months is None:
        yield sentence("months_never_more", (_ceiling(case, most),), months=months.at_most)
    elif ceiling.value.months_for(least) == 0:
        yield sentence("months_unused", (basis(case.rule("resume_unused_months")),), unused=unused)
    else:
        yield _counted(case, months, least, unused)


def _counted(case: Situation, months: Months, total: int, unused: int) -> Sentence:
    cap, code = case.rule("months_cap"), "months_at_most" if months.exact is None else "months_exact"
    bases: tuple[Basis, ...] = (_ceiling(case, total), _table(case, total))
    # Without a table the ceiling is what the sentence says: what is missing shows, and does not doubt it.
    status = worst(*(one.dated.status for one in bases if one.dated.known))
    if unused:
        bases = (*bases, basis(case.rule("carry_over")), basis(cap))
        code += "_unused"
    return sentence(code, bases, status, total=total, months=months.exact or months.at_most, unused=unused)


def _first(case: Situation) -> Basis:
    rule = case.rule("first_payment")
    return basis(rule, "first_payment_next" if rule.value else "first_payment")


def _first_month(case: Situation, payments: Sequence[Payment]) -> Iterator[Sentence]:
    if payments:
        code = "first_month" if case.facts.registered_on is not None else "first_month_if"
        yield sentence(code, (_first(case),), registered=case.start, month_first=first_day(payments[0].month))


def _amount_of(case: Situation, payments: Sequence[Payment], index: int, exact: bool) -> MonthAmount:
    """The amount behind a payment; the months of contributions count in some places."""
    least, most = contributed(case)
    extension = exact and payments[index].planned
    known = least if least == most else None
    return case.rules.amount(payments[index].month, index + 1, extension, known)


def _amounts(case: Situation, payments: Sequence[Payment]) -> Iterator[Sentence]:
    exact = any(not payment.planned for payment in payments)
    found = [(payment, _amount_of(case, payments, index, exact)) for index, payment in enumerate(payments)]
    for _key, run in groupby(found, key=lambda pair: (pair[0].yuan, id(pair[1].dated))):
        pairs = list(run)
        yield _amount(case, [payment for payment, _ in pairs], pairs[0][1])


def _amount(case: Situation, run: Sequence[Payment], amount: MonthAmount) -> Sentence:
    first, wage = run[0], case.rules.at("minimum_wage", first_day(run[0].month))
    span = (first_day(first.month), first_day(run[-1].month))
    when: dict[str, Any] = {"month_span": span, "count": len(run)}
    bases, percent = _amount_bases(amount.dated, first.yuan, wage)
    if first.yuan is None:
        return sentence("amount_missing", bases, first.status, **when)
    if percent is None:
        return sentence("amount", bases, first.status, yuan=first.yuan, **when)
    parts: dict[str, Any] = {"wage": wage.value, "percent": percent, "yuan": first.yuan}
    return sentence("amount_percent", bases, first.status, **parts, **when)


def _amount_bases(
    dated: Dated, yuan: int | float | None, wage: Dated
) -> tuple[tuple[Basis, ...], int | float | None]:
    """What an amount rests on, and its share of the minimum wage where it is one."""
    rule: Amount | None = dated.value
    percent = rule.percent_of_minimum_wage if rule is not None and dated.known else None
    if percent is not None:
        return (basis(dated, "benefit_percent", percent=percent), basis(wage)), percent
    return (basis(dated, "benefit_unsettled" if yuan is None else "", yuan=yuan),), None


def _last_month(case: Situation, months: Months, payments: Sequence[Payment]) -> Iterator[Sentence]:
    """Why the list ends where it ends: used up, stopped, retired, or gone on to retirement."""
    if not payments or (case.facts.pay_through and len(payments) < (months.exact or months.at_most or 0)):
        return
    last, count = payments[-1].month, len(payments)
    when: dict[str, Any] = {"month_last": first_day(last), "day": last_day(last), "count": count}
    found, exact = case.retirements[0], months.exact is not None
    stop = next((event for event in reversed(case.facts.events) if event.on > case.start), None)
    if exact and payments[-1].planned:
        regular = next(p.month for p in payments if p.planned) - 1
        rule = extension_rule(case, regular, found)
        assert rule is not None
        bases = (basis(rule, within=rule.value.within_months, most=rule.value.most),)
        yield sentence("last_extended", bases, **when)
    elif last == month_of(found.on) and found.on > case.start:
        bases = (basis(case.rules.at("last_month_at_retirement", found.on)),)
        yield sentence("last_retired", bases, reached=found.on, **when)
    elif stop is not None and stop.kind != "unemployed_again":
        yield sentence("last_stopped", (basis(case.rule("stops")),), on=stop.on, event=stop.kind, **when)
    else:
        yield _used_up(case, months, when)


def _used_up(case: Situation, months: Months, when: dict[str, Any]) -> Sentence:
    """As sure as the count of months and the month of the first payment together."""
    counted = next(_months(case, months)).status
    bases = (_first(case), basis(case.rule("months_cap")))
    code = "last_month_at_most" if months.exact is None else "last_month"
    return sentence(code, bases, worst(counted, *(one.dated.status for one in bases)), **when)


def _total(payments: Sequence[Payment]) -> Iterator[Sentence]:
    """The addition in full; months without an amount are named, not counted."""
    known = [payment for payment in payments if payment.yuan is not None]
    if not known:
        return
    runs = [(len(list(run)), yuan) for yuan, run in groupby(known, key=lambda payment: payment.yuan)]
    total = whole(sum(count * (yuan or 0) for count, yuan in runs))
    sums = " + ".join(f"{yuan}×{count}" for count, yuan in runs)
    left_out = len(payments) - len(known)
    code = "total_known" if left_out else "total"
    status = worst(*(payment.status for payment in known))
    yield sentence(code, (), status, sums=sums, total=total, left_out=left_out)


def _back_pay(case: Situation, payments: Sequence[Payment], lines: Sequence[BackPay]) -> Iterator[Sentence]:
    paid = {payment.month: payment.yuan for payment in payments}
    for line in lines:
        dated, new = case.rules.at("benefit_amount", first_day(line.month)), paid[line.month]
        bases, month = (basis(dated, "notice", published=dated.published),), first_day(line.month)
        if line.yuan is None or new is None:
            yield sentence("back_pay_unknown", bases, "missing", month=month)
        else:
            old = whole(new - line.yuan)
            yield sentence("back_pay", bases, month=month, new=new, old=old, yuan=line.yuan)
