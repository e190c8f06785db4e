"""The district's closures by month: those to come first, then those that were."""

from dataclasses import dataclass
from datetime import date
from itertools import count, groupby
from uuid import UUID

from zaigang.offices.models import Staff
from zaigang.roster.models import Closure
from zaigang.roster.queries import with_counts


@dataclass(frozen=True, slots=True)
class Day:
    """A closure in the calendar. `counted` carries people and waiting where the user may see them, else None."""

    closure: Closure
    counted: Closure | None
    days: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its closures; `first` is any day of it."""

    first: date
    days: list[Day]


@dataclass(frozen=True, slots=True)
class Calendar:
    """`coming` from today on, nearest first; `past` newest first."""

    coming: list[Month]
    past: list[Month]

    @property
    def number(self) -> int:
        """Closures to come."""
        return sum(len(month.days) for month in self.coming)

    @property
    def expected(self) -> int:
        """People that the closures to come will bring, as far as announced."""
        return sum(day.closure.expected_people or 0 for month in self.coming for day in month.days)


def calendar_of(user: Staff, today: date) -> Calendar:
    """The calendar as this user may see it."""
    listed = Closure.objects.in_calendar_of(user).select_related("office").prefetch_related("firms")
    counted = {closure.pk: closure for closure in with_counts(Closure.objects.for_user(user).order_by())}
    days = [_day(closure, counted, today) for closure in listed.order_by("closes_on", "code")]
    coming = [day for day in days if day.days >= 0]
    past = [day for day in reversed(days) if day.days < 0]
    return Calendar(_by_month(coming), _by_month(past))


def _day(closure: Closure, counted: dict[UUID, Closure], today: date) -> Day:
    return Day(closure, counted.get(closure.pk), (closure.closes_on - today).days)


def _by_month(days: list[Day]) -> list[Month]:
    groups = groupby(days, key=lambda day: day.closure.closes_on.replace(day=1))
    return [Month(first, list(group)) for first, group in groups]


def free_code(today: date) -> str:
    """A code that no closure has: the year and the next number."""
    taken = set(Closure.objects.filter(code__startswith=f"{today:%Y}-").values_list("code", flat=True))
    return next(code for n in count(1) if (code := f"{today:%Y}-{n:02d}") not in taken)
