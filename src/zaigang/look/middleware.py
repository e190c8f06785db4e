"""A named error becomes a page: what, where, what to do."""

import logging
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)
CONFLICT, BAD_INPUT = 409, 400


@runtime_checkable
class Told(Protocol):
    """An error that is meant for people, as `ZaigangError` is: this layer knows its shape, not its name."""

    what: str
    where: str
    what_to_do: str


class ErrorsInWords:
    """Turns an error that is meant for people, raised by a view, into its words.

    What cannot be read from an address is bad input; what an act refuses is a conflict with how things stand. An
    htmx request gets a banner alone, the page it came from stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer, or None for every other exception. The log gets the kind of error, never its words."""
        if not isinstance(exception, Told):
            return None
        status = BAD_INPUT if request.method in ("GET", "HEAD") else CONFLICT
        match = request.resolver_match
        log.info("%s in %s", type(exception).__name__, match.view_name if match else "")
        fragment = request.headers.get("HX-Request") == "true"
        template = "look/error_banner.html" if fragment else "look/error.html"
        context = {
            "code": status,
            "what": exception.what,
            "where": exception.where,
            "advice": exception.what_to_do,
        }
        return render(request, template, context, status=status)
