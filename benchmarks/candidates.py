"""The search for candidates: every pair at 2,000 x 20,000, and the index at 1,000,000 x 400,000, best 40 of each.

CPU time of all threads, the compiler apart; every pair is the best of five runs, the index runs once. Pairs a second
on two threads are twice those of one CPU second, and seconds on two threads half the CPU seconds. The world is
invented: 300 towns, 600 occupations, wages and skills drawn by chance;
about a fifth of the options looked at break no rule.
"""

import resource
import time

import numpy as np
from numpy.typing import NDArray

from benchmarks.verdicts import verdict
from zaigang.engines.matching.candidates import CELL, Candidates, Options, Rules, Workers, find_candidates

PAIRS_AT_LEAST, SECONDS_AT_MOST = 40e6, 120.0
ROUNDS = 5
World = tuple[Workers, Options, Rules]


def world(workers: int, options: int, *, towns: int, seed: int = 1) -> World:
    """People and options around towns of different size on a square of 2,000 km; work near the worker's own."""
    rng = np.random.default_rng(seed)
    centre, size = rng.uniform(-1e6, 1e6, (2, towns)), rng.pareto(1.2, towns) + 0.2
    size /= size.sum()
    people = Workers(
        skills=_skills(rng, workers, 60), **_places(rng, workers, centre, size),
        reach=rng.integers(5_000, 30_000, workers), wage_floor=rng.integers(1500, 4000, workers),
        occupation=rng.integers(0, 600, workers), certificates=_codes(rng, workers, 0.5),
        statuses=_codes(rng, workers, 0.2), refuses=_codes(rng, workers, 0.1),
    )  # fmt: skip
    places = Options(
        required=_skills(rng, options, 6), useful=_skills(rng, options, 8), **_places(rng, options, centre, size),
        wage=rng.integers(2000, 8000, options), occupation=rng.integers(0, 600, options),
        certificates=_codes(rng, options, 0.1), reserved=_codes(rng, options, 0.01),
        barred=_codes(rng, options, 0.02), traits=_codes(rng, options, 0.1), capacity=rng.integers(1, 6, options),
    )  # fmt: skip
    nearness = np.where(rng.random((600, 600)) < 0.04, rng.integers(20, 90, (600, 600)), 0)
    np.fill_diagonal(nearness, 100)
    return people, places, Rules(nearness, least_required=10)


def _places(
    rng: np.random.Generator, rows: int, centre: NDArray[np.float64], size: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    town = rng.choice(len(size), rows, p=size)
    spread = 4_000 + 30_000 * np.sqrt(size[town])
    x, y = centre[:, town] + rng.normal(size=(2, rows)) * spread
    return {"x": x, "y": y}


def _skills(rng: np.random.Generator, rows: int, each: int) -> NDArray[np.uint64]:
    sets = np.zeros((rows, 10), np.uint64)
    for _ in range(each):
        skill = rng.integers(0, 640, rows)
        sets[np.arange(rows), skill >> 6] |= np.uint64(1) << (skill & 63).astype(np.uint64)
    return sets


def _codes(rng: np.random.Generator, rows: int, share: float) -> NDArray[np.uint64]:
    return (rng.random((rows, 4)) < share).dot(np.array([1, 2, 4, 8])).astype(np.uint64)


def _timed(made: World, *, cell: int | None, threads: int = 2) -> tuple[float, float, Candidates]:
    """CPU seconds, seconds on the wall, and what was found."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = find_candidates(*made, cell=cell, threads=threads)
    return time.process_time() - cpu, time.perf_counter() - wall, found


def _same(one: Candidates, other: Candidates) -> bool:
    names = ("first", "option", "value")
    return all((getattr(one.market, n) == getattr(other.market, n)).all() for n in names)


def _every_pair() -> bool:
    made = world(2_000, 20_000, towns=3)
    runs = [_timed(made, cell=None) for _ in range(ROUNDS)]
    cpu, wall = (min(run[k] for run in runs) for k in (0, 1))
    rate = 2 * 4e7 / cpu
    _, _, near = _timed(made, cell=CELL)
    assert _same(runs[0][2], near), "the index found another market"
    print(
        f"every pair, 2,000 x 20,000: {cpu:.3f} s CPU, {wall:.3f} s on the wall; the index finds the same market"
    )
    kept = rate >= PAIRS_AT_LEAST
    print(
        f"{rate / 1e6:.0f} million pairs a second on two threads (at least {PAIRS_AT_LEAST / 1e6:.0f}):"
        f" {verdict(kept)}"
    )
    return kept


def _cells() -> None:
    made = world(200_000, 80_000, towns=60)
    print("200,000 x 80,000: cell m  CPU s  looked at / worker")
    for cell in (1_000, 2_500, 5_000, 10_000, 20_000):
        cpu, _, found = _timed(made, cell=cell)
        print(f"{cell:24} {cpu:6.2f} {found.looked_at.mean():10.0f}", flush=True)


def _nation() -> bool:
    made = world(1_000_000, 400_000, towns=300)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu, wall, found = _timed(made, cell=CELL)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"the index, 1,000,000 x 400,000: {cpu:.1f} s CPU, {wall:.1f} s on the wall with two threads;"
        f" {found.market.edges:,} pairs, {found.looked_at.mean():.0f} options looked at and"
        f" {found.possible.mean():.0f} possible for a worker; at most {after / 1e6:.1f} GB, {before / 1e6:.1f} of them"
        " for making the world"
    )
    kept = cpu / 2 <= SECONDS_AT_MOST
    print(f"{cpu / 2:.0f} s on two threads of their own (at most {SECONDS_AT_MOST:.0f}): {verdict(kept)}")
    return kept


def main() -> bool:
    """Print the figures; whether both bars were kept."""
    began = time.process_time()
    tiny = world(10, 10, towns=1)
    for cell in (None, CELL):
        find_candidates(*tiny, cell=cell)
    print(f"first call, compiler or its cache included: {time.process_time() - began:.2f} s CPU")
    fast = _every_pair()
    _cells()
    return _nation() and fast


if __name__ == "__main__":
    raise SystemExit(not main())
