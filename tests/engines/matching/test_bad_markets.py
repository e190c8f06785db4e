"""Markets made by hand: a named error or the right answer at every door, never a wrong plan."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.matching.events import best_value
from tests.engines.matching.markets import best_by_trying, random_market
from zaigang.engines.matching import (
    BadMarket,
    Live,
    Market,
    add_seats,
    certificate,
    market_from_edges,
    offers,
    shortages,
    solve,
)
from zaigang.engines.matching.auction import solve_near

DOORS: dict[str, Callable[[Market], object]] = {
    "solve": solve,
    "gap": lambda market: solve(market, gap=0.01),
    "place all": lambda market: solve(market, place_all=True),
    "offers": lambda market: offers(market, each=2),
    "everyone first": lambda market: offers(market, each=2, everyone_first=True),
    "certificate": lambda market: certificate(market, np.full(2, -1, np.int32), np.zeros(2)),
    "live": lambda market: Live(market, solve(_market())),
}


def _market(**changes: Any) -> Market:
    """Two workers and two options; the first worker may take both."""
    facts = {
        "first": np.array([0, 2, 3]),
        "option": np.array([0, 1, 1], np.int32),
        "value": np.array([5, 4, 3], np.int32),
        "capacity": np.array([1, 1], np.int32),
    }
    return Market(**(facts | changes))


def _names(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"first": np.array([0, 2, 3], np.int32)}, "first"),
        ({"option": np.array([0, 1, 1])}, "option"),
        ({"value": np.array([5.0, 4.0, 3.0])}, "value"),
        ({"value": np.ma.masked_equal(_names(5, 4, 3), 4)}, "value"),
        ({"value": [5, 4, 3]}, "value"),
        ({"value": _names(5, 4)}, "value"),
        ({"capacity": np.array([[1, 1]], np.int32)}, "capacity"),
        ({"capacity": np.array([1, 1], ">i4")}, "capacity"),
        ({"first": np.zeros(0, np.int64)}, "first"),
        ({"first": np.array([1, 2, 3])}, "first 第 1 行"),
        ({"first": np.array([0, 2, 4])}, "first 第 1 行"),
        ({"first": np.array([0, 9, 3])}, "first 第 3 行"),
        ({"first": np.array([0, -1, 3])}, "first 第 2 行"),
        ({"option": _names(0, 2, 1)}, "option 第 2 行"),
        ({"option": _names(0, 1, -1)}, "option 第 3 行"),
        ({"option": _names(0, 0, 1)}, "option 第 2 行"),
        ({"first": np.array([0, 3, 3]), "option": _names(1, 0, 1)}, "option 第 3 行"),
        ({"capacity": _names(1, -1)}, "capacity 第 2 行"),
        ({"value": _names(5, -(2**31), 3)}, "value"),
    ],
    ids=str,
)
def test_what_does_not_fit_together_is_named(door: str, changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadMarket) as refused:
        DOORS[door](_market(**changes))
    assert refused.value.where == where
    assert refused.value.what_to_do


def test_the_pairs_of_a_worker_may_come_in_any_order() -> None:
    mixed = _market(option=_names(1, 0, 1), value=_names(4, 5, 3))
    assert solve(mixed).choice.tolist() == solve(_market()).choice.tolist() == [0, 1]
    assert offers(mixed, each=2, per_seat=2, everyone_first=True).objective == 12


def test_values_whose_sums_would_not_be_exact() -> None:
    """A worker without a pair costs a start only, but counts for what sums could become."""
    first = np.zeros(2**21 + 2, np.int64)
    first[1:] = 1
    with pytest.raises(BadMarket) as refused:
        solve(Market(first, _names(0), _names(2**31 - 1), _names(1)))
    assert refused.value.where == "value"


@st.composite
def almost_markets(draw: st.DrawFn) -> Market:
    """Sound arrays with up to two numbers changed into any others, and sometimes one row too few."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    market = random_market(rng, values=(draw(st.sampled_from([-2, 1])), 9))
    arrays = [market.first.copy(), market.option.copy(), market.value.copy(), market.capacity.copy()]
    for _ in range(draw(st.integers(0, 2))):
        array = draw(st.sampled_from([a for a in arrays if len(a)]))
        array[draw(st.integers(0, len(array) - 1))] = draw(st.integers(-2, 6))
    if draw(st.integers(0, 5)) == 0:
        cut = draw(st.integers(0, 3))
        arrays[cut] = arrays[cut][:-1]
    return Market(*arrays)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(almost_markets())
