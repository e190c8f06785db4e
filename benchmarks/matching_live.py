"""One event re-planned against a full solve at 50,000 x 20,000 x 40, and the proved gap after 10,000 of them.

`python -m benchmarks.matching_live [family ...]`
"""

import sys
import time

import numpy as np

from benchmarks.verdicts import verdict
from tests.engines.matching.markets import family
from zaigang.engines.matching import Market, solve
from zaigang.engines.matching.incremental import Live

FAMILIES = ("base", "coarse", "concentrated", "common", "scarce")
EVENTS = 10_000
GAP = 0.001
AT_LEAST = 1000
KINDS = (
    "worker comes",
    "worker leaves",
    "seat more",
    "seat less",
    "option withdrawn",
    "option comes",
    "freeze",
    "thaw",
)
UP_TO = np.cumsum((0.25, 0.25, 0.16, 0.16, 0.04, 0.04, 0.05))


class Stream:
    """Events as they might come; what an event is made of is drawn before the clock runs, one by one, so that the
    drawing does not empty the processor's caches."""

    def __init__(self, market: Market, live: Live, rng: np.random.Generator) -> None:
        self.market, self.live, self.rng = market, live, rng
        self.here, self.open = list(range(market.workers)), list(range(market.options))
        self.seats = dict(enumerate(market.capacity.tolist()))
        self.frozen: list[int] = []

    def one(self) -> tuple[str, float]:
        kind = KINDS[int(np.searchsorted(UP_TO, self.rng.random()))]
        return kind, getattr(self, kind.replace(" ", "_"))()

    def _timed(self, event: str, *given: object) -> float:
        began = time.process_time()
        self.result = getattr(self.live, event)(*given)
        return time.process_time() - began

    def _one_of(self, many: list[int]) -> int:
        return many[int(self.rng.integers(len(many)))]

    def _drawn(self, many: list[int]) -> int:
        k = int(self.rng.integers(len(many)))
        many[k], many[-1] = many[-1], many[k]
        return many.pop()

    def worker_comes(self) -> float:
        i = int(self.rng.integers(self.market.workers))
        rows = slice(self.market.first[i], self.market.first[i + 1])
        edges = np.column_stack([self.market.option[rows], self.market.value[rows]])
        edges = edges[[int(j) in self.seats for j in edges[:, 0]]]
        seconds = self._timed("add_worker", edges)
        self.here.append(self.result)
        return seconds

    def worker_leaves(self) -> float:
        return self._timed("drop_worker", self._drawn(self.here))

    def seat_more(self) -> float:
        j = self._one_of(self.open)
        self.seats[j] += 1
        return self._timed("add_seats", j, 1)

    def seat_less(self) -> float:
        j = self._one_of(self.open)
        if self.seats[j] == 1:
            return self.seat_more()
        self.seats[j] -= 1
        return self._timed("withdraw", j, 1)

    def option_withdrawn(self) -> float:
        j = self._drawn(self.open)
        del self.seats[j]
        return self._timed("withdraw", j)

    def option_comes(self) -> float:
        who = self.rng.choice(len(self.here), 100, replace=False)
        edges = np.column_stack([[self.here[k] for k in who], self.rng.integers(1, 10_000, 100)])
        seconds = self._timed("add_option", edges, 2)
        self.open.append(self.result)
        self.seats[self.result] = 2
        return seconds

    def freeze(self) -> float:
        i = self._one_of(self.here)
        j = int(self.live._book.desk.at[i])
        self.frozen.append(i)
        return self._timed("freeze", [(i, j)] if j >= 0 else [])

    def thaw(self) -> float:
        gone = self.live._book.desk.gone
        self.frozen = [i for i in self.frozen if not gone[i]]
        return self._timed("thaw", [self.frozen.pop()] if self.frozen else [])


def _full(market: Market) -> float:
    times = []
    for _ in range(3):
        began = time.process_time()
        solve(market, gap=GAP)
        times.append(time.process_time() - began)
    return min(times)


def _measure(name: str, switch_cost: int) -> bool:
    """Print two lines; whether the mean event and the proved gap kept their bars."""
    market = family(name, workers=50_000, options=20_000, pairs=40, seed=1)
    full = _full(market)
    live = Live(market, solve(market, gap=GAP), gap=GAP, switch_cost=switch_cost)
    first = live.open_certificate().gap
    stream = Stream(market, live, np.random.default_rng(1))
    seconds, moves = [], []
    by_kind: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(EVENTS):
        kind, took = stream.one()
        moves.append(len(live.commit()))
        seconds.append(took)
        by_kind[kind].append(took)
    us = np.array(seconds) * 1e6
    full = min(full, _full(market))  # before and after: the machine may not be as fast all the time
    promised, best = live.open_certificate(), solve(live.open_market()).certificate.objective
    faster = full * 1e6 / us.mean()
    print(
        f"{name}, switch cost {switch_cost}: full solve {full * 1e3:.1f} ms CPU; an event in us CPU: median",
        end=" ",
    )
    print(
        f"{np.median(us):.1f} mean {us.mean():.1f} p95 {np.percentile(us, 95):.0f} max {us.max():.0f};",
        end=" ",
    )
    print(f"times faster: median {full * 1e6 / np.median(us):.0f} mean {faster:.0f}", end=" ")
    kept = bool(faster >= AT_LEAST and promised.gap <= GAP)
    print(verdict(kept))
    print(
        f"   moved: mean {np.mean(moves):.1f} p95 {np.percentile(moves, 95):.0f}; gap {first:.4%} ->", end=" "
    )
    print(f"{promised.gap:.4%} (promises free: {live.plan().certificate.gap:.4%}), really", end=" ")
    print(f"{(best - promised.objective) / best:.5%}; refined {live.refined} times", flush=True)
    if name == "base":
        print(
            "   median us: " + ", ".join(f"{kind} {np.median(us) * 1e6:.0f}" for kind, us in by_kind.items())
        )
    return kept


def main() -> bool:
    """Print the lines of each family; whether all kept their bars."""
    small = family("base", workers=300, options=100, pairs=10, seed=0)
    stream = Stream(small, Live(small, solve(small, gap=GAP)), np.random.default_rng(0))
    for _ in range(200):
        stream.one()
    asked = sys.argv[1:] or FAMILIES
    kept = [_measure(name, 0) for name in asked]
    if "base" in asked:
        kept.append(_measure("base", 300))
    return all(kept)


if __name__ == "__main__":
    raise SystemExit(not main())
