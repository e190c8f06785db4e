"""A fact put right after approval: proposed with old and new beside each other, then signed anew."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.claims import actions
from zaigang.claims.actions.settling import question_again
from zaigang.claims.enums import Outcome
from zaigang.claims.forms.correcting import CorrectForm
from zaigang.claims.forms.life import DropForm
from zaigang.claims.models import Claim, Correction
from zaigang.claims.one_stop.asking import answered, proposed
from zaigang.claims.pages.claim import correctable
from zaigang.claims.pages.corrections import correction_page, drops, of_correction, pairs
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import APPROVE, CHECK, REGISTER, VIEW
from zaigang.claims.views.two_steps import UNUSABLE, claim_of
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import requires, staff_of


@requires(REGISTER)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put facts right and see old and new; `look` works it out anew and writes nothing."""
    found = claim_of(request, pk, REGISTER)
    if not correctable(found):
        return redirect("claims:claim", pk=found.pk)
    if request.method == "GET":
        record_read(subject=found.case_id, page="claims:claim", by=staff_of(request))
        return _page(request, found, CorrectForm(facts=found.facts))
    form = CorrectForm(request.POST, facts=found.facts)
    form.is_valid()
    if "look" in request.POST:
        unreadable = [name for name in form.errors if name not in ("outcome", "reason")]
        if unreadable:
            return _page(request, found, form, status=UNUSABLE)
        typed: dict[str, Any] = {name: value for name, value in request.POST.items() if name in form.fields}
        return _page(
            request, found, CorrectForm(facts=found.facts, initial=typed | {"outcome": None}), told=form
        )
    if form.is_valid():
        try:
            made = actions.make_correction(
                claim=found, corrections=form.corrections, outcome=form.cleaned_data["outcome"],
                why=form.cleaned_data["reason"], digest=request.POST.get("digest", ""), by=staff_of(request),
            )  # fmt: skip
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已提出更正，等复核。现在还没有变。"))
            return redirect("claims:correction", pk=made.pk)
    return _page(request, found, form, status=UNUSABLE)


def _page(
    request: HttpRequest,
    found: Claim,
    form: CorrectForm,
    *,
    status: int = 200,
    told: CorrectForm | None = None,
) -> HttpResponse:
    said = told or form
    asked = question_again(found, corrections=said.corrections, late_accepted=False)
    answer, sha256 = answered(asked)
    outcome = proposed(answer)
    if not form.is_bound and not form.initial.get("outcome"):
        form.initial["outcome"] = found.outcome if outcome == Outcome.HOLD else outcome
    chosen = getattr(form, "cleaned_data", {}).get("outcome") or form.initial.get("outcome") or found.outcome
    changed = pairs(found.facts, asked, found.ruling.body, answer, outcomes=(found.outcome, chosen))
    context = {
        "claim": found,
        "name": name_for(staff_of(request), found.case),
        "form": form,
        "pairs": changed,
        "effect": of_correction(found, answer, chosen) if changed else None,
        "proposed": outcome,
        "digest": sha256.hex(),
    }
    return render(request, "claims/life/correct.html", context, status=status)


def _correction(request: HttpRequest, pk: UUID, permission: str) -> Correction:
    related = (
        "claim__case__worker", "claim__case__closure__office", "claim__ruling", "ruling", "before", "made_by",
        "checked_by", "approved_by", "dropped_by",
    )  # fmt: skip
    mine = Correction.objects.for_user(staff_of(request), permission)
    return get_object_or_404(mine.select_related(*related), pk=pk)


@requires(VIEW)
@require_GET
def correction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One correction whole. Reading is recorded."""
    found = _correction(request, pk, VIEW)
    record_read(subject=found.claim.case_id, page="claims:claim", by=staff_of(request))
    return _shown(request, found, DropForm())


def _shown(request: HttpRequest, found: Correction, form: DropForm, status: int = 200) -> HttpResponse:
    page = correction_page(found, staff_of(request))
    context = {"page": page, "correction": found, "claim": found.claim, "form": form}
    return render(request, "claims/life/correction.html", context, status=status)


@requires(CHECK)
@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second signature."""
    found = _correction(request, pk, CHECK)
    actions.check_correction(correction=found, by=staff_of(request))
    messages.success(request, _("已复核，等审批。"))
    return redirect("claims:correction", pk=found.pk)


@requires(APPROVE)
@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last signature: from now on the claim stands on the new decision."""
    found = _correction(request, pk, APPROVE)
    actions.approve_correction(correction=found, by=staff_of(request))
    messages.success(request, _("已审批，照新的核定办。"))
    return redirect("claims:claim", pk=found.claim_id)


@requires(VIEW)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not signed, or taken back."""
    found, form = _correction(request, pk, VIEW), DropForm(request.POST)
    if not drops(found, staff_of(request)):
        raise PermissionDenied(_("提出的人可以收回，复核的人可以不通过；别人不行。"))
    if form.is_valid():
        try:
            actions.drop_correction(
                correction=found, because=form.cleaned_data["because"], by=staff_of(request)
            )
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("没有通过，原来的核定不变。"))
            return redirect("claims:claim", pk=found.claim_id)
    return _shown(request, found, form, UNUSABLE)
