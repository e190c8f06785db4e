"""The rounds of an auction in parts: every call to all parts is one, and what they say goes through the exchange."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.partition.exchange import Exchange
from zaigang.engines.matching.partition.executors import Executor
from zaigang.engines.matching.partition.messages import Bids, Lists, Seats

#: A phase stalls when what is left to do has not halved for longer than there is patience: two parts that want the
#: same seat outbid each other by eps, a round each time. From then on steps grow by this factor, until it has.
LONGER = 1.5
#: How many times a step grows at most, and how many grains it has at most: a sixteenth of the largest value.
LONGEST, WIDEST = 200, 2.0**48
#: Free seats that stall may be worth so many times more when they are left.
GIVES_UP = 2.5


@dataclass(slots=True)
class Journey:
    """What it took: `rounds` exchanges with all parts, `rows` of bids, seats and lists sent across borders.

    `bidding` and `seeking` tell for each phase how many workers had to bid, and what free seats were worth, round by
    round.
    """

    rounds: int = 0
    rows: int = 0
    bidding: list[list[int]] = field(default_factory=list)
    seeking: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan's value, and the bound of its prices."""

    value: int
    bound: float

    @property
    def gap(self) -> float:
        """With room for the rounding of the parts' sums: the certificate's bound is never rounded down."""
        return (self.bound * (1 + 2**-45) - self.value) / max(self.value, 1)


class Rounds:
    """Calls all parts in turn. `journey` counts; every step is a multiple of `grain` (auction.py says why)."""

    def __init__(self, executor: Executor, exchange: Exchange, parts: int, grain: float) -> None:
        self.executor, self._exchange, self._parts, self._grain = executor, exchange, parts, grain
        self.journey = Journey()
        #: The longest step of the phase.
        self.longest = 0.0
        #: What each part has not heard yet.
        self._lists: Sequence[Lists | None] = [None] * parts

    def bid(self, eps: float, leave: float, patience: int) -> None:
        """All get up and bid until no more than `leave` have to."""
        trace: list[int] = []
        self.journey.bidding.append(trace)
        self._exchange.empty_lists()
        self.longest = eps
        while True:
            step = self._step(eps, trace, patience)
            bids: list[Bids] = self._call("bid", [(step, lists, not trace) for lists in self._lists])
            trace.append(sum(one.active for one in bids))
            self._lists = self._exchange.answer_bids(bids)
            if trace[-1] <= leave or not any(len(one.option) for one in bids):
                return

    def seek(self, eps: float, leave: float, patience: int, *, above: float | None = None) -> None:
        """Free seats look for workers until they are worth no more than `leave` together.

        They start from where the bids have left everybody; with `above` all are free, at that price.
        """
        trace: list[float] = []
        self.journey.seeking.append(trace)
        calls = self._openings(above)
        while True:
            step = self._step(eps, trace, patience)
            offers: list[Seats] = self._call("seek", [(step, *one) for one in calls])
            trace.append(sum(one.empty for one in offers))
            answers = self._exchange.answer_offers(offers)
            stalled = _rounds_since_half(trace) > patience
            if trace[-1] <= leave * (GIVES_UP if stalled else 1) or not any(
                len(one.worker) for one in offers
            ):
                break
            calls = [(None, one) for one in answers]
        self._exchange.learn_prices(self._call("close", [(one,) for one in answers]))

    def _openings(self, above: float | None) -> list[tuple[Any, Seats | None]]:
        if above is not None:
            self._exchange.empty_seats()
            return [(above, None)] * self._parts
        settled = self._call("settle", [(lists,) for lists in self._lists])
        return [(one, None) for one in self._exchange.open_search(settled)]

    def judge(self) -> Judged:
        """What is proved so far; after it every part knows all prices that its workers see."""
        found = self._call("judge", [(price,) for price in self._exchange.border_prices()])
        self._lists = [None] * self._parts
        value = self._exchange.value() + sum(part for part, _ in found)
        return Judged(value, self._exchange.bound() + sum(part for _, part in found))

    def plan(self, own: Sequence[NDArray[np.int32]]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """By new numbers the option of each worker, and the price of each option (`own`: those of each part)."""
        choice, price = self._exchange.at.copy(), self._exchange.price.copy()
        for options, (worker, option, prices) in zip(
            own, self._call("plan", [()] * self._parts), strict=True
        ):
            choice[worker] = option
            price[options] = prices
        return choice, price

    def _call(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.journey.rounds += 1
        answers = self.executor.call(method, arguments)
        self.journey.rows = self._exchange.rows
        return answers

    def _step(self, eps: float, trace: Sequence[float], patience: int) -> float:
        """Never so long that prices leave the range in which they are exact."""
        rounds = max(0, _rounds_since_half(trace) - patience)
        step = min(eps * LONGER ** min(rounds, LONGEST), max(eps, self._grain * WIDEST))
        self.longest = max(self.longest, step)
        return max(1.0, step // self._grain) * self._grain


def _rounds_since_half(trace: Sequence[float]) -> int:
    """How many rounds ago the work left was last seen to be half of what it had been."""
    since, reference = 0, float("inf")
    for left in trace:
        since += 1
        if left <= reference / 2:
            since, reference = 0, left
    return since
