"""The planner against brute force on small markets and against min-cost flow on the hard families."""

from typing import Any

import numpy as np
import pytest

from tests.engines.matching.markets import best_by_trying, family, random_market
from tests.engines.matching.oracle import min_cost_flow, most_then_best
from zaigang.engines.matching import BadMarket, Market, kernels, market_from_edges, solve

FAMILIES = ("base", "coarse", "concentrated", "common", "scarce")


@pytest.mark.parametrize("hundred", range(15))
def test_no_plan_is_better_small(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        market = random_market(np.random.default_rng(seed))
        plan = solve(market)
        assert plan.certificate.violations == (), seed
        assert plan.certificate.optimal, seed
        assert plan.certificate.objective == best_by_trying(market)[1], seed


@pytest.mark.parametrize("hundred", range(10))
def test_as_many_as_possible_then_the_best_small(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        market = random_market(np.random.default_rng(seed), values=(-9, 9))
        plan = solve(market, place_all=True)
        taken = plan.choice[market.pairs()] == market.option
        found = int(taken.sum()), int(market.value[taken].sum())
        assert plan.certificate.violations == (), seed
        assert found == best_by_trying(market, place_all=True), seed


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_optimum_of_a_hard_family(name: str, seed: int) -> None:
    market = family(name, workers=1419, options=600, pairs=40, seed=seed)
    plan = solve(market)
    assert plan.certificate.optimal and plan.certificate.feasible
    assert plan.certificate.objective == min_cost_flow(market)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_optimum_where_seats_compete_for_workers(name: str) -> None:
    tight = family(name, workers=1419, options=600, pairs=40, seed=1)
    loose = Market(tight.first, tight.option, tight.value, tight.capacity * np.int32(3))
    best = min_cost_flow(loose)
    assert loose.capacity.sum() > loose.workers
    assert solve(loose).certificate.objective == best
    assert solve(loose, gap=0.001).certificate.gap <= 0.001


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("gap", [0.01, 0.001, 0.0001])
def test_the_proved_gap_is_kept(name: str, gap: float) -> None:
    market = family(name, workers=1419, options=600, pairs=40, seed=3)
    plan = solve(market, gap=gap)
    best = min_cost_flow(market)
    assert plan.certificate.feasible
    assert plan.certificate.gap <= gap
    assert plan.certificate.objective <= best <= plan.certificate.bound


def test_everybody_who_can_be_placed_is_placed_first() -> None:
    """The better value for one would leave the other out."""
    market = market_from_edges([0, 0, 1], [0, 1, 0], [-5, -100, -1], workers=2, capacity=[1, 1])
    plan = solve(market, place_all=True)
    assert plan.choice.tolist() == [1, 0]
    assert plan.placed_first


def test_the_same_market_gives_the_same_plan() -> None:
    market = family("base", workers=500, options=200, pairs=20, seed=5)
    once, again = solve(market), solve(market)
    assert once.choice.tobytes() == again.choice.tobytes()
    assert once.price.tobytes() == again.price.tobytes()


@pytest.mark.parametrize(
    ("workers", "capacity"),
    [(0, []), (0, [3]), (4, []), (4, [1, 2])],
    ids=["nothing", "no worker", "no option", "no pair"],
)
def test_a_market_without_pairs_has_an_empty_plan(workers: int, capacity: list[int]) -> None:
    plan = solve(market_from_edges([], [], [], workers=workers, capacity=capacity))
    assert plan.choice.tolist() == [-1] * workers
    assert (plan.certificate.objective, plan.certificate.bound, plan.certificate.gap) == (0, 0.0, 0.0)
    assert plan.certificate.optimal
    everybody = solve(market_from_edges([], [], [], workers=workers, capacity=capacity), place_all=True)
    assert everybody.choice.tolist() == [-1] * workers


def test_a_worker_without_a_pair_stays_out() -> None:
    plan = solve(market_from_edges([0, 2], [0, 0], [5, 7], workers=3, capacity=[2]))
    assert plan.choice.tolist() == [0, -1, 0]


def test_values_at_the_limit_are_exact() -> None:
    most = 2**31 - 1
    plan = solve(market_from_edges([0, 0, 1], [0, 1, 0], [most, most - 1, most], workers=2, capacity=[1, 1]))
    assert plan.certificate.objective == 2 * most - 1
    assert plan.certificate.optimal


def _simple(**changes: object) -> Market:
    facts: dict[str, object] = {
        "worker": [0, 1],
        "option": [0, 0],
        "value": [3, 4],
        "workers": 2,
        "capacity": [1],
    }
    return market_from_edges(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"worker": [0, 2]}, "worker 第 2 行"),
        ({"worker": [-1, 1]}, "worker 第 1 行"),
        ({"option": [0, 1]}, "option 第 2 行"),
        ({"worker": [1, 1]}, "第 2 对"),
        ({"value": [3]}, "worker、option、value"),
        ({"value": [3.5, 4.0]}, "value"),
        ({"value": [2**31, 4]}, "value"),
        ({"value": [[3, 4]]}, "value"),
        ({"capacity": [-2]}, "capacity 第 1 行"),
        ({"workers": -1}, "workers"),
        ({"worker": [1, 1, 0, 0], "option": [0] * 4, "value": [1] * 4}, "第 2 对"),
        ({"capacity": [2**31]}, "capacity"),
    ],
)
def test_markets_that_cannot_be_are_refused(changes: dict[str, object], where: str) -> None:
    with pytest.raises(BadMarket) as refused:
        _simple(**changes)
    assert refused.value.where == where
    assert refused.value.what_to_do


