"""The questions around the benefit asked with plain mappings, as files and forms give them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Protocol

from zaigang.engines.entitlement.around.answer import Findings
from zaigang.engines.entitlement.around.drawing import pay_by, rights
from zaigang.engines.entitlement.around.duties import duties
from zaigang.engines.entitlement.around.endings import dismissal_checks
from zaigang.engines.entitlement.around.grants import (
    funeral_grant,
    job_seeking_allowance,
    price_subsidy,
    single_parent_supplement,
    unemployment_allowance,
)
from zaigang.engines.entitlement.around.hard_to_place import hard_to_place
from zaigang.engines.entitlement.around.moving import moving
from zaigang.engines.entitlement.around.overpayment import STOPS, overpayment
from zaigang.engines.entitlement.around.pension import (
    flexible_retirement,
    internal_retirement,
    older_contributions,
)
from zaigang.engines.entitlement.around.registering import registration
from zaigang.engines.entitlement.around.skills import skill_upgrade_subsidy
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.facts import (
    CATEGORIES,
    SEXES,
    read_choice,
    read_count,
    read_date,
    read_flag,
    read_month_text,
)

Reader = Callable[[Any, str], Any]


class Answer(Protocol):
    """What every answer has: its grounds, and itself as JSON."""

    @property
    def findings(self) -> Findings: ...

    def as_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Question:
    """A function and its facts, each with its reader; `required` ones choose the law."""

    function: Callable[..., Answer]
    readers: Mapping[str, Reader]
    required: tuple[str, ...] = ("territory", "on")


def _text(value: Any, where: str) -> str:
    if isinstance(value, bool | float):
        raise BadFacts(f"应为文字，现在是 {value!r}", where, "数字代码请加引号。")
    return str(value)


def _as_is(value: Any, where: str) -> Any:
    """Amounts: the function itself checks them."""
    return value


def _by_month(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadFacts("应为“年月: 金额”", where, "请写成 {2016-12: 1000} 的样子。")
    return {read_month_text(month, where): yuan for month, yuan in value.items()}


def _payments(value: Any, where: str) -> list[tuple[str | date, Any]]:
    """`{2016-07: 1000}`, or a list of `[2016-07, 1000]` where a month occurs more than once; a day also does."""
    if isinstance(value, Mapping):
        return [(month, yuan) for month, yuan in _by_month(value, where).items()]
    if not isinstance(value, list) or any(not isinstance(item, list) or len(item) != 2 for item in value):
        raise BadFacts("应为一列“年月, 金额”", where, "请写成 {2016-07: 1000} 的样子。")
    return [(_month_or_day(when, where), yuan) for when, yuan in value]


def _month_or_day(value: Any, where: str) -> str | date:
    return value if type(value) is date else read_month_text(value, where)


def _choice(*allowed: str) -> Reader:
    return partial(_read_choice, allowed=allowed)


def _read_choice(value: Any, where: str, *, allowed: tuple[str, ...]) -> str:
    return read_choice(value, allowed, where)


def _percent(value: Any, where: str) -> int | float:
    """A rise or a fall, in per cent."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -100 < value < 1000:
        raise BadFacts(f"应为百分数，现在是 {value!r}", where, "涨3.5%写3.5，跌1%写-1。")
    return int(value) if value == int(value) else value


def _flags(value: Any, where: str) -> dict[str, bool]:
    if not isinstance(value, Mapping):
        raise BadFacts("应为“情形: true 或 false”", where, "请写成 {dibao: true} 的样子。")
    return {str(code): read_flag(flag, f"{where}.{code}") for code, flag in value.items()}


