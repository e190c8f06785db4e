"""Markets for tests: small ones that brute force can settle, and hard families in the middle."""

from itertools import product

import numpy as np

from zaigang.engines.matching import Market, market_from_edges


def random_market(
    rng: np.random.Generator,
    *,
    most_workers: int = 5,
    most_options: int = 4,
    values: tuple[int, int] = (1, 12),
) -> Market:
    """A few workers, options and seats; any pair may be missing, ties are frequent."""
    workers, options = int(rng.integers(0, most_workers + 1)), int(rng.integers(1, most_options + 1))
    allowed = rng.random((workers, options)) < rng.choice([0.3, 0.7, 1.0])
    who, what = np.nonzero(allowed)
    value = rng.integers(values[0], values[1] + 1, len(who))
    return market_from_edges(who, what, value, workers=workers, capacity=rng.integers(1, 4, options))


def best_by_trying(market: Market, *, place_all: bool = False) -> tuple[int, int]:
    """(placed, value) of the best plan, found by looking at every plan there is.

    With `place_all` the number of placed workers comes first; else only the value counts and `placed` is not told (0).
    """
    first, option, value = market.first.tolist(), market.option.tolist(), market.value.tolist()
    choices = [
        [(-1, 0), *((option[edge], value[edge]) for edge in range(first[i], first[i + 1]))]
        for i in range(market.workers)
    ]
    found = []
    for plan in product(*choices):
        taken = np.bincount([place for place, _ in plan if place >= 0], minlength=market.options)
        if (taken <= market.capacity).all():
            found.append((int(taken.sum()) if place_all else 0, sum(worth for _, worth in plan)))
    return max(found)


def family(name: str, *, workers: int, options: int, pairs: int, seed: int) -> Market:
    """The five families on which methods fail: base, coarse (ties), concentrated, common (ranked alike), scarce."""
    rng = np.random.default_rng(seed)
    place, other = rng.random(workers), rng.random(options)
    if name == "concentrated":
        place[rng.random(workers) < 0.5] *= 0.05
    order = np.argsort(other)
    near = pairs - pairs // 7
    middle = np.searchsorted(other[order], place)[:, None]
    close = order[(middle + rng.integers(-4 * near, 4 * near, (workers, near))) % options]
    what = np.concatenate([close, rng.integers(0, options, (workers, pairs - near))], axis=1)
    away = np.abs(place[:, None] - other[what])
    liking = 2 if name == "common" else 1
    noise = 0.02 if name == "common" else 0.7
    score = liking * rng.normal(size=options)[what] + noise * rng.normal(size=what.shape)
    if name != "common":
        score += 0.5 * rng.normal(size=workers)[:, None] - 3 * np.minimum(away, 1 - away)
    value = np.maximum(1, (10000 / (1 + np.exp(-score))).astype(np.int64))
    if name == "coarse":
        value = np.maximum(1, value // 1000 * 1000)
    kept = rng.random(what.shape) < (0.5 if name == "scarce" else 1.0)
    who = np.repeat(np.arange(workers), pairs)[kept.ravel()]
    _, once = np.unique(who * options + what.ravel()[kept.ravel()], return_index=True)
    return market_from_edges(
        who[once], what.ravel()[kept.ravel()][once], value.ravel()[kept.ravel()][once],
        workers=workers, capacity=_seats(name, rng, workers, options),
    )  # fmt: skip


def _seats(name: str, rng: np.random.Generator, workers: int, options: int) -> np.ndarray:
    """70 % of the options have one seat, some a few, some many; four seats for five workers."""
    if name == "scarce":
        return np.ones(options, np.int64)
    kind = rng.random(options)
    seats = np.where(
        kind < 0.7, 1, np.where(kind < 0.93, rng.integers(2, 6, options), rng.integers(10, 31, options))
    )
    return np.maximum(1, np.round(seats * (0.8 * workers / seats.sum()))).astype(np.int64)
