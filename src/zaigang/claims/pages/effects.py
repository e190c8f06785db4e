"""What an act would do, in words, for whoever is about to confirm it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zaigang.claims.carrying import Unused
from zaigang.claims.enums import PaymentState
from zaigang.claims.life import in_a_gap
from zaigang.claims.models import Claim
from zaigang.claims.queries.effects import OPEN, months_in, stop_effect
from zaigang.claims.queries.resuming import Again
from zaigang.claims.queries.unused import unused_of
from zaigang.look.formats import day_words, month_words, yuan


@dataclass(frozen=True, slots=True)
class Effect:
    """Lines to read before confirming; `grave` where money went out that was not due."""

    lines: tuple[str, ...]
    grave: bool = False

    @property
    def key(self) -> str:
        """The same for the same effect: what is confirmed is what was shown."""
        return sha256("\n".join(self.lines).encode()).hexdigest()[:16]


def of_stop(claim: Claim, on: date) -> Effect:
    """Until which month is paid, how many stop, what was paid too much."""
    found = stop_effect(claim, on)
    last = _("发到 %(month)s 为止。") % {"month": _month(found.last)} if found.last else _("一个月也不发。")
    lines = [last, _stopping(found.stopped)]
    if found.over:
        n = len(found.over)
        words = ngettext(
            "已经列入名册的有 %(n)s 个月不该发（%(months)s），共 %(yuan)s，记作多发，由人办理退回。",
            "已经列入名册的有 %(n)s 个月不该发（%(months)s），共 %(yuan)s，记作多发，由人办理退回。",
            n,
        )
        months = span([one.month for one in found.over])
        lines.append(words % {"n": n, "months": months, "yuan": yuan(found.over_yuan)})
    else:
        lines.append(_("没有多发的月份。"))
    return Effect(tuple(lines), bool(found.over))


def _stopping(stopped: Sequence[date]) -> str:
    if not stopped:
        return _("没有要停的月份。")
    words = ngettext("停 %(n)s 个月：%(months)s。", "停 %(n)s 个月：%(months)s。", len(stopped))
    return words % {"n": len(stopped), "months": span(stopped)}


def of_undo_stop(claim: Claim) -> Effect:
    """Which months wait again for release."""
    since = claim.stopped_on or date.max
    found = [month for month in months_in(claim, PaymentState.STOPPED) if month >= since]
    months = [month for month in found if not in_a_gap(claim.facts, month)]
    return Effect((_waiting_again(months), _("多发的记录随着撤销。")))


def of_suspend(claim: Claim, until: date) -> Effect:
    """Which months wait, and until when somebody looks again."""
    months = months_in(claim, *OPEN)
    words = ngettext(
        "%(n)s 个月先等着，不放行、不列名册：%(months)s。",
        "%(n)s 个月先等着，不放行、不列名册：%(months)s。",
        len(months),
    )
    looks = _("%(day)s 提醒再看；到期不会自己继续，也不会自己停。") % {"day": _day(until)}
    return Effect((words % {"n": len(months), "months": span(months)}, looks, _("等着的月份不会少发。")))


def of_prolong(until: date) -> Effect:
    return Effect((_("继续等到 %(day)s 再看，月份不变。") % {"day": _day(until)},))


def of_lift(claim: Claim) -> Effect:
    """Which months go on."""
    return Effect((_waiting_again(months_in(claim, PaymentState.HELD)),))


def of_resume(found: Again) -> Effect:
    """From which month, how many."""
    n = len(found.months)
    words = ngettext(
        "接着领 %(n)s 个月：%(months)s，逐月放行。", "接着领 %(n)s 个月：%(months)s，逐月放行。", n
    )
    return Effect((words % {"n": n, "months": span(found.months)}, _("中间有工作的月份不发。")))


def of_carry(claim: Claim) -> Effect:
    """How many months go along, and that this claim is over."""
    left = unused_of(claim)
    if left.exact is not None:
        words = ngettext("转过去 %(n)s 个月。", "转过去 %(n)s 个月。", left.exact) % {"n": left.exact}
    else:
        words = _("最多还剩 %(n)s 个月；准确月数要经办机构核定，没有核定的不自动转。") % {"n": left.at_most}
    over = _("这份申领到此为止，失业登记注销；转错了可以更正。")
    return Effect((left_words(left), words, over))


def left_words(left: Unused) -> str:
    """How the months that are left were counted."""
    if left.exact is not None:
        words = _("核定 %(fixed)s 个月，已列入名册 %(drawn)s 个月（多发的不算）。")
        return words % {"fixed": left.exact + left.drawn, "drawn": left.drawn}
    words = _("最多 %(fixed)s 个月，已列入名册 %(drawn)s 个月（多发的不算）。")
    return words % {"fixed": left.at_most + left.drawn, "drawn": left.drawn}


def carried_words(left: Unused) -> str:
    """Beside the field in which the clerk finds them, or has to fill them in."""
    if left.exact is None:
        words = _("上一份申领转了月数：%(how)s准确月数没有核定，请照经办机构的核定填；没有核定的空着。")
        return words % {"how": left_words(left)}
    words = ngettext(
        "照上一份申领填好：%(how)s还剩 %(n)s 个月。", "照上一份申领填好：%(how)s还剩 %(n)s 个月。", left.exact
    )
    return words % {"how": left_words(left), "n": left.exact}


def of_words(*lines: str) -> Effect:
    return Effect(lines)


def _waiting_again(months: Sequence[date]) -> str:
    if not months:
        return _("没有月份要恢复。")
    words = ngettext(
        "%(n)s 个月恢复，等着逐月放行：%(months)s。",
        "%(n)s 个月恢复，等着逐月放行：%(months)s。",
        len(months),
    )
    return words % {"n": len(months), "months": span(months)}


def span(months: Sequence[date]) -> str:
    """From the first to the last month, in words; one month alone; nothing for none."""
    if not months:
        return _("没有")
    first, last = _month(min(months)), _month(max(months))
    return first if first == last else _("%(first)s 到 %(last)s") % {"first": first, "last": last}


def _month(month: date) -> str:
    return month_words(month, get_language() or "zh-hans")


def _day(day: date) -> str:
    return day_words(day, get_language() or "zh-hans")
