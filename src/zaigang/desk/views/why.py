"""The sheet "why this, and what can I do": the worker keeps it, a clerk prints it for them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from zaigang.claims.permissions import VIEW
from zaigang.desk.why.paper import why_paper
from zaigang.ledger.actions import record_read
from zaigang.offices.permissions import demand, requires, staff_of
from zaigang.roster.models import Case
from zaigang.roster.permissions import SEE_NAMES


@requires(VIEW)
@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whoever may see names: the sheet bears the person's."""
    user = staff_of(request)
    cases = Case.objects.people().for_user(user, VIEW).select_related("worker", "closure__office")
    case = get_object_or_404(cases, pk=pk, worker__isnull=False)
    demand(user, SEE_NAMES, case.closure.office)
    record_read(subject=case.pk, page="desk:why_paper", by=user)
    return paper_answer(case)


def paper_answer(case: Case) -> HttpResponse:
    """The PDF, to be shown by the browser and kept by nobody on the way."""
    headers = {"Content-Disposition": 'inline; filename="why.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(why_paper(case), content_type="application/pdf", headers=headers)
