"""A person moves to another place: what goes along, and what the law known here does not say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Verdict, notebook
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.parameters import Library


@dataclass(frozen=True, slots=True)
class Moving:
    """`answer`: do the years add up. `total_months`: contributions of both places, where both are known.

    `claim_place` (where to claim) and `money` (what is transferred) are undecided: their rules are missing.
    """

    answer: Verdict
    total_months: int | None
    claim_place: Verdict
    money: Verdict
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "total_months": self.total_months,
            "claim_place": self.claim_place,
            "money": self.money,
            **self.findings.as_json(),
        }


def moving(
    *,
    territory: str,
    to: str,
    on: date,
    months_before: int | None = None,
    months_after: int | None = None,
    drawing: bool = False,
    parameters: Library | None = None,
) -> Moving:
    """What becomes of the insurance when a person goes from `territory` to `to` (district codes).

    `months_before`, `months_after`: contributions paid in the old and in the new place.
    BadFacts when both codes are the same or one is impossible. Source: 社会保险法 art. 52.
    """
    if territory == to:
        raise BadFacts("迁出地和迁入地是同一个地方", "to", "请填新参保地的区县代码。")
    notebook(to, on, parameters)
    book = notebook(territory, on, parameters)
    rule = book.rule("moving_years_add_up")
    for code, lacking in (
        ("moving_place_missing", book.rule("moving_claim_place")),
        ("moving_money_missing", book.rule("moving_money")),
    ):
        book.lacks_rule(code, lacking)
    if drawing:
        book.asks("moving_while_drawing")
    if not rule.known:
        book.lacks_rule("moving_rule_missing", rule)
        return Moving("undecided", None, "undecided", "undecided", book.findings())
    total = None if months_before is None or months_after is None else months_before + months_after
    if total is None:
        book.because("moving_adds_up", rule)
        book.lacks_fact("moving_months_unknown", rule)
    else:
        book.because("moving_total", rule, total=total)
    return Moving("yes", total, "undecided", "undecided", book.findings())
