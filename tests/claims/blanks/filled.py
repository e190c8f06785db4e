"""Filled forms: what a roster knows of one man, and what a clerk types."""

from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.claims.blanks import Blank, blank_form, ground_of, in_force, prefill

TODAY = date(2016, 1, 11)
LATER = date(2024, 1, 11)
FACTS: dict[str, object] = {
    "worker.name": "安可",
    "worker.sex": "male",
    "worker.born": date(1970, 3, 5),
    "worker.id_number": "370299197003050011",
    "worker.phone": "13800001234",
    "worker.bank_account": "6222000000001208",
    "case.firm": "示范钢铁集团",
    "case.laid_off_on": date(2015, 12, 31),
    "case.education": "初中",
    "case.deemed_months": 120,
    "visit.today": TODAY,
    "visit.office": "北街",
    "decision.monthly": Decimal(950),
    "decision.first": date(2016, 2, 1),
    "decision.months": 24,
    **ground_of("closure").facts,
}
TYPED = {
    "nation": "01",
    "home_address": "示范区  北街 1 号",
    "living_address": "示范区北街1号",
    "wants_work": "1",
    "notice_way": "1",
}


def blank(code: str = "unemployment_registration", on: date = TODAY) -> Blank:
    return in_force(code, territory="370213", on=on)


def faults(form: Any) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


def typed(on: date = TODAY, **changes: Any) -> Any:
    """The registration as a clerk sends it."""
    form = blank(on=on)
    return blank_form(form, today=on, data={**TYPED, **changes}, initial=prefill(form, FACTS))
