"""The guide desk: numbers for those who cannot use the kiosk, those who leave, those who missed their call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.halls import opened, prepared, window_at
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.enums import Series, Service, TicketState
from zaigang.hall.models import ServiceDay, Ticket, TicketEvent
from zaigang.hall.permissions import GUIDE
from zaigang.offices.enums import Role
from zaigang.offices.permissions import granted

SignIn = Callable[..., Client]
GUIDE_DESK = "/hall/guide/"
NINE = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)


@pytest.fixture
def day(cast: Cast) -> ServiceDay:
    return opened(cast)


def taken(cast: Cast, minutes_ago: int = 0, **more: Any) -> Ticket:
    with clock.at(NINE - timedelta(minutes=minutes_ago)):
        return Ticket.objects.get(pk=verbs.take(office=cast.north, service=Service.JOBS, **more).id)


def missed(cast: Cast, day: ServiceDay) -> Ticket:
    moved = verbs.call(window=window_at(day), by=cast.clerk)
    verbs.no_show(ticket=moved.id, by=cast.clerk)
    return Ticket.objects.get(pk=moved.id)


def ask(service: str = Service.HELP, **more: str) -> dict[str, str]:
    return {"once": str(uuid4()), "service": service, **more}


def test_roles(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    answers = {role: sign_in(staff).get(GUIDE_DESK).status_code for role, staff in cast.by_role().items()}
    assert answers == {role: 200 if role in granted()[GUIDE] else 403 for role in Role.values}


def test_a_number_is_given_out(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    taken(cast)
    answer = sign_in(cast.steward).post(f"{GUIDE_DESK}take/", ask(first="on"), follow=True)
    ticket = Ticket.objects.get(number=2)
    assert (ticket.service, ticket.first, ticket.state) == (Service.HELP, True, TicketState.WAITING)
    assert answer.context["given"] == ticket
    assert "取好了 A002 号，下一个就是。" in answer.text
    assert TicketEvent.objects.get(ticket=ticket).by == cast.steward.pk


def test_the_same_press_gives_one_number(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    client, press = sign_in(cast.steward), ask()
    for _time in range(2):
        assert client.post(f"{GUIDE_DESK}take/", press, follow=True).context["given"].label == "A001"
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("serves", "series"), [([Series.ORDINARY], "A"), ([Series.ORDINARY, Series.GREEN], "G")]
)
def test_one_stop_goes_to_the_green_channel_when_there_is_one(
    cast: Cast, day: ServiceDay, sign_in: SignIn, serves: list[str], series: str
) -> None:
    for number in (1, 2):
        actions.set_window(service_day=day, number=number, serves=serves, by=cast.director)
    sign_in(cast.clerk).post(f"{GUIDE_DESK}take/", ask(Service.ONE_STOP))
    assert Ticket.objects.get().series == series


def test_no_number_when_the_doors_are_closed(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    actions.close_doors(service_day=day, by=cast.director)
    answer = sign_in(cast.clerk).post(f"{GUIDE_DESK}take/", ask())
    assert (answer.status_code, answer.context["trouble"].what) == (409, "现在不放号")
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"service": "help"}, {"service": "nothing", "once": str(uuid4())}])
def test_a_press_that_says_nothing_gives_no_number(
    cast: Cast, day: ServiceDay, sign_in: SignIn, sent: dict[str, str]
) -> None:
    assert sign_in(cast.clerk).post(f"{GUIDE_DESK}take/", sent).status_code == 422
    assert Ticket.objects.count() == 0


def test_before_the_doors_open_there_is_nothing_to_do(cast: Cast, sign_in: SignIn) -> None:
    prepared(cast)
    page = sign_in(cast.clerk).get(GUIDE_DESK)
    assert ("今天还没有开门" in page.text, "来办什么" in page.text) == (True, False)


def test_who_waits_and_who_missed_the_call(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    first = taken(cast, 30)
    absent = missed(cast, day)
    taken(cast, 18), taken(cast, 5, first=True)
    page = sign_in(cast.clerk).get(GUIDE_DESK)
    assert absent == first
    assert [(ticket.label, minutes) for ticket, minutes in page.context["missed"]] == [("A001", 0)]
    assert [(ticket.label, ticket.first, minutes) for ticket, minutes in page.context["waiting"]] == [
        ("A003", True, 5),
        ("A002", False, 18),
    ]


def test_somebody_leaves(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    ticket = taken(cast)
    answer = sign_in(cast.officer).post(reverse("hall:leave", args=[ticket.pk]), follow=True)
    ticket.refresh_from_db()
    assert (ticket.state, "已记下 A001 离开。" in answer.text) == (TicketState.LEFT, True)


def test_somebody_comes_back(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    taken(cast)
    ticket = missed(cast, day)
    answer = sign_in(cast.officer).post(reverse("hall:requeue", args=[ticket.pk]), follow=True)
    assert [waiting.label for waiting, _minutes in answer.context["waiting"]] == ["A001"]
    assert answer.context["missed"] == []


@pytest.mark.parametrize("name", ["hall:leave", "hall:requeue"])
def test_what_somebody_else_did_already_is_said_on_the_page(
    cast: Cast, day: ServiceDay, sign_in: SignIn, name: str
) -> None:
    ticket = taken(cast)
    verbs.leave(ticket=ticket.pk, by=cast.director, offices=[cast.north.pk])
    answer = sign_in(cast.clerk).post(reverse(name, args=[ticket.pk]))
    assert (answer.status_code, answer.context["trouble"].where) == (409, "A001，自己离开")
    assert "替人取号" in answer.text


@pytest.mark.parametrize("name", ["hall:leave", "hall:requeue"])
def test_another_street_moves_no_ticket(cast: Cast, day: ServiceDay, sign_in: SignIn, name: str) -> None:
    taken(cast)
    ticket = missed(cast, day)
    assert sign_in(cast.outsider).post(reverse(name, args=[ticket.pk])).status_code == 404
    ticket.refresh_from_db()
    assert ticket.state == TicketState.NO_SHOW


def test_another_street_gives_out_no_number_here(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    assert client.post(f"{GUIDE_DESK}take/", ask(office=cast.north.code)).status_code == 404
    assert client.post(f"{GUIDE_DESK}take/", ask()).status_code == 409
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (TicketState.WAITING, ["leave"]),
        (TicketState.NO_SHOW, ["requeue", "leave"]),
        (TicketState.CALLED, []),
        (TicketState.LEFT, []),
    ],
)
def test_a_ticket_found_by_its_number_offers_what_can_be_done(
    cast: Cast, day: ServiceDay, sign_in: SignIn, state: TicketState, acts: list[str]
) -> None:
    ticket = taken(cast)
    if state == TicketState.NO_SHOW:
        missed(cast, day)
    elif state == TicketState.CALLED:
        verbs.call(window=window_at(day), by=cast.clerk)
    elif state == TicketState.LEFT:
        verbs.leave(ticket=ticket.pk, by=cast.director, offices=[cast.north.pk])
    page = sign_in(cast.clerk).get(GUIDE_DESK, {"number": "a1"})
    offered = [act for act in ("requeue", "leave") if _offers(page.text, act, ticket)]
    assert (page.context["found"], offered) == (ticket, acts)


def _offers(page: str, act: str, ticket: Ticket) -> bool:
    found = page[page.index("查一个号") : page.index("过号的")]
    return reverse(f"hall:{act}", args=[ticket.pk]) in found


def test_a_number_that_is_not_there_is_said(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    page = sign_in(cast.clerk).get(GUIDE_DESK, {"number": "<b>"})
    assert "今天没有 &lt;b&gt; 这个号。" in page.text


def test_every_key_is_a_button(cast: Cast, day: ServiceDay, sign_in: SignIn) -> None:
    page = sign_in(cast.clerk).get(GUIDE_DESK).text
    assert [f'data-key="{key}"' in page for key in ("F2", "F4", *(f"Alt+{n}" for n in range(1, 6)))] == [
        True
    ] * 7


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_the_database_equally_often_for_one_and_for_three(
    cast: Cast,
    day: ServiceDay,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for _ticket in range(2 * number):
        taken(cast)
    for _ticket in range(number):
        missed(cast, day)
    client = sign_in(cast.clerk)
    with django_assert_num_queries(QUERIES_OF_THE_DESK):
        client.get(GUIDE_DESK, {"number": "1"})


QUERIES_OF_THE_DESK = 7
