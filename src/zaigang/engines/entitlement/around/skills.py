"""The subsidy for people who raise their skills (技能提升补贴)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, notebook
from zaigang.engines.entitlement.calendar import add_months
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.parameters import Dated, Library

#: The rule as it began; where a later one is unverified, only what both say counts.
FIRST_RULE = date(2017, 1, 1)


@dataclass(frozen=True, slots=True)
class SkillUpgradeSubsidy:
    """`yuan` is the sum where the answer is yes."""

    answer: Verdict
    yuan: int | float | None
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        return {"answer": self.answer, "yuan": self.yuan, **self.findings.as_json()}


@dataclass(frozen=True, slots=True)
class _Person:
    contribution_months: int | None
    drawing: bool | None
    this_year: int | None
    shortage_trade: bool | None


def skill_upgrade_subsidy(
    *,
    territory: str,
    on: date,
    level: int | None = None,
    certified_on: date | None = None,
    contribution_months: int | None = None,
    drawing: bool | None = None,
    this_year: int | None = None,
    shortage_trade: bool | None = None,
    parameters: Library | None = None,
) -> SkillUpgradeSubsidy:
    """Is the subsidy due for one certificate, and how many yuan.

    `on`: the day of applying. `level`: 5 (lowest) to 1. `contribution_months`: unemployment insurance paid.
    `drawing`: draws unemployment benefit. `this_year`: how many such subsidies already in the year of `on`.
    The rule of the day of applying and that of the certificate must agree, else a person decides.
    BadFacts: a certificate of later than `on`, a level that does not exist.
    Source: 人社部发〔2017〕40号 and later notices; from 2026 missing.
    """
    if certified_on is not None and certified_on > on:
        raise BadFacts(f"证书日期 {certified_on} 晚于申请日期", "certified_on", "请核对两个日期。")
    if level is not None and level not in (5, 4, 3, 2, 1):
        raise BadFacts(f"没有等级 {level}", "level", "五级（初级）填5，四级填4，三级填3，二级填2，一级填1。")
    book = notebook(territory, on, parameters)
    amounts, limit = book.rule("skill_upgrade_amounts"), book.rule("skill_upgrade_apply_within_months")
    absent = [rule for rule in (amounts, limit, book.rule("skill_upgrade_conditions")) if rule.value is None]
    for rule in absent:
        book.lacks_rule("skill_rule_missing", rule)
    if absent:
        return SkillUpgradeSubsidy("undecided", None, book.findings())
    person = _Person(contribution_months, drawing, this_year, shortage_trade)
    answers = [
        _level(book, amounts, level),
        _in_time(book, amounts, limit, certified_on),
        _conditions(book, certified_on, person),
    ]
    answer: Verdict = "no" if "no" in answers else "undecided" if "undecided" in answers else "yes"
    yuan = amounts.value[level] if answer == "yes" else None
    if yuan is not None:
        book.because("skill_yuan", amounts, level=level, yuan=yuan)
    return SkillUpgradeSubsidy(answer, yuan, book.findings())


def _level(book: Notebook, amounts: Dated, level: int | None) -> Verdict:
    if level is None:
        book.lacks_fact("skill_level_unknown", amounts)
        return "undecided"
    if level in amounts.value:
        return "yes"
    book.because("skill_level_not_paid", amounts, level=level)
    return "no"


def _in_time(book: Notebook, amounts: Dated, limit: Dated, certified_on: date | None) -> Verdict:
    if certified_on is None:
        book.lacks_fact("skill_certificate_unknown", limit)
        return "undecided"
    if not book.rule("skill_upgrade_amounts", certified_on).known:
        book.because("skill_certificate_too_early", amounts, on=certified_on)
        return "no"
    last = add_months(certified_on, limit.value)
    late = book.on > last
    book.because("skill_too_late" if late else "skill_in_time", limit, months=limit.value, last=last)
    return "no" if late else "yes"


def _conditions(book: Notebook, certified_on: date | None, person: _Person) -> Verdict:
    rules = [book.rule("skill_upgrade_conditions")]
    if certified_on is not None:
        rules.append(book.rule("skill_upgrade_conditions", certified_on))
    rules = [rule for rule in dict.fromkeys(rules) if rule.value is not None]
    unverified = [rule for rule in rules if not rule.known]
    if unverified:
        rules.append(book.rule("skill_upgrade_conditions", FIRST_RULE))
    found = {rule: _under(book, rule, person) for rule in dict.fromkeys(rules)}
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    if unverified:
        book.lacks_rule("skill_relaxed_unverified", unverified[0])
    else:
        book.asks("skill_which_day")
    return "undecided"


def _under(book: Notebook, rule: Dated, person: _Person) -> Verdict:
    answers = [
        _contributed(book, rule, person),
        _drawing(book, rule, person),
        _count(book, rule, person),
    ]
    return "no" if "no" in answers else "undecided" if "undecided" in answers else "yes"


def _contributed(book: Notebook, rule: Dated, person: _Person) -> Verdict:
    need, paid = rule.value["contribution_months"], person.contribution_months
    if paid is None:
        book.lacks_fact("skill_contributions_unknown", rule, need=need)
        return "undecided"
    code = "skill_contributed" if paid >= need else "skill_contributed_too_little"
    book.because(code, rule, need=need, paid=paid)
    return "yes" if paid >= need else "no"


def _drawing(book: Notebook, rule: Dated, person: _Person) -> Verdict:
    allowed = rule.value["drawing"]
    if allowed == "yes" or person.drawing is False:
        return "yes"
    if person.drawing is None:
        book.lacks_fact("skill_drawing_unknown", rule)
        return "undecided"
    if allowed == "person":
        book.lacks_rule("skill_drawing_for_person", rule)
        return "undecided"
    book.because("skill_not_while_drawing", rule)
    return "no"


def _count(book: Notebook, rule: Dated, person: _Person) -> Verdict:
    most, more = rule.value["most_per_year"], rule.value["more_for_shortage"] or 0
    if most is None:
        return "yes"
    if person.this_year is None:
        book.lacks_fact("skill_count_unknown", rule, most=most)
        return "undecided"
    if person.this_year < most:
        return "yes"
    if person.this_year < most + more and person.shortage_trade is None:
        book.lacks_fact("skill_shortage_unknown", rule, most=most, more=more)
        return "undecided"
    most += more if person.shortage_trade else 0
    if person.this_year < most:
        book.because("skill_shortage", rule, more=more)
        return "yes"
    book.because("skill_too_many", rule, most=most)
    return "no"
