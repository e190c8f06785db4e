from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zaigang.foundation import clock
from zaigang.hall import actions
from zaigang.hall.forms import SlotsForm
from zaigang.hall.models import Slot
from zaigang.hall.permissions import RUN_DAY
from zaigang.hall.views.scope import Halls, around, halls
from zaigang.offices.models import Office
from zaigang.offices.permissions import demand, requires, staff_of

WEEKS_SHOWN = 2
FAR_OFF = timedelta(weeks=520)
USUAL = {"starts_at": "09:00", "ends_at": "11:30", "capacity": 6}


@dataclass(frozen=True, slots=True)
class SlotTable:
    """Days across, half hours down; None where nothing is offered."""

    days: list[date]
    rows: list[tuple[time, list[Slot | None]]]
    capacity: int
    taken: int


def slot_table(office: Office, first: date) -> SlotTable:
    """The slots of the weeks that begin with `first`, in one query."""
    found = list(
        Slot.objects.filter(office=office, day__gte=first, day__lt=first + timedelta(weeks=WEEKS_SHOWN))
    )
    at = {(slot.day, slot.starts_at): slot for slot in found}
    days, starts = sorted({slot.day for slot in found}), sorted({slot.starts_at for slot in found})
    return SlotTable(
        days=days,
        rows=[(start, [at.get((day, start)) for day in days]) for start in starts],
        capacity=sum(slot.capacity for slot in found),
        taken=sum(slot.taken for slot in found),
    )


@requires(RUN_DAY)
@require_http_methods(["GET", "POST"])
def slots(request: HttpRequest) -> HttpResponse:
    """Offer half hours for appointments, and see how full they are."""
    chosen = halls(request, RUN_DAY)
    if request.method != "POST" or chosen.chosen is None:
        return _page(request, chosen, SlotsForm(initial=_usual()))
    form = SlotsForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, form, status=422)
    demand(request.user, RUN_DAY, chosen.chosen)
    days = form.days()
    made = actions.offer_slots(
        office=chosen.chosen,
        days=days,
        starts=form.starts(),
        capacity=form.cleaned_data["capacity"],
        by=staff_of(request),
    )
    messages.success(request, _told(days, made))
    return redirect(f"{reverse('hall:slots')}?office={chosen.chosen.code}&from={days[0]:%Y-%m-%d}")


def _told(days: Sequence[date], made: int) -> str:
    return _("已放出 %(days)s 天的号源，新增 %(made)s 个时段；原来就有的，人数按这次的改。") % {
        "days": len(days),
        "made": made,
    }


def _usual() -> dict[str, object]:
    """The next full week, Monday to Friday."""
    today = clock.today()
    monday = today + timedelta(days=7 - today.weekday())
    return {**USUAL, "first_day": monday, "last_day": monday + timedelta(days=4)}


def _page(request: HttpRequest, chosen: Halls, form: SlotsForm, status: int = 200) -> HttpResponse:
    first = _first(request.GET.get("from", ""))
    context = {
        **around(request, chosen, "hall:slots"),
        "form": form,
        "table": slot_table(chosen.chosen, first) if chosen.chosen else None,
        "first": first,
        "before": first - timedelta(weeks=WEEKS_SHOWN),
        "after": first + timedelta(weeks=WEEKS_SHOWN),
        "today": clock.today(),
    }
    return render(request, "hall/slots.html", context, status=status)


def _first(text: str) -> date:
    """The Monday of the day asked for; this week's for whatever is no date or lies far off."""
    today = clock.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    day = day if abs(day - today) < FAR_OFF else today
    return day - timedelta(days=day.weekday())
