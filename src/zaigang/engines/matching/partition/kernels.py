"""The inner loops of an auction in parts, compiled. State as in matching/kernels.py, with two differences.

`seat_worker` holds the numbers that workers have in the whole market: a part's own are `low` and following, one for
each of its rows. And bids are ranked by (bid, worker): two processes that see the same bids drop the same one.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.kernels import Counts, Names, Reals, best_two, leave


@kept
def lift(bid: Reals, worker: Names, base: int, k: int) -> None:
    """Move the k-th entry of a heap up to where it belongs."""
    b, w = bid[base + k], worker[base + k]
    while k > 0:
        above = (k - 1) >> 1
        other = bid[base + above]
        if other < b or (other == b and worker[base + above] < w):
            break
        bid[base + k], worker[base + k] = other, worker[base + above]
        k = above
    bid[base + k], worker[base + k] = b, w


@kept
def sink(bid: Reals, worker: Names, base: int, size: int) -> None:
    """Move the root of a heap down to where it belongs."""
    b, w = bid[base], worker[base]
    k = 0
    while True:
        below = 2 * k + 1
        if below >= size:
            break
        if below + 1 < size:
            left, right = bid[base + below], bid[base + below + 1]
            if right < left or (right == left and worker[base + below + 1] < worker[base + below]):
                below += 1
        if bid[base + below] > b or (bid[base + below] == b and worker[base + below] > w):
            break
        bid[base + k], worker[base + k] = bid[base + below], worker[base + below]
        k = below
    bid[base + k], worker[base + k] = b, w


@kept
def enter(
    j: int, i: int, bid: float, capacity: Names, seat_first: Counts, price: Reals, seat_bid: Reals,
    seat_worker: Names, held: Names,
) -> int:  # fmt: skip
    """Put a bid on option j's list. Returns the worker who has to leave, -1 where a seat was free.

    The bid must rank above the lowest where all seats are taken. The price of a full option is its lowest bid.
    """
    base, count = seat_first[j], held[j]
    if count < capacity[j]:
        seat_bid[base + count], seat_worker[base + count] = bid, i
        held[j] = count + 1
        lift(seat_bid, seat_worker, base, count)
        if count + 1 == capacity[j]:
            price[j] = seat_bid[base]
        return -1
    out = seat_worker[base]
    seat_bid[base], seat_worker[base] = bid, i
    sink(seat_bid, seat_worker, base, count)
    price[j] = seat_bid[base]
    return int(out)


@kept
def forward(
    first: Counts, option: Names, value: Names, capacity: Names, seat_first: Counts, price: Reals, seat_bid: Reals,
    seat_worker: Names, held: Names, at: Names, worth: Names, amount: Reals, ring: Names, waiting: int, low: int,
    eps: float,
) -> None:  # fmt: skip
    """The rows in `ring` bid, and whoever of this part they outbid, until none of them would gain from any option."""
    size, head = len(ring), 0
    while waiting > 0:
        i = ring[head]
        head = head + 1 if head + 1 < size else 0
        waiting -= 1
        edge, best, second = best_two(first, option, value, price, i, 0.0)
        if edge < 0:
            continue
        j = option[edge]
        amount[i] = price[j] + (best - second) + eps
        at[i], worth[i] = j, value[edge]
        out = enter(j, low + i, amount[i], capacity, seat_first, price, seat_bid, seat_worker, held) - low
        if 0 <= out < size:
            at[out] = -1
            tail = head + waiting
            ring[tail if tail < size else tail - size] = out
            waiting += 1


@kept
def merge(
    option: Names, worker: Names, bid: Reals, capacity: Names, seat_first: Counts, price: Reals, seat_bid: Reals,
    seat_worker: Names, held: Names, changed: NDArray[np.bool_],
) -> None:  # fmt: skip
    """The bids of all parts on the options that more than one of them sees: the highest stay. Marks what changed."""
    for k in range(len(option)):
        j = option[k]
        base = seat_first[j]
        if held[j] == capacity[j]:
            lowest = seat_bid[base]
            if bid[k] < lowest or (bid[k] == lowest and worker[k] < seat_worker[base]):
                continue
        enter(j, worker[k], bid[k], capacity, seat_first, price, seat_bid, seat_worker, held)
        changed[j] = True


@kept
def unseat(option: Names, seat_first: Counts, seat_worker: Names, held: Names, at: Names, low: int) -> None:
    """Mark (-2) this part's rows that sit in these options."""
    for j in option:
        for k in range(seat_first[j], seat_first[j] + held[j]):
            i = seat_worker[k] - low
            if 0 <= i < len(at) and at[i] == j:
                at[i] = -2


@kept
def renew(
    option: Names, count: Names, bid: Reals, worker: Names, capacity: Names, seat_first: Counts, price: Reals,
    seat_bid: Reals, seat_worker: Names, held: Names, at: Names, ring: Names, low: int,
) -> int:  # fmt: skip
    """Replace the lists of these options. Puts the rows that have lost their seat into `ring`; returns how many."""
    unseat(option, seat_first, seat_worker, held, at, low)
    start = 0
    for c in range(len(option)):
        for k in range(start, start + count[c]):
            i = worker[k] - low
            if 0 <= i < len(at):
                at[i] = option[c]
        start += count[c]
    waiting, start = 0, 0
    for c in range(len(option)):
        j, base = option[c], seat_first[option[c]]
        for k in range(base, base + held[j]):
            i = seat_worker[k] - low
            if 0 <= i < len(at) and at[i] == -2:
                at[i] = -1
                ring[waiting] = i
                waiting += 1
        held[j] = 0
        for k in range(start, start + count[c]):
            enter(j, worker[k], bid[k], capacity, seat_first, price, seat_bid, seat_worker, held)
        start += count[c]
    return waiting


@kept
def sit(at: Names, seat_first: Counts, seat_worker: Names, held: Names) -> None:
    """Write down who holds each option (all lists empty before)."""
    for i in range(len(at)):
        j = at[i]
        if j >= 0:
            seat_worker[seat_first[j] + held[j]] = i
            held[j] += 1


@kept
def release(
    worker: Names, option: Names, seat_first: Counts, seat_worker: Names, held: Names, at: Names
) -> None:  # fmt: skip
    """These workers hold these options (-1: none of this part's): whoever sits elsewhere here leaves that seat."""
    for k in range(len(worker)):
        i = worker[k]
        if at[i] >= 0 and at[i] != option[k]:
            leave(seat_first, seat_worker, held, at[i], i)
            at[i] = -1
