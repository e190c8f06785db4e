"""Every public function of the planner, called on markets of some size; which loops that called, and which it compiled.

`python -m tests.engines.matching.every_call` after `warm()` in another process: nothing may be compiled.
"""

import json
import sys
from collections.abc import Callable

import numpy as np
from numba.core.dispatcher import Dispatcher

from tests.engines.matching.candidates.worlds import small_world
from tests.engines.matching.markets import family
from zaigang.engines import matching
from zaigang.engines.matching import candidates, partition, paths
from zaigang.engines.matching.warming import warm

MARKET = family("base", workers=60, options=25, pairs=8, seed=3)
SCARCE = family("scarce", workers=60, options=25, pairs=8, seed=3)
GROUP = np.arange(60) % 2
PLAN = matching.Plan(
    np.full(60, -1, np.int32),
    np.zeros(25),
    matching.certificate(MARKET, np.full(60, -1, np.int32), np.zeros(25)),
)
WORLD = small_world(np.random.default_rng(5))
PATHS = matching.path_market_from_rows(
    [0, 0, 1, 2], [-1, 0, 0, 0], [0, 1, 0, -1], [5, 6, 4, 3], workers=3, seats=[1], capacity=[1, 1]
)


def _solve() -> None:
    for gap in (None, 0.01):
        matching.solve(MARKET, gap=gap)
    matching.solve(SCARCE, place_all=True)
    matching.solve(
        matching.market_from_edges(range(1200), [0] * 1200, [1] * 1200, workers=1200, capacity=[3])
    )
    empty = matching.market_from_edges([], [], [], workers=2, capacity=[1])
    matching.solve(empty)
    matching.solve(empty, place_all=True)


def _live() -> None:
    for given in ({}, {"eps": 1}, {"switch_cost": 3}):
        live = matching.Live(MARKET, matching.solve(MARKET, gap=0.01), gap=0.01, **given)
        for _ in range(30):
            worker = live.add_worker(np.array([[3, 900], [7, 800]], np.int32))
            option = live.add_option([(worker, 4000), (5, 10)], np.int64(2))
        live.commit()
        live.freeze(
            [(int(i), int(live.plan().choice[i])) for i in np.flatnonzero(live.plan().choice >= 0)[:9]]
        )
        live.withdraw(int(live.plan().choice[np.flatnonzero(live.plan().choice >= 0)[0]]))
        live.thaw(range(5))
        live.add_seats(np.int32(option), 40)
        live.withdraw(option, 3)
        live.drop_worker(np.int32(worker))
        live.add_worker([])
        live.copy().drop_worker(0)
        first = matching.Live(SCARCE, matching.solve(SCARCE, place_all=True))
        first.add_worker([(0, -5)])
        first.solve_anew()
        live.plan(), live.open_certificate(), live.open_market(), live.market()


def _candidates() -> None:
    for cell in (None, 500):
        for threads in (1, 2):
            candidates.find_candidates(*WORLD, cell=cell, threads=threads)


CALLS: dict[str, Callable[[], object]] = {
    "Live": _live,
    "add_seats": lambda: matching.add_seats(MARKET, matching.solve(MARKET), 0, 3),
    "audit": lambda: matching.audit(MARKET, matching.solve(MARKET).choice, GROUP),
    "audit_access": lambda: matching.audit_access(WORLD[0], WORLD[1], {}),
    "certificate": lambda: matching.certificate(MARKET, PLAN.choice, PLAN.price),
    "counted": lambda: candidates.counted(candidates.find_candidates(*WORLD, cell=None), 0),
    "difference": lambda: matching.difference(matching.audit(MARKET, PLAN.choice, GROUP)),
    "find_candidates": _candidates,
    "groups_by_status": lambda: matching.groups_by_status(WORLD[0], {0: matching.Status("残疾人")}),
    "marginal_value": lambda: matching.marginal_value(PLAN),
    "market_from_edges": lambda: matching.market_from_edges([0], [0], [1], workers=1, capacity=[1]).checked(),
    "metres_from_degrees": lambda: candidates.metres_from_degrees([36.1], [120.4], centre=(36.0, 120.0)),
    "offers": lambda: [matching.offers(MARKET, each=3, per_seat=2, everyone_first=first) for first in (False, True)],
    "openings": lambda: candidates.openings(*WORLD, 0),
    "path_bound": lambda: paths.path_bound(PATHS, np.zeros(1), np.zeros(2)),
    "path_certificate": lambda: matching.path_certificate(PATHS, np.full(3, -1), np.zeros(1), np.zeros(2)),
    "path_market_from_rows": lambda: PATHS,
    "shortages": lambda: matching.shortages(SCARCE, matching.solve(SCARCE, place_all=True)),
    "skill_bits": lambda: candidates.skill_bits([[1, 2], []]),
    "solve": _solve,
    "solve_at_parity": lambda: matching.solve_at_parity(MARKET, GROUP, within=0.2),
    "solve_partitioned": lambda: partition.solve_partitioned(MARKET, np.arange(25) % 3, gap=0.01),
    "solve_paths": lambda: matching.solve_paths(PATHS),
    "solve_with_floor": lambda: matching.solve_with_floor(MARKET, GROUP == 1, at_least=5),
    "solve_with_floors": lambda: matching.solve_with_floors(MARKET, GROUP, {1: 5}),
    "solve_with_overlapping_floors": lambda: matching.solve_with_overlapping_floors(
        MARKET, {1: GROUP == 1, 2: np.arange(60) < 20}, {1: 5, 2: 3}
    ),
    "split": lambda: partition.split(MARKET, np.arange(25) % 3),
    "verdict": lambda: candidates.verdict(*WORLD, 0, 0),
    "why": lambda: matching.why(PLAN, MARKET, 0),
    "why_not": lambda: matching.why_not(PLAN, MARKET, 0, 1),
    "why_path": lambda: paths.why_path(matching.solve_paths(PATHS), PATHS, 0),
}  # fmt: skip


def loops() -> dict[str, dict[str, list[str]]]:
    """For each loop by name the signatures that Python called it with, and those that had to be compiled."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if name.startswith("zaigang.engines.matching"):
            for loop in vars(module).values():
                if isinstance(loop, Dispatcher) and loop.signatures:
                    found[f"{loop.py_func.__module__}.{loop.py_func.__name__}"] = {
                        "called": sorted(map(str, loop.signatures)),
                        "compiled": sorted(map(str, loop.stats.cache_misses)),
                    }
    return found


def main(what: str) -> None:
    if what == "warm":
        warm()
    else:
        for call in CALLS.values():
            call()
    sys.stdout.write(json.dumps(loops()))


if __name__ == "__main__":
    main(sys.argv[1])
