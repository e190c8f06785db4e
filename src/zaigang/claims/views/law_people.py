"""Whom a version of the law reaches, person by person, and the decisions that it took the place of."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from zaigang.claims.enums import Change, NeedsPerson
from zaigang.claims.explaining import explain_answer
from zaigang.claims.law_exports import people_xlsx
from zaigang.claims.models import LawEffect, LawFile, LawRun
from zaigang.claims.pages.law import effect_rows, law_words
from zaigang.claims.pages.names import name_for
from zaigang.claims.permissions import VIEW
from zaigang.claims.queries.law import effects_for, files_for
from zaigang.claims.views.payments import XLSX
from zaigang.ledger.actions import record_read
from zaigang.ledger.models import SubjectKind
from zaigang.offices.permissions import requires, staff_of

ON_A_PAGE = 50


def _run(request: HttpRequest, pk: UUID) -> tuple[LawFile, LawRun]:
    """The version and its newest pass: the re-decision goes before the preview."""
    file = get_object_or_404(files_for(staff_of(request), VIEW), pk=pk)
    run = file.runs.order_by("kind").first()
    if run is None:
        raise Http404
    return file, run


@requires(VIEW)
@require_GET
def people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody whom the version reaches, all or by one kind of change or reason."""
    (file, run), reader = _run(request, pk), staff_of(request)
    change, needs = request.GET.get("change", ""), request.GET.get("needs", "")
    change = change if change in Change.values else ""
    needs = needs if needs in NeedsPerson.values else ""
    page = Paginator(effects_for(run, reader, change=change, needs=needs), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "file": file,
        "run": run,
        "page": page,
        "rows": effect_rows(page, reader),
        "change": change,
        "needs": needs,
        "changes": Change,
        "reasons": NeedsPerson,
    }
    return render(request, "claims/law_people.html", context)


@requires(VIEW)
@require_GET
def people_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as a spreadsheet; that somebody took it is on record."""
    (file, run), reader = _run(request, pk), staff_of(request)
    rows = effect_rows(effects_for(run, reader), reader)
    for closure in sorted({row.effect.case.closure_id for row in rows}):
        record_read(subject=closure, kind=SubjectKind.CLOSURE, page="claims:law_people_xlsx", by=reader)
    name = f"law-{file.territory}-{file.sha256[:8]}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(people_xlsx(file, rows), content_type=XLSX, headers=headers)


@requires(VIEW)
@require_GET
def earlier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A decision as it was before a change of the law, word for word."""
    found = LawEffect.objects.for_user(staff_of(request), VIEW).filter(applied=True)
    related = ("case__worker", "case__closure__office", "before", "run__file")
    effect = get_object_or_404(found.select_related(*related), pk=pk)
    record_read(subject=effect.case_id, page="claims:earlier", by=staff_of(request))
    assert effect.before is not None and effect.facts_before is not None and effect.decided_before is not None
    context = {
        "effect": effect,
        "name": name_for(staff_of(request), effect.case),
        "decision": explain_answer(
            effect.case_id, effect.before.body, effect.facts_before, on=effect.decided_before
        ),
        "law": law_words(effect.law_before),
    }
    return render(request, "claims/earlier.html", context)
