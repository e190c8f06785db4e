"""One pass over a market that somebody made by hand: do its arrays fit together? Compiled: it stands at every door."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept

SOUND, STARTS, UNKNOWN, REPEATED, SEATS = range(5)


@kept
def first_fault(
    first: NDArray[np.int64], option: NDArray[np.int32], capacity: NDArray[np.int32]
) -> tuple[int, int]:  # fmt: skip
    """The kind of the first fault, and its row in `first`, in the pairs or in `capacity`."""
    workers, options = len(first) - 1, len(capacity)
    if first[0] != 0 or first[workers] != len(option):
        return STARTS, 0
    for i in range(workers):
        if first[i + 1] < first[i]:
            return STARTS, i + 1
    for j in range(options):
        if capacity[j] < 0:
            return SEATS, j
    seen = np.full(options, -1, np.int32)
    for i in range(workers):
        before = -1
        for edge in range(first[i], first[i + 1]):
            j = option[edge]
            if j <= before or j >= options:
                fault, edge = fault_among(option, seen, i, first[i], first[i + 1])
                if fault != SOUND:
                    return fault, edge
                break
            before = j
    return SOUND, 0


@kept
def fault_among(
    option: NDArray[np.int32], seen: NDArray[np.int32], i: int, start: int, stop: int
) -> tuple[int, int]:
    """The same for the pairs of one worker whose options are in no order; `seen` (M): who named each option last."""
    for edge in range(start, stop):
        j = option[edge]
        if j < 0 or j >= len(seen):
            return UNKNOWN, edge
        if seen[j] == i:
            return REPEATED, edge
        seen[j] = i
    return SOUND, 0
