"""The kiosk: one question, one number for one press, and words for every other moment."""

from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.halls import opened, prepared
from zaigang.foundation import clock
from zaigang.hall import actions
from zaigang.hall.devices import Device, device_token, ticket_token
from zaigang.hall.enums import Series, Service
from zaigang.hall.models import Ticket


def start(cast: Cast) -> str:
    return reverse("hall:kiosk", kwargs={"token": device_token(Device.KIOSK, cast.north.pk)})


def press(client: Client, cast: Cast, service: str = Service.JOBS, **more: object) -> str:
    """Press a button; gives the address of the next screen."""
    answer = client.post(start(cast), {"service": service, "once": uuid4(), **more})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


@pytest.mark.parametrize(
    ("service", "label"),
    [
        (Service.ONE_STOP, "G001"), (Service.BENEFIT, "A001"), (Service.JOBS, "A001"), (Service.TRAINING, "A001"),
        (Service.HELP, "A001"),
    ],
)  # fmt: skip
def test_each_answer_leads_to_its_series(cast: Cast, client: Client, service: Service, label: str) -> None:
    opened(cast)
    slip = client.get(press(client, cast, service))
    ticket = Ticket.objects.get()
    assert (ticket.label, ticket.service, ticket.first, ticket.case) == (label, service, False, None)
    assert slip.context["ticket"] == ticket
    assert label in slip.content.decode()


def test_without_a_green_window_everybody_gets_an_ordinary_number(cast: Cast, client: Client) -> None:
    day = opened(cast)
    for number in (1, 2):
        actions.set_window(service_day=day, number=number, serves=[Series.ORDINARY], by=cast.director)
    press(client, cast, Service.ONE_STOP)
    assert Ticket.objects.get().label == "A001"


def test_pressed_twice_one_number(cast: Cast, client: Client) -> None:
    opened(cast)
    once = uuid4()
    first, again = press(client, cast, once=once), press(client, cast, once=once)
    assert first == again
    assert [ticket.label for ticket in Ticket.objects.all()] == ["A001"]


def test_who_goes_first_says_so(cast: Cast, client: Client) -> None:
    opened(cast)
    address = press(client, cast, first="1")
    assert Ticket.objects.get().first is True
    assert "优先" in client.get(address).content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"service": "nothing", "once": str(uuid4())}, {"service": "jobs", "once": "again"}]
)
def test_a_torn_form_gives_no_number_and_asks_again(cast: Cast, client: Client, data: dict[str, str]) -> None:
    opened(cast)
    assert client.post(start(cast), data).headers["Location"] == start(cast)
    assert Ticket.objects.count() == 0


def test_a_post_needs_the_token_of_the_page(cast: Cast) -> None:
    opened(cast)
    strict = Client(enforce_csrf_checks=True)
    data = {"service": "jobs", "once": str(uuid4())}
    assert strict.post(start(cast), data).status_code == 403
    token = strict.get(start(cast)).context["csrf_token"]
    assert strict.post(start(cast), {**data, "csrfmiddlewaretoken": str(token)}).status_code == 302


def test_the_page_says_when_the_doors_are_not_open(cast: Cast, client: Client) -> None:
    assert "还没有开门" in client.get(start(cast)).content.decode()
    prepared(cast)
    body = client.get(start(cast)).content.decode()
    assert ("8:30 开始取号" in body, "<button class=" in body.split("<main")[1].split("</main>")[0]) == (
        True,
        False,
    )
    assert press(client, cast) == start(cast)
    day = opened(cast)
    actions.close_doors(service_day=day, by=cast.director)
    body = client.get(start(cast)).content.decode()
    assert "今天放号到 17:00" in body
    assert press(client, cast) == start(cast)
    assert Ticket.objects.count() == 0


def test_without_the_database_it_says_where_to_go(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise OperationalError

    monkeypatch.setattr("zaigang.hall.views.kiosk.day_today", away)
    answer = client.get(start(cast))
    assert answer.status_code == 503
    assert "请到导办台取号" in answer.content.decode()


def test_large_type_and_the_printer_go_along_and_the_next_person_starts_afresh(
    cast: Cast, client: Client
) -> None:
    opened(cast)
    answer = client.post(f"{start(cast)}?large=1&printer=1", {"service": "jobs", "once": uuid4()})
    assert answer.headers["Location"].endswith("?large=1&printer=1")
    slip = client.get(answer.headers["Location"])
    assert (slip.context["large"], slip.context["printer"], slip.context["start"]) == (
        True,
        True,
        f"{start(cast)}?printer=1",
    )


def test_the_slip_holds_what_one_needs_and_no_person(cast: Cast, client: Client) -> None:
    opened(cast)
    press(client, cast)
    body = client.get(press(client, cast, Service.BENEFIT)).content.decode()
    ticket = Ticket.objects.get(number=2)
    for text in ("A002", "失业保险金", "前面还有 1 人", "请备好 身份证、社保卡", f"{clock.now():%H:%M}"):
        assert text in body
    assert "data:image/svg+xml;base64," in body
    other = reverse(
        "hall:slip",
        kwargs={
            "token": device_token(Device.KIOSK, cast.south.pk),
            "ticket": ticket_token(ticket.pk, cast.north.pk),
        },
    )
    assert client.get(other).status_code == 404
