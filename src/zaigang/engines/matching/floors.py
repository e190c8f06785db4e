"""Floors: groups of workers must not be placed less often than was agreed, at the least cost to all. Solved exactly.

`f` of the n members of a group are placed in just those plans in which at most n - f stay out. So staying out becomes
an option: one for each group, worth nothing, with n - f seats, and everybody has to take something. That is a market
like any other, and the auction's proof holds for it. What a seat of staying out costs there is what one more placed
member of the group costs all: the multiplier of the floor. Its bound is the Lagrangian one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import Plan, solve, solve_outside
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import Market
from zaigang.engines.matching.shortfall import check_possible


@dataclass(frozen=True, slots=True)
class Floor:
    """`at_least` members of a group were to be placed, `placed` are; one more would cost all about `multiplier`."""

    group: int
    at_least: int
    placed: int
    multiplier: float


@dataclass(frozen=True, slots=True, eq=False)
class FloorsPlan:
    """The best plan that keeps all floors. `choice` (N) and `price` (M) as in Plan.

    `objective` is the plan's value, `bound` what no plan that keeps the floors can exceed (less than one unit away),
    `cost` how much more the best plan without them is worth.
    """

    choice: NDArray[np.int32]
    price: NDArray[np.float64]
    floors: tuple[Floor, ...]
    objective: int
    bound: float
    cost: int


def solve_with_floors(market: Market, group: NDArray[np.integer], at_least: Mapping[int, int]) -> FloorsPlan:
    """The best plan that places `at_least[g]` workers of each group g or more; `group` (N) is a code for each worker.

    A group without an entry has no floor; nobody is in two. BadMarket where values are not positive or the codes do
    not fit the market; ImpossibleFloors where so many cannot be placed in any plan: it names the groups, the most that
    can be, and why.
    """
    check_floors(market, group, at_least)
    return floors_plan(market, group, at_least, solve(market))


def check_floors(market: Market, group: NDArray[np.integer], at_least: Mapping[int, int]) -> None:
    market.checked()
    if group.shape != (market.workers,) or not np.issubdtype(group.dtype, np.integer):
        raise BadMarket("每个人要有一个组的编号", "group", "请给出与人数一样长的一列整数。")
    for code, least in at_least.items():
        if least < 0:
            raise BadMarket("人数应不小于0", f"at_least {code}", "请核对。")


def floors_plan(
    market: Market, group: NDArray[np.integer], at_least: Mapping[int, int], free: Plan
) -> FloorsPlan:
    """As solve_with_floors; `free` is the best plan without floors.

    A floor that holds by itself is left out: the best of more plans that happens to keep it is the best with it, too.
    """
    check_possible(market, free.choice, group, at_least)
    choice, proof, found, binding = free.choice, free.certificate, free.price, dict[int, int]()
    while broken := _broken(choice, group, at_least):
        binding |= broken
        plan = _solved(market, group, binding)
        choice = np.where(plan.choice < market.options, plan.choice, -1).astype(np.int32)
        proof, found = plan.certificate, plan.price
    multiplier = dict(zip(binding, found[market.options :].tolist(), strict=False))
    floors = tuple(
        Floor(code, least, _placed(choice, group, code), multiplier.get(code, 0.0))
        for code, least in at_least.items()
    )
    cost = free.certificate.objective - proof.objective
    return FloorsPlan(choice, found[: market.options], floors, proof.objective, proof.bound, cost)


def _broken(
    choice: NDArray[np.int32], group: NDArray[np.integer], at_least: Mapping[int, int]
) -> dict[int, int]:
    return {code: least for code, least in at_least.items() if _placed(choice, group, code) < least}


def _placed(choice: NDArray[np.int32], group: NDArray[np.integer], code: int) -> int:
    return int((choice[group == code] >= 0).sum())


def _solved(market: Market, group: NDArray[np.integer], at_least: dict[int, int]) -> Plan:
    """The best plan of the market in which staying out is an option; there is one that keeps the floors."""
    closed = _with_staying_out(market, group, list(at_least), _seats_outside(group, at_least))
    # Cheap to leave: mostly nobody does, and then the plan is the best of those in which all take something.
    plan = solve_outside(closed, -max(1, int(market.value.max(initial=0))))
    return plan if plan.certificate.placed == market.workers else solve(closed, place_all=True)


def _seats_outside(group: NDArray[np.integer], at_least: Mapping[int, int]) -> list[int]:
    """How many of each group may stay out, and at the end how many of all others: everybody."""
    inside = [int((group == code).sum()) - least for code, least in at_least.items()]
    return [*inside, len(group) - int(np.isin(group, list(at_least)).sum())]


def _with_staying_out(
    market: Market, group: NDArray[np.integer], names: list[int], seats: list[int]
) -> Market:
    """One pair more for each worker, the last of theirs: with the way out of their group."""
    way_out = np.full(market.workers, len(names), np.int32)
    for k, code in enumerate(names):
        way_out[group == code] = k
    last = np.zeros(market.edges + market.workers, np.bool_)
    last[market.first[1:] + np.arange(market.workers)] = True
    option, value = np.empty(len(last), np.int32), np.zeros(len(last), np.int32)
    option[~last], option[last] = market.option, market.options + way_out
    value[~last] = market.value
    first = market.first + np.arange(market.workers + 1)
    return Market(first, option, value, np.concatenate([market.capacity, np.array(seats, np.int32)]))
