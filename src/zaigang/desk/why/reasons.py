"""Why, in three to six plain sentences, each with where it says so."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from zaigang.claims.citing import cited, in_language
from zaigang.claims.enums import Eligible, Obstacle
from zaigang.desk.why.told import Said, Told

MOST = 6
#: The engine's reasons in the order in which they are told. What is not here is said elsewhere on the page.
ORDER = (
    *Obstacle.values, "agency_against_record",
    "contributed_enough", "contributed_at_least",
    "contributed_by_agency", "unused_resumed", "deemed_time", "involuntary", "late_accepted",
    "claimed_in_time", "above_age_may_draw", "registered", "not_yet_unemployed", "register_by",
    "months_by_agency", "months_exact", "months_at_most",
    "months_unknown", "unused_added", "stopped", "resumed", "retirement_ends",
    "extended",
)  # fmt: skip


def why(told: Told) -> tuple[Said, ...]:
    """The stop first where benefit was stopped, then what decided, then the rest."""
    return tuple(list(_all(told))[:MOST])


def _all(told: Told) -> Iterator[Said]:
    claim, marks = told.here.claim, told.marks()
    if claim is not None and claim.stopped_on is not None:
        reason = claim.get_stop_reason_display()
        rule = told.rule("stops")
        source = cited(rule.source.as_json()) if rule else ""
        yield Said(_("停发的原因：%(reason)s。") % {"reason": reason}, source)
    if claim is not None and claim.differs:
        yield Said(_("工作人员看了您的材料，这样决定，并写了理由。您可以到窗口要求看这个理由。"))
        yield Said(_("电脑按规定是这样算的："))
    found = told.reasons
    for code in ORDER:
        if code in found:
            source = cited(found[code].get("source"))
            yield Said(_plainly(told, code, found[code]), source, marks.get(source, ""))


def back_pay(told: Told) -> tuple[Said, ...]:
    """Months that were paid at an older amount before the new one was announced; none that is not paid any more."""
    claim = told.here.claim
    end = claim.stopped_on.isoformat() if claim is not None and claim.stopped_on is not None else "9999"
    if not any(f"{item['month']}-01" < end for item in told.body["back_pay"]):
        return ()
    late = [item for item in told.body["reasons"] if item["code"] == "back_pay"]
    return tuple(Said(in_language(item), cited(item.get("source"))) for item in late)


def _plainly(told: Told, code: str, item: Mapping[str, object]) -> str:
    """Own words where the engine's are a jurist's; its own where they are plain already, or ours lack a rule."""
    tell = _PLAIN.get(code)
    return (tell(told) if tell else "") or in_language(item)


def _total(told: Told) -> int:
    return (told.facts["contribution_months"] or 0) + (told.facts["deemed_months"] or 0)


def _contributed(told: Told) -> str:
    return _needed(told, _("失业保险要交满 %(need)s 个月才能领。您一共有 %(n)s 个月，够了。"))


def _too_little(told: Told) -> str:
    return _needed(told, _("失业保险要交满 %(need)s 个月才能领。您现在是 %(n)s 个月。这些月数不会丢。"))


def _at_least(told: Told) -> str:
    return _needed(told, _("失业保险要交满 %(need)s 个月才能领。现在查到您至少有 %(n)s 个月，够了。"))


def _needed(told: Told, words: str) -> str:
    """By the law of the day of the answer; nothing where that is not known any more."""
    rule = told.rule("contribution_minimum_months", told.answer.decided_on)
    return words % {"need": int(rule.value), "n": _total(told)} if rule else ""


def _deemed(told: Told) -> str:
    return _("其中 %(n)s 个月是个人交费以前的工龄，也算数。") % {"n": told.facts["deemed_months"]}


def _in_time(told: Told) -> str:
    if told.here.claim is None:
        return _("现在来申领，没有超过期限。")
    return _("您来申领的时间没有超过期限。")


def _exact(told: Told) -> str:
    return _("按交费的时间算，可以领 %(n)s 个月。") % {"n": told.body["months"]["exact"]}


def _at_most(told: Told) -> str:
    return _("法律规定您这次最多领 %(n)s 个月。") % {"n": told.body["months"]["at_most"]}


def _register_by(told: Told) -> str:
    undecided = told.body["eligible"] != Eligible.YES
    words = in_language(told.reasons["register_by"])
    return _("您还没有来办失业登记。") if undecided else words


_PLAIN: dict[str, Callable[[Told], str]] = {
    "contributed_enough": _contributed,
    "contributed_at_least": _at_least,
    "contributed_too_little": _too_little,
    "contributions_unknown": lambda told: _("还不知道您一共交了多少个月的失业保险。"),
    "deemed_time": _deemed,
    "involuntary": lambda told: _("不是您自己要走的。这样离开单位，可以领。"),
    "voluntary": lambda told: _("记录上写的是您自己要走。这样离开单位，这次不能领。"),
    "ending_for_person": lambda told: _("离开单位的原因，要由工作人员看证明来定。"),
    "claimed_in_time": _in_time,
    "register_by": _register_by,
    "months_exact": _exact,
    "months_at_most": _at_most,
}
