"""While a person draws benefit: what else the law gives, and by when the money comes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Verdict, notebook
from zaigang.engines.entitlement.calendar import last_day, month_of
from zaigang.engines.entitlement.parameters import Library


@dataclass(frozen=True, slots=True)
class Rights:
    """`rights`: codes of what is known to hold on the day; the sentences stand in the findings."""

    answer: Verdict
    rights: tuple[str, ...]
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {"answer": self.answer, "rights": list(self.rights), **self.findings.as_json()}


def rights(*, territory: str, on: date, parameters: Library | None = None) -> Rights:
    """What holds for everybody who draws benefit on `on`, beside the money itself.

    What is not known of a place is left out: its absence from the list denies nothing.
    Source: 社会保险法 arts. 46, 48, 50, 失业保险条例 art. 16, 社会保险经办条例 art. 24, 个人信息保护法 art. 24.
    """
    book = notebook(territory, on, parameters)
    rules = {
        "right_from_registration": book.rule("period_from_registration"),
        "right_monthly": book.rule("paid_monthly"),
        "right_medical": book.rule("medical_insurance"),
        "right_maternity": book.rule("maternity_insurance"),
        "right_cap_per_spell": book.rule("cap_is_per_spell"),
        "right_kept": book.rule("contributions_kept"),
        "right_explanation": book.rule("explanation_right"),
    }
    known = {code: rule for code, rule in rules.items() if rule.known}
    for code, rule in known.items():
        book.because(code, rule)
    return Rights("yes" if known else "undecided", tuple(known), book.findings())


@dataclass(frozen=True, slots=True)
class PayBy:
    """`day`: the last day by which the first money comes, where the place has such a rule."""

    answer: Verdict
    day: date | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        day = self.day.isoformat() if self.day else None
        return {"answer": self.answer, "day": day, **self.findings.as_json()}


def pay_by(*, territory: str, on: date, parameters: Library | None = None) -> PayBy:
    """By when the money comes for a claim approved on `on` (Qingdao: by the 15th, that month, else the next)."""
    book = notebook(territory, on, parameters)
    rule = book.rule("pay_cutoff_day")
    if not rule.known:
        book.lacks_rule("pay_by_missing", rule)
        return PayBy("undecided", None, book.findings())
    day = last_day(month_of(on) + (on.day > rule.value))
    code = "pay_by_this_month" if on.day <= rule.value else "pay_by_next_month"
    book.because(code, rule, cutoff=rule.value, day=day)
    return PayBy("yes", day, book.findings())
