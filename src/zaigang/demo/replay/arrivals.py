"""When people come on a service day, what for, and how long they take. Nothing here knows a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log
from random import Random

from zaigang.demo.replay.calendar import GREEN_A_DAY, LONG_DAYS, ORDINARY_A_DAY, SERVICE_DAYS, moment
from zaigang.demo.replay.visitors import Visitor
from zaigang.hall.enums import Series, Service

#: How many people of the closure in a hundred stand at the door when it opens, day by day: word gets round that
#: one is not sent away, and that one can choose a time.
AT_THE_DOOR = (46, 50, 48, 46, 45, 45, 44, 44, 44, 42)
#: Weight of each half hour from 8:30 on, for the others of the closure and for everybody else.
LATER = (8, 14, 15, 13, 10, 7, 4, 3, 5, 8, 8, 7, 5, 4, 3, 2, 1)
ORDINARY = (8, 8, 8, 8, 6, 5, 3, 3, 4, 7, 7, 6, 5, 4, 3, 2, 1)
ORDINARY_SERVICES = {Service.BENEFIT: 30, Service.JOBS: 40, Service.TRAINING: 15, Service.HELP: 15}
#: Mean minutes at the window and how they spread (coefficient of variation).
ONE_STOP_MINUTES, OTHER_MINUTES, SPREAD = 7.0, 4.0, 0.45
GOES_FIRST = 0.12
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes in. `visitor` is who it is, when they have come for the one-stop desk; `booked` by a slot."""

    at: datetime
    service: Service
    series: Series
    first: bool
    minutes: float
    visitor: Visitor | None = None
    booked: bool = False


def green_on(day: date, people: int) -> int:
    """How many people of a closure of so many come on a service day."""
    return round(GREEN_A_DAY[SERVICE_DAYS.index(day)] * people / 1419)


def arrivals_of(
    day: date, visitors: Sequence[Visitor], booked: Sequence[tuple[Visitor, datetime]], rng: Random
) -> list[Arrival]:
    """Everybody who comes that day in the order of coming: these people, those with a slot, and others."""
    found = [_one_stop(visitor, _green_time(day, rng), rng) for visitor in visitors]
    for visitor, slot in booked:
        early = timedelta(seconds=rng.randint(-300, 900))
        found.append(_one_stop(visitor, max(slot + early, moment(day, 8, 31)), rng, booked=True))
    found += [_ordinary(_some_time(day, ORDINARY, rng), rng) for _n in range(rng.randint(*ORDINARY_A_DAY))]
    return sorted(found, key=lambda one: one.at)


def minutes_at_window(mean: float, rng: Random) -> float:
    """Lognormal with this mean, at least one minute."""
    variance = log(1 + SPREAD**2)
    return max(1.0, rng.lognormvariate(log(mean) - variance / 2, variance**0.5))


def _one_stop(visitor: Visitor, at: datetime, rng: Random, *, booked: bool = False) -> Arrival:
    minutes = minutes_at_window(ONE_STOP_MINUTES, rng)
    return Arrival(at, Service.ONE_STOP, Series.GREEN, rng.random() < GOES_FIRST, minutes, visitor, booked)


def _ordinary(at: datetime, rng: Random) -> Arrival:
    [service] = rng.choices(list(ORDINARY_SERVICES), list(ORDINARY_SERVICES.values()))
    minutes = minutes_at_window(OTHER_MINUTES, rng)
    return Arrival(at, service, Series.ORDINARY, rng.random() < GOES_FIRST, minutes)


def _green_time(day: date, rng: Random) -> datetime:
    if rng.randrange(100) < AT_THE_DOOR[SERVICE_DAYS.index(day)]:
        return moment(day, 8, 30) + timedelta(seconds=rng.randrange(5, 1200))
    return _some_time(day, LATER, rng)


def _some_time(day: date, weights: Sequence[int], rng: Random) -> datetime:
    [half_hour] = rng.choices(range(len(weights)), weights)
    return moment(day, 8, 30) + half_hour * HALF_HOUR + timedelta(seconds=rng.randrange(1, 1800))


def is_long(day: date) -> bool:
    """Whether the doors stay open until 18:00."""
    return day in SERVICE_DAYS[:LONG_DAYS]
