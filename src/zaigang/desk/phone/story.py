"""What happened to somebody, as one would tell it to them. Who of the staff did it is not told here."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zaigang.desk.phone.notes import facts_words
from zaigang.desk.phone.slots import when_words
from zaigang.foundation import clock
from zaigang.ledger.queries import timeline
from zaigang.look.components import Text
from zaigang.roster.models import Case

#: Verbs that mean something to the person. All others are the office's own affair (imports, corrections, merges).
TOLD: dict[str, Text] = {
    "roster.case_opened": _("原单位报来的名单里有您"),
    "roster.row_repaired": _("原单位报来的名单里有您"),
    "claims.first_decided": _("我们按名单先算了一次您能领多少"),
    "claims.facts_fixed": _("社保经办机构核定了您的月数"),
    "hall.slot_chosen": _("约好了来的时间"),
    "hall.slot_given_back": _("取消了约好的时间"),
    "hall.ticket_taken": _("在大厅取了号"),
    "hall.no_show": _("叫号时没有到"),
    "hall.served": _("在窗口办完"),
    "claims.registered": _("办好失业登记"),
    "claims.claimed": _("申领失业保险金"),
    "claims.stop_undone": _("停发有误，已恢复"),
    "claims.stop_withdrawn": _("停发有误，已撤销"),
    "claims.checked": _("申领复核过了"),
    "claims.granted": _("申领审批过了，同意发放"),
    "claims.refused": _("申领审批过了，这次不发放"),
    "claims.returned": _("申领有一处要改"),
    "claims.resubmitted": _("申领改好了，重新交"),
    "claims.released": _("放行一个月的失业保险金"),
    "claims.listed": _("列入发放名册"),
    "claims.back_pay_listed": _("补发的差额列入发放名册"),
    "claims.claim_redecided": _("规定变了，重新算过您的失业保险金"),
    "claims.stopped": _("停发失业保险金"),
    "claims.suspended": _("失业保险金先等一等，有一件事要核实"),
    "claims.prolonged": _("还没核实完，再等一等"),
    "claims.lifted": _("核实完了，失业保险金继续发"),
    "claims.resumed": _("又没有工作了，剩下的月数接着领"),
    "claims.carried": _("没领完的月数转到新的申领"),
    "claims.carry_undone": _("更正：没领完的月数不转"),
    "claims.refusal_noted": _("记下您没有接受介绍的工作或培训，还没有定"),
    "claims.refusal_heard": _("听了您的说明"),
    "claims.refusal_confirmed": _("核定：没有正当理由"),
    "claims.refusal_dropped": _("核定：不影响您领取"),
    "claims.corrected": _("情况更正了，重新算过"),
    "claims.overpaid": _("查出有多发的，工作人员会先告诉您，再商量怎么退"),
    "claims.overpaid_less": _("更正：多发的没有那么多"),
    "claims.overpaid_notified": _("告诉了您多发的事"),
    "claims.overpaid_agreed": _("说好了多发的怎么退"),
    "claims.overpaid_repaid": _("收到您退回的款"),
    "claims.overpaid_written_off": _("多发的不用再退"),
    "claims.grant_withdrawn": _("更正以后，这次不发放"),
    "claims.appealed": _("您不同意，我们请别的同事再看一遍"),
    "claims.appeal_answered": _("再看过了，有了答复。想知道理由，请到窗口问"),
    "claims.appeal_withdrawn": _("您收回了不同意见"),
    "roster.draws_pension": _("记下您已领养老金"),
    "roster.pension_undone": _("更正：您没有领养老金"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened; `note` says which month, number or day."""

    when: datetime
    what: Text
    note: str

    @property
    def day(self) -> str:
        """When, in words; the year too, for it may be long ago."""
        at = self.when.astimezone(clock.ZONE)
        words = when_words(at.date(), at.time())
        return words if at.year == clock.today().year else f"{at:%Y} {words}"


def story_of(case: Case) -> list[Told]:
    """Newest first."""
    return [
        Told(entry.happened_at, TOLD[entry.verb], facts_words(entry.facts))
        for entry in timeline(case.pk)
        if entry.verb in TOLD
    ]
