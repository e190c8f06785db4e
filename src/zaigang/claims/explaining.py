"""One decision in plain words: for the pages, and for whoever asks why (个人信息保护法 art. 24)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaigang.claims.citing import CONFIDENCE_KIND, cited, in_language
from zaigang.claims.enums import Confidence, Eligible, Obstacle
from zaigang.claims.models import Claim, FirstDecision
from zaigang.claims.sentences import Sentence, sentences_of
from zaigang.roster.enums import LeftBecause

__all__ = [
    "CONFIDENCE_KIND",
    "KIND",
    "Explanation",
    "Line",
    "Money",
    "cited",
    "explain",
    "explain_answer",
    "explain_claim",
    "in_language",
    "months_words",
    "why",
]

#: Answer -> kind of status tag (zaigang.look.components.KINDS).
KIND = {Eligible.YES: "done", Eligible.NO: "stopped", Eligible.UNDECIDED: "needs"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, with where the law says it (empty where no text does)."""

    code: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Money:
    """Months in a row with the same amount and the same source. `yuan` None: the amount is not known."""

    first: date
    last: date
    months: int
    yuan: Decimal | None
    kind: str
    status: str
    source: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that a page says about one decision."""

    case: UUID
    eligible: str
    kind: str
    word: str
    answer: str
    months: str
    months_source: str
    money: tuple[Money, ...]
    back_pay: tuple[Money, ...]
    total: Decimal
    total_is_whole: bool
    reasons: tuple[Line, ...]
    would_change: tuple[Line, ...]
    needs_human: tuple[Line, ...]
    sentences: tuple[Sentence, ...]
    facts: tuple[tuple[str, str], ...]
    decided_on: date


def explain(decision: FirstDecision) -> Explanation:
    """Put a first decision into words of the reader's language. Needs the ruling."""
    return explain_answer(decision.case_id, decision.ruling.body, decision.facts, on=decision.decided_on)


def explain_claim(claim: Claim) -> Explanation:
    """What the engine was asked and said on a claim. Needs the ruling."""
    return explain_answer(claim.case_id, claim.ruling.body, claim.facts, on=claim.applied_on)


def explain_answer(case: UUID, body: Mapping[str, Any], facts: Mapping[str, Any], *, on: date) -> Explanation:
    """Put the engine's answer to `facts` into words of the reader's language."""
    eligible = Eligible(body["eligible"])
    months = months_words(body["months"]["exact"], body["months"]["at_most"])
    return Explanation(
        case=case,
        eligible=str(eligible),
        kind=KIND[eligible],
        word=str(eligible.label),
        answer=_answer(eligible, months),
        months=months,
        months_source=cited(body["months"].get("source")),
        money=_money(body["payments"]),
        back_pay=_money(body["back_pay"]),
        total=Decimal(str(body["total_yuan"] or 0)),
        total_is_whole=all(payment["yuan"] is not None for payment in body["payments"]),
        reasons=_lines(body["reasons"]),
        would_change=_lines(body["would_change"]),
        needs_human=_lines(body["needs_human"]),
        sentences=sentences_of(body),
        facts=_facts(facts),
        decided_on=on,
    )


def months_words(exact: int | None, most: int | None) -> str:
    """24 个月, 最多 24 个月, or nothing where no months are due."""
    if exact is not None:
        return ngettext("%(n)s 个月", "%(n)s 个月", exact) % {"n": exact} if exact else ""
    return ngettext("最多 %(n)s 个月", "最多 %(n)s 个月", most) % {"n": most} if most else ""


def why(decision: FirstDecision) -> str:
    """One line for a list: what stands in the way, or how many months and why."""
    reasons = decision.ruling.body["reasons"]
    told = [item for item in reasons if item["code"] in Obstacle.values]
    told += [item for item in reasons if item["code"].startswith("months_")]
    return in_language((told or reasons)[0]) if told or reasons else ""


def _answer(eligible: Eligible, months: str) -> str:
    if eligible == Eligible.YES:
        words = _("可以领取失业保险金，%(months)s") if months else _("可以领取失业保险金")
        return words % {"months": months} if months else words
    if eligible == Eligible.NO:
        return _("这次还不能领取失业保险金")
    return _("还不能决定能不能领取失业保险金")


def _lines(items: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(item.get("code", ""), in_language(item), cited(item.get("source"))) for item in items)


def _money(payments: Sequence[Mapping[str, Any]]) -> tuple[Money, ...]:
    """Payments in order of time, runs of equal months drawn together."""
    grouped = groupby(
        payments, key=lambda p: (p["yuan"], p.get("status"), cited(p.get("source")), p.get("planned"))
    )
    return tuple(_run(key, [_month(p["month"]) for p in run]) for key, run in grouped)


def _run(key: tuple[Any, ...], months: list[date]) -> Money:
    yuan, status, source, planned = key
    confidence = Confidence(status or Confidence.VERIFIED)
    return Money(
        months[0], months[-1], len(months), None if yuan is None else Decimal(str(yuan)),
        CONFIDENCE_KIND[confidence], str(confidence.label), source, bool(planned),
    )  # fmt: skip


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _facts(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the answer was built on. What is unknown says so."""
    cause, fixed = facts["left_because"], facts["agency_months"]
    categories = {
        "male": _("男职工"),
        "female_55": _("女职工，55周岁退休"),
        "female_50": _("女职工，50周岁退休"),
    }
    rows = [
        (_("合同最后一天"), facts["left_on"]),
        (_("终止原因"), str(LeftBecause(cause).label) if cause else None),
        (_("失业保险缴费月数"), _months(facts["contribution_months"])),
        (_("视同缴费月数"), _months(facts["deemed_months"])),
        (_("退休类别"), categories.get(facts["retirement_category"] or "")),
        (_("适用法规的行政区划"), facts["territory"]),
    ]
    if fixed:
        rows.append((_("经办机构核定"), f"{_months(fixed['months'])}，{fixed['document']}"))
    return tuple((label, value or _("不清楚")) for label, value in rows)


def _months(months: int | None) -> str | None:
    return None if months is None else ngettext("%(n)s 个月", "%(n)s 个月", months) % {"n": months}
