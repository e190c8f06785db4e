"""The planner: a forward-reverse auction with epsilon scaling, to a proved gap or to the proved optimum.

Method: D. P. Bertsekas, The auction algorithm (1988); Bertsekas and D. A. Castanon, The auction algorithm for the
transportation problem (1989); Bertsekas, Castanon and H. Tsaknakis, Reverse auction (1993). How it works and what
is proved: docs/matching.md.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching import kernels, wide
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import LARGEST_SUM, Market

#: A coarse phase bids in steps of this part of the largest value. These three were measured:
#: docs/benchmarks/matching.md.
COARSE = 5.0
#: By how much a phase may bid more finely than the one before.
FINER = 150.0
#: So many bids a worker are a price war: workers who rank options alike outbid each other in steps too small for it.
#: Usual phases need one to four. It is broken off, and from there on each phase bids only so much more finely.
WAR, CALMER = 10, 8.0
#: The last phase bids as if there were this many workers more, so that few workers too get a bound close to the plan.
AT_LEAST = 100_000
#: The eps that usually proves a gap, in mean values of a placed worker times the gap.
PROVES = 1.6
#: The same before anybody is placed, in mean values of all pairs.
PROVES_AT_ONCE = 2.0
#: How often a phase is repeated more finely when that was not fine enough.
TRIES = 12
#: The price at which nobody bids: below it even staying out at its lowest value is better.
NEVER = float(LARGEST_SUM)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """`choice` (N, int32): the option of each worker, or -1. `price` (M, float64): what a seat is worth.

    The certificate proves how far any better plan could be. With `placed_first` the plan places as many workers
    as can be placed at all; the certificate then speaks of the market in which each placing counts more than all
    values together.
    """

    choice: NDArray[np.int32]
    price: NDArray[np.float64]
    certificate: Certificate
    placed_first: bool = False


#: The pairs sorted by option: first, worker, value.
Columns = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]


@dataclass(slots=True)
class State:
    """The arrays of an auction (kernels.py says which is which), and the grid of its prices (`grain_of`)."""

    price: NDArray[np.float64]
    at: NDArray[np.int32]
    worth: NDArray[np.int32]
    held: NDArray[np.int32]
    seat_first: NDArray[np.int64]
    seat_bid: NDArray[np.float64]
    seat_worker: NDArray[np.int32]
    profit: NDArray[np.float64]
    grain: float


def solve(market: Market, *, gap: float | None = None, place_all: bool = False) -> Plan:
    """The best plan (`gap` None), or one proved to be within `gap` (a fraction) of the best.

    Values must be positive; with `place_all` they may be any, as many workers as possible are placed, and among such
    plans the best is taken, whatever `gap`: values may add up to nothing there, so a fraction of them says nothing.
    BadMarket where values are refused or too large to be exact, or the market is not sound (`Market.checked`).
    """
    market.checked()
    if gap is not None and not 0 < gap < 1:
        raise BadMarket("gap 应大于0小于1", "gap", "例如 0.001，表示千分之一。")
    if place_all:
        return _placed_first(market)
    if market.edges and int(market.value.min()) <= 0:
        row = int(np.argmax(market.value <= 0))
        raise BadMarket(
            "数值应大于0", f"第 {row + 1} 对", "不允许的配对不要写进来；要写负数，请用 --place-all。"
        )
    return _auction(market, gap, 0)


def solve_near(market: Market, price: NDArray[np.float64], *, gap: float) -> Plan:
    """A plan within `gap`, from prices (M) of a market much like this one: bids are fine from the first on."""
    used, columns, state = _prepared(market, 0)
    if not market.edges:
        return _proved(market, state, 0)
    on_grid = np.rint(np.minimum(price, _reach(used, 0)) / state.grain) * state.grain
    state.price[:] = np.where(market.capacity > 0, on_grid, NEVER)  # one without seats stays closed
    return _refined(market, used, columns, state, gap, PROVES * gap * float(market.value.mean()))


def _placed_first(market: Market) -> Plan:
    """Each placing is worth more than whatever all values together could gain or lose."""
    if not market.edges:
        nobody = _auction(market, None, 0)
        return Plan(nobody.choice, nobody.price, nobody.certificate, placed_first=True)
    lowest, highest = int(market.value.min()), int(market.value.max())
    outside = lowest - (highest - lowest) * min(market.workers, int(market.capacity.sum())) - 1
    plan = solve_outside(market, outside)
    return Plan(plan.choice, plan.price, plan.certificate, placed_first=True)


def solve_outside(market: Market, outside: int) -> Plan:
    """The best plan where staying unplaced is worth `outside`; values may be any, the market is sound."""
    spread = int(market.value.max(initial=0)) - outside
    if 2 * spread * (market.workers + 1) >= LARGEST_SUM:
        raise BadMarket(
            "数值相差太大，先安置再比较会不准", "value", "请换大一些的单位，让数值小一些（例如0到1000）。"
        )
    return _auction(market, None, outside)


def _auction(market: Market, gap: float | None, outside: int) -> Plan:
    used, columns, state = _prepared(market, outside)
    if gap is not None:
        return _to_gap(market, used, columns, state, gap)
    steps = _exact_steps(used, outside)
    coarsest = next(steps, 1.0)
    _from_above(used, columns, state, coarsest, outside)
    _phases(used, columns, state, coarsest, list(steps), float(outside))
    return _proved(market, state, outside)


def _phases(
    market: Market, columns: Columns, state: State, done: float, steps: list[float], outside: float
) -> None:
    """Finer and finer bids after those of eps `done`; after a price war in smaller steps."""
    for eps in steps:
        if not _phase(market, columns, state, eps, outside, most=WAR * market.workers):
            break
        done = eps
    else:
        return
    for eps in islice(finer_steps(done, steps[-1], CALMER), 1, None):
        _phase(market, columns, state, eps, outside)


def _prepared(market: Market, outside: int) -> tuple[Market, Columns, State]:
    """The market with the seats that can be used, its pairs by option, and the auction before the first bid."""
    columns = kernels.by_option(market.first, market.option, market.value, market.options)
    used = Market(market.first, market.option, market.value, seats_in_use(market, np.diff(columns[0])))
    return used, columns, _opened(used, grain_of(used, outside))


def _proved(market: Market, state: State, outside: int) -> Plan:
    price = state.price.copy()
    price_the_closed(market, price, outside)
    return Plan(state.at, price, certificate(market, state.at, price, outside=outside))


def seats_in_use(market: Market, pairs: NDArray[np.int64]) -> NDArray[np.int32]:
    """One seat more than workers who may take it is as good as a thousand: nobody has to bid, and it needs room."""
    seats: NDArray[np.int32] = np.minimum(market.capacity, pairs + 1).astype(np.int32)
    return seats


def price_the_closed(market: Market, price: NDArray[np.float64], outside: int) -> None:
    """An option without seats costs what a first one could bring: the least at which nobody would rather be there."""
    closed = market.capacity == 0
    if not closed.any():
        return
    worker, left = market.pairs(), market.value - price[market.option]
    best = np.full(market.workers, float(outside))
    np.maximum.at(best, worker, left)
    inside = closed[market.option]
    price[closed] = 0.0
    np.maximum.at(price, market.option[inside], market.value[inside] - best[worker[inside]])


def opening_prices(capacity: NDArray[np.int32]) -> NDArray[np.float64]:
    return np.where(capacity > 0, 0.0, NEVER)


def _opened(market: Market, grain: float) -> State:
    seat_first = np.zeros(market.options + 1, np.int64)
    np.cumsum(market.capacity, out=seat_first[1:])
    seats = int(seat_first[-1])
    return State(
        price=opening_prices(market.capacity), at=np.full(market.workers, -1, np.int32),
        worth=np.zeros(market.workers, np.int32), held=np.zeros(market.options, np.int32),
        seat_first=seat_first, seat_bid=np.zeros(seats), seat_worker=np.zeros(seats, np.int32),
        profit=np.zeros(market.workers), grain=grain,
    )  # fmt: skip


def grain_of(market: Market, outside: int) -> float:
    """The power of two of which every eps is a multiple, and so every bid and price: none is ever rounded.

    A rounded bid may raise a price by nothing, and the auction would never end. No price exceeds `_reach` and one eps;
    a float64 holds multiples of `grain` up to twice as far.
    """
    _, power = math.frexp(_reach(market, outside))
    return math.ldexp(1.0, power - 52)


def _reach(market: Market, outside: int) -> float:
    """The largest number that values and prices can make: from staying out to the best of them, and each of them."""
    return float(int(market.value.max(initial=0)) - min(outside, 0))


def _exact_steps(market: Market, outside: int) -> Iterator[float]:
    """The eps of each phase. A plan is within N x eps of the best: less than one unit proves whole numbers."""
    if not market.edges:
        return
    steps = list(finer_steps(_coarsest(market, outside), 1 / (market.workers + AT_LEAST)))
    yield from steps[1:] if short_of_seats(market) else steps


def finer_steps(coarsest: float, finest: float, factor: float = FINER) -> Iterator[float]:
    """From the coarsest eps to the finest, each at most `factor` times finer than the one before; at least two."""
    phases = max(1, math.ceil(math.log(coarsest / finest, factor)))
    for phase in range(phases + 1):
        yield coarsest * (finest / coarsest) ** (phase / phases)


def _to_gap(market: Market, used: Market, columns: Columns, state: State, gap: float) -> Plan:
    """An auction from above that is fine enough where seats are short and coarse elsewhere, then finer ones."""
    if not market.edges:
        return _proved(market, state, 0)
    eps = _coarsest(used, 0)
    if not short_of_seats(used):
        _from_above(used, columns, state, eps, 0)
        return _refined(market, used, columns, state, gap, min(eps, PROVES * gap * _mean_value(state)))
    eps = min(eps, PROVES_AT_ONCE * gap * float(market.value.mean()))
    _from_above(used, columns, state, eps, 0)
    plan = _proved(market, state, 0)
    found = plan.certificate.gap
    if found <= gap:
        return plan
    return _refined(market, used, columns, state, gap, eps * min(0.5, 0.8 * gap / found))


def short_of_seats(market: Market) -> bool:
    """Workers compete for seats, not seats for workers."""
    return int(market.capacity.sum()) <= market.workers


def _refined(market: Market, used: Market, columns: Columns, state: State, gap: float, eps: float) -> Plan:
    """A phase that usually proves the gap; after it the gap found tells how much finer to bid."""
    for _ in range(TRIES):
        _phase(used, columns, state, eps, 0.0)
        plan = _proved(market, state, 0)
        found = plan.certificate.gap
        if found <= gap:
            return plan
        eps *= min(0.5, 0.8 * gap / found)
    _phase(used, columns, state, min(eps, 1 / (market.workers + AT_LEAST)), 0.0)
    return _proved(market, state, 0)


def _coarsest(market: Market, outside: int) -> float:
    return float(int(market.value.max()) - outside) / COARSE


def _mean_value(state: State) -> float:
    placed = state.at >= 0
    return float(state.worth[placed].mean()) if placed.any() else 1.0


def _from_above(market: Market, columns: Columns, state: State, eps: float, outside: int) -> None:
    """The first auction: no seat is taken at a price above all values, so that seats look for workers."""
    if not market.edges:
        return
    state.price[market.capacity > 0] = float(int(market.value.max()) - outside)
    _seek(market, columns, state, eps, float(outside))


def _phase(
    market: Market, columns: Columns, state: State, eps: float, outside: float, *, most: int = LARGEST_SUM
) -> bool:  # fmt: skip
    """One auction from the prices that the last one left: workers bid, then seats left over look for workers.

    False where more than `most` bids were made: then nobody is placed.
    """
    state.held[:] = 0
    state.at[:] = -1
    ended = kernels.forward(
        market.first, market.option, market.value, market.capacity, state.seat_first, state.price, state.seat_bid,
        state.seat_worker, state.held, state.at, state.worth, _on_grid(eps, state), outside, most,
    )  # fmt: skip
    if ended:
        _seek(market, columns, state, eps, outside)
    return bool(ended)


def _seek(market: Market, columns: Columns, state: State, eps: float, outside: float) -> None:
    """Seats that nobody holds look for workers, lowering their price."""
    start, worker, worth = columns
    kernels.profits(state.price, state.at, state.worth, state.profit, outside)
    seek = wide.reverse if np.diff(start).max(initial=0) >= wide.WIDE else kernels.reverse
    seek(
        start, worker, worth, market.capacity, state.seat_first, state.price, state.seat_worker, state.held,
        state.at, state.worth, state.profit, _on_grid(eps, state),
    )  # fmt: skip


def _on_grid(eps: float, state: State) -> float:
    return max(1, eps // state.grain) * state.grain
