"""The whole page: why this is the result, and what the person can do. The phone and the paper show the same."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from zaigang.claims.explaining import explain
from zaigang.claims.lawbook import current_law
from zaigang.desk.phone.page import answer_of, standing_of
from zaigang.desk.why.changes import changes
from zaigang.desk.why.doing import can_do, meanwhile, stops
from zaigang.desk.why.headline import Stage, answer_in_one_sentence, how_final, stage_of
from zaigang.desk.why.months import Month, runs, single, total
from zaigang.desk.why.reasons import back_pay, why
from zaigang.desk.why.told import Said, Told
from zaigang.desk.why.unknown import not_known
from zaigang.foundation import clock
from zaigang.roster.models import Case


@dataclass(frozen=True, slots=True)
class WhyPage:
    """What is shown, in the order in which it is shown. `facts`: what the answer was built on, label and value."""

    stage: str
    answer: str
    how_final: str
    on: date | None
    why: tuple[Said, ...] = ()
    months: tuple[Month, ...] = ()
    each_month: tuple[Month, ...] = ()
    total: str = ""
    back_pay: tuple[Said, ...] = ()
    not_known: tuple[Said, ...] = ()
    changes: tuple[Said, ...] = ()
    can_do: tuple[Said, ...] = ()
    stops: tuple[Said, ...] = ()
    meanwhile: tuple[Said, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def why_page(case: Case) -> WhyPage:
    """In seven queries at most. Needs worker and closure with office."""
    here = standing_of(case)
    answer = answer_of(case, here.claim)
    if answer is None:
        return _nothing_yet()
    told = Told(here, answer, clock.today(), current_law().library)
    return WhyPage(
        stage=stage_of(here.claim), answer=answer_in_one_sentence(told), how_final=how_final(told),
        on=answer.decided_on, why=why(told), months=runs(told), each_month=single(told), total=total(told),
        back_pay=back_pay(told) if runs(told) else (),
        not_known=not_known(told), changes=changes(told), can_do=can_do(told), stops=stops(told),
        meanwhile=meanwhile(told), facts=explain(answer).facts,
    )  # fmt: skip


def _nothing_yet() -> WhyPage:
    """On the list, and nothing was worked out: says so, and what to do."""
    come = Said(_("带身份证来窗口问一次，当场就能算。"), bring=_("身份证"))
    return WhyPage(
        stage=Stage.NOTHING,
        answer=_("还没有算过您能领多少。"),
        how_final=_("原单位的名单里还缺您的情况，所以没有算。"),
        on=None,
        can_do=(come,),
    )
