"""Invented workers and options for tests and benchmarks, and the rules written a second time, as plainly as can be."""

import dataclasses
import math

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.candidates import Options, Rules, Workers

World = tuple[Workers, Options, Rules]
Rng = np.random.Generator


def small_world(rng: Rng) -> World:
    """A few of everything: each rule is broken often, ties are frequent, some wages are not stated."""
    n, m, codes = int(rng.integers(0, 9)), int(rng.integers(0, 25)), int(rng.integers(1, 5))
    excluded = rng.random((n, m)) < rng.choice([0.0, 0.15])
    workers = Workers(
        skills=_skills(rng, n, 0.4), x=rng.integers(-900, 900, n), y=rng.integers(-900, 900, n),
        reach=rng.choice([0, 300, 900, 3000], n), wage_floor=rng.choice([0, 2000, 3000], n),
        occupation=rng.integers(0, codes, n), certificates=_bits(rng, n, 0.6), statuses=_bits(rng, n, 0.3),
        refuses=_bits(rng, n, 0.2),
        excluded_first=np.concatenate([[0], np.cumsum(excluded.sum(axis=1))]).astype(np.int64),
        excluded=np.nonzero(excluded)[1],
    )  # fmt: skip
    options = Options(
        required=_skills(rng, m, 0.15), useful=_skills(rng, m, 0.15), x=rng.integers(-900, 900, m),
        y=rng.integers(-900, 900, m), wage=rng.choice([-1, 0, 1999, 2000, 3500, 9000], m),
        occupation=rng.integers(0, codes, m), certificates=_bits(rng, m, 0.15), reserved=_bits(rng, m, 0.05),
        barred=_bits(rng, m, 0.1), traits=_bits(rng, m, 0.1), capacity=rng.integers(1, 4, m),
    )  # fmt: skip
    nearness = rng.choice([0, 1, 33, 50, 100], (codes, codes)).astype(np.uint8)
    return workers, options, Rules(nearness, least_required=int(rng.choice([0, 34, 50, 100])))


def _bits(rng: Rng, rows: int, share: float) -> NDArray[np.uint64]:
    """Six codes, the last of them bit 63: the sign of a signed number."""
    weights = np.array([1, 2, 4, 8, 1 << 40, 1 << 63], np.uint64)
    return ((rng.random((rows, 6)) < share) * weights).sum(axis=1, dtype=np.uint64)


def _skills(rng: Rng, rows: int, share: float) -> NDArray[np.uint64]:
    """Eight skills, the first and the last of the 640 among them."""
    sets = np.zeros((rows, 10), np.uint64)
    for skill in (0, 1, 62, 63, 64, 320, 638, 639):
        sets[:, skill >> 6] |= (rng.random(rows) < share).astype(np.uint64) << np.uint64(skill & 63)
    return sets


def _sets(rows: NDArray[np.uint64]) -> list[set[int]]:
    """The numbers of the bits of each row, by reading the number in binary."""
    found = []
    for words in (rows if rows.ndim == 2 else rows[:, None]).tolist():
        found.append(
            {64 * k + b for k, word in enumerate(words) for b in range(word.bit_length()) if word >> b & 1}
        )
    return found


class Plain:
    """The rules from the words of `Rejection` and `Weights`: sets, whole numbers of any size, no index."""

    def __init__(self, world: World) -> None:
        self.workers, self.options, self.rules = world
        self.of_worker = {
            name: _sets(getattr(world[0], name)) for name in ("skills", "certificates", "statuses", "refuses")
        }
        self.of_option = {
            name: _sets(getattr(world[1], name))
            for name in ("required", "useful", "certificates", "reserved", "barred", "traits")
        }
        self.table = [[self._rejections(i, j) for j in range(len(world[1]))] for i in range(len(world[0]))]

    def _square(self, i: int, j: int) -> int:
        w, o = self.workers, self.options
        return (int(w.x[i]) - int(o.x[j])) ** 2 + (int(w.y[i]) - int(o.y[j])) ** 2

    def _nearness(self, i: int, j: int) -> int:
        return int(self.rules.nearness[self.workers.occupation[i], self.options.occupation[j]])

    def _rejections(self, i: int, j: int) -> int:
        w, o = self.workers, self.options
        has = {name: sets[i] for name, sets in self.of_worker.items()}
        asks = {name: sets[j] for name, sets in self.of_option.items()}
        broken = [
            self._square(i, j) > int(w.reach[i]) ** 2,
            0 <= o.wage[j] < w.wage_floor[i],
            not asks["certificates"] <= has["certificates"],
            self._nearness(i, j) == 0,
            100 * len(asks["required"] & has["skills"]) < self.rules.least_required * len(asks["required"]),
            not asks["reserved"] <= has["statuses"],
            bool(asks["barred"] & has["statuses"]),
            bool(asks["traits"] & has["refuses"])
            or j in w.excluded[w.excluded_first[i] : w.excluded_first[i + 1]].tolist(),
        ]
        return sum(1 << k for k, is_broken in enumerate(broken) if is_broken)

    def score(self, i: int, j: int) -> int:
        has, weights = self.of_worker["skills"][i], self.rules.weights
        need, use = self.of_option["required"][j], self.of_option["useful"][j]
        reach, wage = int(self.workers.reach[i]), int(self.options.wage[j])
        found = 1 + weights.occupation * self._nearness(i, j) // 100
        found += weights.required * len(need & has) // len(need) if need else weights.required
        found += weights.useful * len(use & has) // len(use) if use else 0
        found += weights.near * (reach - math.isqrt(self._square(i, j))) // reach if reach else weights.near
        if wage >= 0:
            more = min(wage - int(self.workers.wage_floor[i]), self.rules.wage_span)
            found += weights.wage * more // self.rules.wage_span
        return found

    def best_pairs(self, best: int) -> list[tuple[int, int, int]]:
        """(worker, option, score) of all pairs that a search should keep, sorted."""
        kept = []
        for i, row in enumerate(self.table):
            possible = [(-self.score(i, j), j) for j, bits in enumerate(row) if bits == 0]
            kept += [(i, j, -value) for value, j in sorted(possible)[:best]]
        return sorted(kept)

    def tally(self, i: int) -> tuple[int, list[int], list[int]]:
        """Over all options: how many are possible, how many break each rule, and how many that rule alone."""
        row = self.table[i]
        rejected = [sum(bits >> k & 1 for bits in row) for k in range(8)]
        return row.count(0), rejected, [row.count(1 << k) for k in range(8)]


def picked(workers: Workers, rows: NDArray[np.int64] | list[int]) -> Workers:
    """Some of the workers, any number of times, without what they excluded by name."""
    names = [field.name for field in dataclasses.fields(Workers) if not field.name.startswith("excluded")]
    return Workers(**{name: getattr(workers, name)[rows] for name in names})


def picked_options(options: Options, rows: NDArray[np.int64] | list[int]) -> Options:
    return Options(
        **{field.name: getattr(options, field.name)[rows] for field in dataclasses.fields(Options)}
    )
