"""Several options for each worker, without sending everybody to the same few: K each, at most R for a seat.

A list of the best scores sends many to the same vacancies and nobody to others. Here the same auction runs with K
units a worker, each pair at most once, and R places on the list of every seat. With `everyone_first` nobody is left
without an offer who could have one (offering/first.py).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import NEVER
from zaigang.engines.matching.certify import on_grid, rounded_up
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.offering import first
from zaigang.engines.matching.offering.auction import auction, ranked
from zaigang.engines.matching.problem import Market
from zaigang.engines.matching.whatif import Shortage


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """`taken` (E, bool) marks the pairs that are offered; `price` (M) is what a place on a list is worth.

    `objective` is the sum of the offered values, `bound` what no such lists can exceed, `gap` their distance as a
    fraction of the objective. `reached` workers have an offer. With `everyone_first` no lists reach more: `short`
    proves it, groups of workers whose options together have fewer places, and the missing places add up to all who
    have none; `bound` is then that of all lists which reach as many.
    """

    taken: NDArray[np.bool_]
    price: NDArray[np.float64]
    objective: int
    bound: float
    reached: int
    short: tuple[Shortage, ...] = ()

    @property
    def gap(self) -> float:
        if self.bound <= self.objective:
            return 0.0
        return (self.bound - self.objective) / self.objective if self.objective else float("inf")


def offers(market: Market, *, each: int, per_seat: int = 1, everyone_first: bool = False) -> Offers:
    """Up to `each` options for every worker, at most `per_seat` workers for each seat of an option.

    With `everyone_first` as many workers as possible get at least one, whatever that costs in value; among such
    lists those of the greatest value are looked for. BadMarket where a count is no whole number from 1, values are
    not positive, the market is not sound (`Market.checked`), or values are too large to put everyone first.
    """
    market.checked()
    if not all(isinstance(count, int | np.integer) and count >= 1 for count in (each, per_seat)):
        raise BadMarket("每人几个、每个名额几人，都应为不小于1的整数", "each、per_seat", "请核对。")
    if market.edges and int(market.value.min()) <= 0:
        raise BadMarket(
            "数值应大于0", f"第 {int(np.argmax(market.value <= 0)) + 1} 对", "请不要写不允许的配对。"
        )
    lists = Market(market.first, market.option, market.value, _places(market, per_seat))
    each = min(each, max(market.options, 1))
    if everyone_first:
        found = first.everyone_first(lists, each)
        _price_the_closed(lists, each, found.price)
        return _counted(market, found.taken, found.price, found.bound, found.short)
    taken, price = auction(lists, each)
    _price_the_closed(lists, each, price)
    return _counted(market, taken, price, offers_bound(lists, lists.capacity, each, price), ())


def _places(market: Market, per_seat: int) -> NDArray[np.int32]:
    """The places on each list; one more than workers who may take it is as good as a thousand."""
    useful = np.bincount(market.option, minlength=market.options) + 1
    places = market.capacity.astype(np.int64) * min(per_seat, market.workers + 1)
    return np.minimum(places, useful).astype(np.int32)


def _price_the_closed(lists: Market, each: int, price: NDArray[np.float64]) -> None:
    """An option without seats costs what a first place could bring: the least at which nobody would want it."""
    closed = lists.capacity == 0
    if not closed.any():
        return
    left, rank = ranked(lists, np.where(closed, NEVER, price), each)
    last = np.zeros(lists.workers)
    last[lists.pairs()[rank == each - 1]] = np.maximum(left[rank == each - 1], 0.0)
    inside = closed[lists.option]
    price[closed] = 0.0
    np.maximum.at(price, lists.option[inside], lists.value[inside] - last[lists.pairs()[inside]])


def _counted(
    market: Market, taken: NDArray[np.bool_], price: NDArray[np.float64], bound: float, short: tuple[Shortage, ...]
) -> Offers:  # fmt: skip
    objective = int(market.value[taken].sum(dtype=np.int64))
    return Offers(taken, price, objective, bound, len(np.unique(market.pairs()[taken])), short)


def offers_bound(market: Market, places: NDArray[np.int32], each: int, price: NDArray[np.float64]) -> float:
    """By these prices no lists are worth more: the K best of what each pair leaves, and all places paid."""
    exact = on_grid(price, places, float(market.value.max(initial=0)), market.workers * each)
    left, rank = ranked(market, exact, each)
    return rounded_up(np.maximum(left[rank < each], 0.0), places, exact)