def test_any_arrays_are_refused_or_solved_right(market: Market) -> None:
    try:
        market.checked()
    except BadMarket:
        for door in (solve, lambda m: solve(m, gap=0.1), lambda m: offers(m, each=2)):
            with pytest.raises(BadMarket):
                door(market)
        return
    _solved_right(market)


def _solved_right(market: Market) -> None:
    everybody = solve(market, place_all=True)
    taken = everybody.choice[market.pairs()] == market.option
    assert (int(taken.sum()), int(market.value[taken].sum())) == best_by_trying(market, place_all=True)
    assert everybody.certificate.optimal
    if market.edges and int(market.value.min()) <= 0:
        with pytest.raises(BadMarket, match="数值应大于0"):
            solve(market)
        return
    plan = solve(market)
    assert plan.certificate.optimal
    assert plan.certificate.objective == best_by_trying(market)[1]


def _with_closed(seed: int) -> Market:
    """A small market in which some options have no seat."""
    rng = np.random.default_rng(seed)
    market = random_market(rng)
    return Market(
        market.first, market.option, market.value, (market.capacity - rng.integers(0, 3, market.options)).clip(0)
        .astype(np.int32),
    )  # fmt: skip


@pytest.mark.parametrize("hundred", range(4))
def test_an_option_without_seats_is_given_to_nobody(hundred: int) -> None:
    closed = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        market = _with_closed(seed)
        _solved_right(market)
        assert solve(market, gap=0.01).certificate.gap <= 0.01
        near = solve_near(market, np.zeros(market.options), gap=0.01).certificate
        assert near.feasible and near.gap <= 0.01
        found = offers(market, each=2, everyone_first=bool(seed % 2))
        assert not found.taken[market.capacity[market.option] == 0].any()
        assert found.bound >= found.objective
        live = Live(market, solve(market), eps=0.1)
        assert live.plan().certificate.objective == best_value(market)
        assert sum(group.missing for group in shortages(market, solve(market, place_all=True))) == (
            market.workers - best_by_trying(market, place_all=True)[0]
        )
        closed += int((market.capacity == 0).sum())
    assert closed > 50


@pytest.mark.parametrize("seed", range(100))
def test_the_price_of_an_option_without_seats_is_what_the_first_could_bring(seed: int) -> None:
    market = _with_closed(seed)
    plan = solve(market)
    for j in np.flatnonzero(market.capacity == 0).tolist():
        seats = market.capacity.copy()
        seats[j] = 1
        more = best_value(Market(market.first, market.option, market.value, seats)) - best_value(market)
        gain = add_seats(market, plan, j, 1)
        assert gain.actual == more <= gain.bound + 1e-9
        # The greatest wish of one person: nothing is promised beyond it.
        assert plan.price[j] <= market.value[market.option == j].max(initial=0)


def test_seats_without_end_need_no_room() -> None:
    """Three options of two thousand million seats each, on a machine of a few gigabytes."""
    most = 2**31 - 1
    market = market_from_edges([0, 0, 1, 2], [0, 1, 1, 2], [5, 6, 7, 8], workers=3, capacity=[most] * 3)
    for plan in (solve(market), solve(market, gap=0.01), solve(market, place_all=True)):
        assert (plan.choice.tolist(), plan.price.tolist()) == ([1, 1, 2], [0.0, 0.0, 0.0])
    assert offers(market, each=2, per_seat=most).objective == 26
    assert offers(market, each=2, per_seat=most, everyone_first=True).objective == 26
    with pytest.raises(BadMarket) as refused:
        Live(market, solve(market))
    assert refused.value.where == "capacity"


@pytest.mark.parametrize("price", [np.zeros(1), np.zeros(3), np.zeros((2, 1))])
def test_prices_of_another_market_prove_nothing(price: np.ndarray) -> None:
    with pytest.raises(BadMarket) as refused:
        certificate(_market(), _names(0, 1), price)
    assert refused.value.where == "price"
