"""What is not known yet, and who finds it out. Nothing is guessed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaigang.claims.enums import Eligible, Outcome
from zaigang.desk.why.told import Said, Told


def not_known(told: Told) -> tuple[Said, ...]:
    """Months, amounts and rules that are open or only inferred."""
    claim = told.here.claim
    if claim is not None and (claim.outcome == Outcome.REFUSE or claim.stopped_on is not None):
        return tuple(_rules(told))  # nothing more is paid, so months and amounts are no question now
    return (*_months(told), *_rules(told), *_amounts(told))


def _months(told: Told) -> Iterator[Said]:
    if "months_table_missing" in told.reasons:
        yield Said(
            _("正好领几个月，还不知道：本地怎么定月数，我们没有查到。社保经办机构会定，您不用做什么。")
        )
    if "months_ambiguous" in told.reasons:
        yield Said(_("正好领几个月，还不知道：本地的规定有两种读法。社保经办机构会定，您不用做什么。"))
    if "inferred_months" in told.asks or "first_day_unknown" in told.asks:
        yield Said(_("领几个月是推断的。工作人员会向社保经办机构核实。"))


def _rules(told: Told) -> Iterator[Said]:
    if "rule_missing" in told.reasons:
        yield Said(_("当时、当地的规定没有查到。由工作人员去查，查清后告诉您。"))
    if "window_missing" in told.reasons:
        yield Said(_("当时要在多少天内申领，没有查到。由工作人员来定。"))


def _amounts(told: Told) -> Iterator[Said]:
    payments = told.body["payments"]
    if told.body["eligible"] != Eligible.YES or not payments:
        return
    missing = sum(one["yuan"] is None for one in payments)
    inferred = sum(one["status"] == "inferred" and one["yuan"] is not None for one in payments)
    if missing:
        words = ngettext(
            "有 %(n)s 个月的金额没有可靠的依据，所以没有写。工作人员查到文件后再告诉您。",
            "有 %(n)s 个月的金额没有可靠的依据，所以没有写。工作人员查到文件后再告诉您。",
            missing,
        )
        yield Said(words % {"n": missing})
    if inferred:
        words = ngettext(
            "有 %(n)s 个月的金额是推断的。发之前由工作人员核实。",
            "有 %(n)s 个月的金额是推断的。发之前由工作人员核实。",
            inferred,
        )
        yield Said(words % {"n": inferred})
    if any(one.get("planned") for one in payments):
        yield Said(_("每个月由工作人员放行。实际领的月数可能更少。"))
