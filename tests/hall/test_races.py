"""Two acts in the hall at one moment: the second waits, and then sees what the first did."""

from pathlib import Path

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.factories.claims import claimants
from tests.factories.halls import opened, window_at
from tests.factories.visits import THURSDAY, WEDNESDAY, offered
from tests.racing import Meanwhile
from zaigang.hall import actions, verbs
from zaigang.hall.enums import DayState, Service, TicketState
from zaigang.hall.errors import NotReady
from zaigang.hall.models import ServiceDay, Slot, Ticket
from zaigang.roster.models import Closure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(cast: Cast) -> ServiceDay:
    return opened(cast, cast.clerk, cast.second_clerk)


def test_the_key_pressed_twice_calls_one_number(cast: Cast, day: ServiceDay) -> None:
    for _number in range(3):
        verbs.take(office=cast.north, service=Service.ONE_STOP)
    with transaction.atomic():
        first = verbs.call(window=window_at(day), by=cast.clerk)
        other = Meanwhile(lambda: verbs.call(window=window_at(day), by=cast.clerk)).began()
    assert other.result().id == first.id
    assert Ticket.objects.filter(state=TicketState.CALLED).count() == 1


def test_no_day_ends_while_somebody_is_taken_back(cast: Cast, day: ServiceDay) -> None:
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP).id
    verbs.call(window=window_at(day), by=cast.clerk)
    verbs.no_show(ticket=ticket, by=cast.clerk)
    actions.close_doors(service_day=day, by=cast.director)
    with transaction.atomic():
        verbs.requeue(ticket=ticket, by=cast.clerk, offices=[cast.north.pk])
        other = Meanwhile(lambda: actions.end_day(service_day=day, by=cast.director)).began()
    assert isinstance(other.result(), NotReady)
    day.refresh_from_db()
    assert day.state == DayState.DOORS_CLOSED


def test_nobody_is_sent_to_a_window_that_somebody_leaves(cast: Cast, day: ServiceDay) -> None:
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP).id
    verbs.call(window=window_at(day), by=cast.clerk)
    with transaction.atomic():
        verbs.transfer(ticket=ticket, to=window_at(day, 2), by=cast.clerk)
        other = Meanwhile(lambda: actions.get_up(window=window_at(day, 2), by=cast.second_clerk)).began()
    assert other.result() == window_at(day, 2)
    assert Ticket.objects.get().only_window is None


def test_a_place_is_freed_once(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    mine, other_case = claimants(cast, closure, tmp_path, "王建甲", "李丽乙")
    first, second = offered(cast, WEDNESDAY, THURSDAY, capacity=5)
    booking = actions.book(case=mine, slot=first, by=cast.clerk)
    actions.book(case=other_case, slot=first, by=cast.clerk)
    with transaction.atomic():
        actions.give_back(booking=booking, by=cast.clerk)
        other = Meanwhile(lambda: actions.book(case=mine, slot=second, by=cast.clerk)).began()
    assert other.result().slot_id == second.pk
    assert list(Slot.objects.order_by("day").values_list("taken", flat=True)) == [1, 1]
