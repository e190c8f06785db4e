"""What is known of one person (None = unknown), read from plain mappings; what cannot be is refused."""

import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from zaigang.engines.entitlement.calendar import add_months, month_of, parse_month
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.parameters import check_territory

SEXES = ("male", "female")
CATEGORIES = ("male", "female_55", "female_50")
ENDINGS = (
    "contract_expired",
    "dismissed_no_fault",
    "dismissed_fault",
    "employer_proposed_agreement",
    "layoff",
    "closure",
    "resigned",
    "resigned_for_cause",
    "other",
)
EVENTS = (
    "employed",
    "retired",
    "conscripted",
    "emigrated",
    "refused_suitable_offer",
    "imprisoned",
    "unemployed_again",
)
WORKING_AGE = 16
LONGEST_WORKING_LIFE = 60 * 12
LAST_YEAR = 2070
MOST_MONTHS = 24
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the person after the contract ended."""

    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class AgencyMonths:
    """The months that the agency has fixed, and the document in which it did."""

    months: int
    document: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One person's facts, as in formats.md. Months are counts; `pay_through` is `YYYY-MM`."""

    territory: str
    decide_on: date
    sex: str | None = None
    born: date | None = None
    retirement_category: str | None = None
    left_on: date | None = None
    left_because: str | None = None
    registered_on: date | None = None
    applied_on: date | None = None
    contribution_months: int | None = None
    deemed_months: int | None = None
    unused_months: int | None = None
    agency_months: AgencyMonths | None = None
    events: tuple[Event, ...] = ()
    known_on: date | None = None
    pay_through: str | None = None
    late_accepted: bool = False  # a person found good cause for a claim after the window


FIELDS = tuple(f.name for f in fields(Facts))
_DATES = ("decide_on", "born", "left_on", "registered_on", "applied_on", "known_on")
_COUNTS = ("contribution_months", "deemed_months", "unused_months")
_CHOICES = {"sex": SEXES, "retirement_category": CATEGORIES, "left_because": ENDINGS}


def facts_from_mapping(raw: Any) -> Facts:
    """Facts from YAML or JSON. BadFacts names the field and says what to do; nothing is guessed."""
    if not isinstance(raw, Mapping):
        raise BadFacts("内容应为一组“事实: 值”", "", "请照 formats 的样子写。")
    unknown = [str(key)[:40] for key in raw if key not in FIELDS]
    if unknown:
        raise BadFacts(
            f"不认识的项目 {'、'.join(unknown[:5])}", unknown[0], f"可用的项目：{'、'.join(FIELDS)}。"
        )
    given = {name: _value(name, raw[name]) for name in FIELDS if raw.get(name) is not None}
    for name in ("territory", "decide_on"):
        if name not in given:
            raise BadFacts("缺少必填的项目", name, "请补上；没有它选不出适用的规定。")
    facts = Facts(**given)
    check_facts(facts)
    return facts


def _value(name: str, value: Any) -> Any:
    if name == "territory":
        return str(value)[:40] if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if name in _DATES:
        return read_date(value, name)
    if name in _COUNTS:
        return read_count(value, name)
    if name in _CHOICES:
        return read_choice(value, _CHOICES[name], name)
    if name == "events":
        return _events(value)
    if name == "late_accepted":
        return read_flag(value, name)
    return _agency(value) if name == "agency_months" else read_month_text(value, name)


def shown(value: Any) -> str:
    """A refused value in an error: short, however large it is."""
    return value.isoformat(" ")[:40] if isinstance(value, datetime) else reprlib.repr(value)


