from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zaigang.foundation.errors import ZaigangError
from zaigang.hall import actions
from zaigang.hall.enums import DayState
from zaigang.hall.forms import NewWindowForm, OpeningForm, WindowForm
from zaigang.hall.models import ServiceDay, Window
from zaigang.hall.permissions import RUN_DAY
from zaigang.hall.queries import servers_of
from zaigang.hall.views.scope import around, hall_at
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand, requires, staff_of


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that the page holds: the day's own form, one for each window, and one for a window to add."""

    opening: OpeningForm
    windows: list[WindowForm]
    new: NewWindowForm

    def is_valid(self) -> bool:
        """Whether all of it can be kept; every form is looked at, so that all errors are shown at once."""
        sent = [form for form in [*self.windows, self.new] if form.is_bound]
        return all([self.opening.is_valid(), *(form.is_valid() for form in sent)])

    def wrong(self) -> list[tuple[str, str, str]]:
        """Where, at which window and what: the errors of the windows, for the summary at the top."""
        return [
            (form[name].id_for_label or form[name].auto_id, _label(form), str(text))
            for form in [*self.windows, self.new]
            for name, texts in form.errors.items()
            for text in texts
        ]


def _label(form: WindowForm) -> str:
    if form.window is None:
        return _("加一个窗口")
    return _("%(n)s号窗口") % {"n": form.window.number}


@requires(RUN_DAY)
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The checklist before the doors open, and what can be changed while they are: hours, seats, windows, people."""
    user = staff_of(request)
    day = get_object_or_404(ServiceDay.objects.for_user(user, RUN_DAY).select_related("office"), pk=pk)
    demand(user, RUN_DAY, day.office)
    if day.state == DayState.CLOSED:
        return redirect(f"{reverse('hall:today')}?office={day.office.code}")
    if request.method != "POST":
        return _page(request, day, _arrangement(day, ticked=request.GET.getlist("ticked") or day.checked))
    arrangement = _arrangement(day, request.POST)
    if not arrangement.is_valid():
        return _page(request, day, arrangement, status=422)
    try:
        keep(day, arrangement, by=user)
        return _go_on(request, day, arrangement)
    except ZaigangError as error:
        return _page(request, day, arrangement, trouble=error, status=409)


def _arrangement(
    day: ServiceDay, data: Mapping[str, Any] | None = None, ticked: Sequence[str] = ()
) -> Arrangement:
    people = list(servers_of(day.office))
    windows = list(day.windows.select_related("staff"))
    initial = {"opens_at": day.opens_at, "closes_at": day.closes_at, "seats": day.seats, "checked": ticked}
    return Arrangement(
        OpeningForm(data, initial=initial),
        [WindowForm(people, data, window=window) for window in windows],
        NewWindowForm(people, data, there=[window.number for window in windows]),
    )


def _page(
    request: HttpRequest,
    day: ServiceDay,
    arrangement: Arrangement,
    trouble: ZaigangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **around(request, hall_at(request, RUN_DAY, day.office), "hall:today"),
        "day": day,
        "form": arrangement.opening,
        "windows": arrangement.windows,
        "new": arrangement.new,
        "wrong": arrangement.wrong(),
        "before": day.state == DayState.PREPARING,
        "trouble": trouble,
    }
    return render(request, "hall/opening.html", context, status=status)


@transaction.atomic
def keep(day: ServiceDay, arrangement: Arrangement, *, by: Staff) -> None:
    """Write down whatever differs from what the page was loaded with: all of it, or nothing with the reason."""
    hours = arrangement.opening.cleaned_data
    if {"opens_at", "closes_at", "seats"} & set(arrangement.opening.changed_data):
        actions.change_hours(
            service_day=day,
            opens_at=hours["opens_at"],
            closes_at=hours["closes_at"],
            seats=hours["seats"],
            by=by,
        )
    changed = [form for form in arrangement.windows if form.is_bound and form.has_changed()]
    for form in changed:
        if "serves" in form.changed_data:
            _set_window(day, _number(form), form, by)
    _seat([form for form in changed if "staff" in form.changed_data])
    number = arrangement.new.cleaned_data.get("number") if arrangement.new.is_bound else None
    if number:
        window = _set_window(day, number, arrangement.new, by)
        if arrangement.new.seated:
            actions.sit_down(window=window, by=arrangement.new.seated)


def _number(form: WindowForm) -> int:
    assert form.window is not None
    return form.window.number


def _set_window(day: ServiceDay, number: int, form: WindowForm, by: Staff) -> Window:
    return actions.set_window(service_day=day, number=number, serves=form.cleaned_data["serves"], by=by)


def _seat(forms: list[WindowForm]) -> None:
    """First everybody gets up, then everybody sits down: two people can change places.

    Whoever sat down after the page was loaded is not told to get up; `sit_down` refuses in words.
    """
    for form in forms:
        if form.window and form.window.staff and form.as_it_was:
            actions.get_up(window=form.window, by=form.window.staff)
    for form in forms:
        if form.window and form.seated:
            actions.sit_down(window=form.window, by=form.seated)


def _go_on(request: HttpRequest, day: ServiceDay, arrangement: Arrangement) -> HttpResponse:
    """After what was typed is kept: open the doors, take a window off, or nothing more."""
    user, act = staff_of(request), request.POST.get("act", "")
    checked = arrangement.opening.cleaned_data["checked"]
    if act == "open":
        try:
            actions.open_day(service_day=day, checked=checked, by=user)
        except ZaigangError as error:
            # Shown afresh: what was kept a moment ago is no change any more.
            day.refresh_from_db()
            return _page(request, day, _arrangement(day, ticked=checked), trouble=error, status=409)
        messages.success(request, _("已开门，可以取号了。"))
        return redirect(f"{reverse('hall:today')}?office={day.office.code}")
    if act.startswith("remove-"):
        number = act.removeprefix("remove-")
        window = get_object_or_404(day.windows, number=int(number) if number.isdecimal() else None)
        actions.remove_window(window=window, by=user)
    messages.success(request, _("已保存。"))
    ticked = "".join(f"&ticked={point}" for point in checked)
    return redirect(f"{reverse('hall:opening', args=[day.pk])}?{ticked.removeprefix('&')}")
