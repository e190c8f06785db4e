"""The figures of a day: computed by hand once, and against a plain recount of the same events."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from math import ceil, floor
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.factories.halls import opened, prepared, window_at
from zaigang.foundation import clock
from zaigang.hall import actions, verbs
from zaigang.hall.enums import Act, Series, Service, TicketState
from zaigang.hall.errors import NobodyWaiting
from zaigang.hall.models import ServiceDay, Ticket, TicketEvent
from zaigang.hall.permissions import RUN_DAY, VIEW_HALL
from zaigang.hall.queries import (
    AtWindow,
    DayFigures,
    HalfHour,
    OfSeries,
    day_today,
    days_of,
    figures,
    figures_of,
    hall_now,
    halls_of,
    servers_of,
    sums_of,
    ticket_numbered,
)

NINE = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)


@contextmanager
def minute(number: float, of: datetime = NINE) -> Iterator[None]:
    """So many minutes after nine."""
    with clock.at(of + timedelta(minutes=number)):
        yield


def take(cast: Cast, at: float, series: str = Series.ORDINARY) -> UUID:
    with minute(at):
        return verbs.take(office=cast.north, service=Service.JOBS, series=series).id


def served(cast: Cast, day: ServiceDay, called: float, begun: float, finished: float) -> verbs.Moved:
    """Whoever is next, served by the clerk at window 1."""
    with minute(called):
        moved = verbs.call(window=window_at(day), by=cast.clerk)
    with minute(begun):
        verbs.begin(ticket=moved.id, by=cast.clerk)
    with minute(finished):
        return verbs.finish(ticket=moved.id, by=cast.clerk)


@pytest.fixture
def small_day(cast: Cast) -> ServiceDay:
    """Two served after 10 and 20 minutes, one who missed the call after 32, one who left, one who still waits."""
    day = opened(cast, cast.clerk, cast.second_clerk)
    take(cast, 0), take(cast, 5), take(cast, 8, Series.GREEN)
    leaver = take(cast, 31)
    served(cast, day, 10, 11, 16)
    served(cast, day, 25, 26, 34)
    with minute(40):
        missed = verbs.call(window=window_at(day), by=cast.clerk)
        verbs.no_show(ticket=missed.id, by=cast.clerk)
        verbs.leave(ticket=leaver, by=cast.director, offices=[cast.north.pk])
    take(cast, 41)
    return day


def test_a_small_day_by_hand(cast: Cast, small_day: ServiceDay) -> None:
    found = figures(small_day)
    assert (found.taken, found.served, found.no_show, found.left, found.inside) == (5, 2, 1, 1, 1)
    assert found.wait_median == 20
    assert found.wait_p95 == pytest.approx(20 + 0.9 * 12)
    assert (found.wait_longest, found.service_median) == (32, 6.5)
    assert (found.last_taken_at, found.last_finished_at) == (
        NINE + timedelta(minutes=41),
        NINE + timedelta(minutes=34),
    )
    assert found.half_hours == [
        HalfHour(time(9), 3, pytest.approx(30.8)),
        HalfHour(time(9, 30), 2, None),
    ]
    assert found.windows == [AtWindow(1, 2, 6.5)]
    assert found.series == [OfSeries(Series.ORDINARY, 4, 2, 15, 20), OfSeries(Series.GREEN, 1, 0, 32, 32)]


def test_whoever_waits_when_the_day_is_over_was_sent_away(cast: Cast, small_day: ServiceDay) -> None:
    assert figures(small_day).sent_away == 0
    assert sums_of(cast.north, small_day.day).sent_away == 0
    with clock.at(NINE + timedelta(days=1)):
        assert figures(small_day).sent_away == 1
        sums = sums_of(cast.north, clock.today())
        assert (sums.days, sums.taken, sums.served, sums.sent_away) == (1, 5, 2, 1)


def test_a_transfer_is_served_once_where_it_ended(cast: Cast) -> None:
    day = opened(cast, cast.clerk, cast.second_clerk)
    ticket = take(cast, 0)
    with minute(3):
        verbs.call(window=window_at(day), by=cast.clerk)
        verbs.begin(ticket=ticket, by=cast.clerk)
    with minute(5):
        verbs.transfer(ticket=ticket, to=window_at(day, 2), by=cast.clerk)
    with minute(9):
        verbs.call(window=window_at(day, 2), by=cast.second_clerk)
        verbs.begin(ticket=ticket, by=cast.second_clerk)
    with minute(12):
        verbs.finish(ticket=ticket, by=cast.second_clerk)
    found = figures(day)
    assert (found.taken, found.served, found.wait_longest) == (1, 1, 3)
    assert found.windows == [AtWindow(2, 1, 3)]


def test_who_missed_the_call_and_came_back_counts_as_served(cast: Cast) -> None:
    day = opened(cast)
    ticket = take(cast, 0)
    with minute(4):
        verbs.call(window=window_at(day), by=cast.clerk)
        verbs.no_show(ticket=ticket, by=cast.clerk)
    with minute(6):
        verbs.requeue(ticket=ticket, by=cast.director, offices=[cast.north.pk])
    served(cast, day, 7, 8, 10)
    found = figures(day)
    assert (found.served, found.no_show, found.wait_longest, found.service_median) == (1, 0, 4, 2)


def percentile(values: list[float], share: float) -> float | None:
    """As PostgreSQL's percentile_cont: between the two neighbours in proportion."""
    if not values:
        return None
    ordered, place = sorted(values), share * (len(values) - 1)
    low, high = ordered[floor(place)], ordered[ceil(place)]
    return low + (high - low) * (place - floor(place))


