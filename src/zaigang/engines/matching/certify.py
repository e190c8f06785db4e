"""How good a plan is, proved from the market and the prices alone: no line of the solver is used here.

For any prices p >= 0 no plan is worth more than `sum_i max(0, max_j v_ij - p_j) + sum_j capacity_j p_j` (weak duality
of the assignment problem). Whoever holds the plan and the prices can recompute it.

Sums of float64 are rounded, and a bound that is rounded down proves what is not true. Since all prices prove some
bound, each is first taken to the nearest multiple of a power of two so small that the bound hardly moves, and so large
that every difference and sum is exact (`on_grid`, `rounded_up`).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import LARGEST_SUM, Market

#: So many pairs are looked at together.
PART = 1 << 16


@dataclass(frozen=True, slots=True)
class Certificate:
    """`objective` is the plan's value, `bound` the proved most of any plan, in the units of `value`.

    `gap` is (bound - objective) / |objective|; 0 for an empty plan that nothing could improve, infinite where the
    plan is worth nothing and the bound is not. `violations` names what makes a plan impossible (none: feasible).
    """

    objective: int
    bound: float
    gap: float
    placed: int
    violations: tuple[str, ...]

    @property
    def feasible(self) -> bool:
        return not self.violations

    @property
    def optimal(self) -> bool:
        """Values are whole numbers, so a bound less than one unit away leaves nothing better."""
        return self.feasible and self.bound - self.objective < 1


def certificate(
    market: Market, choice: NDArray[np.int32], price: NDArray[np.float64], *, outside: int = 0
) -> Certificate:
    """The certificate of a plan: `choice` (N) holds an option for each worker or -1, `price` (M) one per option.

    `outside` is what staying unplaced is worth: 0, or far below all values where everybody should be placed.
    BadMarket where the market is not sound or has another number of options than there are prices, or the plan is no
    column of whole numbers. Prices that prove nothing leave an infinite bound.
    """
    market.checked()
    if price.shape != (market.options,) or price.dtype.kind not in "fiu":
        raise BadMarket("每个岗位要有一个价格", "price", "请用同一个市场求出的价格。")
    if choice.dtype.kind not in "iu":
        raise BadMarket("方案应为一列整数", "choice", "每人写一个岗位的编号，没有安置写-1。")
    objective, violations = _value_of(market, choice)
    objective += outside * int((choice < 0).sum())
    if (price < 0).any() or not np.isfinite(price).all():
        violations += ("a price is negative or no number, so the bound proves nothing",)
        bound = float("inf")
    else:
        bound = upper_bound(market, price, outside)
    return Certificate(objective, bound, _gap(objective, bound), int((choice >= 0).sum()), violations)


def _gap(objective: int, bound: float) -> float:
    if bound <= objective:
        return 0.0
    return (bound - objective) / abs(objective) if objective else float("inf")


def upper_bound(market: Market, price: NDArray[np.float64], outside: int = 0) -> float:
    """What no plan can exceed, by these prices: never less than the exact sum, and hardly more."""
    largest = max(int(market.value.max(initial=0)), -int(market.value.min(initial=0)), abs(outside))
    exact = on_grid(price, market.capacity, largest, market.workers)
    best = np.full(market.workers, float(outside))
    for people, rows in _parts(market):
        left = market.value[rows] - np.take(exact, market.option[rows])
        with_pairs = np.flatnonzero(np.diff(market.first[people.start : people.stop + 1]))
        most = np.maximum.reduceat(left, market.first[people][with_pairs] - rows.start)
        best[people.start + with_pairs] = np.maximum(most, outside)
    return rounded_up(best, market.capacity, exact)


def on_grid(
    price: NDArray[np.float64], capacity: NDArray[np.int32], largest: float, terms: int
) -> NDArray[np.float64]:
    """The prices (M) as multiples of a power of two: no difference up to `largest` is rounded, nor is `rounded_up`.

    `terms` is how many differences are added there. What is dearer than all that counts is taken to a whole number.
    """
    paid = price[capacity > 0]
    most = min(max(largest, float(paid.max(initial=0.0))), LARGEST_SUM)
    seats = float(capacity[price > 0].sum(dtype=np.float64))
    bits = max(math.frexp(most)[1], math.frexp(terms + seats)[1])
    grain = math.ldexp(1.0, bits - 52)
    near = np.rint(np.minimum(price, most) / grain) * grain
    return np.where(price > most, np.ceil(price), near)


def rounded_up(best: NDArray[np.float64], capacity: NDArray[np.int32], price: NDArray[np.float64]) -> float:
    """The sum of `best` and of the seats at their prices, all of them on the grid: no float64 less proves as much."""
    kept, units = np.floor(best), np.floor(price)
    with np.errstate(over="ignore"):  # a sum without end proves nothing
        paid = float(np.dot(capacity, units))
    whole = float(kept.sum()) + paid
    if (size := float(np.abs(kept).sum()) + paid) >= LARGEST_SUM:
        # More than all rounding, in whatever order.
        return whole + size * (len(best) + len(price) + 4) * 2.0**-52
    part = float((best - kept).sum()) + float(np.dot(capacity, price - units))
    return added_up(whole, part)


def added_up(one: float, other: float) -> float:
    """The least float64 that is not below the sum of two."""
    total = one + other
    return total if Fraction(total) >= Fraction(one) + Fraction(other) else math.nextafter(total, math.inf)


def _parts(market: Market) -> Iterator[tuple[slice, slice]]:
    """The workers in parts, and the pairs of each part: room for all pairs at once would be more than the market's."""
    begin = 0
    while begin < market.workers:
        most = int(market.first[begin]) + PART
        end = max(begin + 1, int(np.searchsorted(market.first, most, "right")) - 1)
        rows = slice(int(market.first[begin]), int(market.first[end]))
        if rows.stop > rows.start:
            yield slice(begin, end), rows
        begin = end


def _value_of(market: Market, choice: NDArray[np.int32]) -> tuple[int, tuple[str, ...]]:
    """The plan's value, and what is wrong with it."""
    if choice.shape != (market.workers,):
        return 0, (f"the plan has {choice.size} workers, the market {market.workers}",)
    taken = _taken(market, choice)
    violations: list[str] = []
    if len(taken) != int((choice != -1).sum()):
        worker = np.searchsorted(market.first, taken, "right") - 1
        wrong = np.flatnonzero(np.bincount(worker, minlength=market.workers) != (choice != -1))
        violations.append(f"worker {int(wrong[0])} holds an option that is not allowed")
    seats = np.bincount(market.option[taken], minlength=market.options)
    over = np.flatnonzero(seats > market.capacity)
    if len(over):
        violations.append(
            f"option {int(over[0])} holds {int(seats[over[0]])} of {int(market.capacity[over[0]])}"
        )
    return int(market.value[taken].sum(dtype=np.int64)), tuple(violations)


def _taken(market: Market, choice: NDArray[np.int32]) -> NDArray[np.int64]:
    """The pairs that the plan takes."""
    found = [np.zeros(0, np.int64)]
    for people, rows in _parts(market):
        chosen = np.repeat(choice[people], np.diff(market.first[people.start : people.stop + 1]))
        found.append(rows.start + np.flatnonzero(chosen == market.option[rows]))
    return np.concatenate(found)
