"""The workers of one part: they bid for the options that they see."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import opening_prices
from zaigang.engines.matching.partition import kernels
from zaigang.engines.matching.partition.messages import Bids, Lists, Seats
from zaigang.engines.matching.partition.shares import Share, cumulated


class Rows:
    """A part's workers, and the lists of the options that they see."""

    def __init__(self, share: Share) -> None:
        self.share, options = share, len(share.seen)
        self.seat_first = cumulated(share.capacity)
        seats = int(self.seat_first[-1])
        self.price, self.held = opening_prices(share.capacity), np.zeros(options, np.int32)
        self.seat_bid, self.seat_worker = np.zeros(seats), np.zeros(seats, np.int32)
        self.at, self.worth = np.full(share.workers, -1, np.int32), np.zeros(share.workers, np.int32)
        self.amount = np.zeros(share.workers)
        self.ring, self.waiting = np.zeros(share.workers, np.int32), 0

    def get_up(self) -> None:
        self.held[:], self.at[:] = 0, -1
        self.waiting = self.share.workers
        self.ring[:] = np.arange(self.waiting)

    def renew(self, answer: Lists) -> None:
        share = self.share
        self.waiting = kernels.renew(
            np.searchsorted(share.seen, answer.option).astype(np.int32), answer.count, answer.bid, answer.worker,
            share.capacity, self.seat_first, self.price, self.seat_bid, self.seat_worker, self.held, self.at, self.ring,
            share.low,
        )  # fmt: skip

    def bid(self, eps: float) -> Bids:
        share, active = self.share, self.waiting
        before, amount = self.at.copy(), self.amount.copy()
        if active:
            kernels.forward(
                share.first, share.option, share.value, share.capacity, self.seat_first, self.price, self.seat_bid,
                self.seat_worker, self.held, self.at, self.worth, self.amount, self.ring, active, share.low, eps,
            )  # fmt: skip
        self.waiting = 0
        new = np.flatnonzero((self.at >= 0) & ((self.at != before) | (self.amount != amount)))
        new = new[share.border[self.at[new]]]
        return Bids(share.seen[self.at[new]], (share.low + new).astype(np.int32), self.amount[new], active)

    def contested(self) -> Seats:
        """Where this part's contested workers sit: those who have a pair elsewhere."""
        return self.seats(np.flatnonzero(self._has_pairs_elsewhere()))

    def seats(self, rows: NDArray[Any]) -> Seats:
        at = self.at[rows]
        profit = np.zeros(len(rows))
        seated = at >= 0
        profit[seated] = self.worth[rows][seated] - self.price[at[seated]]
        option = np.full(len(rows), -1, np.int32)
        option[seated] = self.share.seen[at[seated]]
        return Seats((self.share.low + rows).astype(np.int32), option, self.worth[rows], profit)

    def _has_pairs_elsewhere(self) -> NDArray[np.bool_]:
        foreign = ~np.isin(self.share.seen, self.share.own, assume_unique=True)
        row = np.repeat(np.arange(self.share.workers), np.diff(self.share.first))
        return np.bincount(row[foreign[self.share.option]], minlength=self.share.workers) > 0

    def learn(self, border_price: NDArray[np.float64], own_price: NDArray[np.float64]) -> None:
        """The prices after the search for workers; what is not at a border is the part's own."""
        share = self.share
        self.price[share.border] = border_price
        apart = ~share.border
        self.price[apart] = own_price[np.searchsorted(share.own, share.seen[apart])]

    def bound(self) -> float:
        share = self.share
        some = np.flatnonzero(np.diff(share.first))
        if not len(some):
            return 0.0
        left = share.value - self.price[share.option]
        return float(np.maximum(np.maximum.reduceat(left, share.first[:-1][some]), 0).sum())
