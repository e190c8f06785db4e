from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zaigang.foundation import clock
from zaigang.hall.board import board_of
from zaigang.hall.devices import Device, device_token
from zaigang.hall.layout import WIDEST_KEY, layout_of
from zaigang.hall.views.screens import SCREEN, for_device, listening, stream
from zaigang.offices.models import Office
from zaigang.offices.permissions import public


@public(SCREEN)
@require_GET
@listening
@for_device(Device.BOARD)
def board(request: HttpRequest, office: Office) -> HttpResponse:
    """The board of a hall: who is called to which window. Follows the stream, else asks every few seconds."""
    token = device_token(Device.BOARD, office.pk)
    context = _context(request, office) | {"token": token, "stream": stream("board", token)}
    return render(request, "hall/board.html", context)


@public(SCREEN)
@require_GET
@for_device(Device.BOARD)
def board_part(request: HttpRequest, office: Office) -> HttpResponse:
    """What changes on the board, as a fragment."""
    return render(request, "hall/board_part.html", _context(request, office))


@public(SCREEN)
@require_GET
@for_device(Device.BOARD)
def board_sizes(request: HttpRequest, office: Office) -> HttpResponse:
    """The sizes of the board's text as a style sheet: no inline style is allowed."""
    sizes = layout_of(request.GET)
    key = min(sizes.key, WIDEST_KEY)
    return HttpResponse(f":root{{--key:{key}vw;--small:{sizes.small}vw}}", content_type="text/css")


def _context(request: HttpRequest, office: Office) -> dict[str, Any]:
    shown = board_of(office, max(1, layout_of(request.GET).rows))
    paused = _("、").join(str(number) for number in shown.paused)
    return {"office": office, "board": shown, "paused": paused, "now": clock.now(), "day": shown.day}
