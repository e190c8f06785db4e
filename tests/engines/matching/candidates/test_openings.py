"""What is in one worker's way: against the rules written a second time, and against a search with the change made."""

import dataclasses

import numpy as np
import pytest

from tests.engines.matching.candidates.worlds import Plain, World, small_world
from zaigang.engines.matching import BadColumns
from zaigang.engines.matching.candidates import Rejection, counted, find_candidates, openings
from zaigang.engines.matching.candidates.openings import FURTHER, LESS


def test_each_rule_with_its_counts() -> None:
    for seed in range(150):
        world = small_world(np.random.default_rng(seed))
        plain, found = Plain(world), find_candidates(*world, cell=None)
        for i in range(len(world[0])):
            _, rejected, only = plain.tally(i)
            told = openings(*world, i)
            plainly = {(rule, rejected[k], only[k]) for k, rule in enumerate(Rejection) if rejected[k]}
            assert {(one.rule, one.broken, one.alone) for one in told} == plainly, (seed, i)
            assert [(one.rule, one.broken, one.alone) for one in counted(found, i)] == [
                (one.rule, one.broken, one.alone) for one in told
            ]
            assert [-one.alone for one in told] == sorted(-one.alone for one in told)


def _possible(world: World, worker: int, column: str, number: int) -> int:
    """How many options are possible for a worker with another number in one column."""
    changed = getattr(world[0], column).copy()
    changed[worker] = number
    other = dataclasses.replace(world[0], **{column: changed})
    return int(find_candidates(other, *world[1:], cell=None).possible[worker])


@pytest.mark.parametrize(
    ("rule", "column", "steps", "sign"),
    [(Rejection.DISTANCE, "reach", FURTHER, 1), (Rejection.WAGE, "wage_floor", LESS, -1)],
)
def test_the_least_change_opens_just_as_many(
    rule: Rejection, column: str, steps: tuple[int, ...], sign: int
) -> None:
    changes = 0
    for seed in range(60):
        world = small_world(np.random.default_rng(seed))
        for i in range(len(world[0])):
            now, own = (
                _possible(world, i, column, int(getattr(world[0], column)[i])),
                int(getattr(world[0], column)[i]),
            )
            told = {one.rule: (one.by, one.opened) for one in openings(*world, i)}.get(rule, (None, 0))
            more = [(step, _possible(world, i, column, max(0, own + sign * step)) - now) for step in steps]
            assert told == next((one for one in more if one[1]), (None, 0)), (seed, i)
            changes += told[0] is not None
    assert changes > 20


def test_the_certificate_that_opens_most() -> None:
    opened = 0
    for seed in range(60):
        world = small_world(np.random.default_rng(seed))
        for i in range(len(world[0])):
            own = int(world[0].certificates[i])
            now = _possible(world, i, "certificates", own)
            more = {
                code: _possible(world, i, "certificates", own | 1 << code) - now
                for code in (0, 1, 2, 3, 40, 63)
            }
            most = max(more.values())
            told = {one.rule: (one.by, one.opened) for one in openings(*world, i)}
            best = next(code for code, gain in more.items() if gain == most) if most else None
            assert told.get(Rejection.CERTIFICATE, (None, 0)) == (best, most), (seed, i)
            opened += most > 0
    assert opened > 12


@pytest.mark.parametrize("worker", [-1, 9])
def test_a_worker_who_does_not_exist(worker: int) -> None:
    world = small_world(np.random.default_rng(197))
    with pytest.raises(BadColumns):
        openings(*world, worker)
    with pytest.raises(BadColumns):
        counted(find_candidates(*world), worker)
