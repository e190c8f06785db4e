"""Old and new beside each other, and who may sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaigang.claims.enums import CorrectionState, Eligible, Life, Outcome
from zaigang.claims.explaining import Explanation, explain_answer, months_words
from zaigang.claims.facts import Answer
from zaigang.claims.models import Claim, Correction
from zaigang.claims.pages.effects import Effect, span
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.claims.queries.correcting import changed_facts, differences
from zaigang.claims.queries.signing import own_file, wants_check
from zaigang.look.components import Text
from zaigang.look.formats import yuan
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.roster.enums import LeftBecause

CORRECTION_KIND = {
    CorrectionState.MADE: "progress",
    CorrectionState.CHECKED: "progress",
    CorrectionState.APPROVED: "done",
    CorrectionState.DROPPED: "stopped",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that changes, before and after."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """`effect` is what approving would do now; None once it is settled."""

    name: str
    word: Text
    kind: str
    pairs: Sequence[Pair]
    effect: Effect | None
    explanation: Explanation
    may_check: bool
    may_approve: bool
    may_drop: bool


def correction_page(found: Correction, reader: Staff) -> CorrectionPage:
    """Needs the claim's case with worker and office, both rulings, and the staff."""
    claim, state = found.claim, CorrectionState(found.state)
    office, open_ = claim.case.closure.office, state in (CorrectionState.MADE, CorrectionState.CHECKED)
    free = open_ and not own_file(claim, reader)
    another = free and reader.pk not in (found.made_by_id, found.checked_by_id)
    return CorrectionPage(
        name=name_for(reader, claim.case),
        word=state.label,
        kind=CORRECTION_KIND[state],
        pairs=pairs(
            found.facts_before, found.facts, found.before.body, found.ruling.body,
            outcomes=(found.outcome_before, found.outcome),
        ),
        effect=of_correction(claim, found.ruling.body, found.outcome) if open_ else None,
        explanation=explain_answer(claim.case_id, found.ruling.body, found.facts, on=claim.applied_on),
        may_check=another and state == CorrectionState.MADE and may(reader, CHECK, office),
        may_approve=another and may(reader, APPROVE, office) and _checked(found),
        may_drop=free and drops(found, reader),
    )  # fmt: skip


def drops(found: Correction, reader: Staff) -> bool:
    """Whoever checks may refuse it, and its maker take it back. Needs the claim's case with the office."""
    return reader.pk == found.made_by_id or may(reader, CHECK, found.claim.case.closure.office)


def _checked(found: Correction) -> bool:
    """Whether the last signature is next."""
    return found.state == CorrectionState.CHECKED or not wants_check(found.claim.case.closure.office_id)


def pairs(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    old: Answer,
    new: Answer,
    *,
    outcomes: tuple[str, str],
) -> list[Pair]:
    """What differs between two decisions: facts first, then the answer, the months, the sum, the outcome."""
    facts = [Pair(_label(name), _value(one), _value(two)) for name, one, two in changed_facts(before, after)]
    answers = (
        (_("测算"), *(str(Eligible(one["eligible"]).label) for one in (old, new))),
        (_("月数"), *(_months(one) for one in (old, new))),
        (_("合计"), *(yuan(one["total_yuan"]) for one in (old, new))),
        (_("决定"), *(str(Outcome(one).label) for one in outcomes)),
    )
    return facts + [Pair(*line) for line in answers if line[1] != line[2]]


def _months(answer: Answer) -> str:
    return months_words(answer["months"]["exact"], answer["months"]["at_most"]) or _("没有")


def _label(name: str) -> str:
    return {
        "left_on": _("合同最后一天"),
        "left_because": _("终止原因"),
        "contribution_months": _("失业保险缴费月数"),
        "deemed_months": _("视同缴费月数"),
        "unused_months": _("上次没领完的月数"),
        "retirement_category": _("退休类别"),
        "agency_months": _("经办机构核定"),
    }.get(name, name)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):  # the months that an agency fixed
        n = value.get("months")
        return f"{ngettext('%(n)s 个月', '%(n)s 个月', n or 0) % {'n': n}}，{value.get('document')}"
    categories = {
        "male": _("男职工"),
        "female_55": _("女职工，55周岁退休"),
        "female_50": _("女职工，50周岁退休"),
    }
    words = {**{str(code): str(label) for code, label in LeftBecause.choices}, **categories}
    return _("不清楚") if value is None else str(words.get(str(value), value))


def of_correction(claim: Claim, answer: Answer, outcome: str) -> Effect:
    """What the new decision makes of the months, in words."""
    found = differences(claim, answer, outcome)
    before, after = len(found.open_before), len(found.open_after)
    words = _("还没列入名册的：原来 %(before)s 个月，改成 %(after)s 个月（%(months)s）。")
    lines = [words % {"before": before, "after": after, "months": span(found.open_after)}]
    if found.over:
        words = _("已经列入名册的有 %(n)s 个月多发，共 %(yuan)s，记作多发，由人办理退回。")
        lines.append(words % {"n": len(found.over), "yuan": yuan(found.over_yuan)})
    if found.under:
        words = _("已经列入名册的有 %(n)s 个月少发，共 %(yuan)s：审批以后进下一份名册补发。")
        lines.append(words % {"n": len(found.under), "yuan": yuan(found.under_yuan)})
        if claim.life == Life.SUSPENDED:
            lines.append(_("暂缓的时候不补，继续发放以后再进名册。"))
    if found.void:
        words = _("有 %(n)s 个月原来等着补发的差额不补了，按更正以后的算。")
        lines.append(words % {"n": len(found.void)})
    lines.append(_("已经列入名册的月份不动，原来的核定留着可以看。"))
    return Effect(tuple(lines), bool(found.over))
