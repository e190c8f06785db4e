"""The search against the rules written a second time, and against itself: index, threads, order."""

import dataclasses

import numpy as np
import pytest

from tests.engines.matching.candidates.worlds import Plain, World, picked, picked_options, small_world
from zaigang.engines.matching import solve
from zaigang.engines.matching.candidates import REJECTIONS, Candidates, Rejection, find_candidates, verdict

NOT_VISITED = Rejection.DISTANCE | Rejection.OCCUPATION


def worlds(seeds: range) -> list[tuple[int, World, Plain]]:
    made = [(seed, small_world(np.random.default_rng(seed))) for seed in seeds]
    return [(seed, world, Plain(world)) for seed, world in made]


def pairs(found: Candidates) -> list[tuple[int, int, int]]:
    market = found.market
    return list(zip(market.pairs().tolist(), market.option.tolist(), market.value.tolist(), strict=True))


def some_world() -> World:
    """Eight workers and twenty options, with possible pairs."""
    world = small_world(np.random.default_rng(197))
    assert find_candidates(*world).market.edges == 26
    return world


@pytest.mark.parametrize("hundred", range(10))
def test_the_best_pairs_by_score_small(hundred: int) -> None:
    for seed, world, plain in worlds(range(100 * hundred, 100 * hundred + 100)):
        for best in (1, 3, 40):
            expected = plain.best_pairs(best)
            for cell in (None, 100, 5000):
                found = find_candidates(*world, best=best, cell=cell, threads=1)
                assert pairs(found) == expected, (seed, best, cell)


def test_the_counts_of_every_reason() -> None:
    for seed, world, plain in worlds(range(300)):
        found = find_candidates(*world, cell=None)
        assert found.looked_at.tolist() == [len(world[1])] * len(world[0])
        told = zip(found.possible.tolist(), found.rejected.tolist(), found.only.tolist(), strict=True)
        assert list(told) == [plain.tally(i) for i in range(len(world[0]))], seed


def test_the_index_leaves_out_only_what_is_too_far_or_unreachable() -> None:
    left_out_at_all = 0
    for seed, world, plain in worlds(range(300)):
        every, near = find_candidates(*world, cell=None), find_candidates(*world, cell=250)
        left_out = every.looked_at - near.looked_at
        may_be = [sum(1 for bits in row if bits & NOT_VISITED) for row in plain.table]
        assert (left_out >= 0).all() and (left_out <= may_be).all(), seed
        assert near.possible.tolist() == every.possible.tolist(), seed
        assert near.only[:, 4:].tolist() == every.only[:, 4:].tolist(), seed
        left_out_at_all += int(left_out.sum())
    assert left_out_at_all > 5000


def test_a_pair_judged_again_has_the_same_bits_and_the_same_score() -> None:
    for seed, world, plain in worlds(range(60)):
        for i in range(len(world[0])):
            for j in range(len(world[1])):
                again = verdict(*world, i, j)
                assert int(again.rejections) == plain.table[i][j], (seed, i, j)
                assert again.score == (None if again.rejections else plain.score(i, j)), (seed, i, j)
                assert again.terms is None or 1 + sum(again.terms) == again.score


def test_the_worlds_of_these_tests_reach_every_rule() -> None:
    """Each rule is broken alone, too; else the equalities above would say little."""
    alone = np.zeros(len(REJECTIONS), np.int64)
    for seed in range(300):
        alone += find_candidates(*small_world(np.random.default_rng(seed)), cell=None).only.sum(axis=0)
    assert (alone > 20).all(), alone


@pytest.mark.parametrize("cell", [None, 5000])
def test_threads_change_nothing(cell: int | None) -> None:
    """More workers than one piece of work, so that threads do share it; each gets what they would get alone."""
    workers, options, rules = some_world()
    crowd = np.random.default_rng(0).integers(0, len(workers), 7000)
    expected: list[list[tuple[int, int]]] = [[] for _ in range(len(workers))]
    for i, j, value in Plain((picked(workers, [*range(len(workers))]), options, rules)).best_pairs(2):
        expected[i].append((j, value))
    alone = find_candidates(picked(workers, crowd), options, rules, best=2, cell=cell, threads=1)
    assert pairs(alone) == [(k, j, value) for k, i in enumerate(crowd) for j, value in expected[i]]
    for threads in (2, 5):
        again = find_candidates(picked(workers, crowd), options, rules, best=2, cell=cell, threads=threads)
        for name in ("first", "option", "value"):
            assert getattr(again.market, name).tobytes() == getattr(alone.market, name).tobytes()
        for name in ("looked_at", "possible", "rejected", "only"):
            assert getattr(again, name).tobytes() == getattr(alone, name).tobytes()


@pytest.mark.parametrize("cell", [None, 500])
def test_of_equal_scores_the_smaller_number_is_kept(cell: int | None) -> None:
    workers, options, rules = some_world()
    market = find_candidates(workers, options, rules, best=1).market
    who, what = int(market.pairs()[0]), int(market.option[0])
    twins = picked_options(options, [what] * 9)
    assert find_candidates(
        picked(workers, [who]), twins, rules, best=3, cell=cell
    ).market.option.tolist() == [0, 1, 2]


@pytest.mark.parametrize(("people", "places"), [(0, 20), (8, 0), (0, 0)])
@pytest.mark.parametrize("cell", [None, 5000])
def test_an_empty_side_leaves_an_empty_market(people: int, places: int, cell: int | None) -> None:
    workers, options, rules = some_world()
    some, few = picked(workers, [*range(people)]), picked_options(options, [*range(places)])
    found = find_candidates(some, few, rules, cell=cell)
    assert (found.market.workers, found.market.options, found.market.edges) == (people, places, 0)
    assert found.looked_at.tolist() == [0] * people
    assert solve(found.market).choice.tolist() == [-1] * people


def test_columns_that_may_not_be_written_to_are_read_all_the_same() -> None:
    world = some_world()
    before = pairs(find_candidates(*world))
    for side in world[:2]:
        for field in dataclasses.fields(side):
            getattr(side, field.name).setflags(write=False)
    assert pairs(find_candidates(*world)) == before
