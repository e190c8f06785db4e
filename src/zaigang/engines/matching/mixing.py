"""How many people of each type a mix of plans places, so that all floors hold: in whole people."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.paths.nearest import least_squares

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]
#: How much more a mix must keep floors than be good.
FIRM = 1e4
#: What a mix may be worse than the best plan, as a part of its value, before it counts as much as a whole plan.
FINE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A plan that was found: who goes where, its value, and how many it places of each type."""

    choice: NDArray[np.int32]
    value: int
    placed: Counts


def types_of(workers: int, groups: list[NDArray[np.bool_]]) -> tuple[Counts, Counts]:
    """Who is in the same groups is of a type. (G, T): which types belong to a group; (N): the type of each worker."""
    kind = np.zeros(workers, np.int64)
    for member in groups:  # in each step there are no more types than workers
        _, kind = np.unique(2 * kind + member, return_inverse=True)
    _, one_of_each = np.unique(kind, return_index=True)
    belongs = np.array([member[one_of_each] for member in groups], np.int64)
    return belongs.reshape(len(groups), len(one_of_each)), kind


def mixed(plans: list[Seen], of: Counts, floor: Counts, multiplier: Reals) -> Reals:
    """How many of each type (T) the best mix of some plans places; `of` (G, T): which types belong to a group.

    The best mix keeps all floors (G) and is, by the multipliers, as good as the best plan.
    """
    placed = np.array([plan.placed for plan in plans], np.float64)
    over = placed @ of.T - floor
    worth = np.array([plan.value for plan in plans]) + over @ multiplier
    behind = worth.max() - worth
    # Unknown are the parts of the plans, then by how much each group has more than its floor.
    rows = np.vstack([
        FIRM * np.append(np.ones(len(plans)), np.zeros(len(floor))),
        np.hstack([over.T / np.maximum(floor, 1)[:, None], -np.eye(len(floor))]) * FIRM,
        np.append(behind, multiplier * np.maximum(floor, 1)) / max(1.0, FINE * float(abs(worth).max())),
    ])  # fmt: skip
    part = least_squares(rows, np.append(FIRM, np.zeros(len(floor) + 1)))[: len(plans)]
    return part @ placed / max(float(part.sum()), 1e-9)


def in_people(wanted: Reals, of: Counts, floor: Counts, size: Counts) -> Counts | None:
    """So many of each type, rounded down, and then up one by one until all floors hold; None where they cannot."""
    least = np.minimum(np.floor(wanted + 1e-6).astype(np.int64), size)
    while (short := np.maximum(floor - of @ least, 0)).any():
        helps = np.where(least < size, (short > 0) @ of, 0)
        if not helps.any():
            return None
        least[int(np.lexsort((wanted - least, helps))[-1])] += 1  # of those that help as much, the fullest
    return spared(least, of, floor)


def spared(least: Counts, of: Counts, floor: Counts) -> Counts:
    """Nobody more of a type than the floors need."""
    for t in np.argsort(of.sum(axis=0), kind="stable"):
        groups = np.flatnonzero(of[:, t])
        room = int((of @ least - floor)[groups].min()) if len(groups) else int(least[t])
        least[t] -= min(max(room, 0), int(least[t]))
    return least
