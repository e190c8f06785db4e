from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zaigang.desk import actions
from zaigang.desk.enums import Number, Reason
from zaigang.desk.labels import code_words, field_label
from zaigang.desk.provenance import place_of
from zaigang.desk.worker_page import worker_page
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may, requires, staff_of
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case
from zaigang.roster.permissions import REPAIR, REVEAL, VIEW_PEOPLE
from zaigang.roster.queries import waiting_row


def _case(user: Staff, pk: UUID) -> Case:
    """An outsider finds nothing here, not even that there is somebody."""
    cases = Case.objects.for_user(user).select_related(
        "worker", "firm", "closure__office", "same_as__closure"
    )
    return get_object_or_404(cases, pk=pk)


@requires(VIEW_PEOPLE)
@never_cache
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The worker's page. Opening it is recorded."""
    user = staff_of(request)
    found = _case(user, pk)
    actions.note_look(case=found, by=user)
    if found.state == CaseState.AWAITING_REPAIR:
        return _waiting(request, found, user)
    return _page(request, found, user)


@requires(REVEAL)
@never_cache
@require_POST
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same page with one whole number on it. Comes by POST and is kept by no cache."""
    user = staff_of(request)
    found = _case(user, pk)
    number = request.POST.get("number", "")
    value = actions.reveal(case=found, number=number, reason=request.POST.get("reason", ""), by=user)
    return _page(request, found, user, revealed={number: value})


def _page(
    request: HttpRequest, found: Case, user: Staff, revealed: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "page": worker_page(found, user),
        "case": found,
        "reasons": Reason.choices,
        "numbers": Number,
        "revealed": revealed or {},
    }
    return render(request, "desk/case.html", context)


def _waiting(request: HttpRequest, found: Case, user: Staff) -> HttpResponse:
    """A row that is a person whose facts cannot be read yet: which row, what is wrong, where to repair it."""
    row = waiting_row(found)
    context = {
        "case": found,
        "place": place_of(row),
        "problems": code_words(row.codes),
        "cells": [(field_label(name), bool(value)) for name, value in row.content["cells"].items()],
        "may_repair": may(user, REPAIR, found.closure.office),
    }
    return render(request, "desk/waiting.html", context)
