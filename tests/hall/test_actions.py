"""The service day, the windows and the appointments, without pages; and two programs at once on the last place."""

from datetime import date, time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tests.cast import Cast
from tests.factories.halls import BOTH, opened, prepared, window_at
from tests.factories.rosters import case_of, imported, row
from tests.processes import answer_of, run_beside, wait_until, waiting_for_a_lock
from zaigang.hall import actions, verbs
from zaigang.hall.checklist import Check
from zaigang.hall.enums import DayState, Series, Service, WindowState
from zaigang.hall.errors import HallClosed, NotReady, NotYourWindow, SlotFull
from zaigang.hall.models import Booking, ServiceDay, Slot, Ticket
from zaigang.ledger.models import Entry
from zaigang.roster.models import Case, Closure

TUESDAY = date(2016, 1, 12)


def slot_at(cast: Cast, start: time = time(9), capacity: int = 1) -> Slot:
    actions.offer_slots(office=cast.north, days=[TUESDAY], starts=[start], capacity=capacity, by=cast.clerk)
    return Slot.objects.get(day=TUESDAY, starts_at=start)


def taken(slot: Slot) -> int:
    slot.refresh_from_db()
    return slot.taken


@pytest.fixture
def cases(cast: Cast, closure: Closure, tmp_path: Path) -> list[Case]:
    """Two people of the north street's closure."""
    imported(cast, closure, tmp_path, [row(1, "王建甲"), row(3, "李建乙")])
    return [case_of(closure, name) for name in ("王建甲", "李建乙")]


def test_a_day_is_prepared_once_with_the_windows_and_hours_of_the_day_before(cast: Cast) -> None:
    before = prepared(cast, windows=2, day=date(2016, 1, 8))
    actions.change_hours(
        service_day=before, opens_at=time(8), closes_at=time(18, 30), seats=40, by=cast.director
    )
    made = prepared(cast, windows=0)
    assert prepared(cast, windows=0) == made
    assert (made.opens_at, made.closes_at, made.seats) == (time(8), time(18, 30), 40)
    assert list(made.windows.values_list("number", "serves", "staff")) == [
        (number, list(BOTH), None) for number in (1, 2)
    ]


@pytest.mark.parametrize("state", [DayState.PREPARING, DayState.OPEN, DayState.DOORS_CLOSED])
def test_hours_can_be_changed_until_the_day_is_over(cast: Cast, state: DayState) -> None:
    day = prepared(cast) if state == DayState.PREPARING else opened(cast)
    if state == DayState.DOORS_CLOSED:
        actions.close_doors(service_day=day, by=cast.director)
    actions.change_hours(service_day=day, opens_at=time(8), closes_at=time(20), seats=None, by=cast.clerk)
    assert ServiceDay.objects.get().closes_at == time(20)
    with pytest.raises(ValidationError, match="停止放号的时间要晚于开门"):
        actions.change_hours(service_day=day, opens_at=time(8), closes_at=time(7), seats=None, by=cast.clerk)


@pytest.mark.parametrize("left_out", Check.values)
def test_every_point_of_the_checklist_is_needed(cast: Cast, left_out: str) -> None:
    day = prepared(cast)
    actions.sit_down(window=window_at(day), by=cast.clerk)
    ticked = [point for point in Check.values if point != left_out]
    with pytest.raises(NotReady) as refused:
        actions.open_day(service_day=day, checked=ticked, by=cast.director)
    assert refused.value.where == Check(left_out).label


def test_a_day_that_is_over_is_changed_no_more(cast: Cast) -> None:
    day = opened(cast)
    actions.close_doors(service_day=day, by=cast.director)
    assert actions.end_day(service_day=day, by=cast.director).state == DayState.CLOSED
    with pytest.raises(HallClosed):
        actions.set_window(service_day=day, number=3, serves=BOTH, by=cast.director)
    with pytest.raises(HallClosed):
        actions.sit_down(window=window_at(day), by=cast.clerk)
    with pytest.raises(NotReady):
        actions.open_day(service_day=day, checked=Check.values, by=cast.director)


