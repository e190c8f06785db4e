"""Several options for each worker, without sending everybody to the same few: K each, at most R for a seat.

A list of the best scores sends many to the same vacancies and nobody to others. Here the same auction runs with K
units a worker, each pair at most once, and R places on the list of every seat.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching import offer_kernels
from zaigang.engines.matching.auction import COARSE, finer_steps
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import LARGEST, Market

#: The last steps of the bids, in mean values of a pair: finer ones prove less distance and take longer.
STEP = 0.0001


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """`taken` (E, bool) marks the pairs that are offered; `price` (M) is what a place on a list is worth.

    `objective` is the sum of the offered values, `bound` what no such lists can exceed, `gap` their distance as a
    fraction of the objective.
    """

    taken: NDArray[np.bool_]
    price: NDArray[np.float64]
    objective: int
    bound: float

    @property
    def gap(self) -> float:
        if self.bound <= self.objective:
            return 0.0
        return (self.bound - self.objective) / self.objective if self.objective else float("inf")


def offers(market: Market, *, each: int, per_seat: int = 1) -> Offers:
    """Up to `each` options for every worker, at most `per_seat` workers for each seat of an option.

    BadMarket where a count is below one, values are not positive, or the places are too many.
    """
    if each < 1 or per_seat < 1:
        raise BadMarket("每人几个、每个名额几人，都应不小于1", "each、per_seat", "请核对。")
    if market.edges and int(market.value.min()) <= 0:
        raise BadMarket(
            "数值应大于0", f"第 {int(np.argmax(market.value <= 0)) + 1} 对", "请不要写不允许的配对。"
        )
    places = market.capacity.astype(np.int64) * per_seat
    if market.options and int(places.max()) > LARGEST:
        raise BadMarket("名额太多", "capacity", "每个岗位最多约21亿个名额。")
    # A list never needs more places than there are workers.
    lists = np.minimum(places, max(market.workers, 1)).astype(np.int32)
    price, taken = np.zeros(market.options), np.zeros(market.edges, np.bool_)
    if market.edges:
        _auction(market, lists, min(each, market.options), price, taken)
    objective = int(market.value[taken].sum(dtype=np.int64))
    return Offers(taken, price, objective, offers_bound(market, lists, each, price))


def _auction(
    market: Market, places: NDArray[np.int32], each: int, price: NDArray[np.float64], taken: NDArray[np.bool_]
) -> None:
    """Bids in coarse steps first, then in finer ones from the prices that those left, as auction.py does for one."""
    place_first = np.zeros(market.options + 1, np.int64)
    np.cumsum(places, out=place_first[1:])
    total = int(place_first[-1])
    worker, (start, sorted_) = market.pairs(), offer_kernels.by_option(market.option, market.options)
    bid, edge, held = np.zeros(total), np.zeros(total, np.int32), np.zeros(market.options, np.int32)
    open_ = np.zeros(market.workers, np.int32)
    finest = STEP * float(market.value.mean())
    for eps in finer_steps(float(market.value.max()) / COARSE, finest):
        taken[:], held[:], open_[:] = False, 0, each
        offer_kernels.offer(
            market.first, market.option, market.value, worker, places, place_first, each, price, bid, edge, held,
            taken, open_, eps,
        )  # fmt: skip
        offer_kernels.find_takers(
            market.first, market.option, market.value, worker, start, sorted_, places, place_first, price, edge, held,
            taken, open_, eps,
        )  # fmt: skip


def offers_bound(market: Market, places: NDArray[np.int32], each: int, price: NDArray[np.float64]) -> float:
    """By these prices no lists are worth more: the K best of what each pair leaves, and all places paid."""
    left = np.maximum(market.value - price[market.option], 0.0)
    order = np.lexsort((-left, market.pairs()))
    rank = np.arange(market.edges) - np.repeat(market.first[:-1], np.diff(market.first))
    return float(left[order][rank < each].sum()) + float(np.dot(places, price))
