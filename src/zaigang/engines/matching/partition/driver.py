"""The order of events of an auction in parts: bids round by round, then free seats round by round, then the proof."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.auction import (
    TRIES,
    Plan,
    grain_of,
    price_the_closed,
    seats_in_use,
    short_of_seats,
)
from zaigang.engines.matching.certify import certificate
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.partition.exchange import Exchange
from zaigang.engines.matching.partition.executors import Executor, InProcess
from zaigang.engines.matching.partition.rounds import Journey, Rounds
from zaigang.engines.matching.partition.shares import split
from zaigang.engines.matching.problem import Market

#: Where seats are not short, the first phase goes in steps of this part of the largest value. These were measured:
#: docs/benchmarks/matching.md.
COARSE = 5.0
#: By how much a phase may bid more finely than the one before, and the first than the largest value.
FINER = 1000.0
#: The eps that usually proves a gap, in mean values times the gap: of a placed worker; in the first phase of a pair.
PROVES, PROVES_AT_ONCE = 1.5, 2.0
#: A phase may leave this part of the gap to seats that nobody holds, and to workers who would still bid.
LEAVES = 0.4
#: A phase stalls when what is left to do has not halved in so many rounds, twice as many in each further attempt.
PATIENCE = 30
#: By how much the next phase then bids more finely than the longest step.
CALMER = 8.0


def solve_partitioned(
    market: Market, owner: NDArray[Any], *, gap: float = 0.001, executor: Executor | None = None
) -> tuple[Plan, Journey]:
    """A plan proved to be within `gap` of the best, planned in parts that own the options (`owner`, M).

    Each part needs its own pairs and those at its border only. The same market, owners and gap give the same plan
    on every executor. Gaps near the proved optimum, and as many placed as possible, are for `solve`: here the
    certificate may tell a larger gap than was wanted. BadMarket as for `solve`, and where an owner is missing.
    """
    market.checked()
    if not 0 < gap < 1:
        raise BadMarket("gap 应大于0小于1", "gap", "例如 0.001，表示千分之一。")
    if market.edges and int(market.value.min()) <= 0:
        row = int(np.argmax(market.value <= 0))
        raise BadMarket(
            "数值应大于0",
            f"第 {row + 1} 对",
            "不允许的配对不要写进来；要尽量多安置（place_all），请整块求解。",
        )
    pairs = np.bincount(market.option, minlength=market.options)
    used = Market(market.first, market.option, market.value, seats_in_use(market, pairs))
    cut = split(used, owner)
    rounds = Rounds(executor or InProcess(), Exchange(cut, used.capacity), len(cut.shares), grain_of(used, 0))
    try:
        rounds.executor.start(cut.shares)
        if market.edges:
            _auction(rounds, gap, used)
        choice, price = rounds.plan([share.own for share in cut.shares])
    finally:
        rounds.executor.stop()
    named = np.full(market.workers, -1, np.int32)
    named[cut.order] = choice
    price_the_closed(market, price, 0)
    return Plan(named, price, certificate(market, named, price)), rounds.journey


def _auction(rounds: Rounds, gap: float, market: Market) -> None:
    """Seats look for workers first, fine at once where seats are short; then finer phases until the gap is proved."""
    largest, mean = float(int(market.value.max())), float(market.value.mean())
    seats = min(market.workers, int(market.capacity.sum()))
    eps = max(PROVES_AT_ONCE * gap * mean, largest / FINER) if short_of_seats(market) else largest / COARSE
    rounds.seek(eps, LEAVES * gap * mean * seats, PATIENCE, above=largest)
    found = rounds.judge()
    wanted = PROVES * gap * found.value / max(1, seats)
    for attempt in range(1, TRIES + 1):
        if found.gap <= gap:
            return
        rough = rounds.longest if rounds.longest > eps else 0.0
        wanted = min(wanted, eps * min(0.5, 0.8 * gap / found.gap)) if eps <= wanted else wanted
        eps = max(wanted, eps / FINER, rough / CALMER)
        leaves, patience = LEAVES * gap / 2**attempt, PATIENCE * 2**attempt
        rounds.bid(eps, leaves * market.workers, patience)
        rounds.seek(eps, leaves * found.value, patience)
        found = rounds.judge()
