from collections.abc import Callable
from functools import partial
from typing import cast

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from zaigang.offices.models import Staff
from zaigang.offices.sessions import who_asks
from zaigang.offices.sign_in import used_second_factor


class WhoAsks(AuthenticationMiddleware):
    """`request.user`, asked for when first needed, in the statement that reads the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        # In all but its class it is the person, as Django's own middleware has it.
        request.user = cast(Staff, SimpleLazyObject(partial(who_asks, request)))


class SecondFactorRequired:
    """Whoever signed in with a password alone sees only the pages that set up or ask for the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        open_paths = ("/accounts/", "/static/", "/i18n/")
        if (
            settings.SECOND_FACTOR_REQUIRED
            and not request.path.startswith(open_paths)
            and request.user.is_authenticated
        ):
            if not request.user.has_second_factor:
                return redirect("mfa_activate_totp")
            if not used_second_factor(request):
                return redirect("mfa_reauthenticate")
        return self.get_response(request)
