"""What the events make of the time after registration, inside the compiled loop."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.facts import EVENTS
from zaigang.engines.entitlement.many.days import add_months, last_month_due, month_of
from zaigang.engines.entitlement.many.jit import step
from zaigang.engines.entitlement.many.people import NO_DAY, People, Person
from zaigang.engines.entitlement.many.tables import NOT_KNOWN, Era
from zaigang.engines.entitlement.plan import FAR

EMPLOYED, AGAIN = EVENTS.index("employed"), EVENTS.index("unemployed_again")
Months = NDArray[np.int64]


@step
def course_of(person: Person, people: People, era: Era, firsts: Months, lasts: Months) -> tuple[int, bool]:
    """Fills in the segments; how many there are, and whether a resumption was too late."""
    on, kinds = people.event_on[person.row], people.event_kind[person.row]
    found, first = 0, month_of(person.start) + era.first_payment
    stopped, since_job = False, NO_DAY
    for number in range(len(kinds)):
        if kinds[number] == -1:
            break
        if on[number] <= person.start:
            continue
        if kinds[number] != AGAIN:
            since_job = on[number] if kinds[number] == EMPLOYED else since_job
            if not stopped:
                firsts[found], lasts[found] = first, last_month_due(on[number])
                found, stopped = found + 1, True
        else:
            if since_job != NO_DAY and _too_long(era, since_job, on[number]):
                return found, True
            first = max(month_of(on[number]) + era.first_payment, lasts[found - 1] + 1)
            stopped, since_job = False, NO_DAY
    if not stopped:
        firsts[found], lasts[found] = first, FAR
        found += 1
    return found, False


@step
def _too_long(era: Era, hired: int, again: int) -> bool:
    return era.resume != NOT_KNOWN and add_months(hired, era.resume) <= again
