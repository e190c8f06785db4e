"""A market planned in parts: the same proof as in one piece, however it is cut."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.matching.markets import best_by_trying, family, random_market
from tests.engines.matching.oracle import min_cost_flow
from zaigang.engines.matching import BadMarket, market_from_edges
from zaigang.engines.matching.errors import MatchingError
from zaigang.engines.matching.partition import InProcess, OnDask, solve_partitioned, split

FAMILIES = ("base", "coarse", "concentrated", "common", "scarce")


@pytest.mark.parametrize("hundred", range(10))
def test_no_plan_is_better_however_the_market_is_cut(hundred: int) -> None:
    """Few values, so that bids tie all the time; a gap so small that only the best plan keeps it."""
    for seed in range(100 * hundred, 100 * hundred + 100):
        rng = np.random.default_rng(seed)
        market = random_market(rng, values=(1, int(rng.choice([2, 12]))))
        owner = rng.integers(0, int(rng.integers(1, 5)), market.options)
        plan, _ = solve_partitioned(market, owner, gap=1e-6)
        assert plan.certificate.violations == (), seed
        assert plan.certificate.gap <= 1e-6, seed
        assert plan.certificate.objective == best_by_trying(market)[1], seed


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("parts", [1, 3, 8])
def test_the_gap_is_proved_for_a_hard_family(name: str, parts: int) -> None:
    market = family(name, workers=1419, options=600, pairs=40, seed=3)
    owner = np.random.default_rng(parts).integers(0, parts, market.options)
    plan, journey = solve_partitioned(market, owner, gap=0.001)
    assert plan.certificate.feasible
    assert plan.certificate.gap <= 0.001
    assert plan.certificate.objective <= min_cost_flow(market) <= plan.certificate.bound
    assert journey.rows == 0 if parts == 1 else journey.rows > 0


@pytest.mark.parametrize("name", FAMILIES)
def test_rounds_stay_few_where_regions_own_their_options(name: str) -> None:
    """The bar is 80 rounds for eight parts; the ring of `family` is cut into eight arcs."""
    market = family(name, workers=10_000, options=4_000, pairs=20, seed=1)
    plan, journey = solve_partitioned(market, _arcs(10_000, 4_000, seed=1, parts=8))
    assert plan.certificate.gap <= 0.001
    assert journey.rounds <= 80


def test_where_seats_are_not_short_coarse_steps_come_first() -> None:
    market = family("common", workers=2_000, options=800, pairs=20, seed=2)
    roomy = replace(market, capacity=market.capacity * 3)
    plan, journey = solve_partitioned(roomy, _arcs(2_000, 800, seed=2, parts=4))
    assert plan.certificate.gap <= 0.001
    assert plan.certificate.objective <= min_cost_flow(roomy) <= plan.certificate.bound
    assert [len(journey.seeking), len(journey.bidding)] == [2, 1]


def test_the_same_plan_whatever_the_number_of_threads() -> None:
    market = family("coarse", workers=2_000, options=800, pairs=20, seed=5)
    owner = _arcs(2_000, 800, seed=5, parts=4)
    one, journey = solve_partitioned(market, owner)
    two, again = solve_partitioned(market, owner, executor=InProcess(threads=2))
    assert one.choice.tobytes() == two.choice.tobytes()
    assert one.price.tobytes() == two.price.tobytes()
    assert journey == again


def test_owners_may_be_called_by_their_codes() -> None:
    """A district's code of six digits is a part like any other: what lies between two codes makes none."""
    market = family("base", workers=200, options=80, pairs=10, seed=4)
    owner = np.arange(80) % 3
    assert len(split(market, 370_200 + 11 * owner).shares) == 3
    short, _ = solve_partitioned(market, owner)
    coded, _ = solve_partitioned(market, 370_200 + 11 * owner)
    assert short.choice.tobytes() == coded.choice.tobytes()
    assert short.price.tobytes() == coded.price.tobytes()


def test_an_executor_plans_one_market_after_the_other() -> None:
    market = family("base", workers=200, options=80, pairs=10, seed=4)
    threads = InProcess(threads=2)
    first, _ = solve_partitioned(market, np.arange(80) % 3, executor=threads)
    again, _ = solve_partitioned(market, np.arange(80) % 3, executor=threads)
    assert first.choice.tobytes() == again.choice.tobytes()


def test_parts_without_options_workers_without_pairs_and_options_without_workers() -> None:
    """Nobody owns number 1, nobody asks for option 2, worker 1 has no pair; worker 2 would gain only abroad."""
    market = market_from_edges([0, 2, 2], [0, 0, 1], [5, 4, 3], workers=3, capacity=[1, 1, 2])
    plan, _ = solve_partitioned(market, np.array([0, 2, 3]), gap=1e-6)
    assert plan.choice.tolist() == [0, -1, 1]
    assert plan.certificate.objective == 8


