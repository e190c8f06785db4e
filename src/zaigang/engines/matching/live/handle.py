"""The events of events.py on a handle: one thing to hand over in the place of the forty arrays of a Desk.

Handing over an array costs a third of a microsecond, and some microseconds where its head is in no cache.
"""

from typing import Any

from numba import types
from numba.experimental import structref

from zaigang.engines.jit import kept
from zaigang.engines.matching.live import events
from zaigang.engines.matching.live.events import Numbers
from zaigang.engines.matching.live.kernels import Desk

Handle = Any


@structref.register
class HandleType(types.StructRef):
    """What the compiler knows of a handle."""


class HandleOf(structref.StructRefProxy):
    """What Python sees of a handle: nothing."""


#: numba tells no types of these.
_STRUCTREF: Any = structref
_MAKE: Any = HandleOf
_STRUCTREF.define_boxing(HandleType, HandleOf)
_STRUCTREF.define_attributes(HandleType)
_STRUCTREF.define_constructor(HandleOf, HandleType, ["desk"])


@kept
def handle_of(desk: Desk) -> Handle:
    return _MAKE(desk)


@kept
def come(handle: Handle, i: int, rows: Numbers, options: int, lowest: int, highest: int, eps: float) -> int:
    return events.come(handle.desk, i, rows, options, lowest, highest, eps)


@kept
def post(
    handle: Handle, j: int, rows: Numbers, people: int, seats: int, lowest: int, highest: int, eps: float
) -> int:  # fmt: skip
    return events.post(handle.desk, j, rows, people, seats, lowest, highest, eps)


@kept
def widen(handle: Handle, j: int, seats: int, eps: float) -> int:
    return events.widen(handle.desk, j, seats, eps)


@kept
def go(handle: Handle, i: int, eps: float) -> None:
    events.go(handle.desk, i, eps)


@kept
def shrink(handle: Handle, j: int, seats: int, eps: float) -> None:
    events.shrink(handle.desk, j, seats, eps)


@kept
def promise(handle: Handle, i: int) -> None:
    events.promise(handle.desk, i)


@kept
def release(handle: Handle, workers: Numbers, eps: float) -> None:
    events.release(handle.desk, workers, eps)
