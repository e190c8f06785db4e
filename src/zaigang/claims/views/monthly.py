"""The month's run: starting it, its protocol, and the office's choices."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims import actions
from zaigang.claims.errors import NotDue
from zaigang.claims.forms import MonthlyRuleForm
from zaigang.claims.pages.monthly import run_page
from zaigang.claims.permissions import APPROVE, PAY, VIEW_PAYMENTS
from zaigang.claims.views.payments import month_of_address, office_of_address
from zaigang.foundation import clock
from zaigang.offices.models import Office
from zaigang.offices.permissions import may, requires, staff_of


@requires(VIEW_PAYMENTS)
@require_GET
def run(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """What the run of the month did, what waits and why, by whom it was started."""
    place = office_of_address(request, office, VIEW_PAYMENTS)
    return _page(request, place, month_of_address(month))


def _page(
    request: HttpRequest, office: Office, month: date, form: MonthlyRuleForm | None = None, status: int = 200
) -> HttpResponse:
    begun = month <= clock.today()
    page = run_page(office, month, staff_of(request))
    chosen = {"cut_off_day": page.rule.cut_off_day, "starts_on_day": page.rule.starts_on_day}
    context = {
        "page": page,
        "begun": begun,
        "may_run": begun and may(request.user, PAY, office),
        "may_choose": may(request.user, APPROVE, office),
        "form": form or MonthlyRuleForm(initial=chosen),
        "here": reverse("claims:run", args=[office.code, f"{month:%Y-%m}"]),
    }
    return render(request, "claims/run.html", context, status=status)


@requires(PAY)
@require_POST
def start_run(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """Have the month run in the background."""
    place = office_of_address(request, office, PAY)
    try:
        actions.start_run(office=place, month=month_of_address(month), by=staff_of(request))
    except NotDue as error:
        messages.warning(request, str(error))
    return redirect("claims:run", office=office, month=month)


@requires(APPROVE)
@require_POST
def set_monthly_rule(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """Choose the cut-off day, and the day on which the run starts by itself."""
    place = office_of_address(request, office, APPROVE)
    form = MonthlyRuleForm(request.POST)
    if not form.is_valid():
        return _page(request, place, month_of_address(month), form, 422)
    actions.set_monthly_rule(office=place, by=staff_of(request), **form.cleaned_data)
    messages.success(request, _("规则已保存。"))
    return redirect("claims:run", office=office, month=month)
