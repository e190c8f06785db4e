"""The inner loops of the auction, compiled. Plain arrays in, changed in place; no allocation in a loop.

State of an auction, for N workers, M options and S seats: `price` (M), `at` (N, the option that a worker holds, or
-1), `worth` (N, the value of that pair), `held` (M, how many seats are taken), `seat_first` (M+1), `seat_bid` and
`seat_worker` (S): the seats of one option are a heap whose root is the lowest bid.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept

Counts = NDArray[np.int64]
Names = NDArray[np.int32]
Reals = NDArray[np.float64]


@kept
def by_option(first: Counts, option: Names, value: Names, options: int) -> tuple[Counts, Names, Names]:
    """The pairs sorted by option (counting sort): `first` (M+1), `worker` (E), `value` (E)."""
    start = np.zeros(options + 1, np.int64)
    for edge in range(len(option)):
        start[option[edge] + 1] += 1
    for j in range(options):
        start[j + 1] += start[j]
    place = start[:-1].copy()
    worker = np.empty(len(option), np.int32)
    worth = np.empty(len(option), np.int32)
    for i in range(len(first) - 1):
        for edge in range(first[i], first[i + 1]):
            slot = place[option[edge]]
            place[option[edge]] += 1
            worker[slot] = i
            worth[slot] = value[edge]
    return start, worker, worth


@kept
def lift(bid: Reals, worker: Names, base: int, k: int) -> None:
    """Move the k-th entry of a heap up to where it belongs."""
    b, w = bid[base + k], worker[base + k]
    while k > 0:
        above = (k - 1) >> 1
        if bid[base + above] <= b:
            break
        bid[base + k], worker[base + k] = bid[base + above], worker[base + above]
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
        if below + 1 < size and bid[base + below + 1] < bid[base + below]:
            below += 1
        if bid[base + below] >= b:
            break
        bid[base + k], worker[base + k] = bid[base + below], worker[base + below]
        k = below
    bid[base + k], worker[base + k] = b, w


@kept
def best_two(
    first: Counts, option: Names, value: Names, price: Reals, i: int, outside: float
) -> tuple[int, float, float]:  # fmt: skip
    """The worker's best pair, what it leaves, and what the next best leaves (staying out leaves `outside`)."""
    best, second, edge_of_best = outside, outside, -1
    for edge in range(first[i], first[i + 1]):
        left = value[edge] - price[option[edge]]
        if left > second:
            if left > best:
                second = best
                best = left
                edge_of_best = edge
            else:
                second = left
    return edge_of_best, best, second


@kept
def forward(
    first: Counts, option: Names, value: Names, capacity: Names, seat_first: Counts, price: Reals, seat_bid: Reals,
    seat_worker: Names, held: Names, at: Names, worth: Names, eps: float, outside: float,
) -> None:  # fmt: skip
    """Everybody bids until nobody who is unplaced would gain from any option. Prices only rise.

    A full option costs its lowest accepted bid; one with free seats keeps the price it came with.
    """
    workers = len(first) - 1
    ring = np.arange(workers).astype(np.int32)
    head, waiting = 0, workers
    while waiting > 0:
        i = ring[head]
        head = head + 1 if head + 1 < workers else 0
        waiting -= 1
        edge, best, second = best_two(first, option, value, price, i, outside)
        if edge < 0:
            continue
        j = option[edge]
        bid = price[j] + (best - second) + eps
        at[i], worth[i] = j, value[edge]
        base, count = seat_first[j], held[j]
        if count < capacity[j]:
            seat_bid[base + count], seat_worker[base + count] = bid, i
            held[j] = count + 1
            lift(seat_bid, seat_worker, base, count)
            if count + 1 == capacity[j]:
                price[j] = seat_bid[base]
            continue
        outbid = seat_worker[base]
        seat_bid[base], seat_worker[base] = bid, i
        sink(seat_bid, seat_worker, base, count)
        price[j] = seat_bid[base]
        at[outbid] = -1
        tail = head + waiting
        ring[tail if tail < workers else tail - workers] = outbid
        waiting += 1


