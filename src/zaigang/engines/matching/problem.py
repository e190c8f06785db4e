"""A market: who may take what, how good it would be, and how many seats there are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zaigang.engines.matching import faults
from zaigang.engines.matching.errors import BadMarket

#: Sums of values and prices are held in float64: beyond this they would lose units.
LARGEST_SUM = 2**52
#: Values and seats are held in 32 bits.
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """N workers, M options and E allowed pairs, sorted by worker; a worker's own in any order.

    `first` (N+1, int64): the pairs of worker i are first[i] .. first[i+1]-1. `option` and `value`
    (E, int32) belong to the pairs; `capacity` (M, int32) counts seats. A worker without a pair stays unplaced.
    Nobody gets an option with no seats (capacity 0): its price says what a first one could bring. A market made by
    hand is looked over where it is used (`checked`).
    """

    first: NDArray[np.int64]
    option: NDArray[np.int32]
    value: NDArray[np.int32]
    capacity: NDArray[np.int32]

    @property
    def workers(self) -> int:
        return len(self.first) - 1

    @property
    def options(self) -> int:
        return len(self.capacity)

    @property
    def edges(self) -> int:
        return len(self.option)

    def pairs(self) -> NDArray[np.int32]:
        """The worker of every pair."""
        return np.repeat(np.arange(self.workers, dtype=np.int32), np.diff(self.first))

    def checked(self) -> "Market":
        """The market, sound; BadMarket names the first column and row that cannot be. One pass over the pairs.

        Refused: arrays of another type or shape, starts that do not run from 0 to the number of pairs, unknown
        options, a pair that comes twice, negative seats, values whose sums would not be exact.
        """
        for name, kind in _COLUMNS.items():
            _check_column(getattr(self, name), name, np.dtype(kind))
        if not len(self.first) or len(self.value) != len(self.option):
            name = "first" if not len(self.first) else "value"
            raise BadMarket("这一列的行数不对", name, "first 比人数多一行；option 和 value 一样长。")
        fault, row = faults.first_fault(self.first, self.option, self.capacity)
        if fault != faults.SOUND:
            what, column, what_to_do = _FAULTS[fault]
            raise BadMarket(what, f"{column} 第 {row + 1} 行", what_to_do)
        _check_sizes(self.value, self.capacity, self.workers)
        return self


_COLUMNS = {"first": np.int64, "option": np.int32, "value": np.int32, "capacity": np.int32}
_FAULTS = {
    faults.STARTS: ("起点应从0起，不减，到对数为止", "first", "请用 market_from_edges 来建。"),
    faults.UNKNOWN: ("没有这个岗位", "option", "请核对编号，或补上名额。"),
    faults.REPEATED: ("同一个人和同一个岗位写了两次", "option", "请只留一行。"),
    faults.SEATS: ("名额不能是负数", "capacity", "没有名额请写0。"),
}


def _check_column(column: Any, name: str, kind: np.dtype[Any]) -> None:
    if type(column) not in (np.ndarray, np.memmap) or column.ndim != 1 or column.dtype != kind:
        raise BadMarket(f"应为一列 {kind.name}", name, "请用 market_from_edges 来建。")


def market_from_edges(
    worker: ArrayLike, option: ArrayLike, value: ArrayLike, *, workers: int, capacity: ArrayLike
) -> Market:
    """A market from pairs in any order. Indices count from 0; BadMarket names the first row that cannot be.

    Refused: indices out of range, values or seats that are no whole numbers, seats below zero, a pair that is
    named twice, and values so large that their sums would no longer be exact.
    """
    if not 0 <= workers <= LARGEST:
        raise BadMarket("人数应在0到21亿之间", "workers", "请核对。")
    rows = whole_numbers(worker, "worker"), whole_numbers(option, "option"), whole_numbers(value, "value")
    if len({len(column) for column in rows}) != 1:
        raise BadMarket("三列的行数不一样", "worker、option、value", "请核对。")
    seats = whole_numbers(capacity, "capacity")
    _refuse_where(seats < 0, "名额不能是负数", "capacity", "没有名额请写0。")
    people, places, values = rows
    _refuse_where((people < 0) | (people >= workers), "没有这个人", "worker", "请核对编号。")
    _refuse_where((places < 0) | (places >= len(seats)), "没有这个岗位", "option", "请核对编号，或补上名额。")
    order = np.lexsort((places, people))
    people, places, values = people[order], places[order], values[order]
    again = (np.diff(people) == 0) & (np.diff(places) == 0)
    if again.any():
        row = int(order[1:][again].min())
        raise BadMarket("同一个人和同一个岗位写了两次", f"第 {row + 1} 对", "请只留一行。")
    first = np.zeros(workers + 1, np.int64)
    np.cumsum(np.bincount(people, minlength=workers), out=first[1:])
    _check_sizes(values, seats, workers)
    return Market(first, places.astype(np.int32), values.astype(np.int32), seats.astype(np.int32))


def whole_numbers(column: ArrayLike, where: str) -> NDArray[np.int64]:
    """One column of whole numbers; BadMarket where it is something else."""
    numbers = np.asarray(column)
    if numbers.size == 0:
        return np.zeros(0, np.int64)
    if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer) or numbers.dtype == np.uint64:
        raise BadMarket("应为一列整数", where, "请写整数，不带小数点。")
    return numbers.astype(np.int64)


def _refuse_where(bad: NDArray[np.bool_], what: str, column: str, what_to_do: str) -> None:
    if bad.any():
        raise BadMarket(what, f"{column} 第 {int(np.argmax(bad)) + 1} 行", what_to_do)


def _check_sizes(value: NDArray[np.integer], seats: NDArray[np.integer], workers: int) -> None:
    largest = max(abs(int(value.min())), abs(int(value.max()))) if len(value) else 0
    if largest > LARGEST or largest * (workers + 1) >= LARGEST_SUM:
        raise BadMarket("数值太大，加起来会不准", "value", "请换大一些的单位，让数值小一些。")
    if len(seats) and (len(seats) > LARGEST or int(seats.max()) > LARGEST):
        raise BadMarket("岗位或名额太多", "capacity", "每一列最多约21亿。")
