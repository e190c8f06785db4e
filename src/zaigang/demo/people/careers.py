"""Working lives: when somebody began, came to the firm and left, and the insured months that follow."""

from datetime import date, timedelta
from random import Random

from zaigang.demo.people.facts import Career

# Contributions by the person count from January 1999 (Order 258); service before counts as paid.
INSURANCE_FROM = date(1999, 1, 1)
# Days after the closing day on which smaller groups leave, and how many in a thousand.
WAVES = {0: 880, 15: 30, 31: 30, 60: 30, 91: 30}
# Parts of the people who came to the firm from elsewhere and have little insured time behind them, by months.
SHORT_SERVICE = ((0.012, 3, 11), (0.030, 12, 59), (0.035, 60, 119))


def invent_career(rng: Random, born: date, closed_on: date) -> Career:
    """A career that ends on the closing day or with a later wave; work begins at 16 to 24."""
    laid_off_on = closed_on + timedelta(days=rng.choices(list(WAVES), list(WAVES.values()))[0])
    work_started_on = _first_of_month(rng, born.year + rng.choice((17, 18, 18, 19, 19, 20, 21, 22, 23)))
    work_started_on = min(work_started_on, months_before(closed_on, 12))
    for share, least, most in SHORT_SERVICE:
        if rng.random() < share:
            return _newcomer(rng.randint(least, most), work_started_on, laid_off_on)
    return _lifelong(rng, work_started_on, laid_off_on)


def months_between(first: date, last: date) -> int:
    """Calendar months touched from first to last, both inclusive; 0 when last is earlier."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def _lifelong(rng: Random, work_started_on: date, laid_off_on: date) -> Career:
    moved = rng.random() < 0.12
    started_on = months_before(work_started_on, -rng.randint(6, 60)) if moved else work_started_on
    return Career(
        work_started_on=work_started_on,
        started_on=min(started_on, months_before(laid_off_on, 8)),
        laid_off_on=laid_off_on,
        contribution_months=months_between(max(work_started_on, INSURANCE_FROM), laid_off_on),
        deemed_months=months_between(work_started_on, date(1998, 12, 31)),
    )


def _newcomer(months: int, work_started_on: date, laid_off_on: date) -> Career:
    """Somebody insured only since coming to the firm: no earlier employer paid, nothing counts as paid."""
    months = min(months, months_between(work_started_on, laid_off_on))
    return Career(work_started_on, months_before(laid_off_on, months - 1), laid_off_on, months, 0)


def _first_of_month(rng: Random, year: int) -> date:
    return date(year, rng.choice((1, 3, 5, 7, 8, 9, 9, 10, 12)), 1)