def test_a_day_ends_after_the_doors_were_closed(cast: Cast) -> None:
    day = opened(cast)
    with pytest.raises(NotReady, match="还在放号"):
        actions.end_day(service_day=day, by=cast.director)


def test_nobody_sits_at_two_windows_or_where_somebody_sits(cast: Cast) -> None:
    day = opened(cast)
    with pytest.raises(NotYourWindow, match="您还坐在别的窗口"):
        actions.sit_down(window=window_at(day, 2), by=cast.clerk)
    with pytest.raises(NotYourWindow, match="这个窗口有人"):
        actions.sit_down(window=window_at(day), by=cast.second_clerk)


def test_whoever_gets_up_leaves_nobody_waiting_for_that_window_alone(cast: Cast) -> None:
    day = opened(cast, cast.clerk, cast.second_clerk)
    verbs.take(office=cast.north, service=Service.JOBS)
    moved = verbs.call(window=window_at(day), by=cast.clerk)
    with pytest.raises(NotReady, match="窗口上还有人"):
        actions.get_up(window=window_at(day), by=cast.clerk)
    verbs.transfer(ticket=moved.id, to=window_at(day, 2), by=cast.clerk)
    actions.get_up(window=window_at(day, 2), by=cast.second_clerk)
    assert Ticket.objects.get().only_window is None
    assert (window_at(day, 2).staff, window_at(day, 2).state) == (None, WindowState.CLOSED)
    assert verbs.call(window=window_at(day), by=cast.clerk).id == moved.id


def test_a_window_is_changed_and_taken_off(cast: Cast) -> None:
    day = prepared(cast)
    actions.set_window(service_day=day, number=1, serves=[Series.GREEN, "?"], by=cast.clerk)
    actions.remove_window(window=window_at(day, 2), by=cast.clerk)
    assert list(day.windows.values_list("number", "serves")) == [(1, ["G"])]
    with pytest.raises(ValidationError):
        actions.set_window(service_day=day, number=100, serves=BOTH, by=cast.clerk)


def test_offering_again_changes_only_the_half_hours_named(cast: Cast) -> None:
    early, late = slot_at(cast, time(9), 3), slot_at(cast, time(14), 3)
    starts = (start for start in (time(14), time(14, 30)))
    days = [TUESDAY, date(2016, 1, 13)]
    assert actions.offer_slots(office=cast.north, days=days, starts=starts, capacity=5, by=cast.clerk) == 3
    early.refresh_from_db(), late.refresh_from_db()
    assert (early.capacity, late.capacity, Slot.objects.count()) == (3, 5, 5)


def test_capacity_never_falls_below_what_is_taken(cast: Cast, cases: list[Case]) -> None:
    slot = slot_at(cast, capacity=3)
    for case in cases:
        actions.book(case=case, slot=slot, by=cast.clerk)
    slot_at(cast, capacity=1)
    slot.refresh_from_db()
    assert (slot.taken, slot.capacity) == (2, 3)


def test_a_booking_is_made_once_and_told_to_the_ledger(cast: Cast, cases: list[Case]) -> None:
    slot = slot_at(cast)
    booking = actions.book(case=cases[0], slot=slot, by=cast.clerk)
    assert actions.book(case=cases[0], slot=slot, by=cast.clerk) == booking
    assert taken(slot) == 1
    entry = Entry.objects.get(verb="hall.slot_chosen")
    assert (entry.subject, entry.facts) == (
        cases[0].pk,
        {"slot": str(slot.pk), "day": "2016-01-12", "at": "09:00"},
    )


def test_choosing_another_slot_gives_the_first_one_back(cast: Cast, cases: list[Case]) -> None:
    first, second = slot_at(cast), slot_at(cast, time(10))
    actions.book(case=cases[0], slot=first, by=cast.clerk)
    actions.book(case=cases[0], slot=second, by=cast.clerk)
    assert (taken(first), taken(second)) == (0, 1)
    assert Booking.objects.filter(given_back_at=None).get().slot == second


