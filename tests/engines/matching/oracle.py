"""Somebody else's solver: OR-Tools' min-cost flow, only in tests and benchmarks."""

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from zaigang.engines.matching import Market


def network(market: Market, *, bonus: int = 0) -> SimpleMinCostFlow:
    """Worker -> option -> sink, and worker -> sink for those who stay unplaced. `bonus` goes with each placing."""
    workers, options = market.workers, market.options
    people, places, sink = np.arange(workers), workers + np.arange(options), workers + options
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([market.pairs(), people, places]),
        np.concatenate([workers + market.option, np.full(workers + options, sink)]),
        np.concatenate([np.ones(market.edges + workers, np.int64), market.capacity]),
        np.concatenate([-market.value.astype(np.int64) - bonus, np.zeros(workers + options, np.int64)]),
    )
    supply = np.concatenate([np.ones(workers, np.int64), np.zeros(options, np.int64), [-workers]])
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    return flow


def min_cost_flow(market: Market) -> int:
    """The optimum."""
    flow = network(market)
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def most_then_best(market: Market) -> tuple[int, int]:
    """The largest number of workers who can be placed, and the most value with so many."""
    bonus = 2 * (market.workers + 1) * int(np.abs(market.value.astype(np.int64)).max(initial=0)) + 1
    flow = network(market, bonus=bonus)
    assert flow.solve() == flow.OPTIMAL
    placed = int(flow.flows(np.arange(market.edges)).sum())
    return placed, -flow.optimal_cost() - bonus * placed
