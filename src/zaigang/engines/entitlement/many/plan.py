"""Which calendar months are paid, inside the compiled loop: `entitlement/plan.py` without its objects."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.calendar import month_of
from zaigang.engines.entitlement.many.ages import in_force
from zaigang.engines.entitlement.many.course import Months
from zaigang.engines.entitlement.many.days import MONTH, first_of
from zaigang.engines.entitlement.many.people import Person
from zaigang.engines.entitlement.many.tables import NOT_KNOWN, Extensions
from zaigang.engines.entitlement.plan import FAR, REFORM
from zaigang.engines.jit import step

REGULAR, EXTENSION, DOUBTFUL, DOUBTFUL_EXTENSION = 0, 1, 2, 3
REFORM_STAMP = (month_of(REFORM) << MONTH) + REFORM.day
FIRST_REFORMED = month_of(REFORM) + (REFORM.day > 1)
Kinds = NDArray[np.int8]


class Course(NamedTuple):
    """The segments of the time after registration, of which `found` are filled in."""

    firsts: Months
    lasts: Months
    found: int
    new_claim: bool


@step
def plan_for(
    person: Person,
    course: Course,
    count: int,
    exact: bool,
    on: int,
    old: int,
    extensions: Extensions,
    months: Months,
    kinds: Kinds,
) -> int:
    """Fills in up to `count` months for one retirement day, then the extension; how many there are."""
    limit = FAR if on <= person.start_at else on >> MONTH
    doubt = _doubt_from(person, on, old)
    listed = _regular(course, count, limit, doubt, months, kinds)
    if exact and listed > 0 and listed == count and limit < FAR:
        end = _end_of_segment(course, months[listed - 1])
        listed = _extend(person, on, doubt, end, extensions, months, kinds, listed)
    return listed


@step
def _doubt_from(person: Person, on: int, old: int) -> int:
    """The first month for which only the unverified transition rule of the reform says whether it is paid."""
    if person.start_at < REFORM_STAMP and on > old:
        return max((old >> MONTH) + 1, FIRST_REFORMED)
    return FAR + 1


@step
def _end_of_segment(course: Course, month: int) -> int:
    """Drawing goes on after the last month only as long as nothing stops it."""
    for segment in range(course.found):
        if course.firsts[segment] <= month <= course.lasts[segment]:
            return int(course.lasts[segment])
    return month


@step
def _regular(course: Course, count: int, limit: int, doubt: int, months: Months, kinds: Kinds) -> int:
    listed = 0
    for segment in range(course.found):
        first = course.firsts[segment]
        last = min(course.lasts[segment], limit, first + count)
        for month in range(first, last + 1):
            if listed == count:
                break
            months[listed], kinds[listed] = month, DOUBTFUL if month >= doubt else REGULAR
            listed += 1
    return listed


@step
def _extend(
    person: Person,
    on: int,
    doubt: int,
    end: int,
    extensions: Extensions,
    months: Months,
    kinds: Kinds,
    listed: int,
) -> int:
    last = months[listed - 1]
    after = first_of(last + 1)
    offset = extensions.offset
    row = in_force(extensions.since, offset[person.profile], offset[person.profile + 1], after)
    within = extensions.within[row]
    if within == NOT_KNOWN or on < after or on >= first_of(last + 1 + within):
        return listed
    for month in range(last + 1, min(on >> MONTH, last + extensions.most[row], end) + 1):
        months[listed], kinds[listed] = month, DOUBTFUL_EXTENSION if month >= doubt else EXTENSION
        listed += 1
    return listed


@step
def same(months: Months, kinds: Kinds, listed: int, others: Months, other_kinds: Kinds, other: int) -> bool:
    if listed != other:
        return False
    for number in range(listed):
        if months[number] != others[number] or kinds[number] != other_kinds[number]:
            return False
    return True
