"""Reads of the hall: how it stands at this moment, and the figures of days, counted from the event table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from zaigang.foundation import clock
from zaigang.hall.enums import DayState, Series, TicketState
from zaigang.hall.models import AT_A_WINDOW, UNFINISHED, ServiceDay, Ticket, Window
from zaigang.hall.permissions import SERVE
from zaigang.offices.enums import OfficeKind
from zaigang.offices.models import Office, Posting, Staff
from zaigang.offices.permissions import granted, where

LAST_SHOWN = 8


def halls_of(user: Staff, permission: str) -> QuerySet[Office]:
    """The street offices, each with its hall, at which the person holds the permission."""
    return Office.objects.filter(pk__in=where(user, permission), kind=OfficeKind.STREET)


def day_today(office: Office) -> ServiceDay | None:
    """Today's service day of an office, if somebody has prepared it."""
    return ServiceDay.objects.filter(office=office, day=clock.today()).select_related("office").first()


def servers_of(office: Office) -> QuerySet[Staff]:
    """Who may sit at a window there today, by name."""
    codes = office.path.split("/")[:-1]
    paths = ["".join(f"{code}/" for code in codes[:depth]) for depth in range(1, len(codes) + 1)]
    postings = Posting.objects.on(clock.today()).filter(role__in=granted()[SERVE], office__path__in=paths)
    return Staff.objects.filter(is_active=True, pk__in=postings.values("staff")).order_by("full_name")


