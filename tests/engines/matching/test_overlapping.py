"""Floors for groups that overlap: kept at the least cost, or it is proved that no plan keeps them."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import (
    BadMarket,
    FloorsNotFound,
    FloorsPlan,
    ImpossibleFloors,
    Market,
    Weighing,
    market_from_edges,
    overlapping,
    solve,
    solve_with_floors,
    solve_with_overlapping_floors,
)
from zaigang.engines.matching.overlapping import Members

Asked = tuple[Market, Members, dict[int, int]]


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


def _best_by_program(market: Market, members: Members, at_least: dict[int, int]) -> int | None:
    """The same by HiGHS, a mixed integer program."""
    pairs, worker = np.arange(market.edges), market.pairs()
    rows = np.concatenate([worker, market.workers + market.option])
    shape = (market.workers + market.options, market.edges)
    limits = coo_array((np.ones(2 * len(pairs)), (rows, np.tile(pairs, 2))), shape=shape).tocsr()
    floors = csr_array(np.array([members[code][worker] for code in at_least], float))
    low = np.concatenate([np.full(shape[0], -np.inf), list(at_least.values())])
    high = np.concatenate([np.ones(market.workers), market.capacity, np.full(len(at_least), np.inf)])
    found = milp(
        -market.value.astype(float), constraints=LinearConstraint(vstack([limits, floors]), low, high),
        integrality=np.ones(market.edges), bounds=Bounds(0, 1), options={"mip_rel_gap": 0},
    )  # fmt: skip
    assert found.status in (0, 2)
    return None if found.status == 2 else -round(found.fun)


def small(rng: np.random.Generator) -> Asked:
    market = random_market(rng, values=(1, 200))
    members = {code: rng.random(market.workers) < 0.5 for code in range(3)}
    return market, members, {code: int(rng.integers(0, 3)) for code in range(3)}


def hardly(rng: np.random.Generator) -> Asked:
    """Floors that a plan drawn by lot keeps just so, or misses by one: few plans keep all, or none."""
    workers, options = int(rng.integers(12, 60)), int(rng.integers(5, 25))
    who, what = np.nonzero(rng.random((workers, options)) < rng.choice([0.1, 0.3]))
    value, seats = rng.integers(1, rng.choice([4, 3000]), len(who)), rng.integers(1, 4, options)
    drawn = market_from_edges(who, what, rng.integers(1, 99, len(who)), workers=workers, capacity=seats)
    placed = solve(drawn, place_all=True).choice >= 0
    members = {code: rng.random(workers) < rng.choice([0.2, 0.4, 0.6]) for code in range(rng.integers(2, 8))}
    at_least = {k: max(0, int(placed[one].sum()) + int(rng.integers(-1, 2))) for k, one in members.items()}
    return market_from_edges(who, what, value, workers=workers, capacity=seats), members, at_least


def short(rng: np.random.Generator) -> Asked:
    """Seats for few, and floors about as high as all of them together allow."""
    workers, options = int(rng.integers(8, 30)), int(rng.integers(3, 12))
    who, what = np.nonzero(rng.random((workers, options)) < rng.choice([0.2, 0.4, 0.8]))
    value = rng.integers(1, rng.choice([6, 200]), len(who))
    market = market_from_edges(who, what, value, workers=workers, capacity=rng.integers(1, 3, options))
    members = {code: rng.random(workers) < 0.4 for code in range(rng.integers(2, 6))}
    most = solve(market, place_all=True).certificate.placed
    return market, members, {k: int(min(one.sum(), most) * rng.uniform(0.5, 1)) for k, one in members.items()}


def kept(asked: Asked, found: FloorsPlan) -> None:
    """The plan is what it says, and the prices and multipliers prove the bound or a little more."""
    market, members, at_least = asked
    for floor in found.floors:
        placed = int((found.choice[members[floor.group]] >= 0).sum())
        assert floor.placed == placed >= floor.at_least == at_least[floor.group]
    worker = market.pairs()
    taken = found.choice[worker] == market.option
    assert (np.bincount(market.option[taken], minlength=market.options) <= market.capacity).all()
    assert (taken.sum(), market.value[taken].sum()) == ((found.choice >= 0).sum(), found.objective)
    assert found.cost == solve(market).certificate.objective - found.objective
    more = np.sum([floor.multiplier * members[floor.group] for floor in found.floors], axis=0)
    left = np.zeros(market.workers)
    np.maximum.at(left, worker, (market.value + more[worker]) - found.price[market.option])
    by_prices = left.sum() + np.dot(market.capacity, found.price)
    assert by_prices - sum(floor.multiplier * floor.at_least for floor in found.floors) >= found.bound - 1e-3


@pytest.mark.parametrize(("kind", "many"), [(small, 250), (hardly, 150), (short, 150)])
def test_the_best_plan_or_a_proof_that_there_is_none(kind, many: int) -> None:  # type: ignore[no-untyped-def]
    solved = impossible = 0
    for seed in range(many):
        asked = kind(np.random.default_rng(seed))
        best = (_best if kind is small else _best_by_program)(*asked)
        try:
            found = solve_with_overlapping_floors(*asked)
        except ImpossibleFloors:
            assert best is None, seed
            impossible += 1
            continue
        kept(asked, found)
        assert found.objective == best <= found.bound + 1e-6 < best + 1, seed
        solved += 1
    assert min(solved, impossible) > 20


def test_weights_prove_that_floors_together_cannot_be_kept() -> None:
    proved = 0
    for seed in range(150):
        market, members, at_least = short(np.random.default_rng(seed))
        try:
            solve_with_overlapping_floors(market, members, at_least)
        except ImpossibleFloors as error:
            if isinstance(error.reason, Weighing):
                asked = sum(
                    w * at_least[g] for g, w in zip(error.reason.groups, error.reason.weights, strict=True)
                )
                assert min(error.reason.weights) >= 0 and (error.reason.price >= 0).all()
                assert error.reason.most_of(market, members) < asked
                proved += 1
    assert proved > 5


def test_what_could_be_kept_if_people_could_be_divided() -> None:
    """Two seats for four, and of each two of them one is to be placed: half of each would do, two are too few."""
    market = market_from_edges(range(4), [0] * 4, [5, 5, 5, 5], workers=4, capacity=[2])
    groups = {k: np.isin(range(4), pair) for k, pair in enumerate(combinations(range(4), 2))}
    with pytest.raises(ImpossibleFloors, match="这几组的要求合起来做不到") as refused:
        solve_with_overlapping_floors(market, groups, dict.fromkeys(groups, 1))
    assert refused.value.reason is None
    found = solve_with_overlapping_floors(market, groups, {k: 1 for k in groups if k})
    assert (found.objective, found.choice[2:].tolist()) == (10, [0, 0])


def test_a_search_that_is_cut_short_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may find a plan and a bound, or a proof; else it says that it knows neither."""
    monkeypatch.setattr(overlapping, "WORK", 0)
    unknown = found_some = 0
    for seed in range(100):
        asked = hardly(np.random.default_rng(seed))
        best = _best_by_program(*asked)
        try:
            found = solve_with_overlapping_floors(*asked)
        except FloorsNotFound as error:
            assert "没有证明做不到" in error.what
            unknown += 1
        except ImpossibleFloors:
            assert best is None, seed
        else:
            assert best is not None
            kept(asked, found)
            assert found.objective <= best <= found.bound + 1e-6, seed
            found_some += 1
    assert unknown > 5 and found_some > 20


