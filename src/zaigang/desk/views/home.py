from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zaigang.desk.permissions import VIEW_HOME
from zaigang.foundation import clock
from zaigang.look.components import TaskRow
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may, requires
from zaigang.outcomes.enums import State
from zaigang.outcomes.funnel import Sums, sums_of
from zaigang.outcomes.permissions import VIEW_FUNNEL
from zaigang.roster.models import Closure
from zaigang.roster.permissions import REPAIR, VIEW_PEOPLE

COMING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ClosureCard:
    """A closure with its sums today; `ready` people can be helped, the others wait for repair of their row."""

    closure: Closure
    sums: Sums
    tasks: list[TaskRow]

    @property
    def ready(self) -> int:
        return self.sums.people - self.sums.states[State.AWAITING_REPAIR]


@requires(VIEW_HOME)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is there to do today, for whoever asks."""
    user: Staff = request.user  # type: ignore[assignment]
    today = clock.today()
    closures = list(Closure.objects.for_user(user, VIEW_FUNNEL).select_related("office"))
    sums = sums_of([closure.pk for closure in closures], today)
    coming = Closure.objects.in_calendar_of(user).filter(closes_on__gte=today).select_related("office")
    context = {
        "today": today,
        "cards": [ClosureCard(one, sums[one.pk], _tasks(user, one, sums[one.pk])) for one in closures],
        "coming": coming.order_by("closes_on")[:COMING_SHOWN],
        "may_search": may(user, VIEW_PEOPLE),
        "roles": _("、").join(str(posting.get_role_display()) for posting in user.current_postings),
    }
    return render(request, "desk/home.html", context)


def _tasks(user: Staff, closure: Closure, sums: Sums) -> list[TaskRow]:
    waiting = sums.states[State.AWAITING_REPAIR]
    rows = []
    if may(user, REPAIR, closure.office) and waiting:
        url = reverse("roster:repairs", args=[closure.code])
        rows.append(TaskRow(_("补正名册"), "needs", _("%(n)s 行要改") % {"n": f"{waiting:,}"}, url))
    return rows
