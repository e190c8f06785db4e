"""Other people's solvers on the planner's markets, as they are meant to be called: one thread, arrays passed whole.

Each takes a market and returns a function that solves it and tells the optimum; building its own form of the market is
not in that function, so it is not timed. A solver that is not installed raises ImportError.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.engines.matching.oracle import network
from zaigang.engines.matching import Market

Solver = Callable[[], float]
Ints = NDArray[np.int64]


def min_cost_flow(market: Market) -> Solver:
    flow = network(market)

    def solve() -> float:
        assert flow.solve() == flow.OPTIMAL
        return -flow.optimal_cost()

    return solve


def highs_simplex(market: Market) -> Solver:
    return _highs(market, "simplex")


def highs_ipm(market: Market) -> Solver:
    """Interior points without crossover: close to the optimum, not at a plan."""
    return _highs(market, "ipm")


def _highs(market: Market, method: str) -> Solver:
    import highspy

    lp, pairs, rows = highspy.HighsLp(), market.edges, market.workers + market.options
    lp.num_col_, lp.num_row_ = pairs, rows
    lp.col_cost_, lp.col_lower_ = -market.value.astype(float), np.zeros(pairs)
    lp.col_upper_, lp.row_lower_ = np.full(pairs, np.inf), np.full(rows, -np.inf)
    lp.row_upper_ = np.concatenate([np.ones(market.workers), market.capacity])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * pairs + 1, 2)
    lp.a_matrix_.index_ = np.column_stack([market.pairs(), market.workers + market.option]).ravel()
    lp.a_matrix_.value_ = np.ones(2 * pairs)
    highs = highspy.Highs()
    settings = {
        "log_to_console": False,
        "output_flag": False,
        "solver": method,
        "threads": 1,
        "run_crossover": "off",
    }
    for name, setting in settings.items():
        highs.setOptionValue(name, setting)
    highs.passModel(lp)

    def solve() -> float:
        highs.clearSolver()
        highs.run()
        return -highs.getInfo().objective_function_value

    return solve


def seats_of(market: Market) -> tuple[Ints, Ints, Ints]:
    """Each seat an option of its own: worker, seat and value of each pair of the larger market."""
    seat_first = np.concatenate([[0], np.cumsum(market.capacity, dtype=np.int64)])
    many = market.capacity[market.option]
    behind = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    seat = np.repeat(seat_first[market.option], many) + behind
    return (
        np.repeat(market.pairs(), many).astype(np.int64),
        seat,
        np.repeat(market.value, many).astype(np.int64),
    )


def scipy_matching(market: Market) -> Solver:
    """Every worker has a column of its own for staying out, and it comes first.

    So the check whether all rows can be matched at all, which can take very long (scipy issue 26147), succeeds at once.
    Weights of 0 would be no pairs, so that all are one more.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    worker, seat, value = seats_of(market)
    out, most = np.arange(market.workers), int(market.value.max()) + 1
    weights = csr_array(
        (
            np.concatenate([np.full(market.workers, most), most - value]),
            (np.concatenate([out, worker]), np.concatenate([out, market.workers + seat])),
        ),
        shape=(market.workers, market.workers + int(market.capacity.sum())),
    )

    def solve() -> float:
        rows, columns = min_weight_full_bipartite_matching(weights)
        return float(market.workers * most - weights[rows, columns].sum())

    return solve


def lapmod(market: Market) -> Solver:
    """Square: a row for each worker and each seat, a column for each seat and for each worker's staying out.

    Where a worker takes a seat, the seat's row takes the worker's column.
    """
    import lap
    from scipy.sparse import csr_array

    worker, seat, value = seats_of(market)
    seats, most = int(market.capacity.sum()), int(market.value.max()) + 1
    size, out, every = market.workers + seats, np.arange(market.workers), np.arange(seats)
    costs = np.concatenate([most - value, np.full(market.workers, most), np.zeros(seats + len(seat))])
    rows = np.concatenate([worker, out, market.workers + every, market.workers + seat])
    columns = np.concatenate([seat, seats + out, every, seats + worker])
    table = csr_array((costs + 1, (rows, columns)), shape=(size, size))
    table.sort_indices()

    def solve() -> float:
        cost, _, _ = lap.lapmod(size, table.data, table.indptr, table.indices)
        return float(market.workers * most + size - cost)

    return solve


#: name: (solver, whether what it returns is the optimum to the unit)
PEERS: dict[str, tuple[Callable[[Market], Solver], bool]] = {
    "OR-Tools min-cost flow": (min_cost_flow, True),
    "lapx lapmod": (lapmod, True),
    "HiGHS simplex": (highs_simplex, True),
    "HiGHS interior points": (highs_ipm, False),
    "scipy matching": (scipy_matching, True),
}
