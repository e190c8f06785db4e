"""Claims that wait for a signature; checking and approving in bulk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims import actions
from zaigang.claims.enums import Outcome
from zaigang.claims.pages.signing import signing_rows
from zaigang.claims.permissions import APPROVE, CHECK
from zaigang.claims.queries.signing import waiting, with_first_month
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may, requires, staff_of

ON_A_PAGE = 50
#: Step of the address -> the right that it needs.
STEPS = {"check": CHECK, "approve": APPROVE}
FILTERS = {"": Q(), "differs": Q(differs=True), "refuse": Q(outcome=Outcome.REFUSE)}


# Whoever may approve may check; who may only check sees no other step.
@requires(CHECK)
@require_GET
def signing(request: HttpRequest) -> HttpResponse:
    """What waits for the second signature, or for the last, at the reader's offices."""
    user = staff_of(request)
    steps = {step: waiting(user, right).count() for step, right in STEPS.items() if may(user, right)}
    step = _step(request, steps)
    only = request.GET.get("only", "")
    only = only if only in FILTERS else ""
    found = with_first_month(waiting(user, STEPS[step]).filter(FILTERS[only]))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = signing_rows(page, user)
    context = {
        "step": step,
        "steps": [(one, {"check": _("等复核"), "approve": _("等审批")}[one], n) for one, n in steps.items()],
        "waiting": steps[step],
        "only": only,
        "filters": [("", _("全部")), ("differs", _("与测算不同")), ("refuse", _("决定不发放"))],
        "page": page,
        "rows": rows,
        "ticked": sum(row.ticked for row in rows),
        "signable": any(not row.barred for row in rows),
    }
    return render(request, "claims/signing.html", context)


def _step(request: HttpRequest, steps: dict[str, int]) -> str:
    """The step asked for; else the first with something to do."""
    step = request.GET.get("step", "")
    return step if step in steps else next((one for one in steps if steps[one]), "check")


@requires(CHECK)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Give the second signature to the ticked claims."""
    return _sign(request, "check", actions.check, _("已复核 %(n)s 份。"))


@requires(APPROVE)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Give the last signature to the ticked claims."""
    return _sign(request, "approve", actions.approve, _("已审批 %(n)s 份。"))


def _sign(request: HttpRequest, step: str, act: Callable[..., actions.Signed], done: str) -> HttpResponse:
    claims, user = chosen_claims(request), staff_of(request)
    if claims:
        _tell(request, act(claims=claims, by=user), done)
    else:
        messages.warning(request, _("没有选中申领。请先勾选，再签。"))
    return redirect(f"{reverse('claims:signing')}?step={step if _waits(user, step) else ''}")


def _waits(user: Staff, step: str) -> bool:
    return waiting(user, STEPS[step]).exists()


def chosen_claims(request: HttpRequest) -> list[UUID]:
    """The ticked claims; what is no key is left out."""
    found = []
    for text in request.POST.getlist("claims"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _tell(request: HttpRequest, signed: actions.Signed, done: str) -> None:
    lines: list[tuple[Any, int, str]] = [
        (messages.success, signed.done, done),
        (
            messages.warning,
            signed.own,
            _("%(n)s 份没有签：您经办过、签过，或者是您自己的档案，要别的同事来签。"),
        ),
        (messages.info, signed.gone, _("%(n)s 份没有签：已经不等这一步了，可能别人先签了或退回了。")),
    ]
    for tell, number, words in lines:
        if number:
            tell(request, words % {"n": f"{number:,}"})
