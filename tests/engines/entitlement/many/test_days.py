"""The loop's own calendar agrees with Python's, day by day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zaigang.engines.entitlement import calendar
from zaigang.engines.entitlement.many import days
from zaigang.engines.entitlement.many.compiling import stamp

EPOCH = date(1970, 1, 1).toordinal()
START, DAYS = date(1885, 1, 1), 250 * 366


def test_every_day_of_two_and_a_half_centuries_has_its_stamp() -> None:
    calendar_days = [START + timedelta(days=n) for n in range(DAYS)]
    stamps = days.laid_out()
    expected = [calendar.month_of(day) * 32 + day.day for day in calendar_days]
    assert [days.stamp_of(day.toordinal() - EPOCH, stamps) for day in calendar_days] == expected
    assert [stamp(day) for day in calendar_days] == expected


def test_an_unknown_day_has_no_stamp() -> None:
    assert days.stamp_of(days.NO_DAY, days.laid_out()) == days.NO_STAMP


def test_every_month_has_its_length_and_first_day() -> None:
    months = range(1885 * 12, 2140 * 12)
    assert [days.length(month) for month in months] == [calendar.last_day(month).day for month in months]
    assert [days.first_of(month) for month in months] == [
        stamp(calendar.first_day(month)) for month in months
    ]


@settings(deadline=None)  # the first example waits for the compiler
@given(st.dates(START, date(2200, 1, 1)), st.integers(0, 1000))
def test_months_later_is_the_same_day_or_the_last_one(day: date, months: int) -> None:
    assert days.add_months(stamp(day), months) == stamp(calendar.add_months(day, months))


@settings(deadline=None)  # as above
@given(st.dates(START, date(2200, 1, 1)))
def test_a_stop_on_the_first_takes_that_month_too(day: date) -> None:
    assert days.last_month_due(stamp(day)) == calendar.last_month_due(day)
