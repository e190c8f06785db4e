"""A plan that stays up to date: people and seats come and go, a few others move, the proved gap stays.

Each event costs a few auction steps at one fixed eps. That nobody would gain more than eps elsewhere, and that open
seats cost nothing, holds after each event; so no plan is better by more than eps for each worker. Method and limits:
docs/matching-around.md.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zaigang.engines.matching.auction import Plan, solve_outside
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.live import events, handle, kernels
from zaigang.engines.matching.live.book import Book
from zaigang.engines.matching.live.kernels import HIGHEST, LOWEST, PEOPLE, PROMISED, STEPS, TOTAL, TOUCHED
from zaigang.engines.matching.live.slack import roomier
from zaigang.engines.matching.problem import LARGEST, LARGEST_SUM, Market, whole_numbers

#: The part of the wanted gap that eps may use up: the rest is for value that leaves with people and seats.
SPENDS = 0.8
#: There is room for a worker in every seat.
MOST_SEATS = 100_000_000
#: Steps of one event: as good as no end; and how many are gone before the market is solved anew, where an event may
#: change in which part of it somebody stays without a seat, and all prices there with it.
MOST_STEPS, STEPS_FIRST = 2**62, 20_000
#: How much further out staying out is than it must be, so that it will do for many events.
ROOM = 4
#: The finest eps beside a price of 1.
FINEST = 2.0**-45
NO_ROWS = np.zeros((0, 2), np.int64)


@dataclass(frozen=True, slots=True)
class Change:
    """A worker who is elsewhere than at the last commit; -1 is no seat."""

    worker: int
    before: int
    after: int


class Live:
    """A plan for a market in which something happens.

    `gap` is the wanted gap (a fraction): eps is chosen so that it cannot be exceeded, and chosen anew, which
    `refined` counts, when so much value has left that it could be. Or give `eps` itself, which then stays.
    A move away from the seat of the last commit must gain more than `switch_cost`.

    Of a plan with `placed_first` the number placed stays the greatest possible, and the value is within workers x
    eps of the best of such plans. Where an event changes in which part of the market somebody gets no seat, all
    prices there change: then the market is solved anew, which `solved_anew` counts.
    """

    def __init__(
        self,
        market: Market,
        plan: Plan,
        *,
        gap: float = 0.001,
        eps: float | None = None,
        switch_cost: int = 0,
    ) -> None:
        _check_start(market, plan, gap, eps, switch_cost)
        self._gap, self._fixed, self.refined = gap, eps is not None, 0
        self._outside, self.solved_anew = 0, 0
        self._book = book = Book(market, float(switch_cost), 0.0)
        wrong = events.sit(book.desk, plan.choice)
        if wrong >= 0:
            raise BadMarket("这个方案不适用于这些岗位", f"第 {wrong + 1} 人", "请用同一份数据求出的方案。")
        book.desk.home[:] = book.desk.at
        book.desk.price[: market.options] = plan.price
        book.desk.sums[STEPS] = MOST_STEPS
        book.desk.is_touched[:], book.desk.sums[TOUCHED] = False, 0
        self.eps = float(eps or self._fine_enough())
        self._first = plan.placed_first
        if self._first:
            self._go_further_out(NO_ROWS)
        else:
            kernels.settle_all(book.desk, self.eps)

    def copy(self) -> "Live":
        other = Live.__new__(Live)
        other.__dict__.update(self.__dict__)
        other._book = self._book.copy()
        return other

    # What there is now.

    def market(self) -> Market:
        """The market as it is; who or what has gone keeps its index and has no pairs."""
        return self._book.market()

    def plan(self) -> Plan:
        """The plan with its certificate for the market as it is: what promises cost is part of the gap."""
        market = self.market()
        choice, price = self._choice(), self._price()
        proof = certificate(market, choice, price, outside=self._outside)
        return Plan(choice, price, proof, placed_first=self._first)

    def open_certificate(self) -> Certificate:
        """How near the best of all plans that keep the promises: frozen pairs apart, staying worth `switch_cost`."""
        choice = np.where(self._book.desk.frozen[: self._book.people.count], np.int32(-1), self._choice())
        return certificate(self._book.open_market(), choice, self._price(), outside=self._outside)

    def open_market(self) -> Market:
        """What the plan may still choose: frozen pairs and their seats taken out, staying worth `switch_cost` more."""
        return self._book.open_market()

    def commit(self) -> list[Change]:
        """Who is elsewhere than at the last commit. From now on this is where they have a seat."""
        desk = self._book.desk
        touched = np.sort(desk.touched[: desk.sums[TOUCHED]])
        desk.is_touched[touched], desk.sums[TOUCHED] = False, 0
        moved = touched[desk.at[touched] != desk.home[touched]]
        changes = [Change(int(i), int(desk.home[i]), int(desk.at[i])) for i in moved]
        desk.home[moved] = desk.at[moved]
        desk.profit[moved[desk.at[moved] >= 0]] += desk.stay
        return changes

    def _choice(self) -> NDArray[np.int32]:
        return self._book.desk.at[: self._book.people.count].copy()

    def _price(self) -> NDArray[np.float64]:
        return self._book.desk.price[: self._book.options.count].copy()

    # What happens.

    def add_worker(self, edges: ArrayLike) -> int:
        """A worker with rows of (option, value); returns the index."""
        rows, book = _rows(edges, "option"), self._book
        i, known = book.one_worker_more(), book.options.count
        self._before(rows, people=1)
        code = handle.come(book.handle, i, rows, known, self._least(), self._most(), self.eps)
        if code == events.FULL:
            book.more_places(*events.places(book.desk.people, i, book.desk.options, rows), 0)
            code = handle.come(book.handle, i, rows, known, self._least(), self._most(), self.eps)
        _refuse(code, "option")
        book.people.count += 1
        self._refine()
        return i

    def drop_worker(self, i: int) -> None:
        """A worker leaves; a seat they held becomes free, frozen or not."""
        self._before(NO_ROWS)
        handle.go(self._book.handle, self._known_worker(i), self.eps)
        self._refine()

    def add_seats(self, option: int, n: int) -> None:
        """More seats for an option that has not been withdrawn as a whole."""
        option, book = self._known_option(option), self._book
        has = int(book.desk.capacity[option])
        n = _at_least_one(n, LARGEST - has)
        book.as_wide_as(has + n)
        self._before(NO_ROWS)
        if handle.widen(book.handle, option, n, self.eps) == events.FULL:
            book.more_places(0, 0, roomier(has + n))
            handle.widen(book.handle, option, n, self.eps)
        self._refine()

    def withdraw(self, option: int, n: int | None = None) -> None:
        """Fewer seats, or with None the whole option for good: first open ones, then those who would leave first,
        and only then frozen ones, the last worker first."""
        option = self._known_option(option)
        capacity = int(self._book.desk.capacity[option])
        n = _at_least_one(capacity if n is None else n, capacity)
        self._before(NO_ROWS)
        handle.shrink(self._book.handle, option, n, self.eps)
        self._refine()

    def add_option(self, edges: ArrayLike, seats: int) -> int:
        """A new option with rows of (worker, value); returns the index."""
        seats = _at_least_one(seats, LARGEST)
        rows, book = _rows(edges, "worker"), self._book
        j, known = book.one_option_more(), book.people.count
        self._before(rows)
        book.as_wide_as(seats)
        code = handle.post(book.handle, j, rows, known, seats, self._least(), self._most(), self.eps)
        if code == events.FULL:
            own, other = events.places(book.desk.options, j, book.desk.people, rows)
            book.more_places(other, own, roomier(seats))
            code = handle.post(book.handle, j, rows, known, seats, self._least(), self._most(), self.eps)
        _refuse(code, "worker")
        book.options.count += 1
        book.seats.count += 1
        self._refine()
        return j

    def freeze(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Offers (worker, option) that people have been told: not moved until thawed, dropped or withdrawn.

        BadMarket, and nothing frozen, where a worker does not hold that option now.
        """
        told = [(self._known_worker(i), j) for i, j in pairs]
        for i, j in told:
            if self._book.desk.at[i] != j:
                raise BadMarket("这个人现在不在这个岗位上", f"第 {i + 1} 人", "请按最新的方案发通知。")
        for i, _ in told:
            handle.promise(self._book.handle, i)

    def thaw(self, workers: Iterable[int]) -> None:
        """Promises that no longer bind: these workers may be moved again. BadMarket, and nothing thawed, where one
        of them is not known."""
        let_go = np.array([self._known_worker(i) for i in workers], np.int64)
        self._before(NO_ROWS)
        handle.release(self._book.handle, let_go, self.eps)
        self._refine()

    # How it is kept.

    def _moving(self) -> int:
        sums = self._book.desk.sums
        return int(sums[PEOPLE]) - int(sums[PROMISED])

    def _fine_enough(self) -> float:
        """The eps with which the gap holds whatever happens; below 1 / (workers + 1) the plan is the best anyway."""
        workers = max(1, self._moving())
        spent = SPENDS * self._gap * int(self._book.desk.sums[TOTAL]) / workers
        return max(spent, 1 / (workers + 2), -self._outside * FINEST)

    def _before(self, rows: NDArray[np.int64], people: int = 0) -> None:
        """What must hold before an event with these rows."""
        self._book.desk.sums[STEPS] = MOST_STEPS
        if not self._first:
            return
        self._book.desk.sums[STEPS] = STEPS_FIRST
        if self._outweighs(rows, people) >= -self._outside:
            self._go_further_out(rows)

    def _outweighs(self, rows: NDArray[np.int64], people: int = 0) -> int:
        """Placing one more must count for more than this, whatever all values could gain or lose."""
        sums = self._book.desk.sums
        values = rows[:, 1] if len(rows) else sums[LOWEST : HIGHEST + 1]
        low, high = min(int(sums[LOWEST]), int(values.min())), max(int(sums[HIGHEST]), int(values.max()))
        high += int(self._book.desk.stay)
        people += int(sums[PEOPLE])
        return people * (high - low + math.ceil(self.eps)) + max(abs(low), abs(high)) + 1

    def _go_further_out(self, rows: NDArray[np.int64]) -> None:
        """Let staying out be worth so little that it will do for a while, and solve the market anew.

        BadMarket where sums would no longer be exact; then nothing has changed.
        """
        wanted = self._outweighs(rows, 1)
        most = LARGEST_SUM // (4 * (self._book.people.count + 2))
        if wanted > most:
            raise BadMarket("数值相差太大，先安置再比较会不准", "value", "请换大一些的单位，让数值小一些。")
        self._outside = -min(ROOM * wanted, most)
        self._book.further_out(self._outside)
        self.eps = max(self.eps, -self._outside * FINEST)  # a finer one would be lost beside such prices
        self.solve_anew(keep_seats=True)

    def solve_anew(self, *, keep_seats: bool = False) -> None:
        """Prices from scratch, for which those who need it move, or everybody's seat too."""
        desk, market = self._book.desk, self._book.open_market()
        plan = solve_outside(market, self._outside)
        if not keep_seats:
            events.sit_anew(desk, plan.choice)
        desk.price[: market.options] = np.where(market.capacity > 0, plan.price, self._price())
        desk.sums[STEPS] = MOST_STEPS
        kernels.settle_all(desk, self.eps)
        self.solved_anew += 1

    def _refine(self) -> None:
        """A finer eps where so much value has left that the gap could be exceeded."""
        if self._book.desk.sums[STEPS] == 0:
            self.solve_anew()
        total = int(self._book.desk.sums[TOTAL])
        if self._fixed or self.eps * self._moving() <= self._gap * total:
            return
        eps = self._fine_enough()
        if eps < self.eps:
            self.eps = eps
            self.refined += 1
            self._book.desk.sums[STEPS] = MOST_STEPS
            kernels.settle_all(self._book.desk, eps)

    def _least(self) -> int:
        """The least value that a pair may have."""
        return -LARGEST if self._first else 1

    def _most(self) -> int:
        """The greatest value that a pair may have; less than any where sums would no longer be exact."""
        desk = self._book.desk
        people = int(desk.sums[PEOPLE]) + 2
        if int(desk.sums[HIGHEST]) * people >= LARGEST_SUM:
            return 0
        return min(LARGEST - int(desk.stay), (LARGEST_SUM - 1) // people)

    def _known_worker(self, i: int) -> int:
        i = index(i)
        if not 0 <= i < self._book.people.count or self._book.desk.gone[i]:
            raise BadMarket("没有这个人", f"第 {i + 1} 人", "请核对编号；离开的人要重新登记。")
        return i

    def _known_option(self, j: int) -> int:
        j = index(j)
        if not 0 <= j < self._book.options.count or self._book.desk.closed[j]:
            raise BadMarket("没有这个岗位", f"第 {j + 1} 个", "请核对编号；整个撤回的岗位要重新发布。")
        return j


def _rows(edges: ArrayLike, column: str) -> NDArray[np.int64]:
    """Rows of (name, value) as the loops want them."""
    rows = np.asarray(edges)
    if rows.size == 0:
        return np.zeros((0, 2), np.int64)
    if rows.ndim != 2 or rows.shape[1] != 2:
        raise BadMarket("应为两列整数", column, "每一行写编号和数值。")
    if rows.dtype.kind not in "iu" or rows.dtype == np.uint64:
        whole_numbers(rows[:, 0], column)
    return rows.astype(np.int64, order="C")


def _refuse(code: int, column: str) -> None:
    """BadMarket where an event answers that it cannot be."""
    if code == events.UNKNOWN:
        raise BadMarket("没有这个编号", column, "请核对编号。")
    if code == events.TWICE:
        raise BadMarket("同一个编号写了两次", column, "请只留一行。")
    if code == events.TOO_LOW:
        raise BadMarket("数值应大于0", "value", "不允许的配对不要写进来。")
    if code == events.TOO_HIGH:
        raise BadMarket("数值太大，加起来会不准", "value", "请换大一些的单位，让数值小一些。")
    if code == events.ABSENT:
        what = "这个岗位已撤回" if column == "option" else "这个人已离开"
        raise BadMarket(what, column, "请去掉这一对。")


def _check_start(market: Market, plan: Plan, gap: float, eps: float | None, switch_cost: int) -> None:
    if int(market.checked().capacity.sum()) > MOST_SEATS:
        raise BadMarket("名额太多", "capacity", f"请把名额改成实际的数目，合起来最多{MOST_SEATS}个。")
    if len(plan.choice) != market.workers or len(plan.price) != market.options:
        raise BadMarket("这个方案不能接着用", "plan", "请用同一份数据求出的方案。")
    if not 0 < gap < 1 or (eps is not None and eps <= 0) or switch_cost < 0:
        raise BadMarket("gap 应大于0小于1，eps 应大于0，switch_cost 不能是负数", "gap", "请核对。")
    if market.edges and int(market.value.min()) <= 0 and not plan.placed_first:
        raise BadMarket("数值应大于0", "value", "不允许的配对不要写进来。")
    if (plan.price < 0).any() or not np.isfinite(plan.price).all():
        raise BadMarket("价格应不小于0", "price", "请用求出来的价格。")
    if int(market.value.max(initial=0)) + switch_cost > LARGEST:
        raise BadMarket("数值太大，加起来会不准", "value", "请换大一些的单位，让数值小一些。")


def _at_least_one(n: int, most: int) -> int:
    n = index(n)
    if not 1 <= n <= most:
        raise BadMarket("名额数目不对", str(n), f"应在1和{most}之间。")
    return n
