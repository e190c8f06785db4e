"""The calendar inside the compiled loop: a day as its number since 1970-01-01, or as a stamp.

A stamp is month x 32 + day of the month, with months as in `calendar.py`: stamps compare as days do, and months
are added to them without a division. A test compares all this with `calendar.py` over two and a half centuries.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import step

#: How numpy writes an unknown day (NaT) as a whole number.
NO_DAY = -(2**63)
NO_STAMP = -1
MONTH, NUMBER = 5, 31  # a stamp's month is stamp >> MONTH, the day in it stamp & NUMBER


#: The days whose stamps are laid out: nearly all that occur.
FIRST_DAY, BEYOND = (int(np.datetime64(day, "D").astype(np.int64)) for day in ("1940-01-01", "2040-01-01"))


def laid_out() -> NDArray[np.int32]:
    """The stamps of FIRST_DAY to BEYOND: looking one up costs a tenth of working it out."""
    days = np.arange(FIRST_DAY, BEYOND).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    number = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    stamps: NDArray[np.int32] = (((months.astype(np.int64) + 1970 * 12) << MONTH) + number).astype(np.int32)
    return stamps


@step
def stamp_of(day: int, stamps: NDArray[np.int32]) -> int:
    """The stamp of a day, NO_STAMP of an unknown one; `stamps` are those laid out."""
    if FIRST_DAY <= day < BEYOND:
        stamp: int = stamps[day - FIRST_DAY]
        return stamp
    return NO_STAMP if day == NO_DAY else _stamp(day)


@step
def _stamp(day: int) -> int:
    # In years that begin on the 1st of March the leap day is the last one: 146,097 days in 400 such years.
    since = day + 719468
    age = since // 146097
    left = since - age * 146097
    year = (left - left // 1460 + left // 36524 - left // 146096) // 365
    left -= 365 * year + year // 4 - year // 100
    from_march = (5 * left + 2) // 153
    month = (age * 400 + year) * 12 + from_march + 2
    return (month << MONTH) + left - (153 * from_march + 2) // 5 + 1


@step
def length(month: int) -> int:
    """How many days a month has."""
    year = month // 12
    number = month - year * 12
    if number == 1:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if number in (3, 5, 8, 10) else 31


@step
def first_of(month: int) -> int:
    return (month << MONTH) + 1


@step
def add_months(stamp: int, months: int) -> int:
    """The same day of a later month, or that month's last day where there is no such day."""
    later = stamp + (months << MONTH)
    if stamp & NUMBER <= 28:
        return later
    return (later & ~NUMBER) + min(stamp & NUMBER, length(later >> MONTH))


@step
def last_month_due(stopped_on: int) -> int:
    month = stopped_on >> MONTH
    return month - 1 if stopped_on & NUMBER == 1 else month
