"""Near retirement: contributions that the fund pays, retiring earlier or later, internal retirement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, money, notebook, plain
from zaigang.engines.entitlement.calendar import add_months
from zaigang.engines.entitlement.facts import CATEGORIES, read_choice
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import NATIONAL, Library
from zaigang.engines.entitlement.retirement import Retirement, retirement_under


@dataclass(frozen=True, slots=True)
class OlderContributions:
    """`until`: the day the statutory age is reached. `yuan`: a month, paid back after the person has paid."""

    answer: Verdict
    until: date | None
    yuan: Decimal | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "until": self.until.isoformat() if self.until else None,
            "yuan_per_month": plain(self.yuan),
            **self.findings.as_json(),
        }


def older_contributions(
    *,
    territory: str,
    on: date,
    retirement_category: str | None = None,
    born: date | None = None,
    drawing: bool | None = None,
    hard_to_place_subsidy: bool | None = None,
    had_before: bool | None = None,
    monthly_minimum: int | float | Decimal | None = None,
    parameters: Library | None = None,
) -> OlderContributions:
    """Does the fund bear the old-age contributions of a claimant with less than a year to retirement.

    `drawing`: draws unemployment benefit. `hard_to_place_subsidy`: gets the social-insurance subsidy for
    hard-to-place people. `had_before`: had this once already. `monthly_minimum`: the local minimum
    contribution of flexible workers, yuan a month. Source: 人社部发〔2024〕76号, 2025 to 2039.
    """
    book = notebook(territory, on, parameters)
    rule = book.rule("older_contributions")
    if not rule.known:
        book.lacks_rule("older_no_rule", rule)
        return OlderContributions("undecided", None, None, book.findings())
    found = retirement_known(book, retirement_category, born, parameters)
    answers = [
        _near_enough(book, found),
        _draws(book, drawing),
        _limits(book, hard_to_place_subsidy, had_before),
    ]
    answer: Verdict = "no" if "no" in answers else "undecided" if "undecided" in answers else "yes"
    until = found.on if found else None
    if answer != "yes":
        return OlderContributions(answer, until, None, book.findings())
    book.because("older_due", rule, until=until)
    if monthly_minimum is None:
        book.lacks_fact("older_minimum_unknown", rule)
        return OlderContributions(answer, until, None, book.findings())
    yuan = money(monthly_minimum, "monthly_minimum")
    book.because("older_yuan", rule, yuan=plain(yuan))
    return OlderContributions(answer, until, yuan, book.findings())


def retirement_known(
    book: Notebook, category: str | None, born: date | None, parameters: Library | None
) -> Retirement | None:
    """The retirement as the law known on the day of the question has it; None and a lack where facts fail."""
    rule = book.rule("retirement_age")
    if born is None or category is None:
        book.lacks_fact("near_retirement_unknown", rule)
        return None
    known = (parameters or load_parameters()).national(book.on)
    return retirement_under(known, read_choice(category, CATEGORIES, "retirement_category"), born)


def _near_enough(book: Notebook, found: Retirement | None) -> Verdict:
    rule = book.rule("older_contributions")
    if found is None:
        return "undecided"
    if found.on <= book.on:
        book.because("older_past_age", found.rule, reached=found.on)
        return "no"
    if found.on >= add_months(book.on, rule.value["within_months"]):
        book.because("older_too_far", rule, months=rule.value["within_months"], reached=found.on)
        return "no"
    book.because("older_near", rule, months=rule.value["within_months"], reached=found.on)
    return "yes"


def _draws(book: Notebook, drawing: bool | None) -> Verdict:
    rule = book.rule("older_contributions")
    if drawing is None:
        book.lacks_fact("older_drawing_unknown", rule)
        return "undecided"
    if drawing:
        return "yes"
    book.because("older_not_drawing", rule)
    return "no"


def _limits(book: Notebook, subsidy: bool | None, before: bool | None) -> Verdict:
    """Where the local limits are missing they matter only to whom they could touch."""
    rule = book.rule("older_contributions_limits")
    if not rule.known:
        if subsidy or before:
            book.lacks_rule("older_limits_missing", rule)
            return "undecided"
        book.asks("older_limits_check")
        return "yes"
    if subsidy and rule.value["not_with_hard_to_place_subsidy"]:
        book.because("older_not_with_subsidy", rule)
        return "no"
    if before and rule.value["once"]:
        book.because("older_once", rule)
        return "no"
    if subsidy is None or before is None:
        book.lacks_fact("older_limits_unknown", rule)
        return "undecided"
    return "yes"


@dataclass(frozen=True, slots=True)
class FlexibleRetirement:
    """`answer`: may the person retire before the statutory day. `minimum_months`: needed to draw a pension.

    `earliest` and `latest` bound the choice; `statutory` lies between them.
    """

    answer: Verdict
    statutory: date
    earliest: date | None
    latest: date | None
    minimum_months: int | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        days = {"statutory": self.statutory, "earliest": self.earliest, "latest": self.latest}
        return {
            "answer": self.answer,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "minimum_months": self.minimum_months,
            **self.findings.as_json(),
        }


def flexible_retirement(
    *,
    on: date,
    retirement_category: str,
    born: date,
    contribution_months: int | None = None,
    heavy_work: bool = False,
    territory: str = NATIONAL,
    parameters: Library | None = None,
) -> FlexibleRetirement:
    """How much earlier or later than the statutory day a person may retire (from 2025-01-01).

    `contribution_months`: to the old-age insurance, by the earliest day. `heavy_work`: years in heavy, hot or
    harmful work, whose own rule is unverified here. Source: 国务院关于渐进式延迟法定退休年龄的办法.
    """
    book = notebook(territory, on, parameters)
    read_choice(retirement_category, CATEGORIES, "retirement_category")
    found = retirement_under((parameters or load_parameters()).national(), retirement_category, born)
    rule = book.rule("flexible_retirement", found.on)
    if heavy_work:
        _heavy_work(book)
    not_earlier: Verdict = "undecided" if heavy_work else "no"
    if not rule.known:
        book.because("flexible_before_reform", found.rule, reached=found.on)
        return FlexibleRetirement(not_earlier, found.on, None, None, None, book.findings())
    earliest = max(found.old_on, add_months(found.on, -rule.value["early_months"]), rule.since)
    latest = add_months(found.on, rule.value["late_months"])
    book.because("flexible_range", rule, earliest=earliest, reached=found.on, latest=latest)
    book.asks("flexible_agreement")
    minimum, answer = _minimum(book, earliest, contribution_months)
    if answer == "no":
        answer = not_earlier
    return FlexibleRetirement(answer, found.on, earliest, latest, minimum, book.findings())


def _minimum(book: Notebook, day: date, paid: int | None) -> tuple[int, Verdict]:
    rule = book.rule("pension_minimum", day)
    grown = max(0, day.year - rule.value["grows_from"] + 1) * rule.value["add"]
    need = min(rule.value["most"], rule.value["months"] + grown)
    if paid is None:
        book.lacks_fact("flexible_contributions_unknown", rule, need=need)
        return need, "undecided"
    enough = paid >= need
    book.because("flexible_enough" if enough else "flexible_too_little", rule, need=need, paid=paid)
    return need, "yes" if enough else "no"


def _heavy_work(book: Notebook) -> None:
    book.lacks_rule("heavy_work_unverified", book.rule("early_retirement_heavy_work"))
    closed = book.rule("no_new_early_retirement")
    if closed.known:
        book.because("heavy_work_no_new_door", closed)


@dataclass(frozen=True, slots=True)
class InternalRetirement:
    """`answer`: may the firm and the person agree on internal retirement (内部退养) on that day."""

    answer: Verdict
    statutory: date | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        statutory = self.statutory.isoformat() if self.statutory else None
        return {"answer": self.answer, "statutory": statutory, **self.findings.as_json()}


def internal_retirement(
    *,
    territory: str,
    on: date,
    retirement_category: str | None = None,
    born: date | None = None,
    agreed: bool | None = None,
    parameters: Library | None = None,
) -> InternalRetirement:
    """Within five years of the statutory age, re-employment hard, wanted by the person, agreed by the firm.

    `agreed`: both sides want it. The age is that of the law as known on `on`. Source: 人社部发〔2016〕32号.
    """
    book = notebook(territory, on, parameters)
    rule = book.rule("internal_retirement")
    if not rule.known:
        book.lacks_rule("internal_no_rule", rule)
        return InternalRetirement("undecided", None, book.findings())
    found = retirement_known(book, retirement_category, born, parameters)
    if found is None:
        return InternalRetirement("undecided", None, book.findings())
    near = book.on < found.on <= add_months(book.on, rule.value["within_months"])
    book.because("internal_near" if near else "internal_not_near", rule, reached=found.on)
    if not near or agreed is False:
        if near:
            book.because("internal_not_agreed", rule)
        return InternalRetirement("no", found.on, book.findings())
    if agreed is None:
        book.lacks_fact("internal_agreement_unknown", rule)
        return InternalRetirement("undecided", found.on, book.findings())
    book.because("internal_pay", rule)
    book.asks("internal_hard_check")
    return InternalRetirement("yes", found.on, book.findings())
