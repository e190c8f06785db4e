from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zaigang.foundation import clock
from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.roster.actions import open_closure
from zaigang.roster.context.calendar import calendar_of, free_code
from zaigang.roster.forms import ClosureForm
from zaigang.roster.permissions import OPEN_CLOSURE, VIEW_CALENDAR


@requires(VIEW_CALENDAR)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The district's closures in the order of their dates, those to come first."""
    user = staff_of(request)
    context = {"calendar": calendar_of(user, clock.today()), "may_open": may(user, OPEN_CLOSURE)}
    return render(request, "roster/calendar.html", context)


@requires(OPEN_CLOSURE)
@require_http_methods(["GET", "POST"])
def new_closure(request: HttpRequest) -> HttpResponse:
    """Put a closure on the calendar before its first ticket."""
    user = staff_of(request)
    posted = request.POST if request.method == "POST" else None
    form = ClosureForm(user, posted, initial={"code": free_code(clock.today())})
    if request.method == "POST" and form.is_valid():
        demand(user, OPEN_CLOSURE, form.cleaned_data["office"])
        closure = open_closure(**form.cleaned_data, by=user)
        messages.success(request, _("已登记，在日历上了。名册到了就在这里上传。"))
        return redirect("roster:closure", closure.code)
    return render(request, "roster/new_closure.html", {"form": form}, status=422 if form.errors else 200)
