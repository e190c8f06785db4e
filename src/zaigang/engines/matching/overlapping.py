"""Floors for groups that overlap (disabled, long unemployed, older by law): a multiplier for each, raised in turn.

With groups apart staying out is an option of each (floors.py) and the best plan is found. A worker of two groups would
need two such options at once, which is no market any more. Here every pair of a member is worth the multipliers of
all their groups in addition, and a multiplier is raised to the least with which its floor holds, group by group, until
all hold. What was added is taken off again, so the bound is one for all plans that keep the floors.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.floors import Floor, FloorsPlan
from zaigang.engines.matching.problem import LARGEST, LARGEST_SUM, Market
from zaigang.engines.matching.shortfall import check_possible

#: How often each group comes in turn before the search is given up.
ROUNDS = 12
Members = Mapping[int, NDArray[np.bool_]]


def solve_with_overlapping_floors(
    market: Market, members: Members, at_least: Mapping[int, int]
) -> FloorsPlan:
    """A plan that places `at_least[g]` of each group's members (N, bool) or more, with a bound for all such plans.

    Within the gap of `objective` and `bound` of the best, not always the best. BadMarket where one group cannot have
    so many even alone (it names the most), or no plan for all together was found.
    """
    market.checked()
    for code, least in at_least.items():
        if code not in members or members[code].shape != (market.workers,) or members[code].dtype != np.bool_:
            raise BadMarket("每个人要有一个是或否", f"members {code}", "请给出与人数一样长的一列。")
        if least < 0:
            raise BadMarket("人数应不小于0", f"at_least {code}", "请核对。")
    return _Search(market, members, at_least).run()


class _Search:
    def __init__(self, market: Market, members: Members, at_least: Mapping[int, int]) -> None:
        self.market, self.members, self.at_least = market, members, at_least
        self.worker = market.pairs()
        self.multiplier = dict.fromkeys(at_least, 0)
        self.plan = solve(market)
        self.free, self.bound = self.plan.certificate.objective, self.plan.certificate.bound

    def run(self) -> FloorsPlan:
        for code, least in self.at_least.items():
            check_possible(self.market, self.plan.choice, self.members[code].astype(np.int8), {1: least})
        for _ in range(ROUNDS):
            broken = [code for code in self.at_least if not self._holds(code)]
            if not broken:
                return self._told()
            for code in broken:
                self._raise(code)
        names = "、".join(str(code) for code in self.at_least if not self._holds(code))
        raise BadMarket("没有找到同时做到这几组要求的方案", f"at_least {names}", "请降低其中一个要求。")

    def _placed(self, code: int) -> int:
        return int((self.plan.choice[self.members[code]] >= 0).sum())

    def _holds(self, code: int) -> bool:
        return self._placed(code) >= self.at_least[code]

    def _raise(self, code: int) -> None:
        """The least multiplier of one group with which its floor holds, those of the others as they are."""
        low, step = self.multiplier[code], max(1, int(self.market.value.mean()) // 8)
        while not self._holds(code):
            low, self.multiplier[code] = self.multiplier[code], self.multiplier[code] + step
            step *= 2
            self._plan()
        high, best = self.multiplier[code], self.plan
        while high - low > 1:
            self.multiplier[code] = (low + high) // 2
            self._plan()
            if self._holds(code):
                high, best = self.multiplier[code], self.plan
            else:
                low = self.multiplier[code]
        self.multiplier[code], self.plan = high, best

    def _plan(self) -> None:
        value = self.market.value.astype(np.int64)
        for code, extra in self.multiplier.items():
            value += np.where(self.members[code][self.worker], extra, 0)
        largest = int(value.max(initial=0))
        if largest > LARGEST or largest * (self.market.workers + 1) >= LARGEST_SUM:
            raise BadMarket("没有找到同时做到这几组要求的方案", "at_least", "请降低其中一个要求。")
        self.plan = self._solved(value)

    def _solved(self, value: NDArray[np.int64]) -> Plan:
        market = self.market
        plan = solve(Market(market.first, market.option, value.astype(np.int32), market.capacity))
        taken_off = sum(extra * self.at_least[code] for code, extra in self.multiplier.items())
        self.bound = min(self.bound, plan.certificate.bound - taken_off)
        return plan

    def _told(self) -> FloorsPlan:
        floors = tuple(
            Floor(code, least, self._placed(code), float(self.multiplier[code]))
            for code, least in self.at_least.items()
        )
        taken = self.plan.choice[self.worker] == self.market.option
        objective = int(self.market.value[taken].sum(dtype=np.int64))
        return FloorsPlan(
            self.plan.choice, self.plan.price, floors, objective, self.bound, self.free - objective
        )
