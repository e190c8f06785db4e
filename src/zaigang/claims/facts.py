"""From a case to what the entitlement engine is asked, and the engine's answer as JSON."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from zaigang.claims.enums import Eligible, Obstacle
from zaigang.claims.lawbook import Law
from zaigang.claims.models import AgencyMonths
from zaigang.engines.entitlement import BadFacts, decide, facts_from_mapping
from zaigang.roster.enums import Sex
from zaigang.roster.models import Case, Closure

#: Status of a woman in the roster -> the age category at which she retires; any other word leaves it unknown.
_WOMEN = {"干部": "female_55", "工人": "female_50"}

Asked = dict[str, Any]
Answer = dict[str, Any]


def asked_of(case: Case, *, on: date, fixed: AgencyMonths | None = None) -> Asked:
    """The question about one person, JSON-ready, in the engine's words. Needs worker and closure with office.

    Nobody has registered yet, so both dates are absent and the engine assumes the earliest day they could.
    """
    worker, closure = case.worker, case.closure
    assert worker is not None
    category = "male" if worker.sex == Sex.MALE else _WOMEN.get(case.staff_category)
    return {
        "territory": territory_of(closure),
        "sex": str(worker.sex),
        "born": worker.born.isoformat(),
        "retirement_category": category,
        "left_on": case.laid_off_on.isoformat() if case.laid_off_on else None,
        "left_because": case.left_because or closure.ground or None,
        "registered_on": None,
        "applied_on": None,
        "contribution_months": case.contribution_months,
        "deemed_months": case.deemed_months,
        # A roster tells of this job only; the engine says what an earlier spell would change.
        "unused_months": 0,
        "agency_months": {"months": fixed.months, "document": fixed.document} if fixed else None,
        "events": [],
        "decide_on": on.isoformat(),
    }


def territory_of(closure: Closure) -> str:
    """The six digits whose law applies; a province's or city's shorter code is filled up."""
    code = closure.office.territory
    return code.ljust(6, "0") if code.isdigit() else code


def answer_to(asked: Asked, law: Law) -> Answer:
    """The engine's whole answer. Facts that it cannot take make one person undecided and stop nobody else."""
    try:
        return decide(facts_from_mapping(asked), parameters=law.library).as_json()
    except BadFacts as error:
        return _not_usable(str(error))


def _not_usable(words: str) -> Answer:
    person = {"code": str(Obstacle.FACTS_NOT_USABLE), "zh": words, "en": words, "source": None}
    return {
        "eligible": str(Eligible.UNDECIDED),
        "months": {"exact": None, "at_most": None, "source": None},
        "payments": [], "total_yuan": 0, "back_pay": [], "reasons": [person],
        "would_change": [], "needs_human": [person], "parameters": [],
    }  # fmt: skip


def digest(value: Asked | Answer) -> bytes:
    """Equal for questions, or answers, that are equal to the letter."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).digest()
