"""The certificate speaks of the plan and the prices that it is given, whoever made them."""

from fractions import Fraction

import numpy as np
import pytest

from tests.engines.matching.markets import best_by_trying, random_market
from zaigang.engines.matching import BadMarket, Market, certificate, certify, market_from_edges, solve


def market() -> Market:
    """Two workers, two options of one seat: 0 may take both, 1 only the first."""
    return market_from_edges([0, 0, 1], [0, 1, 0], [5, 3, 4], workers=2, capacity=[1, 1])


def proof_of(choice: list[int], price: list[float]):  # type: ignore[no-untyped-def]
    return certificate(market(), np.array(choice, np.int32), np.array(price))


def test_an_optimal_plan_with_prices_that_prove_it() -> None:
    proof = proof_of([1, 0], [2.0, 0.0])
    assert (proof.objective, proof.bound, proof.gap, proof.placed) == (7, 7.0, 0.0, 2)
    assert proof.optimal and proof.feasible


def test_prices_of_nothing_prove_little() -> None:
    proof = proof_of([1, 0], [0.0, 0.0])
    assert (proof.objective, proof.bound, proof.gap) == (7, 9.0, 2 / 7)
    assert not proof.optimal


def test_a_worse_plan_keeps_the_bound() -> None:
    proof = proof_of([0, -1], [2.0, 0.0])
    assert (proof.objective, proof.bound, proof.placed) == (5, 7.0, 1)
    assert not proof.optimal


@pytest.mark.parametrize(
    ("choice", "price", "violation"),
    [
        ([0, 0], [2.0, 0.0], "option 0 holds 2 of 1"),
        ([1, 1], [2.0, 0.0], "worker 1 holds an option that is not allowed"),
        ([-2, 0], [2.0, 0.0], "worker 0 holds an option that is not allowed"),
        ([1], [2.0, 0.0], "the plan has 1 workers, the market 2"),
        ([1, 0], [2.0, -1.0], "a price is negative or no number, so the bound proves nothing"),
        ([1, 0], [float("nan"), 0.0], "a price is negative or no number, so the bound proves nothing"),
    ],
)
def test_what_is_impossible_is_named(choice: list[int], price: list[float], violation: str) -> None:
    proof = proof_of(choice, price)
    assert proof.violations == (violation,)
    assert not proof.optimal


def test_a_market_that_is_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers without pairs, and one with more pairs than a part holds, stand where parts end."""
    rng = np.random.default_rng(4)
    three = np.repeat(np.arange(4, 40, 2), 3)
    who = np.concatenate([np.full(9, 2), three])
    what = np.concatenate([np.arange(9), (three // 2 + np.tile([0, 2, 5], 18)) % 9])
    many = market_from_edges(who, what, rng.integers(1, 99, len(who)), workers=43, capacity=[2] * 9)
    plan = solve(many)
    monkeypatch.setattr(certify, "PART", 4)
    again = certificate(many, plan.choice, plan.price)
    assert again == plan.certificate and again.optimal
    plan.choice[40] = 0
    assert (
        certificate(many, plan.choice, plan.price).violations[0]
        == "worker 40 holds an option that is not allowed"
    )


def one_unit_short(workers: int) -> tuple[Market, np.ndarray]:
    """A plan that one worker could better by one unit: everybody takes the second of two options, or the only one."""
    who, what = np.append(0, np.arange(workers)), np.arange(workers + 1)
    value = np.ones(workers + 1, np.int64)
    value[0] = 2
    market = market_from_edges(who, what, value, workers=workers, capacity=value // value)
    return market, np.arange(1, workers + 1, dtype=np.int32)


@pytest.mark.parametrize("seed", range(60))
def test_rounding_never_makes_a_plan_the_best(seed: int) -> None:
    """Sums of these prices are rounded down every tenth time: one unit away would look like less than one."""
    market, choice = one_unit_short(1000)
    price = np.random.default_rng(seed).random(1001)
    price[1] = 0.0
    proof = certificate(market, choice, price)
    assert not proof.optimal
    assert proof.bound == pytest.approx(float(exact_bound(market, price)), rel=0, abs=1e-10)


def exact_bound(market: Market, price: np.ndarray) -> Fraction:
    """The formula in fractions."""
    exact = [Fraction(one) for one in price.tolist()]
    best = [Fraction(0)] * market.workers
    for i, j, value in zip(
        market.pairs().tolist(), market.option.tolist(), market.value.tolist(), strict=True
    ):
        best[i] = max(best[i], value - exact[j])
    seats = zip(market.capacity.tolist(), exact, strict=True)
    return sum(best, Fraction(0)) + sum((count * one for count, one in seats), Fraction(0))


@pytest.mark.parametrize("scale", [1e-300, 1e-20, 1e-9, 1.0, 1e3, 1e9, 2.0**52, 1e200])
@pytest.mark.parametrize("seed", range(20))
def test_the_bound_of_any_prices_holds(scale: float, seed: int) -> None:
    """By prices from nothing to far more than anybody would pay, no plan is worth more."""
    rng = np.random.default_rng(seed)
    market = random_market(rng, values=(1, 2**31 - 1 if seed % 2 else 3))
    price = rng.random(market.options) * scale * rng.choice([0, 1, 2**30], market.options)
    proof = certificate(market, np.full(market.workers, -1, np.int32), price)
    assert proof.bound >= best_by_trying(market)[1]
    assert proof.bound == pytest.approx(float(exact_bound(market, price)), rel=1e-5 if scale > 1e9 else 1e-13)


def test_prices_beyond_all_numbers_prove_nothing_without_a_word() -> None:
    assert proof_of([1, 0], [1.7e308, 1.7e308]).bound == float("inf")


@pytest.mark.parametrize("choice", [np.array([1.0, 0.0]), np.array([np.nan, 0.0]), np.array([True, False])])
def test_a_plan_is_a_column_of_whole_numbers(choice: np.ndarray) -> None:
    with pytest.raises(BadMarket) as refused:
        certificate(market(), choice, np.zeros(2))
    assert refused.value.where == "choice"


def test_prices_are_real_numbers() -> None:
    with pytest.raises(BadMarket) as refused:
        certificate(market(), np.array([1, 0], np.int32), np.array([1j, 0]))
    assert refused.value.where == "price"
