"""Choosing when to come: the person by the link of a message, a clerk for them, and their arrival."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims.papers import missing_papers
from zaigang.desk.permissions import BEFORE_VISIT
from zaigang.desk.phone.links import Link
from zaigang.desk.phone.people import oneself
from zaigang.desk.phone.slots import (
    arrive,
    booking_of,
    choose,
    free_days,
    free_slots,
    needs_slot,
    to_bring,
    when_words,
)
from zaigang.desk.views.own import about_oneself, page
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.hall import actions
from zaigang.hall.devices import Device, device_token, ticket_token
from zaigang.hall.errors import SlotFull
from zaigang.hall.models import Booking, Slot, Ticket
from zaigang.hall.permissions import GUIDE
from zaigang.hall.views.scope import around, halls
from zaigang.look.formats import mask_name
from zaigang.offices.models import Office
from zaigang.offices.permissions import demand, public, requires, staff_of
from zaigang.outcomes.people import shown_name
from zaigang.roster.models import Case

BY_LINK = "whoever holds the link of the message chooses a time; a masked name is all that the page says"


@public(BY_LINK)
@require_GET
@about_oneself(Link.SLOT)
def slot(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Days with room; of the chosen day the half hours; and what was chosen before."""
    return _slot_page(request, case, token)


def _slot_page(request: HttpRequest, case: Case, token: str, trouble: str = "") -> HttpResponse:
    needed = needs_slot(case)
    booking = booking_of(case) if needed else None
    days = free_days(case) if needed else []
    asked = request.GET.get("day", "")
    context = {
        "case": case,
        "token": token,
        "masked": mask_name(case.worker.name) if case.worker else "",
        "needed": needed,
        "booking": booking,
        "when": when_words(booking.slot.day, booking.slot.starts_at) if booking else "",
        "days": days,
        "open_day": next((one for one in days if one.day.isoformat() == asked), days[0] if days else None),
        "changing": bool(asked) or bool(trouble) or booking is None,
        "bring": to_bring(missing_papers(case, clock.today())),
        "trouble": trouble,
    }
    return page(request, "desk/slot.html", context, status=409 if trouble else 200)


@public(BY_LINK)
@require_POST
@about_oneself(Link.SLOT)
def take_slot(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Take a half hour; one that others took in the meantime is said so, with what is still free."""
    chosen = _slot_named(case, request.POST.get("slot", "")) if needs_slot(case) else None
    if chosen is None:
        return _slot_page(request, case, token, _("这个时间不能选了，请选别的时间。"))
    try:
        choose(case=case, slot=chosen, by=oneself(case), absolute=request.build_absolute_uri)
    except SlotFull:
        return _slot_page(request, case, token, _("这个时间刚刚约满，请选别的时间。"))
    return redirect("desk:slot", token=token)


def _slot_named(case: Case, text: str) -> Slot | None:
    """A slot that is offered to the person; a full one too, so that whoever was slower hears why."""
    try:
        pk = UUID(text)
    except ValueError:
        return None
    return free_slots(case, with_full=True).filter(pk=pk).first()


@public(BY_LINK)
@require_POST
@about_oneself(Link.SLOT)
def give_slot_back(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Come without a time after all."""
    held = booking_of(case)
    if held is not None:
        actions.give_back(booking=held, by=oneself(case))
    return redirect("desk:slot", token=token)


def _case(request: HttpRequest, pk: UUID) -> Case:
    cases = Case.objects.people().for_user(staff_of(request), BEFORE_VISIT)
    found = get_object_or_404(cases.select_related("worker", "closure__office"), pk=pk, worker__isnull=False)
    demand(request.user, BEFORE_VISIT, found.closure.office)
    return found


@requires(BEFORE_VISIT)
@require_POST
def book_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A clerk takes a half hour for somebody, at the phone or at the desk."""
    case = _case(request, pk)
    chosen = _slot_named(case, request.POST.get("slot", "")) if needs_slot(case) else None
    if chosen is None:
        raise SlotFull(_("这个时间不能选了"), case.label, _("请回个人页，选别的时间"))
    choose(case=case, slot=chosen, by=staff_of(request), absolute=request.build_absolute_uri)
    when = when_words(chosen.day, chosen.starts_at)
    messages.success(request, _("约好了：%(when)s。") % {"when": when})
    return redirect("desk:case", pk=case.pk)


@requires(BEFORE_VISIT)
@require_POST
def give_back_for(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A clerk frees the time of somebody who cannot come."""
    case = _case(request, pk)
    held = booking_of(case)
    if held is not None:
        actions.give_back(booking=held, by=staff_of(request))
        messages.success(request, _("已取消约好的时间。"))
    return redirect("desk:case", pk=case.pk)


@requires(GUIDE)
@never_cache
@require_GET
def arrivals(request: HttpRequest) -> HttpResponse:
    """Who comes by appointment today, and the number of whoever is there already."""
    chosen = halls(request, GUIDE)
    context = {**around(request, chosen, "desk:arrive"), "today": clock.today()}
    if chosen.chosen is not None:
        context |= _arriving(request, chosen.chosen)
    return render(request, "desk/slots_arrive.html", context)


def _arriving(request: HttpRequest, office: Office) -> dict[str, Any]:
    user, today = staff_of(request), clock.today()
    expected = _bookings(office, today).order_by("slot__starts_at", "case__number")
    # The number of an appointment has its key; somebody else's press may have given the person another one.
    held = Ticket.objects.filter(service_day__office=office, service_day__day=today).filter(
        Q(case__in=expected.values("case")) | Q(pk__in=expected.values("pk"))
    )
    tickets = {key: ticket for ticket in held.order_by("taken_at") for key in (ticket.case_id, ticket.pk)}
    rows = [
        (one, shown_name(user, one.case), tickets.get(one.pk) or tickets.get(one.case_id)) for one in expected
    ]
    slip = request.GET.get("slip", "")
    return {
        "rows": rows,
        "here": sum(ticket is not None for _one, _name, ticket in rows),
        "slip": next((t for _o, _n, t in rows if t is not None and str(t.pk) == slip), None),
        "slip_url": _slip_url(office, slip),
    }


def _bookings(office: Office, day: date) -> Any:
    held = Booking.objects.filter(slot__office=office, slot__day=day, given_back_at__isnull=True)
    return held.select_related("slot", "case__worker", "case__closure__office")


def _slip_url(office: Office, ticket: str) -> str:
    """The page that prints the slip, as the kiosk shows it."""
    try:
        token = ticket_token(UUID(ticket), office.pk)
    except ValueError:
        return ""
    return reverse("hall:slip", args=[device_token(Device.KIOSK, office.pk), token])


@requires(GUIDE)
@require_POST
def arrived(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody with an appointment is there: a number of the green channel that is known to be theirs."""
    chosen = halls(request, GUIDE)
    office = chosen.chosen
    found = get_object_or_404(_bookings(office, clock.today()) if office else Booking.objects.none(), pk=pk)
    assert office is not None
    demand(request.user, GUIDE, office)
    try:
        ticket = arrive(booking=found, by=staff_of(request))
    except ZaigangError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('desk:arrive')}{chosen.query}")
    messages.success(request, _("取好了 %(label)s 号。") % {"label": ticket.label})
    joint = "&" if chosen.query else "?"
    return redirect(f"{reverse('desk:arrive')}{chosen.query}{joint}slip={ticket.pk}")
