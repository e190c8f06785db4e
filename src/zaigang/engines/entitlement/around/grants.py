"""Money at a death, the job-seeking allowance of Guangdong, the allowance of 2020 and the price subsidy."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.engines.entitlement.around.answer import (
    Findings,
    Notebook,
    Verdict,
    fen,
    money,
    notebook,
    plain,
)
from zaigang.engines.entitlement.calendar import month_of
from zaigang.engines.entitlement.parameters import Dated, Library

Yuan = int | float | Decimal
_WITHOUT = {
    "medical_insurance": "allowance_no_medical_insurance",
    "funeral_money": "allowance_no_funeral_money",
    "uses_up_years": "allowance_keeps_years",
}


@dataclass(frozen=True, slots=True)
class FuneralGrant:
    """Both sums in yuan, once; None where the local rule or the average wage is missing."""

    answer: Verdict
    funeral: Decimal | None
    survivors: Decimal | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "funeral_yuan": plain(self.funeral),
            "survivors_yuan": plain(self.survivors),
            **self.findings.as_json(),
        }


def funeral_grant(
    *,
    territory: str,
    on: date,
    drawing: bool | None = None,
    allowance: bool | None = None,
    other_grant: bool | None = None,
    average_wage: Yuan | None = None,
    parameters: Library | None = None,
) -> FuneralGrant:
    """What the family may claim when a person died on `on`.

    `drawing`: drew unemployment benefit. `allowance`: drew the allowance of 2020 (失业补助金) instead.
    `other_grant`: the same was already taken from the pension or work-injury insurance.
    `average_wage`: the local average monthly wage in yuan, where the local rule counts in it.
    Source: 社会保险法 art. 49; amounts by the local rule.
    """
    book = notebook(territory, on, parameters)
    answer = _death_due(book, drawing, allowance, other_grant)
    if answer != "yes":
        return FuneralGrant(answer, None, None, book.findings())
    rule = book.rule("death_grant_amount")
    if not rule.known:
        book.lacks_rule("funeral_amount_missing", rule)
        return FuneralGrant("yes", None, None, book.findings())
    if average_wage is None:
        book.lacks_fact("funeral_wage_unknown", rule)
        return FuneralGrant("yes", None, None, book.findings())
    wage = money(average_wage, "average_wage")
    funeral, survivors = (
        fen(wage * Decimal(str(rule.value[key]))) for key in ("funeral_times", "survivors_times")
    )
    book.because("funeral_amount", rule, funeral=plain(funeral), survivors=plain(survivors))
    return FuneralGrant("yes", funeral, survivors, book.findings())


def _death_due(
    book: Notebook, drawing: bool | None, allowance: bool | None, other_grant: bool | None
) -> Verdict:
    rule, once = book.rule("funeral_grant"), book.rule("one_death_grant_only")
    if not rule.known:
        book.lacks_rule("funeral_rule_missing", rule)
        return "undecided"
    if allowance:
        frame = book.rule("unemployment_allowance")
        if frame.known and not frame.value["funeral_money"]:
            book.because("funeral_not_with_allowance", frame)
            return "no"
        book.lacks_rule("funeral_allowance_unverified", frame)
        return "undecided"
    if drawing is None:
        book.lacks_fact("funeral_drawing_unknown", rule)
        return "undecided"
    if not drawing:
        book.because("funeral_not_drawing", rule)
        return "no"
    book.because("funeral_due", rule)
    return _one_grant_only(book, once, other_grant)


def _one_grant_only(book: Notebook, rule: Dated, other_grant: bool | None) -> Verdict:
    book.because("funeral_one_only", rule)
    if other_grant is None:
        book.lacks_fact("funeral_other_unknown", rule)
        return "undecided"
    return "no" if other_grant else "yes"


@dataclass(frozen=True, slots=True)
class JobSeekingAllowance:
    """`yuan`: a month; `months`: at most so many. The answer is undecided: its conditions were not found."""

    answer: Verdict
    yuan: Decimal | None
    months: int | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "yuan_per_month": plain(self.yuan),
            "months_at_most": self.months,
            **self.findings.as_json(),
        }


def job_seeking_allowance(
    *,
    territory: str,
    on: date,
    average_contribution_wage: Yuan | None = None,
    parameters: Library | None = None,
) -> JobSeekingAllowance:
    """The monthly job-seeking allowance, where a place has one (Guangdong: 15 %, at most 6 months).

    `average_contribution_wage`: average of the last 12 months on which contributions were paid, in yuan.
    """
    book = notebook(territory, on, parameters)
    rule = book.rule("job_seeking_allowance")
    if not rule.known:
        book.lacks_rule("job_seeking_rule_missing", rule)
        return JobSeekingAllowance("undecided", None, None, book.findings())
    percent, months = rule.value["percent"], rule.value["months"]
    book.because("job_seeking_frame", rule, percent=percent, months=months)
    book.lacks_rule("job_seeking_conditions_missing", rule)
    if average_contribution_wage is None:
        book.lacks_fact("job_seeking_wage_unknown", rule)
        return JobSeekingAllowance("undecided", None, months, book.findings())
    yuan = fen(money(average_contribution_wage, "average_contribution_wage") * Decimal(str(percent)) / 100)
    book.because("job_seeking_yuan", rule, yuan=plain(yuan))
    return JobSeekingAllowance("undecided", yuan, months, book.findings())


@dataclass(frozen=True, slots=True)
class UnemploymentAllowance:
    """`months` and `yuan` (a month) are the national limits; the local rate lies at or below them."""

    answer: Verdict
    months: int | None
    yuan: Decimal | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "months_at_most": self.months,
            "yuan_per_month_at_most": plain(self.yuan),
            **self.findings.as_json(),
        }


def unemployment_allowance(
    *, territory: str, on: date, parameters: Library | None = None
) -> UnemploymentAllowance:
    """The allowance of 2020 (失业补助金) for people who cannot draw benefit; `on`: the day of applying.

    At most 80 % of the benefit of that month for at most 6 months. Source: 人社部发〔2020〕40号.
    Local rates and conditions are missing, so the answer stays undecided and the sums are upper limits.
    """
    book = notebook(territory, on, parameters)
    frame = book.rule("unemployment_allowance")
    if not frame.known:
        book.lacks_rule("allowance_unverified" if frame.value else "allowance_no_rule", frame)
        return UnemploymentAllowance("undecided", None, None, book.findings())
    months, percent = frame.value["months"], frame.value["percent"]
    book.because("allowance_frame", frame, months=months, percent=percent)
    for code in [code for key, code in _WITHOUT.items() if not frame.value[key]]:
        book.because(code, frame)
    book.lacks_rule("allowance_rate_missing", book.rule("unemployment_allowance_rate"))
    benefit = book.rules.amount(month_of(on), 1)
    if benefit.yuan is None:
        book.lacks_rule("allowance_benefit_missing", benefit.dated)
        return UnemploymentAllowance("undecided", months, None, book.findings())
    most = fen(Decimal(str(benefit.yuan)) * Decimal(str(percent)) / 100)
    book.because("allowance_most", benefit.dated, benefit=benefit.yuan, yuan=plain(most))
    return UnemploymentAllowance("undecided", months, most, book.findings())


@dataclass(frozen=True, slots=True)
class PriceSubsidy:
    """`answer`: did the month trigger the subsidy; `yuan` where the local sum can be computed."""

    answer: Verdict
    yuan: Decimal | None
    pay_within_working_days: int | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "yuan": plain(self.yuan),
            "pay_within_working_days": self.pay_within_working_days,
            **self.findings.as_json(),
        }


def price_subsidy(
    *,
    territory: str,
    on: date,
    cpi: float | None = None,
    food_cpi: float | None = None,
    dibao: Yuan | None = None,
    index_rise: float | None = None,
    parameters: Library | None = None,
) -> PriceSubsidy:
    """The temporary price subsidy (价格临时补贴) of the month that holds `on`.

    `cpi`, `food_cpi`: rise over the same month of last year, in per cent. `dibao`: the local monthly standard
    in yuan, `index_rise`: the rise that the local rule counts with, in per cent.
    Source: NDRC notices of 2016 and 2021; of the latter only the general index was found.
    """
    book = notebook(territory, on, parameters)
    rule = book.rule("price_subsidy_trigger")
    if not rule.known:
        book.lacks_rule("price_rule_missing", rule)
        return PriceSubsidy("undecided", None, None, book.findings())
    answer = _triggered(book, rule, cpi, food_cpi)
    if answer != "yes":
        return PriceSubsidy(answer, None, None, book.findings())
    days = rule.value["pay_within_working_days"]
    book.because("price_pay", rule, days=days)
    return PriceSubsidy("yes", _price_yuan(book, dibao, index_rise), days, book.findings())


def _triggered(book: Notebook, rule: Dated, cpi: float | None, food_cpi: float | None) -> Verdict:
    general, food = rule.value["cpi"], rule.value["food_cpi"]
    if cpi is not None and cpi >= general:
        book.because("price_cpi", rule, cpi=cpi, need=general)
        return "yes"
    if food is None:
        if cpi is None:
            book.lacks_fact("price_cpi_unknown", rule, need=general)
        else:
            book.lacks_rule("price_food_missing", rule, need=general)
        return "undecided"
    if food_cpi is not None and food_cpi >= food:
        book.because("price_food", rule, cpi=food_cpi, need=food)
        return "yes"
    if cpi is None or food_cpi is None:
        book.lacks_fact("price_index_unknown", rule, need=general, food=food)
        return "undecided"
    book.because("price_not_reached", rule, need=general, food=food)
    return "no"


def _price_yuan(book: Notebook, dibao: Yuan | None, index_rise: float | None) -> Decimal | None:
    rule = book.rule("price_subsidy_amount")
    if not rule.known:
        book.lacks_rule("price_amount_missing", rule)
        return None
    if dibao is None or index_rise is None:
        book.lacks_fact("price_amount_facts", rule)
        return None
    yuan = fen(money(dibao, "dibao") * Decimal(str(index_rise)) / 100)
    book.because("price_yuan", rule, yuan=plain(yuan))
    return yuan


@dataclass(frozen=True, slots=True)
class SingleParentSupplement:
    """`percent` more on the monthly benefit, where the answer is yes."""

    answer: Verdict
    percent: int | float | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {"answer": self.answer, "percent": self.percent, **self.findings.as_json()}


def single_parent_supplement(
    *, territory: str, on: date, single_parent: bool | None = None, parameters: Library | None = None
) -> SingleParentSupplement:
    """More benefit for a single parent of a minor (Shandong 2008: 40 %; later years are missing)."""
    book = notebook(territory, on, parameters)
    rule = book.rule("single_parent_supplement_percent")
    if single_parent is False:
        book.because("supplement_not_single", rule)
        return SingleParentSupplement("no", None, book.findings())
    if not rule.known:
        book.lacks_rule("supplement_missing", rule)
        return SingleParentSupplement("undecided", None, book.findings())
    if single_parent is None:
        book.lacks_fact("supplement_unknown", rule)
        return SingleParentSupplement("undecided", None, book.findings())
    book.because("supplement_due", rule, percent=rule.value)
    return SingleParentSupplement("yes", rule.value, book.findings())
