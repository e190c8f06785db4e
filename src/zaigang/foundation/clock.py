"""The one clock. Nothing else asks the system for today.

The business time is the time at which the office works: the system's, or, in the served demo and in a replay, an
earlier day. `system_now` is the moment at which something is written down, whatever day the office is living in.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
#: Environment variable that holds the business date of a served demo (YYYY-MM-DD, at the system's time of day), or a
#: business moment and the system's moment of it, with "/" between, from which the business time runs on. Tests of
#: several programs use the second: a clock that runs, but does not stand in the night when they are run at night.
BUSINESS_DATE = "ZAIGANG_BUSINESS_DATE"
_fixed: ContextVar[datetime | None] = ContextVar("business_time", default=None)


def system_now() -> datetime:
    """The system's time, with zone."""
    return datetime.now(ZONE)


def now() -> datetime:
    """The business time, with zone."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    set_to = os.environ.get(BUSINESS_DATE)
    if not set_to:
        return system_now()
    day, _, since = set_to.partition("/")
    if since:
        return datetime.fromisoformat(day) + (system_now() - datetime.fromisoformat(since))
    return datetime.combine(date.fromisoformat(day), system_now().time(), ZONE)


def today() -> date:
    """The business date."""
    return now().date()


def is_replayed() -> bool:
    """Whether the office lives on another day than the system's."""
    return bool(os.environ.get(BUSINESS_DATE)) or _fixed.get() is not None


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Let the business time stand at `moment` (a date means nine in the morning) inside the block."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9), ZONE)
    token = _fixed.set(moment if moment.tzinfo else moment.replace(tzinfo=ZONE))
    try:
        yield
    finally:
        _fixed.reset(token)


def running_from(moment: datetime) -> str:
    """The value of `BUSINESS_DATE` that lets the business time run from `moment` (with zone) on, beginning now."""
    return f"{moment.isoformat()}/{system_now().isoformat()}"


def running() -> nullcontext[None]:
    """The counterpart of `at`: let the business time run."""
    return nullcontext()


def end_of(day: date) -> datetime:
    """The first moment after `day`: "by the end of that day" is everything before it."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)
