"""Floors for groups that overlap (disabled, long unemployed, older by law): the best plan, or how far it may be.

With groups apart staying out is an option of each (floors.py) and the best plan is found at once. A worker of two
groups would need two such options, which is no market any more. Three steps lead back to one:

1. Every pair of a member is worth the multipliers of all their groups in addition, and what was added is taken off
   again: a bound, whatever the multipliers. Those with the least bound are sought as in paths/level.py.
2. People of the same groups are a type, and types do not overlap. The plans of step 1, mixed in the right parts, keep
   all floors (mixing.py): so many people of each type become a floor for it, and floors.py gives the plan.
3. Where that is not proved the best: a plan that breaks a floor has too few of one type at least. Each type in turn
   gets a floor above what it has there, with a bound of its own, until no branch promises more (branch and bound).
"""

import heapq
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import Plan, solve
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.floors import Floor, FloorsPlan, floors_plan
from zaigang.engines.matching.mixing import Seen, in_people, mixed, types_of
from zaigang.engines.matching.paths.level import Planes
from zaigang.engines.matching.problem import LARGEST, LARGEST_SUM, Market
from zaigang.engines.matching.shortfall import FloorsNotFound, ImpossibleFloors, Weighing, check_possible

Members = Mapping[int, NDArray[np.bool_]]
Counts = NDArray[np.int64]
Reals = NDArray[np.float64]
#: Multipliers are tried in steps of this part of a unit: the best are often halves or thirds.
PART = 16
#: How many multipliers are tried before a floor is set for the types, and after.
FIRST, LATER = 40, 12
#: A search that has looked at so many pairs ends with what it has: a cohort of 1,419 may try some hundred plans.
WORK = 30_000_000
#: Multipliers are near enough to the best where no others prove so much less, as a part of the bound.
NEAR = 1e-6


def solve_with_overlapping_floors(
    market: Market, members: Members, at_least: Mapping[int, int]
) -> FloorsPlan:
    """A plan that places `at_least[g]` of each group's members (N, bool) or more, with a bound for all such plans.

    The best one where `bound` is less than a unit above `objective`, else within their gap of it. `price` and the
    multipliers prove a bound of their own; where `bound` is less, the search excluded the rest. ImpossibleFloors where
    it is proved that there is no such plan; FloorsNotFound where none was found, which proves nothing.
    """
    market.checked()
    for code, least in at_least.items():
        if code not in members or members[code].shape != (market.workers,) or members[code].dtype != np.bool_:
            raise BadMarket("每个人要有一个是或否", f"members {code}", "请给出与人数一样长的一列。")
        if least < 0:
            raise BadMarket("人数应不小于0", f"at_least {code}", "请核对。")
    free = solve(market)
    for code, least in at_least.items():
        check_possible(market, free.choice, np.where(members[code], code, code - 1), {code: least})
    return _Search(market, members, at_least, free).run()


@dataclass(slots=True)
class _Branch:
    """All plans with so many of each type at least; what they can reach at most, by which multipliers and prices."""

    least: Counts
    multiplier: Reals
    bound: float = np.inf
    price: Reals = field(default_factory=lambda: np.zeros(0))


