"""What the board and the phones read of a hall. Numbers and windows only: no person is ever on a screen in the hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from zaigang.foundation import clock
from zaigang.hall.enums import Act, Series, TicketState, WindowState
from zaigang.hall.models import AT_A_WINDOW, ServiceDay, Ticket
from zaigang.hall.pace import Pace, pace_of, range_words
from zaigang.hall.queries import day_today
from zaigang.hall.speech import clips_of, spoken_text
from zaigang.offices.models import Office

#: A new call stands out for so long.
NEW = timedelta(seconds=10)
#: Calls of this time are still spoken by a board that was away for a moment.
SPOKEN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Row:
    """A number and the window it is called to. `key` changes with every call, so that a board speaks each once."""

    label: str
    window: int
    called_at: datetime
    key: str
    is_new: bool

    @property
    def spoken(self) -> str:
        return spoken_text(self.label, self.window)

    @property
    def clips(self) -> str:
        return " ".join(clips_of(self.label, self.window))


@dataclass(frozen=True, slots=True)
class Line:
    """Who waits in a series: how many, and how long somebody who comes now will wait."""

    series: str
    name: str
    waiting: int
    minutes: tuple[int, int] | None

    @property
    def words(self) -> str:
        return range_words(self.minutes)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board at one moment. `calls` are those to be spoken, on the screen or not."""

    day: ServiceDay | None
    rows: Sequence[Row]
    calls: Sequence[Row]
    lines: Sequence[Line]
    paused: Sequence[int]


def board_of(office: Office, rows: int) -> Board:
    """What a board with room for `rows` shows: whoever is called and not there yet first, the last call on top."""
    day = day_today(office)
    if day is None:
        return Board(None, (), (), (), ())
    called = _called(day)
    fitting = sorted(called, key=lambda pair: (pair[0] != TicketState.CALLED, -pair[1].called_at.timestamp()))
    shown = sorted((row for _state, row in fitting[:rows]), key=lambda row: row.called_at, reverse=True)
    since = clock.now() - SPOKEN
    calls = [row for state, row in called if state == TicketState.CALLED and row.called_at >= since]
    paused = day.windows.filter(state=WindowState.PAUSED).values_list("number", flat=True)
    return Board(day, shown, calls, lines_of(day), list(paused))


def _called(day: ServiceDay) -> list[tuple[str, Row]]:
    """State and row of every number at a window. Its moment is that of the last call, a second call included."""
    calls = Max("events__at", filter=Q(events__act__in=(Act.CALL, Act.RECALL)))
    tickets = (
        Ticket.objects.filter(service_day=day, state__in=AT_A_WINDOW, window__isnull=False)
        .annotate(on_the_wall=F("window__number"), last_call=Coalesce(calls, F("called_at")))
        .order_by("last_call", "number")
    )
    now = clock.now()
    found = []
    for one in tickets:
        key = f"{one.label}-{one.on_the_wall}-{one.calls}"
        is_new = one.state == TicketState.CALLED and now - one.last_call < NEW
        found.append((one.state, Row(one.label, one.on_the_wall, one.last_call, key, is_new)))
    return found


def lines_of(day: ServiceDay, pace: Pace | None = None) -> list[Line]:
    """A line for each series that a window of the day serves, in the order of the series."""
    pace = pace or pace_of(day)
    served = {one for serves in day.windows.values_list("serves", flat=True) for one in serves}
    lines = []
    for series in Series:
        waiting = pace.waiting.get(series, 0)
        if series in served or waiting:
            lines.append(Line(series, str(series.label), waiting, pace.estimate(series, waiting)))
    return lines


def ahead_of(ticket: Ticket) -> int:
    """How many of the same series will be called before it."""
    before = Q(sort_at__lt=ticket.sort_at) | Q(sort_at=ticket.sort_at, number__lt=ticket.number)
    waiting = Ticket.objects.filter(
        service_day=ticket.service_day_id, series=ticket.series, state=TicketState.WAITING
    )
    return waiting.filter(before).exclude(pk=ticket.pk).count()
