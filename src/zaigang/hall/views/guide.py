from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zaigang.foundation.errors import ZaigangError
from zaigang.hall import queries, verbs
from zaigang.hall.enums import DayState, Service, TicketState
from zaigang.hall.kiosk import TakeForm, series_of
from zaigang.hall.models import ServiceDay, Ticket
from zaigang.hall.permissions import GUIDE
from zaigang.hall.views.day import DAY_KINDS, TICKET_KINDS
from zaigang.hall.views.scope import Halls, around, hall_at, halls
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand, requires, staff_of, where

#: More lines than a person reads; whoever stands at the desk names the number.
MOST_LINES = 100


@requires(GUIDE)
@never_cache
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """The guide desk: give out a number, find one, note who leaves, take back who missed the call."""
    return _page(request, halls(request, GUIDE))


def _page(
    request: HttpRequest,
    chosen: Halls,
    form: TakeForm | None = None,
    trouble: ZaigangError | None = None,
) -> HttpResponse:
    office = chosen.chosen
    day = queries.day_today(office) if office else None
    context: dict[str, Any] = {
        **around(request, chosen, "hall:guide"),
        "day": day,
        "day_kind": DAY_KINDS[DayState(day.state)] if day else "",
        "open": day is not None and day.state == DayState.OPEN,
        "trouble": trouble,
        "take": form or TakeForm(initial={"once": uuid4()}),
    }
    if day is not None and day.opened_at:
        context |= _lists(day) | _found(day, request.GET)
    return render(request, "hall/guide.html", context, status=_status(form, trouble))


def _status(form: TakeForm | None, trouble: ZaigangError | None) -> int:
    if trouble:
        return 409
    return 422 if form and form.errors else 200


def _lists(day: ServiceDay) -> dict[str, Any]:
    waiting = list(queries.waiting_of(day))
    missed = list(queries.missed_of(day)[:MOST_LINES])
    return {
        "services": list(Service),
        "waiting": [(ticket, queries.minutes_since(ticket.taken_at)) for ticket in waiting[:MOST_LINES]],
        "waiting_count": len(waiting),
        "missed": [(ticket, queries.minutes_since(ticket.called_at or ticket.taken_at)) for ticket in missed],
        "may_requeue": day.state != DayState.CLOSED,
    }


def _found(day: ServiceDay, asked: QueryDict) -> dict[str, Any]:
    """The ticket that was just given out, or the one asked for by its number."""
    number = asked.get("number", "")[:10]
    found = queries.ticket_numbered(day, number) if number else None
    given = queries.ticket_numbered(day, asked.get("given", "")[:10])
    return {
        "number": number,
        "found": found,
        "found_kind": TICKET_KINDS[TicketState(found.state)] if found else "",
        "may_leave": found is not None and found.state in (TicketState.WAITING, TicketState.NO_SHOW),
        "missed_call": found is not None and found.state == TicketState.NO_SHOW,
        "given": given,
    }


@requires(GUIDE)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Give out a number; the same press sent twice gives the same number."""
    chosen, user = halls(request, GUIDE), staff_of(request)
    form = TakeForm(request.POST)
    if chosen.chosen is None or not form.is_valid():
        return _page(request, chosen, form)
    demand(user, GUIDE, chosen.chosen)
    asked = form.cleaned_data
    try:
        moved = verbs.take(
            office=chosen.chosen,
            service=asked["service"],
            series=series_of(asked["service"], queries.day_today(chosen.chosen)),
            first=asked["first"],
            once=asked["once"],
            by=user,
        )
    except ZaigangError as error:
        return _page(request, chosen, form, error)
    ahead = _("前面还有 %(n)s 人。") % {"n": moved.ahead} if moved.ahead else _("下一个就是。")
    messages.success(request, _("取好了 %(label)s 号，%(ahead)s") % {"label": moved.label, "ahead": ahead})
    return redirect(f"{_address(chosen)}&given={moved.label}")


def _address(chosen: Halls) -> str:
    assert chosen.chosen is not None
    return f"{reverse('hall:guide')}?office={chosen.chosen.code}"


@requires(GUIDE)
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody goes before being called."""
    return _move(request, pk, verbs.leave, _("已记下 %(label)s 离开。"))


@requires(GUIDE)
@require_POST
def requeue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody who missed the call is called after the next."""
    return _move(request, pk, verbs.requeue, _("%(label)s 已重新排上，下一位之后就叫。"))


def _move(request: HttpRequest, pk: UUID, act: Callable[..., verbs.Moved], done: str) -> HttpResponse:
    user = staff_of(request)
    ticket = _ticket(user, pk)
    day = ticket.service_day
    demand(user, GUIDE, day.office)
    chosen = hall_at(request, GUIDE, day.office)
    try:
        moved = act(ticket=ticket.pk, by=user, offices=where(user, GUIDE))
    except ZaigangError as error:
        return _page(request, chosen, trouble=error)
    messages.success(request, done % {"label": moved.label})
    return redirect(_address(chosen))


def _ticket(user: Staff, pk: UUID) -> Ticket:
    days = ServiceDay.objects.for_user(user, GUIDE)
    found = Ticket.objects.select_related("service_day__office").filter(service_day__in=days)
    return get_object_or_404(found, pk=pk)
