"""What stands in one worker's way, rule by rule, and what the least change would open."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.candidates import kernels
from zaigang.engines.matching.candidates.blocks import people_of, places_of, scale_of
from zaigang.engines.matching.candidates.columns import Options, Workers
from zaigang.engines.matching.candidates.rules import REJECTIONS, Rejection, Rules
from zaigang.engines.matching.candidates.search import Candidates, check
from zaigang.engines.matching.errors import BadColumns

#: Further than now, in metres, and less than now, in yuan a month: the first that opens an option is told.
FURTHER = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
LESS = (100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Opening:
    """`broken` options break this rule, `alone` of them no other.

    `opened` options would open with the change `by`: metres further (DISTANCE), yuan less (WAGE), the number of the
    certificate that opens most (CERTIFICATE). None where no such change opens any, or the rule knows none.
    """

    rule: Rejection
    broken: int
    alone: int
    by: int | None = None
    opened: int = 0


def counted(found: Candidates, worker: int) -> tuple[Opening, ...]:
    """From the counts that a search kept. With the index distant options are not among them: `openings` has all."""
    _known(worker, len(found.looked_at))
    rows = zip(REJECTIONS, found.rejected[worker].tolist(), found.only[worker].tolist(), strict=True)
    return _sorted(Opening(rule, broken, alone) for rule, broken, alone in rows)


def openings(workers: Workers, options: Options, rules: Rules, worker: int) -> tuple[Opening, ...]:
    """Every option judged for one worker: each rule that one breaks, those that would open most alone first."""
    check(workers, options, rules)
    _known(worker, len(workers))
    people, places = people_of(workers), places_of(options)
    held, bits = np.empty(len(options), np.int32), np.empty(len(options), np.int32)
    nearness, scale = scale_of(rules)
    kernels.judge(people, worker, places, 0, len(options), nearness, scale.least_required, held, bits)
    changes = {
        Rejection.DISTANCE: _further(workers, options, worker, bits == Rejection.DISTANCE),
        Rejection.WAGE: _least(LESS, workers.wage_floor[worker] - options.wage[bits == Rejection.WAGE]),
        Rejection.CERTIFICATE: _certificate(workers, options, worker, bits == Rejection.CERTIFICATE),
    }
    return _sorted(
        Opening(rule, int((bits & rule > 0).sum()), int((bits == rule).sum()), *changes.get(rule, (None, 0)))
        for rule in REJECTIONS
    )


def _known(worker: int, workers: int) -> None:
    if not 0 <= worker < workers:
        raise BadColumns("没有这个编号", f"worker {worker}", f"编号从0到{workers - 1}。")


def _sorted(found: Iterable[Opening]) -> tuple[Opening, ...]:
    return tuple(
        sorted((one for one in found if one.broken), key=lambda one: (-one.alone, -one.broken, one.rule))
    )


def _further(
    workers: Workers, options: Options, worker: int, alone: NDArray[np.bool_]
) -> tuple[int | None, int]:
    east = options.x[alone].astype(np.int64) - int(workers.x[worker])
    north = options.y[alone].astype(np.int64) - int(workers.y[worker])
    # The reach that is needed, in whole metres: rounded up.
    needed = [math.isqrt(square - 1) + 1 for square in (east * east + north * north).tolist()]
    return _least(FURTHER, np.array(needed, np.int64) - int(workers.reach[worker]))


def _least(steps: tuple[int, ...], needed: NDArray[np.integer]) -> tuple[int | None, int]:
    """The first step with which anything opens, and how many."""
    for step in steps:
        opened = int((needed <= step).sum())
        if opened:
            return step, opened
    return None, 0


def _certificate(
    workers: Workers, options: Options, worker: int, alone: NDArray[np.bool_]
) -> tuple[int | None, int]:
    """The one certificate that opens most; of equals the smaller number."""
    missing = options.certificates[alone] & ~workers.certificates[worker]
    opened = [int((missing == np.uint64(1) << np.uint64(code)).sum()) for code in range(64)]
    most = max(opened)
    return (opened.index(most), most) if most else (None, 0)
