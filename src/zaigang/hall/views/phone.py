from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zaigang.foundation import clock
from zaigang.hall.board import ahead_of
from zaigang.hall.devices import ticket_of
from zaigang.hall.enums import TicketState
from zaigang.hall.kiosk import to_have_ready
from zaigang.hall.models import Ticket
from zaigang.hall.pace import estimate, range_words
from zaigang.hall.views.screens import listening, stream
from zaigang.offices.permissions import public

HOLDER = "whoever holds a number sees where it stands; nothing on the page says who that is"


@public(HOLDER)
@require_GET
@listening
@never_cache
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Where a number stands: how many are ahead, how long about, or which window."""
    found = _ticket(token)
    context = _context(found) | {
        "token": token,
        "stream": stream("ticket", token),
        "large": request.GET.get("large") == "1",
    }
    return render(request, "hall/phone.html", context)


@public(HOLDER)
@require_GET
@never_cache
def ticket_part(request: HttpRequest, token: str) -> HttpResponse:
    """What changes on the phone's page, as a fragment."""
    return render(request, "hall/phone_part.html", _context(_ticket(token)))


def _ticket(token: str) -> Ticket:
    read = ticket_of(token)
    if read is None:
        raise Http404
    pk, office = read
    tickets = Ticket.objects.select_related("service_day__office", "window")
    return get_object_or_404(tickets, pk=pk, service_day__office=office)


def _context(found: Ticket) -> dict[str, Any]:
    day = found.service_day
    waiting = found.state == TicketState.WAITING
    ahead = ahead_of(found) if waiting else 0
    return {
        "ticket": found,
        "office": day.office,
        "today": day.day == clock.today(),
        "ahead": ahead,
        "about": range_words(estimate(day, found.series, ahead) if waiting else None),
        "ready": to_have_ready(found.service),
        "now": clock.now(),
    }