def read_date(value: Any, where: str) -> date:
    """A date from a date or ISO text; BadFacts for anything else and for days that do not exist."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise BadFacts(f"没有 {value} 这一天", where, "请核对年月日。") from None
    raise BadFacts(f"不是日期：{shown(value)}", where, "请写成 2016-01-15 的样子。")


def read_flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadFacts(f"应为 true 或 false，现在是 {shown(value)}", where, "请核对。")
    return value


def read_count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadFacts(f"应为不小于0的整数（月数），现在是 {shown(value)}", where, "请核对月数。")
    return value


def read_choice(value: Any, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        raise BadFacts(f"不认识的值 {shown(value)}", where, f"应为 {'、'.join(allowed)} 之一。")
    return str(value)


def read_month_text(value: Any, where: str) -> str:
    try:
        parse_month(value)
    except (ValueError, TypeError):
        raise BadFacts(f"不是年月：{shown(value)}", where, "请写成 2016-12 的样子。") from None
    return str(value)


def _events(value: Any) -> tuple[Event, ...]:
    if not isinstance(value, list | tuple):
        raise BadFacts("应为一列事件", "events", "请写成 [{on: 2016-08-01, kind: employed}] 的样子。")
    events = []
    for index, raw in enumerate(value):
        where = f"events[{index}]"
        item = _without_yaml_true(raw)
        if not isinstance(item, Mapping) or set(item) != {"on", "kind"}:
            raise BadFacts("每个事件应写明 on 和 kind", where, "请写成 {on: 2016-08-01, kind: employed}。")
        kind = read_choice(item["kind"], EVENTS, f"{where}.kind")
        events.append(Event(read_date(item["on"], f"{where}.on"), kind))
    return tuple(events)


def _without_yaml_true(raw: Any) -> Any:
    """YAML 1.1 reads the bare key `on` as the value true; here it can only mean the day."""
    if not isinstance(raw, Mapping):
        return raw
    return {"on" if key is True else key: value for key, value in raw.items()}


def _agency(value: Any) -> AgencyMonths:
    if not isinstance(value, Mapping) or set(value) != {"months", "document"}:
        raise BadFacts("应写明 months 和 document", "agency_months", "请写成 {months: 20, document: 文号}。")
    if not isinstance(value["document"], str) or not value["document"].strip():
        raise BadFacts("没有核定文件", "agency_months.document", "请写明经办机构核定的文件。")
    return AgencyMonths(read_count(value["months"], "agency_months.months"), value["document"])


def check_facts(facts: Facts) -> None:
    """Refuses facts that contradict themselves. Called by `decide` too, since facts may be built in code."""
    check_territory(facts.territory)
    if not 1999 <= facts.decide_on.year <= LAST_YEAR:
        raise BadFacts(f"决定日期 {facts.decide_on} 不在可判断的年份", "decide_on", "请核对年份。")
    if (
        facts.retirement_category
        and facts.sex
        and (facts.retirement_category == "male") != (facts.sex == "male")
    ):
        raise BadFacts("退休类别与性别不一致", "retirement_category", "请核对性别和退休类别。")
    _check_birth(facts)
    _check_months(facts)
    _check_registration(facts)
    if facts.events:
        _check_events(facts)


def _check_birth(facts: Facts) -> None:
    born, left_on = facts.born, facts.left_on
    if born is None:
        return
    if born > facts.decide_on:
        raise BadFacts(f"出生日期 {born} 在决定日期之后", "born", "请核对出生日期。")
    if facts.decide_on.year - born.year > 110:
        raise BadFacts(f"出生日期 {born} 太早", "born", "请核对出生年份。")
    if left_on is not None and add_months(born, WORKING_AGE * 12) > left_on:
        raise BadFacts("离岗时不满16周岁", "born", "请核对出生日期和离岗日期。")


def _check_months(facts: Facts) -> None:
    total = (facts.contribution_months or 0) + (facts.deemed_months or 0)
    longest = LONGEST_WORKING_LIFE
    if facts.born is not None:
        # both the first and the last month count whole, hence one more
        end = facts.left_on or facts.decide_on
        longest = max(0, month_of(end) - month_of(add_months(facts.born, WORKING_AGE * 12)) + 1)
    if total > longest:
        what = f"缴费和视同缴费共{total}个月，比满16周岁后的全部工作时间（{longest}个月）还长"
        raise BadFacts(what, "contribution_months", "请核对缴费月数、视同缴费月数和出生日期。")
    if facts.unused_months is not None and facts.unused_months > MOST_MONTHS:
        raise BadFacts("上次没领完的月数超过24个月", "unused_months", "一次最多24个月，请核对。")
    if facts.agency_months is not None and not 1 <= facts.agency_months.months <= MOST_MONTHS:
        raise BadFacts(
            "核定的月数应在1到24之间", "agency_months.months", "法律规定一次最多24个月，请核对核定文件。"
        )


def _check_registration(facts: Facts) -> None:
    left_on = facts.left_on
    for name, day in (("registered_on", facts.registered_on), ("applied_on", facts.applied_on)):
        if left_on is not None and day is not None and day <= left_on:
            what = f"{day} 不晚于合同最后一天 {left_on}，那天还没有失业"
            raise BadFacts(what, name, "请核对这个日期和合同最后一天。")
    if facts.registered_on and facts.applied_on and facts.applied_on < facts.registered_on:
        raise BadFacts("申领日期早于失业登记日期", "applied_on", "先登记，再申领；请核对两个日期。")


def _check_events(facts: Facts) -> None:
    for earlier, later in pairwise(facts.events):
        if later.on < earlier.on:
            raise BadFacts(
                f"事件没有按时间排列：{later.on} 排在 {earlier.on} 之后", "events", "请从早到晚写。"
            )
    stopped = ""
    for index, event in enumerate(facts.events):
        where = f"events[{index}]"
        if facts.left_on is not None and event.on <= facts.left_on:
            raise BadFacts(f"{event.on} 的事件不晚于合同最后一天 {facts.left_on}", where, "请核对日期。")
        if event.kind == "unemployed_again" and stopped in ("", "retired"):
            raise BadFacts("“再次失业”之前没有可以恢复的停领", where, "请先写停领的事件，或删去这一条。")
        stopped = "" if event.kind == "unemployed_again" else event.kind
