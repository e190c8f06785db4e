"""The certificate speaks of the plan and the prices that it is given, whoever made them."""

import numpy as np
import pytest

from zaigang.engines.matching import Market, certificate, certify, market_from_edges, solve


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
