from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims import actions, queries
from zaigang.claims.enums import Eligible
from zaigang.claims.explaining import explain
from zaigang.claims.forms import AgencyMonthsForm
from zaigang.claims.pages import rows_of
from zaigang.claims.pages.law import law_words
from zaigang.claims.papers import missing_papers
from zaigang.claims.permissions import DECIDE, VIEW, VIEW_FORECAST
from zaigang.claims.queries.law import earlier_of
from zaigang.foundation import clock
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.roster.models import Case, Closure
from zaigang.roster.permissions import SEE_NAMES

ON_A_PAGE = 50


def _closure(request: HttpRequest, code: str, permission: str) -> Closure:
    closures = Closure.objects.for_user(staff_of(request), permission).select_related("office")
    return get_object_or_404(closures, code=code)


def _case(request: HttpRequest, pk: UUID, permission: str) -> Case:
    cases = Case.objects.people().for_user(staff_of(request), permission)
    return get_object_or_404(cases.select_related("worker", "closure__office"), pk=pk, worker__isnull=False)


@requires(VIEW)
@require_GET
def decisions(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody of a closure with what they are due, by answer and by reason."""
    closure = _closure(request, code, VIEW)
    eligible = request.GET.get("eligible", "")
    eligible = eligible if eligible in Eligible.values else ""
    reason = request.GET.get("reason", "")
    found = queries.decisions_of(closure, eligible=eligible, reason=reason)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    summary = queries.summary(closure)
    context = {
        "closure": closure,
        "summary": summary,
        "answers": [(answer, summary.eligible[answer]) for answer in Eligible],
        "eligible": eligible,
        "reason": reason,
        "reasons": queries.obstacles(closure, eligible=eligible),
        "page": page,
        "rows": rows_of(page),
        "names": may(request.user, SEE_NAMES, closure.office),
        "may_decide": may(request.user, DECIDE, closure.office),
        "sees_forecast": may(request.user, VIEW_FORECAST, closure.office),
    }
    return render(request, "claims/decisions.html", context)


@requires(DECIDE)
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Work out everybody again by today's rules."""
    closure = _closure(request, code, DECIDE)
    counts = actions.decide_closure(closure=closure, by=staff_of(request))
    people = sum(counts[answer] for answer in Eligible.values)
    text = _("已重新测算 %(people)s 人，%(changed)s 人的结果有变化。")
    messages.success(request, text % {"people": f"{people:,}", "changed": f"{counts['changed']:,}"})
    return redirect("claims:decisions", code=closure.code)


@requires(VIEW)
@require_GET
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person's decision, whole, with its reasons and the papers to bring."""
    case = _case(request, pk, VIEW)
    record_read(subject=case.pk, page="claims:decision", by=staff_of(request))
    return _decision_page(request, case, AgencyMonthsForm())


@requires(DECIDE)
@require_POST
def fix_months(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the months that the agency has fixed, and decide again."""
    case = _case(request, pk, DECIDE)
    demand(request.user, DECIDE, case.closure.office)
    form = AgencyMonthsForm(request.POST)
    if not form.is_valid():
        return _decision_page(request, case, form, status=422)
    actions.fix_months(case=case, by=staff_of(request), **form.cleaned_data)
    messages.success(request, _("已录入核定月数，并重新测算。"))
    return redirect("claims:decision", pk=case.pk)


def _decision_page(
    request: HttpRequest, case: Case, form: AgencyMonthsForm, status: int = 200
) -> HttpResponse:
    found = queries.decision_of(case)
    context = {
        "case": case,
        "decision": explain(found) if found else None,
        "papers": missing_papers(case, clock.today()),
        "law": law_words(found.law) if found else "",
        "earlier": list(earlier_of(case)),
        "fixed": queries.agency_months_of(case),
        "form": form,
        "names": may(request.user, SEE_NAMES, case.closure.office),
        "may_decide": may(request.user, DECIDE, case.closure.office),
    }
    return render(request, "claims/decision.html", context, status=status)
