"""What parts and the exchange say to each other: columns of numbers, which any executor can send."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Bids:
    """New bids on options at the border, by option, worker and amount; `active` rows of the part had to bid.

    Answered by `Lists`: of each option named the bids that stand, one list after the other.
    """

    option: NDArray[np.int32]
    worker: NDArray[np.int32]
    amount: NDArray[np.float64]
    active: int


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """The lists of seats of some options: `count` (one for each), and `bid` and `worker` of all, in that order."""

    option: NDArray[np.int32]
    count: NDArray[np.int32]
    bid: NDArray[np.float64]
    worker: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Seats:
    """Where contested workers sit (`option`, -1 nowhere), what the pair is worth, and what the worker keeps of it.

    `empty` is what the part's free seats were worth when the round began.
    """

    worker: NDArray[np.int32]
    option: NDArray[np.int32]
    worth: NDArray[np.int32]
    profit: NDArray[np.float64]
    empty: float = 0.0

    def only(self, which: NDArray[np.bool_]) -> "Seats":
        return Seats(self.worker[which], self.option[which], self.worth[which], self.profit[which])