class Story:
    """One ticket's events, read one after the other."""

    def __init__(self, events: list[TicketEvent]) -> None:
        self.taken = events[0].at
        self.called = self.begun = self.finished = None
        self.window = 0
        for event in events:
            self.last = event.act
            if event.act == Act.CALL:
                self.called, self.begun = self.called or event.at, None
            elif event.act == Act.BEGIN:
                self.begun = event.at
            elif event.act == Act.FINISH:
                self.finished, self.window = event.at, event.window.number

    @property
    def wait(self) -> float | None:
        return (self.called - self.taken).total_seconds() / 60 if self.called else None

    @property
    def service(self) -> float | None:
        return (self.finished - self.begun).total_seconds() / 60 if self.finished else None


def recount(day: ServiceDay) -> dict[str, object]:
    stories = [Story(list(ticket.events.select_related("window"))) for ticket in day.tickets.all()]
    waits = [story.wait for story in stories if story.wait is not None]
    last = [story.last for story in stories]
    ended = (Act.FINISH, Act.NO_SHOW, Act.LEAVE)
    starts = sorted({half_hour(story) for story in stories})
    numbers = sorted({story.window for story in stories if story.window})
    return {
        "counts": (len(last), *(last.count(act) for act in ended), sum(act not in ended for act in last)),
        "waits": [percentile(waits, 0.5), percentile(waits, 0.95), max(waits, default=None)],
        "half_hours": [
            (
                start,
                sum(half_hour(s) == start for s in stories),
                percentile([s.wait for s in stories if half_hour(s) == start and s.wait is not None], 0.95),
            )
            for start in starts
        ],
        "windows": [
            (
                number,
                sum(s.window == number for s in stories),
                percentile([s.service for s in stories if s.window == number], 0.5),  # type: ignore[misc]
            )
            for number in numbers
        ],
    }


