"""Floors for a group: kept, at the least multiplier, with a bound that every choice there is respects."""

from itertools import product

import numpy as np
import pytest

from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, market_from_edges, solve
from zaigang.engines.matching.fairness import GroupAudit, audit, solve_with_floor


def _best_with_floor(market: Market, member: np.ndarray, at_least: int) -> int | None:
    """The best value of all plans that place enough members; None where there is no such plan."""
    choices = [
        [(-1, 0), *((int(market.option[e]), int(market.value[e])) for e in range(market.first[i], market.first[i + 1]))]
        for i in range(market.workers)
    ]  # fmt: skip
    best = None
    for plan in product(*choices):
        options = [place for place, _ in plan if place >= 0]
        kept = (
            sum(place >= 0 and bool(flag) for (place, _), flag in zip(plan, member, strict=True)) >= at_least
        )
        if kept and (np.bincount(options, minlength=market.options) <= market.capacity).all():
            value = sum(worth for _, worth in plan)
            best = value if best is None else max(best, value)
    return best


@pytest.mark.parametrize("seed", range(150))
def test_a_floor_is_kept_and_its_bound_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    market = random_market(rng)
    member = rng.random(market.workers) < 0.5
    at_least = int(rng.integers(0, 4))
    best = _best_with_floor(market, member, at_least)
    if best is None:
        with pytest.raises(BadMarket, match="最多只能安置其中"):
            solve_with_floor(market, member, at_least=at_least)
        return
    found = solve_with_floor(market, member, at_least=at_least)
    assert found.placed >= at_least
    assert found.objective <= best <= found.bound + 1e-6


def test_a_floor_that_holds_anyway_costs_nothing() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[2])
    found = solve_with_floor(market, np.array([True, False]), at_least=1)
    assert (found.multiplier, found.objective, found.choice.tolist()) == (0, 9, [0, 0])


def test_the_least_that_placing_a_member_must_be_worth() -> None:
    """One seat, and the member is worth 3 less than the other: at 3 more the two tie, at 4 more the member has it."""
    market = market_from_edges([0, 1], [0, 0], [7, 4], workers=2, capacity=[1])
    found = solve_with_floor(market, np.array([False, True]), at_least=1)
    assert found.choice.tolist() == [-1, 0]
    assert (found.multiplier, found.objective) in ((3, 4), (4, 4))


def test_parity_of_two_groups_on_a_hard_family() -> None:
    market = family("base", workers=800, options=300, pairs=20, seed=2)
    older = np.arange(market.workers) % 2 == 0
    burdened = market.value - np.where(older[market.pairs()], market.value // 3, 0)
    market = Market(market.first, market.option, burdened.astype(np.int32), market.capacity)
    free = audit(market, solve(market).choice, older.astype(int))
    wanted = (free[0].placed + free[1].placed) // 2
    found = solve_with_floor(market, older, at_least=wanted)
    after = audit(market, found.choice, older.astype(int))
    assert free[1].placed < wanted <= after[1].placed
    assert found.bound >= found.objective >= 0.95 * solve(market).certificate.objective


def test_the_audit_counts_who_could_and_who_is() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=3, capacity=[1])
    assert audit(market, np.array([0, -1, -1], np.int32), np.array([1, 2, 2])) == [
        GroupAudit(1, 1, 1, 1, 5.0),
        GroupAudit(2, 2, 1, 0, 0.0),
    ]


@pytest.mark.parametrize(
    ("member", "at_least", "where"),
    [([True], 1, "member"), ([1, 0], 1, "member"), ([True, False], -1, "at_least")],
)
def test_refusals(member: list[object], at_least: int, where: str) -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[1])
    with pytest.raises(BadMarket) as refused:
        solve_with_floor(market, np.array(member), at_least=at_least)
    assert refused.value.where == where
