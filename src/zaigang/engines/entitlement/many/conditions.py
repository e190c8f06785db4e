"""The conditions of `entitlement/conditions.py` without their reasons, inside the compiled loop."""

from zaigang.engines.entitlement.facts import EVENTS, LONGEST_WORKING_LIFE
from zaigang.engines.entitlement.many.days import NO_DAY
from zaigang.engines.entitlement.many.people import People, Person
from zaigang.engines.entitlement.many.tables import (
    NO,
    NO_WINDOW,
    NOT_KNOWN,
    UNKNOWN,
    YES,
    Era,
    Law,
)
from zaigang.engines.jit import step

RETIRED, AGAIN = EVENTS.index("retired"), EVENTS.index("unemployed_again")


@step
def least_contributed(person: Person) -> int:
    return max(person.contributed, 0) + max(person.deemed, 0)


@step
def most_contributed(person: Person) -> int:
    own = LONGEST_WORKING_LIFE if person.contributed == -1 else person.contributed
    return own + (LONGEST_WORKING_LIFE if person.deemed == -1 else person.deemed)


@step
def has_contributed(person: Person, era: Era) -> int:
    if era.minimum == NOT_KNOWN:
        return UNKNOWN
    if least_contributed(person) >= era.minimum:
        return YES
    most = most_contributed(person)
    if person.agency != -1:
        believed = most >= era.minimum or person.unused == -1 or person.agency <= person.unused
        return YES if believed else UNKNOWN
    if most >= era.minimum:
        return UNKNOWN
    if person.unused > 0 and era.resume != NOT_KNOWN:
        return YES
    return UNKNOWN if person.unused == -1 else NO


@step
def lost_work_involuntarily(person: Person, era: Era, law: Law) -> int:
    if era.ending == NOT_KNOWN or person.left_because == -1:
        return UNKNOWN
    verdict: int = law.endings[era.ending, person.left_because]
    return verdict


@step
def is_registered(person: Person) -> int:
    if person.registered_on != NO_DAY:
        return YES
    return UNKNOWN if person.applied_on != NO_DAY or person.left_on == NO_DAY else YES


@step
def claimed_in_time(person: Person, era: Era) -> int:
    if era.window == NO_WINDOW:
        return YES
    if era.window == NOT_KNOWN or person.left_on == NO_DAY:
        return UNKNOWN
    claimed = max(person.on, person.start) if person.applied_on == NO_DAY else person.applied_on
    return YES if claimed - person.left_on <= era.window or person.late_accepted else UNKNOWN


@step
def still_unemployed(person: Person, people: People, era: Era, law: Law) -> int:
    on, kinds = people.event_on[person.row], people.event_kind[person.row]
    last = -1
    for number in range(len(kinds)):
        if kinds[number] == -1 or on[number] > person.start:
            break
        last = -1 if kinds[number] == AGAIN else kinds[number]
    if last == -1:
        return YES
    if era.stops == NOT_KNOWN:
        return UNKNOWN
    if last == RETIRED or law.stops[era.stops, last] == YES:
        return NO
    return UNKNOWN


@step
def both(one: int, other: int) -> int:
    """All conditions together: one no is a no, else one unknown is an unknown."""
    if one == NO or other == NO:
        return NO
    return UNKNOWN if one == UNKNOWN or other == UNKNOWN else YES


@step
def eligibility(person: Person, people: People, era: Era, law: Law, of_age: int) -> int:
    answer = both(has_contributed(person, era), lost_work_involuntarily(person, era, law))
    answer = both(answer, both(is_registered(person), claimed_in_time(person, era)))
    return both(answer, both(of_age, still_unemployed(person, people, era, law)))
