from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zaigang.hall.devices import Device, device_token
from zaigang.hall.layout import INCHES, METRES, Layout, layout_of
from zaigang.hall.permissions import RUN_DAY
from zaigang.hall.pictures import qr_image
from zaigang.hall.queries import halls_of
from zaigang.offices.models import Office
from zaigang.offices.permissions import requires, staff_of


@dataclass(frozen=True, slots=True)
class Link:
    """The address that opens a screen, with its QR code."""

    name: str
    url: str
    qr: str


@requires(RUN_DAY)
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """The links that open kiosk and board on a device where nobody signs in."""
    offices = halls_of(staff_of(request), RUN_DAY)
    sizes = layout_of(request.GET)
    context = {
        "offices": [(office, _links(request, office, sizes)) for office in offices],
        "sizes": sizes,
        "inches": INCHES,
        "metres": METRES,
    }
    return render(request, "hall/devices.html", context)


def _links(request: HttpRequest, office: Office, sizes: Layout) -> list[Link]:
    extras = {Device.KIOSK: "?printer=1", Device.BOARD: f"?inches={sizes.inches}&metres={sizes.metres:g}"}
    links = []
    for device in Device:
        address = reverse(f"hall:{device.value}", kwargs={"token": device_token(device, office.pk)})
        url = request.build_absolute_uri(address + extras[device])
        links.append(Link(str(device.label), url, qr_image(url)))
    return links
