"""What every page is given: where one can go, who one is, what day it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zaigang.claims.permissions import SEE_LAW, VIEW_PAYMENTS
from zaigang.desk.permissions import VIEW_HOME, VIEW_PERMISSIONS
from zaigang.foundation import clock
from zaigang.hall.permissions import SERVE, VIEW_HALL
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.outcomes.permissions import VIEW_FUNNEL
from zaigang.roster.permissions import VIEW_CALENDAR, VIEW_PEOPLE

#: Label, name of the page, permission. The page whose address begins the request's is the active one.
PLACES = (
    (_("首页"), "desk:home", VIEW_HOME),
    (_("窗口"), "desk:window", SERVE),
    (_("找人"), "desk:search", VIEW_PEOPLE),
    (_("花名册"), "roster:calendar", VIEW_CALENDAR),
    (_("大厅"), "hall:today", VIEW_HALL),
    (_("发放"), "claims:payments", VIEW_PAYMENTS),
    (_("规定"), "claims:law", SEE_LAW),
    (_("去向"), "outcomes:closures", VIEW_FUNNEL),
    (_("权限"), "desk:permissions", VIEW_PERMISSIONS),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Somebody not signed in gets the date and the banner alone."""
    today = clock.today()
    context: dict[str, Any] = {"business_date": today, "demo_banner": today if settings.DEMO else None}
    user = getattr(request, "user", None)
    if isinstance(user, Staff):
        context |= {"navigation": _places(user, request.path), "office": user.office}
        context["search_url"] = reverse("desk:search") if may(user, VIEW_PEOPLE) else ""
    return context


def _places(user: Staff, path: str) -> list[tuple[Any, str, bool]]:
    allowed = [(label, reverse(name)) for label, name, permission in PLACES if may(user, permission)]
    return [(label, url, path == url if url == "/" else path.startswith(url)) for label, url in allowed]
