"""Floors: a group of workers must not be placed less often than was agreed, at the least cost to all.

A multiplier is added to the value of every pair of the group until enough of them are placed. What the multiplier
adds is taken off again, so the bound stays one for the market with its floor (Lagrangian relaxation). Groups are
legal or agreed categories that an office names; sex is not one of them and never reaches a market.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import solve
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import Market


@dataclass(frozen=True, slots=True, eq=False)
class FloorPlan:
    """A plan that keeps a floor. `choice` (N) as in Plan; `placed` counts the group's placed members.

    `multiplier` is what placing one of them had to be worth in addition, in units of value; `objective` the plan's
    own value without it, `bound` what no plan that keeps the floor can exceed.
    """

    choice: NDArray[np.int32]
    placed: int
    multiplier: int
    objective: int
    bound: float


@dataclass(frozen=True, slots=True)
class GroupAudit:
    """How one group fares in a plan: how many there are, could be placed somewhere, and are placed; mean value."""

    group: int
    workers: int
    with_options: int
    placed: int
    mean_value: float


def solve_with_floor(market: Market, member: NDArray[np.bool_], *, at_least: int) -> FloorPlan:
    """The plan with the smallest multiplier that places `at_least` of the members (N, bool).

    BadMarket where the flags do not fit the market, or so many cannot be placed in any plan.
    """
    if member.shape != (market.workers,) or member.dtype != np.bool_:
        raise BadMarket("每个人要有一个是或否", "member", "请给出与人数一样长的一列。")
    if at_least < 0:
        raise BadMarket("人数应不小于0", "at_least", "请核对。")
    low, found = 0, _with_multiplier(market, member, 0, at_least)
    if found.placed >= at_least:
        return found
    high = _enough(market)
    found = _with_multiplier(market, member, high, at_least)
    if found.placed < at_least:
        raise BadMarket(
            f"最多只能安置其中 {found.placed} 人", "at_least", "请增加名额或放宽条件，或者降低这个要求。"
        )
    while high - low > 1:
        middle = (low + high) // 2
        tried = _with_multiplier(market, member, middle, at_least)
        if tried.placed >= at_least:
            high, found = middle, tried
        else:
            low = middle
    return found


def _enough(market: Market) -> int:
    """A multiplier under which no other gain outweighs the placing of one more member."""
    most = int(market.value.max(initial=0))
    return most * min(market.workers, int(market.capacity.sum())) + 1


def _with_multiplier(market: Market, member: NDArray[np.bool_], extra: int, at_least: int) -> FloorPlan:
    worker = market.pairs()
    raised = market.value.astype(np.int64) + np.where(member[worker], extra, 0)
    if len(raised) and int(raised.max()) >= 2**31:
        raise BadMarket("数值太大，不能保证下限", "value", "请换大一些的单位，让数值小一些。")
    plan = solve(Market(market.first, market.option, raised.astype(np.int32), market.capacity))
    taken = plan.choice[worker] == market.option
    placed = int((member & (plan.choice >= 0)).sum())
    objective = int(market.value[taken].sum(dtype=np.int64))
    return FloorPlan(plan.choice, placed, extra, objective, plan.certificate.bound - extra * at_least)


def audit(market: Market, choice: NDArray[np.int32], group: NDArray[np.int_]) -> list[GroupAudit]:
    """How each group (a code for each worker) fares in a plan, in the order of the codes."""
    worker = market.pairs()
    taken = choice[worker] == market.option
    value = np.bincount(worker[taken], weights=market.value[taken], minlength=market.workers)
    open_to = np.diff(market.first) > 0
    found = []
    for code in np.unique(group):
        inside = group == code
        placed = inside & (choice >= 0)
        mean = float(value[placed].mean()) if placed.any() else 0.0
        counts = int(inside.sum()), int((inside & open_to).sum()), int(placed.sum())
        found.append(GroupAudit(int(code), *counts, mean))
    return found
