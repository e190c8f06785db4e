"""Floors for a group: kept, at the least multiplier, with a bound that every choice there is respects."""

import re
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, vstack

from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import (
    BadMarket,
    FloorsPlan,
    GroupAudit,
    ImpossibleFloors,
    Market,
    Shortfall,
    audit,
    difference,
    market_from_edges,
    solve,
    solve_at_parity,
    solve_with_floor,
    solve_with_floors,
)


def _best_with_floor(market: Market, member: np.ndarray, at_least: int) -> int | None:
    return _best_with_floors(market, member.astype(int), {1: at_least})


def _best_with_floors(market: Market, group: np.ndarray, at_least: dict[int, int]) -> int | None:
    """The best value of all plans that place enough of each group; None where there is no such plan."""
    choices = [
        [(-1, 0), *((int(market.option[e]), int(market.value[e])) for e in range(market.first[i], market.first[i + 1]))]
        for i in range(market.workers)
    ]  # fmt: skip
    best = None
    for plan in product(*choices):
        options = [place for place, _ in plan if place >= 0]
        placed = [code for (place, _), code in zip(plan, group, strict=True) if place >= 0]
        kept = all(placed.count(code) >= least for code, least in at_least.items())
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
    assert found.objective == best <= found.bound + 1e-6 < best + 1
    assert found.cost == solve(market).certificate.objective - best
    assert found.multiplier == _least_multiplier(market, member, at_least)


def _least_multiplier(market: Market, member: np.ndarray, at_least: int) -> int:
    """The first that makes some best plan place enough: upwards from 0, each plan looked at."""
    raised = member[market.pairs()]
    for multiplier in range(1000):
        value = (market.value + np.where(raised, multiplier, 0)).astype(np.int32)
        richer = Market(market.first, market.option, value, market.capacity)
        enough = _best_with_floor(richer, member, at_least)
        if enough == _best_with_floor(richer, member, 0):
            return multiplier
    raise AssertionError("no multiplier")


@pytest.mark.parametrize("seed", range(300))
def test_floors_of_several_groups_are_kept_at_the_least_cost(seed: int) -> None:
    rng = np.random.default_rng(seed)
    market = random_market(rng)
    group = rng.integers(-1, 3, market.workers)
    at_least = {code: int(rng.integers(0, 3)) for code in rng.permutation([-1, 0, 1, 7])[:3].tolist()}
    best = _best_with_floors(market, group, at_least)
    if best is None:
        with pytest.raises(ImpossibleFloors, match="最多只能安置其中") as refused:
            solve_with_floors(market, group, at_least)
        _named_right(refused.value, market, group, at_least)
        return
    found = solve_with_floors(market, group, at_least)
    kept = _kept(market, found.choice, group)
    assert [(floor.group, floor.at_least) for floor in found.floors] == list(at_least.items())
    assert all(floor.placed == kept.get(floor.group, 0) >= floor.at_least for floor in found.floors)
    assert found.objective == best <= found.bound + 1e-6 < best + 1
    assert found.cost == solve(market).certificate.objective - best
    assert _lagrangian(market, group, found) == pytest.approx(found.bound, abs=0.01)


def _lagrangian(market: Market, group: np.ndarray, found: FloorsPlan) -> float:
    """The bound from prices and multipliers alone: what a multiplier adds to pairs is taken off again."""
    extra = {floor.group: floor.multiplier for floor in found.floors}
    more = np.array([extra.get(int(code), 0.0) for code in group])
    bound = float(np.dot(market.capacity, found.price)) - sum(f.multiplier * f.at_least for f in found.floors)
    for i in range(market.workers):
        span = slice(int(market.first[i]), int(market.first[i + 1]))
        left = market.value[span] + more[i] - found.price[market.option[span]]
        bound += max(0.0, *left.tolist(), 0.0)
    return bound


