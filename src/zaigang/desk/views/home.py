from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zaigang.desk.permissions import BEFORE_VISIT, VIEW_HOME
from zaigang.foundation import clock
from zaigang.look.components import TaskRow
from zaigang.offices.permissions import may, requires, staff_of
from zaigang.outcomes.enums import State
from zaigang.outcomes.funnel import Sums, sums_of
from zaigang.outcomes.permissions import VIEW_FUNNEL
from zaigang.outcomes.tasks import tasks_of
from zaigang.roster.models import Closure
from zaigang.roster.permissions import VIEW_PEOPLE

COMING_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ClosureCard:
    """A closure with its sums today; `ready` people can be helped, the others wait for repair of their row."""

    closure: Closure
    sums: Sums
    tasks: list[TaskRow]
    may_tell: bool

    @property
    def ready(self) -> int:
        return self.sums.people - self.sums.states[State.AWAITING_REPAIR]


@requires(VIEW_HOME)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is there to do today, for whoever asks."""
    user = staff_of(request)
    today = clock.today()
    known = Closure.objects.for_user(user, VIEW_FUNNEL).filter(
        Q(closes_on__lte=today) | Q(cases__isnull=False)
    )
    closures = list(known.select_related("office").distinct())
    sums = sums_of([closure.pk for closure in closures], today)
    coming = Closure.objects.in_calendar_of(user).filter(closes_on__gt=today).select_related("office")
    context = {
        "today": today,
        "cards": [
            ClosureCard(one, sums[one.pk], tasks_of(user, one), may(user, BEFORE_VISIT, one.office))
            for one in closures
        ],
        "coming": coming.order_by("closes_on")[:COMING_SHOWN],
        "may_search": may(user, VIEW_PEOPLE),
        "roles": _("、").join(str(posting.get_role_display()) for posting in user.current_postings),
    }
    return render(request, "desk/home.html", context)
