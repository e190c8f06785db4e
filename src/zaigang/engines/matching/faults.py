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
    workers = len(first) - 1
    if first[0] != 0 or first[workers] != len(option):
        return STARTS, 0
    for i in range(workers):
        if first[i + 1] < first[i]:
            return STARTS, i + 1
    for j in range(len(capacity)):
        if capacity[j] < 0:
            return SEATS, j
    if orderly(first, option, len(capacity)):
        return SOUND, 0
    return fault_of_pairs(first, option, len(capacity))


@kept
def fault_of_pairs(first: NDArray[np.int64], option: NDArray[np.int32], options: int) -> tuple[int, int]:
    """The same for the pairs alone, one by one, in whatever order a worker's are."""
    seen = np.full(options, -1, np.int32)
    for i in range(len(first) - 1):
        for edge in range(first[i], first[i + 1]):
            j = option[edge]
            if j < 0 or j >= options:
                return UNKNOWN, edge
            if seen[j] == i:
                return REPEATED, edge
            seen[j] = i
    return SOUND, 0


@kept
def orderly(first: NDArray[np.int64], option: NDArray[np.int32], options: int) -> bool:
    """Whether the options of each worker are known and rise: the usual case, in one pass without a branch.

    A pair whose option does not exceed that of the pair before it must be the first of its worker.
    """
    if len(option) == 0:
        return True
    here, before = option[1:], option[:-1]
    least, most, falls = option[0], option[0], 0
    for edge in range(len(here)):
        falls += here[edge] <= before[edge]
        least, most = min(least, here[edge]), max(most, here[edge])
    for i in range(len(first) - 1):
        if 0 < first[i] < first[i + 1] and option[first[i]] <= option[first[i] - 1]:
            falls -= 1
    return least >= 0 and most < options and falls == 0
