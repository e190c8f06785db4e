"""One side of the market when the other is settled: each is a plain market, and the auction plans it.

Values are counted in fine units, a power of two of them to one of the market's: class prices between whole values are
then whole numbers, and the auction gets them exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import solve, solve_near
from zaigang.engines.matching.paths import kernels
from zaigang.engines.matching.paths.problem import NONE, PathMarket
from zaigang.engines.matching.problem import LARGEST, LARGEST_SUM, Market

#: The most fine units to a unit, where the values leave room for it.
FINEST = 64
#: How closely class seats are given by what they would bring; the vacancies are planned anew after it.
CLASS_GAP = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The market, `worth` (E, int64) of its paths in fine units, `unit` of them to one of the market's.

    `place` (E) names the vacancy of a path; a class alone has a place of its own after them in `capacity`, with room
    for one more than there are people: it is never full and costs nothing.
    """

    market: PathMarket
    worth: NDArray[np.int64]
    place: NDArray[np.int32]
    capacity: NDArray[np.int32]
    unit: int


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """`path` (N, int64): each worker's path or -1. `price` of the places, in fine units."""

    path: NDArray[np.int64]
    price: NDArray[np.float64]


def sides_of(market: PathMarket) -> Sides:
    """The market as both sides need it."""
    highest, unit = int(market.value.max(initial=1)), FINEST
    while unit > 1 and (
        2 * highest * unit > LARGEST or 2 * highest * unit * (market.workers + 1) >= LARGEST_SUM
    ):
        unit //= 2
    place = np.where(market.option == NONE, market.options, market.option).astype(np.int32)
    capacity = np.append(market.capacity, market.workers + 1).astype(np.int32)
    return Sides(market, market.value.astype(np.int64) * unit, place, capacity, unit)


def vacancies(sides: Sides, worth: NDArray[np.int64], near: NDArray[np.float64] | None, gap: float) -> Taken:
    """The vacancies' side, by what each path is worth (E, fine units; nothing where it is not open).

    Classes have no limit here. `near` are prices of the places in a similar market.
    """
    first, option, value, path = kernels.by_vacancy(sides.market.first, sides.place, worth)
    plain = Market(first, option, value, sides.capacity)
    plan = solve(plain, gap=gap) if near is None else solve_near(plain, near, gap=gap)
    taken, people = plan.choice[plain.pairs()] == option, plain.pairs()
    chosen = np.full(sides.market.workers, NONE, np.int64)
    chosen[people[taken]] = path[taken]
    return Taken(chosen, plan.price)


def classes(
    sides: Sides, price: NDArray[np.float64], share: NDArray[np.float64], favour: float
) -> NDArray[np.int32]:
    """The classes' side at the vacancies' prices: the class (N) that each is given a seat in, or -1.

    What people take in plans so far (`share`, of each path) is preferred by up to `favour` fine units: of equals at
    these prices not all would find a vacancy.
    """
    market = sides.market
    most = min(LARGEST, (LARGEST_SUM - 1) // (market.workers + 1))  # with the favour on top it might be more
    first, name, gain = kernels.class_gains(
        market.first, market.training, sides.place, sides.worth, price, market.trainings, share, favour, most
    )
    return solve(Market(first, name, gain, market.seats), gap=CLASS_GAP).choice


def held_class(market: PathMarket, path: NDArray[np.int64]) -> NDArray[np.int32]:
    """The class (N) on each worker's path, or -1."""
    return np.append(market.training, np.int32(NONE))[path]  # NONE, -1, finds the last entry


def repaired(
    sides: Sides, price: NDArray[np.float64], share: NDArray[np.float64], favour: float, gap: float
) -> Taken:  # fmt: skip
    """A plan within all seats, near plans that take too many in classes: classes first, then the vacancies anew."""
    at, market = classes(sides, price, share, favour), sides.market
    open_to = (market.training == NONE) | (market.training == at[market.people()])
    return vacancies(sides, np.where(open_to, sides.worth, 0), price, gap)
