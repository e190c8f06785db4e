"""Two versions of one territory's file, in words: what was added, changed, taken out, since when, by which document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zaigang.claims.enums import Confidence
from zaigang.claims.explaining import cited
from zaigang.engines.entitlement import Territory
from zaigang.engines.entitlement.parameters import Dated

#: Names of parameters for people; one that is not here is shown as the file has it.
NAMES: Mapping[str, str | Promise] = {
    "benefit_amount": gettext_lazy("失业保险金每月标准"),
    "minimum_wage": gettext_lazy("最低工资"),
    "months_table": gettext_lazy("缴费年限对应的月数"),
    "months_ceiling": gettext_lazy("法律规定的最多月数"),
    "months_cap": gettext_lazy("一次最多月数"),
    "contribution_minimum_months": gettext_lazy("至少缴费几个月"),
    "deemed_counts": gettext_lazy("视同缴费算不算"),
    "involuntary": gettext_lazy("哪些算非本人意愿"),
    "seeks_work": gettext_lazy("要登记并求职"),
    "carry_over": gettext_lazy("没领完的月数合并"),
    "resume_unused_months": gettext_lazy("短期就业后接着领"),
    "claim_window_days": gettext_lazy("申领时限（天）"),
    "first_payment": gettext_lazy("从哪个月开始发"),
    "retirement_age": gettext_lazy("退休年龄"),
    "extension_to_retirement": gettext_lazy("延长到退休"),
    "stops": gettext_lazy("什么情况停发"),
    "pay_day": gettext_lazy("发放日"),
    "medical_insurance": gettext_lazy("领取期间的医疗保险"),
    "funeral_grant": gettext_lazy("丧葬补助金"),
    "materials": gettext_lazy("要带的材料"),
    "severance": gettext_lazy("经济补偿"),
    "city_average_wage": gettext_lazy("社会平均工资"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """A value on one side of the change; `text` is empty where that side has none."""

    text: str = ""
    until: date | None = None
    status: str = ""
    word: str | Promise = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """One value that differs. `kind` added | changed | removed, `word` says it."""

    kind: str
    word: str
    name: str | Promise
    since: date
    before: Side
    after: Side


def amendments(before: Territory | None, after: Territory) -> list[Amended]:
    """Every value that differs, by parameter and in order of time."""
    old = before.series if before else {}
    found = []
    for name in sorted(set(old) | set(after.series), key=lambda one: (one not in NAMES, one)):
        found += list(_series(name, old.get(name, ()), after.series.get(name, ())))
    return found


def _series(name: str, before: tuple[Dated, ...], after: tuple[Dated, ...]) -> Iterator[Amended]:
    old, new = {one.since: one for one in before}, {one.since: one for one in after}
    for since in sorted(set(old) | set(new)):
        was, now = _side(old.get(since)), _side(new.get(since))
        if was == now:
            continue
        kind = "changed" if was.text and now.text else "added" if now.text else "removed"
        yield Amended(kind, _word(kind), NAMES.get(name, name), since, was, now)


def _word(kind: str) -> str:
    return {"added": _("新增"), "changed": _("改动"), "removed": _("去掉")}[kind]


def _side(dated: Dated | None) -> Side:
    if dated is None:
        return Side()
    word = Confidence(dated.status).label
    source = cited(dated.source.as_json())
    return Side(value_words(dated), dated.until, dated.status, word, source)


def value_words(dated: Dated) -> str:
    """A value as one would say it, else as the file has it."""
    shown: Any = dated.shown
    if dated.status == "missing":
        return _("没有查到")
    if isinstance(shown, dict) and set(shown) == {"fixed"}:
        return _("%(yuan)s 元") % {"yuan": shown["fixed"]}
    if isinstance(shown, dict) and set(shown) == {"percent_of_minimum_wage"}:
        return _("最低工资的 %(n)s%%") % {"n": shown["percent_of_minimum_wage"]}
    if dated.name == "minimum_wage":
        return _("%(yuan)s 元") % {"yuan": shown}
    if isinstance(shown, dict | list):
        return _plain(shown)
    return _("是") if shown is True else str(shown)


def _plain(shown: Any) -> str:
    text = yaml.safe_dump(
        _bare(shown), allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False
    )
    return str(text).strip()


def _bare(shown: Any) -> Any:
    """Without the subclass that knows its line, which YAML would not write."""
    if isinstance(shown, dict):
        return {key: _bare(value) for key, value in shown.items()}
    return [_bare(one) for one in shown] if isinstance(shown, list) else shown
