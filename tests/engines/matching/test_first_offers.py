"""Everybody first: the greatest number that can have an offer, then the value, against every choice and a flow."""

from itertools import combinations, product

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, Offers, market_from_edges, offers
from zaigang.engines.matching.offering.auction import STEP


def _by_trying(market: Market, each: int, per_seat: int) -> tuple[int, int]:
    """(workers with an offer, value) of the best lists, of all lists that there are."""
    lists = []
    for i in range(market.workers):
        edges = range(market.first[i], market.first[i + 1])
        lists.append([chosen for size in range(each + 1) for chosen in combinations(edges, size)])
    best = (0, 0)
    for plan in product(*lists):
        edges = [edge for chosen in plan for edge in chosen]
        if (np.bincount(market.option[edges], minlength=market.options) <= market.capacity * per_seat).all():
            best = max(best, (sum(1 for chosen in plan if chosen), int(market.value[edges].sum())))
    return best


def _by_flow(market: Market, each: int, per_seat: int) -> tuple[int, int]:
    """The same by min-cost flow: a worker's first unit is worth more than all values together."""
    n, m = market.workers, market.options
    first_unit = int(market.value.sum(dtype=np.int64)) + 1
    people, source, sink = np.arange(n), n + m, n + m + 1
    flow = SimpleMinCostFlow()
    tails = [market.pairs(), np.full(2 * n, source), n + np.arange(m), [source]]
    heads = [n + market.option, people, people, np.full(m, sink), [sink]]
    seats = np.minimum(market.capacity.astype(np.int64) * per_seat, n)
    most = [np.ones(market.edges + n, np.int64), np.full(n, each - 1), seats, [n * each]]
    cost = [-market.value.astype(np.int64), np.full(n, -first_unit), np.zeros(n + m + 1, np.int64)]
    flow.add_arcs_with_capacity_and_unit_cost(*map(np.concatenate, (tails, heads, most, cost)))
    flow.set_nodes_supplies(np.array([source, sink]), np.array([n * each, -n * each]))
    assert flow.solve() == flow.OPTIMAL
    reached = -flow.optimal_cost() // first_unit
    return reached, -flow.optimal_cost() - reached * first_unit


def _checked(market: Market, found: Offers, each: int, per_seat: int) -> tuple[int, int]:
    """What the lists are worth, after a look at their limits and at the proof of the number."""
    by_worker = np.bincount(market.pairs()[found.taken], minlength=market.workers)
    by_option = np.bincount(market.option[found.taken], minlength=market.options)
    assert (by_worker <= each).all() and (by_option <= market.capacity * per_seat).all()
    for group in found.short:
        may_take = market.option[np.isin(market.pairs(), group.workers)]
        assert set(may_take.tolist()) == set(group.options.tolist())
        assert group.seats == int((market.capacity[group.options] * per_seat).sum())
    assert int((by_worker > 0).sum()) == found.reached
    assert found.reached == market.workers - sum(group.missing for group in found.short)
    assert int(market.value[found.taken].sum()) == found.objective
    return found.reached, found.objective


@pytest.mark.parametrize("hundred", range(4))
def test_everybody_first_small(hundred: int) -> None:
    dearer = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        rng = np.random.default_rng(seed)
        market = random_market(rng, most_workers=4, most_options=3, values=(1, 1000))
        each, per_seat = int(rng.integers(1, 4)), int(rng.integers(1, 3))
        found = offers(market, each=each, per_seat=per_seat, everyone_first=True)
        reached, value = _checked(market, found, each, per_seat)
        best = _by_trying(market, each, per_seat)
        assert reached == best[0], seed
        assert value <= best[1] <= found.bound + 1e-9, seed
        step = STEP * float(market.value.max(initial=0))
        assert found.bound - value <= step * each * market.workers + 1e-9, seed
        dearer += offers(market, each=each, per_seat=per_seat).reached < reached
    assert dearer > 0


@pytest.mark.parametrize("name", ["base", "coarse", "concentrated", "common", "scarce"])
@pytest.mark.parametrize(("each", "per_seat"), [(1, 1), (3, 1), (5, 2)])
def test_everybody_first_on_hard_families(name: str, each: int, per_seat: int) -> None:
    market = family(name, workers=400, options=150, pairs=20, seed=4)
    found = offers(market, each=each, per_seat=per_seat, everyone_first=True)
    best = _by_flow(market, each, per_seat)
    reached, value = _checked(market, found, each, per_seat)
    assert reached == best[0]
    assert value <= best[1] <= found.bound + 1e-6
    assert found.gap <= 0.0001


@pytest.mark.parametrize("seed", range(10))
def test_crowds_beside_people_with_a_choice(seed: int) -> None:
    """A few options that many can only take, and the same options wanted by those who may go elsewhere."""
    rng = np.random.default_rng(seed)
    allowed = rng.random((120, 60)) < 0.06
    allowed[:40] &= np.arange(60) < 6
    who, what = np.nonzero(allowed)
    market = market_from_edges(
        who, what, rng.integers(1, 2000, len(who)), workers=120, capacity=rng.integers(1, 4, 60)
    )
    found = offers(market, each=3, per_seat=2, everyone_first=True)
    best = _by_flow(market, 3, 2)
    reached, value = _checked(market, found, 3, 2)
    assert reached == best[0]
    assert value <= best[1] <= found.bound + 1e-6
    assert found.gap <= 0.0005
    assert found.short


def test_one_gives_way_so_that_another_has_an_offer() -> None:
    """By value the first has both places; everybody first gives one of them to the second, and says who is left."""
    market = market_from_edges([0, 0, 1, 2], [0, 1, 1, 1], [90, 80, 7, 5], workers=4, capacity=[1, 1])
    assert offers(market, each=2).taken.tolist() == [True, True, False, False]
    found = offers(market, each=2, everyone_first=True)
    assert found.taken.tolist() == [True, False, True, False]
    assert (found.reached, found.objective, found.bound) == (2, 97, pytest.approx(97, abs=0.1))
    assert [(g.workers.tolist(), g.options.tolist(), g.seats, g.missing) for g in found.short] == [
        ([1, 2], [1], 1, 1), ([3], [], 0, 1),
    ]  # fmt: skip


def test_values_too_far_apart_to_put_everyone_first() -> None:
    many = 3000
    value = np.where(np.arange(many) == 0, 2**30, 1)
    market = market_from_edges(np.arange(many), np.zeros(many, int), value, workers=many, capacity=[many])
    assert offers(market, each=1).reached == many
    with pytest.raises(BadMarket) as refused:
        offers(market, each=1, everyone_first=True)
    assert refused.value.where == "value"
