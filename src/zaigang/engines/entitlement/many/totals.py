"""What the answers of many come to: by calendar month for a budget, and by person before and after a change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.entitlement.many.columns import BadColumns
from zaigang.engines.entitlement.many.decisions import Decisions


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """(groups, months) arrays, the first month being `first` (calendar.py).

    `people` int64: payments that are listed; `fen` int64: their known amounts; `unknown` int64: how many of
    them have no amount, because the law is not known well enough; `planned` int64: how many wait for a release.
    """

    first: int
    people: NDArray[np.int64]
    fen: NDArray[np.int64]
    unknown: NDArray[np.int64]
    planned: NDArray[np.int64]


def by_month(
    decisions: Decisions, first: int, last: int, *, group: NDArray[np.integer] | None = None, groups: int = 1
) -> Totals:
    """The payments of the months `first` to `last`, by group (n,), a number below `groups`; else all in one."""
    shape = (groups, last - first + 1)
    if last < first:
        raise BadColumns("月份的先后颠倒了", "last", "请核对起止月份。")
    line = np.zeros(len(decisions), np.int64) if group is None else group.astype(np.int64) * shape[1]
    sums = np.zeros((4, groups * shape[1]), np.int64)
    for place in range(decisions.horizon):
        month = decisions.month_of(place)
        inside = (decisions.status[:, place] >= 0) & (month >= first) & (month <= last)
        fen, key = decisions.fen[inside, place], line[inside] + month[inside] - first
        late = place >= decisions.planned_from[inside]
        for total, weight in zip(sums, (None, np.maximum(fen, 0), fen < 0, late), strict=True):
            # sums of whole numbers far below 2**53 are exact in the floats that bincount adds up
            total += np.bincount(key, weight, sums.shape[1]).astype(np.int64)
    return Totals(first, *(total.reshape(shape) for total in sums))


def total_fen(decisions: Decisions) -> NDArray[np.int64]:
    """(n,) the sum of each person's known amounts within the horizon."""
    total: NDArray[np.int64] = np.maximum(decisions.fen, 0).sum(axis=1, dtype=np.int64)
    return total


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """(n,) arrays: whom a change touches at all, and by how many fen the known amounts rise or fall."""

    touched: NDArray[np.bool_]
    fen: NDArray[np.int64]


def differences(before: Decisions, after: Decisions) -> Differences:
    """Compares two answers for the same people, row by row. BadColumns when they cannot be the same people."""
    if len(before) != len(after):
        raise BadColumns(f"前后人数不同：{len(before)}、{len(after)}", "after", "请用同一批人。")
    names = ("eligible", "error", "error_event", "months_exact", "months_at_most", "count", "planned_from")
    touched = np.zeros(len(before), np.bool_)
    for name in names:
        touched |= getattr(before, name) != getattr(after, name)
    shared = min(before.horizon, after.horizon)
    for name in ("fen", "status", "month"):
        touched |= (getattr(before, name)[:, :shared] != getattr(after, name)[:, :shared]).any(axis=1)
    for longer in (before, after):
        touched |= (longer.status[:, shared:] >= 0).any(axis=1)
    return Differences(touched, total_fen(after) - total_fen(before))
