"""The whole replay: from the announcement to the hall that a visitor of the demo finds open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from random import Random

from django.db import connection

from zaigang.demo.people import invent
from zaigang.demo.people.faults import PLANNED_FOR
from zaigang.demo.replay.arrivals import arrivals_of, green_on
from zaigang.demo.replay.back_office import evening, last_week
from zaigang.demo.replay.before import Booked, bookings, make_ready
from zaigang.demo.replay.calendar import MONTH_END, SEED, SERVICE_DAYS, moment
from zaigang.demo.replay.hall_days import run_day
from zaigang.demo.replay.month_end import open_hall, pay_january
from zaigang.demo.replay.opening import open_up
from zaigang.demo.replay.record import Progress, Replayed
from zaigang.demo.replay.team import Team
from zaigang.demo.replay.visitors import Visitor, visitors_of
from zaigang.foundation import clock


def replay(
    folder: Path,
    *,
    progress: Progress,
    seed: int = SEED,
    people: int = PLANNED_FOR,
    days: int = len(SERVICE_DAYS),
    address: str = "http://127.0.0.1:8000",
    now: Callable[[], datetime] = lambda: moment(MONTH_END, 9, 30),
) -> Replayed:
    """Announce the closure and repair its files; then live through so many service days and the end of January.

    `address` is where links in messages lead. `now` is asked, once all is done, at which
    moment of the last day the hall stands open. Without service days the replay ends on the eve of the first.
    """
    with _hurried():
        replayed = open_up(invent(seed, people), folder, progress=progress)
        if days:
            with replayed.timed("surge"):
                rest = _surge(replayed, SERVICE_DAYS[:days], address, progress)
            with replayed.timed("month_end"):
                last_week(replayed.closure, Random(f"last week {seed}"))  # noqa: S311 -- invented people
                replayed.payments, replayed.today = pay_january(now()), MONTH_END
                open_hall(rest, now())
    return replayed


def _surge(replayed: Replayed, days: tuple[date, ...], address: str, progress: Progress) -> list[Visitor]:
    """The service days; gives who has not come, in the order of coming."""
    rng = Random(f"surge {replayed.invention.seed}")  # noqa: S311 -- invented people, nothing secret
    people = len(replayed.invention.workers)
    visitors = visitors_of(replayed.closure, replayed.invention, rng)
    everybody = list(visitors)

    def absolute(path: str) -> str:
        return f"{address}{path}"

    with replayed.timed("notices"):
        make_ready(replayed, days[1:], absolute=absolute)
        booked = bookings(visitors, people, rng, absolute=absolute)
    for day in progress("办事大厅", days):
        coming = _take_from(visitors, day, green_on(day, people) - len(booked[day]))
        _service_day(day, coming, booked, everybody, rng)
    return visitors


def _service_day(
    day: date, coming: list[Visitor], booked: Booked, everybody: list[Visitor], rng: Random
) -> None:
    with clock.at(moment(day, 8)):
        team = Team.today()
    over = run_day(day, arrivals_of(day, coming, booked[day], rng), team, rng)
    evening(day, over, team, everybody)


def _take_from(visitors: list[Visitor], day: date, wanted: int) -> list[Visitor]:
    """The next people whose contract has ended, taken out of the order."""
    coming = [one for one in visitors if one.may_come(day)][: max(wanted, 0)]
    gone = {one.case.pk for one in coming}
    visitors[:] = [one for one in visitors if one.case.pk not in gone]
    return coming


@contextmanager
def _hurried() -> Iterator[None]:
    """Do not wait for the disk at each commit: after a power cut the demo is made anew anyway."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
