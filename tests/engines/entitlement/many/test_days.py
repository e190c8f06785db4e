"""The loop's own calendar agrees with Python's, day by day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zaigang.engines.entitlement import calendar
from zaigang.engines.entitlement.many import days
from zaigang.engines.entitlement.many.compiling import EPOCH

START, DAYS = date(1885, 1, 1), 250 * 366


def test_every_day_of_two_and_a_half_centuries_has_its_month_and_number() -> None:
    calendar_days = [START + timedelta(days=n) for n in range(DAYS)]
    expected = [(calendar.month_of(day), day.day) for day in calendar_days]
    assert [days.month_and_day(day.toordinal() - EPOCH) for day in calendar_days] == expected


def test_every_month_has_its_first_day() -> None:
    months = range(1885 * 12, 2140 * 12)
    expected = [calendar.first_day(month).toordinal() - EPOCH for month in months]
    assert [days.first_day(month) for month in months] == expected


@settings(deadline=None)  # the first example waits for the compiler
@given(st.dates(START, date(2200, 1, 1)), st.integers(0, 1000))
def test_months_later_is_the_same_day_or_the_last_one(day: date, months: int) -> None:
    expected = calendar.add_months(day, months).toordinal() - EPOCH
    assert days.add_months(day.toordinal() - EPOCH, months) == expected


@settings(deadline=None)  # the first example waits for the compiler
@given(st.dates(START, date(2200, 1, 1)))
def test_a_stop_on_the_first_takes_that_month_too(day: date) -> None:
    assert days.last_month_due(day.toordinal() - EPOCH) == calendar.last_month_due(day)
