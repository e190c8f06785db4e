from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from zaigang.ledger.actions import record_read
from zaigang.look.htmx import htmx_of
from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.roster.actions import correct_row
from zaigang.roster.context.cells import line_of
from zaigang.roster.context.preview import add_changes, known_case, overview_of
from zaigang.roster.context.scope import row_for, sees_names
from zaigang.roster.enums import FileState, Outcome
from zaigang.roster.errors import AlreadyImported
from zaigang.roster.forms import CellsForm
from zaigang.roster.models import RosterFile, RosterRow
from zaigang.roster.permissions import IMPORT, REPAIR
from zaigang.roster.views.overtaken import overtaken


@requires(REPAIR)
@never_cache
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the cells of one row before the file is imported: in its place in the list, or on a page."""
    user = staff_of(request)
    found = row_for(user, pk)
    file = found.file
    demand(user, REPAIR, file.closure.office)
    try:
        return _answer(request, file, found)
    except AlreadyImported as error:
        return overtaken(request, error, "roster:repairs", file.closure.code)


def _answer(request: HttpRequest, file: RosterFile, found: RosterRow) -> HttpResponse:
    if file.state == FileState.IMPORTED:
        raise AlreadyImported(_("这份花名册已经导入"), str(found), _("请到补正清单里改这一行"))
    if request.method == "POST":
        return _correct(request, file, found)
    case = known_case(file, found)
    if case is not None:
        record_read(subject=case.pk, page="roster.row", by=staff_of(request), revealed=["id_number"])
    return _form(request, file, found, CellsForm(found))


def _correct(request: HttpRequest, file: RosterFile, found: RosterRow) -> HttpResponse:
    form = CellsForm(found, request.POST)
    if form.is_valid():
        found = correct_row(row=found, corrections=form.corrections(), by=staff_of(request))
        if found.outcome != Outcome.ERROR:
            return _done(request, file, found)
        form = CellsForm(found, request.POST)
        form.tell(found.codes)
    return _form(request, file, found, form)


def _form(request: HttpRequest, file: RosterFile, found: RosterRow, form: CellsForm) -> HttpResponse:
    line = line_of(found, names=True)
    context = {"file": file, "closure": file.closure, "line": line, "form": form}
    if htmx_of(request):
        return render(request, "roster/_row_form.html", context)
    return render(request, "roster/row.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, file: RosterFile, found: RosterRow) -> HttpResponse:
    user = staff_of(request)
    said = _("第 %(row)d 行改好了：%(outcome)s。") % {
        "row": found.row,
        "outcome": found.get_outcome_display(),
    }
    if not htmx_of(request):
        messages.success(request, said)
        return redirect("roster:file", file.pk)
    line = line_of(found, names=sees_names(user, file.closure))
    add_changes(file, [line])
    context = {
        "file": file, "line": line, "said": said, "may_repair": True,
        "overview": overview_of(file, _query_of_page(request)),
        "may_import": may(user, IMPORT, file.closure.office),
    }  # fmt: skip
    return reswap(
        retarget(render(request, "roster/_row_done.html", context), f"#row-{found.ordinal}"), "outerHTML"
    )


def _query_of_page(request: HttpRequest) -> QueryDict:
    """The filters of the list in which the row stands; a form knows only its own address."""
    return QueryDict(urlsplit(htmx_of(request).current_url or "").query)
