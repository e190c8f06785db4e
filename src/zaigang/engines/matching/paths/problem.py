"""A market of paths: a vacancy taken directly, a class and then a seat that it opens, or a class alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import LARGEST, LARGEST_SUM, whole_numbers

#: In a column of classes or of vacancies: the path uses none.
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class PathMarket:
    """N workers, C classes, M vacancies and E paths, sorted by worker, vacancy, class.

    `first` (N+1, int64): the paths of worker i are first[i] .. first[i+1]-1. `training`, `option` and `value` (E,
    int32) belong to the paths; NONE (-1) says that a path uses no class, or no vacancy. `seats` (C, int32) are those of
    the classes, `capacity` (M, int32) those of the vacancies. `row` (E, int64) tells where a path stood in the input.
    """

    first: NDArray[np.int64]
    training: NDArray[np.int32]
    option: NDArray[np.int32]
    value: NDArray[np.int32]
    seats: NDArray[np.int32]
    capacity: NDArray[np.int32]
    row: NDArray[np.int64]

    @property
    def workers(self) -> int:
        return len(self.first) - 1

    @property
    def trainings(self) -> int:
        return len(self.seats)

    @property
    def options(self) -> int:
        return len(self.capacity)

    @property
    def paths(self) -> int:
        return len(self.value)

    def people(self) -> NDArray[np.int32]:
        """The worker of every path."""
        return np.repeat(np.arange(self.workers, dtype=np.int32), np.diff(self.first))

    def checked(self) -> "PathMarket":
        """The market, sound. BadMarket where somebody made it by hand and it is not what is said above."""
        for name, kind in _COLUMNS.items():
            column = getattr(self, name)
            if not isinstance(column, np.ndarray) or column.ndim != 1 or column.dtype != kind:
                raise BadMarket(f"应为一列 {np.dtype(kind).name}", name, _MAKE)
        lengths = {len(self.training), len(self.option), len(self.value), len(self.row)}
        starts = len(self.first) and self.first[0] == 0 and self.first[-1] == len(self.value)
        if len(lengths) != 1 or not starts or (np.diff(self.first) < 0).any():
            raise BadMarket("各列的长短或起点不对", "first", _MAKE)
        _seats(self.seats, "seats", "training", "培训班")
        _seats(self.capacity, "capacity", "option", "岗位")
        rows = [column.astype(np.int64) for column in (self.people(), self.training, self.option, self.value)]
        _check_rows(rows, self.workers, self.trainings, self.options)
        order = (rows[0] * (self.options + 1) + rows[2] + 1) * (self.trainings + 1) + rows[1]
        _refuse_where(np.diff(order, prepend=-2) <= 0, "路没有排好，或写了两次", "option", _MAKE)
        return self


_COLUMNS = {
    "first": np.int64, "training": np.int32, "option": np.int32, "value": np.int32, "seats": np.int32,
    "capacity": np.int32, "row": np.int64,
}  # fmt: skip
_MAKE = "请用 path_market_from_rows 来建。"


def path_market_from_rows(
    worker: ArrayLike, training: ArrayLike, option: ArrayLike, value: ArrayLike, *,
    workers: int, seats: ArrayLike, capacity: ArrayLike,
) -> PathMarket:  # fmt: skip
    """A market from paths in any order. Indices count from 0; -1 for no class or no vacancy, but not for both.

    BadMarket names the first row that cannot be: an index out of range, values or seats that are no whole numbers,
    values or seats below one, a path that is named twice, values so large that their sums would no longer be exact.
    """
    names = "worker", "training", "option", "value"
    rows = [
        whole_numbers(column, name)
        for column, name in zip((worker, training, option, value), names, strict=True)
    ]
    if len({len(column) for column in rows}) != 1:
        raise BadMarket("四列的行数不一样", "、".join(names), "请核对。")
    class_seats, places = (
        _seats(seats, "seats", "training", "培训班"),
        _seats(capacity, "capacity", "option", "岗位"),
    )
    _check_rows(rows, workers, len(class_seats), len(places))
    people, classes, options, values = rows
    order = np.lexsort((classes, options, people))
    again = np.all([np.diff(column[order]) == 0 for column in (people, options, classes)], axis=0)
    if again.any():
        row = int(order[int(np.argmax(again)) + 1])
        raise BadMarket("同一个人的同一条路写了两次", f"第 {row + 1} 条", "请只留一行。")
    first = np.zeros(workers + 1, np.int64)
    np.cumsum(np.bincount(people, minlength=workers), out=first[1:])
    training, option, worth = (column[order].astype(np.int32) for column in (classes, options, values))
    return PathMarket(first, training, option, worth, class_seats, places, order)


def _seats(counts: ArrayLike, where: str, column: str, noun: str) -> NDArray[np.int32]:
    seats = whole_numbers(counts, where)
    _refuse_where(seats <= 0, "名额应不小于1", column, f"没有名额的{noun}请不要列出。")
    if len(seats) and (len(seats) > LARGEST or int(seats.max()) > LARGEST):
        raise BadMarket(f"{noun}或名额太多", where, "每一列最多约21亿。")
    return seats.astype(np.int32)


def _check_rows(rows: list[NDArray[np.int64]], workers: int, trainings: int, options: int) -> None:
    people, classes, places, values = rows
    _refuse_where((people < 0) | (people >= workers), "没有这个人", "worker", "请核对编号。")
    outside = (classes < NONE) | (classes >= trainings)
    _refuse_where(outside, "没有这个培训班", "training", "请核对编号，或补上名额；不经过培训的写 -1。")
    outside = (places < NONE) | (places >= options)
    _refuse_where(outside, "没有这个岗位", "option", "请核对编号，或补上名额；只参加培训的写 -1。")
    neither = (classes == NONE) & (places == NONE)
    _refuse_where(neither, "既没有培训班也没有岗位", "training、option", "请至少写一个，或去掉这一行。")
    _refuse_where(values <= 0, "数值应大于0", "value", "不允许的路不要写进来。")
    largest = int(values.max()) if len(values) else 0
    if largest > LARGEST or largest * (workers + 1) >= LARGEST_SUM:
        raise BadMarket("数值太大，加起来会不准", "value", "请换大一些的单位，让数值小一些。")


def _refuse_where(bad: NDArray[np.bool_], what: str, column: str, what_to_do: str) -> None:
    if bad.any():
        raise BadMarket(what, f"{column} 第 {int(np.argmax(bad)) + 1} 行", what_to_do)
