"""One person inside the compiled loop, read from the columns."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.many.columns import Columns
from zaigang.engines.entitlement.many.days import NO_DAY, laid_out, stamp_of
from zaigang.engines.jit import step

S = TypeVar("S", bound=np.generic)


class People(NamedTuple):
    """The columns as plain arrays: days are int64 since 1970; `profile` is a place in the law's tables."""

    profile: NDArray[np.int32]
    refused: NDArray[np.int8]  # a check that was made before the loop
    decide_on: NDArray[np.int64]
    sex: NDArray[np.int8]
    born: NDArray[np.int64]
    category: NDArray[np.int8]
    left_on: NDArray[np.int64]
    left_because: NDArray[np.int8]
    registered_on: NDArray[np.int64]
    applied_on: NDArray[np.int64]
    contributed: NDArray[np.int16]
    deemed: NDArray[np.int16]
    unused: NDArray[np.int16]
    agency: NDArray[np.int16]
    event_on: NDArray[np.int64]
    event_kind: NDArray[np.int8]
    pay_through: NDArray[np.int16]
    late_accepted: NDArray[np.bool_]
    stamps: NDArray[np.int32]  # of the calendar, not of anybody


class Person(NamedTuple):
    """One row. -1 stands for an unknown code, count or stamp (days.py), NO_DAY for an unknown day.

    The last four are stamps; where days are counted, the days themselves are needed too.
    """

    row: int
    profile: int
    on: int
    sex: int
    born: int
    category: int
    left_on: int
    left_because: int
    registered_on: int
    applied_on: int
    contributed: int
    deemed: int
    unused: int
    agency: int
    pay_through: int
    late_accepted: bool
    start: int
    on_at: int
    born_at: int
    left_at: int
    start_at: int


def people_of(columns: Columns, profile: NDArray[np.int32], refused: NDArray[np.int8]) -> People:
    """Views of the columns; nothing is copied that already lies in one piece."""
    return People(
        profile,
        refused,
        _days(columns.decide_on),
        _flat(columns.sex),
        _days(columns.born),
        _flat(columns.retirement_category),
        _days(columns.left_on),
        _flat(columns.left_because),
        _days(columns.registered_on),
        _days(columns.applied_on),
        _flat(columns.contribution_months),
        _flat(columns.deemed_months),
        _flat(columns.unused_months),
        _flat(columns.agency_months),
        _days(columns.event_on),
        _flat(columns.event_kind),
        _flat(columns.pay_through),
        _flat(columns.late_accepted),
        laid_out(),
    )


def _flat(array: NDArray[S]) -> NDArray[S]:
    return np.ascontiguousarray(array)


def _days(array: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return np.ascontiguousarray(array).view(np.int64)


@step
def person_at(people: People, row: int) -> Person:
    on = people.decide_on[row]
    start = start_of(people.registered_on[row], people.left_on[row], on)
    on_at = stamp_of(on, people.stamps)
    return Person(
        row,
        people.profile[row],
        on,
        people.sex[row],
        people.born[row],
        people.category[row],
        people.left_on[row],
        people.left_because[row],
        people.registered_on[row],
        people.applied_on[row],
        people.contributed[row],
        people.deemed[row],
        people.unused[row],
        people.agency[row],
        people.pay_through[row],
        people.late_accepted[row],
        start,
        on_at,
        stamp_of(people.born[row], people.stamps),
        stamp_of(people.left_on[row], people.stamps),
        on_at if start == on else stamp_of(start, people.stamps),
    )


@step
def start_of(registered_on: int, left_on: int, on: int) -> int:
    """The registration day; if unknown, the later of the deciding day and the first day without work."""
    if registered_on != NO_DAY:
        return registered_on
    if left_on == NO_DAY:
        return on
    return on if on > left_on else left_on + 1
