"""Days since 1970-01-01 and months (year x 12 + month - 1) as whole numbers, inside the compiled loop.

The same arithmetic as `calendar.py`; a test compares the two on every day of two centuries.
"""

from zaigang.engines.entitlement.many.jit import step


@step
def month_and_day(day: int) -> tuple[int, int]:
    """The calendar month that holds `day`, and which day of it that is (from 1)."""
    # In years that begin on the 1st of March the leap day is the last one: 146,097 days in 400 such years.
    since = day + 719468
    age, left = divmod(since, 146097)
    year = (left - left // 1460 + left // 36524 - left // 146096) // 365
    left -= 365 * year + year // 4 - year // 100
    from_march = (5 * left + 2) // 153
    return (age * 400 + year) * 12 + from_march + 2, left - (153 * from_march + 2) // 5 + 1


@step
def month_of(day: int) -> int:
    return month_and_day(day)[0]


@step
def first_day(month: int) -> int:
    year, from_march = divmod(month - 2, 12)
    age, year = divmod(year, 400)
    days = (153 * from_march + 2) // 5 + 365 * year + year // 4 - year // 100
    return age * 146097 + days - 719468


@step
def add_months(day: int, months: int) -> int:
    """The same day of a later month, or that month's last day where there is no such day."""
    month, number = month_and_day(day)
    first = first_day(month + months)
    return first + min(number, first_day(month + months + 1) - first) - 1


@step
def last_month_due(stopped_on: int) -> int:
    month, number = month_and_day(stopped_on)
    return month - 1 if number == 1 else month