def half_hour(story: Story) -> time:
    return time(story.taken.astimezone(clock.ZONE).hour, story.taken.minute // 30 * 30)


def told(found: DayFigures) -> dict[str, object]:
    """What `recount` says, from the figures."""
    return {
        "counts": (found.taken, found.served, found.no_show, found.left, found.inside),
        "waits": [found.wait_median, found.wait_p95, found.wait_longest],
        "half_hours": [(one.starts_at, one.taken, one.wait_p95) for one in found.half_hours],
        "windows": [(one.number, one.served, one.service_median) for one in found.windows],
    }


def some_day(cast: Cast, seed: int, steps: int = 60) -> ServiceDay:
    """A day on which anything that the hall allows happens in a random order."""
    chance, day = random.Random(seed), opened(cast, cast.clerk, cast.second_clerk)
    people = ((cast.clerk, window_at(day)), (cast.second_clerk, window_at(day, 2)))
    north = [cast.north.pk]
    for step in range(steps):
        staff, window = chance.choice(people)
        with minute(step * 2 + chance.choice((0, 0.5, 1))):
            standing = Ticket.objects.filter(window=window, state__in=("called", "serving")).first()
            missed = Ticket.objects.filter(service_day=day, state=TicketState.NO_SHOW).first()
            dice = chance.random()
            if dice < 0.4:
                verbs.take(office=cast.north, service=Service.JOBS, series=chance.choice(Series.values))
            elif dice < 0.5 and missed:
                chance.choice((verbs.requeue, verbs.leave))(ticket=missed.pk, by=cast.director, offices=north)
            elif standing is None:
                try:
                    verbs.call(window=window, by=staff)
                except NobodyWaiting:
                    continue
            elif dice < 0.6:
                verbs.transfer(
                    ticket=standing.pk, to=people[0][1] if window == people[1][1] else people[1][1], by=staff
                )
            elif standing.state == TicketState.CALLED:
                chance.choice((verbs.begin, verbs.begin, verbs.no_show))(ticket=standing.pk, by=staff)
            else:
                verbs.finish(ticket=standing.pk, by=staff)
    return day


def close(value: object) -> object:
    """The same, with floats compared as floats are."""
    if isinstance(value, float):
        return pytest.approx(value, abs=1e-6)
    if isinstance(value, list | tuple):
        return type(value)(close(one) for one in value)
    return {key: close(one) for key, one in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("seed", range(8))
def test_figures_agree_with_a_recount(cast: Cast, seed: int) -> None:
    day = some_day(cast, seed)
    assert told(figures(day)) == close(recount(day))


def test_a_day_without_tickets_has_no_figures(cast: Cast) -> None:
    day = opened(cast)
    assert figures(day) == DayFigures(day)
    assert figures_of([]) == []


@pytest.mark.parametrize("number", [1, 3])
def test_figures_of_many_days_are_one_query(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    days = []
    for back in range(number):
        with clock.at(NINE - timedelta(days=back)):
            days.append(opened(cast))
            verbs.take(office=cast.north, service=Service.JOBS)
    with django_assert_num_queries(1):
        found = figures_of(days)
    assert [(one.day, one.taken) for one in found] == [(day, 1) for day in days]


def test_days_that_were_only_prepared_are_left_out(cast: Cast) -> None:
    with clock.at(NINE - timedelta(days=3)):
        first = opened(cast)
    prepared(cast)
    assert list(days_of(cast.north, clock.today())) == [first]
    assert list(days_of(cast.north, first.day - timedelta(days=1))) == []
    assert list(days_of(cast.south, clock.today())) == []


@pytest.mark.parametrize("people", [1, 3])
def test_the_hall_now_is_three_queries(
    cast: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = opened(cast)
    for number in range(people):
        take(cast, number - 10)
    with django_assert_num_queries(3):
        now = hall_now(day)
    assert (now.waiting, now.longest) == (people, 10)


def test_who_waits_by_series_and_who_stands_where(cast: Cast) -> None:
    day = opened(cast, cast.clerk, cast.second_clerk)
    ordinary = take(cast, -30)
    green = take(cast, -20, Series.GREEN)
    with minute(-12):
        verbs.take(office=cast.north, service=Service.HELP, first=True)
    called = verbs.call(window=window_at(day), by=cast.clerk)
    now = hall_now(day)
    queues = [(queue.series, queue.waiting, queue.first, queue.longest) for queue in now.queues]
    # Whoever goes first stands where those stand who came twenty minutes earlier: at -32, before the one at -30.
    assert called.label == "A002"
    assert queues == [(Series.ORDINARY, 1, 0, 30), (Series.GREEN, 1, 0, 20)]
    assert [one.ticket.pk if one.ticket else None for one in now.windows] == [called.id, None]
    assert [ticket.pk for ticket in now.last] == [called.id]
    assert [ticket.pk for ticket in now.inside] == [called.id, ordinary, green]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("A001", "A001"), ("a1", "A001"), (" 1 ", "A001"), ("G001", "G001"), ("g2", None), ("", None), ("A", None),
        ("B1", None), ("１", None), ("A99999999999", None),
    ],
)  # fmt: skip
def test_a_ticket_is_found_as_people_say_it(cast: Cast, text: str, label: str | None) -> None:
    day = opened(cast)
    take(cast, 0), take(cast, 1, Series.GREEN)
    found = ticket_numbered(day, text)
    assert (found.label if found else None) == label


def test_today_is_the_office_s_own_day(cast: Cast) -> None:
    day = prepared(cast)
    assert (day_today(cast.north), day_today(cast.south)) == (day, None)
    with clock.at(NINE + timedelta(days=1)):
        assert day_today(cast.north) is None


def test_halls_are_those_of_the_streets_one_works_for(cast: Cast) -> None:
    assert list(halls_of(cast.clerk, RUN_DAY)) == [cast.north]
    assert list(halls_of(cast.district_viewer, VIEW_HALL)) == [cast.north, cast.south]
    assert list(halls_of(cast.district_viewer, RUN_DAY)) == []


def test_who_may_sit_at_a_window(cast: Cast) -> None:
    assert set(servers_of(cast.north)) == {cast.clerk, cast.second_clerk, cast.officer}
    assert list(servers_of(cast.south)) == [cast.outsider]


def test_a_series_that_no_window_serves_is_not_shown(cast: Cast) -> None:
    day = prepared(cast)
    for number in (1, 2):
        actions.set_window(service_day=day, number=number, serves=[Series.ORDINARY], by=cast.director)
    assert [queue.series for queue in hall_now(day).queues] == [Series.ORDINARY]
