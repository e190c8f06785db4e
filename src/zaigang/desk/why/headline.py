"""The answer in one sentence, and what kind of answer it is: whose, and how final."""

from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.claims.enums import ClaimState, Eligible, Life, Outcome
from zaigang.claims.models import Claim
from zaigang.desk.why.told import Told
from zaigang.look.formats import date_words


class Stage(StrEnum):
    """Where the matter stands, as far as the words depend on it."""

    NOTHING = "nothing"
    BEFORE = "before"
    WAITS = "waits"
    HELD = "held"
    GRANTED = "granted"
    REFUSED = "refused"
    STOPPED = "stopped"
    SUSPENDED = "suspended"


def stage_of(claim: Claim | None) -> Stage:
    """Of somebody who has an answer."""
    if claim is None:
        return Stage.BEFORE
    if claim.stopped_on is not None and claim.outcome != Outcome.REFUSE:
        return Stage.STOPPED
    if claim.life == Life.SUSPENDED:
        return Stage.SUSPENDED
    if claim.outcome == Outcome.HOLD:
        return Stage.HELD
    if claim.state != ClaimState.APPROVED:
        return Stage.WAITS
    return Stage.GRANTED if claim.outcome == Outcome.GRANT else Stage.REFUSED


def answer_in_one_sentence(told: Told) -> str:
    """In large type at the top."""
    claim = told.here.claim
    stage = stage_of(claim)
    if stage == Stage.STOPPED:
        assert claim is not None and claim.stopped_on is not None
        return _("失业保险金从%(day)s起停发。") % {
            "day": date_words(claim.stopped_on, get_language() or "zh-hans")
        }
    if stage == Stage.SUSPENDED:
        return _("失业保险金先等一等，有一件事要核实。")
    if stage == Stage.HELD:
        return _("申领收下了，能不能发还没有定。")
    if claim is not None and claim.outcome == Outcome.REFUSE:
        return (
            _("这次没有同意发失业保险金。")
            if stage == Stage.REFUSED
            else _("窗口的意见：这次不发失业保险金。")
        )
    if claim is None and told.body["eligible"] != Eligible.YES:
        undecided = told.body["eligible"] == Eligible.UNDECIDED
        return _("现在还不能定您能不能领。") if undecided else _("按现在的情况，这次还不能领失业保险金。")
    return _granted(told, said_at_the_window=stage == Stage.WAITS)


def _granted(told: Told, *, said_at_the_window: bool) -> str:
    exact, most = told.body["months"]["exact"], told.body["months"]["at_most"]
    if told.body["eligible"] != Eligible.YES or not (exact or most):
        words = _("窗口的意见：可以领失业保险金。") if said_at_the_window else _("您可以领失业保险金。")
    elif exact:
        words = (
            _("窗口的意见：可以领失业保险金，一共 %(n)s 个月。")
            if said_at_the_window
            else _("您可以领失业保险金，一共 %(n)s 个月。")
        )
    else:
        words = (
            _("窗口的意见：可以领失业保险金，最多 %(n)s 个月。")
            if said_at_the_window
            else _("您可以领失业保险金，最多 %(n)s 个月。")
        )
    return words % {"n": exact or most}


def how_final(told: Told) -> str:
    """One line below: who said so, and what still happens to it."""
    claim = told.here.claim
    words = {
        Stage.BEFORE: _("这是电脑按原单位的名单先算的，不是最后决定。您来登记后由工作人员定。"),
        Stage.HELD: _("工作人员在查，查清后由人来定，并告诉您。"),
        Stage.WAITS: _("工作人员看过材料了，还要复核和审批。"),
        Stage.GRANTED: _("这是工作人员定的，已经审批。"),
        Stage.REFUSED: _("这是工作人员定的，已经审批。"),
        Stage.SUSPENDED: _("查清了，该发的照发，不会少。是什么事，请到窗口问。"),
        Stage.STOPPED: _("这是工作人员定的。停发的原因见下面。"),
    }[stage_of(claim)]
    if claim is not None and claim.differs:
        words += _("决定和电脑算的不一样，理由请到窗口问。")
    return words
