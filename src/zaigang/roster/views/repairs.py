from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import reswap, retarget

from zaigang.foundation import clock
from zaigang.ledger.actions import record_read
from zaigang.ledger.models import SubjectKind
from zaigang.look.htmx import htmx_of
from zaigang.offices.permissions import demand, may, requires, staff_of
from zaigang.roster.actions import repair_case, withdraw_case
from zaigang.roster.context.cells import line_of
from zaigang.roster.context.export import repair_workbook
from zaigang.roster.context.repairs import outcome_of_repair, repairs_of
from zaigang.roster.context.scope import case_for, closure_for, sees_names
from zaigang.roster.enums import CaseState
from zaigang.roster.errors import NotWaiting
from zaigang.roster.forms import CellsForm, WithdrawForm
from zaigang.roster.models import Case
from zaigang.roster.permissions import REPAIR, VIEW_PEOPLE
from zaigang.roster.queries import waiting_row
from zaigang.roster.views.overtaken import overtaken

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(VIEW_PEOPLE)
@require_GET
def repairs(request: HttpRequest, code: str) -> HttpResponse:
    """Every refused row of a closure that waits, by kind of problem."""
    user = staff_of(request)
    closure = closure_for(user, code)
    found = repairs_of(
        closure,
        code=request.GET.get("code", ""),
        page=request.GET.get("page"),
        names=sees_names(user, closure),
    )
    context = {"closure": closure, "list": found, "may_repair": may(user, REPAIR, closure.office)}
    return render(request, "roster/repairs.html", context)


@requires(REPAIR)
@require_GET
def repairs_xlsx(request: HttpRequest, code: str) -> HttpResponseBase:
    """The repair list for the employer, with a column of reasons. Whole cells: who took it is recorded."""
    user = staff_of(request)
    closure = closure_for(user, code)
    demand(user, REPAIR, closure.office)
    content = repair_workbook(closure)
    record_read(
        subject=closure.pk, page="roster.repairs_xlsx", by=user, kind=SubjectKind.CLOSURE, revealed=["cells"]
    )
    name = _("%(code)s 交回单位重报 %(day)s.xlsx") % {"code": closure.code, "day": clock.today().isoformat()}
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


@requires(REPAIR)
@never_cache
@require_http_methods(["GET", "POST"])
def repair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a waiting row right beside the identity card; the cells are shown as typed, and the look is recorded."""
    try:
        return _answer(request, pk)
    except NotWaiting as error:
        return overtaken(request, error, "roster:repairs", case_for(staff_of(request), pk).closure.code)


def _answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = _waiting(request, pk)
    if request.method == "POST":
        return _repair(request, case)
    record_read(subject=case.pk, page="roster.repair", by=staff_of(request), revealed=["id_number"])
    return _form(request, case, CellsForm(waiting_row(case)))


def _waiting(request: HttpRequest, pk: UUID) -> Case:
    """The case that waits; 409 with words once it is settled."""
    user = staff_of(request)
    case = case_for(user, pk)
    demand(user, REPAIR, case.closure.office)
    if case.state != CaseState.AWAITING_REPAIR:
        raise NotWaiting(_("这一行已经处理过了"), case.label, _("请刷新补正清单"))
    return case


def _repair(request: HttpRequest, case: Case) -> HttpResponse:
    form = CellsForm(waiting_row(case), request.POST)
    if form.is_valid():
        case = repair_case(case=case, corrections=form.corrections(), by=staff_of(request))
        if case.state != CaseState.AWAITING_REPAIR:
            return _done(request, case)
        row = waiting_row(Case.objects.get(pk=case.pk))
        form = CellsForm(row, request.POST)
        form.tell(row.codes)
    return _form(request, case, form)


def _form(request: HttpRequest, case: Case, form: CellsForm) -> HttpResponse:
    context = {"case": case, "closure": case.closure, "line": line_of(form.row, names=True), "form": form}
    if htmx_of(request):
        return render(request, "roster/_repair_form.html", context)
    return render(request, "roster/repair.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, case: Case) -> HttpResponse:
    result = outcome_of_repair(case)
    if htmx_of(request):
        done = render(request, "roster/_repair_done.html", {"case": case, "result": result})
        return reswap(retarget(done, f"#case-{case.number}"), "outerHTML")
    messages.success(request, result.text)
    return redirect("roster:repairs", case.closure.code)


@requires(REPAIR)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a waiting row off the roster because it is not a person, with the reason."""
    case = _waiting(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        withdraw_case(case=case, reason=form.cleaned_data["reason"], by=staff_of(request))
        messages.success(request, _("已撤下 %(label)s，不再算作一个人。") % {"label": case.label})
        return redirect("roster:repairs", case.closure.code)
    row = line_of(waiting_row(case), names=True)
    context = {"case": case, "closure": case.closure, "line": row, "form": form}
    return render(request, "roster/withdraw.html", context, status=422 if form.errors else 200)
