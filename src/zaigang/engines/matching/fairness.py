"""How groups fare in a plan, and what a floor for one of them, or parity of all, would cost.

Groups are legal or agreed categories that an office names; a code for each worker. How floors are kept: floors.py.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import solve
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.floors import FloorsPlan, check_floors, floors_plan
from zaigang.engines.matching.problem import Market


@dataclass(frozen=True, slots=True, eq=False)
class FloorPlan:
    """The best plan that keeps a floor. `choice` (N) as in Plan; `placed` counts the group's placed members.

    `multiplier` is the least that placing a member must be worth in addition, in units of value, for a best plan to
    keep the floor; `objective` the plan's own value without it, `bound` what no plan that keeps the floor can exceed
    (less than one unit away), `cost` how much more the best plan without the floor is worth.
    """

    choice: NDArray[np.int32]
    placed: int
    multiplier: int
    objective: int
    bound: float
    cost: int


@dataclass(frozen=True, slots=True)
class GroupAudit:
    """How one group fares in a plan: how many there are, could be placed somewhere, and are placed; mean value."""

    group: int
    workers: int
    with_options: int
    placed: int
    mean_value: float

    @property
    def share(self) -> float | None:
        """Placed out of those who could be placed somewhere; None where nobody could."""
        return self.placed / self.with_options if self.with_options else None


def solve_with_floor(market: Market, member: NDArray[np.bool_], *, at_least: int) -> FloorPlan:
    """The best plan that places `at_least` of the members (N, bool), and the least multiplier with which it is best.

    Three exact solves at most: without the floor, with it, and with one less (placing the last member costs all the
    difference, and no smaller multiplier pays for it). Errors as solve_with_floors.
    """
    if member.shape != (market.workers,) or member.dtype != np.bool_:
        raise BadMarket("每个人要有一个是或否", "member", "请给出与人数一样长的一列。")
    if at_least < 0:
        raise BadMarket("人数应不小于0", "at_least", "请核对。")
    group = member.astype(np.int64)
    check_floors(market, group, {1: at_least})
    best = solve(market)
    found = floors_plan(market, group, {1: at_least}, best)
    less = found if not found.cost else floors_plan(market, group, {1: at_least - 1}, best)
    multiplier = less.objective - found.objective
    return FloorPlan(
        found.choice, found.floors[0].placed, multiplier, found.objective, found.bound, found.cost
    )


def solve_at_parity(market: Market, group: NDArray[np.integer], *, within: float = 0.01) -> FloorsPlan:
    """The best plan in which each group has the share that all together have now, less `within`.

    The share is of those who could be placed somewhere, `within` a fraction of them; 0 asks for equal shares as far as
    people can be divided. ImpossibleFloors where there is no such plan.
    """
    if not 0 <= within < 1:
        raise BadMarket("within 应不小于0、小于1", "within", "例如 0.01，表示一个百分点。")
    check_floors(market, group, {})
    best = solve(market)
    found = audit(market, best.choice, group)
    could, placed = sum(one.with_options for one in found), sum(one.placed for one in found)
    share = max(0.0, placed / max(could, 1) - within)
    at_least = _whole({one.group: share * one.with_options for one in found}, placed)
    return floors_plan(market, group, at_least, best)


def _whole(wanted: dict[int, float], most: int) -> dict[int, int]:
    """Rounded up to whole people, to no more than `most` in all: those who are furthest from it are rounded down."""
    # What counts is a person more: a float's last digit must not ask for one.
    up = {code: math.ceil(number - 1e-6) for code, number in wanted.items()}
    by_rest = sorted(wanted, key=lambda code: wanted[code] - up[code])
    for code in by_rest[: max(0, sum(up.values()) - most)]:
        up[code] -= 1
    return up


def difference(audits: Iterable[GroupAudit]) -> float:
    """Between the group with the greatest share and the one with the least; 0 where there are not two."""
    shares = [one.share for one in audits if one.share is not None]
    return max(shares) - min(shares) if shares else 0.0


def audit(market: Market, choice: NDArray[np.int32], group: NDArray[np.integer]) -> list[GroupAudit]:
    """How each group (a code for each worker) fares in a plan, in the order of the codes."""
    check_floors(market, group, {})
    if choice.shape != (market.workers,):
        raise BadMarket("方案和市场对不上", "choice", "请用同一个市场求出的方案。")
    worker = market.pairs()
    taken = choice[worker] == market.option
    value = np.bincount(worker[taken], weights=market.value[taken], minlength=market.workers)
    open_to = np.bincount(worker[market.capacity[market.option] > 0], minlength=market.workers) > 0
    found = []
    for code in np.unique(group):
        inside = group == code
        placed = inside & (choice >= 0)
        mean = float(value[placed].mean()) if placed.any() else 0.0
        counts = int(inside.sum()), int((inside & open_to).sum()), int(placed.sum())
        found.append(GroupAudit(int(code), *counts, mean))
    return found
