"""The inner loops of the auction in which a worker is given several options at once, compiled.

State, for E pairs and S places in lists: `taken` (E), `open_` (N, how many more a worker may take), and per option a
heap of bids as in kernels.py, with the pair in the place of the worker.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from zaigang.engines.matching.kernels import Counts, Names, Reals, lift, sink

Flags = NDArray[np.bool_]


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def offer(
    first: Counts, option: Names, value: Names, worker: Names, places: Names, place_first: Counts, each: int,
    price: Reals, place_bid: Reals, place_edge: Names, held: Names, taken: Flags, eps: float,
) -> None:  # fmt: skip
    """Every worker bids for `each` options until nobody who is short of one would gain from any other."""
    workers = len(first) - 1
    ring, listed = np.arange(workers).astype(np.int32), np.ones(workers, np.bool_)
    open_ = np.full(workers, each, np.int32)
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
