"""Invented people for comparing `decide_many` with `decide`: every kind of fact, most of them near a boundary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from zaigang.engines.entitlement.calendar import first_day, last_day, month_of, month_text
from zaigang.engines.entitlement.facts import CATEGORIES, ENDINGS, EVENTS, AgencyMonths, Event, Facts

#: A place for every parameter file, one of a bare province, one without any of its own, and the country.
PLACES = (
    "370213", "370213", "370213", "370281", "310101", "110105", "310101", "370100", "410102", "410300", "430102",
    "430100", "440103", "500103", "510104", "330203", "420102", "630102", "650102", "CN",
)  # fmt: skip
NOWHERE = ("999999", "37", "371")
FIRST, LAST = date(2013, 1, 1), date(2027, 12, 31)
#: Days around which the law changed: claims, ages, amounts, tables.
REFORMS = tuple(
    date(*day)
    for day in (
        (2013, 7, 1), (2014, 7, 1), (2014, 9, 18), (2015, 7, 1), (2016, 7, 1), (2016, 8, 24), (2017, 11, 1),
        (2018, 11, 29), (2019, 11, 1), (2019, 12, 1), (2019, 12, 9), (2020, 3, 1), (2022, 8, 1), (2023, 10, 1),
        (2024, 7, 1), (2024, 9, 13), (2024, 12, 1), (2025, 1, 1), (2025, 10, 1), (2026, 1, 1), (2026, 7, 1),
    )
)  # fmt: skip
COUNTS = (0, 1, 11, 12, 13, 23, 24, 35, 36, 47, 48, 54, 59, 60, 61, 83, 84, 95, 96, 119, 120, 121, 240, 360)
AGES = {"male": (60, 63), "female_55": (55, 58), "female_50": (50, 55)}
T = TypeVar("T")


class Dice(Protocol):
    """What chooses: a seeded generator, or hypothesis."""

    def among(self, choices: Sequence[T]) -> T: ...

    def between(self, least: int, most: int) -> int: ...


@dataclass(frozen=True)
class Person:
    """The dice, and how facts come out of them."""

    dice: Dice

    def once_in(self, throws: int) -> bool:
        return self.dice.between(1, throws) == throws

    def known(self, value: T, *, unless_once_in: int = 20) -> T | None:
        return None if self.once_in(unless_once_in) else value

    def day(self) -> date:
        """Any day of 2013 to 2027, half of the time one next to a change of the law or well before it."""
        if self.once_in(2):
            near = self.dice.among(REFORMS) + timedelta(days=self.dice.between(-3, 3))
            return near + timedelta(days=self.dice.among((0, 0, -60, -365, -700)))
        return FIRST + timedelta(days=self.dice.between(0, (LAST - FIRST).days))


def someone(dice: Dice) -> Facts:
    """One person; about one in eight has facts that contradict themselves."""
    person = Person(dice)
    left_on = person.day()
    registered = left_on + timedelta(
        days=0 if person.once_in(40) else dice.among((1, 1, 2, 30, 59, 60, 61, 62))
    )
    later = -1 if person.once_in(40) else dice.among((0, 0, 0, 5, 30, 58, 59, 60, 61, 400))
    applied = registered + timedelta(days=later)
    category = dice.among(CATEGORIES)
    male = (category == "male") != person.once_in(100)
    return Facts(
        territory=dice.among(NOWHERE if person.once_in(60) else PLACES),
        decide_on=dice.among((registered, registered, applied, left_on, person.day())),
        sex=person.known("male" if male else "female"),
        born=person.known(_born(person, category, registered)),
        retirement_category=person.known(category, unless_once_in=3),
        left_on=person.known(left_on),
        left_because=person.known(dice.among(ENDINGS if person.once_in(4) else ("layoff", "closure"))),
        registered_on=person.known(registered, unless_once_in=8),
        applied_on=person.known(applied, unless_once_in=2),
        **_months(person),
        events=_events(person, registered) if person.once_in(3) else (),
        known_on=person.day() if person.once_in(5) else None,
        pay_through=month_text(month_of(registered) + dice.between(-2, 30)) if person.once_in(5) else None,
        late_accepted=person.once_in(4),
    )


def _born(person: Person, category: str, start: date) -> date:
    """Often so that the old or the new retirement age lies near the months of benefit."""
    dice = person.dice
    if person.once_in(40):
        return start + timedelta(days=dice.among((-366 * 112, -365 * 16, -365 * 15, 1)))
    years = dice.among((*AGES[category], dice.between(30, 62)))
    month = month_of(start) - years * 12 + dice.between(-2, 38)
    return min(first_day(month) + timedelta(days=dice.among((0, 1, 14, 27, 28, 29, 30))), last_day(month))


def _months(person: Person) -> dict[str, Any]:
    dice = person.dice
    own = dice.between(0, 420) if person.once_in(8) else dice.among(COUNTS)
    fixed = AgencyMonths(25 if person.once_in(20) else dice.among((1, 2, 12, 18, 24)), "核定表")
    return {
        "contribution_months": person.known(own),
        "deemed_months": person.known(dice.among((0, 0, 0, 1, 12, 120))),
        "unused_months": person.known(25 if person.once_in(40) else dice.among((0, 0, 0, 1, 3, 7, 24))),
        "agency_months": fixed if person.once_in(4) else None,
    }


def _events(person: Person, start: date) -> tuple[Event, ...]:
    """Stops and restarts after the start, some before it, a few that cannot be."""
    dice, events, stopped = person.dice, [], False
    on = start + timedelta(days=dice.among((-20 if person.once_in(3) else 1, 0, 1, 30, 100, 400)))
    for _ in range(dice.between(1, 4)):
        again = stopped != person.once_in(30)
        kind = "unemployed_again" if again else dice.among((*EVENTS[:6], "employed", "employed", "employed"))
        events.append(Event(on, kind))
        stopped = kind != "unemployed_again"
        on += timedelta(days=-1 if person.once_in(30) else dice.among((0, 1, 28, 31, 90, 364, 365, 366, 700)))
        if person.once_in(3) and on.day > 1:
            on = first_day(month_of(on) + 1)
    return tuple(events)
