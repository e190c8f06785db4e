"""What fairness costs, 50,000 x 20,000, 40 pairs each: a floor, parity of three groups, everybody first, the door.

CPU time, the best of three, each in turn with the exact solve of the same market; the compiler ran before. Every third
worker's values are a quarter lower; the floor asks for the share that all together have.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.engines.matching.markets import family
from zaigang.engines.matching import (
    Market,
    audit,
    difference,
    offers,
    solve,
    solve_at_parity,
    solve_with_floor,
)
from zaigang.engines.matching.warming import warm

FAMILIES = ("base", "coarse", "concentrated", "common", "scarce")
SOLVES_AT_MOST, DOOR_AT_MOST = 15, 0.05


def burdened(name: str) -> tuple[Market, np.ndarray]:
    market = family(name, workers=50_000, options=20_000, pairs=40, seed=1)
    group = np.arange(market.workers) % 3
    lower = np.where((group == 0)[market.pairs()], market.value // 4, 0)
    value = np.maximum(1, market.value - lower).astype(np.int32)
    return Market(market.first, market.option, value, market.capacity), group


def in_turn(*things: Callable[[], Any]) -> list[tuple[float, Any]]:
    """The least CPU seconds of each, and what it gave."""
    rounds = [[_timed(thing) for thing in things] for _ in range(3)]
    return [(min(each[k][0] for each in rounds), rounds[0][k][1]) for k in range(len(things))]


def _timed(thing: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    found = thing()
    return time.process_time() - began, found


def row(name: str) -> str:
    market, group = burdened(name)
    free = audit(market, solve(market).choice, group)
    wanted = sum(one.placed for one in free) // 3
    (exact, plan), (gap, _), (floor, kept), (parity, even), (door, _), (first, lists), (plain, few) = in_turn(
        lambda: solve(market), lambda: solve(market, gap=0.001),
        lambda: solve_with_floor(market, group == 0, at_least=wanted), lambda: solve_at_parity(market, group),
        market.checked, lambda: offers(market, each=3, everyone_first=True), lambda: offers(market, each=3),
    )  # fmt: skip
    best = plan.certificate.objective
    after = difference(audit(market, even.choice, group))
    verdict = "ok" if floor <= SOLVES_AT_MOST * exact and 2 * door <= DOOR_AT_MOST * gap else "TOO SLOW"
    return (
        f"{name:13} {exact:6.2f} | {free[0].placed:6} -> {kept.placed:6} {kept.multiplier:5} {kept.cost / best:7.2%}"
        f" {floor:6.2f} = {floor / exact:4.1f} solves | {difference(free):6.1%} -> {after:6.2%} {even.cost / best:7.2%}"
        f" {parity:6.2f} | {few.reached:6} {plain:5.2f} -> {lists.reached:6} {lists.gap:8.4%} {first:5.2f}"
        f" | {2 * door / gap:5.1%}  {verdict}"
    )


def main() -> None:
    warm()
    print(
        "family, exact s | floor: placed before and after, multiplier, cost, s | parity: difference, cost, s"
    )
    print(
        "  | lists of 3, one a seat: reached and s by value, everybody first, gap, s | the door, of a gap solve"
    )
    for name in FAMILIES:
        print(row(name), flush=True)


if __name__ == "__main__":
    main()
