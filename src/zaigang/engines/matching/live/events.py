"""What happens to a live plan, one compiled call for each event: look whether it can be, do it, settle the plan.

A code tells what cannot be, or that lists have no place to move to; then nothing has been changed.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import lean, step
from zaigang.engines.matching.live.kernels import (
    HIGHEST,
    LOWEST,
    PEOPLE,
    PROMISED,
    Desk,
    push_out,
    seat,
    settle,
    touch,
    unseat,
    value_of,
)
from zaigang.engines.matching.live.slack import Flags, Rows, append, beyond, clear, make_room
from zaigang.engines.matching.prefetch import fetch

Numbers = NDArray[np.int64]
#: What an event answers.
DONE, FULL, UNKNOWN, TWICE, TOO_LOW, TOO_HIGH, ABSENT = range(7)


@step
def fault(rows: Numbers, known: int, absent: Flags, marks: Flags, lowest: int, highest: int) -> int:
    """What is wrong with rows of (name, value): each name below `known`, once, not absent; values within bounds."""
    low, high, is_absent, again = lowest, highest, False, False
    for name, _ in rows:
        if name < 0 or name >= known:
            return UNKNOWN
    for name, value in rows:
        again, marks[name] = again or marks[name], True
        low, high = min(low, value), max(high, value)
        is_absent = is_absent or absent[name]
    for name, _ in rows:
        marks[name] = False
    if again:
        return TWICE
    if low < lowest:
        return TOO_LOW
    return TOO_HIGH if high > highest else ABSENT if is_absent else DONE


@lean
def places(mine: Rows, key: int, others: Rows, rows: Numbers) -> tuple[int, int]:
    """The places that list `key` and the lists on the other side need at the end to take these rows."""
    needed = 0
    for k in range(len(rows)):
        name = rows[k, 0]
        needed += beyond(others, name, 1)
        fetch(others.name, others.first[name] + others.length[name])
        fetch(others.value, others.first[name] + others.length[name])
    return beyond(mine, key, len(rows)), needed


@step
def lacks(rows: Rows, needed: int) -> bool:
    return bool(rows.used[0] + needed > len(rows.name))


@step
def write(mine: Rows, key: int, gone: Flags, others: Rows, absent: Flags, rows: Numbers, desk: Desk) -> None:
    """Rows of (name, value) into list `key` and into the lists on the other side."""
    make_room(mine, key, len(rows), absent)
    for k in range(len(rows)):
        name, value = rows[k]
        append(mine, key, name, value, absent)
        append(others, name, key, value, gone)
        desk.sums[LOWEST] = min(desk.sums[LOWEST], value)
        desk.sums[HIGHEST] = max(desk.sums[HIGHEST], value)


@lean
def come(desk: Desk, i: int, rows: Numbers, options: int, lowest: int, highest: int, eps: float) -> int:
    """Worker i comes with rows of (option, value)."""
    wrong = fault(rows, options, desk.closed, desk.listed, lowest, highest)
    if wrong != DONE:
        return wrong
    own, other = places(desk.people, i, desk.options, rows)
    if lacks(desk.people, own) or lacks(desk.options, other):
        return FULL
    write(desk.people, i, desk.gone, desk.options, desk.closed, rows, desk)
    desk.sums[PEOPLE] += 1
    desk.profit[i], desk.waiting[0] = desk.outside, i
    settle(desk, 1, 0, eps)
    return DONE


@lean
def post(
    desk: Desk, j: int, rows: Numbers, people: int, seats: int, lowest: int, highest: int, eps: float
) -> int:  # fmt: skip
    """Option j comes with rows of (worker, value)."""
    wrong = fault(rows, people, desk.gone, desk.marked, lowest, highest)
    if wrong != DONE:
        return wrong
    own, other = places(desk.options, j, desk.people, rows)
    if (
        lacks(desk.options, own)
        or lacks(desk.people, other)
        or lacks(desk.seats, beyond(desk.seats, j, seats))
    ):
        return FULL
    write(desk.options, j, desk.closed, desk.people, desk.gone, rows, desk)
    make_room(desk.seats, j, seats, desk.gone)
    desk.capacity[j] = desk.open[j] = seats
    # Dear enough that nobody wants it yet: then it becomes cheaper like any seat that is free.
    dearest = 0.0
    for k in range(len(rows)):
        dearest = max(dearest, rows[k, 1] + desk.stay - desk.outside)
    desk.price[j] = dearest
    desk.vacant[0], desk.listed[j] = j, True
    settle(desk, 0, 1, eps)
    return DONE


@lean
def widen(desk: Desk, j: int, seats: int, eps: float) -> int:
    """Option j has so many seats more."""
    more = desk.capacity[j] + seats - desk.seats.length[j]
    if lacks(desk.seats, beyond(desk.seats, j, more)):
        return FULL
    make_room(desk.seats, j, more, desk.gone)
    desk.capacity[j] += seats
    desk.open[j] += seats
    desk.vacant[0], desk.listed[j] = j, True
    settle(desk, 0, 1, eps)
    return DONE


@step
def stand_up(desk: Desk, i: int) -> int:
    """Worker i leaves the seat they hold, promised or not; the option in which it becomes open, or -1."""
    j = desk.at[i]
    if j >= 0 and desk.frozen[i]:
        touch(desk, i)
        desk.frozen[i], desk.at[i], desk.profit[i] = False, -1, desk.outside
        desk.open[j] += 1
        desk.sums[PROMISED] -= 1
    elif j >= 0:
        unseat(desk, i)
    return int(j)


@step
def listed(desk: Desk, vacant: int, j: int) -> int:
    """One option more that has an open seat; returns how many there are."""
    if j < 0 or desk.listed[j]:
        return vacant
    desk.vacant[vacant], desk.listed[j] = j, True
    return vacant + 1


@lean
def go(desk: Desk, i: int, eps: float) -> None:
    """Worker i leaves for good. In the lists of options they stay until these are full: nobody gains by them."""
    vacant = listed(desk, 0, stand_up(desk, i))
    desk.gone[i], desk.home[i], desk.profit[i], desk.people.length[i] = True, -1, np.inf, 0
    desk.sums[PEOPLE] -= 1
    settle(desk, 0, vacant, eps)


@lean
def shrink(desk: Desk, j: int, seats: int, eps: float) -> None:
    """Option j has so many seats fewer: open ones, then of those who would leave first, then of the promised."""
    promised, waiting = seats - desk.open[j], 0
    pushed = push_out(desk, j, seats - max(0, promised) - (desk.open[j] - desk.seats.length[j]), eps)
    waiting, i = pushed, len(desk.at) - 1
    while promised > 0:
        if desk.at[i] == j and desk.frozen[i]:
            stand_up(desk, i)
            desk.waiting[waiting] = i
            waiting, promised = waiting + 1, promised - 1
        i -= 1
    desk.capacity[j] -= seats
    desk.open[j] -= seats
    if desk.capacity[j] == 0:
        clear(desk.options, desk.people, j)
        desk.closed[j], desk.price[j] = True, 0.0
    settle(desk, waiting, 0, eps)


@lean
def promise(desk: Desk, i: int) -> None:
    """Worker i and the seat they hold leave the game."""
    if desk.frozen[i]:
        return
    j = desk.at[i]
    unseat(desk, i)
    desk.frozen[i], desk.at[i], desk.profit[i] = True, j, np.inf
    desk.open[j] -= 1
    desk.sums[PROMISED] += 1


@lean
def release(desk: Desk, workers: Numbers, eps: float) -> None:
    """What was promised to these workers no longer binds."""
    waiting, vacant = 0, 0
    for i in workers:
        if desk.frozen[i]:
            vacant = listed(desk, vacant, stand_up(desk, i))
            desk.waiting[waiting] = i
            waiting += 1
    settle(desk, waiting, vacant, eps)


@lean
def sit(desk: Desk, choice: NDArray[np.int32]) -> int:
    """Seat everybody as a plan has it; returns the first worker whose seat cannot be, or -1."""
    for i in range(len(choice)):
        j, allowed = choice[i], False
        if j < 0:
            continue
        if j < len(desk.price) and desk.seats.length[j] < desk.open[j]:
            begin = desk.people.first[i]
            for slot in range(begin, begin + desk.people.length[i]):
                if desk.people.name[slot] == j:
                    seat(desk, i, j, desk.people.value[slot])
                    allowed = True
        if not allowed:
            return i
    return -1


@lean
def sit_anew(desk: Desk, choice: NDArray[np.int32]) -> None:
    """Seat all who are not promised anything as another plan has it."""
    desk.listed[:] = False
    for i in range(len(choice)):
        if not desk.frozen[i] and desk.at[i] >= 0:
            unseat(desk, i)
    for i in range(len(choice)):
        if choice[i] >= 0:
            seat(desk, i, choice[i], value_of(desk, i, choice[i]))
