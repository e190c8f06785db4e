"""What the pages of the screens in the hall share: the signed link, and words when the database is away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from zaigang.hall.devices import Device, office_of
from zaigang.offices.models import Office

View = Callable[..., HttpResponse]
SCREEN = "a screen in the hall, opened by a signed link"
#: What a screen shows while there is no database.
AWAY = {Device.KIOSK: "hall/kiosk_away.html", Device.BOARD: "hall/board_away.html"}


def for_device(device: Device) -> Callable[[View], View]:
    """Give the view the office of its link. A wrong link is 404; without a database the screen says what to do."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, token: str, **kwargs: str) -> HttpResponse:
            pk = office_of(token, device)
            if pk is None:
                raise Http404
            try:
                office = get_object_or_404(Office, pk=pk)
                # The people in the hall read Chinese, whatever the device was set to when it was unpacked.
                with override(settings.LANGUAGE_CODE):
                    return view(request, office, **kwargs)
            except OperationalError:
                return HttpResponse(render_to_string(AWAY[device]), status=503)

        return opened

    return decorate


def stream(kind: str, token: str) -> str:
    """The address of the live stream of a page; empty when there is none, and the page asks again by itself."""
    return f"{settings.ZAIGANG_LIVE}/live/{kind}/{token}" if settings.ZAIGANG_LIVE else ""


def listening(view: View) -> View:
    """Let the page connect to the live stream, wherever that is."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ZAIGANG_LIVE:
            return view(request, *args, **kwargs)
        # Put on for each request: at import it would fix the address before the settings are known.
        allowed = csp_update({"connect-src": [SELF, settings.ZAIGANG_LIVE]})(view)
        response = allowed(request, *args, **kwargs)
        assert isinstance(response, HttpResponse)
        return response

    return opened
