"""Who competes with whom: the inner loops behind `whatif.shortages`, compiled. Each looks at every pair once."""

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.kernels import Counts, Names

Flags = NDArray[np.bool_]


@kept
def reach(
    first: Counts, option: Names, choice: Names, seat_first: Counts, holder: Counts
) -> tuple[Flags, Flags]:
    """The workers and options on alternating paths from those without a seat.

    The seats of option j are held by `holder[seat_first[j]:seat_first[j + 1]]`; `choice` has -1 for no seat.
    """
    people, places = choice < 0, np.zeros(len(seat_first) - 1, np.bool_)
    stack, most = np.empty(len(choice), np.int64), 0
    for i in range(len(choice)):
        if people[i]:
            stack[most] = i
            most += 1
    while most > 0:
        most -= 1
        i = stack[most]
        for edge in range(first[i], first[i + 1]):
            j = option[edge]
            if places[j]:
                continue
            places[j] = True
            for seat in range(seat_first[j], seat_first[j + 1]):
                if not people[holder[seat]]:
                    people[holder[seat]] = True
                    stack[most] = holder[seat]
                    most += 1
    return people, places


@kept
def root(parent: Counts, node: int) -> int:
    """The least member of a node's group so far; shortens the way for those who ask next."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@kept
def connect(first: Counts, option: Names, people: Flags) -> Counts:
    """For each worker, then each option, the least worker that pairs of `people` connect them with; alone: themselves.

    A union of sets, each named by its least member: always a worker, since options are numbered after them.
    """
    workers = len(first) - 1
    parent = np.arange(workers + (option.max() + 1 if len(option) else 0))
    for i in range(workers):
        if not people[i]:
            continue
        for edge in range(first[i], first[i + 1]):
            one, other = root(parent, i), root(parent, workers + option[edge])
            parent[max(one, other)] = min(one, other)
    for node in range(len(parent)):
        parent[node] = root(parent, node)
    return parent
