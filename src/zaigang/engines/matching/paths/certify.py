"""How good a plan of paths is, proved from the market and two price vectors alone: no line of the solver is used here.

For any prices p >= 0 of the classes and q >= 0 of the vacancies no plan is worth more than
`sum_i max(0, max over i's paths of value - p_class - q_vacancy) + sum_c seats_c p_c + sum_j capacity_j q_j`: whoever
takes a path gets at most the first term and pays for both seats, and no more seats are paid than there are. No prices
need make the two meet: seats are not divided, and classes and vacancies together form no network.
"""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.certify import Certificate
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.paths.problem import NONE, PathMarket

Reals = NDArray[np.float64]


def path_certificate(market: PathMarket, path: NDArray[np.int64], p: Reals, q: Reals) -> Certificate:
    """The certificate of a plan. `path` (N): the number of each worker's path in the market, or -1.

    `p` (C) are the prices of class seats, `q` (M) those of seats in vacancies, in the units of `value`. BadMarket where
    there are more or fewer of them, or the market is not sound; prices that prove nothing leave an infinite bound.
    """
    market.checked()
    if p.shape != market.seats.shape or q.shape != market.capacity.shape:
        raise BadMarket("每个培训班和每个岗位要有一个价格", "p、q", "请用同一个市场求出的价格。")
    objective, placed, violations = _value_of(market, path)
    bound = path_bound(market, p, q)
    for name, price in (("class", p), ("vacancy", q)):
        if (price < 0).any() or not np.isfinite(price).all():
            violations += (f"the price of a {name} is negative or no number, so the bound proves nothing",)
            bound = float("inf")
    if not violations:
        bound = max(bound, float(objective))  # what a plan reaches is possible: only rounding says less
    return Certificate(objective, bound, _gap(objective, bound), placed, violations)


def path_bound(market: PathMarket, p: Reals, q: Reals) -> float:
    """What no plan can exceed, by these prices. Whole units are summed apart, where float64 is exact."""
    # NONE, -1, finds the last entry: a seat that is not used costs nothing.
    left = market.value - np.append(p, 0.0)[market.training] - np.append(q, 0.0)[market.option]
    with_paths = np.flatnonzero(np.diff(market.first))
    most = np.maximum.reduceat(left, market.first[with_paths]) if len(with_paths) else np.zeros(0)
    terms = (np.ones(len(most)), np.maximum(most, 0.0)), (market.seats, p), (market.capacity, q)
    whole = sum(float(times @ np.floor(number)) for times, number in terms)
    return whole + sum(float(times @ (number - np.floor(number))) for times, number in terms)


def _gap(objective: int, bound: float) -> float:
    if bound <= objective:
        return 0.0
    return (bound - objective) / objective if objective else float("inf")


def _value_of(market: PathMarket, path: NDArray[np.int64]) -> tuple[int, int, tuple[str, ...]]:
    """The plan's value, how many take a path, and what is wrong with it."""
    if len(path) != market.workers:
        return 0, 0, (f"the plan has {len(path)} workers, the market {market.workers}",)
    someone = np.flatnonzero(path != NONE)
    taken = path[someone]
    theirs = (taken >= market.first[someone]) & (taken < market.first[someone + 1])
    violations: tuple[str, ...] = ()
    if not theirs.all():
        violations = (f"worker {int(someone[np.argmin(theirs)])} holds a path of nobody or somebody else",)
    taken = taken[theirs]
    for name, used, seats in (
        ("class", market.training[taken], market.seats), ("vacancy", market.option[taken], market.capacity)
    ):  # fmt: skip
        held = np.bincount(used[used != NONE], minlength=len(seats))
        for k in np.flatnonzero(held > seats)[:1]:
            violations += (f"{name} {int(k)} holds {int(held[k])} of {int(seats[k])}",)
    return int(market.value[taken].sum(dtype=np.int64)), len(someone), violations
