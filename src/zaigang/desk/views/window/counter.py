"""The window: call, begin, finish. Each act is one statement; the page after it shows what stands there now."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zaigang.claims.permissions import REGISTER
from zaigang.desk.one_stop.counter import Counter, counter_of
from zaigang.desk.views.search import LONGEST, Found
from zaigang.foundation.errors import ZaigangError
from zaigang.hall import actions, verbs
from zaigang.hall.enums import TicketState, WindowState
from zaigang.hall.errors import NobodyWaiting
from zaigang.hall.models import Window
from zaigang.hall.permissions import SERVE
from zaigang.offices.permissions import may, requires, staff_of
from zaigang.outcomes.people import shown_name
from zaigang.roster.models import Case
from zaigang.roster.queries import search

FOUND_SHOWN = 12


@requires(SERVE)
@never_cache
@require_GET
def counter(request: HttpRequest) -> HttpResponse:
    """Where the clerk sits and who stands there; without a window, the windows to sit down at."""
    return _page(request, counter_of(staff_of(request)))


def _page(request: HttpRequest, here: Counter, **more: Any) -> HttpResponse:
    context = {
        "counter": here,
        "windows": here.day.windows.select_related("staff") if here.day and not here.window else [],
        "others": _others(here),
        "may_register": may(request.user, REGISTER),
        **more,
    }
    return render(request, "desk/window/counter.html", context)


def _others(here: Counter) -> list[Window]:
    """Windows that somebody may be sent to."""
    if here.ticket is None or here.window is None:
        return []
    others = Window.objects.filter(service_day=here.window.service_day_id).exclude(state=WindowState.CLOSED)
    return list(others.exclude(pk=here.window.pk))


@requires(SERVE)
@never_cache
@require_GET
def queues(request: HttpRequest) -> HttpResponse:
    """Who waits for this window, for the page that asks every few seconds."""
    here = counter_of(staff_of(request))
    # Without a window there is nothing to renew: the page is asked for whole.
    return (
        render(request, "desk/window/_queues.html", {"counter": here})
        if here.window
        else HttpResponse(status=204)
    )


@requires(SERVE)
@require_POST
def sit_down(request: HttpRequest) -> HttpResponse:
    """Take a window."""
    user = staff_of(request)
    days = counter_of(user).day
    window = get_object_or_404(Window, pk=_uuid(request, "window"), service_day=days)
    actions.sit_down(window=window, by=user)
    return redirect("desk:window")


@requires(SERVE)
@require_POST
def change(request: HttpRequest, turn: str) -> HttpResponse:
    """Pause, go on, or leave the window."""
    user = staff_of(request)
    turns = {"pause": actions.pause, "resume": actions.resume, "leave": actions.get_up}
    window = get_object_or_404(
        Window.objects.select_related("service_day"), staff=user, pk=_uuid(request, "window")
    )
    if turn not in turns:
        raise Http404
    turns[turn](window=window, by=user)
    return redirect("desk:window")


@requires(SERVE)
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """F2: whoever is next."""
    # The statement itself looks whether the window is this person's: no read before it.
    window = Window(pk=_uuid(request, "window"), number=0)
    try:
        verbs.call(window=window, by=staff_of(request))
    except NobodyWaiting:
        messages.info(request, _("没有人在等。有人取号时，叫号屏和这里会更新。"))
    return redirect("desk:window")


_ACTS: dict[str, Callable[..., verbs.Moved]] = {
    "recall": verbs.recall, "begin": verbs.begin, "finish": verbs.finish, "no_show": verbs.no_show,
}  # fmt: skip


@requires(SERVE)
@require_POST
def act(request: HttpRequest, name: str) -> HttpResponse:
    """Recall, begin, finish, or note that nobody came."""
    if name not in _ACTS:
        raise Http404
    _ACTS[name](ticket=_uuid(request, "ticket"), by=staff_of(request))
    return redirect("desk:window")


@requires(SERVE)
@require_POST
def transfer(request: HttpRequest) -> HttpResponse:
    """Send somebody to another window."""
    to = get_object_or_404(Window, pk=_uuid(request, "to"))
    moved = verbs.transfer(ticket=_uuid(request, "ticket"), to=to, by=staff_of(request))
    words = _("%(ticket)s 已转到 %(window)s 号窗口，排在前面。")
    messages.success(request, words % {"ticket": moved.label, "window": to.number})
    return redirect("desk:window")


@requires(SERVE)
@never_cache
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Look for the person who stands here. Comes by POST: a name never stands in an address."""
    user = staff_of(request)
    text = request.POST.get("text", "").strip()[:LONGEST]
    cases = search(user, text, limit=FOUND_SHOWN)
    found = [Found(case, shown_name(user, case)) for case in cases]
    return _page(request, counter_of(user), text=text, asked=True, found=found)


@requires(SERVE)
@require_POST
def identify(request: HttpRequest) -> HttpResponse:
    """This is the person: the ticket is theirs, and serving begins."""
    user = staff_of(request)
    cases = Case.objects.people().for_user(user).select_related("closure__office")
    case = get_object_or_404(cases, pk=_uuid(request, "case"), worker__isnull=False)
    moved = verbs.identify(ticket=_uuid(request, "ticket"), case=case, by=user)
    if moved.state == TicketState.SERVING and may(user, REGISTER, case.closure.office):
        return redirect("desk:serve", ticket=moved.id)
    return redirect("desk:window")


def _uuid(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise ZaigangError("这一页已经旧了", "", "请回到窗口页再按一次") from None
