"""The inner loops of the auction in which a worker is given several options at once, compiled.

State, for E pairs and S places on lists: `taken` (E), `open_` (N, how many more a worker may take), `held` (M), and
per option a heap of bids as in kernels.py, with the pair in the place of the worker (`place_first`, `_bid`, `_edge`).
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.kernels import Counts, Names, Reals, leave, lift, sink

Flags = NDArray[np.bool_]
#: So many of a row are sorted by insertion; where more are wanted, the whole row is sorted.
FEW = 16


@kept
def best_in_front(first: Counts, left: Reals, each: int) -> None:
    """Puts the greatest `each` of every worker's row in front, best first; the rest of the row in any order."""
    for i in range(len(first) - 1):
        begin, end = first[i], first[i + 1]
        if each > FEW:
            left[begin:end] = np.sort(left[begin:end])[::-1]
            continue
        for place in range(begin + 1, end):
            new, slot = left[place], place
            if place >= begin + each:
                slot = begin + each - 1
                if new <= left[slot]:
                    continue
                left[place] = left[slot]
            while slot > begin and left[slot - 1] < new:
                left[slot] = left[slot - 1]
                slot -= 1
            left[slot] = new


@kept
def by_option(option: Names, options: int) -> tuple[Counts, Names]:
    """The pairs sorted by option (counting sort): `start` (M+1), `edge` (E)."""
    start = np.zeros(options + 1, np.int64)
    for edge in range(len(option)):
        start[option[edge] + 1] += 1
    for j in range(options):
        start[j + 1] += start[j]
    place = start[:-1].copy()
    sorted_ = np.empty(len(option), np.int32)
    for edge in range(len(option)):
        sorted_[place[option[edge]]] = edge
        place[option[edge]] += 1
    return start, sorted_


@kept
def best_open(
    first: Counts, option: Names, value: Names, price: Reals, taken: Flags, i: int, most: int, left: Reals, edges: Names
) -> int:  # fmt: skip
    """The up to `most` pairs not taken yet that leave the worker most, best first; returns their number."""
    found = 0
    for edge in range(first[i], first[i + 1]):
        if taken[edge]:
            continue
        net = value[edge] - price[option[edge]]
        if net <= 0.0 or (found == most and net <= left[found - 1]):
            continue
        k = found if found < most else most - 1
        while k > 0 and left[k - 1] < net:
            left[k], edges[k] = left[k - 1], edges[k - 1]
            k -= 1
        left[k], edges[k] = net, edge
        found = min(found + 1, most)
    return found


@kept
def best_of_all(
    first: Counts, option: Names, value: Names, price: Reals, i: int, steep: float
) -> tuple[int, float, float]:  # fmt: skip
    """The worker's best pair, even if it leaves less than nothing, and what the next best leaves; without another
    one, `steep` less."""
    best, second, edge_of_best = -np.inf, -np.inf, -1
    for edge in range(first[i], first[i + 1]):
        left = value[edge] - price[option[edge]]
        if left > best:
            best, second, edge_of_best = left, best, edge
        elif left > second:
            second = left
    return edge_of_best, best, second if second > -np.inf else best - steep


@kept
def offer(
    first: Counts, option: Names, value: Names, worker: Names, places: Names, place_first: Counts, each: int,
    price: Reals, place_bid: Reals, place_edge: Names, held: Names, taken: Flags, open_: Names, eps: float,
    steep: float,
) -> None:  # fmt: skip
    """Every worker bids for `each` options until nobody who is short of one would gain from any other.

    With `steep` (else 0) nobody goes without: who has no pair bids for the best of them, whatever it leaves. That
    ends where there is one for everybody.
    """
    workers = len(first) - 1
    ring, listed = np.arange(workers).astype(np.int32), np.ones(workers, np.bool_)
    left, edges = np.empty(each + 1), np.empty(each + 1, np.int32)
    head, waiting = 0, workers
    while waiting > 0:
        i = ring[head]
        head = head + 1 if head + 1 < workers else 0
        waiting -= 1
        listed[i] = False
        wants = open_[i]
        found = best_open(first, option, value, price, taken, i, wants + 1, left, edges)
        # What the worker could have instead: the best of those that are left.
        instead = left[wants] if found > wants else 0.0
        if found == 0 and wants == each and steep > 0.0:
            edges[0], left[0], instead = best_of_all(first, option, value, price, i, steep)
            found = 1 if edges[0] >= 0 else 0
        for k in range(min(found, wants)):
            edge = edges[k]
            j = option[edge]
            bid = price[j] + (left[k] - instead) + eps
            base, count = place_first[j], held[j]
            taken[edge] = True
            open_[i] -= 1
            if count < places[j]:
                place_bid[base + count], place_edge[base + count] = bid, edge
                held[j] = count + 1
                lift(place_bid, place_edge, base, count)
                if count + 1 == places[j]:
                    price[j] = place_bid[base]
                continue
            out = place_edge[base]
            place_bid[base], place_edge[base] = bid, edge
            sink(place_bid, place_edge, base, count)
            price[j] = place_bid[base]
            taken[out] = False
            outbid = worker[out]
            open_[outbid] += 1
            if not listed[outbid]:
                tail = head + waiting
                ring[tail if tail < workers else tail - workers] = outbid
                listed[outbid] = True
                waiting += 1


