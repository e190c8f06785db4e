"""Severance under the Labour Contract Law: arts. 46, 47 and 97, art. 27 of the implementing regulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zaigang.engines.entitlement.calendar import months_of_service
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.facts import ENDINGS, read_choice, read_date, shown
from zaigang.engines.entitlement.loader import load_parameters
from zaigang.engines.entitlement.parameters import check_territory
from zaigang.engines.entitlement.reasons import Line
from zaigang.engines.entitlement.shapes import SeveranceRule

LAW_BEGINS = date(2008, 1, 1)
_FEN = Decimal("0.01")
#: From this many minimum wages on an average wage is taken for the figure of a year.
YEARLY_TIMES = 10


@dataclass(frozen=True, slots=True)
class SeveranceFacts:
    """Yuan as Decimal; `left_on` is the last day, inclusive; None is unknown."""

    territory: str | None
    entered_on: date | None
    left_on: date | None
    left_because: str | None
    monthly_wage_12m: Decimal | None
    city_average_wage: Decimal | None
    minimum_wage: Decimal | None


def severance(raw: Any) -> dict[str, Any]:
    """`{"months_paid", "base", "yuan", "capped", "needs_human"}`; null where it cannot be computed.

    BadFacts for unknown keys, impossible dates or amounts. Service before 2008 is never included.
    """
    facts = _read(raw)
    asks: list[Line] = []
    rule: SeveranceRule = load_parameters().national().at("severance", LAW_BEGINS).value
    if facts.left_on is not None and facts.left_on < LAW_BEGINS:
        return _result(None, None, None, None, [_line("left_before_2008")])
    due = rule.due[facts.left_because] if facts.left_because else "person"
    if due == "no":
        return _result(
            Decimal(0), None, Decimal(0), False, [_line("pay_nothing_resigned", ending=facts.left_because)]
        )
    if due == "person":
        return _result(None, None, None, None, [_line("ending_for_person")])
    if facts.left_because == "contract_expired":
        asks.append(_line("expiry_check"))
    months = _months(facts, asks)
    base = _base(facts, asks)
    return _settle(facts, rule, months, base, asks)


def _line(code: str, **args: Any) -> Line:
    return Line("severance", code, args)


def _read(raw: Any) -> SeveranceFacts:
    names = SeveranceFacts.__slots__
    if not isinstance(raw, Mapping):
        raise BadFacts("内容应为一组“事实: 值”", "", f"可用的项目：{'、'.join(names)}。")
    unknown = [str(key)[:40] for key in raw if key not in names]
    if unknown:
        raise BadFacts(
            f"不认识的项目 {'、'.join(unknown[:5])}", unknown[0], f"可用的项目：{'、'.join(names)}。"
        )
    facts = SeveranceFacts(**{name: _value(name, raw.get(name)) for name in names})
    if facts.entered_on and facts.left_on and facts.entered_on > facts.left_on:
        raise BadFacts("入职日期晚于合同最后一天", "entered_on", "请核对两个日期。")
    return facts


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "territory":
        check_territory(str(value))
        return str(value)
    if name.endswith("_on"):
        return read_date(value, name)
    return read_choice(value, ENDINGS, name) if name == "left_because" else _money(value, name)


def _money(value: Any, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 10**8:
        raise BadFacts(f"应为大于0的金额（元），现在是 {shown(value)}", where, "请核对金额。")
    return Decimal(str(value))


def _months(facts: SeveranceFacts, asks: list[Line]) -> Decimal | None:
    """Art. 47(1): a month's pay for each full year, six months and more count as a year, less as half."""
    if facts.entered_on is None or facts.left_on is None:
        asks.append(_line("dates_unknown"))
        return None
    if facts.entered_on < LAW_BEGINS:
        asks.append(_line("before_2008", entered=facts.entered_on))
    start, end = max(facts.entered_on, LAW_BEGINS), facts.left_on + timedelta(days=1)
    full, over = months_of_service(start, end)
    years, rest = divmod(full, 12)
    if rest >= 6:
        return Decimal(years + 1)
    return Decimal(years) if not rest and not over else Decimal(years) + Decimal("0.5")


def _base(facts: SeveranceFacts, asks: list[Line]) -> Decimal | None:
    """Art. 47(3) and art. 27: the average of the last twelve months, at least the minimum wage."""
    wage, minimum = facts.monthly_wage_12m, _minimum(facts)
    if wage is None:
        asks.append(_line("wage_unknown"))
        return None
    if minimum is None:
        asks.append(_line("minimum_unknown"))
        return wage
    if wage < minimum:
        asks.append(_line("minimum_used", yuan=_plain(minimum)))
    return max(wage, minimum)


def _minimum(facts: SeveranceFacts) -> Decimal | None:
    if facts.minimum_wage is not None or facts.territory is None or facts.left_on is None:
        return facts.minimum_wage
    rule = load_parameters().rules(facts.territory).at("minimum_wage", facts.left_on)
    return Decimal(str(rule.value)) if rule.known else None


def _settle(
    facts: SeveranceFacts,
    rule: SeveranceRule,
    months: Decimal | None,
    base: Decimal | None,
    asks: list[Line],
) -> dict[str, Any]:
    """Art. 47(2): above three times the city's average wage the base and the years are capped."""
    if base is None or months is None:
        return _result(months, base, None, None, asks)
    average, minimum = facts.city_average_wage, _minimum(facts)
    if average is not None and minimum is not None:
        _check_average(average, minimum, asks)
    if average is None:
        # an average wage is never below the minimum wage, so up to three minimum wages no cap is possible
        if minimum is not None and base <= rule.cap_times_average * minimum:
            return _result(months, base, base * months, False, asks)
        asks.append(_line("cap_unknown", yuan=_plain(base * months)))
        return _result(months if months <= rule.cap_months else None, None, None, None, asks)
    ceiling = rule.cap_times_average * average
    if base <= ceiling:
        return _result(months, base, base * months, False, asks)
    months = min(months, Decimal(rule.cap_months))
    return _result(months, ceiling, ceiling * months, True, asks)


def _check_average(average: Decimal, minimum: Decimal, asks: list[Line]) -> None:
    """An average is never below the minimum wage; one far above it is likely the figure of a year."""
    if average < minimum:
        what = f"本市月平均工资{_plain(average)}元比最低工资{_plain(minimum)}元还低"
        raise BadFacts(what, "city_average_wage", "请核对两个金额。")
    if average >= YEARLY_TIMES * minimum:
        asks.append(_line("average_looks_yearly", times=int(average // minimum)))


def _result(
    months: Decimal | None, base: Decimal | None, yuan: Decimal | None, capped: bool | None, asks: list[Line]
) -> dict[str, Any]:
    return {
        "months_paid": _plain(months),
        "base": _plain(base),
        "yuan": _plain(yuan),
        "capped": capped,
        "needs_human": [line.as_json() for line in asks],
    }


def _plain(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    rounded = amount.quantize(_FEN, ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
