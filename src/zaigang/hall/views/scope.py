"""Whose hall a page shows, and where one goes from there."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zaigang.hall.permissions import GUIDE, RUN_DAY, VIEW_HALL
from zaigang.hall.queries import halls_of
from zaigang.offices.models import Office
from zaigang.offices.permissions import may, staff_of

#: Label, name of the page, permission.
TABS = (
    (_("今天"), "hall:today", VIEW_HALL),
    (_("导办台"), "hall:guide", GUIDE),
    (_("约好今天来的"), "desk:arrive", GUIDE),
    (_("约时间"), "hall:slots", RUN_DAY),
    (_("取号机和叫号屏"), "hall:devices", RUN_DAY),
    (_("以往各天"), "hall:days", VIEW_HALL),
)


@dataclass(frozen=True, slots=True)
class Halls:
    """The halls that the person may choose from, and the one chosen; None while several are open to choose."""

    all: list[Office]
    chosen: Office | None

    @property
    def several(self) -> bool:
        return len(self.all) > 1

    @property
    def query(self) -> str:
        """What an address needs so that it leads to the same hall."""
        return f"?office={self.chosen.code}" if self.several and self.chosen else ""


def halls(request: HttpRequest, permission: str) -> Halls:
    """The hall named by `office` in the request, else the person's own, else the only one. 404 for any other."""
    user = staff_of(request)
    found = list(halls_of(user, permission))
    code = request.POST.get("office") or request.GET.get("office", "")
    if code:
        return Halls(found, _named(found, code))
    own = next((office for office in found if office == user.office), None)
    return Halls(found, own or (found[0] if len(found) == 1 else None))


def hall_at(request: HttpRequest, permission: str, office: Office) -> Halls:
    """The halls to choose from, with this one chosen: after an act there."""
    return Halls(list(halls_of(staff_of(request), permission)), office)


def only_hall(request: HttpRequest, permission: str) -> Office:
    """The hall that a request is about; 404 when it is not told."""
    office = halls(request, permission).chosen
    if office is None:
        raise Http404
    return office


def _named(found: list[Office], code: str) -> Office:
    named = next((office for office in found if office.code == code), None)
    if named is None:
        raise Http404
    return named


def around(request: HttpRequest, chosen: Halls, here: str) -> dict[str, Any]:
    """What every page of the hall is given: the hall, the halls to choose from, and the tabs. `here` names the page."""
    tabs = [
        (label, f"{reverse(name)}{chosen.query}", name == here)
        for label, name, permission in TABS
        if may(request.user, permission, chosen.chosen)
    ]
    return {"halls": chosen, "office": chosen.chosen, "tabs": tabs, "here": reverse(here)}
