"""Questions to a plan: what one seat more would bring, and who competes for too few seats."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching import crowds
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

    Of a plan that is the proved best the new one is the best too; else both are within the plan's eps. Seats beyond all
    who may take the option change nothing, however many. BadMarket where there is no such option, or no seat to add.
    """
    if plan.placed_first:
        raise BadMarket("这个方案先求多安置，不能这样问", "plan", "请用按数值求出的方案。")
    exact = 1 / (market.workers + 2) if plan.certificate.optimal else None
    live = Live(market, plan, eps=exact)
    live.commit()
    before = live.plan().certificate.objective
    live.add_seats(option, min(n, int((market.option == option).sum()) + 1))
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
    held = _held(market, plan.choice)
    seat_first = np.append(0, np.cumsum(held))
    holder = np.argsort(plan.choice, kind="stable")[market.workers - int(held.sum()) :]
    people, places = crowds.reach(market.first, market.option, plan.choice, seat_first, holder)
    if (held < market.capacity)[places].any():
        raise BadMarket("这个方案还能多安置一人", "plan", "请先用 place_all=True 求解。")
    alone = np.diff(market.first) == 0
    found = [_shortage(market, group) for group in _groups(market, people & ~alone)]
    if alone.any():
        found.append(_shortage(market, np.flatnonzero(alone)))
    return found


def _held(market: Market, choice: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many hold a seat of each option."""
    if choice.shape != (market.workers,) or (choice >= market.options).any():
        raise BadMarket("方案和市场对不上", "plan", "请用同一个市场求出的方案。")
    return np.bincount(choice[choice >= 0], minlength=market.options)


def _groups(market: Market, people: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """The people in groups that common options connect, by their least members."""
    among = np.flatnonzero(people)
    label = crowds.connect(market.first, market.option, people)[among]
    order = np.argsort(label, kind="stable")
    return np.split(among[order], np.flatnonzero(np.diff(label[order])) + 1) if len(among) else []


def _shortage(market: Market, group: NDArray[np.int64]) -> Shortage:
    rows = [market.option[market.first[i] : market.first[i + 1]] for i in group.tolist()]
    options = np.unique(np.concatenate(rows))
    return Shortage(group.astype(np.int32), options, int(market.capacity[options].sum()))