def _kept(market: Market, choice: np.ndarray, group: np.ndarray) -> dict[int, int]:
    seats = np.bincount(choice[choice >= 0], minlength=market.options)
    assert (seats <= market.capacity).all()
    codes, counts = np.unique(group[choice >= 0], return_counts=True)
    return dict(zip(codes.tolist(), counts.tolist(), strict=True))


def _named_right(
    error: ImpossibleFloors, market: Market, group: np.ndarray, at_least: dict[int, int]
) -> None:
    """A group that cannot have so many alone and how many it can have, or how many some can have together.

    The reason given is counted from the market alone.
    """
    why = error.reason
    assert isinstance(why, Shortfall)
    assert why.most == why.most_of(market, np.isin(group, why.groups)) < sum(at_least[c] for c in why.groups)
    told = int(re.findall(r"其中 (\d+) 人", error.what)[0])
    named = [int(code) for code in error.where.removeprefix("at_least ").split("、")]
    assert told < sum(at_least[code] for code in named)
    assert (len(named) == 1) == any(
        _best_with_floors(market, group, {code: at_least[code]}) is None for code in named
    )
    lower = product(*(range(at_least[code] + 1) for code in named))
    possible = [
        sum(some)
        for some in lower
        if _best_with_floors(market, group, dict(zip(named, some, strict=True))) is not None
    ]
    assert told == max(possible)


def test_a_floor_that_holds_anyway_costs_nothing() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[2])
    found = solve_with_floor(market, np.array([True, False]), at_least=1)
    assert (found.multiplier, found.objective, found.choice.tolist(), found.cost) == (0, 9, [0, 0], 0)


def test_the_least_that_placing_a_member_must_be_worth() -> None:
    """One seat, and the member is worth 3 less than the other: at 3 more the two tie."""
    market = market_from_edges([0, 1], [0, 0], [7, 4], workers=2, capacity=[1])
    found = solve_with_floor(market, np.array([False, True]), at_least=1)
    assert found.choice.tolist() == [-1, 0]
    assert (found.multiplier, found.objective, found.cost) == (3, 4, 3)


def burdened() -> tuple[Market, np.ndarray]:
    """Every second worker's values are a third lower."""
    market = family("base", workers=800, options=300, pairs=20, seed=2)
    older = np.arange(market.workers) % 2 == 0
    lower = market.value - np.where(older[market.pairs()], market.value // 3, 0)
    return Market(market.first, market.option, lower.astype(np.int32), market.capacity), older


def test_a_floor_on_a_hard_family() -> None:
    market, older = burdened()
    free = audit(market, solve(market).choice, older.astype(int))
    wanted = (free[0].placed + free[1].placed) // 2
    found = solve_with_floor(market, older, at_least=wanted)
    after = audit(market, found.choice, older.astype(int))
    assert free[1].placed < wanted == after[1].placed
    assert found.bound >= found.objective == _by_program(market, older.astype(int), {1: wanted})
    assert found.objective >= 0.95 * solve(market).certificate.objective


@pytest.mark.parametrize("within", [0.0, 0.01, 0.1])
def test_parity_of_two_groups(within: float) -> None:
    market, older = burdened()
    group = older.astype(int)
    before = audit(market, solve(market).choice, group)
    share = sum(one.placed for one in before) / sum(one.with_options for one in before)
    even = solve_at_parity(market, group, within=within)
    after = audit(market, even.choice, group)
    assert difference(before) > 0.15
    assert all(one.placed >= (share - within) * one.with_options - 1e-6 for one in after)
    assert _by_program(market, group, {f.group: f.at_least for f in even.floors}) == even.objective
    assert even.cost == solve(market).certificate.objective - even.objective > 0


def _by_program(market: Market, group: np.ndarray, at_least: dict[int, int]) -> int:
    """The same by a linear program; with disjoint groups it has whole numbers."""
    pairs = np.arange(market.edges)
    member = [group[market.pairs()] == code for code in at_least]
    rows = np.concatenate([market.pairs(), market.workers + market.option])
    limits = coo_array((np.ones(2 * len(pairs)), (rows, np.tile(pairs, 2)))).tocsr()
    most = np.concatenate([np.ones(market.workers), market.capacity, [-least for least in at_least.values()]])
    found = linprog(
        -market.value.astype(float), A_ub=vstack([limits, csr_array(-np.array(member, float))]), b_ub=most,
        bounds=(0, 1), method="highs",
    )  # fmt: skip
    return -round(found.fun)


def test_equal_shares_in_whole_people() -> None:
    """Two seats for three groups of one: two thirds of a person each, rounded up three would have to be placed."""
    market = market_from_edges([0, 1, 2], [0, 0, 0], [5, 4, 3], workers=3, capacity=[2])
    even = solve_at_parity(market, np.array([7, 8, 9]), within=0)
    assert [(floor.group, floor.at_least) for floor in even.floors] == [(7, 0), (8, 1), (9, 1)]
    assert (even.choice.tolist(), even.objective, even.cost) == ([-1, 0, 0], 7, 2)


def test_the_audit_counts_who_could_and_who_is() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=3, capacity=[1])
    assert audit(market, np.array([0, -1, -1], np.int32), np.array([1, 2, 2])) == [
        GroupAudit(1, 1, 1, 1, 5.0),
        GroupAudit(2, 2, 1, 0, 0.0),
    ]


