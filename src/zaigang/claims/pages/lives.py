"""The lists of what waits for somebody in the life of claims."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zaigang.claims.enums import StopReason
from zaigang.claims.models import Claim
from zaigang.claims.pages.names import name_for
from zaigang.claims.queries import lives
from zaigang.foundation import clock
from zaigang.look.components import Text
from zaigang.look.formats import day_words, yuan
from zaigang.offices.models import Staff


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `late`: the day is over."""

    claim: Claim
    name: str
    what: str
    when: str
    late: bool
    url: str
    act: Text


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists: `find` gives what `row` draws."""

    code: str
    word: Text
    find: Callable[[Staff], Any]
    row: Callable[[Any, Staff], Row]
    payments: bool = False


def _row(claim: Claim, user: Staff, what: str, on: date | None, url: str, act: Text, due: bool = True) -> Row:
    when = day_words(on, get_language() or "zh-hans") if on else ""
    late = due and on is not None and on < clock.today()
    return Row(claim, name_for(user, claim.case), what, when, late, url, act)


def _suspended(one: Any, user: Staff) -> Row:
    return _row(
        one,
        user,
        _("暂缓发放，等核实"),
        one.suspended_until,
        reverse("claims:claim", args=[one.pk]),
        _("看申领"),
    )


def _refusal(one: Any, user: Staff) -> Row:
    what = _("%(who)s 记下没有接受的%(kind)s") % {
        "who": one.noted_by.full_name, "kind": one.get_kind_display(),
    }  # fmt: skip
    return _row(
        one.claim, user, what, one.refused_on, reverse("claims:refusal", args=[one.pk]), _("核定"), due=False
    )


def _correction(one: Any, user: Staff) -> Row:
    on = one.made_at.astimezone(clock.ZONE).date()
    url = reverse("claims:correction", args=[one.pk])
    return _row(one.claim, user, one.get_state_display(), on, url, _("看前后"), due=False)


def _appeal(one: Any, user: Staff) -> Row:
    url = reverse("claims:appeal_page", args=[one.pk])
    return _row(one.claim, user, one.get_about_display(), one.promised_on, url, _("答复"))


def _overpayment(one: Any, user: Staff) -> Row:
    what = _("%(state)s，还差 %(yuan)s") % {"state": one.get_state_display(), "yuan": yuan(one.open_yuan)}
    on = one.found_at.astimezone(clock.ZONE).date()
    url = reverse("claims:overpayment", args=[one.pk])
    return _row(one.claim, user, what, on, url, _("去看"), due=False)


def _retiring(one: Any, user: Staff) -> Row:
    stop = reverse("claims:stop", args=[one.claim.pk])
    url = f"{stop}?reason={StopReason.PENSION}"
    return _row(one.claim, user, _("到退休年龄；领上养老金才停"), one.on, url, _("去停发"))


TABS: Sequence[Tab] = (
    Tab("suspended", gettext_lazy("暂缓的"), lives.suspended, _suspended),
    Tab("refusals", gettext_lazy("拒绝介绍的"), lives.refusals, _refusal),
    Tab("corrections", gettext_lazy("更正"), lives.corrections, _correction),
    Tab("appeals", gettext_lazy("不同意的"), lives.appeals, _appeal),
    Tab("overpaid", gettext_lazy("多发的"), lives.overpayments, _overpayment, payments=True),
    Tab("retiring", gettext_lazy("快到退休年龄的"), lives.retiring, _retiring),
)
