"""Months of payment: releasing, making lists, handing them to the bank."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims import actions
from zaigang.claims.errors import NotDue
from zaigang.claims.forms import DownloadForm
from zaigang.claims.lists import list_data
from zaigang.claims.models import PaymentList
from zaigang.claims.pages.names import name_for
from zaigang.claims.pages.payments import month_page, payment_rows
from zaigang.claims.permissions import CHECK, PAY, VIEW_PAYMENTS
from zaigang.claims.printing import payment_list_pdf, payment_list_xlsx
from zaigang.claims.queries.back_pay import back_pay_on
from zaigang.claims.queries.payments import changes_of, lists_for, months_for, with_people
from zaigang.foundation import clock
from zaigang.ledger.actions import record_read
from zaigang.ledger.models import SubjectKind
from zaigang.offices.models import Office
from zaigang.offices.permissions import may, requires, staff_of, where

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ON_A_PAGE = 100


def office_of_address(request: HttpRequest, code: str, permission: str) -> Office:
    """The office of the address, where the reader holds the permission. Raises Http404."""
    return get_object_or_404(Office.objects.filter(pk__in=where(staff_of(request), permission)), code=code)


def month_of_address(text: str) -> date:
    """The month of an address such as 2016-01. Raises Http404 for anything else."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if month == date.min:  # nothing comes before it that it could be compared with
        raise Http404
    return month


def _list(request: HttpRequest, pk: UUID, permission: str) -> PaymentList:
    return get_object_or_404(lists_for(staff_of(request), permission), pk=pk)


@requires(VIEW_PAYMENTS)
@require_GET
def payments(request: HttpRequest) -> HttpResponse:
    """Every month of the reader's offices: planned, released, listed, in persons and yuan."""
    user, today = staff_of(request), clock.today().replace(day=1)
    months = months_for(user)
    context = {
        "begun": [one for one in months if one.month <= today][::-1],
        "ahead": [one for one in months if one.month > today],
        "several": len({one.office.pk for one in months}) > 1,
        "may_sign": may(user, CHECK),
    }
    return render(request, "claims/payments.html", context)


@requires(VIEW_PAYMENTS)
@require_GET
def month(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """Who waits for release, who is on which list, who is new and who is gone."""
    place = office_of_address(request, office, VIEW_PAYMENTS)
    page = month_page(place, month_of_address(month), staff_of(request))
    begun = page.month <= clock.today()
    context = {"page": page, "begun": begun, "may_pay": begun and may(request.user, PAY, place)}
    return render(request, "claims/release.html", context)


@requires(PAY)
@require_POST
def release(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """Let the ticked payments of a month go out."""
    place, when = office_of_address(request, office, PAY), month_of_address(month)
    chosen = [int(text) for text in request.POST.getlist("payments") if text.isdecimal()]
    if not chosen:
        messages.warning(request, _("没有选中人。请先勾选，再放行。"))
        return redirect("claims:month", office=office, month=month)
    released = actions.release(office=place, month=when, payments=chosen, by=staff_of(request))
    messages.success(request, _("已放行 %(n)s 人。") % {"n": f"{released:,}"})
    left = len(chosen) - released
    if left:
        messages.info(
            request, _("%(n)s 人没有放行：已经放行或停发了，或者是您自己的档案。") % {"n": f"{left:,}"}
        )
    return redirect("claims:month", office=office, month=month)


@requires(PAY)
@require_POST
def make_list(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """Put everything released on a list."""
    place = office_of_address(request, office, PAY)
    try:
        made = actions.make_list(office=place, month=month_of_address(month), by=staff_of(request))
    except NotDue as error:
        messages.warning(request, str(error))
        return redirect("claims:month", office=office, month=month)
    words = {"batch": made.batch, "n": f"{made.persons:,}", "yuan": f"{made.control_sum:,.2f}"}
    messages.success(request, _("第 %(batch)s 批名册：%(n)s 人，%(yuan)s 元。") % words)
    return redirect("claims:list", pk=made.pk)


@requires(VIEW_PAYMENTS)
@require_GET
def list_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One list with its lines; each leads to its claim."""
    return _list_page(request, _list(request, pk, VIEW_PAYMENTS), DownloadForm())


def _list_page(
    request: HttpRequest, made: PaymentList, form: DownloadForm, status: int = 200
) -> HttpResponse:
    changed = changes_of(made)
    page = Paginator(with_people(made.payments.all()), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "made": made,
        "page": page,
        "rows": payment_rows(page, staff_of(request), changed.new),
        "back_pay": [(one, name_for(staff_of(request), one.payment.claim.case)) for one in back_pay_on(made)],
        "new": len(changed.new),
        "gone": len(changed.gone),
        "may_pay": may(request.user, PAY, made.office),
        "form": form,
    }
    return render(request, "claims/list.html", context, status=status)


@requires(VIEW_PAYMENTS)
@require_GET
def list_xlsx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list as a spreadsheet, names and numbers masked."""
    return _file(_list(request, pk, VIEW_PAYMENTS), "xlsx", whole=False)


@requires(VIEW_PAYMENTS)
@require_GET
def list_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list as paper, names and numbers masked."""
    return _file(_list(request, pk, VIEW_PAYMENTS), "pdf", whole=False)


@requires(PAY)
@never_cache
@require_POST
def list_whole(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list with whole names and numbers, for the bank. Asked for with a reason, which is recorded."""
    made = _list(request, pk, PAY)
    form = DownloadForm(request.POST)
    if not form.is_valid():
        return _list_page(request, made, form, 422)
    closures = made.payments.order_by().values_list("claim__case__closure", flat=True).distinct()
    for closure in closures:
        record_read(
            subject=closure, kind=SubjectKind.CLOSURE, page="claims:list", by=staff_of(request),
            revealed=["id_number", "bank_account"], reason=form.cleaned_data["reason"],
        )  # fmt: skip
    return _file(made, "pdf" if request.POST.get("format") == "pdf" else "xlsx", whole=True)


def _file(made: PaymentList, ending: str, *, whole: bool) -> HttpResponse:
    data = list_data(made, whole=whole)
    content = payment_list_pdf(data, made_at=made.made_at) if ending == "pdf" else payment_list_xlsx(data)
    name = f"payments-{made.office.code}-{made.month:%Y%m}-{made.batch}{'' if whole else '-masked'}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=PDF if ending == "pdf" else XLSX, headers=headers)
