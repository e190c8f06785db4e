"""The day on which the statutory retirement age is reached, before and after the reform of 2025."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from zaigang.engines.entitlement.calendar import add_months, first_day, month_of, month_text, parse_month
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.facts import CATEGORIES, SEXES, Facts, read_choice, shown
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import Dated, Library, Rules

#: A day on which the ages before the reform were in force.
UNREFORMED = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Retirement:
    """`on` is the day the age is reached, `old_on` the day it would have been before the reform."""

    category: str
    on: date
    old_on: date
    delay_months: int
    rule: Dated


@lru_cache(maxsize=65536)
def _retirement(category: str, born: date, known_on: date | None) -> Retirement:
    return retirement_under(load_parameters().national(known_on), category, born)


def retirement_under(rules: Rules, category: str, born: date) -> Retirement:
    """The rule in force on the day the unreformed age is reached decides; BadFacts where none is known."""
    first = rules.at("retirement_age", UNREFORMED)
    if not first.known:
        raise BadFacts(f"{rules.known_on} 还没有退休年龄的规定", "born", "请核对 known_on 的年份。")
    old_on = add_months(born, first.value[category].years * 12)
    rule = rules.at("retirement_age", old_on)
    if not rule.known:
        raise BadFacts(f"没有 {old_on} 的退休年龄规定", "born", "请核对出生日期。")
    delay = rule.value[category].delay(month_of(born))
    reached = add_months(born, rule.value[category].years * 12 + delay)
    return Retirement(category, reached, old_on, delay, rule)


def retirement_date(
    category: str, born: date, *, known_on: date | None = None, parameters: Library | None = None
) -> date:
    """The day on which the statutory age is reached. `category`: male | female_55 | female_50.

    `parameters` defaults to the files of this package.
    """
    return _found(read_choice(category, CATEGORIES, "category"), born, known_on, parameters).on


def _found(category: str, born: date, known_on: date | None, parameters: Library | None) -> Retirement:
    if parameters is None:
        return _retirement(category, born, known_on)
    return retirement_under(parameters.national(known_on), category, born)


def retirement(
    category: str, born: str, sex: str | None = None, *, parameters: Library | None = None
) -> dict[str, Any]:
    """`{"retires": "YYYY-MM", "delay_months": n}` for a birth month `YYYY-MM`. BadFacts on conflict.

    `parameters` defaults to the files of this package.
    """
    read_choice(category, CATEGORIES, "category")
    if sex is not None and (read_choice(sex, SEXES, "sex") == "male") != (category == "male"):
        raise BadFacts("退休类别与性别不一致", "category", "请核对性别和退休类别。")
    try:
        month = parse_month(born)
    except (ValueError, TypeError):
        raise BadFacts(f"不是年月：{shown(born)}", "born", "请写成 1969-05 的样子。") from None
    found = _found(category, first_day(month), None, parameters)
    return {"retires": month_text(month_of(found.on)), "delay_months": found.delay_months}


def possible_retirements(facts: Facts, rules: Rules) -> tuple[Retirement, ...]:
    """One for each category that the known facts allow; none when the birth date is unknown."""
    if facts.born is None:
        return ()
    if facts.retirement_category is not None:
        categories: tuple[str, ...] = (facts.retirement_category,)
    elif facts.sex is None:
        categories = CATEGORIES
    else:
        categories = tuple(c for c in CATEGORIES if (c == "male") == (facts.sex == "male"))
    return tuple(retirement_under(rules, category, facts.born) for category in categories)
