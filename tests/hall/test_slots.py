"""Appointments: what is offered, who may offer it, and the table of what is taken."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from zaigang.hall import actions
from zaigang.hall.models import Slot
from zaigang.offices.enums import Role

SignIn = Callable[..., Client]
PAGE = "/hall/slots/"
MONDAY, FRIDAY = date(2016, 1, 18), date(2016, 1, 22)


def offer(**changes: Any) -> dict[str, Any]:
    usual = {
        "first_day": "2016-01-15", "last_day": "2016-01-18", "starts_at": "09:00", "ends_at": "10:00", "capacity": "4",
    }  # fmt: skip
    return usual | changes


def slots() -> list[tuple[date, str, int]]:
    return [(slot.day, f"{slot.starts_at:%H:%M}", slot.capacity) for slot in Slot.objects.all()]


def test_roles(cast: Cast, sign_in: SignIn) -> None:
    answers = {role: sign_in(staff).get(PAGE).status_code for role, staff in cast.by_role().items()}
    assert answers == {role: 200 if role in ("clerk", "director") else 403 for role in Role.values}


def test_slots_are_offered_on_weekdays_alone(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.clerk).post(PAGE, offer(), follow=True)
    assert slots() == [
        (date(2016, 1, 15), "09:00", 4), (date(2016, 1, 15), "09:30", 4), (MONDAY, "09:00", 4), (MONDAY, "09:30", 4),
    ]  # fmt: skip
    assert "已放出 2 天的号源，新增 4 个时段" in answer.text
    assert answer.context["table"].days == [date(2016, 1, 15), MONDAY]


def test_another_street_offers_its_own(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    assert client.post(PAGE, offer(office=cast.north.code)).status_code == 404
    client.post(PAGE, offer())
    assert set(Slot.objects.values_list("office", flat=True)) == {cast.south.pk}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first_day": "2016-01-08"}, "请从今天或以后的日子开始"),
        ({"last_day": "2016-01-14"}, "不能早于开始的日子"),
        ({"first_day": "2016-01-16", "last_day": "2016-01-17"}, "这几天都是周末"),
        ({"last_day": "2016-12-31"}, "一次最多 62 天"),
        ({"ends_at": "09:00"}, "要晚于开始的时间"),
        ({"starts_at": "09:10"}, "09:10"),
        ({"capacity": "0"}, "1"),
        ({"capacity": "许多"}, "有内容要改"),
        ({"first_day": "下周"}, "有内容要改"),
    ],
)
def test_what_cannot_be_offered_is_said(
    cast: Cast, sign_in: SignIn, changes: dict[str, str], words: str
) -> None:
    answer = sign_in(cast.director).post(PAGE, offer(**changes))
    assert (answer.status_code, words in answer.text, slots()) == (422, True, [])
    assert answer.context["form"]["last_day"].value() == offer(**changes)["last_day"]


def test_the_table_shows_what_is_taken(cast: Cast, sign_in: SignIn) -> None:
    actions.offer_slots(
        office=cast.north, days=[MONDAY, FRIDAY], starts=[time(9), time(9, 30)], capacity=2, by=cast.clerk
    )
    Slot.objects.filter(day=FRIDAY, starts_at=time(9)).update(taken=2)
    Slot.objects.filter(day=MONDAY, starts_at=time(9, 30)).delete()
    table = sign_in(cast.clerk).get(PAGE, {"from": "2016-01-20"}).context["table"]
    shown = [(start, [slot and (slot.taken, slot.capacity) for slot in row]) for start, row in table.rows]
    assert shown == [(time(9), [(0, 2), (2, 2)]), (time(9, 30), [None, (0, 2)])]
    assert (table.days, table.taken, table.capacity) == ([MONDAY, FRIDAY], 2, 6)


@pytest.mark.parametrize("text", ["", "soon", "0001-01-01", "9999-12-31"])
def test_far_off_dates_show_this_week(cast: Cast, sign_in: SignIn, text: str) -> None:
    assert sign_in(cast.clerk).get(PAGE, {"from": text}).context["first"] == date(2016, 1, 11)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_equally_often_for_one_and_for_three(
    cast: Cast, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    days = [date(2016, 1, 11 + n) for n in range(number)]
    actions.offer_slots(office=cast.north, days=days, starts=[time(9)], capacity=2, by=cast.clerk)
    client = sign_in(cast.clerk)
    with django_assert_num_queries(QUERIES_OF_THE_PAGE):
        client.get(PAGE)


QUERIES_OF_THE_PAGE = 4