def test_groups_apart_cost_what_they_cost_exactly() -> None:
    market = family("base", workers=300, options=120, pairs=15, seed=3)
    group = np.arange(300) % 3
    value = np.maximum(1, market.value - np.where((group == 1)[market.pairs()], market.value // 3, 0))
    market = Market(market.first, market.option, value.astype(np.int32), market.capacity)
    at_least = {0: 60, 1: 75}
    exact = solve_with_floors(market, group, at_least)
    found = solve_with_overlapping_floors(market, {0: group == 0, 1: group == 1}, at_least)
    assert found.objective == exact.objective <= found.bound < exact.objective + 1


@pytest.mark.parametrize("name", ["base", "coarse", "common"])
def test_a_cohort(name: str) -> None:
    """1,419 people, three groups: within a hundred-thousandth of the best, proved."""
    market = family(name, workers=1419, options=600, pairs=40, seed=1)
    rng = np.random.default_rng(1)
    members = {code: rng.random(1419) < 0.3 for code in range(3)}
    free = solve(market).choice >= 0
    at_least = {code: int(1.1 * free[one].sum()) for code, one in members.items()}
    found = solve_with_overlapping_floors(market, members, at_least)
    kept((market, members, at_least), found)
    assert found.objective <= found.bound <= 1.00001 * found.objective


def test_values_too_large_to_be_divided() -> None:
    """Multipliers are whole numbers then."""
    market = market_from_edges([0, 1, 2], [0, 0, 0], [2**31 - 1, 2**31 - 9, 7], workers=3, capacity=[2])
    members = {1: np.array([False, True, True]), 2: np.array([True, False, True])}
    found = solve_with_overlapping_floors(market, members, {1: 2, 2: 1})
    assert (found.choice.tolist(), found.objective) == ([-1, 0, 0], 2**31 - 2)


@pytest.mark.parametrize(
    ("members", "at_least", "where"),
    [
        ({1: [True]}, {1: 1}, "members 1"),
        ({1: [1, 0]}, {1: 1}, "members 1"),
        ({}, {1: 1}, "members 1"),
        ({1: [True, True]}, {1: -1}, "at_least 1"),
        ({7: [True, True]}, {7: 2}, "at_least 7"),
        ({7: [True, True]}, {7: 10**30}, "at_least 7"),
    ],
)
def test_refusals(members: dict[int, list[object]], at_least: dict[int, int], where: str) -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[1])
    with pytest.raises(BadMarket) as refused:
        solve_with_overlapping_floors(market, {k: np.array(v) for k, v in members.items()}, at_least)
    assert refused.value.where == where


def test_nobody_and_nothing_asked() -> None:
    empty = market_from_edges([], [], [], workers=0, capacity=[1])
    nobody = np.zeros(0, np.bool_)
    assert solve_with_overlapping_floors(empty, {1: nobody}, {1: 0}).objective == 0
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[1])
    free = solve_with_overlapping_floors(market, {1: np.array([False, True])}, {1: 0})
    assert (free.objective, free.floors[0].multiplier, free.cost) == (5, 0.0, 0)
