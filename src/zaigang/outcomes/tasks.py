"""What a closure needs of whoever asks: each line says how many, and leads to where it is done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from zaigang.look.components import TaskRow
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Closure
from zaigang.roster.permissions import MERGE, REPAIR
from zaigang.roster.queries import alike


def tasks_of(user: Staff, closure: Closure) -> list[TaskRow]:
    """Rows to repair and pairs to look at, as far as the person may; done things stay, in quiet words."""
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
    return rows


def _row(label: str, count: int, words: str, url: str) -> TaskRow:
    if not count:
        return TaskRow(label, "done", _("没有要处理的"))
    return TaskRow(label, "needs", words % {"n": f"{count:,}"}, url)