@pytest.mark.parametrize("value", [0, -1])
def test_values_must_be_positive_unless_all_are_placed(value: int) -> None:
    market = _simple(value=[3, value])
    with pytest.raises(BadMarket) as refused:
        solve(market)
    assert refused.value.where == "第 2 对"
    assert solve(market, place_all=True).certificate.placed == 1


@pytest.mark.parametrize("gap", [0, 1, -0.1])
def test_a_gap_that_makes_no_sense(gap: float) -> None:
    with pytest.raises(BadMarket):
        solve(_simple(), gap=gap)


def test_pairs_in_any_order_are_the_same_market() -> None:
    market = family("base", workers=200, options=80, pairs=10, seed=1)
    mixed = np.random.default_rng(0).permutation(market.edges)
    again = market_from_edges(
        market.pairs()[mixed],
        market.option[mixed],
        market.value[mixed],
        workers=200,
        capacity=market.capacity,
    )
    assert solve(again).choice.tobytes() == solve(market).choice.tobytes()


def price_war(*, seats: float) -> Market:
    """Everybody ranks wide options alike, and values differ by so little that bids creep up."""
    rng = np.random.default_rng(1)
    what = np.argsort(rng.random((2000, 100)), axis=1)[:, :10]
    value = np.sort(rng.integers(1, 10_001, 100))[what] + rng.integers(0, 3, what.shape)
    capacity = np.maximum(1, rng.dirichlet(np.ones(100)) * seats * 2000).astype(np.int64)
    return market_from_edges(
        np.repeat(np.arange(2000), 10), what.ravel(), value.ravel(), workers=2000, capacity=capacity
    )


@pytest.mark.parametrize("seats", [0.8, 1.2])
def test_a_price_war_is_broken_off_and_ends_at_the_optimum(
    seats: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    forward = kernels.forward

    def watched(*arguments: Any) -> bool:
        ended.append(bool(forward(*arguments)))
        return ended[-1]

    monkeypatch.setattr(kernels, "forward", watched)
    market = price_war(seats=seats)
    plan = solve(market)
    assert (ended.count(False), ended[-1]) == (1, True)
    assert plan.certificate.optimal and plan.certificate.feasible
    assert plan.certificate.objective == min_cost_flow(market)
    everybody = solve(market, place_all=True)
    taken = everybody.choice[market.pairs()] == market.option
    assert (int(taken.sum()), int(market.value[taken].sum())) == most_then_best(market)
