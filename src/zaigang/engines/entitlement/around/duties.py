"""Who must do what by when: the days that the law gives to employers, agencies and claimants."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, notebook
from zaigang.engines.entitlement.parameters import Dated, Library


@dataclass(frozen=True, slots=True)
class Duty:
    """`days` in calendar days, or working days when `working` is true; None: at once, or no term."""

    code: str
    days: int | None
    working: bool

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "days": self.days, "working_days": self.working}


@dataclass(frozen=True, slots=True)
class Duties:
    """`answer` is yes where at least one duty is known for the day."""

    answer: Verdict
    duties: tuple[Duty, ...]
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "duties": [duty.as_json() for duty in self.duties],
            **self.findings.as_json(),
        }


def duties(*, territory: str, on: date, parameters: Library | None = None) -> Duties:
    """The duties in force on `on`, those of the employer first; unknown ones are named as missing.

    Source: 社会保险法 art. 50, 劳动合同法 art. 50, Order 28, 社会保险经办条例 arts. 24, 25, 31.
    """
    book = notebook(territory, on, parameters)
    found = [
        _duty(book, "duty_employer_names", book.rule("employer_names_days")),
        _duty(book, "duty_ending_papers", book.rule("ending_papers"), key="days"),
        _duty(book, "duty_report_hiring", book.rule("employment_report_days"), key="hiring"),
        _duty(book, "duty_handle_claim", book.rule("claim_handling_working_days"), working=True),
        _duty(book, "duty_report_stop", book.rule("report_stop_working_days"), working=True),
        _duty(book, "duty_no_extra_papers", book.rule("no_extra_papers"), term=False),
    ]
    known = tuple(duty for duty in found if duty is not None)
    return Duties("yes" if known else "undecided", known, book.findings())


def _duty(
    book: Notebook,
    code: str,
    rule: Dated,
    *,
    key: str | None = None,
    working: bool = False,
    term: bool = True,
) -> Duty | None:
    if not rule.known:
        book.lacks_rule("duty_missing", rule, word=code)
        return None
    days = None if not term else rule.value if key is None else rule.value[key]
    book.because(code, rule, **({"days": days} if term else {}))
    return Duty(code, days, working)
