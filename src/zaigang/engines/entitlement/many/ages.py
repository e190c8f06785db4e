"""The days on which a person may reach the retirement age, inside the compiled loop."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.facts import CATEGORIES, SEXES
from zaigang.engines.entitlement.many.days import MONTH, NO_STAMP, add_months
from zaigang.engines.entitlement.many.people import Person
from zaigang.engines.entitlement.many.tables import NOT_KNOWN, UNKNOWN, YES, Ages, Era, Ints
from zaigang.engines.jit import step

MALE, MALE_CATEGORY, N_CATEGORIES = SEXES.index("male"), CATEGORIES.index("male"), len(CATEGORIES)
NO_RULE = -1
Stamps = NDArray[np.int64]


@step
def in_force(since: Ints, first: int, beyond: int, stamp: int) -> int:
    """The last row of first..beyond whose `since` is not after the stamp."""
    row = beyond - 1
    while row > first and since[row] > stamp:
        row -= 1
    return row


@step
def may_be(person: Person, category: int) -> bool:
    if person.category != -1:
        return person.category == category
    return person.sex == -1 or (category == MALE_CATEGORY) == (person.sex == MALE)


@step
def retirements(person: Person, ages: Ages, on: Stamps, old: Stamps) -> int:
    """Fills in the day for each category that the known facts allow; how many, or NO_RULE."""
    found = 0
    for category in range(N_CATEGORIES if person.born_at != NO_STAMP else 0):
        if may_be(person, category):
            years = ages.old_years[person.profile, category]
            if years == NOT_KNOWN:
                return NO_RULE
            old[found] = add_months(person.born_at, years * 12)
            offset = ages.offset
            row = in_force(ages.since, offset[person.profile], offset[person.profile + 1], old[found])
            rule = ages.rule[row]
            if rule == NOT_KNOWN:
                return NO_RULE
            delay = ages.delay[rule, category, (person.born_at >> MONTH) - ages.born_from]
            on[found] = add_months(person.born_at, ages.years[rule, category] * 12 + delay)
            found += 1
    return found


@step
def is_of_age(person: Person, era: Era, on: Stamps, found: int) -> int:
    reached = 0
    for number in range(found):
        reached += on[number] <= person.start_at
    if found == 0:
        return UNKNOWN
    return YES if reached == 0 or era.above_age == 1 else UNKNOWN
