"""What the pages that a worker opens by a link have in common."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from zaigang.desk.phone.links import Link
from zaigang.desk.phone.people import case_of

LARGE = "large"
A_YEAR = 365 * 24 * 3600
View = Callable[..., HttpResponse]


def about_oneself(link: Link) -> Callable[[View], View]:
    """Gives the view the case behind its link instead of the token: 404 for any other. Nothing of it is kept anywhere.

    The address is what opens the page, so it goes to no other site; within this one it must, or the browser would say
    "Origin: null" and every form would be refused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            case = case_of(link, token)
            answer = view(request, case, token) if case else gone(request)
            answer["X-Robots-Tag"] = "noindex, nofollow"
            answer["Referrer-Policy"] = "same-origin"
            return answer

        return opened

    return decorate


def gone(request: HttpRequest) -> HttpResponse:
    """There is nothing behind the link: words for the worker, not for staff."""
    return page(request, "desk/phone_gone.html", {}, status=404)


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A phone's page, in large type for whoever asked for it once on this phone."""
    asked = request.GET.get(LARGE)
    large = asked == "1" if asked else request.COOKIES.get(LARGE) == "1"
    answer = render(request, template, {**context, "large": large}, status=status)
    if asked:
        answer.set_cookie(LARGE, "1" if large else "0", max_age=A_YEAR, httponly=True, samesite="Lax")
    return answer
