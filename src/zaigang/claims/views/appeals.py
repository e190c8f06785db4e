"""The worker disagrees: written down, answered by somebody who had no part in it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.claims import actions
from zaigang.claims.forms.life import AnswerForm, AppealForm
from zaigang.claims.models import Appeal
from zaigang.claims.pages.appeals import appeal_page
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import CHECK, REGISTER, VIEW
from zaigang.claims.views.two_steps import UNUSABLE, claim_of
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import requires, staff_of

#: What the form offers as the day of the answer. The office's own habit, not a rule.
USUAL = timedelta(days=10)


@requires(REGISTER)
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that somebody disagrees."""
    found, today = claim_of(request, pk, REGISTER), clock.today()
    start = {"received_on": today, "explained_on": today, "promised_on": today + USUAL}
    form = AppealForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive_appeal(claim=found, by=staff_of(request), **form.cleaned_data)
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已记下，等没有参与过的同事答复。"))
            return redirect("claims:appeal_page", pk=made.pk)
    context = {"claim": found, "form": form, "name": name_for(staff_of(request), found.case)}
    return render(request, "claims/life/appeal.html", context, status=UNUSABLE if form.errors else 200)


def _appeal(request: HttpRequest, pk: UUID, permission: str) -> Appeal:
    related = ("claim__case__worker", "claim__case__closure__office", "noted_by", "decided_by")
    mine = Appeal.objects.for_user(staff_of(request), permission).select_related(*related)
    return get_object_or_404(mine, pk=pk)


@requires(VIEW)
@require_GET
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One disagreement whole. Reading is recorded."""
    found = _appeal(request, pk, VIEW)
    record_read(subject=found.claim.case_id, page="claims:claim", by=staff_of(request))
    return _shown(request, found, AnswerForm())


def _shown(request: HttpRequest, found: Appeal, form: AnswerForm, status: int = 200) -> HttpResponse:
    shown = appeal_page(found, staff_of(request))
    context = {"page": shown, "appeal": found, "claim": found.claim, "form": form}
    return render(request, "claims/life/appealed.html", context, status=status)


@requires(CHECK)
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer, with reasons."""
    found, form = _appeal(request, pk, CHECK), AnswerForm(request.POST)
    if form.is_valid():
        changed, text = form.cleaned_data["changed"] == "yes", form.cleaned_data["answer"]
        try:
            actions.answer_appeal(appeal=found, changed=changed, answer=text, by=staff_of(request))
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            done = _("已答复：原来的要改。请接着更正。") if changed else _("已答复：维持原来的。")
            messages.success(request, done)
            return redirect("claims:appeal_page", pk=found.pk)
    return _shown(request, found, form, UNUSABLE)


@requires(REGISTER)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The worker takes it back."""
    found = _appeal(request, pk, REGISTER)
    actions.withdraw_appeal(appeal=found, by=staff_of(request))
    messages.success(request, _("已记下：本人收回。"))
    return redirect("claims:claim", pk=found.claim_id)