@kept
def weakest(
    first: Counts, option: Names, value: Names, price: Reals, taken: Flags, open_: Names, i: int, only: int
) -> tuple[int, float]:  # fmt: skip
    """The pair that worker i would give up for another, and what it leaves; (-1, 0) with room for one more.

    `only` is the room beside the one pair that nobody goes without (-1: some may): one that leaves less than nothing
    is given up even where there is room.
    """
    if open_[i] > 0 and open_[i] != only:
        return -1, 0.0
    edge_of_least, least = -1, np.inf
    for edge in range(first[i], first[i + 1]):
        if taken[edge] and value[edge] - price[option[edge]] < least:
            edge_of_least, least = edge, value[edge] - price[option[edge]]
    if open_[i] > 0 and least >= 0.0:
        return -1, 0.0
    return edge_of_least, least


@kept
def wanted(
    start: Counts, sorted_: Names, value: Names, worker: Names, taken: Flags, least: Reals, j: int, most: int,
    eps: float, gain: Reals, who: Names,
) -> int:  # fmt: skip
    """The up to `most` pairs of option j whose workers would gain most from it at price 0, as a heap; their number."""
    found = 0
    for slot in range(start[j], start[j + 1]):
        edge = sorted_[slot]
        more = value[edge] - least[worker[edge]]
        if taken[edge] or more <= eps:
            continue
        if found < most:
            gain[found], who[found] = more, edge
            lift(gain, who, 0, found)
            found += 1
        elif more > gain[0]:
            gain[0], who[0] = more, edge
            sink(gain, who, 0, found)
    return found


@kept
def find_takers(
    first: Counts, option: Names, value: Names, worker: Names, start: Counts, sorted_: Names, places: Names,
    place_first: Counts, price: Reals, place_edge: Names, held: Names, taken: Flags, open_: Names, eps: float,
    only: int,
) -> None:  # fmt: skip
    """Options with a free place and a price look for workers, lowering the price, until none is left."""
    workers, options, widest = len(first) - 1, len(places), 0
    least, worst = np.empty(workers), np.empty(workers, np.int32)
    for i in range(workers):
        worst[i], least[i] = weakest(first, option, value, price, taken, open_, i, only)
    ring, listed = np.empty(options, np.int32), np.zeros(options, np.bool_)
    head, waiting = 0, 0
    for j in range(options):
        widest = max(widest, places[j])
        if held[j] < places[j] and price[j] > 0:
            ring[waiting], listed[j] = j, True
            waiting += 1
    gain, who = np.empty(widest + 1), np.empty(widest + 1, np.int32)
    while waiting > 0:
        j = ring[head]
        head = head + 1 if head + 1 < options else 0
        waiting -= 1
        listed[j] = False
        free = places[j] - held[j]
        if free <= 0 or price[j] <= 0:
            continue
        found = wanted(start, sorted_, value, worker, taken, least, j, free + 1, eps, gain, who)
        # One more asked than there are places: what that one would gain is the price, less eps.
        short = found <= free
        price[j] = min(price[j], 0.0 if short else max(0.0, gain[0] - eps))
        base = place_first[j]
        for k in range(base, base + held[j]):
            i = worker[place_edge[k]]
            worst[i], least[i] = weakest(first, option, value, price, taken, open_, i, only)
        for k in range(0 if short else 1, found):
            edge = who[k]
            i, given_up = worker[edge], worst[worker[edge]]
            if given_up >= 0:
                left = option[given_up]
                leave(place_first, place_edge, held, left, given_up)
                taken[given_up] = False
                if price[left] > 0 and not listed[left]:
                    tail = head + waiting
                    ring[tail if tail < options else tail - options] = left
                    listed[left] = True
                    waiting += 1
            else:
                open_[i] -= 1
            taken[edge] = True
            place_edge[base + held[j]] = edge
            held[j] += 1
            worst[i], least[i] = weakest(first, option, value, price, taken, open_, i, only)