class _Search:
    def __init__(self, market: Market, members: Members, at_least: Mapping[int, int], free: Plan) -> None:
        self.market, self.members, self.at_least, self.free = market, members, at_least, free
        self.worker = market.pairs()
        self.codes = [code for code, least in at_least.items() if least > 0]
        self.floor = np.array([at_least[code] for code in self.codes], np.int64)
        #: (groups, types): who belongs to what; the type of each worker; how many there are of each.
        self.of, self.type = types_of(market.workers, [members[code] for code in self.codes])
        self.size = np.bincount(self.type, minlength=self.of.shape[1])
        self.largest = int(market.value.max(initial=0))
        room = self.largest * PART * PART
        self.part = PART if room < LARGEST and room * (market.workers + 1) < LARGEST_SUM else 1
        self.seen: list[Seen] = []
        self.best: Seen | None = None
        self.tried = 0

    def run(self) -> FloorsPlan:
        root = _Branch(np.zeros(len(self.size), np.int64), np.zeros(len(self.codes)))
        self._lower(root, FIRST)
        if root.bound < 0:
            raise self._impossible(root)
        self._mix(root)
        bound = self._search(root)
        if self.best is None:
            raise self._impossible(None) if bound < 0 else self._not_found()
        return self._told(self.best, root, max(bound, self.best.value))

    def _search(self, root: _Branch) -> float:
        """Branches in the order of what they promise; returns what no plan can exceed (below 0: there is none)."""
        order = itertools.count()
        open_ones = [(-root.bound, next(order), root)]
        known = {root.least.tobytes()}
        while open_ones and self._may_be_better(-open_ones[0][0]) and self._may_try():
            _, _, branch = heapq.heappop(open_ones)
            below = self._divided(branch)
            if below is None:
                return branch.bound
            for one in below:
                if one.least.tobytes() not in known:
                    known.add(one.least.tobytes())
                    self._lower(one, LATER)
                    if self._may_be_better(one.bound):
                        heapq.heappush(open_ones, (-one.bound, next(order), one))
        return -open_ones[0][0] if open_ones and self._may_be_better(-open_ones[0][0]) else -1.0

    def _may_be_better(self, bound: float) -> bool:
        """Values are whole numbers."""
        return bound >= 0 and (self.best is None or bound >= self.best.value + 1)

    def _may_try(self) -> bool:
        return self.tried * self.market.edges < WORK

    def _divided(self, branch: _Branch) -> list[_Branch] | None:
        """A plan that breaks a floor has of one type of that group too few, by the missing number over the types."""
        plans = [plan for plan in self._inside(branch) if not self._keeps(plan)]
        if not plans:
            return None
        at = max(plans, key=lambda plan: plan.value + float(branch.multiplier @ self._over(plan)))
        missing = -self._over(at)
        types = np.flatnonzero(self.of[int(np.argmax(missing))])
        more = -(-int(missing.max()) // len(types))
        found = []
        for t in types[at.placed[types] + more <= self.size[types]]:
            least = branch.least.copy()
            least[t] = at.placed[t] + more
            found.append(_Branch(least, branch.multiplier.copy(), branch.bound))
        return found

    def _inside(self, branch: _Branch) -> list[Seen]:
        return [plan for plan in self.seen if (plan.placed >= branch.least).all()]

    def _over(self, plan: Seen) -> Counts:
        return self.of @ plan.placed - self.floor

    def _keeps(self, plan: Seen) -> bool:
        return bool((self._over(plan) >= 0).all())

    def _lower(self, branch: _Branch, most: int) -> None:
        """The multipliers with the least bound; the branch is left with bound -1 where it holds no plan at all."""
        # A bound below 0 proves that there is no plan, so it is worth looking for.
        planes, asked = Planes(least=-float(self.largest)), set[bytes]()
        for plan in self._inside(branch):
            planes.add(plan.value, self._over(plan).astype(np.float64))
        ask: Reals | None = branch.multiplier
        while ask is not None and len(asked) < most and (not asked or self._may_try()):
            ask = np.rint(ask * self.part) / self.part
            found = None if ask.tobytes() in asked else self._try(branch, ask)
            if found is None or not self._may_be_better(branch.bound):
                return
            asked.add(ask.tobytes())
            planes.add(found.value, self._over(found).astype(np.float64))
            if self.best:  # no bound is less than what a plan reaches
                planes.least = max(planes.least, float(self.best.value))
            ask = planes.next_prices(branch.multiplier, branch.bound, max(0.5, NEAR * branch.bound))
            if ask is not None:  # far out nearly all are placed, which takes long and tells little
                ask = np.minimum(ask, self.largest * 2.0 ** (len(asked) - 4))

    def _try(self, branch: _Branch, multiplier: Reals) -> Seen | None:
        """The best plan of a branch by some multipliers; None where there is none or the numbers become too large."""
        richer = self._richer(multiplier)
        if richer is None:
            return None
        floors = {int(t): int(branch.least[t]) for t in np.flatnonzero(branch.least)}
        self.tried += 4 if floors else 1  # about how long they take
        try:
            plan = floors_plan(richer, self.type, floors, solve(richer))
        except ImpossibleFloors:
            branch.bound = -1.0
            return None
        except BadMarket:  # values so large that floors of types would not be exact
            return None
        bound = plan.bound / self.part - float(multiplier @ self.floor)
        if bound < branch.bound:
            branch.bound, branch.multiplier, branch.price = bound, multiplier, plan.price / self.part
        return self._noted(plan.choice)

    def _richer(self, multiplier: Reals) -> Market | None:
        extra = np.rint(multiplier * self.part).astype(np.int64) @ self.of
        value = self.market.value.astype(np.int64) * self.part + extra[self.type][self.worker]
        largest = int(value.max(initial=0))
        if largest > LARGEST or largest * (self.market.workers + 1) >= LARGEST_SUM:
            return None
        return Market(self.market.first, self.market.option, value.astype(np.int32), self.market.capacity)

    def _noted(self, choice: NDArray[np.int32]) -> Seen:
        taken = choice[self.worker] == self.market.option
        value = int(self.market.value[taken].sum(dtype=np.int64))
        found = Seen(choice, value, np.bincount(self.type[choice >= 0], minlength=len(self.size)))
        self.seen.append(found)
        if self._keeps(found) and (self.best is None or value > self.best.value):
            self.best = found
        return found

    def _mix(self, root: _Branch) -> None:
        """A plan for the numbers of each type that the plans seen have on average, if they can be had."""
        if not self._may_be_better(root.bound):
            return
        wanted = mixed(self.seen, self.of, self.floor, root.multiplier)
        least = in_people(wanted, self.of, self.floor, self.size)
        if least is not None:
            self._try(_Branch(least, root.multiplier), np.zeros(len(self.codes)))

    def _impossible(self, branch: _Branch | None) -> ImpossibleFloors:
        weighing = None if branch is None else Weighing(
            tuple(self.codes), tuple(branch.multiplier.tolist()), branch.price
        )  # fmt: skip
        return ImpossibleFloors("这几组的要求合起来做不到", tuple(self.codes), weighing)

    def _not_found(self) -> FloorsNotFound:
        names = "、".join(map(str, self.codes))
        return FloorsNotFound(
            "没有找到同时做到这几组要求的方案，也没有证明做不到", f"at_least {names}", "请降低其中一个要求。"
        )

    def _told(self, best: Seen, root: _Branch, bound: float) -> FloorsPlan:
        multiplier = dict(zip(self.codes, root.multiplier.tolist(), strict=True))
        floors = tuple(
            Floor(code, least, int((best.choice[self.members[code]] >= 0).sum()), multiplier.get(code, 0.0))
            for code, least in self.at_least.items()
        )
        cost = self.free.certificate.objective - best.value
        return FloorsPlan(best.choice, root.price, floors, best.value, bound, cost)
