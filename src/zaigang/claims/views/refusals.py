"""Offers that were not taken: noted by one, heard, judged by another."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.claims import actions
from zaigang.claims.enums import RefusalState
from zaigang.claims.forms.life import HearForm, JudgeForm, RefusalForm
from zaigang.claims.models import Refusal
from zaigang.claims.pages import effects
from zaigang.claims.pages.names import name_for
from zaigang.claims.pages.refusals import refusal_page
from zaigang.claims.permissions import CHECK, PAY, VIEW
from zaigang.claims.queries.signing import own_file
from zaigang.claims.views.two_steps import UNUSABLE, claim_of
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import may, requires, staff_of


@requires(PAY)
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody did not take an offer. Nothing stops by it."""
    found, form = claim_of(request, pk, PAY), RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.note_refusal(
                claim=found, offer=actions.Offer(**form.cleaned_data), by=staff_of(request)
            )
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已记下。没有停发，等另一位同事核定。"))
            return redirect("claims:refusal", pk=made.pk)
    context = {"claim": found, "form": form, "name": name_for(staff_of(request), found.case)}
    return render(request, "claims/life/refuse.html", context, status=UNUSABLE if form.is_bound else 200)


def _refusal(request: HttpRequest, pk: UUID, permission: str) -> Refusal:
    found = Refusal.objects.for_user(staff_of(request), permission)
    related = ("claim__case__worker", "claim__case__closure__office", "noted_by", "heard_by", "judged_by")
    return get_object_or_404(found.select_related(*related), pk=pk)


@requires(VIEW)
@require_GET
def refusal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything about one refusal, and the judging. Reading is recorded."""
    found = _refusal(request, pk, VIEW)
    record_read(subject=found.claim.case_id, page="claims:claim", by=staff_of(request))
    return _page(request, found)


def _page(
    request: HttpRequest, found: Refusal, hearing: forms.Form | None = None, judging: forms.Form | None = None
) -> HttpResponse:
    reader, office = staff_of(request), found.claim.case.closure.office
    open_ = found.state == RefusalState.NOTED and not own_file(found.claim, reader)
    context = {
        "page": refusal_page(found, reader),
        "refusal": found,
        "claim": found.claim,
        "effect": effects.of_stop(found.claim, found.refused_on) if open_ else None,
        "hearing": (hearing or HearForm()) if open_ and may(reader, PAY, office) else None,
        "judging": (judging or JudgeForm())
        if open_ and may(reader, CHECK, office) and reader.pk != found.noted_by_id
        else None,
        "own": open_ and reader.pk == found.noted_by_id,
        "form": judging or hearing,
    }
    return render(
        request, "claims/life/refusal.html", context, status=UNUSABLE if hearing or judging else 200
    )


@requires(PAY)
@require_POST
def hear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what the worker says."""
    found, form = _refusal(request, pk, PAY), HearForm(request.POST)
    if form.is_valid():
        try:
            actions.hear(refusal=found, by=staff_of(request), **form.cleaned_data)
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("本人的说明已记下。"))
            return redirect("claims:refusal", pk=found.pk)
    return _page(request, found, hearing=form)


@requires(CHECK)
@require_POST
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person judges."""
    found, form = _refusal(request, pk, CHECK), JudgeForm(request.POST)
    if form.is_valid():
        confirmed = form.cleaned_data["confirmed"] == "yes"
        try:
            actions.judge(
                refusal=found,
                confirmed=confirmed,
                judgement=form.cleaned_data["judgement"],
                by=staff_of(request),
            )
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            done = _("已核定：没有正当理由，停发。") if confirmed else _("已核定：不影响领取。")
            messages.success(request, done)
            return redirect("claims:claim", pk=found.claim_id)
    return _page(request, found, judging=form)