def test_nobody_can_be_placed_where_there_is_no_seat() -> None:
    market = market_from_edges([0, 1], [0, 1], [5, 4], workers=2, capacity=[1, 0])
    assert audit(market, np.array([0, -1], np.int32), np.array([1, 1])) == [GroupAudit(1, 2, 1, 1, 5.0)]


def test_why_groups_cannot_have_so_many() -> None:
    """Two of three have one seat between them, the third another: whatever is done, two are placed."""
    market = market_from_edges([0, 1, 2, 2], [0, 0, 0, 1], [5, 4, 3, 2], workers=3, capacity=[1, 1])
    with pytest.raises(ImpossibleFloors) as refused:
        solve_with_floors(market, np.array([1, 1, 2]), {1: 1, 2: 10**30})
    assert (refused.value.groups, refused.value.what) == ((2,), "第 2 组最多只能安置其中 1 人")
    with pytest.raises(ImpossibleFloors) as refused:
        solve_with_floors(market, np.array([1, 1, 1]), {1: 3})
    why = refused.value.reason
    assert isinstance(why, Shortfall)
    assert (why.groups, why.most, why.options.tolist()) == ((1,), 2, [0])


@pytest.mark.parametrize(
    ("group", "at_least", "where"),
    [([1, 2, 3], {1: 1}, "group"), ([0.5, 1.0], {1: 1}, "group"), ([1, 2], {2: -1}, "at_least 2")],
)
def test_floors_that_cannot_be(group: list[float], at_least: dict[int, int], where: str) -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[1])
    with pytest.raises(BadMarket) as refused:
        solve_with_floors(market, np.array(group), at_least)
    assert refused.value.where == where


def test_shares_of_groups_and_their_difference() -> None:
    market = market_from_edges([0, 1, 2], [0, 0, 1], [5, 4, 3], workers=4, capacity=[1, 1])
    found = audit(market, np.array([0, -1, 1, -1], np.int32), np.array([1, 1, 2, 3]))
    assert [one.share for one in found] == [0.5, 1.0, None]
    assert (difference(found), difference(found[:1]), difference([])) == (0.5, 0.0, 0.0)


@pytest.mark.parametrize(
    ("member", "at_least", "where"),
    [([True], 1, "member"), ([1, 0], 1, "member"), ([True, False], -1, "at_least")],
)
def test_refusals(member: list[object], at_least: int, where: str) -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 4], workers=2, capacity=[1])
    with pytest.raises(BadMarket) as refused:
        solve_with_floor(market, np.array(member), at_least=at_least)
    assert refused.value.where == where
