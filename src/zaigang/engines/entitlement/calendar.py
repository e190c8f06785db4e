"""Months as whole numbers (year x 12 + month - 1), so that counting and comparing are plain arithmetic."""

import calendar
import re
from datetime import date
from functools import lru_cache

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of(day: date) -> int:
    """The number of the calendar month that holds `day`."""
    return day.year * 12 + day.month - 1


@lru_cache(maxsize=4096)
def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


@lru_cache(maxsize=4096)
def last_day(month: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, calendar.monthrange(year, index + 1)[1])


@lru_cache(maxsize=4096)
def month_text(month: int) -> str:
    """`YYYY-MM`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def parse_month(text: str) -> int:
    """The month number of `YYYY-MM`; ValueError when it is not one."""
    match = _MONTH.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12 or not 1900 <= int(match[1]) <= 2200:
        raise ValueError(text)
    return int(match[1]) * 12 + int(match[2]) - 1


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where there is no such day."""
    month = month_of(day) + months
    return first_day(month).replace(day=min(day.day, last_day(month).day))


def months_of_service(start: date, end: date) -> tuple[int, bool]:
    """The full months from `start` (inclusive) to `end` (exclusive), and whether some days are left over.

    Where the last month has no such day (the 31st, 29 February), it is full only when it is over.
    """
    months = month_of(end) - month_of(start)
    if _same_day(start, months) > end:
        months -= 1
    return months, _same_day(start, months) < end


def _same_day(start: date, months: int) -> date:
    """The same day of a later month, or the first of the next one where there is no such day."""
    month = month_of(start) + months
    return (
        first_day(month + 1) if start.day > last_day(month).day else first_day(month).replace(day=start.day)
    )


def last_month_due(stopped_on: date) -> int:
    """The last month on whose first day the benefit had not stopped: a stop on the 1st takes that month too.

    That a month is due whole to whoever is unemployed on its first day is an inference from art. 50(3).
    """
    return month_of(stopped_on) - (1 if stopped_on.day == 1 else 0)
