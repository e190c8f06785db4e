"""Compiles the planner's loops for this machine, or loads what was kept, so that nobody waits for the compiler."""

from time import perf_counter

import numpy as np

from zaigang.engines.matching.auction import solve
from zaigang.engines.matching.candidates import Options, Rules, Workers, find_candidates, openings, verdict
from zaigang.engines.matching.floors import solve_with_floors
from zaigang.engines.matching.incremental import Live
from zaigang.engines.matching.offers import offers
from zaigang.engines.matching.partition import solve_partitioned
from zaigang.engines.matching.paths import path_market_from_rows, solve_paths
from zaigang.engines.matching.problem import Market, market_from_edges
from zaigang.engines.matching.wide import WIDE


def warm() -> float:
    """Asks each question that leads to a loop of its own once, of a market of two. Returns the seconds it took."""
    begun = perf_counter()
    market = market_from_edges([0, 0, 1], [0, 1, 0], [3, 2, 2], workers=2, capacity=[1, 1])
    solve(market)
    solve(market, gap=0.01)
    solve(market, place_all=True)
    solve(market_from_edges(range(WIDE), [0] * WIDE, [1] * WIDE, workers=WIDE, capacity=[1]))
    solve_with_floors(market, np.array([0, 1]), {0: 1})
    offers(market, each=2)
    offers(market, each=2, everyone_first=True)
    solve_partitioned(market, np.array([0, 1]), gap=0.01)
    # Two for one class seat: the first plan has to be repaired.
    solve_paths(path_market_from_rows([0, 1], [0, 0], [0, 1], [3, 2], workers=2, seats=[1], capacity=[1, 1]))
    _keep_up_to_date(market)
    _look_for_pairs()
    return perf_counter() - begun


def _keep_up_to_date(market: Market) -> None:
    live = Live(market, solve(market, gap=0.01), gap=0.01)
    live.freeze([(0, int(live.plan().choice[0]))])
    live.thaw([0])
    for _ in range(20):  # until lists are full and have to move
        worker = live.add_worker([(0, 4)])
    live.drop_worker(worker)
    option = live.add_option([(0, 4)], 1)
    live.add_seats(option, 1)
    live.withdraw(option)
    live.plan()
    first = Live(market, solve(market, place_all=True))
    first.solve_anew()


def _look_for_pairs() -> None:
    none, sets, skills = np.zeros(1, np.int32), np.zeros(1, np.uint64), np.zeros((1, 10), np.uint64)
    workers = Workers(
        skills=skills, x=none, y=none, reach=none, wage_floor=none, occupation=none, certificates=sets, statuses=sets,
        refuses=sets,
    )  # fmt: skip
    options = Options(
        required=skills, useful=skills, x=none, y=none, wage=none, occupation=none, certificates=sets, reserved=sets,
        barred=sets, traits=sets, capacity=np.ones(1, np.int32),
    )  # fmt: skip
    rules = Rules(np.full((1, 1), 100, np.uint8))
    find_candidates(workers, options, rules, cell=None, threads=1)
    find_candidates(workers, options, rules, threads=1)
    verdict(workers, options, rules, 0, 0)
    openings(workers, options, rules, 0)
