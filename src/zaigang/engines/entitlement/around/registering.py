"""Unemployment registration: who may register, where, and with which card."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, notebook
from zaigang.engines.entitlement.calendar import add_months
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.facts import WORKING_AGE
from zaigang.engines.entitlement.parameters import Dated, Library

_PLACES = {
    "residence": "register_at_residence",
    "hukou": "register_at_hukou",
    "insurance": "register_at_insurance",
    "work": "register_at_work",
}


@dataclass(frozen=True, slots=True)
class Registration:
    """`answer`: may the person register. `places`: any of them will do; empty where the rule is not known."""

    answer: Verdict
    places: tuple[str, ...]
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {"answer": self.answer, "places": list(self.places), **self.findings.as_json()}


def registration(
    *,
    territory: str,
    on: date,
    born: date | None = None,
    able_to_work: bool | None = None,
    wants_work: bool | None = None,
    unemployed: bool | None = None,
    draws_pension: bool | None = None,
    parameters: Library | None = None,
) -> Registration:
    """May a person register as unemployed on `on`, and where.

    Of working age (16, and no basic pension yet), able to work, wanting work, without work.
    BadFacts: born after `on`. Source: 山东省就业促进条例 arts. 39, 41; a guide of 2023 for the places.
    """
    if born is not None and born > on:
        raise BadFacts(f"出生日期 {born} 在判断日期之后", "born", "请核对出生日期。")
    book = notebook(territory, on, parameters)
    places = _places(book)
    rule, card = book.rule("may_register"), book.rule("registration_card")
    if not rule.known:
        book.lacks_rule("register_rule_missing", rule)
        return Registration("undecided", places, book.findings())
    wanted = {
        "able_to_work": able_to_work,
        "wants_work": wants_work,
        "unemployed": unemployed,
        "working_age": _of_age(on, born, draws_pension),
    }
    answer = _all_hold(book, rule, {name: wanted[name] for name in rule.value})
    if answer == "yes" and card.known:
        book.because("register_card", card)
    return Registration(answer, places, book.findings())


def _of_age(on: date, born: date | None, draws_pension: bool | None) -> bool | None:
    if born is not None and add_months(born, WORKING_AGE * 12) > on:
        return False
    if draws_pension:
        return False
    return None if born is None or draws_pension is None else True


def _all_hold(book: Notebook, rule: Dated, wanted: dict[str, bool | None]) -> Verdict:
    for name, holds in wanted.items():
        if holds is None:
            book.lacks_fact("register_fact_unknown", rule, word=name)
        elif not holds:
            book.because("register_not", rule, word=name)
    if False in wanted.values():
        return "no"
    if None in wanted.values():
        return "undecided"
    book.because("register_may", rule)
    return "yes"


def _places(book: Notebook) -> tuple[str, ...]:
    rule = book.rule("registration_place")
    if not rule.known:
        book.lacks_rule("register_place_missing", rule)
        return ()
    for place in rule.value["at"]:
        book.because(_PLACES[place], rule)
    return tuple(rule.value["at"])
