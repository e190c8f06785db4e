"""The planner in parts: rounds, proof and cost on the five hard families, then a million workers on two processes.

The ring of the families is cut into arcs, as a country into regions; one pair in seven leads anywhere. A round is one
call to all parts. CPU time is that of all parts together; instances are invented.
"""

import logging
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.large_markets import large_market
from benchmarks.matching import FAMILIES
from benchmarks.verdicts import verdict
from tests.engines.matching.markets import family
from zaigang.engines.matching import Market, solve
from zaigang.engines.matching.partition import Executor, InProcess, OnDask, solve_partitioned

WORKERS, OPTIONS, PAIRS, SEED = 50_000, 20_000, 40, 1
MANY_WORKERS, MANY_OPTIONS, MANY_PAIRS, MANY_PARTS = 1_000_000, 400_000, 20, 8
GAP, MOST_ROUNDS = 0.001, 80


def arcs(workers: int, options: int, *, seed: int, parts: int) -> NDArray[np.int64]:
    """The arc of the ring on which each option of a family lies."""
    rng = np.random.default_rng(seed)
    rng.random(workers)
    return np.minimum((rng.random(options) * parts).astype(np.int64), parts - 1)


def _warm() -> None:
    """The loops loaded before anything is timed."""
    small = family("base", workers=2_000, options=800, pairs=20, seed=SEED)
    for gap in (GAP, GAP / 100):  # the second needs bids too
        solve(small, gap=gap)
        solve_partitioned(small, arcs(2_000, 800, seed=SEED, parts=2), gap=gap)


def main() -> bool:
    """Print the table; whether eight parts kept to the rounds allowed."""
    _warm()
    print("family        parts  rounds  rows sent a worker  proved gap  in one piece  CPU s  in one piece")
    late = []
    for name in FAMILIES:
        market = family(name, workers=WORKERS, options=OPTIONS, pairs=PAIRS, seed=SEED)
        began = time.process_time()
        whole = solve(market, gap=GAP).certificate.gap
        alone = time.process_time() - began
        for parts in (2, 8, 32):
            rounds = _measure(name, market, parts, whole, alone)
            late += [name] if parts == 8 and rounds > MOST_ROUNDS else []
    print(f"eight parts, at most {MOST_ROUNDS} rounds: {verdict(not late)} {', '.join(late)}")
    _many()
    return not late


def _measure(name: str, market: Market, parts: int, whole: float, alone: float) -> int:
    owner = arcs(WORKERS, OPTIONS, seed=SEED, parts=parts)
    began = time.process_time()
    plan, journey = solve_partitioned(market, owner, gap=GAP)
    seconds = time.process_time() - began
    assert plan.certificate.feasible and plan.certificate.gap <= GAP
    print(
        f"{name:13} {parts:5} {journey.rounds:7} {journey.rows / WORKERS:19.1f} {plan.certificate.gap:11.3%} "
        f"{whole:13.3%} {seconds:6.2f} {alone:13.2f}",
        flush=True,
    )
    return journey.rounds


def _many() -> None:
    market = large_market("base", workers=MANY_WORKERS, options=MANY_OPTIONS, pairs=MANY_PAIRS, seed=SEED)
    _on("two threads", market, InProcess(threads=2))
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        print("Dask: skipped, the extra is not installed (pip install zaigang[dask])")
        return
    # No pages served, and no complaint of a worker that is told to stop in the middle of a heartbeat.
    quiet: dict[str, Any] = {
        "dashboard_address": None, "worker_dashboard_address": None, "silence_logs": logging.CRITICAL
    }  # fmt: skip
    two = LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", **quiet)
    with two, Client(two) as client:
        _on("two Dask processes", market, OnDask(client))


def _on(where: str, market: Market, executor: Executor) -> None:
    owner = arcs(MANY_WORKERS, MANY_OPTIONS, seed=SEED, parts=MANY_PARTS)
    began = time.perf_counter()
    plan, journey = solve_partitioned(market, owner, gap=GAP, executor=executor)
    print(
        f"{MANY_WORKERS:,} x {MANY_OPTIONS:,} x {MANY_PAIRS}, {MANY_PARTS} parts, {where}: {journey.rounds} rounds, "
        f"{time.perf_counter() - began:.1f} s on the wall, proved gap {plan.certificate.gap:.3%}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(not main())
