"""The planner and other people's solvers on the same markets, and what plans without a solver are worth.

CPU seconds of solving alone, medians; building a solver's own form of the market is left out on their side, sorting
and proof are inside on ours. Rounds of all take turns. At 50,000 the slow ones run once, each in a process of its own
that the system ends at its limit of CPU time (imports and building included). Who is not installed is named.

`--write` keeps the figures for the plot (docs/benchmarks/matching-peers.json, plot_matching.py);
`--million` adds 1,000,000 x 400,000; `--long` gives the slow ones twenty minutes.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.large_markets import large_market
from benchmarks.peers import PEERS
from tests.engines.matching.markets import family
from zaigang.engines.matching import Market, solve

FILE = Path(__file__).parent.parent / "docs" / "benchmarks" / "matching-peers.json"
#: workers, options, pairs each, rounds
SIZES = ((1_419, 600, 40, 9), (5_000, 2_000, 40, 5), (50_000, 20_000, 40, 3))
MILLION = (1_000_000, 400_000, 20, 1)
OURS = {"Zaigang, proved optimum": None, "Zaigang, proved within 0.1 %": 0.001}
#: CPU seconds.
LIMIT, LONG = 240, 1200
#: At this size a solver other than the fastest is run once, above it not at all.
ONCE, FASTEST = 50_000, "OR-Tools min-cost flow"


@dataclass(slots=True)
class Row:
    workers: int
    options: int
    pairs: int
    solver: str
    #: CPU seconds of each round; none where the limit came first or the solver is missing.
    seconds: list[float]
    value: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def the_market(workers: int, options: int, pairs: int) -> Market:
    make: Callable[..., Market] = large_market if workers > ONCE else family
    return make("base", workers=workers, options=options, pairs=pairs, seed=1)


def _cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def _one_of_ours(market: Market, gap: float | None, row: Row) -> None:
    seconds, plan = _cpu(lambda: solve(market, gap=gap))
    proof = plan.certificate
    assert proof.feasible and (proof.optimal if gap is None else proof.gap <= gap)
    row.seconds.append(seconds)
    row.value, row.note = float(proof.objective), f"gap {proof.gap:.4%}"


def alone(solver: str, size: tuple[int, int, int], limit: int) -> None:
    """In a process of its own: prints what one solver took, as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    try:
        work = PEERS[solver][0](the_market(*size))
    except ImportError as missing:
        print(json.dumps([[], None, f"{missing.name} is not installed"]))
        return
    seconds, value = _cpu(work)
    print(json.dumps([[seconds], value, ""]))


def _alone(row: Row, limit: int) -> None:
    size = f"{row.workers},{row.options},{row.pairs}"
    given = ["--solver", row.solver, "--size", size, "--limit", str(limit)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.matching_peers", *given],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        ended = "Traceback" not in done.stderr
        row.note = f"> {limit}" if ended else done.stderr.strip().splitlines()[-1]
        return
    seconds, row.value, row.note = json.loads(done.stdout.splitlines()[-1])
    row.seconds += seconds


def _here(row: Row, market: Market) -> None:
    try:
        work = PEERS[row.solver][0](market)
    except ImportError as missing:
        row.note = f"{missing.name} is not installed"
        return
    seconds, row.value = _cpu(work)
    row.seconds.append(seconds)


def measure(workers: int, options: int, pairs: int, rounds: int, limit: int) -> list[Row]:
    market = the_market(workers, options, pairs)
    rows = {name: Row(workers, options, pairs, name, []) for name in (*OURS, *PEERS)}
    for k in range(rounds):
        for name, gap in OURS.items():
            _one_of_ours(market, gap, rows[name])
        for name in PEERS:
            row, fast = rows[name], name == FASTEST and workers <= ONCE
            if not row.note and (workers < ONCE or fast):
                _here(row, market)
            elif k == 0 and (workers == ONCE or name == FASTEST):
                _alone(row, limit)
    return [row for row in rows.values() if row.seconds or row.note]


def agree(rows: list[Row]) -> None:
    """All that claim the optimum found the same; the others are as near as they say."""
    best = rows[0].value
    for row in rows[1:]:
        if row.value is None:
            continue
        exact = row.solver in PEERS and PEERS[row.solver][1]
        away = abs(row.value - best) if exact else abs(row.value - best) / best
        assert away < (0.5 if exact else 0.001), f"{row.solver} found {row.value}, not {best}"


@njit(cache=True)
def _taken(
    order: NDArray[np.int64], worker: NDArray[np.int32], option: NDArray[np.int32], value: NDArray[np.int32],
    capacity: NDArray[np.int32],
) -> int:  # fmt: skip
    """The value of the pairs that are taken when they are looked at in this order and taken wherever still possible."""
    free, placed, found = capacity.copy(), np.zeros(worker[-1] + 1, np.bool_), 0
    for pair in order:
        if not placed[worker[pair]] and free[option[pair]]:
            placed[worker[pair]] = True
            free[option[pair]] -= 1
            found += value[pair]
    return found


def without_a_solver(market: Market) -> tuple[int, int]:
    """Best pair first (greedy by score); everybody in turn takes the best that is left (first come, first served)."""
    worker = market.pairs()
    greedy = np.argsort(-market.value, kind="stable")
    in_turn = np.lexsort((-market.value, worker))
    given = worker, market.option, market.value, market.capacity
    return _taken(greedy, *given), _taken(in_turn, *given)


def _print(rows: list[Row]) -> None:
    ours = rows[0]
    for row in rows:
        took = f"{row.median:10.4f}" if row.seconds else f"{row.note:>10}"
        ratio = row.median / ours.median if row.seconds else 0
        times = f"{ratio:8.1f}" if ratio else f"{'':8}"
        value = "" if row.value is None else f"{row.value:16,.1f}"
        print(
            f"{row.workers:>9,} {row.solver:30} {took} {times} {value} {row.note if row.seconds else ''}",
            flush=True,
        )


def _baselines() -> None:
    print("what plans without a solver are worth, of the optimum: greedy by score, first come first served")
    for workers, options, pairs, _ in SIZES:
        for name in ("base", "coarse", "concentrated", "common", "scarce"):
            market = family(name, workers=workers, options=options, pairs=pairs, seed=1)
            best = solve(market).certificate.objective
            greedy, in_turn = (value / best for value in without_a_solver(market))
            print(f"{workers:>9,} {name:14} {greedy:7.1%} {in_turn:7.1%}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for flag in ("--write", "--million", "--long"):
        options.add_argument(flag, action="store_true")
    options.add_argument("--solver", choices=PEERS)
    options.add_argument("--size")
    options.add_argument("--limit", type=int)
    given = options.parse_args()
    if given.solver:
        workers, places, pairs = map(int, given.size.split(","))
        alone(given.solver, (workers, places, pairs), given.limit)
        return
    small = the_market(300, 100, 10)
    for gap in OURS.values():
        solve(small, gap=gap)
    rows: list[Row] = []
    print("  workers solver                          CPU s   x ours            value")
    for size in (*SIZES, MILLION) if given.million else SIZES:
        found = measure(*size, LONG if given.long else LIMIT)
        agree(found)
        _print(found)
        rows += found
        if given.write:
            FILE.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    _baselines()


if __name__ == "__main__":
    main()
