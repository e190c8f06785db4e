"""The days of the hall on the director's page."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.halls import opened, window_at
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.enums import DayState, Service
from zaigang.hall.models import ServiceDay
from zaigang.outcomes.hall_days import DAYS_SHOWN, hall_days
from zaigang.roster.models import Closure

SignIn = Callable[..., Client]
PAGE = "/outcomes/closures/SF-2015/"


def hall_day(cast: Cast, day: date, waits: list[int]) -> ServiceDay:
    """One after the other takes a number at nine and is served after so many minutes."""
    morning = datetime.combine(day, time(9), clock.ZONE)
    with clock.at(morning):
        service_day = opened(cast)
        for _one in waits:
            verbs.take(office=cast.north, service=Service.JOBS)
    for minutes in waits:
        with clock.at(morning + timedelta(minutes=minutes)):
            moved = verbs.call(window=window_at(service_day), by=cast.clerk)
            verbs.begin(ticket=moved.id, by=cast.clerk)
            verbs.finish(ticket=moved.id, by=cast.clerk)
    return service_day


def many_days(cast: Cast, number: int) -> None:
    """So many days that are over, before the cast's today."""
    ServiceDay.objects.bulk_create(
        ServiceDay(
            office=cast.north,
            day=clock.today() - timedelta(days=back),
            opens_at=time(8, 30),
            closes_at=time(17),
            state=DayState.CLOSED,
            opened_at=clock.now(),
            opened_by=cast.clerk,
            closed_at=clock.now(),
        )
        for back in range(1, number + 1)
    )


@pytest.fixture
def two_days(cast: Cast, closure: Closure) -> Closure:
    """Three people on the 7th, one on the 8th."""
    first = hall_day(cast, date(2016, 1, 7), [10, 20, 60])
    hall_day(cast, date(2016, 1, 8), [5])
    actions.close_doors(service_day=first, by=cast.director)
    return closure


def lines(client: Client, day: str = "2016-01-11") -> list[tuple[str, int, int, float | None, str, int]]:
    hall = client.get(PAGE, {"on": day}).context["hall"]
    return [
        (
            one.day.day.isoformat(),
            one.taken,
            one.served,
            one.wait_longest,
            f"{one.last_finished_at.astimezone(clock.ZONE):%H:%M}",
            one.sent_away,
        )
        for one in hall.figures
    ]


def test_the_days_up_to_the_page_s_day(cast: Cast, two_days: Closure, sign_in: SignIn) -> None:
    client = sign_in(cast.director)
    first = ("2016-01-07", 3, 3, 60, "10:00", 0)
    assert lines(client) == [("2016-01-08", 1, 1, 5, "09:05", 0), first]
    assert lines(client, "2016-01-07") == [first]
    assert client.get(PAGE, {"on": "2016-01-06"}).context["hall"] is None


def test_each_day_leads_to_its_page_and_the_foot_sums_up(
    cast: Cast, two_days: Closure, sign_in: SignIn
) -> None:
    client = sign_in(cast.district_viewer)
    page = client.get(PAGE)
    sums = page.context["hall"].sums
    assert (sums.days, sums.taken, sums.served, sums.sent_away) == (2, 4, 4, 0)
    address = f"/hall/days/2016-01-07/?office={cast.north.code}"
    assert f'href="{address}"' in page.text
    assert client.get(address).context["figures"].taken == 3


def test_the_days_of_another_street_are_not_counted(cast: Cast, two_days: Closure) -> None:
    assert hall_days(cast.south, clock.today()) is None


@pytest.mark.parametrize("number", [1, 3, 250])
def test_many_days_cost_no_more_queries(
    cast: Cast, closure: Closure, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    many_days(cast, number)
    with django_assert_num_queries(4):
        found = hall_days(cast.north, clock.today())
    assert found is not None
    assert (len(found.figures), found.sums.days) == (min(number, DAYS_SHOWN), number)
