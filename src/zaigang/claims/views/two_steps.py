"""Fill in, see what it will do, confirm: every act in the life of a claim goes this way, by plain POSTs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zaigang.claims.models import Claim
from zaigang.claims.pages.effects import Effect
from zaigang.claims.pages.names import name_for
from zaigang.claims.queries.claims import whole
from zaigang.foundation.errors import ZaigangError
from zaigang.look.components import Text
from zaigang.offices.permissions import staff_of

UNUSABLE = 422


@dataclass(frozen=True, slots=True)
class Act:
    """What the page says. `title` is the act, `heading` names the person in it (%(name)s), `done` follows it."""

    title: Text
    heading: Text
    done: Text
    intro: tuple[Text, ...] = ()


def claim_of(request: HttpRequest, pk: UUID, permission: str) -> Claim:
    """The claim, where the reader holds the permission; else it is not found."""
    return get_object_or_404(whole(staff_of(request), permission), pk=pk)


def in_two_steps(
    request: HttpRequest,
    claim: Claim,
    form: forms.Form,
    act: Act,
    *,
    effect: Callable[[Mapping[str, Any]], Effect],
    write: Callable[[Mapping[str, Any]], Any],
) -> HttpResponse:
    """`effect` and `write` are given what was filled in. Written only with the key of the effect that was shown."""
    shown: Effect | None = None
    changed = False
    if request.method == "POST" and form.is_valid():
        sure = request.POST.get("sure")
        try:
            shown = effect(form.cleaned_data)
            if sure == shown.key:
                write(form.cleaned_data)
                messages.success(request, str(act.done))
                return redirect("claims:claim", pk=claim.pk)
        except ZaigangError as error:
            form.add_error(None, str(error))
            shown = None
        changed = bool(sure) and shown is not None
    context = {
        "claim": claim,
        "act": act,
        "heading": act.heading % {"name": name_for(staff_of(request), claim.case)},
        "form": form,
        "effect": shown,
        "changed": changed,
    }
    status = UNUSABLE if form.is_bound and form.errors else 200
    return render(request, "claims/life/act.html", context, status=status)
