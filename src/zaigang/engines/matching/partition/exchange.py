"""What stands between the parts: the lists of border options while workers bid, the seats of contested workers after.

Bids that several parts made by the same old prices meet here, and the highest stand; offers that several parts made to
one worker meet here, and the best stands. Prices only rise in the first half and only fall in the second, so that
what a part did by an old price is at worst refused.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import opening_prices
from zaigang.engines.matching.partition import kernels
from zaigang.engines.matching.partition.messages import Bids, Lists, Seats
from zaigang.engines.matching.partition.shares import Split, cumulated, runs


class Exchange:
    """The state of all borders of one split, and the number of rows that were sent across them."""

    def __init__(self, split: Split, capacity: NDArray[np.int32]) -> None:
        self._shares, self._capacity, self._border = split.shares, capacity, split.border
        self.price = opening_prices(capacity)
        self._held, self._seat_first = np.zeros(len(capacity), np.int32), cumulated(capacity)
        seats = int(self._seat_first[-1])
        self._seat_bid, self._seat_worker = np.zeros(seats), np.zeros(seats, np.int32)
        workers = len(split.order)
        self._sees = [_flags(share.seen, len(capacity)) for share in split.shares]
        self._knows = [_flags(share.known[share.contested], workers) for share in split.shares]
        self.at, self._worth = np.full(workers, -1, np.int32), np.zeros(workers, np.int32)
        self._profit = np.zeros(workers)
        self.rows = 0

    # While workers bid.

    def empty_lists(self) -> None:
        self._held[:] = 0

    def answer_bids(self, bids: Sequence[Bids]) -> list[Lists]:
        """The lists that each part has to know: those that changed, and those it bid on."""
        changed = np.zeros(len(self._capacity), np.bool_)
        for sent in bids:
            self.rows += len(sent.option)
            kernels.merge(
                sent.option, sent.worker, sent.amount, self._capacity, self._seat_first, self.price, self._seat_bid,
                self._seat_worker, self._held, changed,
            )  # fmt: skip
        return [self._lists(changed & sees, sent.option) for sees, sent in zip(self._sees, bids, strict=True)]

    def _lists(self, wanted: NDArray[np.bool_], asked: NDArray[np.int32]) -> Lists:
        wanted[asked] = True
        option = np.flatnonzero(wanted).astype(np.int32)
        count = self._held[option]
        seats = runs(self._seat_first[option], count)
        self.rows += len(seats)
        return Lists(option, count, self._seat_bid[seats], self._seat_worker[seats])

    # While seats look for workers.

    def empty_seats(self) -> None:
        self.at[:], self._worth[:], self._profit[:] = -1, 0, 0

    def open_search(self, seats: Sequence[Seats]) -> list[tuple[NDArray[np.float64], Seats]]:
        """For each part the prices of its border options and the seats of the contested workers it knows."""
        for sent in seats:
            self.rows += len(sent.worker)
            self._sit(sent)
        own = [self.price[share.own[share.own_border]] for share in self._shares]
        return list(zip(own, [self._seats(knows) for knows in self._knows], strict=True))

    def answer_offers(self, offers: Sequence[Seats]) -> list[Seats]:
        """The better offer stands, of equals the one that was there. Tells every part that knows the worker."""
        named = np.zeros(len(self.at), np.bool_)
        for sent in offers:
            self.rows += len(sent.worker)
            named[sent.worker] = True
            self._sit(sent.only(sent.profit > self._profit[sent.worker]))
        return [self._seats(named & knows) for knows in self._knows]

    def _sit(self, seats: Seats) -> None:
        who = seats.worker
        self.at[who], self._worth[who], self._profit[who] = seats.option, seats.worth, seats.profit

    def _seats(self, wanted: NDArray[np.bool_]) -> Seats:
        worker = np.flatnonzero(wanted).astype(np.int32)
        self.rows += len(worker)
        return Seats(worker, self.at[worker], self._worth[worker], self._profit[worker])

    # At the end of a phase.

    def learn_prices(self, border_prices: Sequence[NDArray[np.float64]]) -> None:
        """Those of the border options, from their owners."""
        for share, price in zip(self._shares, border_prices, strict=True):
            self.price[share.own[share.own_border]] = price

    def border_prices(self) -> list[NDArray[np.float64]]:
        """For each part those of the border options that its workers see."""
        return [self.price[share.seen[share.border]] for share in self._shares]

    def value(self) -> int:
        """What the contested workers bring."""
        return int(self._worth[self.at >= 0].sum(dtype=np.int64))

    def bound(self) -> float:
        """What the seats at the border cost."""
        return float(np.dot(self._capacity[self._border], self.price[self._border]))


def _flags(index: NDArray[np.int32], size: int) -> NDArray[np.bool_]:
    flags = np.zeros(size, np.bool_)
    flags[index] = True
    return flags
