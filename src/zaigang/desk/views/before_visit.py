from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zaigang.desk.before_visit import Expected, by_contact, by_lack, chosen, expected_people, notify
from zaigang.desk.enums import Contact, Lack
from zaigang.desk.permissions import BEFORE_VISIT
from zaigang.foundation import clock
from zaigang.offices.permissions import may, requires, staff_of
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Closure
from zaigang.roster.permissions import SEE_NAMES

ON_A_PAGE = 50


def _closure(request: HttpRequest, code: str) -> Closure:
    closures = Closure.objects.for_user(staff_of(request), BEFORE_VISIT).select_related("office")
    return get_object_or_404(closures, code=code)


def _asked(given: Mapping[str, Any]) -> dict[str, str]:
    """The two filters; a word that is none is left out."""
    lack, contact = given.get("lack", ""), given.get("contact", "")
    return {
        "lack": lack if lack in Lack.values else "",
        "contact": contact if contact in Contact.values else "",
    }


def _link(asked: Mapping[str, str], **change: str) -> str:
    kept = {name: value for name, value in {**asked, **change}.items() if value}
    return f"?{urlencode(kept)}"


@requires(BEFORE_VISIT)
@never_cache
@require_GET
def before_visit(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who has not registered, by what they will miss, with a button that tells them."""
    closure = _closure(request, code)
    asked = _asked(request.GET)
    everybody = expected_people(closure)
    found = chosen(everybody, **asked)
    context = {
        "closure": closure,
        "everybody": len(everybody),
        "found": len(found),
        "to_be_told": sum(one.to_be_told for one in found),
        "waiting": closure.cases.filter(state=CaseState.AWAITING_REPAIR).count(),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "names": may(request.user, SEE_NAMES, closure.office),
        **asked,
        **_filters(everybody, asked),
    }
    return render(request, "desk/before_visit.html", context)


def _filters(everybody: Sequence[Expected], asked: dict[str, str]) -> dict[str, Any]:
    """Each filter's choices with their links; the counts are those under the other filter."""
    of_contact = chosen(everybody, contact=asked["contact"])
    of_lack = chosen(everybody, lack=asked["lack"])
    return {
        "lacks": [
            (code, label, n, _link(asked, lack=code))
            for code, label, n in (("", _("全部"), len(of_contact)), *_choices(by_lack(of_contact)))
        ],
        "contacts": [
            (code, label, n, _link(asked, contact=code))
            for code, label, n in (("", _("全部"), len(of_lack)), *_choices(by_contact(of_lack)))
        ],
    }


def _choices(counted: Sequence[tuple[Any, int]]) -> list[tuple[str, str, int]]:
    return [(one.value, str(one.label), n) for one, n in counted]


@requires(BEFORE_VISIT)
@require_POST
def tell(request: HttpRequest, code: str) -> HttpResponse:
    """Put a message to everybody of the chosen group into the outbox."""
    closure, asked = _closure(request, code), _asked(request.POST)
    counts = notify(
        closure=closure,
        people=chosen(expected_people(closure), **asked),
        absolute=request.build_absolute_uri,
        by=staff_of(request),
    )
    messages.success(request, _told(counts))
    return redirect(f"{reverse('desk:before_visit', args=[closure.code])}{_link(asked)}")


def _told(counts: Counter[str]) -> str:
    words = {
        "queued": _("%(n)s 人的通知已放入待发消息"),
        "held": _("%(n)s 人的暂缓发（夜间，或本人拒收）"),
        "already": _("%(n)s 人以前通知过"),
        "no_phone": _("%(n)s 人没有手机号，请托社区带话"),
    }
    parts = [text % {"n": f"{counts[name]:,}"} for name, text in words.items() if counts[name]]
    return _("；").join(parts) + _("。") if parts else _("这一组没有人。")


@requires(BEFORE_VISIT)
@never_cache
@require_GET
def no_phone(request: HttpRequest, code: str) -> HttpResponse:
    """Whom no message reaches, to print for the community stations."""
    closure = _closure(request, code)
    people = chosen(expected_people(closure), contact=Contact.NO_PHONE)
    context = {
        "closure": closure,
        "people": sorted(people, key=lambda one: (one.case.street, one.case.number)),
        "names": may(request.user, SEE_NAMES, closure.office),
        "today": clock.today(),
    }
    return render(request, "desk/before_visit_no_phone.html", context)
