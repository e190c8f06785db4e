"""The options of one part: those with a free seat and a price look for workers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import opening_prices
from zaigang.engines.matching.kernels import reverse
from zaigang.engines.matching.partition import kernels
from zaigang.engines.matching.partition.messages import Seats
from zaigang.engines.matching.partition.rows import Rows
from zaigang.engines.matching.partition.shares import Share, cumulated


class Columns:
    """A part's options, and what the workers who have a pair with them keep elsewhere."""

    def __init__(self, share: Share) -> None:
        self.share = share
        self.seat_first = cumulated(share.own_capacity)
        self.seat_worker = np.zeros(int(self.seat_first[-1]), np.int32)
        self.price, self.held = opening_prices(share.own_capacity), np.zeros(len(share.own), np.int32)
        self.at, self.worth = np.full(len(share.known), -1, np.int32), np.zeros(len(share.known), np.int32)
        self.profit = np.zeros(len(share.known))

    def open_above(self, price: float) -> None:
        """All seats are free, at this price."""
        self.price[self.share.own_capacity > 0] = price
        self.at[:], self.worth[:], self.profit[:], self.held[:] = -1, 0, 0, 0

    def open(self, rows: Rows, border_price: NDArray[np.float64], contested: Seats) -> None:
        """Sit everybody down where the bids have left them."""
        share = self.share
        self.price[share.own_border] = border_price
        inner = np.flatnonzero(~share.own_border)
        place = np.searchsorted(rows.share.seen, share.own[inner])
        there = place < len(rows.share.seen)
        there[there] = rows.share.seen[place[there]] == share.own[inner[there]]
        self.price[inner[there]] = rows.price[place[there]]
        apart = np.flatnonzero(~share.contested)
        self._write(apart, rows.seats(share.known[apart] - share.low))
        self._write(np.searchsorted(share.known, contested.worker), contested)
        self.held[:] = 0
        kernels.sit(self.at, self.seat_first, self.seat_worker, self.held)

    def _write(self, index: NDArray[Any], seats: Seats) -> None:
        self.at[index] = self._own(seats.option)
        self.worth[index], self.profit[index] = seats.worth, seats.profit

    def _own(self, option: NDArray[np.int32]) -> NDArray[np.int32]:
        """The index of each option here, -1 where it is another part's."""
        own = self.share.own
        if not len(own):
            return np.full(len(option), -1, np.int32)
        place = np.minimum(np.searchsorted(own, option), len(own) - 1)
        return np.where(own[place] == option, place, -1).astype(np.int32)

    def correct(self, answer: Seats) -> None:
        """Where contested workers really sit, after what all parts offered them."""
        index = np.searchsorted(self.share.known, answer.worker).astype(np.int32)
        option = self._own(answer.option)
        kernels.release(index, option, self.seat_first, self.seat_worker, self.held, self.at)
        self._write(index, answer)

    def seek(self, eps: float) -> Seats:
        share = self.share
        empty = float(np.dot(share.own_capacity - self.held, self.price))
        at, profit = self.at.copy(), self.profit.copy()
        reverse(
            share.start, share.worker, share.worth, share.own_capacity, self.seat_first, self.price, self.seat_worker,
            self.held, self.at, self.worth, self.profit, eps,
        )  # fmt: skip
        new = np.flatnonzero(((self.at != at) | (self.profit != profit)) & share.contested)
        return Seats(share.known[new], self.named(self.at[new]), self.worth[new], self.profit[new], empty)

    def named(self, at: NDArray[np.int32]) -> NDArray[np.int32]:
        """The options of the market behind these indices."""
        named = np.full(len(at), -1, np.int32)
        named[at >= 0] = self.share.own[at[at >= 0]]
        return named

    def value(self) -> int:
        """What the workers who are not contested bring."""
        return int(self.worth[~self.share.contested & (self.at >= 0)].sum(dtype=np.int64))

    def bound(self) -> float:
        """What the seats cost that no other part sees."""
        apart = ~self.share.own_border
        return float(np.dot(self.share.own_capacity[apart], self.price[apart]))
