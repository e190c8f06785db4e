"""What stands at a clerk's window at this moment, read cheaply: the page is loaded after every act."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Prefetch

from zaigang.foundation import clock
from zaigang.hall.enums import DayState, Series, TicketState, WindowState
from zaigang.hall.models import AT_A_WINDOW, ServiceDay, Ticket, Window
from zaigang.hall.permissions import SERVE
from zaigang.offices.models import Staff


@dataclass(frozen=True, slots=True)
class Queue:
    """Tickets of one series that wait, and since when the first of them does."""

    series: str
    label: str
    waiting: int
    since: datetime | None

    @property
    def minutes(self) -> int:
        """How long the first has waited."""
        return int((clock.now() - self.since).total_seconds() // 60) if self.since else 0


@dataclass(frozen=True, slots=True)
class Counter:
    """The day, the window that somebody sits at (None: at none), and the ticket that stands there."""

    day: ServiceDay | None
    window: Window | None
    ticket: Ticket | None
    queues: list[Queue]

    @property
    def waiting(self) -> int:
        """People who wait for this window."""
        return sum(queue.waiting for queue in self.queues)


def counter_of(user: Staff) -> Counter:
    """Where somebody sits today."""
    standing = Ticket.objects.filter(state__in=AT_A_WINDOW)
    window = (
        Window.objects.filter(staff=user, service_day__day=clock.today())
        .exclude(state=WindowState.CLOSED)
        .select_related("service_day__office")
        .prefetch_related(
            Prefetch("tickets", standing.select_related("case__worker", "case__closure__office"))
        )
        .first()
    )
    if window is None:
        return Counter(day_of(user), None, None, [])
    window.staff = user
    at_it = list(window.tickets.all())
    return Counter(window.service_day, window, at_it[0] if at_it else None, queues_of(window))


def queues_of(window: Window) -> list[Queue]:
    """Who waits, for each series that the window serves."""
    waiting = Ticket.objects.filter(
        service_day=window.service_day_id, state=TicketState.WAITING, series__in=window.serves
    )
    found = {
        series: (count, since)
        for series, count, since in waiting.order_by()
        .values_list("series")
        .annotate(n=Count("pk"), since=Min("taken_at"))
    }
    return [
        Queue(series, str(Series(series).label), *found.get(series, (0, None))) for series in window.serves
    ]


def day_of(user: Staff) -> ServiceDay | None:
    """Today's service day at the office where the person may serve."""
    days = ServiceDay.objects.for_user(user, SERVE).filter(day=clock.today())
    return days.exclude(state=DayState.CLOSED).select_related("office").order_by("office__path").first()


def ticket_of(user: Staff, pk: UUID) -> Ticket | None:
    """The ticket, if it stands at this person's window with a case."""
    tickets = Ticket.objects.filter(pk=pk, window__staff=user, state__in=AT_A_WINDOW, case__isnull=False)
    return tickets.select_related("case__worker", "case__firm", "case__closure__office", "window").first()