PLACE: Mapping[str, Reader] = {"territory": _text, "on": read_date}
QUESTIONS: Mapping[str, Question] = {
    "overpayment": Question(
        overpayment,
        {
            **PLACE,
            "paid": _payments,
            "stopped_on": read_date,
            "stopped_by": _choice(*STOPS),
            "resumed_on": read_date,
            "last_month": read_month_text,
            "due": _by_month,
            "returned": _as_is,
            "fraud": read_flag,
        },
        ("territory", "on", "paid"),
    ),
    "hard_to_place": Question(
        hard_to_place,
        {
            **PLACE,
            "sex": _choice(*SEXES),
            "born": read_date,
            "unemployed_since": read_date,
            "registered_on": read_date,
            "drawing": read_flag,
            "monthly_search": read_flag,
            "hukou_local": read_flag,
            "settled": read_flag,
            "circumstances": _flags,
        },
    ),
    "skill_upgrade_subsidy": Question(
        skill_upgrade_subsidy,
        {
            **PLACE,
            "level": read_count,
            "certified_on": read_date,
            "contribution_months": read_count,
            "drawing": read_flag,
            "this_year": read_count,
            "shortage_trade": read_flag,
        },
    ),
    "moving": Question(
        moving,
        {**PLACE, "to": _text, "months_before": read_count, "months_after": read_count, "drawing": read_flag},
        ("territory", "to", "on"),
    ),
    "funeral_grant": Question(
        funeral_grant,
        {
            **PLACE,
            "drawing": read_flag,
            "allowance": read_flag,
            "other_grant": read_flag,
            "average_wage": _as_is,
        },
    ),
    "job_seeking_allowance": Question(job_seeking_allowance, {**PLACE, "average_contribution_wage": _as_is}),
    "unemployment_allowance": Question(unemployment_allowance, PLACE),
    "price_subsidy": Question(
        price_subsidy,
        {**PLACE, "cpi": _percent, "food_cpi": _percent, "dibao": _as_is, "index_rise": _percent},
    ),
    "older_contributions": Question(
        older_contributions,
        {
            **PLACE,
            "retirement_category": _choice(*CATEGORIES),
            "born": read_date,
            "drawing": read_flag,
            "hard_to_place_subsidy": read_flag,
            "had_before": read_flag,
            "monthly_minimum": _as_is,
        },
    ),
    "flexible_retirement": Question(
        flexible_retirement,
        {
            **PLACE,
            "retirement_category": _choice(*CATEGORIES),
            "born": read_date,
            "contribution_months": read_count,
            "heavy_work": read_flag,
        },
        ("on", "retirement_category", "born"),
    ),
    "internal_retirement": Question(
        internal_retirement,
        {**PLACE, "retirement_category": _choice(*CATEGORIES), "born": read_date, "agreed": read_flag},
    ),
    "registration": Question(
        registration,
        {
            **PLACE,
            "born": read_date,
            "able_to_work": read_flag,
            "wants_work": read_flag,
            "unemployed": read_flag,
            "draws_pension": read_flag,
        },
    ),
    "single_parent_supplement": Question(single_parent_supplement, {**PLACE, "single_parent": read_flag}),
    "dismissal_checks": Question(
        dismissal_checks,
        {
            **PLACE,
            "entered_on": read_date,
            "retirement_category": _choice(*CATEGORIES),
            "born": read_date,
            "otherwise_protected": read_flag,
            "persons": read_count,
            "workforce": read_count,
        },
    ),
    "duties": Question(duties, PLACE),
    "rights": Question(rights, PLACE),
    "pay_by": Question(pay_by, PLACE),
}


def ask(raw: Any) -> Answer:
    """`{question: overpayment, territory: "370213", …}`: the named function's answer.

    A fact that is absent or null is unknown. BadFacts names the field and says what to do.
    """
    facts = _mapping(raw)
    name = facts.pop("question", None)
    question = QUESTIONS.get(name) if isinstance(name, str) else None
    if question is None:
        raise BadFacts(f"不认识的问题 {name!r}", "question", f"应为 {'、'.join(QUESTIONS)} 之一。")
    unknown = [key for key in facts if key not in question.readers]
    if unknown:
        raise BadFacts(
            f"不认识的项目 {'、'.join(unknown)}", unknown[0], f"可用的项目：{'、'.join(question.readers)}。"
        )
    given = {key: question.readers[key](value, key) for key, value in facts.items() if value is not None}
    for key in question.required:
        if key not in given:
            raise BadFacts("缺少必填的项目", key, "请补上；没有它选不出适用的规定。")
    return question.function(**given)


def _mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadFacts("内容应为一组“事实: 值”", "", "请写成 question: overpayment 的样子。")
    # YAML 1.1 reads the bare key `on` as the value true
    return {"on" if key is True else str(key): value for key, value in raw.items()}
