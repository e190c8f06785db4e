"""Which fact would change the answer and how, with what to bring."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from zaigang.claims.citing import in_language
from zaigang.claims.enums import Outcome
from zaigang.desk.why.told import Said, Told


def changes(told: Told) -> tuple[Said, ...]:
    """In the engine's order, each fact once. Where nothing more is paid, months are no question."""
    claim = told.here.claim
    over = claim is not None and (claim.outcome == Outcome.REFUSE or claim.stopped_on is not None)
    found: dict[str, Said] = {}
    for item in told.body["would_change"]:
        if not (over and item["fact"] == "agency_months"):
            found.setdefault(item["fact"], _change(item))
    return tuple(found.values())


def _change(item: Mapping[str, Any]) -> Said:
    """The engine's own words where they say how the answer would change; else plain words for the fact."""
    fact = item["fact"]
    words, bring = FACTS[fact] if fact in FACTS else (lambda: in_language(item), lambda: "")
    says_how = str(item["zh"]).startswith("如果") and fact in ("contribution_months", "left_because")
    return Said(in_language(item) if says_how else words(), bring=bring())


_ENDING: Callable[[], str] = lambda: _("解除或终止劳动合同证明")  # noqa: E731
#: Fact -> how it would change the answer, and what to bring.
FACTS: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "contribution_months": (
        lambda: _("查清您交了多少个月，才能算出领几个月。"),
        lambda: _("社保缴费记录（没有也可以，我们帮您查）"),
    ),
    "deemed_months": (
        lambda: _("查清个人交费以前的工龄有多少个月，才能算准。"),
        lambda: _("能看出工龄的材料（在职工档案里）"),
    ),
    "unused_months": (
        lambda: _("以前领过失业保险金、没领完的月数，可能加进来。"),
        lambda: _("上次领失业保险金的材料"),
    ),
    "left_because": (lambda: _("弄清您为什么离开单位，才能定。"), _ENDING),
    "left_on": (lambda: _("弄清合同最后一天是哪天，才能定。"), _ENDING),
    "registered_on": (lambda: _("办好失业登记，才能往下算。"), lambda: _("身份证")),
    "applied_on": (
        lambda: _("来晚了，但有正当理由的，结果会变。"),
        lambda: _("能说明为什么来晚的材料"),
    ),
    "born": (lambda: _("弄清您的出生日期，才能算退休年龄。"), lambda: _("身份证")),
    "retirement_category": (
        lambda: _("弄清您按50岁还是55岁退休，结果不一样。"),
        lambda: _("能看出是干部还是工人的材料（在职工档案里）"),
    ),
    "events": (
        lambda: _("如果您没有重新上班、也没有领养老金，结果会变。"),
        lambda: _("能证明这一点的材料"),
    ),
    "agency_months": (
        lambda: _("社保经办机构定了月数，“最多”就变成准确的月数。由我们去问，您不用带什么。"),
        lambda: "",
    ),
}
