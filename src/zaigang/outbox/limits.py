"""When messages may go and how many. An office changes the values in its settings."""

from datetime import datetime, time, timedelta

from django.conf import settings

from zaigang.foundation import clock

#: From when to when nobody is disturbed; over midnight when the first is the later one, equal for never.
QUIET = (time(21), time(8))
CODES_AN_HOUR = 3
HOUR = timedelta(hours=1)


def open_from(moment: datetime) -> datetime:
    """`moment` itself, or the end of the quiet hours that it lies in."""
    start, end = getattr(settings, "OUTBOX_QUIET", QUIET)
    local = moment.astimezone(clock.ZONE)
    late = start > end and local.time() >= start
    early = local.time() < end and (start > end or local.time() >= start)
    if not late and not early:
        return moment
    return datetime.combine(local.date() + timedelta(days=late), end, clock.ZONE)


def codes_an_hour() -> int:
    """How many codes one phone is sent within any hour."""
    most: int = getattr(settings, "OUTBOX_CODES_AN_HOUR", CODES_AN_HOUR)
    return most
