"""Note that somebody died or draws a pension, and take it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zaigang.desk.forms import LifeEventForm
from zaigang.offices.permissions import demand, requires, staff_of
from zaigang.outcomes.people import shown_name
from zaigang.roster.actions import note_life_event, undo_life_event
from zaigang.roster.models import Case, LifeEvent
from zaigang.roster.permissions import NOTE_LIFE_EVENT


def _case(request: HttpRequest, pk: UUID) -> Case:
    cases = Case.objects.people().for_user(staff_of(request), NOTE_LIFE_EVENT)
    found = get_object_or_404(cases.select_related("worker", "closure__office"), pk=pk, worker__isnull=False)
    demand(request.user, NOTE_LIFE_EVENT, found.closure.office)
    return found


@requires(NOTE_LIFE_EVENT)
@never_cache
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What happened, since when, and which paper says so."""
    case = _case(request, pk)
    form = LifeEventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        assert case.worker is not None
        note_life_event(worker=case.worker, by=staff_of(request), **form.cleaned_data)
        messages.success(request, _("已记下。这个人不再办失业登记和申领；在发的已停发。"))
        return redirect("desk:case", pk=case.pk)
    context = {"case": case, "name": shown_name(staff_of(request), case), "form": form}
    return render(request, "desk/life.html", context, status=422 if form.errors else 200)


@requires(NOTE_LIFE_EVENT)
@require_POST
def undo(request: HttpRequest, pk: UUID, event: UUID) -> HttpResponse:
    """It was a mistake."""
    case = _case(request, pk)
    found = get_object_or_404(LifeEvent, pk=event, worker=case.worker_id)
    undo_life_event(event=found, by=staff_of(request))
    messages.success(request, _("已更正。停发的月份不会自己恢复：要发的，到申领页按“停错了，恢复发放”。"))
    return redirect("desk:case", pk=case.pk)
