from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zaigang.offices.models import Office
from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.roster import queries
from zaigang.roster.actions import merge_people
from zaigang.roster.context.pairs import pairs_of
from zaigang.roster.context.scope import closure_for, sees_names, workers_for
from zaigang.roster.forms import MergeForm
from zaigang.roster.models import Closure
from zaigang.roster.permissions import MERGE, VIEW_PEOPLE


@requires(VIEW_PEOPLE)
@require_GET
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """People of a closure who may be one person twice. Nothing is merged by itself."""
    user = staff_of(request)
    closure = closure_for(user, code)
    pairs = pairs_of(queries.alike(closure), names=sees_names(user, closure))
    context = {"closure": closure, "pairs": pairs, "may_merge": may(user, MERGE, closure.office)}
    return render(request, "roster/alike.html", context)


@requires(MERGE)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """Decide that two records are one person: which stays, and why. Demands the right at both people's offices."""
    user = staff_of(request)
    workers = workers_for(user, (one, other))
    offices = Office.objects.filter(closures__cases__worker__in=workers.values()).distinct()
    for office in offices:
        demand(user, MERGE, office)
    [pair] = pairs_of([(workers[one], workers[other])], names=True)
    closure = Closure.objects.for_user(user).filter(cases__worker=one).latest("closes_on")
    form = MergeForm(pair, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keep = workers[UUID(form.cleaned_data["keep"])]
        absorb = pair.other if keep == pair.one else pair.one
        merge_people(keep=keep, absorb=absorb, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, _("已合并成一个人，理由记在台账里。"))
        return redirect("roster:alike", closure.code)
    context = {"form": form, "pair": pair, "closure": closure}
    return render(request, "roster/merge.html", context, status=422 if form.errors else 200)
