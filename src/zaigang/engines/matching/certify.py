"""How good a plan is, proved from the market and the prices alone: no line of the solver is used here.

For any prices p >= 0 no plan is worth more than `sum_i max(0, max_j v_ij - p_j) + sum_j capacity_j p_j` (weak duality
of the assignment problem). Whoever holds the plan and the prices can recompute it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import Market

#: So many pairs are looked at together.
PART = 1 << 16


@dataclass(frozen=True, slots=True)
class Certificate:
    """`objective` is the plan's value, `bound` the proved most of any plan, in the units of `value`.

    `gap` is (bound - objective) / objective; 0 for an empty plan that nothing could improve, infinite where the
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
    BadMarket where the market is not sound or has another number of options than there are prices. Prices that prove
    nothing leave an infinite bound.
    """
    market.checked()
    if price.shape != (market.options,):
        raise BadMarket("每个岗位要有一个价格", "price", "请用同一个市场求出的价格。")
    objective, violations = _value_of(market, choice)
    objective += outside * int((choice < 0).sum())
    if (price < 0).any() or not np.isfinite(price).all():
        violations += ("a price is negative or no number, so the bound proves nothing",)
        bound = float("inf")
    else:
        bound = upper_bound(market, price, outside)
        if not violations:
            bound = max(bound, float(objective))  # what a plan reaches is possible: only rounding says less
    return Certificate(objective, bound, _gap(objective, bound), int((choice >= 0).sum()), violations)


def _gap(objective: int, bound: float) -> float:
    if bound <= objective:
        return 0.0
    return (bound - objective) / abs(objective) if objective else float("inf")


def upper_bound(market: Market, price: NDArray[np.float64], outside: int = 0) -> float:
    """What no plan can exceed, by these prices. Whole units are summed apart, where float64 is exact."""
    best = np.full(market.workers, float(outside))
    for people, rows in _parts(market):
        left = market.value[rows] - np.take(price, market.option[rows])
        with_pairs = np.flatnonzero(np.diff(market.first[people.start : people.stop + 1]))
        most = np.maximum.reduceat(left, market.first[people][with_pairs] - rows.start)
        best[people.start + with_pairs] = np.maximum(most, outside)
    units, kept = np.floor(price), np.floor(best)
    whole = float(kept.sum()) + float(np.dot(market.capacity, units))
    return whole + (float((best - kept).sum()) + float(np.dot(market.capacity, price - units)))


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
    if len(taken) != int((choice >= 0).sum()):
        worker = np.searchsorted(market.first, taken, "right") - 1
        wrong = np.flatnonzero(np.bincount(worker, minlength=market.workers) != (choice >= 0))
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
