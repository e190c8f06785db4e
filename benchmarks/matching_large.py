"""The planner where the pairs no longer fit the caches: a million workers, and a nation's 1.8 million, on one thread.

CPU time is told in streaming passes: one compiled pass over all pairs in the workers' order that reads option and value
and gathers the option's price. Passes and solves take turns, the median of each; the compiler ran before. Each case
is a process of its own, so that its peak memory is its own. Market: large_markets.py.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks.large_markets import large_market
from benchmarks.verdicts import verdict
from zaigang.engines.matching import Market, Plan, solve

ROUNDS = 3
PASSES = 5
GAP = 0.001


@dataclass(frozen=True, slots=True)
class Case:
    workers: int
    options: int
    pairs: int
    family: str
    #: None: the optimum.
    gap: float | None
    #: Passes asked for, and reached for; GB that the process may take. 0: not asked.
    most: int
    reach: int
    memory: float


CASES = (
    Case(1_000_000, 400_000, 20, "base", GAP, 150, 40, 0),
    Case(1_000_000, 400_000, 20, "coarse", GAP, 150, 40, 0),
    Case(1_000_000, 400_000, 20, "concentrated", GAP, 150, 40, 0),
    Case(1_000_000, 400_000, 20, "common", GAP, 150, 40, 0),
    Case(1_000_000, 400_000, 20, "scarce", GAP, 150, 40, 0),
    Case(1_000_000, 400_000, 20, "base", None, 0, 0, 0),
    Case(1_800_000, 600_000, 25, "base", GAP, 250, 60, 6.0),
    Case(1_800_000, 600_000, 25, "common", GAP, 250, 60, 6.0),
)


@njit(cache=True)
def one_pass(option: NDArray[np.int32], value: NDArray[np.int32], price: NDArray[np.float64]) -> float:
    left = 0.0
    for edge in range(len(option)):
        left += max(0.0, value[edge] - price[option[edge]])
    return left


def _pass_seconds(market: Market, price: NDArray[np.float64]) -> list[float]:
    seconds = []
    for _ in range(PASSES):
        began = time.process_time()
        one_pass(market.option, market.value, price)
        seconds.append(time.process_time() - began)
    return seconds


def _solved(market: Market, gap: float | None) -> tuple[float, Plan]:
    began = time.process_time()
    plan = solve(market, gap=gap)
    return time.process_time() - began, plan


def _peak() -> float:
    """GB that this process took at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def measure(case: Case) -> tuple[str, bool]:
    """One line of the table, and whether the case kept its bar."""
    small = large_market(case.family, workers=300, options=100, pairs=10, seed=0)
    price = solve(small, gap=case.gap).price
    one_pass(small.option, small.value, price)
    market = large_market(case.family, workers=case.workers, options=case.options, pairs=case.pairs, seed=1)
    made = _peak()
    price = np.random.default_rng(0).uniform(0, 5000, case.options)
    passes, solves = _pass_seconds(market, price), []
    for _ in range(ROUNDS):
        seconds, plan = _solved(market, case.gap)
        passes += _pass_seconds(market, plan.price)
        solves.append(seconds)
    assert plan.certificate.feasible
    assert plan.certificate.optimal if case.gap is None else plan.certificate.gap <= case.gap
    one, all_of_it = statistics.median(passes), statistics.median(solves)
    kept = not case.most or (all_of_it / one <= case.most and (not case.memory or _peak() <= case.memory))
    line = (
        f"{case.workers:>9,} {case.options:>7,} {case.pairs:>5} {case.family:12} {_wanted(case):>7}"
        f" {all_of_it:7.2f} {one * 1e3:8.1f} {all_of_it / one:7.0f} {plan.certificate.gap:10.4%}"
        f" {made:7.2f} {_peak():6.2f}  {_words(case, all_of_it / one, kept)}"
    )
    return line, kept


def _wanted(case: Case) -> str:
    return "optimum" if case.gap is None else f"{case.gap:.1%}"


def _words(case: Case, passes: float, kept: bool) -> str:
    if not case.most:
        return "proved"
    reached = "reached" if passes <= case.reach else "not"
    return f"{verdict(kept)} (at most {case.most}), {reached} {case.reach}"


def main() -> bool:
    """Print the table; whether every case kept its bar."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--case", type=int, help="one case, in this process", choices=range(len(CASES)))
    case = options.parse_args().case
    if case is not None:
        line, kept = measure(CASES[case])
        print(line, flush=True)
        return kept
    print("  workers options pairs family        wanted   CPU s  pass ms  passes proved gap made GB peak GB")
    command = [sys.executable, "-m", "benchmarks.matching_large", "--case"]
    ended = [subprocess.run([*command, str(k)], check=False).returncode for k in range(len(CASES))]
    return not any(ended)


if __name__ == "__main__":
    raise SystemExit(not main())
