from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.hall import actions, queries
from zaigang.hall.enums import DayState, TicketState, WindowState
from zaigang.hall.models import ServiceDay
from zaigang.hall.permissions import RUN_DAY, VIEW_HALL
from zaigang.hall.views.scope import Halls, around, hall_at, halls, only_hall
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand, may, requires, staff_of

DAYS_ON_A_PAGE = 30
DAY_KINDS = {
    DayState.PREPARING: "needs",
    DayState.OPEN: "progress",
    DayState.DOORS_CLOSED: "needs",
    DayState.CLOSED: "done",
}
WINDOW_KINDS = {WindowState.OPEN: "progress", WindowState.PAUSED: "needs", WindowState.CLOSED: "idle"}
TICKET_KINDS = {
    TicketState.WAITING: "needs",
    TicketState.CALLED: "progress",
    TicketState.SERVING: "progress",
    TicketState.DONE: "done",
    TicketState.NO_SHOW: "stopped",
    TicketState.LEFT: "idle",
}


@requires(VIEW_HALL)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The hall today: who waits, who serves, what was called; and the figures once the day is over."""
    return _today(request, halls(request, VIEW_HALL))


def _today(request: HttpRequest, chosen: Halls, trouble: ZaigangError | None = None) -> HttpResponse:
    office = chosen.chosen
    day = queries.day_today(office) if office else None
    context: dict[str, Any] = {
        **around(request, chosen, "hall:today"),
        "today": clock.today(),
        "day": day,
        "may_run": office is not None and may(request.user, RUN_DAY, office),
        "trouble": trouble,
    }
    if day is not None:
        context |= _standing(day)
        context["live"] = day.opened_at and day.state != DayState.CLOSED and "still" not in request.GET
    return render(request, "hall/day.html", context, status=409 if trouble else 200)


def _standing(day: ServiceDay) -> dict[str, Any]:
    """The day's state, with the hall at this moment or, once the day is over, its figures."""
    state = DayState(day.state)
    standing: dict[str, Any] = {"state": state, "day_kind": DAY_KINDS[state]}
    if state == DayState.CLOSED:
        return standing | {"figures": queries.figures(day)}
    now = queries.hall_now(day)
    return standing | {
        "now": now,
        "figures": queries.figures(day) if day.opened_at else None,
        "windows": [(one, WINDOW_KINDS[WindowState(one.window.state)]) for one in now.windows],
        "working": sum(one.window.state == WindowState.OPEN for one in now.windows),
        "last": [(ticket, TICKET_KINDS[TicketState(ticket.state)]) for ticket in now.last],
        "inside": [(ticket, TICKET_KINDS[TicketState(ticket.state)]) for ticket in now.inside],
    }


@requires(RUN_DAY)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Begin the checklist of today."""
    office = only_hall(request, RUN_DAY)
    demand(request.user, RUN_DAY, office)
    day = actions.prepare_day(office=office, day=clock.today(), by=staff_of(request))
    return redirect("hall:opening", pk=day.pk)


@requires(RUN_DAY)
@require_POST
def close_doors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give out no more numbers; everybody inside is served."""
    return _turn(request, pk, actions.close_doors, _("已停止放号。请把在场的人办完，再收工。"))


@requires(RUN_DAY)
@require_POST
def open_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give out numbers again on a day whose doors were closed too early."""
    return _turn(request, pk, _open_again, _("已恢复放号。"))


def _open_again(*, service_day: ServiceDay, by: Staff) -> ServiceDay:
    return actions.open_day(service_day=service_day, checked=service_day.checked, by=by)


@requires(RUN_DAY)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lock up; refused in words while anybody is still inside."""
    return _turn(request, pk, actions.end_day, _("已收工。今天辛苦了。"))


def _turn(request: HttpRequest, pk: UUID, act: Callable[..., ServiceDay], done: str) -> HttpResponse:
    user = staff_of(request)
    day = get_object_or_404(ServiceDay.objects.for_user(user, RUN_DAY).select_related("office"), pk=pk)
    demand(user, RUN_DAY, day.office)
    try:
        act(service_day=day, by=user)
    except ZaigangError as error:
        return _today(request, hall_at(request, VIEW_HALL, day.office), error)
    messages.success(request, done)
    return redirect(f"{reverse('hall:today')}?office={day.office.code}")


@requires(VIEW_HALL)
@require_GET
def days(request: HttpRequest) -> HttpResponse:
    """All service days of a hall with their figures, the newest first."""
    chosen = halls(request, VIEW_HALL)
    page, figures = None, []
    if chosen.chosen:
        found = queries.days_of(chosen.chosen, clock.today())
        page = Paginator(found, DAYS_ON_A_PAGE).get_page(request.GET.get("page"))
        figures = queries.figures_of(page)
    context = {**around(request, chosen, "hall:days"), "page": page, "figures": figures}
    return render(request, "hall/days.html", context)


@requires(VIEW_HALL)
@require_GET
def day(request: HttpRequest, day: str) -> HttpResponse:
    """The figures of one day: half hours, windows, series."""
    office = only_hall(request, VIEW_HALL)
    found = get_object_or_404(queries.days_of(office, clock.today()), day=_date(day))
    figures = queries.figures(found)
    context = {
        **around(request, hall_at(request, VIEW_HALL, office), "hall:days"),
        "day": found,
        "day_kind": DAY_KINDS[DayState(found.state)],
        "figures": figures,
        "most": max((one.taken for one in figures.half_hours), default=0),
        # A day that nobody ended: what is to be done about it is done here.
        "may_end": found.state != DayState.CLOSED
        and found.day < clock.today()
        and may(request.user, RUN_DAY, office),
    }
    return render(request, "hall/day_figures.html", context)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
