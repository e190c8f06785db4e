"""Floors for groups that overlap: kept, with a bound that every choice there is respects."""

from itertools import product

import numpy as np
import pytest

from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, market_from_edges, solve, solve_with_floors
from zaigang.engines.matching.overlapping import Members, solve_with_overlapping_floors


def _best(market: Market, members: Members, at_least: dict[int, int]) -> int | None:
    """The best value of all plans that keep the floors; None where there is none."""
    choices = [
        [(-1, 0), *((int(market.option[e]), int(market.value[e])) for e in range(market.first[i], market.first[i + 1]))]
        for i in range(market.workers)
    ]  # fmt: skip
    best = None
    for plan in product(*choices):
        placed = np.array([place >= 0 for place, _ in plan], np.bool_)
        seats = np.bincount([place for place, _ in plan if place >= 0], minlength=market.options)
        kept = all((placed & members[code]).sum() >= least for code, least in at_least.items())
        if kept and (seats <= market.capacity).all():
            value = sum(worth for _, worth in plan)
            best = value if best is None else max(best, value)
    return best


def test_floors_of_groups_that_overlap_small() -> None:
    solved, not_found, exact = 0, 0, 0
    for seed in range(250):
        rng = np.random.default_rng(seed)
        market = random_market(rng, values=(1, 200))
        members = {code: rng.random(market.workers) < 0.5 for code in range(3)}
        at_least = {code: int(rng.integers(0, 3)) for code in range(3)}
        best = _best(market, members, at_least)
        try:
            found = solve_with_overlapping_floors(market, members, at_least)
        except BadMarket as error:
            not_found += best is not None
            assert best is None or "没有找到" in error.what, seed
            continue
        assert best is not None
        for floor in found.floors:
            placed = int((found.choice[members[floor.group]] >= 0).sum())
            assert floor.placed == placed >= floor.at_least == at_least[floor.group], seed
        assert found.objective <= best <= found.bound + 1e-6, seed
        assert found.cost == solve(market).certificate.objective - found.objective
        solved, exact = solved + 1, exact + (found.objective == best)
    assert solved > 80 and exact > 0.9 * solved
    assert not_found <= 2


def test_groups_apart_cost_what_they_cost_exactly() -> None:
    """Ties aside, raising multipliers comes to the plan that is proved the best."""
    market = family("base", workers=300, options=120, pairs=15, seed=3)
    group = np.arange(300) % 3
    value = np.maximum(1, market.value - np.where((group == 1)[market.pairs()], market.value // 3, 0))
    market = Market(market.first, market.option, value.astype(np.int32), market.capacity)
    at_least = {0: 60, 1: 75}
    exact = solve_with_floors(market, group, at_least)
    found = solve_with_overlapping_floors(market, {0: group == 0, 1: group == 1}, at_least)
    assert found.objective <= exact.objective <= found.bound
    assert found.bound - found.objective <= 0.001 * found.objective


@pytest.mark.parametrize(
    ("members", "at_least", "where"),
    [
        ({1: [True]}, {1: 1}, "members 1"),
        ({1: [1, 0]}, {1: 1}, "members 1"),
        ({}, {1: 1}, "members 1"),
        ({1: [True, True]}, {1: -1}, "at_least 1"),
        ({1: [True, True]}, {1: 2}, "at_least 1"),
    ],
)
def test_refusals(members: dict[int, list[object]], at_least: dict[int, int], where: str) -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[1])
    with pytest.raises(BadMarket) as refused:
        solve_with_overlapping_floors(market, {k: np.array(v) for k, v in members.items()}, at_least)
    assert refused.value.where == where
