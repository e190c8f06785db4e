"""K options for each worker, at most R for a seat, against every choice there is and against a linear program."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, market_from_edges, offers
from zaigang.engines.matching.offering.auction import STEP
from zaigang.engines.matching.offers import offers_bound


def _counts(market: Market, taken: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.bincount(market.pairs()[taken], minlength=market.workers),
        np.bincount(market.option[taken], minlength=market.options),
    )


def _best_by_trying(market: Market, each: int, per_seat: int) -> int:
    lists = []
    for i in range(market.workers):
        edges = range(market.first[i], market.first[i + 1])
        lists.append([chosen for size in range(each + 1) for chosen in combinations(edges, size)])
    best = 0
    for plan in product(*lists):
        edges = [edge for chosen in plan for edge in chosen]
        if (np.bincount(market.option[edges], minlength=market.options) <= market.capacity * per_seat).all():
            best = max(best, int(market.value[edges].sum()))
    return best


@pytest.mark.parametrize("seed", range(120))
def test_lists_keep_their_limits_and_their_proof_small(seed: int) -> None:
    rng = np.random.default_rng(seed)
    market = random_market(rng, most_workers=4, most_options=3, values=(1, 1000))
    each, per_seat = int(rng.integers(1, 4)), int(rng.integers(1, 3))
    found = offers(market, each=each, per_seat=per_seat)
    by_worker, by_option = _counts(market, found.taken)
    best = _best_by_trying(market, each, per_seat)
    assert (by_worker <= each).all() and (by_option <= market.capacity * per_seat).all()
    assert found.objective <= best <= found.bound
    step = STEP * float(market.value.mean()) if market.edges else 0.0
    assert found.bound - found.objective <= step * each * market.workers + 1e-9


@pytest.mark.parametrize("per_seat", [2, 8])
@pytest.mark.parametrize("name", ["base", "coarse", "concentrated", "common", "scarce"])
def test_the_proved_gap_on_hard_families(name: str, per_seat: int) -> None:
    market = family(name, workers=400, options=150, pairs=20, seed=4)
    found = offers(market, each=5, per_seat=per_seat)
    by_worker, by_option = _counts(market, found.taken)
    assert (by_worker <= 5).all() and (by_option <= market.capacity * per_seat).all()
    assert (found.price[by_option < market.capacity * per_seat] == 0).all()
    assert found.gap <= 0.0001
    assert found.objective <= _by_linear_program(market, 5, per_seat) <= found.bound + 1e-6


def _by_linear_program(market: Market, each: int, per_seat: int) -> float:
    ones, pairs = np.ones(market.edges), np.arange(market.edges)
    rows = vstack([
        coo_array((ones, (market.pairs(), pairs)), shape=(market.workers, market.edges)),
        coo_array((ones, (market.option, pairs)), shape=(market.options, market.edges)),
    ])  # fmt: skip
    limits = np.concatenate([np.full(market.workers, each), market.capacity * per_seat])
    return -float(
        linprog(-market.value.astype(float), A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs").fun
    )


def test_nobody_is_sent_where_everybody_goes() -> None:
    """Ten people like the same vacancy best; it is offered to as many as its seats allow."""
    worker, option = np.divmod(np.arange(20), 2)
    market = market_from_edges(worker, option, np.where(option == 0, 9, 5), workers=10, capacity=[1, 4])
    found = offers(market, each=1, per_seat=2)
    assert _counts(market, found.taken)[1].tolist() == [2, 8]


def test_an_empty_market_has_no_offers() -> None:
    found = offers(market_from_edges([], [], [], workers=2, capacity=[1]), each=3)
    assert (found.objective, found.bound, found.gap) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("each", "per_seat", "value"), [(0, 1, 5), (1, 0, 5), (1, 1, 0), (1.5, 1, 5), (2, 1.5, 5)]
)
def test_refusals(each: float, per_seat: float, value: int) -> None:
    with pytest.raises(BadMarket):
        offers(market_from_edges([0], [0], [value], workers=1, capacity=[1]), each=each, per_seat=per_seat)


@pytest.mark.parametrize("seed", range(40))
def test_the_bound_of_any_prices_is_not_rounded_down(seed: int) -> None:
    rng = np.random.default_rng(seed)
    who, what = np.repeat(np.arange(500), 2), np.arange(1000)
    market = market_from_edges(
        who, what, rng.integers(1, 9, 1000), workers=500, capacity=np.ones(1000, np.int64)
    )
    price = rng.random(1000)
    bound = offers_bound(market, market.capacity, 2, price)
    # All these prices are below all values, so that every pair is worth its place: the bound is the sum of the values.
    assert int(market.value.sum()) <= bound < int(market.value.sum()) + 1e-9
