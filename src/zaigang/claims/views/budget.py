"""The fund's forecast: all closures that the reader may see, or one of them. Sums only: no name is on these pages."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zaigang.claims.exports import budget_workbook
from zaigang.claims.forms import BudgetForm
from zaigang.claims.pages import budget_page
from zaigang.claims.permissions import VIEW, VIEW_FORECAST
from zaigang.claims.views.payments import XLSX
from zaigang.foundation import clock
from zaigang.offices.permissions import may, requires, staff_of
from zaigang.roster.models import Closure


def _closures(request: HttpRequest) -> list[Closure]:
    found = Closure.objects.for_user(staff_of(request), VIEW_FORECAST)
    return list(found.select_related("office").order_by("office__path", "code"))


def _closure(request: HttpRequest, code: str) -> Closure:
    found = Closure.objects.for_user(staff_of(request), VIEW_FORECAST).select_related("office")
    return get_object_or_404(found, code=code)


@requires(VIEW_FORECAST)
@require_GET
def budget(request: HttpRequest) -> HttpResponse:
    """What the fund pays month by month, for all closures."""
    return _page(request, _closures(request), None)


@requires(VIEW_FORECAST)
@require_GET
def forecast(request: HttpRequest, code: str) -> HttpResponse:
    """The same for one closure, with the sources of its amounts."""
    closure = _closure(request, code)
    return _page(request, [closure], closure)


def _page(request: HttpRequest, closures: Sequence[Closure], one: Closure | None) -> HttpResponse:
    form = _form(request)
    context = {
        "page": budget_page(closures, form.assumption(), clock.today(), sources=one),
        "closure": one,
        "form": form,
        "sees_names": one is not None and may(request.user, VIEW, one.office),
        "asked": request.GET.urlencode(),
    }
    return render(request, "claims/forecast.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest) -> BudgetForm:
    usual = {"curve": BudgetForm.USUAL.curve, "share": BudgetForm.USUAL.share}
    return BudgetForm(usual | request.GET.dict())


@requires(VIEW_FORECAST)
@require_GET
def budget_xlsx(request: HttpRequest) -> HttpResponse:
    """The forecast of all closures as .xlsx."""
    return _file(request, _closures(request), _("全部"))


@requires(VIEW_FORECAST)
@require_GET
def forecast_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The forecast of one closure as .xlsx."""
    closure = _closure(request, code)
    return _file(request, [closure], f"{closure.name}（{closure.code}）", closure)


def _file(
    request: HttpRequest, closures: Sequence[Closure], title: str, one: Closure | None = None
) -> HttpResponse:
    on, code = clock.today(), one.code if one else "all"
    page = budget_page(closures, _form(request).assumption(), on, sources=one)
    content = budget_workbook(page, title, on=on)
    headers = {"Content-Disposition": f'attachment; filename="forecast-{code}-{on:%Y%m%d}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
