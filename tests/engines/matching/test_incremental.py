"""A live plan after every single event: possible, within N x eps of every plan there is, promises kept."""

import numpy as np
import pytest

from tests.engines.matching.events import Events, best_value
from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, certificate, market_from_edges, solve
from zaigang.engines.matching.incremental import Change, Live

ROUNDING = 1e-6


def _most_regret(market: Market, choice: np.ndarray, price: np.ndarray) -> float:
    """By how much somebody would gain elsewhere, at most; infinite where an open seat has a price."""
    worker = market.pairs()
    left = market.value - price[market.option]
    best, kept = np.zeros(market.workers), np.zeros(market.workers)
    np.maximum.at(best, worker, left)
    taken = choice[worker] == market.option
    kept[worker[taken]] = left[taken]
    held = np.bincount(market.option[taken], minlength=market.options)
    if (price[held < market.capacity] > ROUNDING).any():
        return float("inf")
    return float((best - kept).max(initial=0))


def _check(live: Live, frozen: dict[int, int], note: str) -> None:
    """The plan is possible, nobody regrets more than eps, and no plan that keeps the promises is N x eps better."""
    plan, market = live.plan(), live.open_market()
    assert plan.certificate.violations == (), note
    choice = plan.choice.copy()
    for i, j in frozen.items():
        assert choice[i] == j, note
        choice[i] = -1
    assert _most_regret(market, choice, plan.price) <= live.eps + ROUNDING, note
    proof = certificate(market, choice, plan.price)
    best = best_value(market)
    assert proof.objective <= best <= proof.bound + ROUNDING, note
    assert best - proof.objective <= live.eps * max(1, market.workers) + ROUNDING, note
    if live.eps < 1 / (market.workers + 1):
        assert proof.objective == best, note


@pytest.mark.parametrize("hundred", range(10))
@pytest.mark.parametrize(("eps", "switch_cost"), [(0.05, 0), (0.05, 4), (2.0, 0), (0.7, 3)])
def test_after_every_event(hundred: int, eps: float, switch_cost: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 50):
        rng = np.random.default_rng(seed)
        market = random_market(rng)
        live = Live(market, solve(market), eps=eps, switch_cost=switch_cost)
        events = Events(rng, live, market)
        for step in range(8):
            name = events.one()
            _check(live, events.frozen, f"seed {seed}, step {step}: {name}")
            if rng.random() < 0.4:
                live.commit()
                _check(live, events.frozen, f"seed {seed}, step {step}: commit")


def test_nobody_moves_for_less_than_the_switch_cost() -> None:
    """A second worker is worth 3 more where the first one sits, and has nowhere else to go."""
    market = market_from_edges([0, 0], [0, 1], [9, 8], workers=1, capacity=[1, 1])
    for switch_cost, expected in ((0, [1, 0]), (3, [1, 0]), (12, [0, -1])):
        live = Live(market, solve(market), eps=0.1, switch_cost=switch_cost)
        live.add_worker([(0, 11)])
        assert live.plan().choice.tolist() == expected, switch_cost


@pytest.mark.parametrize("seed", range(300))
def test_with_a_prohibitive_switch_cost_only_losing_a_seat_moves_anybody(seed: int) -> None:
    rng = np.random.default_rng(seed)
    market = random_market(rng)
    live = Live(market, solve(market), eps=0.05, switch_cost=1000)
    events = Events(rng, live, market)
    for step in range(10):
        before = live.plan().choice
        seats_before = live.market().capacity
        name = events.one()
        seats = live.market().capacity
        for change in live.commit():
            lost = (
                change.worker < len(before)
                and change.before >= 0
                and seats[change.before] < seats_before[change.before]
            )
            came = change.before == -1
            assert came or lost or name in ("thaw",), (seed, step, name, change)


def test_changes_since_the_last_commit() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 7], workers=2, capacity=[1])
    live = Live(market, solve(market), eps=0.1)
    assert live.commit() == []
    live.add_seats(0, 1)
    assert live.commit() == [Change(0, -1, 0)]
    assert live.commit() == []
    live.withdraw(0)
    assert live.commit() == [Change(0, 0, -1), Change(1, 0, -1)]
    assert live.plan().certificate.bound == 0


