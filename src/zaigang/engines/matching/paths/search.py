"""Paths that use a class seat and then a vacancy's: a plan within all seats, at a proved distance from the best.

With prices on class seats each pair of a worker and a vacancy is worth the best of its paths, and the vacancies are a
plain market. The prices are sought for which the bound is least; on the way plans that take too many class seats are
repaired into one within them. The two need not meet (docs/matching-around.md): the certificate says how far apart.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.certify import Certificate
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.paths.certify import path_bound, path_certificate
from zaigang.engines.matching.paths.level import Planes
from zaigang.engines.matching.paths.problem import NONE, PathMarket
from zaigang.engines.matching.paths.sides import Taken, held_class, repaired, sides_of, vacancies

Reals = NDArray[np.float64]

#: The vacancies are planned to this part of the gap that is wanted.
INNER = 0.03
#: A repair plans them to this part of the gap.
REPAIRED = 0.3
#: How much what people take is preferred when class seats are given, in mean values of a path: in the mixture of plans;
#: in the last one, by turns.
MIXED = 3.0
FAVOURS = (0.004, 0.04)
#: How often a plan is repaired from its own prices while it gets better.
REPAIRS = 3
#: The prices have settled when none can prove less by more than this part of the gap that is wanted.
SETTLED = 0.1
#: How often settled prices are then nudged, for the sake of the plan.
PATIENCE = 80
#: After so many nudges they begin anew with large ones.
FRESH = 20
#: The first nudge of a class price, in mean values of a path.
NUDGE = 0.01


class Stop(StrEnum):
    """Why the search ended."""

    GAP = "gap"  # the wanted gap is proved, or that nothing is better
    SETTLED = "settled"  # no prices prove much less, and the plan did not get better
    ROUNDS = "rounds"  # the effort was used up


@dataclass(frozen=True, slots=True, eq=False)
class PathPlan:
    """`path` (N, int64): each worker's path, a number in the market's columns, or -1.

    `training` and `option` (N, int32) are its class and its vacancy, or -1. `training_price` (C) and `option_price`
    (M) prove the certificate's bound. No prices prove less than `least_bound`: what lies between it and the objective
    is for want of a better plan, or because seats are not divided. `rounds` were gone; `stopped` says why no more.
    """

    path: NDArray[np.int64]
    training: NDArray[np.int32]
    option: NDArray[np.int32]
    training_price: Reals
    option_price: Reals
    certificate: Certificate
    least_bound: float
    rounds: int
    stopped: Stop


def solve_paths(market: PathMarket, *, gap: float = 0.001, rounds: int = 100) -> PathPlan:
    """A plan within all seats; the search ends at the wanted gap (a fraction), after `rounds`, or where it is stuck.

    BadMarket where gap or rounds make no sense, or the market is not sound (`PathMarket.checked`).
    """
    market.checked()
    if not 0 < gap < 1:
        raise BadMarket("gap 应大于0小于1", "gap", "例如 0.001，表示千分之一。")
    if rounds < 1:
        raise BadMarket("轮数应不小于1", "rounds", "例如 100。")
    search, stopped, gone = _Search(market, gap), Stop.ROUNDS, 0
    while gone < rounds and stopped is Stop.ROUNDS:
        gone += 1
        search.look()
        moved = True
        if not search.reached():
            moved = search.move()
            search.repair()
        if search.reached():
            stopped = Stop.GAP
        elif not moved:
            stopped = Stop.SETTLED
    return search.plan(gone, stopped)


class _Search:
    """The best plan and the best prices so far. Prices are in fine units, the bound is in the market's."""

    def __init__(self, market: PathMarket, gap: float) -> None:
        self.market, self.gap, self.sides, self.planes = market, gap, sides_of(market), Planes()
        self.path, self.value, self.bound = np.full(market.workers, NONE, np.int64), 0, math.inf
        self.asked = self.training_price = np.zeros(market.trainings)
        self.option_price = np.zeros(len(self.sides.capacity))
        self.near: Reals | None = None
        self.mean = float(self.sides.worth.mean()) if market.paths else 0.0
        self.seen: list[NDArray[np.int64]] = []
        self.patience = PATIENCE
        self.side = self.step = np.zeros(market.trainings)

    def look(self) -> None:
        """Plan the vacancies at the class prices that are asked; note the bound, the plane and the plan."""
        market, sides = self.market, self.sides
        worth = sides.worth - np.append(self.asked, 0.0)[market.training].astype(np.int64)
        now = vacancies(sides, worth, self.near, INNER * self.gap)
        self.near = now.price
        bound = path_bound(market, self.asked / sides.unit, now.price[:-1] / sides.unit)
        if bound < self.bound:
            self.bound, self.training_price, self.option_price = bound, self.asked, now.price
        spare = market.seats - self._used(now.path)
        self.planes.add(float(self._value(now.path)), spare.astype(np.float64))
        self.seen.append(now.path)
        if (spare >= 0).all():
            self._keep(now)

    def repair(self) -> None:
        """Plans within all seats: near the mixture that keeps to the class seats, and near the last plan seen."""
        last = FAVOURS[len(self.seen) % len(FAVOURS)]
        for weights, favour in ((self.planes.weights, MIXED), (self._only_last(), last)):
            share, price, more = self._mixed(weights), self.near, REPAIRS
            while more and price is not None:
                now = repaired(self.sides, price, share, favour * self.mean, REPAIRED * self.gap)
                price, more = now.price, more - 1 if self._keep(now) else 0

    def _only_last(self) -> Reals:
        return np.append(np.zeros(len(self.seen) - 1), 1.0)

    def _mixed(self, weights: Reals) -> Reals:
        """How much of each path (E) is taken in such a mixture of the plans seen."""
        share = np.zeros(self.market.paths)
        for weight, path in zip(weights, self.seen, strict=False):
            if weight > 0:
                share[path[path != NONE]] += weight
        return share

    def _keep(self, now: Taken) -> bool:
        value = self._value(now.path)
        if value <= self.value:
            return False
        self.path, self.value = now.path, value
        return True

    def _value(self, path: NDArray[np.int64]) -> int:
        return int(self.market.value[path[path != NONE]].sum(dtype=np.int64))

    def _used(self, path: NDArray[np.int64]) -> NDArray[np.int64]:
        held = held_class(self.market, path)
        return np.bincount(held[held != NONE], minlength=self.market.trainings)

    def reached(self) -> bool:
        """The wanted gap is proved; or nothing is better, since values are whole numbers."""
        return self.bound - self.value <= self.gap * self.value or self.bound - self.value < 1

    def move(self) -> bool:
        """Ask other prices: first for a better bound, then for a better plan."""
        self.planes.least = max(self.planes.least, float(self.value))
        near = max(SETTLED * self.gap * self.value, 0.5)
        wanted = self.planes.next_prices(self.training_price / self.sides.unit, self.bound, near)
        if wanted is not None:
            self.asked = np.rint(wanted * self.sides.unit)
            return True
        if self.patience == PATIENCE:
            self.asked, self.near = self.training_price, self.option_price
        self._nudge()
        self.patience -= 1
        return self.patience >= 0

    def _nudge(self) -> None:
        """Class prices a little up where too many take a seat, down where too few: a repair then costs less."""
        if self.patience % FRESH == 0:
            self.step = np.full(len(self.asked), NUDGE * self.mean)
        side = np.sign(-self.planes.slopes[-1])
        self.step = np.where(side * self.side < 0, self.step / 2, self.step)
        self.side, self.asked = side, np.maximum(np.rint(self.asked + side * self.step), 0.0)

    def plan(self, rounds: int, stopped: Stop) -> PathPlan:
        market, unit = self.market, self.sides.unit
        p, q = self.training_price / unit, self.option_price[:-1] / unit
        # NONE, -1, finds the last entry: no path has no vacancy.
        option = np.append(market.option, np.int32(NONE))[self.path]
        proof = path_certificate(market, self.path, p, q)
        least = min(max(self.planes.least, float(self.value)), proof.bound)
        return PathPlan(self.path, held_class(market, self.path), option, p, q, proof, least, rounds, stopped)
