"""Lists that grow and shrink without moving their neighbours: the pairs of a market by worker, and by option."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.kernels import Counts, Names

#: Room beyond what is in use, when a list has to move or arrays have to grow.
SPARE = 4


class Rows(NamedTuple):
    """List k is `name` and `value` at first[k] .. first[k]+length[k]-1; up to room[k] entries fit before it moves."""

    first: Counts
    length: Names
    room: Names
    name: Names
    value: Names


class Lists:
    """Keeps the arrays of Rows and replaces them when something no longer fits. Keys beyond `count` are empty."""

    def __init__(self, first: NDArray[np.int64], name: NDArray[np.int32], value: NDArray[np.int32]) -> None:
        length = np.diff(first).astype(np.int32)
        self.count, self._used = len(length), len(name)
        self.rows = Rows(first[:-1].copy(), length, length.copy(), name.copy(), value.copy())

    def copy(self) -> "Lists":
        other = Lists.__new__(Lists)
        other.count, other._used = self.count, self._used
        other.rows = Rows._make(array.copy() for array in self.rows)
        return other

    def new(self) -> int:
        """The key of one more list, which is empty."""
        key, rows = self.count, self.rows
        self.count += 1
        if self.count > len(rows.first):
            size = roomier(self.count)
            self.rows = rows._replace(
                first=grown(rows.first, size), length=grown(rows.length, size), room=grown(rows.room, size)
            )
        return key

    def reserve(self, key: int, size: int) -> None:
        """See to it that list `key` can hold `size` entries; it moves to the end where it cannot."""
        rows = self.rows
        if size <= rows.room[key]:
            return
        room, begin, length = size + size // 4 + SPARE, int(rows.first[key]), int(rows.length[key])
        if self._used + room > len(rows.name):
            size = roomier(self._used + room)
            rows = rows._replace(name=grown(rows.name, size), value=grown(rows.value, size))
            self.rows = rows
        for pool in (rows.name, rows.value):
            pool[self._used : self._used + length] = pool[begin : begin + length]
        rows.first[key], rows.room[key] = self._used, room
        self._used += room

    def append(self, keys: NDArray[np.int32], names: NDArray[np.int32], values: NDArray[np.int32]) -> None:
        """Entry k goes to the end of list keys[k]."""
        done = append(self.rows, keys, names, values, 0)
        while done < len(keys):
            self.reserve(int(keys[done]), int(self.rows.length[keys[done]]) + 1)
            done = append(self.rows, keys, names, values, done)

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


@kept
def append(rows: Rows, keys: Names, names: Names, values: Names, begin: int) -> int:
    """Append from entry `begin` on; returns the first entry for which there is no room."""
    for k in range(begin, len(keys)):
        key = keys[k]
        if rows.length[key] == rows.room[key]:
            return k
        slot = rows.first[key] + rows.length[key]
        rows.name[slot], rows.value[slot] = names[k], values[k]
        rows.length[key] += 1
    return len(keys)


@kept
def remove(rows: Rows, key: int, name: int) -> None:
    """Take an entry out of a list; the last one takes its place."""
    base, last = rows.first[key], rows.length[key] - 1
    for slot in range(base, base + last + 1):
        if rows.name[slot] == name:
            rows.name[slot], rows.value[slot] = rows.name[base + last], rows.value[base + last]
            rows.length[key] = last
            return


@kept
def clear(rows: Rows, others: Rows, key: int) -> None:
    """Empty list `key`, and take `key` out of the lists on the other side."""
    for slot in range(rows.first[key], rows.first[key] + rows.length[key]):
        remove(others, rows.name[slot], key)
    rows.length[key] = 0


@kept
def pack(rows: Rows, first: Counts, name: Names, value: Names) -> None:
    for key in range(len(first) - 1):
        begin = rows.first[key]
        for k in range(rows.length[key]):
            name[first[key] + k], value[first[key] + k] = rows.name[begin + k], rows.value[begin + k]