def test_an_option_without_seats_is_nobodys() -> None:
    """What a first seat would bring is its price: worker 0 could have 9 there instead of 4."""
    market = market_from_edges([0, 0, 1], [0, 1, 1], [9, 4, 3], workers=2, capacity=[1, 2])
    market = replace(market, capacity=np.array([0, 2], np.int32))
    plan, _ = solve_partitioned(market, np.array([0, 1]), gap=1e-6)
    assert plan.choice.tolist() == [1, 1]
    assert plan.price.tolist() == [5.0, 0.0]
    assert plan.certificate.optimal


def test_more_seats_than_memory_could_hold_are_no_matter() -> None:
    market = market_from_edges([0, 1], [0, 1], [5, 4], workers=2, capacity=[2**31 - 1, 2**31 - 1])
    plan, _ = solve_partitioned(market, np.array([0, 1]), gap=1e-6)
    assert plan.choice.tolist() == [0, 1]


@pytest.mark.parametrize("gap", [1e-6, 1e-12, 1e-300])
def test_large_values_and_a_gap_finer_than_numbers_can_tell(gap: float) -> None:
    rng = np.random.default_rng(3)
    who, what = np.nonzero(rng.random((60, 20)) < 0.5)
    value = np.where(rng.random(len(who)) < 0.5, 2**31 - 1, rng.integers(1, 2**31, len(who)))
    market = market_from_edges(who, what, value, workers=60, capacity=rng.choice([1, 2, 9], 20))
    plan, journey = solve_partitioned(market, np.arange(20) % 3, gap=gap)
    assert plan.certificate.feasible
    assert plan.certificate.objective <= min_cost_flow(market) <= plan.certificate.bound
    assert plan.certificate.gap <= max(gap, 1e-6)
    assert journey.rounds < 10_000


def test_an_empty_market_has_an_empty_plan() -> None:
    market = market_from_edges([], [], [], workers=2, capacity=[1])
    plan, journey = solve_partitioned(market, np.array([0]))
    assert plan.choice.tolist() == [-1, -1]
    assert (plan.certificate.objective, plan.certificate.gap, journey.rows) == (0, 0.0, 0)


@pytest.mark.parametrize(
    ("owner", "gap", "value", "where"),
    [
        ([0], 0.1, 5, "owner"),
        ([0, -1], 0.1, 5, "owner 第 2 行"),
        ([0.5, 1], 0.1, 5, "owner"),
        ([0, 1], 0.0, 5, "gap"),
        ([0, 1], 1.0, 5, "gap"),
        ([0, 1], 0.1, -5, "第 1 对"),
    ],
)
def test_refusals(owner: list[float], gap: float, value: int, where: str) -> None:
    market = market_from_edges([0, 1], [0, 1], [value, 4], workers=2, capacity=[1, 1])
    with pytest.raises(BadMarket) as refused:
        solve_partitioned(market, np.array(owner), gap=gap)
    assert refused.value.where == where


def test_who_wants_as_many_placed_as_possible_is_sent_to_the_whole_market() -> None:
    market = market_from_edges([0, 1], [0, 1], [3, -4], workers=2, capacity=[1, 1])
    with pytest.raises(BadMarket, match="place_all") as refused:
        solve_partitioned(market, np.array([0, 1]))
    assert refused.value.where == "第 2 对"


class _Breaking(InProcess):
    """A machine that is lost in the middle of the work."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = False

    def call(self, method: str, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        if method == "seek":
            raise ConnectionError("a machine is gone")
        return super().call(method, arguments)

    def stop(self) -> None:
        self.stopped = True
        super().stop()


def test_a_lost_machine_is_told_and_leaves_nothing_running() -> None:
    market = market_from_edges([0, 1, 1], [0, 0, 1], [5, 4, 4], workers=2, capacity=[1, 1])
    machines = _Breaking()
    with pytest.raises(ConnectionError, match="a machine is gone"):
        solve_partitioned(market, np.array([0, 1]), executor=machines)
    assert machines.stopped


class _Nobody:
    """A cluster that has no workers."""

    def scheduler_info(self, n_workers: int) -> dict[str, dict[str, object]]:
        return {"workers": {}}


def test_a_cluster_without_workers_is_told() -> None:
    market = market_from_edges([0], [0], [5], workers=1, capacity=[1])
    with pytest.raises(MatchingError, match="集群里没有工作进程"):
        solve_partitioned(market, np.array([0]), executor=OnDask(_Nobody()))


def _arcs(workers: int, options: int, *, seed: int, parts: int) -> np.ndarray:
    """The arc of the ring on which `family` has put each option."""
    rng = np.random.default_rng(seed)
    rng.random(workers)
    return np.minimum((rng.random(options) * parts).astype(int), parts - 1)
