"""What seats would bring and who competes for too few of them, against every subset and a maximum flow."""

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from tests.engines.matching.events import best_value
from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, certificate, market_from_edges, solve
from zaigang.engines.matching.auction import Plan
from zaigang.engines.matching.whatif import add_seats, marginal_value, shortages


def _with_seats(market: Market, option: int, n: int) -> Market:
    capacity = market.capacity.copy()
    capacity[option] += n
    return Market(market.first, market.option, market.value, capacity)


@pytest.mark.parametrize("hundred", range(5))
def test_the_real_gain_and_its_bound_small(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        rng = np.random.default_rng(seed)
        market = random_market(rng)
        plan = solve(market)
        option, n = int(rng.integers(market.options)), int(rng.integers(1, 4))
        gain = add_seats(market, plan, option, n)
        more = best_value(_with_seats(market, option, n)) - best_value(market)
        assert gain.actual == more, seed
        assert more <= gain.bound + 1e-9, seed
        assert gain.bound < n * marginal_value(plan)[option] + 1, seed
        assert (len(gain.who_moves) > 0) >= (more > 0), seed


@pytest.mark.parametrize("name", ["base", "common", "scarce"])
def test_the_real_gain_of_a_class_of_thirty(name: str) -> None:
    market = family(name, workers=600, options=250, pairs=20, seed=2)
    plan = solve(market)
    option = int(np.argmax(marginal_value(plan)))
    gain = add_seats(market, plan, option, 30)
    again = solve(_with_seats(market, option, 30)).certificate.objective
    assert plan.certificate.objective + gain.actual == again
    assert 0 < gain.actual <= gain.bound


def _most_missing(market: Market) -> int:
    """The most by which a set of workers exceeds the seats that they may take: over every set."""
    seats_of = [
        set(market.option[market.first[i] : market.first[i + 1]].tolist()) for i in range(market.workers)
    ]
    most = 0
    for size in range(market.workers + 1):
        for group in combinations(range(market.workers), size):
            places = set().union(*(seats_of[i] for i in group))
            most = max(most, size - sum(int(market.capacity[j]) for j in places))
    return most


def _most_placed(market: Market) -> int:
    workers, end = market.workers, market.workers + market.options + 1
    tails = np.concatenate(
        [np.zeros(workers, np.int64), 1 + market.pairs(), 1 + workers + np.arange(market.options)]
    )
    heads = np.concatenate(
        [1 + np.arange(workers), 1 + workers + market.option, np.full(market.options, end)]
    )
    most = np.concatenate([np.ones(workers + market.edges, np.int32), market.capacity]).astype(np.int32)
    return int(maximum_flow(csr_array((most, (tails, heads)), shape=(end + 1, end + 1)), 0, end).flow_value)


def _check_groups(market: Market) -> int:
    """Each group is closed and short, no worker or option is in two; returns all missing seats."""
    found = shortages(market, solve(market, place_all=True))
    for group in found:
        may_take = np.unique(market.option[np.isin(market.pairs(), group.workers)])
        assert may_take.tolist() == group.options.tolist()
        assert group.seats == int(market.capacity[group.options].sum())
        assert group.missing > 0
    for members in ([g.workers for g in found], [g.options for g in found]):
        together = np.concatenate([*members, np.zeros(0, np.int32)])
        assert len(np.unique(together)) == len(together)
    return sum(group.missing for group in found)


@pytest.mark.parametrize("hundred", range(5))
def test_groups_that_compete_for_too_few_seats_small(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        market = random_market(np.random.default_rng(seed), most_workers=7, values=(-9, 9))
        missing = _check_groups(market)
        assert missing == _most_missing(market) == market.workers - _most_placed(market), seed


@pytest.mark.parametrize("seed", range(5))
def test_groups_against_a_maximum_flow(seed: int) -> None:
    rng = np.random.default_rng(seed)
    worker, option = np.nonzero(rng.random((300, 250)) < 0.006)
    market = market_from_edges(
        worker, option, rng.integers(1, 50, len(worker)), workers=300, capacity=rng.integers(1, 3, 250)
    )
    assert _check_groups(market) == 300 - _most_placed(market)


def test_two_groups_are_told_apart() -> None:
    market = market_from_edges(
        [0, 1, 2, 3, 4, 5], [0, 0, 0, 1, 1, 2], [1, 2, 3, 4, 5, 6], workers=7, capacity=[2, 1, 4]
    )
    found = shortages(market, solve(market, place_all=True))
    assert [(g.workers.tolist(), g.options.tolist(), g.seats, g.missing) for g in found] == [
        ([0, 1, 2], [0], 2, 1), ([3, 4], [1], 1, 1), ([6], [], 0, 1),
    ]  # fmt: skip


def test_a_crowd_as_long_as_a_street() -> None:
    """One too many at one end is felt at the other: each worker may take the option of the one before them."""
    seats = 20_000
    who = np.concatenate([np.arange(seats), np.arange(1, seats + 1)])
    market = market_from_edges(
        who,
        np.tile(np.arange(seats), 2),
        np.ones(2 * seats, np.int64),
        workers=seats + 1,
        capacity=np.ones(seats, np.int64),
    )
    choice = np.append(np.arange(seats), -1).astype(np.int32)
    price = np.ones(seats)
    (crowd,) = shortages(market, Plan(choice, price, certificate(market, choice, price)))
    assert (crowd.workers.tolist(), crowd.options.tolist()) == (list(range(seats + 1)), list(range(seats)))
    assert (crowd.seats, crowd.missing) == (seats, 1)


@pytest.mark.parametrize("choice", [[0], [0, 7], [0, 0, 0]])
def test_a_plan_of_another_market_is_refused(choice: list[int]) -> None:
    market = market_from_edges([0, 1], [0, 0], [9, 1], workers=2, capacity=[1])
    proof = solve(market).certificate
    with pytest.raises(BadMarket) as refused:
        shortages(market, Plan(np.array(choice, np.int32), np.zeros(1), proof))
    assert refused.value.where == "plan"


def test_a_plan_that_could_place_one_more_is_refused() -> None:
    market = market_from_edges([0, 0, 1], [0, 1, 0], [9, 1, 2], workers=2, capacity=[1, 1])
    choice, price = np.array([0, -1], np.int32), np.zeros(2)
    with pytest.raises(BadMarket):
        shortages(market, Plan(choice, price, certificate(market, choice, price)))


@pytest.mark.parametrize(("option", "n"), [(1, 1), (-1, 1), (0, 0)])
def test_seats_that_cannot_be_added(option: int, n: int) -> None:
    market = market_from_edges([0], [0], [5], workers=1, capacity=[1])
    with pytest.raises(BadMarket):
        add_seats(market, solve(market), option, n)


def test_more_seats_than_anybody_could_take_need_no_room() -> None:
    market = market_from_edges([0, 1, 2], [0, 0, 0], [5, 4, 3], workers=3, capacity=[1])
    gain = add_seats(market, solve(market), 0, 10**12)
    assert gain.actual == 7 <= gain.bound
