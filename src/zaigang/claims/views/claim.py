"""One claim: looking, sending back, deciding again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.claims import actions
from zaigang.claims.actions.settling import question_again
from zaigang.claims.errors import DecisionChanged, NothingToPay, ReasonMissing, WrongSignature
from zaigang.claims.explaining import explain_answer
from zaigang.claims.forms import ReturnForm, SettleForm
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.asking import answered, proposed
from zaigang.claims.pages.claim import claim_page
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import CHECK, REGISTER, VIEW
from zaigang.claims.queries.signing import settleable
from zaigang.claims.views.two_steps import UNUSABLE, claim_of
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import requires, staff_of


@requires(VIEW)
@require_GET
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One claim whole. Reading is recorded."""
    found = claim_of(request, pk, VIEW)
    record_read(subject=found.case_id, page="claims:claim", by=staff_of(request))
    return _page(request, found, ReturnForm())


def _page(request: HttpRequest, found: Claim, form: ReturnForm, status: int = 200) -> HttpResponse:
    context = {"page": claim_page(found, staff_of(request)), "claim": found, "form": form}
    return render(request, "claims/claim.html", context, status=status)


@requires(CHECK)
@require_POST
def return_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a claim back to its maker."""
    found = claim_of(request, pk, CHECK)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, UNUSABLE)
    actions.return_claim(claim=found, reason=form.cleaned_data["reason"], by=staff_of(request))
    messages.success(request, _("%(label)s 已退回经办人。") % {"label": found.case.label})
    return redirect("claims:signing")


@requires(REGISTER)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide a claim that was held or sent back. `look` works the proposal out anew and writes nothing."""
    found = claim_of(request, pk, REGISTER)
    if not settleable(found):
        return redirect("claims:claim", pk=found.pk)
    if request.method == "GET":
        record_read(subject=found.case_id, page="claims:claim", by=staff_of(request))
        return _settle_page(request, found, SettleForm(facts=found.facts))
    form = SettleForm(request.POST, facts=found.facts)
    form.is_valid()
    if "look" in request.POST:
        return _looked(request, found, form)
    trouble = _settled(request, found, form) if form.is_valid() else None
    if form.is_valid() and trouble is None:
        messages.success(request, _("已重新决定，等复核。"))
        return redirect("claims:claim", pk=found.pk)
    return _settle_page(request, found, form, trouble, UNUSABLE)


def _looked(request: HttpRequest, found: Claim, form: SettleForm) -> HttpResponse:
    """The proposal to the facts as they are typed now; what is still to be chosen is no error yet."""
    unreadable = [name for name in form.errors if name not in ("outcome", "reason")]
    if unreadable:
        return _settle_page(request, found, form, status=UNUSABLE)
    typed: dict[str, Any] = {name: value for name, value in request.POST.items() if name in form.fields}
    fresh = SettleForm(facts=found.facts, initial=typed | {"outcome": None, "late_accepted": form.late})
    return _settle_page(request, found, fresh, told=form)


def _settled(request: HttpRequest, found: Claim, form: SettleForm) -> ZaigangError | None:
    try:
        actions.settle(
            claim=found, outcome=form.cleaned_data["outcome"], reason=form.cleaned_data["reason"],
            digest=request.POST.get("digest", ""), corrections=form.corrections, late_accepted=form.late,
            by=staff_of(request),
        )  # fmt: skip
    except (DecisionChanged, NothingToPay, ReasonMissing, WrongSignature) as error:
        return error
    return None


def _settle_page(
    request: HttpRequest,
    found: Claim,
    form: SettleForm,
    trouble: ZaigangError | None = None,
    status: int = 200,
    told: SettleForm | None = None,
) -> HttpResponse:
    said = told or form
    asked = question_again(found, corrections=said.corrections, late_accepted=said.late)
    answer, sha256 = answered(asked)
    if not form.is_bound and not form.initial.get("outcome"):
        form.initial["outcome"] = proposed(answer)
    context = {
        "claim": found,
        "name": name_for(staff_of(request), found.case),
        "explanation": explain_answer(found.case_id, answer, asked, on=found.applied_on),
        "proposed": proposed(answer),
        "digest": sha256.hex(),
        "form": form,
        "trouble": trouble,
    }
    return render(request, "claims/settle.html", context, status=status)
