from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zaigang.offices.permissions import requires, staff_of
from zaigang.outcomes.people import shown_name
from zaigang.roster.models import Case
from zaigang.roster.permissions import VIEW_PEOPLE
from zaigang.roster.queries import LIMIT, search

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A person in the list of results, named as the reader may see them."""

    case: Case
    name: str


@requires(VIEW_PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Search for people. What was typed comes by POST: personal data never stands in an address."""
    user = staff_of(request)
    text = request.POST.get("text", "").strip()[:LONGEST]
    cases = search(user, text)
    context = {
        "text": text,
        "asked": request.method == "POST",
        "found": [Found(case, shown_name(user, case)) for case in cases],
        "cut": len(cases) == LIMIT,
        "limit": LIMIT,
    }
    return render(request, "desk/search.html", context)
