"""Facts that contradict themselves, inside the compiled loop: the checks of `check_facts`, in its order."""

from zaigang.engines.entitlement.facts import (
    CATEGORIES,
    ENDINGS,
    EVENTS,
    LAST_YEAR,
    LONGEST_WORKING_LIFE,
    MOST_MONTHS,
    SEXES,
    WORKING_AGE,
)
from zaigang.engines.entitlement.many.days import MONTH, NO_DAY, NO_STAMP, add_months
from zaigang.engines.entitlement.many.decisions import CHECKS
from zaigang.engines.entitlement.many.people import People, Person
from zaigang.engines.jit import step

DECIDE_ON, CATEGORY, BORN = (CHECKS.index(name) for name in ("decide_on", "retirement_category", "born"))
CONTRIBUTED, UNUSED = CHECKS.index("contribution_months"), CHECKS.index("unused_months")
DEEMED, AGENCY = CHECKS.index("deemed_months"), CHECKS.index("agency_months.months")
REGISTERED, APPLIED = CHECKS.index("registered_on"), CHECKS.index("applied_on")
ORDER, EVENT, KIND = CHECKS.index("events"), CHECKS.index("events[]"), CHECKS.index("events[].kind")
SEX, ENDING = CHECKS.index("sex"), CHECKS.index("left_because")
MALE, MALE_CATEGORY = SEXES.index("male"), CATEGORIES.index("male")
RETIRED, AGAIN = EVENTS.index("retired"), EVENTS.index("unemployed_again")
KINDS, N_SEXES, N_CATEGORIES, N_ENDINGS = len(EVENTS), len(SEXES), len(CATEGORIES), len(ENDINGS)
FIRST_DAY, BEYOND = (year * 12 << MONTH for year in (1999, LAST_YEAR + 1))
OLDEST, WORKING = 110, WORKING_AGE * 12
FINE = 0


@step
def fault(person: Person, people: People) -> tuple[int, int]:
    """The first check that fails (a place in CHECKS, 0 = none) and the number of the event it is about."""
    found = people.refused[person.row]
    if found == FINE:
        found = _codes(person)
    if found == FINE:
        found = _decided(person)
    if found == FINE:
        found = _birth(person)
    if found == FINE:
        found = _months(person)
    if found == FINE:
        found = _registration(person)
    if found == FINE:
        return _events(person, people)
    return found, 0


@step
def _codes(person: Person) -> int:
    """Codes and counts outside their lists, which `facts_from_mapping` refuses in words."""
    if person.sex < -1 or person.sex >= N_SEXES:
        return SEX
    if person.category < -1 or person.category >= N_CATEGORIES:
        return CATEGORY
    if person.left_because < -1 or person.left_because >= N_ENDINGS:
        return ENDING
    if person.contributed < -1:
        return CONTRIBUTED
    if person.deemed < -1:
        return DEEMED
    return UNUSED if person.unused < -1 else FINE


@step
def _decided(person: Person) -> int:
    if person.on_at < FIRST_DAY or person.on_at >= BEYOND:
        return DECIDE_ON
    known = person.category >= 0 and person.sex >= 0
    if known and (person.category == MALE_CATEGORY) != (person.sex == MALE):
        return CATEGORY
    return FINE


@step
def _birth(person: Person) -> int:
    if person.born_at == NO_STAMP:
        return FINE
    years = (person.on_at >> MONTH) // 12 - (person.born_at >> MONTH) // 12
    if person.born_at > person.on_at or years > OLDEST:
        return BORN
    if person.left_at != NO_STAMP and add_months(person.born_at, WORKING) > person.left_at:
        return BORN
    return FINE


@step
def _months(person: Person) -> int:
    longest = LONGEST_WORKING_LIFE
    if person.born_at != NO_STAMP:
        end = person.on_at if person.left_at == NO_STAMP else person.left_at
        longest = max(0, (end >> MONTH) - (person.born_at >> MONTH) - WORKING + 1)
    if max(person.contributed, 0) + max(person.deemed, 0) > longest:
        return CONTRIBUTED
    if person.unused > MOST_MONTHS:
        return UNUSED
    if person.agency != -1 and (person.agency < 1 or person.agency > MOST_MONTHS):
        return AGENCY
    return FINE


@step
def _registration(person: Person) -> int:
    left_on, registered_on, applied_on = person.left_on, person.registered_on, person.applied_on
    if left_on != NO_DAY and registered_on != NO_DAY and registered_on <= left_on:
        return REGISTERED
    if left_on != NO_DAY and applied_on != NO_DAY and applied_on <= left_on:
        return APPLIED
    if registered_on != NO_DAY and applied_on != NO_DAY and applied_on < registered_on:
        return APPLIED
    return FINE


@step
def _events(person: Person, people: People) -> tuple[int, int]:
    on, kinds = people.event_on[person.row], people.event_kind[person.row]
    number = 0
    while number < len(kinds) and kinds[number] != -1:
        if kinds[number] < -1 or kinds[number] >= KINDS or on[number] == NO_DAY:
            return KIND, number
        if number > 0 and on[number] < on[number - 1]:
            return ORDER, 0
        number += 1
    stopped = -1
    for index in range(number):
        if person.left_on != NO_DAY and on[index] <= person.left_on:
            return EVENT, index
        if kinds[index] == AGAIN and (stopped == -1 or stopped == RETIRED):
            return EVENT, index
        stopped = -1 if kinds[index] == AGAIN else kinds[index]
    return FINE, 0