@kept
def profits(price: Reals, at: Names, worth: Names, profit: Reals, outside: float) -> None:
    """What each worker keeps of the value of the seat they hold."""
    for i in range(len(at)):
        profit[i] = worth[i] - price[at[i]] if at[i] >= 0 else outside


@kept
def wanted(
    start: Counts, worker: Names, worth: Names, at: Names, profit: Reals, j: int, most: int, eps: float,
    gain: Reals, who: Names,
) -> int:  # fmt: skip
    """The up to `most` workers who would gain most from option j at price 0, as a heap; returns their number."""
    found = 0
    for edge in range(start[j], start[j + 1]):
        i = worker[edge]
        if at[i] == j:
            continue
        more = worth[edge] - profit[i]
        if more <= eps:
            continue
        if found < most:
            gain[found], who[found] = more, i
            lift(gain, who, 0, found)
            found += 1
        elif more > gain[0]:
            gain[0], who[0] = more, i
            sink(gain, who, 0, found)
    return found


@kept
def leave(seat_first: Counts, seat_worker: Names, held: Names, o: int, i: int) -> None:
    """Take worker i out of option o."""
    base, last = seat_first[o], held[o] - 1
    for k in range(last):
        if seat_worker[base + k] == i:
            seat_worker[base + k] = seat_worker[base + last]
            break
    held[o] = last


@kept
def reverse(
    start: Counts, worker: Names, value: Names, capacity: Names, seat_first: Counts, price: Reals,
    seat_worker: Names, held: Names, at: Names, worth: Names, profit: Reals, eps: float,
) -> None:  # fmt: skip
    """Options with a free seat and a price look for workers, lowering the price, until none is left.

    Without it prices of seats that nobody holds stay up, and where all rank options alike bids would creep up by eps.
    """
    options, widest = len(capacity), 0
    ring, listed = np.empty(options, np.int32), np.zeros(options, np.bool_)
    head, waiting = 0, 0
    for j in range(options):
        widest = max(widest, capacity[j])
        if held[j] < capacity[j] and price[j] > 0:
            ring[waiting], listed[j] = j, True
            waiting += 1
    gain, who = np.empty(widest + 1), np.empty(widest + 1, np.int32)
    while waiting > 0:
        j = ring[head]
        head = head + 1 if head + 1 < options else 0
        waiting -= 1
        listed[j] = False
        free = capacity[j] - held[j]
        if free <= 0 or price[j] <= 0:
            continue
        found = wanted(start, worker, value, at, profit, j, free + 1, eps, gain, who)
        # One more asked than there are seats: what that one would gain is the price, less eps.
        short = found <= free
        level = 0.0 if short else max(0.0, gain[0] - eps)
        price[j] = min(price[j], level)
        base = seat_first[j]
        for k in range(held[j]):
            profit[seat_worker[base + k]] = worth[seat_worker[base + k]] - price[j]
        for k in range(0 if short else 1, found):
            i = who[k]
            left = at[i]
            value_here = round(gain[k] + profit[i])
            if left >= 0:
                leave(seat_first, seat_worker, held, left, i)
                if price[left] > 0 and not listed[left]:
                    tail = head + waiting
                    ring[tail if tail < options else tail - options] = left
                    listed[left] = True
                    waiting += 1
            at[i], worth[i], profit[i] = j, value_here, value_here - price[j]
            seat_worker[base + held[j]] = i
            held[j] += 1


@kept
def distance(
    first: Counts, option: Names, value: Names, capacity: Names, price: Reals, at: Names, worth: Names
) -> tuple[int, float]:  # fmt: skip
    """The plan's value and the bound of its prices, to steer by; the proof is certify.py's."""
    placed, bound = 0, 0.0
    for i in range(len(at)):
        _, best, _ = best_two(first, option, value, price, i, 0.0)
        bound += best
        if at[i] >= 0:
            placed += worth[i]
    for j in range(len(capacity)):
        bound += capacity[j] * price[j]
    return placed, bound
