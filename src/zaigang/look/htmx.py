"""What htmx said of a request."""

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request as the middleware of django-htmx leaves it."""

    htmx: HtmxDetails


def htmx_of(request: HttpRequest) -> HtmxDetails:
    """True where htmx asks for a part of a page; also says which page it asks from."""
    return cast(HtmxRequest, request).htmx
