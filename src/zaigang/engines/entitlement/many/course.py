"""What the events make of the time after registration, inside the compiled loop."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.facts import EVENTS
from zaigang.engines.entitlement.many.days import MONTH, NO_STAMP, add_months, last_month_due, stamp_of
from zaigang.engines.entitlement.many.people import People, Person
from zaigang.engines.entitlement.many.tables import NOT_KNOWN, Era
from zaigang.engines.entitlement.plan import FAR
from zaigang.engines.jit import step

EMPLOYED, AGAIN = EVENTS.index("employed"), EVENTS.index("unemployed_again")
Months = NDArray[np.int64]


@step
def course_of(person: Person, people: People, era: Era, firsts: Months, lasts: Months) -> tuple[int, bool]:
    """Fills in the segments; how many there are, and whether a resumption was too late."""
    on, kinds = people.event_on[person.row], people.event_kind[person.row]
    found, first = 0, (person.start_at >> MONTH) + era.first_payment
    stopped, since_job = False, NO_STAMP
    for number in range(len(kinds)):
        if kinds[number] == -1:
            break
        if on[number] <= person.start:
            continue
        at = stamp_of(on[number], people.stamps)
        if kinds[number] != AGAIN:
            since_job = at if kinds[number] == EMPLOYED else since_job
            if not stopped:
                firsts[found], lasts[found] = first, last_month_due(at)
                found, stopped = found + 1, True
        else:
            if since_job != NO_STAMP and _too_long(era, since_job, at):
                return found, True
            first = max((at >> MONTH) + era.first_payment, lasts[found - 1] + 1)
            stopped, since_job = False, NO_STAMP
    if not stopped:
        firsts[found], lasts[found] = first, FAR
        found += 1
    return found, False


@step
def _too_long(era: Era, hired: int, again: int) -> bool:
    return era.resume != NOT_KNOWN and add_months(hired, era.resume) <= again
