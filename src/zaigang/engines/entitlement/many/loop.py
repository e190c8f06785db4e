"""The compiled loop over all rows, and the arrays that it fills."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.facts import CATEGORIES
from zaigang.engines.entitlement.many.ages import NO_RULE, in_force, is_of_age, retirements
from zaigang.engines.entitlement.many.checks import BORN, fault
from zaigang.engines.entitlement.many.conditions import eligibility
from zaigang.engines.entitlement.many.course import course_of
from zaigang.engines.entitlement.many.decisions import REFUSED
from zaigang.engines.entitlement.many.duration import Months, months_due
from zaigang.engines.entitlement.many.people import People, Person, person_at
from zaigang.engines.entitlement.many.plan import DOUBTFUL, REGULAR, Course, plan_for, same
from zaigang.engines.entitlement.many.tables import NO, UNKNOWN, YES, Amounts, Era, Eras, Law
from zaigang.engines.entitlement.parameters import STATUSES
from zaigang.engines.jit import lean, step

UNVERIFIED = STATUSES.index("unverified")
N_CATEGORIES = len(CATEGORIES)


class Answers(NamedTuple):
    """The arrays of `Decisions`, being filled."""

    eligible: NDArray[np.int8]
    error: NDArray[np.int8]
    error_event: NDArray[np.int8]
    exact: NDArray[np.int16]
    at_most: NDArray[np.int16]
    listed: NDArray[np.int16]
    first_month: NDArray[np.int16]
    planned_from: NDArray[np.int16]
    fen: NDArray[np.int32]
    status: NDArray[np.int8]
    gapped: NDArray[np.int16]


class Desk(NamedTuple):
    """Room to work in for one person at a time."""

    on: NDArray[np.int64]
    old: NDArray[np.int64]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]
    months: NDArray[np.int64]
    kinds: NDArray[np.int8]
    others: NDArray[np.int64]
    other_kinds: NDArray[np.int8]


def answers_for(rows: int, horizon: int, *, gaps: bool) -> Answers:
    """Room for the answers: nothing known, nothing listed. Lists are filled by the loop, to their very end."""
    exact, at_most, listed, first, planned = (np.full(rows, -1, np.int16) for _ in range(5))
    return Answers(
        np.full(rows, REFUSED, np.int8),
        np.zeros(rows, np.int8),
        np.zeros(rows, np.int8),
        exact,
        at_most,
        listed,
        first,
        planned,
        np.empty((rows, horizon), np.int32),
        np.empty((rows, horizon), np.int8),
        np.empty((rows if gaps else 0, horizon), np.int16),
    )


def desk_for(most_events: int, most_months: int) -> Desk:
    days = [np.empty(N_CATEGORIES, np.int64) for _ in range(2)]
    segments = [np.empty(most_events + 1, np.int64) for _ in range(2)]
    months, others = (np.empty(most_months, np.int64) for _ in range(2))
    kinds, other_kinds = (np.empty(most_months, np.int8) for _ in range(2))
    return Desk(days[0], days[1], segments[0], segments[1], months, kinds, others, other_kinds)


@step
def era_of(eras: Eras, profile: int, stamp: int) -> Era:
    row = in_force(eras.since, eras.offset[profile], eras.offset[profile + 1], stamp)
    return Era(
        eras.minimum[row],
        eras.resume[row],
        eras.window[row],
        eras.above_age[row],
        eras.first_payment[row],
        eras.ending[row],
        eras.stops[row],
        eras.cap[row],
        eras.ceiling[row],
        eras.table[row],
        eras.resume_source[row],
        eras.ceiling_source[row],
        eras.table_source[row],
    )


@step
def decide_row(person: Person, people: People, law: Law, answers: Answers, desk: Desk) -> None:
    row = person.row
    error, number = fault(person, people)
    found = retirements(person, law.ages, desk.on, desk.old) if error == 0 else 0
    if found == NO_RULE:
        error = BORN
    answers.error[row], answers.error_event[row] = error, number
    answers.listed[row] = answers.planned_from[row] = 0
    if error != 0:
        answers.listed[row] = answers.planned_from[row] = -1
        return
    era = era_of(law.eras, person.profile, person.on_at)
    answer = eligibility(person, people, era, law, is_of_age(person, era, desk.on, found))
    answers.eligible[row] = answer
    if answer == NO:
        answers.exact[row] = answers.at_most[row] = 0
        return
    months, settled = months_due(person, era, law)
    answers.exact[row], answers.at_most[row] = months.exact, months.at_most
    if answer == UNKNOWN or not settled:
        answers.eligible[row] = UNKNOWN
    else:
        answers.eligible[row] = schedule(person, people, era, law, months, found, answers, desk)


@step
def schedule(
    person: Person,
    people: People,
    era: Era,
    law: Law,
    months: Months,
    found: int,
    answers: Answers,
    desk: Desk,
) -> int:
    """Lists the payments and says yes, or says unknown where the retirement category makes a difference."""
    segments, new_claim = course_of(person, people, era, desk.firsts, desk.lasts)
    course = Course(desk.firsts, desk.lasts, segments, new_claim)
    exact = months.exact != -1
    count = months.exact if exact else max(months.at_most, 0)
    on, old, extensions = desk.on, desk.old, law.extensions
    listed = plan_for(person, course, count, exact, on[0], old[0], extensions, desk.months, desk.kinds)
    for number in range(1, found):
        other = plan_for(
            person, course, count, exact, on[number], old[number], extensions, desk.others, desk.other_kinds
        )
        if not same(desk.months, desk.kinds, listed, desk.others, desk.other_kinds, other):
            return UNKNOWN
    write(person, law.amounts, listed, exact, answers, desk)
    return YES


@step
def write(person: Person, amounts: Amounts, listed: int, exact: bool, answers: Answers, desk: Desk) -> None:
    """What is listed up to `pay_through`; the months of a list ascend."""
    row = person.row
    regular = listed
    while regular > 0 and desk.kinds[regular - 1] != REGULAR:
        regular -= 1
    if person.pay_through != -1:
        while listed > 0 and desk.months[listed - 1] > person.pay_through:
            listed -= 1
    answers.listed[row] = listed
    answers.planned_from[row] = min(listed, regular) if exact else 0
    if listed > 0:
        answers.first_month[row] = desk.months[0]
        shown = min(listed, answers.fen.shape[1])
        done = run_on(person, amounts, min(shown, regular), answers, desk)
        one_by_one(person, amounts, done, shown, answers, desk)


@step
def run_on(person: Person, amounts: Amounts, months: int, answers: Answers, desk: Desk) -> int:
    """Copies a laid-out list where the months follow each other; how many of them were written."""
    row, start = person.row, desk.months[0] - amounts.month_from
    unbroken = months > 0 and desk.months[months - 1] - desk.months[0] == months - 1
    if not unbroken or start < 0 or start >= amounts.row.shape[1]:
        return 0
    for number in range(months):
        answers.fen[row, number] = amounts.fen_list[person.profile, start, number]
    for number in range(months):
        answers.status[row, number] = amounts.status_list[person.profile, start, number]
    return months


@step
def one_by_one(
    person: Person, amounts: Amounts, first: int, beyond: int, answers: Answers, desk: Desk
) -> None:
    row, last = person.row, amounts.row.shape[1] - 1
    for number in range(first, beyond):
        kind = desk.kinds[number]
        place = amounts.row[person.profile, min(max(desk.months[number] - amounts.month_from, 0), last)]
        draw = min(number, amounts.fen.shape[2] - 1)
        doubtful = kind >= DOUBTFUL
        answers.fen[row, number] = -1 if doubtful else amounts.fen[place, 0 if kind == REGULAR else 1, draw]
        answers.status[row, number] = UNVERIFIED if doubtful else amounts.status[place]
    if len(answers.gapped) > 0:
        for number in range(beyond):
            answers.gapped[row, number] = desk.months[number]


@step
def blank(answers: Answers, row: int) -> None:
    """Writes the end of a row's lists."""
    for number in range(max(answers.listed[row], 0), answers.fen.shape[1]):
        answers.fen[row, number] = answers.status[row, number] = -1
        if len(answers.gapped) > 0:
            answers.gapped[row, number] = -1


@lean
def decide_rows(people: People, law: Law, answers: Answers, desk: Desk) -> None:
    """The loop over all rows, compiled when it is first called, unless it was kept."""
    for row in range(len(people.profile)):
        decide_row(person_at(people, row), people, law, answers, desk)
        blank(answers, row)
