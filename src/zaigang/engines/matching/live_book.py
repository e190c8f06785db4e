"""What a live plan is made of: growing lists of pairs and seats, and one array per fact about a worker or an option."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching import kernels
from zaigang.engines.matching.live_kernels import Desk
from zaigang.engines.matching.problem import Market
from zaigang.engines.matching.slack import Lists, clear, grown, roomier

BY_WORKER = {"at": -1, "worth": 0, "home": -1, "frozen": 0, "waiting": 0}
BY_OPTION = {"price": 0, "open": 0, "listed": 0, "vacant": 0}
Column = NDArray[np.int32]


class Book:
    """Keeps the arrays of a Desk, makes room in them, and writes pairs and seats down on both sides.

    Indices stay what they are: a worker who left has no pairs, an option that was withdrawn no pairs and no seats.
    """

    def __init__(self, market: Market, stay: float) -> None:
        columns = kernels.by_option(market.first, market.option, market.value, market.options)
        self.people = Lists(market.first, market.option, market.value)
        self.options = Lists(*columns)
        self.seats = _empty_seats(market.capacity)
        self.capacity = market.capacity.astype(np.int32)
        self.gone = np.zeros(market.workers, np.bool_)
        self.closed = np.zeros(market.options, np.bool_)
        widest = int(self.capacity.max(initial=0)) + 1
        self.desk = Desk(
            self.people.rows, self.options.rows, self.seats.rows, at=np.full(market.workers, -1, np.int32),
            worth=np.zeros(market.workers, np.int32), home=np.full(market.workers, -1, np.int32),
            frozen=np.zeros(market.workers, np.bool_), waiting=np.zeros(market.workers, np.int32),
            price=np.zeros(market.options), open=self.capacity.copy(), listed=np.zeros(market.options, np.bool_),
            vacant=np.zeros(market.options, np.int32), gain=np.zeros(widest), who=np.zeros(widest, np.int32),
            total=np.zeros(1, np.int64), stay=stay,
        )  # fmt: skip

    def copy(self) -> "Book":
        other = Book.__new__(Book)
        other.people, other.options, other.seats = self.people.copy(), self.options.copy(), self.seats.copy()
        other.capacity, other.gone, other.closed = self.capacity.copy(), self.gone.copy(), self.closed.copy()
        arrays: dict[str, Any] = {
            name: getattr(self.desk, name).copy() for name in (*BY_WORKER, *BY_OPTION, "gain", "who", "total")
        }
        other.desk = self.desk._replace(**arrays)
        other._renew()
        return other

    def _renew(self) -> None:
        self.desk = self.desk._replace(
            people=self.people.rows, options=self.options.rows, seats=self.seats.rows
        )

    def new_worker(self, option: Column, value: Column) -> int:
        i = self.people.new()
        self._grow(BY_WORKER, self.people.count)
        if i >= len(self.gone):
            self.gone = grown(self.gone, roomier(i + 1))
        self.people.reserve(i, len(option))
        who = np.full(len(option), i, np.int32)
        self.people.append(who, option, value)
        self.options.append(option, who, value)
        self._renew()
        return i

    def new_option(self, worker: Column, value: Column) -> int:
        j = self.options.new()
        self.seats.new()
        self._grow(BY_OPTION, self.options.count)
        if j >= len(self.capacity):
            self.capacity = grown(self.capacity, roomier(j + 1))
            self.closed = grown(self.closed, roomier(j + 1))
        self.options.reserve(j, len(worker))
        what = np.full(len(worker), j, np.int32)
        self.options.append(what, worker, value)
        self.people.append(worker, what, value)
        self._renew()
        return j

    def more_seats(self, j: int, number: int) -> None:
        self.capacity[j] += number
        self.desk.open[j] += number
        self.seats.reserve(j, int(self.capacity[j]))
        widest = int(self.capacity[j]) + 1
        if widest > len(self.desk.gain):
            self.desk = self.desk._replace(
                gain=grown(self.desk.gain, roomier(widest)), who=grown(self.desk.who, roomier(widest))
            )
        self._renew()

    def fewer_seats(self, j: int, number: int) -> None:
        self.capacity[j] -= number
        self.desk.open[j] -= number

    def forget_worker(self, i: int) -> None:
        """No pairs any more; the seat must have been left before."""
        clear(self.people.rows, self.options.rows, i)
        self.gone[i] = True
        self.desk.home[i] = -1

    def close(self, j: int) -> None:
        clear(self.options.rows, self.people.rows, j)
        self.closed[j] = True
        self.desk.price[j] = 0.0

    def market(self) -> Market:
        """The market as it is now."""
        return Market(*self.people.packed(), self.capacity[: self.options.count].copy())

    def open_market(self) -> Market:
        """What may still be moved: no pairs of frozen workers or without a seat of others; staying is worth more."""
        market = self.market()
        worker = market.pairs()
        free = ~self.desk.frozen[worker] & (self.desk.open[market.option] > 0)
        value = market.value + (self.desk.home[worker] == market.option) * np.int32(self.desk.stay)
        first = np.zeros(market.workers + 1, np.int64)
        np.cumsum(np.bincount(worker[free], minlength=market.workers), out=first[1:])
        seats = self.desk.open[: market.options].copy()
        return Market(first, market.option[free], value[free], seats)

    def _grow(self, columns: dict[str, int], count: int) -> None:
        size = len(getattr(self.desk, next(iter(columns))))
        if count > size:
            size = roomier(count)
            larger: dict[str, Any] = {
                name: grown(getattr(self.desk, name), size, fill) for name, fill in columns.items()
            }
            self.desk = self.desk._replace(**larger)


def _empty_seats(capacity: NDArray[np.int32]) -> Lists:
    first = np.zeros(len(capacity) + 1, np.int64)
    np.cumsum(capacity, out=first[1:])
    seats = Lists(first, np.zeros(int(first[-1]), np.int32), np.zeros(int(first[-1]), np.int32))
    seats.rows.length[:] = 0
    return seats
