"""A live plan that places as many as possible first: after each event as many as a solve from scratch, and as good."""

import numpy as np
import pytest

from tests.engines.matching.events import Events
from tests.engines.matching.markets import family, random_market
from zaigang.engines.matching import BadMarket, Market, Plan, market_from_edges, solve
from zaigang.engines.matching.incremental import Live
from zaigang.engines.matching.whatif import add_seats

ROUNDING = 1e-5


def _value(market: Market, choice: np.ndarray) -> int:
    return int(market.value[choice[market.pairs()] == market.option].sum())


def _check(live: Live, frozen: dict[int, int], note: str) -> Plan:
    """The promises are kept; of the plans that keep them none places more, and of those none is N x eps better."""
    plan, market = live.plan(), live.open_market()
    assert plan.placed_first and plan.certificate.violations == (), note
    choice = plan.choice.copy()
    for i, j in frozen.items():
        assert choice[i] == j, note
        choice[i] = -1
    best = solve(market, place_all=True)
    assert int((choice >= 0).sum()) == best.certificate.placed, note
    missing = _value(market, best.choice) - _value(market, choice)
    proof = live.open_certificate()
    distance = live.eps * max(1, market.workers) + ROUNDING
    assert 0 <= missing <= proof.bound - proof.objective + ROUNDING <= distance + ROUNDING, note
    return best


@pytest.mark.parametrize("hundred", range(10))
@pytest.mark.parametrize(("eps", "switch_cost"), [(0.05, 0), (0.05, 4), (2.0, 0)])
def test_after_every_event(hundred: int, eps: float, switch_cost: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 20):
        rng = np.random.default_rng(seed)
        market = random_market(rng, values=(-9, 9))
        live = Live(market, solve(market, place_all=True), eps=eps, switch_cost=switch_cost)
        events = Events(rng, live, market, least=-9)
        for step in range(8):
            name = events.one()
            _check(live, events.frozen, f"seed {seed}, step {step}: {name}")
            if rng.random() < 0.4:
                live.commit()
                _check(live, events.frozen, f"seed {seed}, step {step}: commit")


def test_nothing_moves_before_the_first_event() -> None:
    for name in ("base", "coarse", "scarce"):
        market = family(name, workers=300, options=120, pairs=10, seed=1)
        plan = solve(market, place_all=True)
        live = Live(market, plan)
        assert len(live.commit()) == int((live.plan().choice != plan.choice).sum()) <= 3, name


@pytest.mark.parametrize("name", ["base", "coarse", "concentrated", "common", "scarce"])
def test_many_events_on_hard_families(name: str) -> None:
    market = family(name, workers=300, options=120, pairs=10, seed=2)
    live = Live(market, solve(market, place_all=True), gap=0.001)
    rng = np.random.default_rng(0)
    for step in range(60):
        i = int(rng.integers(300))
        rows = slice(market.first[i], market.first[i + 1])
        live.add_worker(np.column_stack([market.option[rows], market.value[rows]]))
        live.drop_worker(step)
        live.add_seats(step % 120, 2)
        live.withdraw(step % 120, 1 + step % 2)
        if step % 10 == 0:
            best = _check(live, {}, f"step {step}")
            value = _value(live.market(), best.choice)
            assert value - _value(live.market(), live.plan().choice) <= 0.001 * value


def test_one_seat_too_few_and_one_too_many_in_turn() -> None:
    """A ring in which everybody may sit in either of two seats: the last one decides whether prices are near 0."""
    size = 400
    who = np.repeat(np.arange(size), 2)
    what = (who + np.tile([0, 1], size)) % size
    market = market_from_edges(
        who, what, 1 + (7 * who + what) % 50, workers=size, capacity=np.ones(size, np.int64)
    )
    live = Live(market, solve(market, place_all=True), eps=0.001)
    for _ in range(3):
        worker = live.add_worker([(0, 30), (200, 20)])
        assert _check(live, {}, "one too many").certificate.placed == size
        option = live.add_option([(100, 10), (300, 5)], 2)
        assert _check(live, {}, "a seat too many").certificate.placed == size + 1
        live.withdraw(option)
        live.drop_worker(worker)
        assert _check(live, {}, "as before").certificate.placed == size
    assert live.solved_anew > 1


def test_values_that_outweigh_a_placing_are_given_room_or_refused() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 7], workers=2, capacity=[1])
    live = Live(market, solve(market, place_all=True), eps=0.1)
    wide = live.add_worker([(0, 2_000_000_000)])
    assert live.plan().choice.tolist() == [-1, -1, 0]
    live.add_option([(0, -2_000_000_000), (wide, 1)], 1)
    _check(live, {}, "wide")
    assert live.plan().choice.tolist() == [-1, 0, 1]
    assert live.solved_anew >= 2


def test_values_too_far_apart_for_so_many_are_refused_and_change_nothing() -> None:
    size = 2000
    market = market_from_edges(range(size), [0] * size, [1] * size, workers=size, capacity=[5])
    live = Live(market, solve(market, place_all=True))
    before = live.plan().choice.tolist()
    with pytest.raises(BadMarket):
        live.add_worker([(0, 2_000_000_000)])
    assert live.plan().choice.tolist() == before
    live.add_worker([(0, 2)])
    assert live.plan().choice[size] == 0


def test_what_seats_bring_is_not_asked_of_such_a_plan() -> None:
    market = market_from_edges([0, 1], [0, 0], [5, 7], workers=2, capacity=[1])
    with pytest.raises(BadMarket):
        add_seats(market, solve(market, place_all=True), 0, 1)
