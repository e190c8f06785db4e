"""The content security policy is the same for every page, so it is put together once, not twice for each answer."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class PagePolicy(CSPMiddleware):
    """django-csp's middleware, short for the usual answer.

    An answer that a decorator of csp has marked, or that used a nonce, gets a policy of its own as ever, and so does
    every answer where the settings ask for more than one policy for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        policy = settings.CONTENT_SECURITY_POLICY
        reports = getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None)
        self._usual = None if settings.DEBUG or reports or policy.keys() != {"DIRECTIVES"} else build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        marked = "_csp_nonce" in vars(request) or any(name.startswith("_csp_") for name in vars(response))
        if marked or self._usual is None:
            answered: HttpResponseBase = super().process_response(request, response)
            return answered
        response.headers.setdefault(HEADER, self._usual)
        # From here on a nonce comes too late to be in the header: csp refuses one, in words.
        vars(request)["csp_nonce"] = CheckableLazyObject(self._csp_nonce_post_response)
        return response