def test_a_seat_goes_to_somebody_without_one_where_that_loses_no_more_than_eps() -> None:
    """Worker 1 would gain 1 more by the free seat than worker 2 does, but somebody else would have to follow."""
    market = market_from_edges(
        [0, 1, 1, 2, 3], [0, 0, 1, 0, 1], [19, 11, 10, 9, 9], workers=4, capacity=[1, 1]
    )
    for eps, expected in ((2.0, [Change(2, -1, 0)]), (0.1, [Change(1, 1, 0), Change(3, -1, 1)])):
        live = Live(market, solve(market), eps=eps)
        live.drop_worker(0)
        assert live.commit() == expected, eps


def test_who_would_stay_out_makes_room_where_that_loses_no_more_than_eps() -> None:
    """A newcomer wants a seat that two hold: worker 0 would lose 1 less, but would take the seat of worker 2."""
    market = market_from_edges(
        [0, 0, 1, 2, 3, 4], [0, 1, 0, 1, 0, 1], [19, 20, 10, 10, 7, 9], workers=5, capacity=[2, 1]
    )
    for eps, expected in (
        (2.0, [Change(1, 0, -1), Change(5, -1, 0)]),
        (0.1, [Change(0, 0, 1), Change(2, 1, -1), Change(5, -1, 0)]),
    ):
        live = Live(market, solve(market), eps=eps)
        assert live.add_worker([(0, 30)]) == 5
        assert live.commit() == expected, eps


@pytest.mark.parametrize("seed", range(20))
def test_many_come_and_go_and_the_lists_stay_as_long_as_they_are(seed: int) -> None:
    """Who has left is swept out of the lists of the options when these are full, and is in no plan before that."""
    rng = np.random.default_rng(seed)
    market = family("base", workers=6, options=4, pairs=4, seed=seed)
    live = Live(market, solve(market), eps=0.05)
    here = list(range(6))
    for step in range(120):
        live.drop_worker(here.pop(int(rng.integers(6))))
        j = int(rng.integers(4))
        here.append(live.add_worker([(j, int(rng.integers(1, 13))), ((j + 1) % 4, int(rng.integers(1, 13)))]))
        _check(live, {}, f"seed {seed}, step {step}")
    assert live._book.options.rows.used[0] < 64  # 240 pairs came


def test_a_promise_is_kept_against_a_better_worker_and_ends_with_its_seat() -> None:
    market = market_from_edges([0], [0], [5], workers=1, capacity=[1])
    live = Live(market, solve(market), eps=0.1)
    live.freeze([(0, 0)])
    late = live.add_worker([(0, 9)])
    assert live.plan().choice.tolist() == [0, -1]
    assert live.open_certificate().optimal
    assert live.plan().certificate.gap == pytest.approx(4 / 5, abs=0.1)
    live.drop_worker(0)
    assert live.plan().choice.tolist() == [-1, 0]
    live.withdraw(0, 1)
    assert live.plan().choice[late] == -1


def test_a_copy_goes_its_own_way() -> None:
    market = market_from_edges([0], [0], [5], workers=1, capacity=[1])
    live = Live(market, solve(market))
    other = live.copy()
    other.withdraw(0)
    other.add_worker([])
    assert live.plan().choice.tolist() == [0]
    assert other.plan().choice.tolist() == [-1, -1]


@pytest.mark.parametrize("name", ["base", "coarse", "concentrated", "common", "scarce"])
def test_the_gap_holds_on_hard_families_and_when_most_value_leaves(name: str) -> None:
    market = family(name, workers=600, options=250, pairs=20, seed=6)
    live = Live(market, solve(market, gap=0.01), gap=0.001)
    assert live.plan().certificate.gap <= 0.001
    for i in range(0, 600, 2):
        live.drop_worker(i)
    for j in range(0, 250, 3):
        live.withdraw(j)
    assert live.plan().certificate.gap <= 0.001
    best = solve(live.market()).certificate.objective
    assert live.plan().certificate.objective <= best <= live.plan().certificate.bound


