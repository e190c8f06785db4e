"""One visit, two matters: the screen, the check page, the confirmation, the printout."""

from datetime import UTC
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.claims.enums import Obstacle
from zaigang.claims.errors import (
    CannotRegister,
    DecisionChanged,
    NotAtTheWindow,
    NotFilled,
    NothingToPay,
    ReasonMissing,
)
from zaigang.claims.models import Draft, Registration
from zaigang.claims.one_stop.asking import proposed
from zaigang.claims.one_stop.completeness import demand_filled
from zaigang.claims.one_stop.confirming import Confirmation, confirm
from zaigang.claims.one_stop.standing import refuse_unlawful
from zaigang.claims.papers import missing_papers
from zaigang.claims.permissions import REGISTER
from zaigang.claims.queries.unused import carried_to
from zaigang.desk.enums import Page
from zaigang.desk.one_stop.checking import check_cards
from zaigang.desk.one_stop.counter import ticket_of
from zaigang.desk.one_stop.forms import ConfirmForm
from zaigang.desk.one_stop.printing import one_stop_paper
from zaigang.desk.one_stop.visit import Visit, proposal
from zaigang.foundation import clock
from zaigang.hall.models import Ticket
from zaigang.ledger.actions import record_read
from zaigang.offices.models import Staff
from zaigang.offices.permissions import demand, requires, staff_of
from zaigang.outcomes.people import shown_name
from zaigang.roster.models import Case


def _ticket(user: Staff, pk: UUID) -> tuple[Ticket, Case]:
    found = ticket_of(user, pk)
    if found is None or found.case is None:
        raise Http404
    demand(user, REGISTER, found.case.closure.office)
    return found, found.case


def _refusal(case: Case, by: Staff) -> CannotRegister | None:
    """Why nobody may be registered, whatever is typed; None when they may."""
    assert case.worker is not None
    number = (
        Registration.objects.filter(worker=case.worker, current=True).values_list("number", flat=True).first()
    )
    events = case.worker.life_events.filter(current=True).order_by("kind").values_list("kind", flat=True)
    own = by.id_index is not None and bytes(by.id_index) == bytes(case.worker.id_index)
    try:
        refuse_unlawful(case, number=number, life_event=events.first(), own=own)
    except CannotRegister as refusal:
        return refusal
    return None


