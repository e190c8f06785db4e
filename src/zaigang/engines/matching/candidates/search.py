"""Workers x options through the rules to the best pairs of each worker, and why the others were no pairs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.candidates import kernels
from zaigang.engines.matching.candidates.blocks import blocked, people_of, places_of, scale_of
from zaigang.engines.matching.candidates.columns import Options, Workers
from zaigang.engines.matching.candidates.reading import refuse, refuse_unknown
from zaigang.engines.matching.candidates.rules import REJECTIONS, Rules
from zaigang.engines.matching.errors import BadColumns
from zaigang.engines.matching.problem import Market

#: Pairs kept for each worker.
BEST = 40
#: The side of a cell in metres: docs/benchmarks/matching.md says why.
CELL = 10_000
#: Workers for each piece of work that a thread takes.
_PIECE = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """`market`: at most K possible pairs of each worker, the best by score.

    `looked_at` (N) is how many options were judged, `possible` (N) how many broke no rule. `rejected` (N, 8) is how
    many broke each rule, `only` (N, 8) how many broke that rule alone: these would open if it were met. The columns are
    REJECTIONS. With the index, options in unreachable occupations and distant cells were not looked at.
    """

    market: Market
    looked_at: NDArray[np.int32]
    possible: NDArray[np.int32]
    rejected: NDArray[np.int32]
    only: NDArray[np.int32]


def find_candidates(
    workers: Workers, options: Options, rules: Rules, *, best: int = BEST, cell: int | None = CELL, threads: int = 2
) -> Candidates:  # fmt: skip
    """The `best` pairs of each worker by score (Weights); of equal scores the option with the smaller number.

    With `cell` only the options in reachable occupations and in the cells (metres) that the worker's reach touches are
    looked at, with None every pair: the market is the same. Nor does it depend on the number of threads. Takes
    about 8 bytes x `best` for each worker beside the columns. BadColumns where a code is unknown or a number is none.
    """
    _check_numbers(best, cell, threads)
    check(workers, options, rules)
    most = min(best, max(1, len(options)))
    nearness, scale = scale_of(rules)
    if cell is None:
        search = partial(kernels.search_pairs, people_of(workers), places_of(options), nearness, scale)
        tail: tuple[kernels.Blocks, ...] = ()
    else:
        places, blocks = blocked(options, rules, cell)
        search, tail = partial(kernels.search_cells, people_of(workers), places, nearness, scale), (blocks,)
    found = _room(len(workers), most)
    _in_pieces(len(workers), threads, lambda low, high: search(low, high, most, found, *tail))
    return Candidates(_market(found, most, options), found.looked, found.possible, found.rejected, found.only)


def _check_numbers(best: int, cell: int | None, threads: int) -> None:
    if best < 1:
        raise BadColumns("每人至少要留1个岗位", "best", "例如40。")
    if threads < 1:
        raise BadColumns("线程至少1个", "threads", "例如2。")
    if cell is not None and cell < 100:
        raise BadColumns("格子的边长至少100米", "cell", "例如5000；不分格请写 None。")


def check(workers: Workers, options: Options, rules: Rules) -> None:
    """BadColumns for the first code that the rules do not know, and for an excluded option that does not exist."""
    for side, name in ((workers, "workers"), (options, "options")):
        unknown = side.occupation >= rules.occupations
        refuse(unknown, "没有这个职业编号", f"{name}.occupation", "请核对职业相近表。")
    for sets, known, where in (
        (workers.skills, rules.skills, "workers.skills"), (options.required, rules.skills, "options.required"),
        (options.useful, rules.skills, "options.useful"),
        (workers.certificates, rules.certificates, "workers.certificates"),
        (options.certificates, rules.certificates, "options.certificates"),
        (workers.statuses, rules.statuses, "workers.statuses"), (options.reserved, rules.statuses, "options.reserved"),
        (options.barred, rules.statuses, "options.barred"),
        (workers.refuses, rules.traits, "workers.refuses"), (options.traits, rules.traits, "options.traits"),
    ):  # fmt: skip
        refuse_unknown(sets, known, where)
    refuse(workers.excluded >= len(options), "没有这个岗位", "workers.excluded", "请核对编号。")


def _room(workers: int, most: int) -> kernels.Found:
    """Pages that nothing is written to are never taken from the machine."""
    return kernels.Found(
        option=np.empty(workers * most, np.int32), value=np.empty(workers * most, np.int32),
        pairs=np.zeros(workers, np.int32), looked=np.zeros(workers, np.int32), possible=np.zeros(workers, np.int32),
        rejected=np.zeros((workers, len(REJECTIONS)), np.int32), only=np.zeros((workers, len(REJECTIONS)), np.int32),
    )  # fmt: skip


def _in_pieces(workers: int, threads: int, search: Callable[[int, int], None]) -> None:
    """Every piece writes to places of its own, so it does not matter which thread takes it, or when."""
    lows = range(0, workers, _PIECE)
    highs = [min(low + _PIECE, workers) for low in lows]
    if threads == 1:
        for low, high in zip(lows, highs, strict=True):
            search(low, high)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(search, lows, highs):
            pass


def _market(found: kernels.Found, most: int, options: Options) -> Market:
    """The pieces moved together, in place."""
    first = np.zeros(len(found.pairs) + 1, np.int64)
    np.cumsum(found.pairs, out=first[1:])
    for low in range(0, len(found.pairs), _PIECE):
        start, stop = int(first[low]), int(first[min(low + _PIECE, len(found.pairs))])
        for column in (found.option, found.value):
            column[start:stop] = column[low * most : low * most + stop - start]
    edges = int(first[-1])
    return Market(first, found.option[:edges].copy(), found.value[:edges].copy(), options.capacity)
