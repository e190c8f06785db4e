"""What a market of paths is really worth: every plan tried, or HiGHS (through scipy). Only in tests and benchmarks."""

from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from zaigang.engines.matching.paths import PathMarket


def best_path_plan(market: PathMarket) -> int:
    """The value of the best plan, found by looking at every plan there is."""
    first = market.first.tolist()
    rows = list(zip(market.training.tolist(), market.option.tolist(), market.value.tolist(), strict=True))
    ways = [[(-1, -1, 0), *rows[first[i] : first[i + 1]]] for i in range(market.workers)]
    seats, capacity = market.seats.tolist(), market.capacity.tolist()
    return max(_value(plan, seats, capacity) for plan in product(*ways))


def _value(plan: tuple[tuple[int, int, int], ...], seats: list[int], capacity: list[int]) -> int:
    """The plan's value, or -1 where it takes more seats than there are."""
    for k, have in ((0, seats), (1, capacity)):
        used = [path[k] for path in plan if path[k] >= 0]
        if any(used.count(name) > have[name] for name in set(used)):
            return -1
    return sum(value for _, _, value in plan)


def by_highs(
    market: PathMarket, *, whole: bool = True, gap: float = 0.0, seconds: float = 60
) -> tuple[int, float] | None:  # fmt: skip
    """HiGHS' best plan and its bound; None where it has no plan in time.

    `whole=False` lets workers be divided: the least that any prices can prove.
    """
    if not market.paths:
        return 0, 0.0
    columns = (
        (market.people(), market.workers),
        (market.training, market.trainings),
        (market.option, market.options),
    )
    most = np.concatenate([np.ones(market.workers), market.seats, market.capacity])
    found = milp(
        -market.value.astype(float),
        integrality=np.full(market.paths, int(whole)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(vstack([_users(*column) for column in columns]).tocsr(), ub=most),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    if found.x is None:
        return None
    return round(-found.fun), -(found.mip_dual_bound if whole else found.fun)


def _users(names: np.ndarray, count: int) -> csr_array:
    """One row for each name: which paths use it."""
    used = np.flatnonzero(names >= 0)
    return csr_array((np.ones(len(used)), (names[used], used)), shape=(count, len(names)))
