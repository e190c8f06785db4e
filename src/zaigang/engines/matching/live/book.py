"""What a live plan is made of: growing lists of pairs and seats, and one array per fact about a worker or an option."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching import kernels
from zaigang.engines.matching.live.handle import Handle, handle_of
from zaigang.engines.matching.live.kernels import HIGHEST, LOWEST, PEOPLE, Desk
from zaigang.engines.matching.live.slack import Lists, grown, roomier
from zaigang.engines.matching.problem import Market

BY_WORKER = {
    "profit": 0,
    "at": -1,
    "worth": 0,
    "home": -1,
    "frozen": 0,
    "waiting": 0,
    "gone": 0,
    "marked": 0,
    "touched": 0,
    "is_touched": 0,
}
BY_OPTION = {"price": 0, "open": 0, "listed": 0, "vacant": 0, "capacity": 0, "closed": 0}
SCRATCH = ("gain", "who")


class Book:
    """Keeps the arrays of a Desk and makes room in them.

    Indices stay what they are: a worker who left has no pairs, an option that was withdrawn no pairs and no seats.
    """

    def __init__(self, market: Market, stay: float, outside: float) -> None:
        columns = kernels.by_option(market.first, market.option, market.value, market.options)
        self.people = Lists(market.first, market.option, market.value)
        self.options = Lists(*columns)
        self.seats = _empty_seats(market.capacity)
        capacity = market.capacity.astype(np.int32)
        widest = int(capacity.max(initial=0)) + 1
        self.desk = Desk(
            self.people.rows, self.options.rows, self.seats.rows, at=np.full(market.workers, -1, np.int32),
            worth=np.zeros(market.workers, np.int32), home=np.full(market.workers, -1, np.int32),
            frozen=np.zeros(market.workers, np.bool_), waiting=np.zeros(market.workers, np.int32),
            gone=np.zeros(market.workers, np.bool_), marked=np.zeros(market.workers, np.bool_),
            touched=np.zeros(market.workers, np.int32), is_touched=np.zeros(market.workers, np.bool_),
            profit=np.zeros(market.workers), price=np.zeros(market.options),
            open=capacity.copy(), listed=np.zeros(market.options, np.bool_),
            vacant=np.zeros(market.options, np.int32), capacity=capacity, closed=np.zeros(market.options, np.bool_),
            gain=np.zeros(widest), who=np.zeros(widest, np.int32), sums=np.zeros(7, np.int64),
            stay=stay, outside=outside,
        )  # fmt: skip
        self.handle: Handle = handle_of(self.desk)
        self.desk.sums[PEOPLE] = market.workers
        if market.edges:
            self.desk.sums[LOWEST], self.desk.sums[HIGHEST] = market.value.min(), market.value.max()
        # Not in the middle of the first event.
        self.one_worker_more()
        self.one_option_more()

    def copy(self) -> "Book":
        other = Book.__new__(Book)
        other.people, other.options, other.seats = self.people.copy(), self.options.copy(), self.seats.copy()
        arrays: dict[str, Any] = {
            name: getattr(self.desk, name).copy() for name in (*BY_WORKER, *BY_OPTION, *SCRATCH, "sums")
        }
        other.desk = self.desk
        other._renew(**arrays)
        return other

    def one_worker_more(self) -> int:
        """Room for one more, who is not there yet; the index that they would have."""
        i = self.people.count
        if i + 1 > min(len(self.desk.at), len(self.people.rows.first)):
            self.people.keys(i + 1)
            self._renew(**self._grown(BY_WORKER, i + 1))
        return i

    def one_option_more(self) -> int:
        j = self.options.count
        if j + 1 > min(len(self.desk.price), len(self.options.rows.first)):
            self.options.keys(j + 1)
            self.seats.keys(j + 1)
            self._renew(**self._grown(BY_OPTION, j + 1))
        return j

    def more_places(self, people: int, options: int, seats: int) -> None:
        """Places at the end of the lists, into which some of them have to move."""
        self.people.entries(people)
        self.options.entries(options)
        self.seats.entries(seats)
        self._renew()

    def as_wide_as(self, seats: int) -> None:
        """An option may have so many seats."""
        if seats + 1 > len(self.desk.gain):
            size = roomier(seats + 1)
            self._renew(gain=grown(self.desk.gain, size), who=grown(self.desk.who, size))

    def further_out(self, outside: int) -> None:
        """Staying out is worth less."""
        self._renew(outside=float(outside))

    def market(self) -> Market:
        """The market as it is now."""
        return Market(*self.people.packed(), self.desk.capacity[: self.options.count].copy())

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

    def _renew(self, **columns: Any) -> None:
        self.desk = self.desk._replace(
            people=self.people.rows, options=self.options.rows, seats=self.seats.rows, **columns
        )
        self.handle = handle_of(self.desk)

    def _grown(self, columns: dict[str, int], count: int) -> dict[str, Any]:
        size = len(getattr(self.desk, next(iter(columns))))
        if count > size:
            size = roomier(count)
        return {name: grown(getattr(self.desk, name), size, fill) for name, fill in columns.items()}


def _empty_seats(capacity: NDArray[np.int32]) -> Lists:
    first = np.zeros(len(capacity) + 1, np.int64)
    np.cumsum(capacity, out=first[1:])
    seats = Lists(first, np.zeros(int(first[-1]), np.int32), np.zeros(int(first[-1]), np.int32))
    seats.rows.length[:] = 0
    return seats
