"""What a closure needs of whoever asks: each line says how many, and leads to where it is done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zaigang.claims.enums import Eligible
from zaigang.claims.permissions import VIEW as VIEW_DECISIONS
from zaigang.claims.queries import summary
from zaigang.look.components import TaskRow
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Closure
from zaigang.roster.permissions import MERGE, REPAIR
from zaigang.roster.queries import alike


def tasks_of(user: Staff, closure: Closure) -> list[TaskRow]:
    """Rows, pairs and people that wait for somebody, as far as the person may; what is done says so."""
    rows = []
    if may(user, REPAIR, closure.office):
        waiting = closure.cases.filter(state=CaseState.AWAITING_REPAIR).count()
        rows.append(
            _row(_("补正名册"), waiting, _("%(n)s 行要改"), reverse("roster:repairs", args=[closure.code]))
        )
    if may(user, MERGE, closure.office):
        pairs = len(alike(closure))
        rows.append(
            _row(_("认同一人"), pairs, _("%(n)s 对要看"), reverse("roster:alike", args=[closure.code]))
        )
    if may(user, VIEW_DECISIONS, closure.office):
        undecided = summary(closure).eligible[Eligible.UNDECIDED]
        url = f"{reverse('claims:decisions', args=[closure.code])}?eligible={Eligible.UNDECIDED}"
        rows.append(_row(_("定下能不能领失业金"), undecided, _("%(n)s 人还不能决定"), url))
    return rows


def _row(label: str, count: int, words: str, url: str) -> TaskRow:
    if not count:
        return TaskRow(label, "done", _("没有要处理的"))
    return TaskRow(label, "needs", words % {"n": f"{count:,}"}, url)
