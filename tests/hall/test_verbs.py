"""Tickets: numbers, order, the table of states, and that each act is one statement."""

from datetime import datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.halls import opened, prepared, window_at
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.enums import Act, Series, Service, TicketState
from zaigang.hall.errors import HallClosed, NobodyWaiting, NotYourWindow, WrongState
from zaigang.hall.models import ServiceDay, Ticket, TicketEvent
from zaigang.hall.transitions import TRANSITIONS
from zaigang.ledger.models import Entry

NINE = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)


def take(cast: Cast, **more: object) -> verbs.Moved:
    return verbs.take(office=cast.north, service=Service.JOBS, **more)  # type: ignore[arg-type]


@pytest.fixture
def day(cast: Cast) -> ServiceDay:
    return opened(cast, cast.clerk, cast.second_clerk)


def test_numbers_count_up_in_each_series(cast: Cast, day: ServiceDay) -> None:
    taken = [take(cast), take(cast, series=Series.GREEN), take(cast), take(cast)]
    assert [(one.label, one.ahead) for one in taken] == [("A001", 0), ("G001", 0), ("A002", 1), ("A003", 2)]


def test_the_same_press_gives_the_same_number(cast: Cast, day: ServiceDay) -> None:
    once = uuid4()
    first, again = take(cast, once=once), take(cast, once=once)
    assert (first.id, first.label) == (again.id, again.label) == (once, "A001")
    assert take(cast).label == "A002"
    assert TicketEvent.objects.filter(ticket=once).count() == 1


@pytest.mark.django_db(transaction=True)
def test_walk_is_one_statement_each(
    cast: Cast, day: ServiceDay, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    window = window_at(day)
    with django_assert_num_queries(1):
        ticket = take(cast)
    with django_assert_num_queries(1):
        called = verbs.call(window=window, by=cast.clerk)
    with django_assert_num_queries(1):
        verbs.begin(ticket=called.id, by=cast.clerk)
    with django_assert_num_queries(1):
        done = verbs.finish(ticket=called.id, by=cast.clerk)
    assert (called.label, called.window, done.state) == (ticket.label, 1, TicketState.DONE)
    events = TicketEvent.objects.filter(ticket=ticket.id).values_list("act", "window__number", "by")
    clerk = cast.clerk.pk
    assert list(events) == [
        ("take", None, None), ("call", 1, clerk), ("begin", 1, clerk), ("finish", 1, clerk),
    ]  # fmt: skip


def test_a_window_calls_only_what_it_serves_in_order_of_coming(cast: Cast, day: ServiceDay) -> None:
    green = actions.set_window(service_day=day, number=2, serves=[Series.GREEN], by=cast.director)
    with clock.at(NINE):
        take(cast)
    with clock.at(NINE + timedelta(minutes=1)):
        take(cast, series=Series.GREEN)
    assert verbs.call(window=green, by=cast.second_clerk).label == "G001"
    assert verbs.call(window=window_at(day), by=cast.clerk).label == "A001"


def test_who_goes_first_passes_twenty_minutes_and_no_more(cast: Cast, day: ServiceDay) -> None:
    for minute, first in ((0, False), (5, False), (22, True)):
        with clock.at(NINE + timedelta(minutes=minute)):
            take(cast, first=first)
    window, order = window_at(day), []
    for _turn in range(3):
        called = verbs.call(window=window, by=cast.clerk)
        order.append(called.number)
        verbs.no_show(ticket=called.id, by=cast.clerk)
    assert order == [1, 3, 2]


def test_pressed_twice_the_window_keeps_its_number(cast: Cast, day: ServiceDay) -> None:
    take(cast), take(cast)
    window = window_at(day)
    first, again = verbs.call(window=window, by=cast.clerk), verbs.call(window=window, by=cast.clerk)
    assert (first.id, first.label) == (again.id, "A001")
    assert Ticket.objects.filter(state=TicketState.CALLED).count() == 1


def test_nobody_waiting_is_said(cast: Cast, day: ServiceDay) -> None:
    with pytest.raises(NobodyWaiting, match="没有人在等"):
        verbs.call(window=window_at(day), by=cast.clerk)


def test_only_who_sits_there_calls(cast: Cast, day: ServiceDay) -> None:
    take(cast)
    with pytest.raises(NotYourWindow):
        verbs.call(window=window_at(day), by=cast.second_clerk)
    with pytest.raises(NotYourWindow):
        actions.pause(window=window_at(day), by=cast.second_clerk)
    actions.pause(window=window_at(day), by=cast.clerk)
    with pytest.raises(NotYourWindow):
        verbs.call(window=window_at(day), by=cast.clerk)


def test_no_number_before_opening_and_after_the_doors_close(cast: Cast) -> None:
    prepared(cast)
    with pytest.raises(HallClosed):
        take(cast)
    day = opened(cast, cast.clerk)
    take(cast)
    actions.close_doors(service_day=day, by=cast.director)
    with pytest.raises(HallClosed):
        take(cast)


def test_who_missed_the_call_comes_after_the_next(cast: Cast, day: ServiceDay) -> None:
    for minute in range(3):
        with clock.at(NINE + timedelta(minutes=minute)):
            take(cast)
    window = window_at(day)
    missed = verbs.call(window=window, by=cast.clerk)
    verbs.no_show(ticket=missed.id, by=cast.clerk)
    back = verbs.requeue(ticket=missed.id, by=cast.director, offices=[cast.north.pk])
    assert back.state == TicketState.WAITING
    order = []
    for _turn in range(3):
        called = verbs.call(window=window, by=cast.clerk)
        order.append(called.number)
        verbs.begin(ticket=called.id, by=cast.clerk)
        verbs.finish(ticket=called.id, by=cast.clerk)
    assert order == [2, 1, 3]


def test_transfer_keeps_the_place_and_waits_for_that_window(cast: Cast, day: ServiceDay) -> None:
    take(cast), take(cast)
    one, two = window_at(day), window_at(day, 2)
    called = verbs.call(window=one, by=cast.clerk)
    verbs.transfer(ticket=called.id, to=two, by=cast.clerk)
    assert verbs.call(window=one, by=cast.clerk).label == "A002"
    assert verbs.call(window=two, by=cast.second_clerk).label == "A001"


def in_state(cast: Cast, day: ServiceDay, state: TicketState) -> UUID:
    """A ticket that came to `state` by the acts that lead there."""
    ticket = take(cast).id
    if state in (TicketState.WAITING, TicketState.LEFT):
        if state == TicketState.LEFT:
            verbs.leave(ticket=ticket, by=cast.director, offices=[cast.north.pk])
        return ticket
    verbs.call(window=window_at(day), by=cast.clerk)
    if state == TicketState.NO_SHOW:
        verbs.no_show(ticket=ticket, by=cast.clerk)
    if state in (TicketState.SERVING, TicketState.DONE):
        verbs.begin(ticket=ticket, by=cast.clerk)
    if state == TicketState.DONE:
        verbs.finish(ticket=ticket, by=cast.clerk)
    return ticket


def do(cast: Cast, day: ServiceDay, act: Act, ticket: UUID, case: object) -> verbs.Moved:
    north = [cast.north.pk]
    if act == Act.CALL:
        return verbs.call(window=window_at(day), by=cast.clerk)
    if act == Act.TRANSFER:
        return verbs.transfer(ticket=ticket, to=window_at(day, 2), by=cast.clerk)
    if act in (Act.REQUEUE, Act.LEAVE):
        return getattr(verbs, act.value)(ticket=ticket, by=cast.director, offices=north)  # type: ignore[no-any-return]
    if act == Act.IDENTIFY:
        return verbs.identify(ticket=ticket, case=case, by=cast.clerk)  # type: ignore[arg-type]
    return getattr(verbs, act.value)(ticket=ticket, by=cast.clerk)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("state", "act"), [pair for pair in product(TicketState, TRANSITIONS) if pair[1] != Act.CALL]
)
def test_the_table_of_states(
    cast: Cast, day: ServiceDay, known_case: object, state: TicketState, act: Act
) -> None:
    ticket = in_state(cast, day, state)
    if state in TRANSITIONS[act].sources:
        assert do(cast, day, act, ticket, known_case).state == TRANSITIONS[act].target
    else:
        before = TicketEvent.objects.count()
        with pytest.raises(WrongState):
            do(cast, day, act, ticket, known_case)
        assert Ticket.objects.get(pk=ticket).state == state
        assert TicketEvent.objects.count() == before