def minutes_since(moment: datetime) -> int:
    """Whole minutes from a moment to now; never below 0."""
    return max(int((clock.now() - moment).total_seconds() // 60), 0)


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits in one series: how many, how many of them go first, and the minutes of whoever waits longest."""

    series: Series
    waiting: int
    first: int
    longest: int | None


@dataclass(frozen=True, slots=True)
class WindowNow:
    """A window and the ticket that stands there, if any."""

    window: Window
    ticket: Ticket | None

    @property
    def serves(self) -> list[Series]:
        return [Series(code) for code in self.window.serves]


@dataclass(frozen=True, slots=True)
class HallNow:
    """The hall at this moment. `inside` holds everybody who is not finished, `last` the numbers called last."""

    queues: list[Queue]
    windows: list[WindowNow]
    last: list[Ticket]
    inside: list[Ticket]

    @property
    def waiting(self) -> int:
        return sum(queue.waiting for queue in self.queues)

    @property
    def longest(self) -> int | None:
        """Minutes of whoever waits longest in any series."""
        return max((queue.longest for queue in self.queues if queue.longest is not None), default=None)


def hall_now(day: ServiceDay) -> HallNow:
    """How the hall of a service day stands, in three queries."""
    inside = list(Ticket.objects.filter(service_day=day, state__in=UNFINISHED).select_related("window"))
    standing = {ticket.window_id: ticket for ticket in inside if ticket.state in AT_A_WINDOW}
    waiting = [ticket for ticket in inside if ticket.state == TicketState.WAITING]
    windows = list(day.windows.select_related("staff"))
    served = {series for window in windows for series in window.serves}
    return HallNow(
        queues=[queue for series in Series if (queue := _queue(series, waiting)).waiting or series in served],
        windows=[WindowNow(window, standing.get(window.pk)) for window in windows],
        last=list(
            Ticket.objects.filter(service_day=day, called_at__isnull=False)
            .select_related("window")
            .order_by("-called_at")[:LAST_SHOWN]
        ),
        inside=inside,
    )


def _queue(series: Series, waiting: Sequence[Ticket]) -> Queue:
    mine = [ticket for ticket in waiting if ticket.series == series]
    longest = minutes_since(min(ticket.taken_at for ticket in mine)) if mine else None
    return Queue(series, len(mine), sum(ticket.first for ticket in mine), longest)


def waiting_of(day: ServiceDay) -> QuerySet[Ticket]:
    """Who waits, in the order of being called."""
    return Ticket.objects.filter(service_day=day, state=TicketState.WAITING)


def missed_of(day: ServiceDay) -> QuerySet[Ticket]:
    """Who was called and did not come, the latest call first."""
    return Ticket.objects.filter(service_day=day, state=TicketState.NO_SHOW).order_by("-called_at")


def ticket_numbered(day: ServiceDay, text: str) -> Ticket | None:
    """The ticket that somebody names: A023, a23 or 23 (the ordinary series)."""
    text = text.strip().upper()
    series, digits = (text[0], text[1:]) if text[:1] in Series.values else (Series.ORDINARY, text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
        return None
    return day.tickets.filter(series=series, number=int(digits)).select_related("window").first()


@dataclass(frozen=True, slots=True)
class HalfHour:
    """Numbers taken in half an hour, and how long 95 of 100 of those people waited at most (minutes)."""

    starts_at: time
    taken: int
    wait_p95: float | None


@dataclass(frozen=True, slots=True)
class AtWindow:
    """What one window finished, and the median minutes that it took."""

    number: int
    served: int
    service_median: float | None


@dataclass(frozen=True, slots=True)
class OfSeries:
    """One series of a day; waits in minutes."""

    series: Series
    taken: int
    served: int
    wait_median: float | None
    wait_longest: float | None


@dataclass(slots=True)
class DayFigures:
    """One service day. `taken` = `served` + `no_show` + `left` + `inside`.

    Waits run from taking the number to the first call, service from the last beginning to the end; both in
    minutes, None when there is none. `sent_away` counts those who still waited or stood at a window when the day
    was over: it must be 0.
    """

    day: ServiceDay
    taken: int = 0
    served: int = 0
    no_show: int = 0
    left: int = 0
    inside: int = 0
    wait_median: float | None = None
    wait_p95: float | None = None
    wait_longest: float | None = None
    service_median: float | None = None
    last_taken_at: datetime | None = None
    last_finished_at: datetime | None = None
    half_hours: list[HalfHour] = field(default_factory=list)
    windows: list[AtWindow] = field(default_factory=list)
    series: list[OfSeries] = field(default_factory=list)

    @property
    def sent_away(self) -> int:
        over = self.day.state == DayState.CLOSED or self.day.day < clock.today()
        return self.inside if over else 0


# One line for each ticket of the days, from its events alone; then the same lines summed four ways at once.
_FIGURES = """
WITH event AS (
    SELECT e.id, e.ticket_id, e.act, e.at, w.number AS at_window, t.service_day_id, t.series,
        max(e.id) FILTER (WHERE e.act = 'call') OVER (PARTITION BY e.ticket_id) AS last_call
    FROM hall_ticket t JOIN hall_ticketevent e ON e.ticket_id = t.id LEFT JOIN hall_window w ON w.id = e.window_id
    WHERE t.service_day_id = ANY (%(days)s)
), ticket AS (
    SELECT service_day_id AS day, series, ticket_id,
        min(at) FILTER (WHERE act = 'take') AS taken,
        min(at) FILTER (WHERE act = 'call') AS called,
        min(at) FILTER (WHERE act IN ('begin', 'identify') AND id > last_call) AS begun,
        max(at) FILTER (WHERE act = 'finish') AS finished,
        max(at_window) FILTER (WHERE act = 'finish') AS at_window,
        (array_agg(act ORDER BY id DESC))[1] AS last
    FROM event GROUP BY 1, 2, 3
), measured AS (
    SELECT *, date_bin('30 minutes', taken, timestamptz '2000-01-01 00:00+08') AS half_hour,
        extract(epoch FROM called - taken)::float / 60 AS wait,
        extract(epoch FROM finished - begun)::float / 60 AS service
    FROM ticket
)
SELECT day, grouping(series, at_window, half_hour), series, at_window, half_hour, count(*),
    count(*) FILTER (WHERE last = 'finish'), count(*) FILTER (WHERE last = 'no_show'),
    count(*) FILTER (WHERE last = 'leave'), count(*) FILTER (WHERE last NOT IN ('finish', 'no_show', 'leave')),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY wait), percentile_cont(0.95) WITHIN GROUP (ORDER BY wait),
    max(wait), percentile_cont(0.5) WITHIN GROUP (ORDER BY service), max(taken), max(finished)
FROM measured
GROUP BY GROUPING SETS ((day), (day, series), (day, at_window), (day, half_hour))
ORDER BY day, series, at_window, half_hour
"""
# What grouping() answers: one bit for each of series, at_window and half_hour that a line is not grouped by.
_WHOLE_DAY, _BY_SERIES, _BY_WINDOW, _BY_HALF_HOUR = 0b111, 0b011, 0b101, 0b110


def figures(service_day: ServiceDay) -> DayFigures:
    """The figures of one day, in one query."""
    return figures_of([service_day])[0]


def figures_of(days: Iterable[ServiceDay]) -> list[DayFigures]:
    """The figures of many days in the order given, in one query for all."""
    found = {day.pk: DayFigures(day) for day in days}
    if found:
        for pk, lines in _lines(list(found)).items():
            for line in lines:
                _enter(found[pk], line)
    return list(found.values())


def _lines(days: list[UUID]) -> dict[UUID, list[tuple[Any, ...]]]:
    by_day = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"days": days})
        for day, *line in cursor.fetchall():
            by_day[day].append(tuple(line))
    return by_day


def _enter(to: DayFigures, line: tuple[Any, ...]) -> None:
    """Put one summed line where it belongs."""
    grouped, series, window, half_hour, taken, served, no_show, left, inside = line[:9]
    wait_median, wait_p95, wait_longest, service_median, last_taken, last_finished = line[9:]
    if grouped == _WHOLE_DAY:
        to.taken, to.served, to.no_show, to.left, to.inside = taken, served, no_show, left, inside
        to.wait_median, to.wait_p95, to.wait_longest = wait_median, wait_p95, wait_longest
        to.service_median, to.last_taken_at, to.last_finished_at = service_median, last_taken, last_finished
    elif grouped == _BY_SERIES:
        to.series.append(OfSeries(Series(series), taken, served, wait_median, wait_longest))
    elif grouped == _BY_WINDOW and window is not None:
        to.windows.append(AtWindow(window, served, service_median))
    elif grouped == _BY_HALF_HOUR:
        to.half_hours.append(HalfHour(half_hour.astimezone(clock.ZONE).time(), taken, wait_p95))


@dataclass(frozen=True, slots=True)
class Sums:
    """All service days of an office up to a day, together; `sent_away` as in `DayFigures`."""

    days: int
    taken: int
    served: int
    sent_away: int


def days_of(office: Office, until: date) -> QuerySet[ServiceDay]:
    """The service days of an office up to a day, the newest first; those that are only prepared are left out."""
    opened = ServiceDay.objects.filter(office=office, day__lte=until, opened_at__isnull=False)
    return opened.select_related("office").order_by("-day")


def sums_of(office: Office, until: date) -> Sums:
    """Count the tickets of all these days, in two queries."""
    over = Q(service_day__state=DayState.CLOSED) | Q(service_day__day__lt=clock.today())
    counted = Ticket.objects.filter(service_day__in=days_of(office, until)).aggregate(
        taken=Count("pk"),
        served=Count("pk", filter=Q(state=TicketState.DONE)),
        sent_away=Count("pk", filter=over & Q(state__in=UNFINISHED)),
    )
    return Sums(days_of(office, until).count(), **counted)
