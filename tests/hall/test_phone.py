"""The number on its holder's phone: where it stands, in words, and nothing about the person."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories.halls import opened, window_at
from zaigang.foundation import clock
from zaigang.hall import verbs
from zaigang.hall.devices import ticket_token
from zaigang.hall.enums import Service
from zaigang.hall.models import ServiceDay
from zaigang.roster.models import Case


def words(client: Client, cast: Cast, ticket: verbs.Moved, route: str = "ticket_part") -> str:
    token = ticket_token(ticket.id, cast.north.pk)
    return client.get(reverse(f"hall:{route}", kwargs={"token": token})).content.decode()


@pytest.fixture
def day(cast: Cast) -> ServiceDay:
    return opened(cast)


def test_the_words_of_a_whole_walk(cast: Cast, client: Client, day: ServiceDay) -> None:
    window, clerk = window_at(day), cast.clerk
    first, mine = (verbs.take(office=cast.north, service=Service.JOBS) for _turn in range(2))
    assert "前面还有 1 人" in words(client, cast, mine)
    verbs.call(window=window, by=clerk)
    assert "下一个就是您" in words(client, cast, mine)
    verbs.no_show(ticket=first.id, by=clerk)
    assert "过号了，请到导办台" in words(client, cast, first)
    verbs.call(window=window, by=clerk)
    assert "请到 1 号窗口" in words(client, cast, mine)
    verbs.begin(ticket=mine.id, by=clerk)
    assert "正在 1 号窗口办理" in words(client, cast, mine)
    verbs.finish(ticket=mine.id, by=clerk)
    assert "已办结" in words(client, cast, mine)
    verbs.leave(ticket=first.id, by=clerk, offices=[cast.north.pk])
    assert "这个号已经退掉" in words(client, cast, first)


def test_the_next_day_it_says_of_which_day_it_is(cast: Cast, client: Client, day: ServiceDay) -> None:
    mine = verbs.take(office=cast.north, service=Service.JOBS)
    with clock.at(clock.now() + timedelta(days=1)):
        assert "这是 1月11日 的号" in words(client, cast, mine)


@pytest.mark.parametrize("route", ["ticket", "ticket_part"])
def test_nothing_about_the_person(
    cast: Cast, client: Client, day: ServiceDay, known_case: Case, route: str
) -> None:
    mine = verbs.take(office=cast.north, service=Service.JOBS, case=known_case, by=cast.clerk)
    body = words(client, cast, mine, route)
    assert known_case.worker
    for private in ("王建甲", "王*", str(known_case.pk), str(known_case.worker.pk), known_case.closure.name):
        assert private not in body


def test_the_link_names_the_office_too(cast: Cast, client: Client, day: ServiceDay) -> None:
    mine = verbs.take(office=cast.north, service=Service.JOBS)
    address = reverse("hall:ticket", kwargs={"token": ticket_token(mine.id, cast.south.pk)})
    assert client.get(address).status_code == 404


def test_large_type(cast: Cast, client: Client, day: ServiceDay) -> None:
    mine = verbs.take(office=cast.north, service=Service.JOBS)
    address = reverse("hall:ticket", kwargs={"token": ticket_token(mine.id, cast.north.pk)})
    assert (client.get(address).context["large"], client.get(address, {"large": "1"}).context["large"]) == (
        False,
        True,
    )
