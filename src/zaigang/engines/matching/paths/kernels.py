"""The loops over paths, compiled. Values and prices are in fine units (sides.py says how fine)."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept

Counts = NDArray[np.int64]
Names = NDArray[np.int32]
Reals = NDArray[np.float64]


@kept
def by_vacancy(first: Counts, place: Names, worth: Counts) -> tuple[Counts, Names, Names, Counts]:
    """One pair for each worker and vacancy: the best of the paths between them, where one is worth anything.

    `place` (E) is a path's vacancy, all paths of a pair side by side. Returns the pairs as in Market: first (N+1),
    option, value; and the path that each stands for.
    """
    start = np.zeros(len(first), np.int64)
    option, value = np.empty(len(place), np.int32), np.empty(len(place), np.int32)
    path = np.empty(len(place), np.int64)
    pairs = 0
    for i in range(len(first) - 1):
        for k in range(first[i], first[i + 1]):
            if worth[k] <= 0:
                continue
            if pairs > start[i] and option[pairs - 1] == place[k]:
                if worth[k] > value[pairs - 1]:
                    value[pairs - 1], path[pairs - 1] = worth[k], k
                continue
            option[pairs], value[pairs], path[pairs] = place[k], worth[k], k
            pairs += 1
        start[i + 1] = pairs
    return start, option[:pairs], value[:pairs], path[:pairs]


@kept
def class_gains(
    first: Counts, training: Names, place: Names, worth: Counts, price: Reals, classes: int, share: Reals,
    favour: float, most: int,
) -> tuple[Counts, Names, Names]:  # fmt: skip
    """What each class seat would bring its taker beyond what is open without one, at the vacancies' prices.

    `share` (E) tells how much of each path is taken in plans so far; a class counts as much of `favour` more as was
    in it, and less as was in none. Returns the pairs of workers and classes with a gain, `most` at most: first (N+1),
    class, gain.
    """
    start = np.zeros(len(first), np.int64)
    name, gain = np.empty(len(place), np.int32), np.empty(len(place), np.int32)
    best, inside = np.zeros(classes), np.zeros(classes)
    pairs = 0
    for i in range(len(first) - 1):
        best[:], inside[:] = 0, 0
        alone, without = 0.0, 1.0
        for k in range(first[i], first[i + 1]):
            left, c = worth[k] - price[place[k]], training[k]
            if c < 0:
                alone = max(alone, left)
                continue
            best[c] = max(best[c], left)
            inside[c] += share[k]
            without -= share[k]
        for k in range(first[i], first[i + 1]):
            c = training[k]
            if c < 0 or best[c] <= 0:
                continue
            more = best[c] - alone + favour * (inside[c] - without)
            best[c] = 0
            if more >= 1:
                name[pairs], gain[pairs] = c, int(min(more, most))
                pairs += 1
        start[i + 1] = pairs
    return start, name[:pairs], gain[:pairs]
