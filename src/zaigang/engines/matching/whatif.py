"""Questions to a plan: what one seat more would bring, and who competes for too few seats."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import Plan
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.incremental import Change, Live
from zaigang.engines.matching.problem import Market


@dataclass(frozen=True, slots=True)
class Gain:
    """What more seats bring, in units of value. No plan with them exceeds the plan asked by more than `bound`.

    `bound` is the seats at the option's price plus what the plan may be away from its best; `actual` is what a
    re-planning from this plan really gains, often less: each further seat is worth less than the one before.
    """

    bound: float
    actual: int
    who_moves: tuple[Change, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shortage:
    """These workers can take nothing but these options, which have fewer seats: whatever the plan, some get none."""

    workers: NDArray[np.int32]
    options: NDArray[np.int32]
    seats: int

    @property
    def missing(self) -> int:
        return len(self.workers) - self.seats


def marginal_value(plan: Plan) -> NDArray[np.float64]:
    """What one more seat of each option (M) could bring at most: its price, where the plan is the proved best."""
    return plan.price.copy()


def add_seats(market: Market, plan: Plan, option: int, n: int) -> Gain:
    """What `n` more seats of an option would bring; market and plan stay as they are.

    Of a plan that is the proved best the new one is the best too; else both are within the plan's eps.
    """
    if plan.placed_first:
        raise BadMarket("这个方案先求多安置，不能这样问", "plan", "请用按数值求出的方案。")
    exact = 1 / (market.workers + 2) if plan.certificate.optimal else None
    live = Live(market, plan, eps=exact)
    live.commit()
    before = live.plan().certificate.objective
    live.add_seats(option, n)
    after = live.plan().certificate.objective
    distance = max(0.0, plan.certificate.bound - plan.certificate.objective)
    return Gain(n * float(plan.price[option]) + distance, after - before, tuple(live.commit()))


def shortages(market: Market, plan: Plan) -> list[Shortage]:
    """Who competes for too few seats, group by group; ask it of `solve(market, place_all=True)`.

    From each worker without a seat one reaches the options they may take, from there those who sit there, and so
    on. In a plan that places as many as possible every option so reached is full: a group that Hall's theorem
    names, and its missing seats add up to all who are unplaced. Workers without any pair come last, as one group.
    BadMarket where an option so reached has a free seat: then the plan could place one more.
    """
    worker, option = market.pairs(), market.option
    reached_worker, reached_option = _reached(market, plan.choice, worker)
    held = np.bincount(plan.choice[plan.choice >= 0], minlength=market.options)
    if (held < market.capacity)[reached_option].any():
        raise BadMarket("这个方案还能多安置一人", "plan", "请先用 place_all=True 求解。")
    inside = reached_worker[worker]
    label = _groups(market, worker[inside], option[inside])
    found = []
    for group in np.unique(label[: market.workers][reached_worker & (np.diff(market.first) > 0)]):
        people = np.flatnonzero(label[: market.workers] == group).astype(np.int32)
        places = np.flatnonzero(label[market.workers :] == group).astype(np.int32)
        found.append(Shortage(people, places, int(market.capacity[places].sum())))
    alone = np.flatnonzero(np.diff(market.first) == 0).astype(np.int32)
    if len(alone):
        found.append(Shortage(alone, np.zeros(0, np.int32), 0))
    return found


def _reached(
    market: Market, choice: NDArray[np.int32], worker: NDArray[np.int32]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The workers and options on alternating paths from those without a seat."""
    people, places = choice < 0, np.zeros(market.options, np.bool_)
    while True:
        places[market.option[people[worker]]] = True
        further = people | ((choice >= 0) & np.append(places, False)[choice])
        if (further == people).all():
            return people, places
        people = further


def _groups(market: Market, worker: NDArray[np.int32], option: NDArray[np.int32]) -> NDArray[np.int64]:
    """A label for each worker and then each option: the same where pairs connect them (the least index in it)."""
    nodes = market.workers + market.options
    label, ends = np.arange(nodes), (worker.astype(np.int64), market.workers + option.astype(np.int64))
    while True:
        low = np.minimum(label[ends[0]], label[ends[1]])
        lower = label.copy()
        for end in ends:
            np.minimum.at(lower, end, low)
        lower = lower[lower]
        if (lower == label).all():
            return label
        label = lower
