from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zaigang.claims.permissions import VIEW_FORECAST
from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.hall.permissions import VIEW_HALL
from zaigang.offices.permissions import may, requires, staff_of
from zaigang.outcomes.enums import State
from zaigang.outcomes.exports import funnel_xlsx
from zaigang.outcomes.funnel import Standing, funnel, names, sums_of
from zaigang.outcomes.hall_days import hall_days
from zaigang.outcomes.pages import eventful_days, funnel_page, money_ahead
from zaigang.outcomes.people import shown_name
from zaigang.outcomes.permissions import VIEW_FUNNEL, VIEW_NAMES
from zaigang.outcomes.tasks import tasks_of
from zaigang.roster.models import Case, Closure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES_ON_A_PAGE = 100
#: Before any office kept records on a computer; dates before it are slips of the keyboard.
EARLIEST = date(1990, 1, 1)


def asked_day(request: HttpRequest) -> date:
    """The day in `?on=`, today when absent. Raises ZaigangError for what is no date or lies ahead."""
    text = request.GET.get("on", "")
    try:
        day = date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise ZaigangError(_("日期看不懂"), text[:20], _("请写成 2016-01-15 的样子")) from None
    if not EARLIEST <= day <= clock.today():
        raise ZaigangError(_("这一天没有可看的"), text, _("请选今天或更早的日期"))
    return day


def _closure(request: HttpRequest, code: str, permission: str = VIEW_FUNNEL) -> Closure:
    closures = Closure.objects.for_user(staff_of(request), permission).select_related("office")
    return get_object_or_404(closures, code=code)


@requires(VIEW_FUNNEL)
@require_GET
def closures(request: HttpRequest) -> HttpResponse:
    """All closures that the person may see, with their sums."""
    on = asked_day(request)
    shown = list(Closure.objects.for_user(staff_of(request), VIEW_FUNNEL).select_related("office"))
    sums = sums_of([closure.pk for closure in shown], on)
    lines = [(closure, sums[closure.pk], sums[closure.pk].states[State.AWAITING_REPAIR]) for closure in shown]
    totals = {
        "rows": sum(line[1].rows for line in lines),
        "duplicate_rows": sum(line[1].duplicate_rows for line in lines),
        "people": sum(line[1].people for line in lines),
        "waiting": sum(line[2] for line in lines),
    }
    return render(request, "outcomes/closures.html", {"on": on, "lines": lines, "totals": totals})


@requires(VIEW_FUNNEL)
@require_GET
def funnel_of_closure(request: HttpRequest, code: str) -> HttpResponse:
    """The director's page. Without the right to see names its numbers are no links."""
    on = asked_day(request)
    closure = _closure(request, code)
    page = funnel_page(closure, on)
    sees_names = may(request.user, VIEW_NAMES, closure.office)
    context = {
        "closure": closure,
        "page": page,
        "funnel": page.funnel,
        "rows": page.rows(link=sees_names),
        "all_names": page.names_url("all") if sees_names else "",
        "days": eventful_days(closure.pk, clock.today()),
        "tasks": tasks_of(staff_of(request), closure),
        "today": clock.today(),
        "hall": hall_days(closure.office, on) if may(request.user, VIEW_HALL, closure.office) else None,
        "money": money_ahead(closure) if may(request.user, VIEW_FORECAST, closure.office) else None,
    }
    return render(request, "outcomes/funnel.html", context)


@requires(VIEW_FUNNEL)
@require_GET
def funnel_as_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table of the director's page as a spreadsheet: sums only."""
    on = asked_day(request)
    closure = _closure(request, code)
    body = funnel_xlsx(closure, funnel(closure.pk, on))
    name = f"{closure.code}-{on:%Y%m%d}.xlsx"
    return HttpResponse(body, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@requires(VIEW_NAMES)
@require_GET
def names_of_state(request: HttpRequest, code: str, state: str) -> HttpResponse:
    """Who is behind a number; `all` for everybody."""
    if state not in {*State.values, "all"}:
        raise Http404
    on = asked_day(request)
    closure = _closure(request, code, VIEW_NAMES)
    standings = names(closure.pk, on, None if state == "all" else state)
    page = Paginator(standings, NAMES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "closure": closure,
        "on": on,
        "title": _("全部") if state == "all" else State(state).label,
        "count": len(standings),
        "page": page,
        "people": _people(request, list(page.object_list)),
    }
    return render(request, "outcomes/names.html", context)


def _people(request: HttpRequest, standings: list[Standing]) -> list[dict[str, object]]:
    pks: list[UUID] = [one.case for one in standings]
    cases = Case.objects.select_related("worker", "closure__office", "firm").in_bulk(pks)
    return [
        {
            "case": case,
            "name": shown_name(staff_of(request), case),
            "state": State(one.state).label,
            "since": one.since,
        }
        for one in standings
        if (case := cases.get(one.case)) is not None
    ]