@requires(REGISTER)
@never_cache
@require_http_methods(["GET", "POST"])
def serve(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """The one screen: what the roster knows is filled in, what is missing is asked, what is due stands beside it."""
    user = staff_of(request)
    found, case = _ticket(user, ticket)
    refusal = _refusal(case, user)
    if refusal is not None:
        return _page(
            request,
            "desk/window/refused.html",
            found,
            case,
            status=200,
            refusal=refusal,
            registration=_registered(case, user),
        )
    visit = Visit(case, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        record_read(subject=case.pk, page=Page.ONE_STOP, by=user)
    elif visit.is_valid:
        visit.keep(user)
        return redirect("desk:check", ticket=ticket)
    return _page(
        request, "desk/window/serve.html", found, case, status=422 if request.method == "POST" else 200, visit=visit,
        decision=visit.proposal.explanation, papers=missing_papers(case, clock.today()),
    )  # fmt: skip


def _registered(case: Case, by: Staff) -> Registration | None:
    """What can be printed again here; a registration at an office where `by` registers nobody is printed there."""
    return Registration.objects.for_user(by, REGISTER).filter(worker=case.worker, current=True).first()


def _page(
    request: HttpRequest, template: str, ticket: Ticket, case: Case, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"ticket": ticket, "case": case, "name": shown_name(staff_of(request), case), **more}
    return render(request, template, context, status=status)


@requires(REGISTER)
@never_cache
@require_GET
def check(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """Everything on one page, not submitted yet; the clerk reads it with the worker and decides."""
    user = staff_of(request)
    found, case = _ticket(user, ticket)
    return _check(request, found, case, None)


def _check(
    request: HttpRequest, ticket: Ticket, case: Case, form: ConfirmForm | None, status: int = 200
) -> HttpResponse:
    draft = Draft.objects.filter(case=case).first()
    if draft is None:
        return redirect("desk:serve", ticket=ticket.pk)
    try:
        demand_filled(draft.answers, case.label)
    except NotFilled as error:
        return _back_to_fill(request, ticket.pk, error)
    late = bool(form and form.data.get("late_accepted"))
    due = proposal(case, draft.answers["corrections"], carried=carried_to(case), late_accepted=late)
    codes = {reason["code"] for reason in due.answer["reasons"]}
    late_possible = late or Obstacle.CLAIMED_LATE in codes
    return _page(
        request, "desk/window/check.html", ticket, case, status=status, draft=draft,
        decision=due.explanation, digest=due.digest,
        cards=check_cards(draft, case), form=form or ConfirmForm(initial={"outcome": proposed(due.answer)}),
        once=uuid4(), seen=draft.saved_at.astimezone(UTC).isoformat(), late_possible=late_possible,
        proposed=proposed(due.answer),
        papers=[paper for paper in missing_papers(case, clock.today()) if not paper.ask],
    )  # fmt: skip


def _back_to_fill(request: HttpRequest, ticket: UUID, error: NotFilled) -> HttpResponse:
    messages.warning(request, f"{error.what}。{error.what_to_do}")
    return redirect("desk:serve", ticket=ticket)


@requires(REGISTER)
@require_POST
def submit(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """The confirmation. Nothing is read before its transaction; a press heard before leads to the same end."""
    user = staff_of(request)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _check(request, *_ticket(user, ticket), form, status=422)
    said = form.cleaned_data
    try:
        key = confirm(
            confirmation=Confirmation(
                ticket=ticket, once=_once(request), digest=request.POST.get("digest", ""), outcome=said["outcome"],
                reason=said["reason"], late_accepted=said["late_accepted"], seen=request.POST.get("seen", ""),
            ),
            by=user,
        )  # fmt: skip
    except NotFilled as error:
        return _back_to_fill(request, ticket, error)
    except ReasonMissing as error:
        form.add_error("reason", str(error.what_to_do))
        return _check(request, *_ticket(user, ticket), form, status=422)
    except NothingToPay as error:
        form.add_error("outcome", f"{error.what}。{error.what_to_do}")
        return _check(request, *_ticket(user, ticket), form, status=422)
    except DecisionChanged as error:
        messages.warning(request, f"{error.what}。{error.what_to_do}")
        return _check(request, *_ticket(user, ticket), form, status=409)
    return redirect("desk:done", registration=key)


def _once(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        raise NotAtTheWindow("这一页已经旧了", "", "请回到窗口页，再核对一次") from None


def _mine(user: Staff, pk: UUID) -> Registration:
    found = Registration.objects.for_user(user, REGISTER).select_related(
        "case__worker", "case__firm", "case__closure__office", "claim__ruling", "claim__made_by", "claim__checked_by",
        "claim__approved_by", "made_by", "ticket",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


@requires(REGISTER)
@never_cache
@require_GET
def done(request: HttpRequest, registration: UUID) -> HttpResponse:
    """What was done, with its number; print, and call the next."""
    found = _mine(staff_of(request), registration)
    context = {"registration": found, "claim": found.claim, "name": shown_name(staff_of(request), found.case)}
    return render(request, "desk/window/done.html", context)


@requires(REGISTER)
@never_cache
@require_GET
def paper(request: HttpRequest, registration: UUID) -> HttpResponse:
    """Registration card and claim receipt as one PDF. A printer that failed costs nothing: the number stays."""
    user = staff_of(request)
    found = _mine(user, registration)
    content = one_stop_paper(found, address=request.build_absolute_uri("/"))
    record_read(subject=found.case_id, page=Page.PRINT, by=user, revealed=["id_number"])
    name = f'inline; filename="{found.number}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})