def test_eps_becomes_finer_when_the_value_leaves_and_it_is_told() -> None:
    market = market_from_edges(
        [0, 0, 1, 1, 2], [0, 1, 0, 1, 2], [9, 8, 8, 9, 90_000], workers=3, capacity=[1, 1, 1]
    )
    live = Live(market, solve(market), gap=0.01)
    coarse = live.eps
    live.drop_worker(2)
    assert live.refined == 1
    assert live.eps < coarse
    assert live.plan().certificate.gap <= 0.01


def _live() -> Live:
    market = market_from_edges([0, 1], [0, 1], [5, 7], workers=2, capacity=[1, 2])
    live = Live(market, solve(market))
    live.drop_worker(1)
    live.withdraw(1)
    return live


@pytest.mark.parametrize(
    ("event", "given"),
    [
        ("add_worker", ([(1, 5)],)),
        ("add_worker", ([(2, 5)],)),
        ("add_worker", ([(-1, 5)],)),
        ("add_worker", ([(0, 5), (0, 6)],)),
        ("add_worker", ([(0, 0)],)),
        ("add_worker", ([(0, 2**31)],)),
        ("add_worker", ([0, 5],)),
        ("add_worker", ([(0, 1.5)],)),
        ("add_option", ([(1, 5)], 1)),
        ("add_option", ([(0, 5)], 0)),
        ("drop_worker", (1,)),
        ("drop_worker", (2,)),
        ("add_seats", (1, 1)),
        ("add_seats", (0, 0)),
        ("add_seats", (-1, 1)),
        ("withdraw", (0, 2)),
        ("withdraw", (1,)),
        ("freeze", ([(0, 1)],)),
        ("freeze", ([(1, -1)],)),
        ("thaw", ([7],)),
        ("thaw", ([0, 7],)),
        ("freeze", ([(0, 0), (7, 0)],)),
    ],
)
def test_events_that_cannot_be_change_nothing(event: str, given: tuple[object, ...]) -> None:
    live = _live()
    before = live.plan().choice.tolist(), live.plan().price.tolist(), live.market().capacity.tolist()
    with pytest.raises(BadMarket):
        getattr(live, event)(*given)
    assert (
        live.plan().choice.tolist(),
        live.plan().price.tolist(),
        live.market().capacity.tolist(),
    ) == before


def test_what_is_refused_does_not_stand_in_the_way_of_what_follows() -> None:
    live = _live()
    live.freeze([(0, 0)])
    for event, given in (
        ("add_worker", [(0, 2**31 - 1)] * 2),
        ("add_worker", [(0, 2**31)]),
        ("thaw", [0, 7]),
    ):
        with pytest.raises(BadMarket):
            getattr(live, event)(given)
    assert live.plan().choice.tolist() == [0, -1]
    assert live.add_worker([(0, 9)]) == 2
    assert live.plan().choice.tolist() == [0, -1, -1]
    live.thaw([0])
    assert live.plan().choice.tolist() == [-1, -1, 0]


@pytest.mark.parametrize("kind", ["int16", "int32", "int64", "uint8", "uint32", "object"])
def test_pairs_of_any_whole_numbers_in_any_order(kind: str) -> None:
    market = market_from_edges([0, 1], [0, 1], [5, 7], workers=2, capacity=[1, 2])
    live = Live(market, solve(market))
    edges = np.array([[1, 0], [7, 9]], kind if kind != "object" else "int64").T
    edges.setflags(write=False)
    live.add_worker(edges.tolist() if kind == "object" else edges)
    live.add_option(edges[::-1].tolist() if kind == "object" else edges[::-1], 1)
    assert live.market().option.tolist() == [0, 2, 1, 2, 1, 0]
    assert live.market().value.tolist() == [5, 9, 7, 7, 7, 9]


def test_a_plan_of_another_market_is_refused() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 7], workers=2, capacity=[2])
    other = market_from_edges([0, 1], [0, 0], [5, 7], workers=2, capacity=[1])
    with pytest.raises(BadMarket):
        Live(other, solve(market))
    with pytest.raises(BadMarket):
        Live(market, solve(market), gap=0)
