"""The inner loops of the auction, compiled. Plain arrays in, changed in place; no allocation in a loop.

State of an auction, for N workers, M options and S seats: `price` (M), `at` (N, the option that a worker holds, or
-1), `worth` (N, the value of that pair), `held` (M, how many seats are taken), `seat_first` (M+1), `seat_bid` and
`seat_worker` (S): the seats of one option are a heap whose root is the lowest bid.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept, lean
from zaigang.engines.matching.prefetch import fetch

Counts = NDArray[np.int64]
Names = NDArray[np.int32]
Reals = NDArray[np.float64]
#: Pairs are sorted by option in two steps: into about so many groups, then inside them.
GROUPS = 256
LOWER = 0xFFFFFFFF
#: So many workers are looked at before their bids are made, while what they need is fetched from memory.
BLOCK = 32
#: How many options before its turn an option's pairs are fetched.
AHEAD = 4


def by_option(first: Counts, option: Names, value: Names, options: int) -> tuple[Counts, Names, Names]:
    """The pairs sorted by option (counting sort): `first` (M+1), `worker` (E), `value` (E).

    numpy makes the room: it asks for large pages, a compiled loop's own would cost more than the sorting.
    """
    pairs = len(option)
    start, worker, worth = (
        np.zeros(options + 1, np.int64),
        np.empty(pairs, np.int32),
        np.empty(pairs, np.int32),
    )
    sort_pairs(
        first, option, value, start, worker, worth, np.empty(pairs, np.int32), np.empty(pairs, np.int64)
    )
    return start, worker, worth


@kept
def sort_pairs(
    first: Counts, option: Names, value: Names, start: Counts, worker: Names, worth: Names, which: Names,
    both: Counts,
) -> None:  # fmt: skip
    """First into groups of neighbouring options, then each group for itself, which the caches hold.

    `which` (E) and `both` (E) are room for the groups: the option; the worker and, in the lower half, the value.
    """
    for edge in range(len(option)):
        start[option[edge] + 1] += 1
    for j in range(len(start) - 1):
        start[j + 1] += start[j]
    shift = 0
    while len(start) >> shift > GROUPS:
        shift += 1
    place = start[:: 1 << shift].copy()
    for i in range(len(first) - 1):
        for edge in range(first[i], first[i + 1]):
            group = option[edge] >> shift
            slot = place[group]
            place[group] = slot + 1
            which[slot] = option[edge]
            both[slot] = (np.int64(i) << 32) | (np.int64(value[edge]) & LOWER)
    place = start.copy()
    for edge in range(len(option)):
        slot = place[which[edge]]
        place[which[edge]] = slot + 1
        worker[slot], worth[slot] = both[edge] >> 32, both[edge] & LOWER


@lean
def lift(bid: Reals, worker: Names | Counts, base: int, k: int) -> None:
    """Move the k-th entry of a heap up to where it belongs."""
    b, w = bid[base + k], worker[base + k]
    while k > 0:
        above = (k - 1) >> 1
        if bid[base + above] <= b:
            break
        bid[base + k], worker[base + k] = bid[base + above], worker[base + above]
        k = above
    bid[base + k], worker[base + k] = b, w


@lean
def sink(bid: Reals, worker: Names | Counts, base: int, size: int) -> None:
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
        # Without branches: they could not be foreseen, and a wrong guess costs more than the comparison.
        left = value[edge] - price[option[edge]]
        second = max(second, min(best, left))
        edge_of_best = edge if left > best else edge_of_best
        best = max(best, left)
    return edge_of_best, best, second


@kept
def call_up(
    first: Counts, option: Names, value: Names, at: Names, worth: Names, ring: Names, head: int, many: int
) -> None:  # fmt: skip
    """Fetch the rows of the next block of workers, and where those of the block after it begin."""
    for k in range(head + many, min(head + 2 * many, len(ring))):
        fetch(first, ring[k])
    for k in range(head, head + many):
        i = ring[k]
        start, last = first[i], first[i + 1] - 1
        if last >= start:
            fetch(option, start)
            fetch(value, start)
            fetch(option, last)
            fetch(value, last)
        fetch(at, i)
        fetch(worth, i)


@kept
def look(
    first: Counts, option: Names, value: Names, seat_first: Counts, held: Names, price: Reals, ring: Names,
    head: int, many: int, outside: float, edge_of: Counts, more: Reals, seen: Reals,
) -> None:  # fmt: skip
    """What each of a block of workers would bid for (`edge_of`; -1: nothing), how much more than its price (`seen`)."""
    for k in range(many):
        edge, best, second = best_two(first, option, value, price, ring[head + k], outside)
        edge_of[k], more[k] = edge, best - second
        if edge >= 0:
            j = option[edge]
            seen[k] = price[j]
            fetch(seat_first, j)
            fetch(held, j)


@kept
def take_seat(
    j: int, i: int, bid: float, seats: int, base: int, price: Reals, seat_bid: Reals, seat_worker: Names,
    held: Names,
) -> int:  # fmt: skip
    """Worker i takes a seat of option j; returns who loses it, or -1."""
    count, outbid = held[j], -1
    if count < seats:
        seat_bid[base + count], seat_worker[base + count] = bid, i
        held[j] = count + 1
        lift(seat_bid, seat_worker, base, count)
        if count + 1 < seats:
            return outbid
    else:
        outbid = seat_worker[base]
        seat_bid[base], seat_worker[base] = bid, i
        sink(seat_bid, seat_worker, base, count)
    price[j] = seat_bid[base]
    return outbid


@kept
def forward(
    first: Counts, option: Names, value: Names, capacity: Names, seat_first: Counts, price: Reals, seat_bid: Reals,
    seat_worker: Names, held: Names, at: Names, worth: Names, eps: float, outside: float, most: int,
) -> bool:  # fmt: skip
    """Everybody bids until nobody who is unplaced would gain from any option. Prices only rise.

    False where that takes more than `most` bids: then it is broken off, and the prices alone mean anything.

    A full option costs its lowest accepted bid; one with free seats keeps the price it came with.

    A block of workers is looked at before the first of them bids. Prices only rise, so a bid that knew too low a price
    of the next best is lower than it might be, which eps allows; whose own option rose meanwhile looks again.
    """
    workers = len(first) - 1
    ring = np.arange(workers).astype(np.int32)
    edge_of, more, seen = np.empty(BLOCK, np.int64), np.empty(BLOCK), np.empty(BLOCK)
    head, waiting, bids = 0, workers, 0
    while waiting > 0:
        if bids > most:
            return False
        block, many = head, min(BLOCK, waiting, workers - head)
        call_up(first, option, value, at, worth, ring, block, many)
        look(first, option, value, seat_first, held, price, ring, block, many, outside, edge_of, more, seen)
        head = head + many if head + many < workers else 0
        waiting -= many
        for k in range(many):
            i, edge = ring[block + k], edge_of[k]
            if edge >= 0 and price[option[edge]] != seen[k]:
                edge, best, second = best_two(first, option, value, price, i, outside)
                more[k] = best - second
            if edge < 0:
                continue
            j = option[edge]
            at[i], worth[i] = j, value[edge]
            bids += 1
            bid = price[j] + more[k] + eps
            outbid = take_seat(
                j, i, bid, capacity[j], seat_first[j], price, seat_bid, seat_worker, held
            )  # fmt: skip
            if outbid >= 0:
                at[outbid] = -1
                tail = head + waiting
                ring[tail if tail < workers else tail - workers] = outbid
                waiting += 1
    return True


@kept
def profits(price: Reals, at: Names, worth: Names, profit: Reals, outside: float) -> None:
    """What each worker keeps of the value of the seat they hold."""
    for i in range(len(at)):
        profit[i] = worth[i] - price[at[i]] if at[i] >= 0 else outside


@kept
def best_one(
    start: Counts, worker: Names, worth: Names, profit: Reals, j: int, eps: float, gain: Reals, edge_of: Counts
) -> int:  # fmt: skip
    """`wanted` for two workers, without branches."""
    best, second, first_edge, next_edge = eps, eps, -1, -1
    for edge in range(start[j], start[j + 1]):
        more = worth[edge] - profit[worker[edge]]
        loser = first_edge if more > best else edge
        next_edge = loser if min(more, best) > second else next_edge
        second = max(second, min(best, more))
        first_edge = edge if more > best else first_edge
        best = max(best, more)
    gain[0], edge_of[0] = second, next_edge
    if next_edge < 0:
        gain[0], edge_of[0] = best, first_edge
        return 0 if first_edge < 0 else 1
    gain[1], edge_of[1] = best, first_edge
    return 2


@kept
def wanted(
    start: Counts, worker: Names, worth: Names, profit: Reals, j: int, most: int, eps: float, gain: Reals,
    edge_of: Counts,
) -> int:  # fmt: skip
    """The pairs of the up to `most` workers who would gain most from option j at price 0, more than eps, as a heap.

    Returns their number. A worker whose profit is infinite is not asked.
    """
    if most == 2:
        return best_one(start, worker, worth, profit, j, eps, gain, edge_of)
    found, least = 0, eps
    for edge in range(start[j], start[j + 1]):
        more = worth[edge] - profit[worker[edge]]
        if more <= least:
            continue
        if found < most:
            gain[found], edge_of[found] = more, edge
            lift(gain, edge_of, 0, found)
            found += 1
        else:
            gain[0], edge_of[0] = more, edge
            sink(gain, edge_of, 0, found)
        if found == most:
            least = gain[0]
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
def call_up_option(start: Counts, worker: Names, value: Names, ring: Names, k: int) -> None:
    """Fetch the pairs of an option that will soon have its turn (16 to a line of the cache)."""
    j = ring[k if k < len(ring) else k - len(ring)]
    for edge in range(start[j], start[j + 1], 16):
        fetch(worker, edge)
        fetch(value, edge)


@kept
def ask(
    start: Counts, worker: Names, value: Names, free: int, first_seat: int, price: Reals, seat_worker: Names,
    held: int, worth: Names, profit: Reals, eps: float, j: int, gain: Reals, edge_of: Counts,
) -> tuple[int, int]:  # fmt: skip
    """Lower option j's price to where its free seats are wanted; the pairs that want them: from .. up to, in `edge_of`.

    One more is asked than there are seats: what that one would gain is the price, less eps.
    """
    mine = seat_worker[first_seat : first_seat + held]
    for i in mine:
        profit[i] = np.inf
    found = wanted(start, worker, value, profit, j, free + 1, eps, gain, edge_of)
    short = found <= free
    price[j] = min(price[j], 0.0 if short else max(0.0, gain[0] - eps))
    for i in mine:
        profit[i] = worth[i] - price[j]
    return (0 if short else 1), found


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
    gain, edge_of = np.empty(widest + 1), np.empty(widest + 1, np.int64)
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
        begin, end = ask(
            start, worker, value, free, base, price, seat_worker, held[j], worth, profit, eps, j, gain, edge_of
        )  # fmt: skip
        for k in range(begin, end):
            i, value_here = worker[edge_of[k]], value[edge_of[k]]
            left = at[i]
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
