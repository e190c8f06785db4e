"""Lists that grow and shrink without moving their neighbours: the pairs of a market by worker, and by option."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import lean, step
from zaigang.engines.matching.kernels import Counts, Names
from zaigang.engines.matching.prefetch import fetch

Flags = NDArray[np.bool_]
#: Entries in a line of the processor's cache.
LINE = 16
#: Room beyond what is in use, when a list has to move or arrays have to grow.
SPARE = 4


class Rows(NamedTuple):
    """List k is `name` and `value` at first[k] .. first[k]+length[k]-1; up to room[k] entries fit before it moves.

    It moves to `used[0]`, where `name` and `value` are free from.
    """

    first: Counts
    length: Names
    room: Names
    name: Names
    value: Names
    used: Counts


class Lists:
    """Keeps the arrays of Rows and replaces them when something no longer fits. Keys beyond `count` are empty."""

    def __init__(self, first: NDArray[np.int64], name: NDArray[np.int32], value: NDArray[np.int32]) -> None:
        length = np.diff(first).astype(np.int32)
        self.count = len(length)
        # Room from the first on, in each list and behind them: an event should not have to wait for copies.
        room = length + length // 8 + np.int32(SPARE)
        begin = np.append(0, np.cumsum(room, dtype=np.int64))
        used = begin[-1:].copy()
        size = roomier(int(used[0]))
        self.rows = Rows(
            begin[:-1].copy(), length, room, np.zeros(size, np.int32), np.zeros(size, np.int32), used
        )
        dense = self.rows._replace(first=first[:-1].copy(), name=name, value=value)
        pack(dense, begin, self.rows.name, self.rows.value)

    def copy(self) -> "Lists":
        other = Lists.__new__(Lists)
        other.count = self.count
        other.rows = Rows._make(array.copy() for array in self.rows)
        return other

    def keys(self, count: int) -> None:
        """See to it that there can be so many lists."""
        rows = self.rows
        if count > len(rows.first):
            size = roomier(count)
            self.rows = rows._replace(
                first=grown(rows.first, size), length=grown(rows.length, size), room=grown(rows.room, size)
            )

    def entries(self, more: int) -> None:
        """See to it that lists can move to places for so many entries."""
        rows = self.rows
        if int(rows.used[0]) + more > len(rows.name):
            size = roomier(int(rows.used[0]) + more)
            self.rows = rows._replace(name=grown(rows.name, size), value=grown(rows.value, size))

    def packed(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
        """The lists without gaps: first (count+1), name, value."""
        first = np.zeros(self.count + 1, np.int64)
        np.cumsum(self.rows.length[: self.count], out=first[1:])
        name, value = np.empty(int(first[-1]), np.int32), np.empty(int(first[-1]), np.int32)
        pack(self.rows, first, name, value)
        return first, name, value


def roomier(size: int) -> int:
    return size + size // 4 + SPARE


def grown(array: NDArray[Any], size: int, fill: int = 0) -> NDArray[Any]:
    """The array with room for `size`, filled up with `fill`."""
    larger = np.full(size, fill, array.dtype)
    larger[: len(array)] = array
    return larger


@step
def beyond(rows: Rows, key: int, more: int) -> int:
    """The places that list `key` would take at the end of all lists to hold so many more; 0 where they fit in it."""
    size = rows.length[key] + more
    return 0 if size <= rows.room[key] else size + size // 4 + SPARE


@step
def sweep(rows: Rows, key: int, gone: Flags) -> None:
    """Take those who have gone out of list `key`."""
    begin, end = rows.first[key], rows.first[key]
    for slot in range(begin, begin + rows.length[key]):
        rows.name[end], rows.value[end] = rows.name[slot], rows.value[slot]
        end += 0 if gone[rows.name[slot]] else 1
    rows.length[key] = end - begin


@step
def make_room(rows: Rows, key: int, more: int, gone: Flags) -> None:
    """See to it that list `key` can hold so many more: without those who have gone, or else it moves to where it can.

    `Lists.entries` has been told.
    """
    if beyond(rows, key, more) > 0:
        sweep(rows, key, gone)
    room = beyond(rows, key, more)
    if room == 0:
        return
    begin, end = rows.first[key], rows.used[0]
    for k in range(rows.length[key]):
        rows.name[end + k], rows.value[end + k] = rows.name[begin + k], rows.value[begin + k]
    rows.first[key], rows.room[key] = end, room
    rows.used[0] = end + room


@step
def append(rows: Rows, key: int, name: int, value: int, gone: Flags) -> None:
    """One entry more at the end of a list."""
    make_room(rows, key, 1, gone)
    slot = rows.first[key] + rows.length[key]
    rows.name[slot], rows.value[slot] = name, value
    rows.length[key] += 1


@step
def call_up(rows: Rows, key: int) -> None:
    """Fetch the names of a list: many lists that lie apart are then waited for together."""
    end = rows.first[key] + rows.length[key]
    for slot in range(rows.first[key], end, LINE):
        fetch(rows.name, slot)
    fetch(rows.value, end - 1)


@step
def remove(rows: Rows, key: int, name: int) -> None:
    """Take an entry out of a list; the last one takes its place."""
    base, last = rows.first[key], rows.length[key] - 1
    for slot in range(base, base + last + 1):
        if rows.name[slot] == name:
            rows.name[slot], rows.value[slot] = rows.name[base + last], rows.value[base + last]
            rows.length[key] = last
            return


@step
def clear(rows: Rows, others: Rows, key: int) -> None:
    """Empty list `key`, and take `key` out of the lists on the other side."""
    begin, end = rows.first[key], rows.first[key] + rows.length[key]
    for slot in range(begin, end):
        call_up(others, rows.name[slot])
    for slot in range(begin, end):
        remove(others, rows.name[slot], key)
    rows.length[key] = 0


@lean
def pack(rows: Rows, first: Counts, name: Names, value: Names) -> None:
    for key in range(len(first) - 1):
        begin = rows.first[key]
        for k in range(rows.length[key]):
            name[first[key] + k], value[first[key] + k] = rows.name[begin + k], rows.value[begin + k]
