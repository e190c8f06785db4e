"""Signed links: each opens its own kind of page of its own office, and nothing else opens any."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from zaigang.hall.devices import TICKET, Device, device_token, office_of, ticket_of, ticket_token
from zaigang.hall.layout import layout


def test_a_link_names_its_office_and_its_number() -> None:
    office, ticket = uuid4(), uuid4()
    assert office_of(device_token(Device.BOARD, office), Device.BOARD) == office
    assert ticket_of(ticket_token(ticket, office)) == (ticket, office)


@pytest.mark.parametrize("change", ["", "x", "nobody", "nobody.nobody", "你.好"])
def test_no_other_text_is_a_link(change: str) -> None:
    token = device_token(Device.BOARD, uuid4())
    assert office_of(token[:-2] + change, Device.BOARD) is None
    assert ticket_of(change) is None


def test_a_link_opens_no_other_kind_of_page() -> None:
    office = uuid4()
    tokens = {
        Device.KIOSK: device_token(Device.KIOSK, office),
        Device.BOARD: device_token(Device.BOARD, office),
        TICKET: ticket_token(uuid4(), office),
    }
    opens = {
        (kind, device): office_of(token, device) is not None
        for kind, token in tokens.items()
        for device in Device
    }
    assert [pair for pair, open_ in opens.items() if open_] == [(device, device) for device in Device]
    assert [kind for kind, token in tokens.items() if ticket_of(token)] == [TICKET]


@pytest.mark.parametrize("route", ["kiosk", "board", "board_part", "board_sizes", "ticket", "ticket_part"])
def test_a_wrong_link_finds_nothing(db: None, client: Client, route: str) -> None:
    wrong = device_token(Device.BOARD, uuid4()) + "x"
    assert client.get(reverse(f"hall:{route}", kwargs={"token": wrong})).status_code == 404


def test_the_links_page_shows_the_own_office_alone(cast: Cast, sign_in) -> None:  # type: ignore[no-untyped-def]
    page = sign_in(cast.director).get(reverse("hall:devices"), {"inches": "43", "metres": "5"})
    body = page.content.decode()
    shown = [office for office, _links in page.context["offices"]]
    assert shown == [cast.north]
    for device in Device:
        assert reverse(f"hall:{device.value}", kwargs={"token": device_token(device, cast.north.pk)}) in body
    assert "?inches=43&amp;metres=5" in body


@pytest.mark.parametrize(
    ("inches", "metres", "pixels", "rows", "fits"),
    [(55, 4, 77, 9, True), (55, 8, 154, 4, True), (65, 10, 163, 3, True), (24, 10, 442, 0, False)],
)
def test_text_grows_with_distance_and_rows_follow(
    inches: int, metres: float, pixels: int, rows: int, fits: bool
) -> None:
    """The pixels on a canvas of 1920 are those of the table that the sizes come from."""
    sizes = layout(inches, metres)
    assert (round(sizes.key * 19.2), sizes.rows, sizes.fits) == (pixels, rows, fits)
