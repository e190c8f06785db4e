from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from zaigang.hall.board import ahead_of, lines_of
from zaigang.hall.devices import Device, device_token, ticket_of, ticket_token
from zaigang.hall.enums import Service
from zaigang.hall.errors import HallClosed
from zaigang.hall.kiosk import Doors, TakeForm, doors_of, series_of, to_have_ready
from zaigang.hall.models import ServiceDay, Ticket
from zaigang.hall.pace import estimate, range_words
from zaigang.hall.pictures import qr_image
from zaigang.hall.queries import day_today
from zaigang.hall.verbs import take
from zaigang.hall.views.screens import SCREEN, for_device
from zaigang.offices.models import Office
from zaigang.offices.permissions import public


@public(SCREEN)
@require_http_methods(["GET", "POST"])
@for_device(Device.KIOSK)
def kiosk(request: HttpRequest, office: Office) -> HttpResponse:
    """One question: what have you come for? Its answer gives a number."""
    day = day_today(office)
    if request.method == "POST":
        return _take(request, office, day)
    return _ask(request, office, day)


def _ask(request: HttpRequest, office: Office, day: ServiceDay | None) -> HttpResponse:
    doors = doors_of(day)
    context = {
        **_frame(request, office),
        "doors": doors,
        "day": day,
        "services": Service.choices,
        "once": uuid4(),
        "lines": lines_of(day) if day and doors is Doors.OPEN else (),
    }
    return render(request, "hall/kiosk.html", context)


def _take(request: HttpRequest, office: Office, day: ServiceDay | None) -> HttpResponse:
    form = TakeForm(request.POST)
    token = device_token(Device.KIOSK, office.pk)
    start = reverse("hall:kiosk", kwargs={"token": token}) + _extras(request)
    if not form.is_valid():
        return redirect(start)
    answer = form.cleaned_data
    series = series_of(answer["service"], day)
    try:
        taken = take(
            office=office,
            service=answer["service"],
            series=series,
            first=answer["first"],
            once=answer["once"],
        )
    except HallClosed:  # the doors closed while somebody stood here: the page says what to do
        return redirect(start)
    slip = {"token": token, "ticket": ticket_token(taken.id, office.pk)}
    return redirect(reverse("hall:slip", kwargs=slip) + _extras(request))


@public(SCREEN)
@require_GET
@for_device(Device.KIOSK)
def slip(request: HttpRequest, office: Office, ticket: str) -> HttpResponse:
    """The number, on the screen and on paper of 80 mm."""
    found = _ticket(ticket, office)
    ahead = ahead_of(found)
    phone = request.build_absolute_uri(reverse("hall:ticket", kwargs={"token": ticket}))
    context = {
        **_frame(request, office),
        "ticket": found,
        "ahead": ahead,
        "about": range_words(estimate(found.service_day, found.series, ahead)),
        "ready": to_have_ready(found.service),
        "qr": qr_image(phone),
    }
    return render(request, "hall/slip.html", context)


def _ticket(token: str, office: Office) -> Ticket:
    read = ticket_of(token)
    if read is None or read[1] != office.pk:
        raise Http404
    tickets = Ticket.objects.select_related("service_day")
    return get_object_or_404(tickets, pk=read[0], service_day__office=office)


def _frame(request: HttpRequest, office: Office) -> dict[str, object]:
    """What every screen of the kiosk needs. The next person starts in the usual size."""
    start = reverse("hall:kiosk", kwargs={"token": device_token(Device.KIOSK, office.pk)})
    large, printer = request.GET.get("large") == "1", request.GET.get("printer") == "1"
    return {
        "office": office,
        "large": large,
        "printer": printer,
        "start": start + _query(large=False, printer=printer),
        "other_size": start + _query(large=not large, printer=printer),
    }


def _extras(request: HttpRequest) -> str:
    return _query(large=request.GET.get("large") == "1", printer=request.GET.get("printer") == "1")


def _query(*, large: bool, printer: bool) -> str:
    """Large type and the printer are kept in the address from screen to screen."""
    kept = {name: "1" for name, wanted in (("large", large), ("printer", printer)) if wanted}
    return f"?{urlencode(kept)}" if kept else ""