def test_a_full_slot_is_refused_and_the_place_held_before_is_kept(cast: Cast, cases: list[Case]) -> None:
    full, held = slot_at(cast), slot_at(cast, time(10))
    actions.book(case=cases[0], slot=full, by=cast.clerk)
    actions.book(case=cases[1], slot=held, by=cast.clerk)
    with pytest.raises(SlotFull):
        actions.book(case=cases[1], slot=full, by=cast.clerk)
    assert (taken(full), taken(held)) == (1, 1)
    assert Booking.objects.get(case=cases[1], given_back_at=None).slot == held


def test_a_slot_of_another_street_cannot_be_booked(cast: Cast, cases: list[Case]) -> None:
    actions.offer_slots(office=cast.south, days=[TUESDAY], starts=[time(9)], capacity=1, by=cast.outsider)
    slot = Slot.objects.get()
    with pytest.raises(SlotFull):
        actions.book(case=cases[0], slot=slot, by=cast.clerk)
    assert taken(slot) == 0


def test_a_place_given_back_twice_is_free_once(cast: Cast, cases: list[Case]) -> None:
    slot = slot_at(cast, capacity=2)
    for case in cases:
        booking = actions.book(case=case, slot=slot, by=cast.clerk)
    for _time in range(2):
        actions.give_back(booking=booking, by=cast.clerk)
    assert taken(slot) == 1
    assert Entry.objects.filter(verb="hall.slot_given_back").count() == 1
    assert actions.book(case=cases[1], slot=slot, by=cast.clerk) != booking


BOOK = """
import json
from zaigang.hall.actions import book
from zaigang.hall.errors import SlotFull
from zaigang.hall.models import Slot
from zaigang.offices.models import Staff
from zaigang.roster.models import Case
case, slot = Case.objects.get(pk=sys.argv[1]), Slot.objects.get(pk=sys.argv[2])
try:
    book(case=case, slot=slot, by=Staff.objects.get(username="liu"))
    print(json.dumps("booked"))
except SlotFull:
    print(json.dumps("full"))
"""


@pytest.mark.django_db(transaction=True)
def test_two_programs_at_once_want_the_last_place(cast: Cast, cases: list[Case]) -> None:
    slot = slot_at(cast)
    with transaction.atomic():
        Slot.objects.select_for_update().get(pk=slot.pk)
        programs = [run_beside(BOOK, str(case.pk), str(slot.pk)) for case in cases]
        wait_until(lambda: waiting_for_a_lock() == 2, *programs)
    assert sorted(answer_of(program) for program in programs) == ["booked", "full"]
    assert (taken(slot), Booking.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_change_places_do_not_wait_for_each_other(cast: Cast, cases: list[Case]) -> None:
    slots = [slot_at(cast, start, capacity=2) for start in (time(9), time(10))]
    for case, slot in zip(cases, slots, strict=True):
        actions.book(case=case, slot=slot, by=cast.clerk)
    with transaction.atomic():
        list(Slot.objects.select_for_update().order_by("pk"))
        programs = [
            run_beside(BOOK, str(case.pk), str(slot.pk))
            for case, slot in zip(cases, reversed(slots), strict=True)
        ]
        wait_until(lambda: waiting_for_a_lock() == 2, *programs)
    assert [answer_of(program) for program in programs] == ["booked", "booked"]
    assert [taken(slot) for slot in slots] == [1, 1]


def test_a_window_to_which_somebody_was_sent_stays(cast: Cast) -> None:
    day = opened(cast, cast.clerk, cast.second_clerk)
    ticket = verbs.take(office=cast.north, service=Service.ONE_STOP).id
    verbs.call(window=window_at(day), by=cast.clerk)
    verbs.transfer(ticket=ticket, to=window_at(day, 2), by=cast.clerk)
    with pytest.raises(NotReady):
        actions.remove_window(window=window_at(day, 2), by=cast.director)
