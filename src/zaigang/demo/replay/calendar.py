"""The days of the replay, and how many people come on each."""

from datetime import date, datetime, time, timedelta

from zaigang.foundation import clock

SEED = 1419
CODE = "SF-2015"
STREET = "370299001"
ANNOUNCED = date(2015, 12, 14)
HANDED_IN = (date(2016, 1, 4), date(2016, 1, 5), date(2016, 1, 5))
REPAIRED = (date(2016, 1, 6), date(2016, 1, 7), date(2016, 1, 8))
TOLD = date(2016, 1, 8)
FIRST_SERVICE_DAY = date(2016, 1, 11)
SERVICE_DAYS = tuple(FIRST_SERVICE_DAY + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11))
#: People of the closure who come on each service day, when all 1,419 are invented.
GREEN_A_DAY = (190, 170, 150, 135, 125, 115, 105, 95, 85, 80)
#: Others who come, at least and at most.
ORDINARY_A_DAY = (25, 45)
#: The doors stay open longer on so many days.
LONG_DAYS = 3
MONTH_END = date(2016, 1, 29)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day, with zone."""
    return datetime.combine(day, time(hour, minute), clock.ZONE)
