"""Random events on small live plans, and every plan there is, counted in compiled code."""

import numpy as np
from numba import njit

from zaigang.engines.matching import Market
from zaigang.engines.matching.incremental import Live


@njit(cache=True)
def _best(first, option, value, seats, i):  # type: ignore[no-untyped-def]
    if i == len(first) - 1:
        return 0
    best = _best(first, option, value, seats, i + 1)
    for edge in range(first[i], first[i + 1]):
        if seats[option[edge]] > 0:
            seats[option[edge]] -= 1
            best = max(best, value[edge] + _best(first, option, value, seats, i + 1))
            seats[option[edge]] += 1
    return best


def best_value(market: Market) -> int:
    """The value of the best plan, found by looking at every plan there is."""
    return int(_best(market.first, market.option, market.value.astype(np.int64), market.capacity.copy(), 0))


class Events:
    """Does one random thing after the other, and remembers what may be done next."""

    def __init__(self, rng: np.random.Generator, live: Live, market: Market, least: int = 1) -> None:
        self.rng, self.live, self.least = rng, live, least
        self.workers, self.options = list(range(market.workers)), list(range(market.options))
        self.frozen: dict[int, int] = {}
        #: The workers whom the last event moved by destroying something: their seat, or themselves.
        self.destroyed: set[int] = set()

    def one(self) -> str:
        names = [
            "add_worker",
            "drop_worker",
            "add_seats",
            "withdraw",
            "close",
            "add_option",
            "freeze",
            "thaw",
        ]
        name = str(self.rng.choice(names))
        self.destroyed = set()
        getattr(self, name)()
        return name

    def _edges(self, among: list[int]) -> np.ndarray:
        taken = [name for name in among if self.rng.random() < 0.7]
        return np.array([(name, self.rng.integers(self.least, 13)) for name in taken], np.int64).reshape(
            -1, 2
        )

    def add_worker(self) -> None:
        if len(self.workers) < 6:
            self.workers.append(self.live.add_worker(self._edges(self.options)))

    def drop_worker(self) -> None:
        if self.workers:
            i = self.workers.pop(int(self.rng.integers(len(self.workers))))
            self.frozen.pop(i, None)
            self.destroyed = {i}
            self.live.drop_worker(i)

    def add_seats(self) -> None:
        if self.options:
            self.live.add_seats(int(self.rng.choice(self.options)), int(self.rng.integers(1, 3)))

    def withdraw(self) -> None:
        if self.options:
            j = int(self.rng.choice(self.options))
            seats = int(self.live.market().capacity[j])
            self._withdraw(j, int(self.rng.integers(1, seats + 1)), seats)

    def close(self) -> None:
        if len(self.options) > 1:
            j = int(self.rng.choice(self.options))
            self._withdraw(j, None, int(self.live.market().capacity[j]))

    def _withdraw(self, j: int, n: int | None, seats: int) -> None:
        self.live.withdraw(j, n)
        if n is None or n == seats:
            self.options.remove(j)
        left = 0 if n is None else seats - n
        promised = sorted(i for i, option in self.frozen.items() if option == j)
        self.destroyed = set(promised[left:])
        for i in self.destroyed:
            del self.frozen[i]

    def add_option(self) -> None:
        if len(self.options) < 4:
            self.options.append(self.live.add_option(self._edges(self.workers), int(self.rng.integers(1, 4))))

    def freeze(self) -> None:
        choice = self.live.plan().choice
        seated = [i for i in self.workers if choice[i] >= 0]
        told = [(i, int(choice[i])) for i in seated if self.rng.random() < 0.3]
        self.live.freeze(told)
        self.frozen.update(told)

    def thaw(self) -> None:
        let_go = [i for i in self.frozen if self.rng.random() < 0.5]
        self.live.thaw(let_go)
        for i in let_go:
            del self.frozen[i]
