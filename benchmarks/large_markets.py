"""Markets of millions of pairs, made by a compiled loop that needs no more room than the market itself.

Shaped as the families of tests/engines/matching/markets.py: people and options on a ring, one pair in seven far away,
values from a logistic curve, seats for four workers in five. Here every worker has exactly as many pairs as asked.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from zaigang.engines.matching import Market

Reals = NDArray[np.float64]
Names = NDArray[np.int32]
#: Of five workers four find a seat.
SEATS = 0.8
TOP = 10_000


def large_market(name: str, *, workers: int, options: int, pairs: int, seed: int) -> Market:
    """One of `base`, `coarse`, `concentrated`, `common`, `scarce`; the same seed makes the same market."""
    rng = np.random.default_rng(seed)
    place, other = rng.random(workers), rng.random(options)
    if name == "concentrated":
        place[rng.random(workers) < 0.5] *= 0.05
    common = name == "common"
    liking = (2 if common else 1) * rng.normal(size=options)
    option, value = np.empty(workers * pairs, np.int32), np.empty(workers * pairs, np.int32)
    _fill(
        rng, place, other, np.argsort(other).astype(np.int32), liking, pairs, 0.02 if common else 0.7,
        0.0 if common else 1.0, TOP // 10 if name == "coarse" else 1, option, value,
    )  # fmt: skip
    first = np.arange(workers + 1, dtype=np.int64) * pairs
    if name == "scarce":
        return Market(*_half(rng, first, option, value), np.ones(options, np.int32))
    return Market(first, option, value, _seats(rng, workers, options))


@njit(cache=True)
def _fill(
    rng: np.random.Generator, place: Reals, other: Reals, order: Names, liking: Reals, pairs: int, noise: float,
    own: float, level: int, option: Names, value: Names,
) -> None:  # fmt: skip
    """The pairs of each worker, sorted and each once. `own`: how much the worker and the way count."""
    options, near = len(other), pairs - pairs // 7
    sorted_places = other[order]
    for i in range(len(place)):
        middle, base = np.searchsorted(sorted_places, place[i]), i * pairs
        employable = 0.5 * rng.normal()
        count = 0
        while count < pairs:
            step = rng.integers(-4 * near, 4 * near)
            j = order[(middle + step) % options] if count < near else rng.integers(0, options)
            count += _insert(option, base, count, j)
        for edge in range(base, base + pairs):
            j = option[edge]
            away = abs(place[i] - other[j])
            score = liking[j] + noise * rng.normal() + own * (employable - 3 * min(away, 1 - away))
            value[edge] = max(1, int(TOP / (1 + np.exp(-score))) // level * level)


@njit(cache=True)
def _insert(option: Names, base: int, count: int, j: int) -> int:
    """Put j where it belongs; 0 if it is there already, else 1."""
    k = count
    while k > 0 and option[base + k - 1] > j:
        k -= 1
    if k > 0 and option[base + k - 1] == j:
        return 0
    for m in range(count, k, -1):
        option[base + m] = option[base + m - 1]
    option[base + k] = j
    return 1


def _half(
    rng: np.random.Generator, first: NDArray[np.int64], option: Names, value: Names
) -> tuple[NDArray[np.int64], Names, Names]:
    kept = rng.random(len(option), np.float32) < 0.5
    again = np.zeros(len(first), np.int64)
    np.cumsum(np.add.reduceat(kept, first[:-1], dtype=np.int64), out=again[1:])
    return again, option[kept], value[kept]


def _seats(rng: np.random.Generator, workers: int, options: int) -> Names:
    """70 % of the options have one seat, some a few, some many."""
    kind = rng.random(options)
    many = np.where(kind < 0.93, rng.integers(2, 6, options), rng.integers(10, 31, options))
    seats = np.where(kind < 0.7, 1, many)
    return np.maximum(1, np.round(seats * (SEATS * workers / seats.sum()))).astype(np.int32)
