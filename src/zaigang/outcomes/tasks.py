"""What a closure needs of whoever asks: each line says how many, and leads to where it is done."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from zaigang.claims.enums import Eligible
from zaigang.claims.models import Claim
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.claims.permissions import VIEW as VIEW_DECISIONS
from zaigang.claims.queries import summary
from zaigang.claims.queries.signing import to_approve, to_check
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
    return rows + _signatures(user, closure)


def _signatures(user: Staff, closure: Closure) -> list[TaskRow]:
    """Claims that wait for a signature that this person gives; nothing where none waits."""
    signs = ((CHECK, to_check(), _("复核申领")), (APPROVE, to_approve(), _("审批申领")))
    mine = [one for one in signs if may(user, one[0], closure.office)]
    if not mine:
        return []
    counts = Claim.objects.filter(case__closure=closure).aggregate(
        **{f"n{place}": Count("pk", filter=ready) for place, (_permission, ready, _label) in enumerate(mine)}
    )
    return [
        _row(label, counts[f"n{place}"], _("%(n)s 份等着"), reverse("claims:signing"))
        for place, (_permission, _ready, label) in enumerate(mine)
        if counts[f"n{place}"]
    ]


def _row(label: str, count: int, words: str, url: str) -> TaskRow:
    if not count:
        return TaskRow(label, "done", _("没有要处理的"))
    return TaskRow(label, "needs", words % {"n": f"{count:,}"}, url)
