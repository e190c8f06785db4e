"""A market cut into parts: each owns options, and the workers most of whose pairs lead to them.

An option is at the border when a worker of another part has a pair with it; a worker is contested when a pair leads to
another part's option. Only borders and contested workers are ever spoken of between parts.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching import kernels
from zaigang.engines.matching.auction import Columns
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import Market, whole_numbers


@dataclass(frozen=True, slots=True, eq=False)
class Share:
    """What one part knows. Workers are numbered so that a part's own follow each other, from `low`.

    By worker: `first` (W+1), `option` (E, index into `seen`), `value` (E); `seen` (options of those pairs), their
    `capacity` and `border` flags. By option: `own` (options), `own_capacity`, `own_border`, `start`, `worker` (index
    into `known`), `worth`; `known` (workers of those pairs) and their `contested` flags.
    """

    low: int
    first: NDArray[np.int64]
    option: NDArray[np.int32]
    value: NDArray[np.int32]
    seen: NDArray[np.int32]
    capacity: NDArray[np.int32]
    border: NDArray[np.bool_]
    own: NDArray[np.int32]
    own_capacity: NDArray[np.int32]
    own_border: NDArray[np.bool_]
    start: NDArray[np.int64]
    worker: NDArray[np.int32]
    worth: NDArray[np.int32]
    known: NDArray[np.int32]
    contested: NDArray[np.bool_]

    @property
    def workers(self) -> int:
        return len(self.first) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """`order` (N): the worker of the market behind each new number. `border` (M), `contested` (N): flags."""

    shares: tuple[Share, ...]
    order: NDArray[np.int64]
    border: NDArray[np.bool_]
    contested: NDArray[np.bool_]


def split(market: Market, owner: NDArray[Any]) -> Split:
    """Cut a market by the `owner` of each option (M, any number from 0): region x occupation serves well.

    Each owner is a part, in the order of their numbers. A worker goes to the part with most of their pairs, of equals
    the first. BadMarket where an owner is missing.
    """
    parts, owner = _parts(market, owner)
    worker = market.pairs()
    home = _homes(market, worker, owner, parts)
    order = np.argsort(home, kind="stable")
    number = np.empty(market.workers, np.int32)
    number[order] = np.arange(market.workers, dtype=np.int32)
    crossing = home[worker] != owner[market.option]
    border, contested = np.zeros(market.options, np.bool_), np.zeros(market.workers, np.bool_)
    border[market.option[crossing]] = True
    contested[number[worker[crossing]]] = True
    columns = kernels.by_option(market.first, market.option, market.value, market.options)
    cut = Split((), order, border, contested)
    lows = np.searchsorted(home[order], np.arange(parts + 1)).tolist()
    shares = [
        Share(
            low,
            *_rows(market, cut, order[low:high]),
            *_columns(market, cut, columns, number, np.flatnonzero(owner == part).astype(np.int32)),
        )
        for part, (low, high) in enumerate(pairwise(lows))
    ]
    return replace(cut, shares=tuple(shares))


def runs(first: NDArray[np.int64], length: NDArray[Any]) -> NDArray[np.int64]:
    """The indices first[k] .. first[k] + length[k] - 1 of all k, one after the other."""
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    indices: NDArray[np.int64] = np.arange(total) + np.repeat(first - (ends - length), length)
    return indices


def cumulated(length: NDArray[Any]) -> NDArray[np.int64]:
    """Where each of the runs of these lengths begins, and where the last one ends."""
    first = np.zeros(len(length) + 1, np.int64)
    np.cumsum(length, out=first[1:])
    return first


def _parts(market: Market, owner: NDArray[Any]) -> tuple[int, NDArray[np.int64]]:
    """How many parts there are, at least one, and the part of each option: numbers that own nothing make none."""
    named = whole_numbers(owner, "owner")
    if len(named) != market.options:
        raise BadMarket("每个岗位要有一个分区", "owner", "请给出与岗位数一样长的一列。")
    if len(named) and int(named.min()) < 0:
        raise BadMarket("分区编号不能是负数", f"owner 第 {int(np.argmax(named < 0)) + 1} 行", "请核对。")
    owners, part = np.unique(named, return_inverse=True)
    return max(1, len(owners)), part.astype(np.int64)


def _homes(
    market: Market, worker: NDArray[np.int32], owner: NDArray[np.int64], parts: int
) -> NDArray[np.int32]:  # fmt: skip
    most, home = np.zeros(market.workers, np.int64), np.zeros(market.workers, np.int32)
    for part in range(parts):
        votes = np.bincount(worker[owner[market.option] == part], minlength=market.workers)
        home[votes > most] = part
        np.maximum(most, votes, out=most)
    return home


def _rows(market: Market, cut: Split, people: NDArray[np.int64]) -> tuple[Any, ...]:
    """The first half of a Share, from `first`: the pairs of these workers."""
    length = np.diff(market.first)[people]
    edges = runs(market.first[people], length)
    seen, option = _indexed(market.option[edges], market.options)
    value = market.value[edges]
    return cumulated(length), option, value, seen, market.capacity[seen], cut.border[seen]


def _indexed(numbers: NDArray[np.int32], size: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The numbers that occur, sorted, and where each of `numbers` stands among them."""
    occurs = np.zeros(size, np.bool_)
    occurs[numbers] = True
    found = np.flatnonzero(occurs).astype(np.int32)
    place = np.zeros(size, np.int32)
    place[found] = np.arange(len(found), dtype=np.int32)
    return found, place[numbers]


def _columns(
    market: Market, cut: Split, columns: Columns, number: NDArray[np.int32], own: NDArray[np.int32]
) -> tuple[Any, ...]:
    """The second half, from `own`: the pairs of these options."""
    start, worker, worth = columns
    length = np.diff(start)[own]
    edges = runs(start[own], length)
    known, index = _indexed(number[worker[edges]], market.workers)
    seats, at_border, contested = market.capacity[own], cut.border[own], cut.contested[known]
    return own, seats, at_border, cumulated(length), index, worth[edges], known, contested
