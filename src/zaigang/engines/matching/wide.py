"""The reverse phase where some options are open to very many: these keep those who may take them in a heap.

`kernels.reverse` looks at all pairs of an option whenever one of its seats is free. An employer whom half a town may
choose, or staying out where a group has a floor (floors.py), would be looked through again for each of its seats. While
seats look for workers nobody's profit falls, so what somebody would gain only falls: whoever comes first in the heap by
an old gain and still has it is the one who gains most.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.kernels import AHEAD, ask, call_up_option, leave, lift, sink

Counts = NDArray[np.int64]
Names = NDArray[np.int32]
Reals = NDArray[np.float64]
#: An option with so many pairs is wide.
WIDE = 1000


@kept
def fill(
    start: Counts, worker: Names, value: Names, at: Names, profit: Reals, j: int, base: int, loss: Reals,
    pair: Counts, pair_at: Counts,
) -> int:  # fmt: skip
    """The heap of a wide option: all who may take it and do not, by what they would lose; returns their number.

    Of those who are there `pair_at` keeps the pair.
    """
    size = 0
    for edge in range(start[j], start[j + 1]):
        i = worker[edge]
        if at[i] == j:
            pair_at[i] = edge
        else:
            loss[base + size], pair[base + size] = profit[i] - value[edge], edge
            lift(loss, pair, base, size)
            size += 1
    return size


@kept
def freshen(
    worker: Names, value: Names, profit: Reals, base: int, size: int, loss: Reals, pair: Counts
) -> float:  # fmt: skip
    """Sink old losses until the first is as it is now; returns it (0 where nobody is left)."""
    while size > 0:
        edge = pair[base]
        now = profit[worker[edge]] - value[edge]
        if now == loss[base]:
            break
        loss[base] = now
        sink(loss, pair, base, size)
    return loss[base] if size > 0 else 0.0


@kept
def ask_wide(
    start: Counts, worker: Names, value: Names, free: int, mine: Names, at: Names, worth: Names, profit: Reals,
    eps: float, price: Reals, j: int, place: int, size: int, loss: Reals, pair: Counts, pair_at: Counts,
    wanting: Counts,
) -> tuple[int, int]:  # fmt: skip
    """As `kernels.ask`: how many want a seat of option j (`wanting`), and how many stay in its heap."""
    if size < 0:
        size = fill(start, worker, value, at, profit, j, place, loss, pair, pair_at)
    found, before = 0, price[j]
    first = freshen(worker, value, profit, place, size, loss, pair)
    while found < free and first < -eps:
        wanting[found] = pair[place]
        found += 1
        size -= 1
        loss[place], pair[place] = loss[place + size], pair[place + size]
        sink(loss, pair, place, size)
        first = freshen(worker, value, profit, place, size, loss, pair)
    price[j] = min(before, max(0.0, -first - eps))
    if price[j] < before:
        for i in mine:
            profit[i] = worth[i] - price[j]
    return found, size


@kept
def put_back(
    value: Names, i: int, profit: Reals, edge: int, place: int, size: int, loss: Reals, pair: Counts
) -> int:  # fmt: skip
    """Worker i has left a wide option, whose pair is `edge`, and may come again; returns how many are in its heap."""
    loss[place + size], pair[place + size] = profit[i] - value[edge], edge
    lift(loss, pair, place, size)
    return size + 1


@kept
def places_of(start: Counts) -> Counts:
    """Where the heap of each wide option begins, -1 for the others; at the end how much room all need."""
    place, room = np.full(len(start), -1, np.int64), 0
    for j in range(len(start) - 1):
        if start[j + 1] - start[j] >= WIDE:
            place[j] = room
            room += start[j + 1] - start[j]
    place[-1] = room
    return place


@kept
def reverse(
    start: Counts, worker: Names, value: Names, capacity: Names, seat_first: Counts, price: Reals,
    seat_worker: Names, held: Names, at: Names, worth: Names, profit: Reals, eps: float,
) -> None:  # fmt: skip
    """As `kernels.reverse`, which says what is done."""
    options = len(capacity)
    open_now = np.flatnonzero((held < capacity) & (price > 0))
    ring, listed = np.empty(options, np.int32), np.zeros(options, np.bool_)
    head, waiting = 0, len(open_now)
    ring[:waiting], listed[open_now] = open_now, True
    widest = max(0, capacity.max())
    gain, edge_of = np.empty(widest + 1), np.empty(widest + 1, np.int64)
    place = places_of(start)
    loss, pair = np.empty(place[-1]), np.empty(place[-1], np.int64)
    size, pair_at = np.full(options, -1, np.int64), np.empty(len(at), np.int64)
    while waiting > 0:
        j = ring[head]
        if waiting > AHEAD:
            call_up_option(start, worker, value, ring, head + AHEAD)
        head = head + 1 if head + 1 < options else 0
        waiting -= 1
        listed[j] = False
        free = capacity[j] - held[j]
        if free <= 0 or price[j] <= 0:
            continue
        base = seat_first[j]
        if place[j] < 0:
            begin, end = ask(
                start, worker, value, free, base, price, seat_worker, held[j], worth, profit, eps, j, gain, edge_of
            )  # fmt: skip
        else:
            begin = 0
            end, size[j] = ask_wide(
                start, worker, value, free, seat_worker[base : base + held[j]], at, worth, profit, eps, price, j,
                place[j], size[j], loss, pair, pair_at, edge_of,
            )  # fmt: skip
        for k in range(begin, end):
            edge = edge_of[k]
            i = worker[edge]
            left = at[i]
            at[i], worth[i], profit[i] = j, value[edge], value[edge] - price[j]
            if left >= 0:
                leave(seat_first, seat_worker, held, left, i)
                if size[left] >= 0:
                    size[left] = put_back(value, i, profit, pair_at[i], place[left], size[left], loss, pair)
                if price[left] > 0 and not listed[left]:
                    tail = head + waiting
                    ring[tail if tail < options else tail - options] = left
                    listed[left] = True
                    waiting += 1
            pair_at[i] = edge
            seat_worker[base + held[j]] = i
            held[j] += 1
