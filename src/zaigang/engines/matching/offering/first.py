"""At least one offer for everybody for whom there can be one; only then the value of the lists.

How many can be reached is a matter of one unit each: the plan that places as many as possible (auction.py), with the
places of the lists as seats. What it leaves out names the crowds of Hall's theorem (whatif.py): workers who may take
nothing but options that are full of each other. In lists that reach as many as possible each place of such an option
goes to another one of its crowd, so nobody there has two offers and nobody from outside has one there: the crowds are
a market of their own, which that plan has solved. All others can be reached and are given lists without the crowds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.certify import added_up, on_grid, rounded_up
from zaigang.engines.matching.offering.auction import auction, ranked
from zaigang.engines.matching.problem import Market
from zaigang.engines.matching.whatif import Shortage, shortages


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """`taken` (E), `price` (M) and `bound` as in Offers; `short` are the groups who compete for too few places."""

    taken: NDArray[np.bool_]
    price: NDArray[np.float64]
    bound: float
    short: tuple[Shortage, ...]


def everyone_first(lists: Market, each: int) -> Reached:
    """`lists` is a market whose seats are places on lists."""
    one = solve(lists, place_all=True)
    short = tuple(shortages(lists, one))
    crowd, full = np.zeros(lists.workers, np.bool_), np.zeros(lists.options, np.bool_)
    for group in short:
        crowd[group.workers], full[group.options] = True, True
    worker = lists.pairs()
    taken = crowd[worker] & (one.choice[worker] == lists.option)
    price, bound = one.price.copy(), _value_of_crowds(lists, taken, one)
    rest = np.flatnonzero(~crowd[worker] & ~full[lists.option] & (lists.capacity[lists.option] > 0))
    if len(rest):
        others = _only(lists, rest, worker)
        taken[rest], found = auction(others, each, nobody_without=True)
        found[full | (lists.capacity == 0)] = 0.0
        bound = added_up(bound, _bound_for_all(others, each, found))
        price[~full] = found[~full]
    return Reached(taken, price, bound, short)


def _value_of_crowds(lists: Market, taken: NDArray[np.bool_], one: Plan) -> float:
    distance = max(0.0, one.certificate.bound - one.certificate.objective)
    # A value is a whole number: less than one unit away is no distance.
    return float(lists.value[taken].sum(dtype=np.int64)) + (distance if distance >= 1 else 0.0)


def _only(lists: Market, rows: NDArray[np.int64], worker: NDArray[np.int32]) -> Market:
    """The same workers and options with some of the pairs."""
    first = np.zeros(lists.workers + 1, np.int64)
    np.cumsum(np.bincount(worker[rows], minlength=lists.workers), out=first[1:])
    return Market(first, lists.option[rows], lists.value[rows], lists.capacity)


def _bound_for_all(others: Market, each: int, price: NDArray[np.float64]) -> float:
    """By these prices no lists that leave out none of these workers are worth more.

    Each takes the K best of what pairs leave, as far as they leave something, and at least the best one.
    """
    exact = on_grid(price, others.capacity, float(others.value.max(initial=0)), others.workers * each)
    left, rank = ranked(others, exact, each)
    counted = (rank == 0) | ((rank < each) & (left > 0))
    return rounded_up(left[counted], others.capacity, exact)
