"""The auction behind the lists: several units a worker, places on lists as seats, first coarse and then finer bids."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import COARSE, NEVER, finer_steps
from zaigang.engines.matching.offering import kernels
from zaigang.engines.matching.problem import Market

#: The last steps of the bids, in mean values of a pair: finer ones prove less distance and take longer.
STEP = 0.0001


def auction(
    lists: Market, each: int, *, nobody_without: bool = False
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:  # fmt: skip
    """Which pairs are offered (E), and what a place costs (M). `lists` is a market whose seats are places.

    With `nobody_without` everybody has a pair at the end; there must be lists in which everybody has one.
    """
    price, taken = np.where(lists.capacity > 0, 0.0, NEVER), np.zeros(lists.edges, np.bool_)
    if not lists.edges:
        return taken, price
    place_first = np.zeros(lists.options + 1, np.int64)
    np.cumsum(lists.capacity, out=place_first[1:])
    total, largest = int(place_first[-1]), float(lists.value.max())
    worker, (start, sorted_) = lists.pairs(), kernels.by_option(lists.option, lists.options)
    bid, edge, held = np.zeros(total), np.zeros(total, np.int32), np.zeros(lists.options, np.int32)
    open_ = np.zeros(lists.workers, np.int32)
    steep, only = (largest, each - 1) if nobody_without else (0.0, -1)
    for eps in finer_steps(largest / COARSE, STEP * float(lists.value.mean())):
        taken[:], held[:], open_[:] = False, 0, each
        kernels.offer(
            lists.first, lists.option, lists.value, worker, lists.capacity, place_first, each, price, bid, edge, held,
            taken, open_, eps, steep,
        )  # fmt: skip
        kernels.find_takers(
            lists.first, lists.option, lists.value, worker, start, sorted_, lists.capacity, place_first, price, edge,
            held, taken, open_, eps, only,
        )  # fmt: skip
    return taken, price


def ranked(
    lists: Market, price: NDArray[np.float64], each: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:  # fmt: skip
    """What each pair leaves after its price, the best `each` in front within each worker, and its rank from 0."""
    left = lists.value - price[lists.option]
    kernels.best_in_front(lists.first, left, each)
    return left, np.arange(lists.edges) - np.repeat(lists.first[:-1], np.diff(lists.first))
