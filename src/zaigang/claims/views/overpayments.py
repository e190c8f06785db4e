"""Money that went out and was not due: looking, telling the worker, agreeing, receiving, letting it be."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims import actions
from zaigang.claims.forms.life import AgreeForm, NotifyForm, ReceiveForm, WriteOffForm
from zaigang.claims.models import Overpayment
from zaigang.claims.pages.overpayments import overpayment_page, ways_of
from zaigang.claims.permissions import APPROVE, PAY, VIEW_PAYMENTS
from zaigang.claims.views.two_steps import UNUSABLE
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import requires, staff_of


def _found(request: HttpRequest, pk: UUID, permission: str) -> Overpayment:
    related = ("claim__case__worker", "claim__case__closure__office", "found_by", "written_off_by")
    mine = Overpayment.objects.for_user(staff_of(request), permission).select_related(*related)
    return get_object_or_404(mine, pk=pk)


@requires(VIEW_PAYMENTS)
@require_GET
def overpayment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One finding whole. Reading is recorded."""
    found = _found(request, pk, VIEW_PAYMENTS)
    record_read(subject=found.claim.case_id, page="claims:claim", by=staff_of(request))
    return _page(request, found)


def _page(request: HttpRequest, found: Overpayment, wrong: forms.Form | None = None) -> HttpResponse:
    today = clock.today()
    fresh: dict[str, forms.Form] = {
        "notifying": NotifyForm(initial={"on": today}),
        "agreeing": AgreeForm(ways=ways_of(found)),
        "receiving": ReceiveForm(initial={"on": today, "once": uuid4()}),
        "writing_off": WriteOffForm(),
    }
    shown = {name: wrong if isinstance(wrong, type(form)) else form for name, form in fresh.items()}
    context = {
        "page": overpayment_page(found, staff_of(request)),
        "overpayment": found,
        "claim": found.claim,
        "form": wrong,
        **shown,
    }
    return render(request, "claims/life/overpayment.html", context, status=UNUSABLE if wrong else 200)


def _done(
    request: HttpRequest, found: Overpayment, form: forms.Form, act: Callable[..., Any], done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            act(overpayment=found, by=staff_of(request), **form.cleaned_data)
        except ZaigangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("claims:overpayment", pk=found.pk)
    return _page(request, found, form)


@requires(PAY)
@require_POST
def notify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The worker was told."""
    found, form = _found(request, pk, PAY), NotifyForm(request.POST)
    return _done(request, found, form, actions.notify, _("已记下：告诉了本人。"))


@requires(PAY)
@require_POST
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it comes back."""
    found = _found(request, pk, PAY)
    form = AgreeForm(request.POST, ways=ways_of(found))
    return _done(request, found, form, actions.agree, _("已记下怎么退。系统不会自己扣款。"))


@requires(PAY)
@require_POST
def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Money came back."""
    found, form = _found(request, pk, PAY), ReceiveForm(request.POST)
    return _done(request, found, form, actions.receive, _("已记下收到的款。"))


@requires(APPROVE)
@require_POST
def write_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A person decides that nobody goes after it."""
    found, form = _found(request, pk, APPROVE), WriteOffForm(request.POST)
    return _done(request, found, form, actions.write_off, _("已记下：不再追。"))
