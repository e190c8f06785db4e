"""What somebody can do now, when benefit stops, what the insurance pays meanwhile: by the law of the day of reading."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zaigang.claims.citing import cited, in_language
from zaigang.claims.enums import AppealState, Eligible, Life, Outcome, StopReason
from zaigang.claims.papers import missing_papers
from zaigang.desk.phone.slots import to_bring
from zaigang.desk.why.headline import Stage, stage_of
from zaigang.desk.why.told import Said, Told, under
from zaigang.look.formats import date_words


def can_do(told: Told) -> tuple[Said, ...]:
    """Come, have a person decide, bring a paper, put a fact right, object."""
    return (*_come(told), *_after_a_stop(told), *_person_decides(told), *_put_right(told), *_object(told))


def _come(told: Told) -> Iterator[Said]:
    claim = told.here.claim
    if claim is not None and claim.life == Life.CARRIED:
        yield Said(_("这次没领完的月数，转到您新的申领里。按新的离岗来登记和申领。"))
    elif told.here.registration is None:
        papers = to_bring(missing_papers(told.here.case, told.today))
        words = _("来办失业登记和失业保险金，一次办完。")
        if told.body["eligible"] != Eligible.YES:
            words = _("算出来不能领、还不能定，也可以来登记和申领。由工作人员看了材料再定。")
        yield Said(words, bring=_("、").join(papers))


def _after_a_stop(told: Told) -> Iterator[Said]:
    claim = told.here.claim
    if claim is None or stage_of(claim) != Stage.STOPPED or claim.life == Life.CARRIED:
        return
    yield Said(_("停错了的，到窗口说。查清了就恢复。"), bring=_("能证明的材料"))
    resume = told.rule("resume_unused_months")
    if claim.stop_reason == StopReason.REEMPLOYED and resume is not None:
        words = _("新工作不满 %(n)s 个月又没了工作的，可以接着领没领完的月数。请再来窗口。")
        yield under(resume, words % {"n": resume.value})


def _person_decides(told: Told) -> Iterator[Said]:
    right = told.rule("explanation_right")
    if right is not None:
        yield under(right, _("不想只由电脑算：可以要求由工作人员来定，也可以要求说明理由。"))
    elif stage_of(told.here.claim) in (Stage.BEFORE, Stage.HELD, Stage.WAITS):
        yield Said(_("最后由工作人员来定，不是电脑定。想知道理由，请到窗口问。"))
    else:
        yield Said(_("想知道理由，请到窗口问，我们当面说明。"))


def _put_right(told: Told) -> Iterator[Said]:
    yield Said(_("下面“按这些情况算的”有写错的，告诉我们。改了会重新算。"), bring=_("能证明的材料"))
    yield Said(_("有材料没交的，交到窗口就行。不用等人来催。"))


def _object(told: Told) -> Iterator[Said]:
    """No text of the law on how to object was found, so none is cited: the office's own way, and whom to ask."""
    claim = told.here.claim
    if claim is None or stage_of(claim) == Stage.HELD:
        return
    waiting = claim.appeals.filter(state=AppealState.RECEIVED).order_by("promised_on").first()
    if waiting is not None:
        day = date_words(waiting.promised_on, get_language() or "zh-hans")
        yield Said(_("您说的不同意，我们记下了。%(day)s前答复您。") % {"day": day})
        return
    yield Said(_("不同意这个决定：到窗口说。先当面说明，再由没有经手过的人重新看，答复您。"))
    yield Said(_("还能不能申请复议、多少天以内，请到窗口问。查清了告诉您。"))


def stops(told: Told) -> tuple[Said, ...]:
    """What ends the benefit, and the duty to tell; for whoever draws it or may."""
    if not _may_draw(told):
        return ()
    return tuple(_stops(told))


def _stops(told: Told) -> Iterator[Said]:
    rule = told.rule("stops")
    if rule is not None:
        yield under(rule, _("找到工作、应征当兵、移居境外、领养老金，就不再发。"))
        yield Said(
            _("没有正当理由，不接受介绍的合适工作或培训，也会停。这要由工作人员查实。"),
            cited(rule.source.as_json()),
        )
    report = told.rule("report_stop_working_days")
    if report is None:
        yield Said(_("有这些情况，请马上告诉我们。"))
    else:
        yield under(report, _("有这些情况，请在 %(n)s 个工作日内告诉我们。") % {"n": report.value})
    back = told.rule("overpayment")
    if back is not None:
        yield under(back, _("多领的要退。一次退不了，可以分期，也可以从以后的里面扣。"))


def meanwhile(told: Told) -> tuple[Said, ...]:
    """What the insurance pays while somebody draws."""
    if not _may_draw(told):
        return ()
    return tuple(_meanwhile(told))


def _meanwhile(told: Told) -> Iterator[Said]:
    medical, grant = told.rule("medical_insurance"), told.rule("funeral_grant")
    if medical is not None:
        yield under(medical, _("领失业保险金的时候，医保不断。医保费由失业保险出，您不用交。"))
    if grant is not None:
        yield under(grant, _("这期间万一本人去世，家属可以来领丧葬补助金和抚恤金。"))
    longer = told.reasons.get("extension_possible")
    if longer is not None:
        yield Said(in_language(longer), cited(longer.get("source")))


def _may_draw(told: Told) -> bool:
    claim = told.here.claim
    if claim is None:
        return bool(told.body["eligible"] == Eligible.YES)
    return bool(claim.outcome == Outcome.GRANT) and claim.stopped_on is None
