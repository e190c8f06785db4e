"""How long somebody will still wait: a range, from how long people really took at the windows in the last hour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor, sqrt
from statistics import fmean, stdev

from django.db.models import Count
from django.utils.translation import gettext as _

from zaigang.foundation import clock
from zaigang.hall.enums import TicketState, WindowState
from zaigang.hall.models import ServiceDay, Ticket

LOOK_BACK = timedelta(hours=1)
#: Fewer people than this say nothing about the next.
ENOUGH = 3
#: Of a normal spread, to either side: eight of ten people wait within the range.
SPREAD = 1.28
STEP = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """The hall at one moment: minutes that people took, what each open window serves, who waits in which series."""

    minutes: Sequence[float]
    windows: Sequence[frozenset[str]]
    waiting: Mapping[str, int]

    def estimate(self, series: str, ahead: int) -> tuple[int, int] | None:
        """Minutes until somebody with `ahead` people before them in the series is called: at least, at most.

        In steps of five minutes. None when no open window serves the series, or too few have been served.
        """
        windows = sum(self._share(serves, series) for serves in self.windows)
        if not windows or len(self.minutes) < ENOUGH:
            return None
        mean, spread = fmean(self.minutes), stdev(self.minutes)
        turns = ahead + 1
        middle = turns * mean / windows
        # Chance within the turns, and how little a few people say of the mean.
        doubt = SPREAD * spread * sqrt(turns + turns**2 / len(self.minutes)) / windows
        low = max(0, floor((middle - doubt) / STEP) * STEP)
        return low, max(low + STEP, ceil((middle + doubt) / STEP) * STEP)

    def _share(self, serves: frozenset[str], series: str) -> float:
        """Which part of a window is there for the series: a window of two series divides itself by who waits."""
        if series not in serves:
            return 0.0
        mine = self.waiting.get(series, 0) + 1
        others = sum(self.waiting.get(other, 0) for other in serves if other != series)
        return mine / (mine + others)


def pace_of(service_day: ServiceDay) -> Pace:
    """Three questions to the database. The whole day counts while the last hour saw too few."""
    windows = service_day.windows.filter(state=WindowState.OPEN).values_list("serves", flat=True)
    counted = (
        Ticket.objects.filter(service_day=service_day, state=TicketState.WAITING)
        .order_by()
        .values_list("series")
        .annotate(n=Count("pk"))
    )
    return Pace(_minutes(service_day), [frozenset(one) for one in windows], dict(counted))


def range_words(minutes: tuple[int, int] | None) -> str:
    """约 15～25 分, 5 分以内; empty when nothing can be said."""
    if minutes is None:
        return ""
    low, high = minutes
    text = _("约 %(low)s～%(high)s 分") if low else _("%(high)s 分以内")
    return text % {"low": low, "high": high}


def estimate(service_day: ServiceDay, series: str, ahead: int) -> tuple[int, int] | None:
    """Minutes until somebody with `ahead` people before them is called, as `Pace.estimate`."""
    return pace_of(service_day).estimate(series, ahead)


def _minutes(service_day: ServiceDay) -> list[float]:
    done = (
        Ticket.objects.filter(service_day=service_day, state=TicketState.DONE, called_at__isnull=False)
        .order_by("-finished_at")
        .values_list("called_at", "finished_at")
    )
    since = clock.now() - LOOK_BACK
    both = [(called, finished) for called, finished in done if called and finished]
    recent = [pair for pair in both if pair[1] >= since]
    chosen = recent if len(recent) >= ENOUGH else both
    return [(finished - called).total_seconds() / 60 for called, finished in chosen]
