"""Before people are let go: who is protected, when a lay-off is a mass lay-off, what an unlawful ending costs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, notebook
from zaigang.engines.entitlement.around.pension import retirement_known
from zaigang.engines.entitlement.calendar import add_months, months_of_service
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.parameters import Library


@dataclass(frozen=True, slots=True)
class DismissalChecks:
    """`answer`: is the person protected from dismissal without fault (arts. 40, 41).

    `mass_layoff`: must the firm explain to the union and report first, `notice_days` ahead.
    """

    answer: Verdict
    mass_layoff: Verdict
    notice_days: int | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "mass_layoff": self.mass_layoff,
            "notice_days": self.notice_days,
            **self.findings.as_json(),
        }


def dismissal_checks(
    *,
    territory: str,
    on: date,
    entered_on: date | None = None,
    retirement_category: str | None = None,
    born: date | None = None,
    otherwise_protected: bool | None = None,
    persons: int | None = None,
    workforce: int | None = None,
    parameters: Library | None = None,
) -> DismissalChecks:
    """What a firm must look at before it lets a person go without fault on `on`.

    `entered_on`: first day with the firm. `otherwise_protected`: sick, pregnant, hurt at work and the like.
    `persons`: how many are let go together; `workforce`: how many the firm has.
    BadFacts: dates or numbers that cannot be. Source: 劳动合同法 arts. 41, 42, 87.
    """
    if entered_on is not None and entered_on > on:
        raise BadFacts(f"入职日期 {entered_on} 晚于判断日期", "entered_on", "请核对两个日期。")
    if persons is not None and workforce is not None and persons > workforce:
        raise BadFacts("裁减的人数比全部职工还多", "persons", "请核对人数。")
    book = notebook(territory, on, parameters)
    near = _long_and_near(book, entered_on, retirement_category, born, parameters)
    answer = _protected(book, near, otherwise_protected)
    mass, days = _mass(book, persons, workforce)
    return DismissalChecks(answer, mass, days, book.findings())


def _long_and_near(
    book: Notebook,
    entered_on: date | None,
    category: str | None,
    born: date | None,
    parameters: Library | None,
) -> Verdict:
    """Fifteen years with the firm and less than five to the statutory age, by the law known on that day."""
    rule = book.rule("protected_from_dismissal")
    if not rule.known:
        book.lacks_rule("protected_rule_missing", rule)
        return "undecided"
    years, within = rule.value["years"], rule.value["within_months"]
    if entered_on is not None and months_of_service(entered_on, book.on)[0] < years * 12:
        book.because("protected_not_long_enough", rule, years=years)
        return "no"
    found = retirement_known(book, category, born, parameters)
    if found is None:
        return "undecided"
    if not book.on < found.on < add_months(book.on, within):
        book.because("protected_not_near", rule, reached=found.on, years=within // 12)
        return "no"
    if entered_on is None:
        book.lacks_fact("protected_entry_unknown", rule, years=years)
        return "undecided"
    book.because("protected_long_and_near", rule, years=years, reached=found.on, near=within // 12)
    return "yes"


def _protected(book: Notebook, near: Verdict, otherwise: bool | None) -> Verdict:
    rule, unlawful = book.rule("protected_from_dismissal"), book.rule("severance_unlawful_times")
    if otherwise and rule.known:
        book.because("protected_otherwise", rule)
    answer: Verdict = "yes" if otherwise and rule.known else near
    if answer == "no" and otherwise is None:
        book.lacks_fact("protected_otherwise_unknown", rule)
        answer = "undecided"
    if answer == "yes" and unlawful.known:
        book.because("unlawful_ending", unlawful, times=unlawful.value)
    return answer


def _mass(book: Notebook, persons: int | None, workforce: int | None) -> tuple[Verdict, int | None]:
    rule = book.rule("mass_layoff")
    if not rule.known:
        book.lacks_rule("mass_layoff_rule_missing", rule)
        return "undecided", None
    many, percent, days = (rule.value[key] for key in ("persons", "percent", "notice_days"))
    by_share = workforce is not None and persons is not None and persons * 100 >= percent * workforce
    if persons is not None and (persons >= many or by_share):
        book.because("mass_layoff", rule, many=many, percent=percent, days=days)
        return "yes", days
    if persons is None or workforce is None:
        book.lacks_fact("mass_layoff_unknown", rule, many=many, percent=percent)
        return "undecided", None
    book.because("no_mass_layoff", rule, many=many, percent=percent)
    return "no", None
