"""How a claim came to where it stands: its months in a strip, its episodes, and what may be done next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from zaigang.claims.enums import Act, Life, Outcome, PaymentState, StopReason
from zaigang.claims.life import RESUMABLE, overpaid
from zaigang.claims.models import Claim, Episode, Payment
from zaigang.claims.queries.claims import is_drawing
from zaigang.look.components import Text, TimelineEntry
from zaigang.look.formats import day_words

#: Code of a cell -> its word; the order is that of the legend.
CELLS: dict[str, Text] = {
    "paid": gettext_lazy("已列入名册"),
    "over": gettext_lazy("多发"),
    "coming": gettext_lazy("待发"),
    "held": gettext_lazy("暂缓"),
    "stopped": gettext_lazy("停发"),
}
_OF_STATE = {
    PaymentState.LISTED: "paid",
    PaymentState.PLANNED: "coming",
    PaymentState.RELEASED: "coming",
    PaymentState.HELD: "held",
    PaymentState.STOPPED: "stopped",
}
LIFE_KIND = {
    Life.RUNNING: "progress",
    Life.SUSPENDED: "needs",
    Life.STOPPED: "stopped",
    Life.CARRIED: "idle",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of the strip."""

    month: date
    code: str
    word: Text
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Button:
    """Something that may be done next."""

    label: Text
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class LifeLine:
    """`years` are (year, its cells); `legend` (code, word, how many months)."""

    word: Text
    kind: str
    years: Sequence[tuple[int, list[Cell]]]
    legend: Sequence[tuple[str, Text, int]]
    entries: Sequence[TimelineEntry]
    buttons: Sequence[Button]


def was_overpaid(claim: Claim, payment: Payment) -> bool:
    """Whether a month went out although it was not due."""
    return payment.state == PaymentState.LISTED and overpaid(claim, payment.month)


def life_line(claim: Claim, payments: Iterable[Payment], *, may_act: bool) -> LifeLine:
    """The life of a claim. Two queries: its episodes with their people, and whether a refusal waits."""
    cells = [_cell(claim, payment) for payment in payments]
    counts = {code: sum(cell.code == code for cell in cells) for code in CELLS}
    life = Life(claim.life)
    return LifeLine(
        word=life.label,
        kind=LIFE_KIND[life],
        years=[(year, list(run)) for year, run in groupby(cells, key=lambda cell: cell.month.year)],
        legend=[(code, word, counts[code]) for code, word in CELLS.items() if counts[code]],
        entries=[_entry(one) for one in claim.episodes.select_related("by", "noted_by").order_by("-number")],
        buttons=_buttons(claim) if may_act else (),
    )


def _cell(claim: Claim, payment: Payment) -> Cell:
    code = "over" if was_overpaid(claim, payment) else _OF_STATE[PaymentState(payment.state)]
    return Cell(payment.month, code, CELLS[code], payment.yuan)


def _entry(one: Episode) -> TimelineEntry:
    who = one.by.full_name
    if one.noted_by is not None:
        who = _("%(noted)s 记下，%(by)s 核定") % {"noted": one.noted_by.full_name, "by": who}
    return TimelineEntry(when=one.at, what=Act(one.act).label, who=who, note=_note(one))


def _note(one: Episode) -> str:
    language = get_language() or "zh-hans"
    parts = [_("%(day)s 起") % {"day": day_words(one.on, language)}]
    if one.until is not None:
        parts.append(_("到 %(day)s 再看") % {"day": day_words(one.until, language)})
    if one.reason:
        parts.append(one.get_reason_display())
    if one.months:
        n = len(one.months)
        parts.append(ngettext("动了 %(n)s 个月", "动了 %(n)s 个月", n) % {"n": n})
    return " · ".join([*parts, one.evidence])


def _buttons(claim: Claim) -> list[Button]:
    """By where the claim stands: what usually comes next is first."""
    if claim.outcome != Outcome.GRANT:
        return []
    draws, life = is_drawing(claim), Life(claim.life)
    stop = _button(_("停发"), "stop", claim)
    if life == Life.RUNNING:
        more = [
            _button(_("暂缓发放"), "suspend", claim),
            _button(_("记下拒绝介绍的工作或培训"), "refuse", claim),
        ]
        return [stop, *(more if draws else [])]
    if life == Life.SUSPENDED:
        lift = _button(_("核实完，继续发放"), "lift", claim, primary=True)
        return [lift, _button(_("再等等"), "prolong", claim), stop]
    if life == Life.CARRIED:
        return [_button(_("转错了，不转"), "undo_carry", claim)]
    undo = _button(_("停错了，恢复发放"), "stop", claim)
    if not draws or StopReason(claim.stop_reason) not in RESUMABLE:
        return [undo]
    carry = [_button(_("剩下的月数转到新的申领"), "carry", claim)] if _reemployed(claim) else []
    return [_button(_("再次失业，接着领"), "resume", claim, primary=True), *carry, undo]


def _reemployed(claim: Claim) -> bool:
    return claim.stop_reason == StopReason.REEMPLOYED


def _button(label: Text, name: str, claim: Claim, *, primary: bool = False) -> Button:
    return Button(label, reverse(f"claims:{name}", args=[claim.pk]), primary)