@pytest.mark.parametrize("act", [Act.RECALL, Act.BEGIN, Act.NO_SHOW, Act.TRANSFER, Act.IDENTIFY])
def test_nobody_acts_on_the_ticket_of_another_window(
    cast: Cast, day: ServiceDay, known_case: object, act: Act
) -> None:
    ticket = in_state(cast, day, TicketState.CALLED)
    cast.clerk = cast.second_clerk
    with pytest.raises(WrongState):
        do(cast, day, act, ticket, known_case)


def test_the_guide_desk_of_another_office_moves_nothing(cast: Cast, day: ServiceDay) -> None:
    ticket = in_state(cast, day, TicketState.NO_SHOW)
    with pytest.raises(WrongState):
        verbs.requeue(ticket=ticket, by=cast.outsider, offices=[cast.south.pk])


def test_the_ledger_hears_of_a_ticket_that_belongs_to_a_case(
    cast: Cast, day: ServiceDay, known_case: object
) -> None:
    ticket = in_state(cast, day, TicketState.CALLED)
    verbs.identify(ticket=ticket, case=known_case, by=cast.clerk)  # type: ignore[arg-type]
    verbs.finish(ticket=ticket, by=cast.clerk)
    entry = Entry.objects.get(verb="hall.served")
    assert entry.subject == known_case.pk  # type: ignore[attr-defined]
    assert entry.facts == {"ticket": str(ticket), "series": "A", "number": 1, "window": 1}


def test_the_same_person_is_noted_once(cast: Cast, day: ServiceDay, known_case: object) -> None:
    ticket = in_state(cast, day, TicketState.CALLED)
    for _press in range(2):
        assert do(cast, day, Act.IDENTIFY, ticket, known_case).state == TicketState.SERVING
    acts = TicketEvent.objects.filter(ticket=ticket).values_list("act", flat=True)
    assert list(acts) == ["take", "call", "identify"]


def test_one_number_for_a_person_at_a_time(cast: Cast, day: ServiceDay, known_case: object) -> None:
    take(cast, case=known_case, by=cast.clerk)
    with pytest.raises(WrongState, match="已经有一个号"):
        take(cast, case=known_case, by=cast.clerk)
    assert take(cast).label == "A002"


def test_events_can_be_neither_changed_nor_removed(cast: Cast, day: ServiceDay) -> None:
    take(cast)
    for statement in ("UPDATE hall_ticketevent SET act = 'call'", "DELETE FROM hall_ticketevent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_keeps_a_day_open_while_somebody_is_inside(cast: Cast, day: ServiceDay) -> None:
    ticket = take(cast)
    actions.close_doors(service_day=day, by=cast.director)
    with pytest.raises(IntegrityError, match="nobody_inside"), transaction.atomic():
        ServiceDay.objects.filter(pk=day.pk).update(state="closed", closed_at=clock.now())
    verbs.leave(ticket=ticket.id, by=cast.director, offices=[cast.north.pk])
    assert actions.end_day(service_day=day, by=cast.director).state == "closed"
