"""Compiles the planner's loops for this machine, or loads what was kept, so that nobody waits for the compiler."""

from time import perf_counter

import numpy as np

from zaigang.engines.matching.auction import solve
from zaigang.engines.matching.offers import offers
from zaigang.engines.matching.partition import solve_partitioned
from zaigang.engines.matching.paths import path_market_from_rows, solve_paths
from zaigang.engines.matching.problem import market_from_edges


def warm() -> float:
    """Plans a market of two in each way that the command line knows. Returns the seconds that it took."""
    begun = perf_counter()
    market = market_from_edges([0, 0, 1], [0, 1, 0], [3, 2, 2], workers=2, capacity=[1, 1])
    solve(market)
    solve(market, gap=0.01)
    solve(market, place_all=True)
    offers(market, each=2)
    offers(market, each=2, everyone_first=True)
    solve_partitioned(market, np.array([0, 1]), gap=0.01)
    solve_paths(path_market_from_rows([0, 1], [-1, 0], [0, 0], [3, 2], workers=2, seats=[1], capacity=[1]))
    return perf_counter() - begun
