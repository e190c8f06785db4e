"""The worker's own page: opened by a link, shown to whoever reads six digits on a phone of the roster."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zaigang.desk.models import MOST_TRIES
from zaigang.desk.phone import entry
from zaigang.desk.phone.codes import Checked, check_code, digits_of, send_code, told_in_demo, waiting_code
from zaigang.desk.phone.links import Link, path_of, token_of
from zaigang.desk.phone.page import own_page
from zaigang.desk.phone.slots import needs_slot
from zaigang.desk.phone.story import story_of
from zaigang.desk.views.own import about_oneself, gone, page
from zaigang.desk.views.why import paper_answer
from zaigang.desk.why.page import why_page
from zaigang.foundation.errors import ZaigangError
from zaigang.hall.devices import ticket_of
from zaigang.hall.models import Ticket
from zaigang.look.formats import mask_name, mask_phone
from zaigang.offices.permissions import public
from zaigang.roster.models import Case
from zaigang.roster.people import mobiles_of

HOLDER = "whoever holds the link sees a masked name; everything else asks for a code that goes to the person's phone"
View = Callable[[HttpRequest, Case, str], HttpResponse]


@public(HOLDER)
@require_GET
@about_oneself(Link.PAGE)
def phone(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """The own page; without a code the door: a masked name, and what comes next for everybody."""
    if not entry.is_in(request, case):
        return _door(request, case, token)
    context = {
        "case": case,
        "token": token,
        "name": case.worker.name if case.worker else "",
        "own": own_page(case),
        "slot_url": path_of(Link.SLOT, case.pk) if needs_slot(case) else "",
    }
    return page(request, "desk/phone.html", context)


def _door(request: HttpRequest, case: Case, token: str, trouble: str = "") -> HttpResponse:
    context = {
        "case": case,
        "token": token,
        "masked": mask_name(case.worker.name) if case.worker else "",
        "phones": [mask_phone(number) for number in mobiles_of(case)],
        "trouble": trouble,
    }
    return page(request, "desk/phone_door.html", context, status=409 if trouble else 200)


@public(HOLDER)
@require_POST
@about_oneself(Link.PAGE)
def send(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Six digits to the phone that was chosen; it is named by its place in the list, never by its number."""
    numbers, place = mobiles_of(case), request.POST.get("phone", "")
    if not (place.isascii() and place.isdigit() and int(place) < len(numbers)):
        return _door(request, case, token, _("请选一个手机号。"))
    try:
        send_code(case=case, phone=numbers[int(place)])
    except ZaigangError as error:
        return _door(request, case, token, str(error))
    return redirect("desk:phone_code", token=token)


@public(HOLDER)
@require_http_methods(["GET", "POST"])
@about_oneself(Link.PAGE)
def code(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Type the digits in. The fifth wrong one ends the code."""
    if request.method != "POST":
        return _code_page(request, case, token)
    typed = request.POST.get("code", "")[:40]
    if len(digits_of(typed)) != 6:
        return _code_page(request, case, token, _("验证码是6位数字，请对照短信再填。"))
    checked = check_code(case=case, typed=typed)
    if checked == Checked.RIGHT:
        entry.let_in(request, case)
        return redirect("desk:phone", token=token)
    return _code_page(request, case, token, _wrong(case) if checked == Checked.WRONG else "")


def _wrong(case: Case) -> str:
    waiting = waiting_code(case)
    left = MOST_TRIES - waiting.tries if waiting else 0
    words = ngettext("验证码不对，还可以试 %(n)s 次。", "验证码不对，还可以试 %(n)s 次。", left)
    return words % {"n": left}


def _code_page(request: HttpRequest, case: Case, token: str, trouble: str = "") -> HttpResponse:
    waiting = waiting_code(case)
    context = {
        "case": case,
        "token": token,
        "waiting": waiting,
        "trouble": trouble,
        "demo_code": told_in_demo(waiting) if waiting and settings.DEMO else "",
    }
    refused = bool(trouble) or (request.method == "POST" and waiting is None)
    return page(request, "desk/phone_code.html", context, status=422 if refused else 200)


def _only_inside(view: View) -> View:
    """Without a code, back to the door."""

    @wraps(view)
    def inside(request: HttpRequest, case: Case, token: str) -> HttpResponse:
        return (
            view(request, case, token) if entry.is_in(request, case) else redirect("desk:phone", token=token)
        )

    return inside


@public(HOLDER)
@require_GET
@about_oneself(Link.PAGE)
@_only_inside
def why(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Why this, and what can I do: in plain words, with where the law says so."""
    return page(request, "desk/phone_why.html", {"case": case, "token": token, "why": why_page(case)})


@public(HOLDER)
@require_GET
@about_oneself(Link.PAGE)
@_only_inside
def why_paper(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """The same as a sheet to keep."""
    return paper_answer(case)


@public(HOLDER)
@require_GET
@about_oneself(Link.PAGE)
@_only_inside
def records(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """What happened so far."""
    return page(request, "desk/phone_records.html", {"case": case, "token": token, "story": story_of(case)})


@public(HOLDER)
@require_POST
@about_oneself(Link.PAGE)
def leave(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Close the page on this phone."""
    entry.leave(request)
    return redirect("desk:phone", token=token)


@public(HOLDER)
@require_GET
@never_cache
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """From the link of a number in the hall to the page of whoever it belongs to, once a window knows that."""
    read = ticket_of(token)
    if read is None:
        return gone(request)
    pk, office = read
    found = (
        Ticket.objects.select_related("service_day__office").filter(pk=pk, service_day__office=office).first()
    )
    if found is None:
        return gone(request)
    if found.case_id is not None:
        return redirect("desk:phone", token=token_of(Link.PAGE, found.case_id))
    context = {"office": found.service_day.office, "token": token}
    return render(request, "desk/phone_unknown.html", context)
