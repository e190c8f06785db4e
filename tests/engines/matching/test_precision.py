"""Large values: no bid is rounded away, and no sum loses a unit."""

from fractions import Fraction

import numpy as np
import pytest

from tests.engines.matching.oracle import min_cost_flow, most_then_best
from zaigang.engines.matching import BadMarket, Market, certificate, market_from_edges, solve

MOST = 2**31 - 1


def large(seed: int, *, lowest: int = 1) -> Market:
    """A dense market whose values are the lowest, the largest, or anything between them."""
    rng = np.random.default_rng(seed)
    who, what = np.nonzero(rng.random((110, 26)) < 0.5)
    kinds = np.stack(
        [np.full(len(who), lowest), np.full(len(who), MOST), rng.integers(lowest, MOST, len(who))]
    )
    value = kinds[rng.integers(0, 3, len(who)), np.arange(len(who))]
    return market_from_edges(who, what, value, workers=110, capacity=rng.choice([1, 1, 2, 9], 26))


@pytest.mark.parametrize("seed", range(12))
def test_large_values_end_at_the_optimum(seed: int) -> None:
    market = large(seed)
    plan = solve(market)
    assert plan.certificate.optimal
    assert plan.certificate.objective == min_cost_flow(market)


@pytest.mark.parametrize("lowest", [1, -MOST])
@pytest.mark.parametrize("seed", range(12))
def test_placing_all_ends_though_a_step_is_nothing_beside_a_price(seed: int, lowest: int) -> None:
    """A placing is worth 2**38 here: a float64 as large loses a step of 1e-5, and bids would go round for ever."""
    market = large(seed, lowest=lowest)
    plan = solve(market, place_all=True)
    taken = plan.choice[market.pairs()] == market.option
    assert plan.certificate.optimal
    assert (int(taken.sum()), int(market.value[taken].sum(dtype=np.int64))) == most_then_best(market)


@pytest.mark.parametrize("gap", [1e-6, 1e-12, 1e-300])
def test_a_gap_finer_than_numbers_can_tell_is_the_optimum(gap: float) -> None:
    market = large(3)
    plan = solve(market, gap=gap)
    assert plan.certificate.feasible
    assert plan.certificate.gap <= gap or plan.certificate.optimal


def test_placing_all_at_the_largest_spread_is_proved_and_beyond_it_refused() -> None:
    """2 x range x (workers + 1) may not reach 2**52; the range is the spread of values times the workers placed."""
    workers = 2000
    spread = (2**51 // (workers + 1) - 1) // (workers + 1) - 1

    def market(spread: int) -> Market:
        rng = np.random.default_rng(0)
        who, what = np.repeat(np.arange(workers), 3), rng.integers(0, 1800, (workers, 3)) // 3 * 3
        what = (what + np.arange(3)).ravel()
        value = rng.integers(0, spread + 1, 3 * workers)
        value[:2] = 0, spread
        return market_from_edges(who, what, value, workers=workers, capacity=np.full(1802, 2))

    plan = solve(market(spread), place_all=True)
    taken = plan.choice[market(spread).pairs()] == market(spread).option
    found = int(taken.sum()), int(market(spread).value[taken].sum(dtype=np.int64))
    assert plan.certificate.optimal
    assert found == most_then_best(market(spread))
    with pytest.raises(BadMarket):
        solve(market(spread + 4), place_all=True)


def test_a_bound_is_never_less_than_the_plan_that_reaches_it() -> None:
    """Prices that are no sums of powers of two: adding them up rounds, and would tell less than the plan is worth."""
    rng = np.random.default_rng(1)
    for workers in (10, 100, 1000):
        value = rng.integers(2**30, MOST, workers)
        market = market_from_edges(
            np.arange(workers), np.arange(workers), value, workers=workers, capacity=[1] * workers
        )
        price = value * rng.random(workers)
        proof = certificate(market, np.arange(workers, dtype=np.int32), price)
        assert proof.objective == int(value.sum())
        assert 0 <= proof.bound - proof.objective < 1e-3


@pytest.mark.parametrize("lowest", [MOST - 300, 1, -MOST])
def test_no_difference_of_a_value_and_a_price_is_rounded(lowest: int) -> None:
    """Where all values are large and alike staying out is worth much too: they, not their range, need the bits."""
    highest = min(MOST, lowest + 300)
    rng = np.random.default_rng(5)
    who, what = np.nonzero(rng.random((300, 60)) < 0.1)
    value = rng.integers(lowest, highest + 1, len(who))
    market = market_from_edges(who, what, value, workers=300, capacity=rng.integers(1, 6, 60))
    plan = solve(market, place_all=True)
    left = market.value - plan.price[market.option]
    exact = [
        value - Fraction(price)
        for value, price in zip(market.value.tolist(), plan.price[market.option].tolist(), strict=True)
    ]
    assert [Fraction(one) for one in left.tolist()] == exact
    assert plan.certificate.optimal
