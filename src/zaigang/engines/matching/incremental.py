"""A plan that stays up to date: people and seats come and go, a few others move, the proved gap stays.

Each event costs a few auction steps at one fixed eps. That nobody would gain more than eps elsewhere, and that open
seats cost nothing, holds after each event; so no plan is better by more than eps for each worker. Method and limits:
docs/matching.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zaigang.engines.matching import live_kernels
from zaigang.engines.matching.auction import Plan
from zaigang.engines.matching.certify import Certificate, certificate
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.live_book import Book
from zaigang.engines.matching.problem import LARGEST, LARGEST_SUM, Market, whole_numbers

#: The part of the wanted gap that eps may use up: the rest is for value that leaves with people and seats.
SPENDS = 0.8
#: There is room for a worker in every seat.
MOST_SEATS = 100_000_000


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
        self._book = book = Book(market, float(switch_cost))
        wrong = live_kernels.sit(book.desk, plan.choice)
        if wrong >= 0:
            raise BadMarket("这个方案不适用于这些岗位", f"第 {wrong + 1} 人", "请用同一份数据求出的方案。")
        book.desk.home[:] = book.desk.at
        book.desk.price[:] = plan.price
        self._people = market.workers
        self._largest = int(market.value.max(initial=0))
        self._promised = 0
        self.eps = eps or self._fine_enough()
        live_kernels.settle_all(book.desk, self.eps)

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
        return Plan(choice, price, certificate(market, choice, price))

    def open_certificate(self) -> Certificate:
        """How near the best of all plans that keep the promises: frozen pairs apart, staying worth `switch_cost`."""
        choice = np.where(self._book.desk.frozen[: self._book.people.count], np.int32(-1), self._choice())
        return certificate(self._book.open_market(), choice, self._price())

    def open_market(self) -> Market:
        """What the plan may still choose: frozen pairs and their seats taken out, staying worth `switch_cost` more."""
        return self._book.open_market()

    def commit(self) -> list[Change]:
        """Who is elsewhere than at the last commit. From now on this is where they have a seat."""
        desk = self._book.desk
        moved = np.flatnonzero(desk.at != desk.home)
        changes = [Change(int(i), int(desk.home[i]), int(desk.at[i])) for i in moved]
        desk.home[moved] = desk.at[moved]
        return changes

    def _choice(self) -> NDArray[np.int32]:
        return self._book.desk.at[: self._book.people.count].copy()

    def _price(self) -> NDArray[np.float64]:
        return self._book.desk.price[: self._book.options.count].copy()

    # What happens.

    def add_worker(self, edges: ArrayLike) -> int:
        """A worker with rows of (option, value); returns the index."""
        option, value = self._pairs(edges, "option", self._book.options.count)
        if self._book.closed[option].any():
            raise BadMarket("这个岗位已撤回", "option", "请去掉这一对。")
        i = self._book.new_worker(option, value)
        self._people += 1
        self._book.desk.waiting[0] = i
        self._settle(waiting=1)
        return i

    def drop_worker(self, i: int) -> None:
        """A worker leaves; a seat they held becomes free, frozen or not."""
        self._known_worker(i)
        left = self._leave_seat(i)
        self._book.forget_worker(i)
        self._people -= 1
        self._settle(vacant=left)

    def add_seats(self, option: int, n: int) -> None:
        """More seats for an option that has not been withdrawn as a whole."""
        self._known_option(option)
        _at_least_one(n, LARGEST - int(self._book.capacity[option]))
        self._book.more_seats(option, n)
        self._settle(vacant=[option])

    def withdraw(self, option: int, n: int | None = None) -> None:
        """Fewer seats, or with None the whole option for good: first open ones, then those who would leave first,
        and only then frozen ones, the last worker first."""
        self._known_option(option)
        capacity = int(self._book.capacity[option])
        n = capacity if n is None else n
        _at_least_one(n, capacity)
        frozen = self._break_promises(option, n - int(self._book.desk.open[option]))
        held, opened = int(self._book.seats.rows.length[option]), int(self._book.desk.open[option])
        out = live_kernels.push_out(self._book.desk, option, max(0, n - (opened - held)), self.eps)
        self._book.fewer_seats(option, n)
        for i in frozen:
            self._book.desk.waiting[out] = i
            out += 1
        if n == capacity:
            self._book.close(option)
        self._settle(waiting=out)

    def add_option(self, edges: ArrayLike, seats: int) -> int:
        """A new option with rows of (worker, value); returns the index."""
        _at_least_one(seats, LARGEST)
        worker, value = self._pairs(edges, "worker", self._book.people.count)
        if self._book.gone[worker].any():
            raise BadMarket("这个人已离开", "worker", "请去掉这一对。")
        j = self._book.new_option(worker, value)
        self._book.more_seats(j, seats)
        # Dear enough that nobody wants it yet: then it becomes cheaper like any seat that is free.
        self._book.desk.price[j] = float(value.max(initial=0)) + self._book.desk.stay
        self._settle(vacant=[j])
        return j

    def freeze(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Offers (worker, option) that people have been told: not moved until thawed, dropped or withdrawn.

        BadMarket, and nothing frozen, where a worker does not hold that option now.
        """
        told = list(pairs)
        for i, j in told:
            self._known_worker(i)
            if self._book.desk.at[i] != j:
                raise BadMarket("这个人现在不在这个岗位上", f"第 {i + 1} 人", "请按最新的方案发通知。")
        for i, j in told:
            if not self._book.desk.frozen[i]:
                self._take_seat_out(i)
                self._book.desk.frozen[i], self._book.desk.at[i] = True, j
                self._book.desk.open[j] -= 1
                self._promised += 1

    def thaw(self, workers: Iterable[int]) -> None:
        """Promises that no longer bind: these workers may be moved again."""
        waiting, vacant = 0, []
        for i in workers:
            self._known_worker(i)
            if self._book.desk.frozen[i]:
                vacant += self._leave_seat(i)
                self._book.desk.waiting[waiting] = i
                waiting += 1
        self._settle(waiting=waiting, vacant=vacant)

    # How it is kept.

    def _settle(self, waiting: int = 0, vacant: Iterable[int] = ()) -> None:
        desk, count = self._book.desk, 0
        for j in vacant:
            if not desk.listed[j]:
                desk.vacant[count], desk.listed[j] = j, True
                count += 1
        live_kernels.settle(desk, waiting, count, self.eps)
        if not self._fixed and self.eps * self._moving() > self._gap * int(desk.total[0]):
            self._refine()

    def _moving(self) -> int:
        return self._people - self._promised

    def _fine_enough(self) -> float:
        """The eps with which the gap holds whatever happens; below 1 / (workers + 1) the plan is the best anyway."""
        workers = max(1, self._moving())
        return max(SPENDS * self._gap * int(self._book.desk.total[0]) / workers, 1 / (workers + 2))

    def _refine(self) -> None:
        eps = self._fine_enough()
        if eps < self.eps:
            self.eps = eps
            self.refined += 1
            live_kernels.settle_all(self._book.desk, eps)

    def _leave_seat(self, i: int) -> list[int]:
        """The option in which this leaves an open seat."""
        desk = self._book.desk
        j = int(desk.at[i])
        if j < 0:
            return []
        if desk.frozen[i]:
            desk.frozen[i], desk.at[i] = False, -1
            desk.open[j] += 1
            self._promised -= 1
        else:
            self._take_seat_out(i)
        return [j]

    def _take_seat_out(self, i: int) -> None:
        live_kernels.unseat(self._book.desk, i)

    def _break_promises(self, option: int, number: int) -> list[int]:
        """Frozen workers who lose their seat because no other seats are left to withdraw."""
        if number <= 0:
            return []
        desk = self._book.desk
        holders: list[int] = np.flatnonzero((desk.at == option) & desk.frozen)[::-1][:number].tolist()
        for i in holders:
            self._leave_seat(i)
        return holders

    def _known_worker(self, i: int) -> None:
        if not 0 <= i < self._book.people.count or self._book.gone[i]:
            raise BadMarket("没有这个人", f"第 {i + 1} 人", "请核对编号；离开的人要重新登记。")

    def _known_option(self, j: int) -> None:
        if not 0 <= j < self._book.options.count or self._book.closed[j]:
            raise BadMarket("没有这个岗位", f"第 {j + 1} 个", "请核对编号；整个撤回的岗位要重新发布。")

    def _pairs(
        self, edges: ArrayLike, column: str, count: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        rows = np.asarray(edges)
        if rows.size == 0:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        if rows.ndim != 2 or rows.shape[1] != 2:
            raise BadMarket("应为两列整数", column, "每一行写编号和数值。")
        name, value = whole_numbers(rows[:, 0], column), whole_numbers(rows[:, 1], "value")
        if int(name.min()) < 0 or int(name.max()) >= count:
            raise BadMarket("没有这个编号", column, "请核对编号。")
        if len(np.unique(name)) != len(name):
            raise BadMarket("同一个编号写了两次", column, "请只留一行。")
        self._check_values(value)
        return name.astype(np.int32), value.astype(np.int32)

    def _check_values(self, value: NDArray[np.int64]) -> None:
        if int(value.min()) <= 0:
            raise BadMarket("数值应大于0", "value", "不允许的配对不要写进来。")
        self._largest = max(self._largest, int(value.max()))
        if (self._largest + self._book.desk.stay) > LARGEST or self._largest * (
            self._people + 2
        ) >= LARGEST_SUM:
            raise BadMarket("数值太大，加起来会不准", "value", "请换大一些的单位，让数值小一些。")


def _check_start(market: Market, plan: Plan, gap: float, eps: float | None, switch_cost: int) -> None:
    if int(market.checked().capacity.sum()) > MOST_SEATS:
        raise BadMarket("名额太多", "capacity", f"请把名额改成实际的数目，合起来最多{MOST_SEATS}个。")
    if plan.placed_first or len(plan.choice) != market.workers or len(plan.price) != market.options:
        raise BadMarket("这个方案不能接着用", "plan", "请用同一份数据、按数值求出的方案。")
    if not 0 < gap < 1 or (eps is not None and eps <= 0) or switch_cost < 0:
        raise BadMarket("gap 应大于0小于1，eps 应大于0，switch_cost 不能是负数", "gap", "请核对。")
    if market.edges and int(market.value.min()) <= 0:
        raise BadMarket("数值应大于0", "value", "不允许的配对不要写进来。")
    if (plan.price < 0).any() or not np.isfinite(plan.price).all():
        raise BadMarket("价格应不小于0", "price", "请用求出来的价格。")
    if int(market.value.max(initial=0)) + switch_cost > LARGEST:
        raise BadMarket("数值太大，加起来会不准", "value", "请换大一些的单位，让数值小一些。")


def _at_least_one(n: int, most: int) -> None:
    if not 1 <= n <= most:
        raise BadMarket("名额数目不对", str(n), f"应在1和{most}之间。")
