"""What waits for somebody in the life of claims, list by list."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zaigang.claims.pages.lives import TABS, Tab
from zaigang.claims.permissions import VIEW, VIEW_PAYMENTS
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may, requires, staff_of

ON_A_PAGE = 50


def _count(tab: Tab, user: Staff) -> int:
    found = tab.find(user)
    return len(found) if isinstance(found, list) else int(found.count())


@requires(VIEW)
@require_GET
def lives(request: HttpRequest) -> HttpResponse:
    """One list at a time, with how many wait in each."""
    user = staff_of(request)
    open_ = [tab for tab in TABS if not tab.payments or may(user, VIEW_PAYMENTS)]
    chosen = next((tab for tab in open_ if tab.code == request.GET.get("show")), open_[0])
    page = Paginator(chosen.find(user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [(tab.code, tab.word, _count(tab, user)) for tab in open_],
        "chosen": chosen,
        "page": page,
        "rows": [chosen.row(one, user) for one in page.object_list],
    }
    return render(request, "claims/life/lists.html", context)
