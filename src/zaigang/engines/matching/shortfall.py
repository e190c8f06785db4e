"""Whether floors can be kept at all, whatever it costs; and where they cannot, a reason that anybody can check.

From a member who should get a seat one looks for a free seat, or for somebody who need not keep theirs, along seats
that others could leave for another (augmenting paths; H. W. Kuhn, The Hungarian method, 1955). Where no member of a
group finds one, all seats that can be reached are held by groups who need theirs: a cut, as in L. R. Ford and
D. R. Fulkerson, Maximal flow through a network (1956).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.problem import Market

Counts = NDArray[np.int64]
Names = NDArray[np.int32]
Flags = NDArray[np.bool_]
#: Of those who have no floor anybody may go.
ANY = 1 << 40


@dataclass(frozen=True, slots=True, eq=False)
class Shortfall:
    """`groups` together can have at most `most` placed members, fewer than their floors ask for.

    Whoever of them may take something beside `options` gets it at best; all others must share the seats there. These
    two numbers make `most` (`most_of`), whatever any plan looks like.
    """

    groups: tuple[int, ...]
    most: int
    options: Names

    def most_of(self, market: Market, member: Flags) -> int:
        """The two numbers, counted from the market; `member` (N, bool): who belongs to one of the groups."""
        inside = np.zeros(market.options, np.bool_)
        inside[self.options] = True
        elsewhere = np.zeros(market.workers, np.bool_)
        elsewhere[market.pairs()[~inside[market.option]]] = True
        return int((member & elsewhere).sum()) + int(market.capacity[inside].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """Weights by which no plan reaches what the floors ask for: the sum of weight x floor.

    `price` (M) proves it, as in a certificate: `most_of` is what placed members can weigh together at most.
    """

    groups: tuple[int, ...]
    weights: tuple[float, ...]
    price: NDArray[np.float64]

    def most_of(self, market: Market, members: Mapping[int, Flags]) -> float:
        """Sum over workers of the most that is left of their weight after a price, and of seats x price."""
        weight = np.zeros(market.workers)
        for code, one in zip(self.groups, self.weights, strict=True):
            weight += np.where(members[code], one, 0.0)
        left, worker = np.zeros(market.workers), market.pairs()
        np.maximum.at(left, worker, weight[worker] - self.price[market.option])
        return float(left.sum() + np.dot(market.capacity, self.price))


class ImpossibleFloors(BadMarket):
    """Proved: no plan keeps these floors. `reason` can be checked by anybody; None: all possibilities were excluded."""

    def __init__(self, what: str, groups: tuple[int, ...], reason: Shortfall | Weighing | None) -> None:
        self.groups, self.reason = groups, reason
        advice = "请增加名额或放宽条件，或者降低这个要求。"
        super().__init__(what, f"at_least {'、'.join(map(str, groups))}", advice)


class FloorsNotFound(BadMarket):
    """No plan was found that keeps the floors, and none excluded."""


def check_possible(
    market: Market, choice: Names, group: NDArray[np.integer], at_least: Mapping[int, int]
) -> None:
    """ImpossibleFloors where no plan keeps the floors: first of one group alone, else of some together.

    `choice` is any plan: the search starts from it.
    """
    together = _short(market, choice, group, at_least)
    if together:
        alone = (_short(market, choice, group, {code: least}) for code, least in at_least.items())
        found = next(filter(None, alone), together)
        names = f"第 {found.groups[0]} 组" if len(found.groups) == 1 else "这几组的要求合起来做不到，"
        raise ImpossibleFloors(f"{names}最多只能安置其中 {found.most} 人", found.groups, found)


def _short(
    market: Market, choice: Names, group: NDArray[np.integer], at_least: Mapping[int, int]
) -> Shortfall | None:
    codes = list(at_least)
    team = np.full(market.workers, len(codes), np.int64)
    for k, code in enumerate(codes):
        team[group == code] = k
    at = choice.astype(np.int32)
    least = [min(least, market.workers + 1) for least in at_least.values()]
    spare = np.bincount(team[at >= 0], minlength=len(codes) + 1) - np.array([*least, -ANY])
    reached = np.zeros(market.options, np.bool_), np.zeros(len(codes) + 1, np.bool_)
    if not place(market.first, market.option, team, spare, at, *_seats(market, at), *reached):
        return None
    options, inside = np.flatnonzero(reached[0]).astype(np.int32), reached[1]
    placed = int((inside[team] & (at >= 0)).sum())
    return Shortfall(tuple(code for code, here in zip(codes, inside, strict=False) if here), placed, options)


def _seats(market: Market, at: Names) -> tuple[Counts, Names, Names]:
    """Who sits where: `first` (M+1), workers by option with room for all seats that can be taken, seats taken (M)."""
    held = np.bincount(at[at >= 0], minlength=market.options).astype(np.int32)
    wanted = np.bincount(market.option, minlength=market.options)
    first = np.zeros(market.options + 1, np.int64)
    np.cumsum(np.minimum(market.capacity, wanted), out=first[1:])
    seated = np.flatnonzero(at >= 0)
    seated = seated[np.argsort(at[seated], kind="stable")]
    seat = np.zeros(first[-1], np.int32)
    before = np.cumsum(held) - held
    seat[first[at[seated]] + np.arange(len(seated)) - before[at[seated]]] = seated
    return first, seat, held


@kept
def place(
    first: Counts, option: Names, team: Counts, spare: Counts, at: Names, seat_first: Counts, seat: Names,
    held: Names, reached: Flags, teams: Flags,
) -> bool:  # fmt: skip
    """Seats for members until no team lacks one (`spare` < 0: how many it lacks). True where one cannot have enough.

    Then `reached` (M) and `teams` say which seats its members could reach, and who holds them.
    """
    line, listed = np.empty(len(at), np.int64), np.zeros(len(at), np.bool_)
    came, instead = np.full(len(reached), -1, np.int64), np.full(len(at), -1, np.int64)
    opened = np.empty(len(reached), np.int64)
    members = np.argsort(team, kind="mergesort")
    begin = np.searchsorted(team[members], np.arange(len(spare) + 1))
    for g in range(len(spare)):
        teams[:], reached[:], listed[:] = False, False, False
        teams[g] = True
        for i in members[begin[g] : begin[g + 1]]:
            if spare[g] < 0 and at[i] < 0 and not listed[i]:
                j, leaves = look(
                    i, first, option, team, spare, at, seat_first, seat, held, reached, teams, line, listed, came,
                    opened, instead, members, begin,
                )  # fmt: skip
                if j >= 0:
                    move(j, leaves, at, team, spare, seat_first, seat, held, came, instead)
                    spare[g] += 1
        if spare[g] < 0:
            return True
    return False


@kept
def look(
    i: int, first: Counts, option: Names, team: Counts, spare: Counts, at: Names, seat_first: Counts, seat: Names,
    held: Names, reached: Flags, teams: Flags, line: Counts, listed: Flags, came: Counts, opened: Counts,
    instead: Counts, members: Counts, begin: Counts,
) -> tuple[int, int]:  # fmt: skip
    """The nearest option with a seat for worker i, after others moved on, and who leaves it for good (-1: it is free).

    (-1, -1) where there is none: then all that was looked at stays marked: it leads nowhere for others either.
    `came` (M) is who would take a seat there, `instead` (N) whose place somebody without a seat would take.
    """
    line[0], listed[i], instead[i] = i, True, -1
    head, end, options, before = 0, 1, 0, teams.copy()
    while head < end:
        p = line[head]
        head += 1
        for edge in range(first[p], first[p + 1]):
            j = option[edge]
            if reached[j]:
                continue
            reached[j], came[j], opened[options] = True, p, j
            options += 1
            holders = seat[seat_first[j] : seat_first[j] + held[j]]
            leaves = who_may_leave(holders, team, spare)
            if leaves >= 0 or seat_first[j] + held[j] < seat_first[j + 1]:
                forget(line[:end], listed, opened[:options], reached)
                teams[:] = before
                return j, (leaves if seat_first[j] + held[j] == seat_first[j + 1] else -1)
            for w in holders:
                line[end], listed[w] = w, True
                end += 1
                if not teams[team[w]]:
                    teams[team[w]] = True
                    end = join(w, team[w], at, members, begin, line, listed, instead, end)
    return -1, -1


@kept
def who_may_leave(holders: Names, team: Counts, spare: Counts) -> int:
    for w in holders:
        if spare[team[w]] > 0:
            return int(w)
    return -1


@kept
def join(
    w: int, t: int, at: Names, members: Counts, begin: Counts, line: Counts, listed: Flags, instead: Counts, end: int
) -> int:  # fmt: skip
    """Worker w could leave if another one of the same team gets a seat: all without one join the line."""
    for u in members[begin[t] : begin[t + 1]]:
        if at[u] < 0 and not listed[u]:
            line[end], listed[u], instead[u] = u, True, w
            end += 1
    return end


@kept
def forget(line: Counts, listed: Flags, opened: Counts, reached: Flags) -> None:
    for p in line:
        listed[p] = False
    for j in opened:
        reached[j] = False


@kept
def move(
    j: int, leaves: int, at: Names, team: Counts, spare: Counts, seat_first: Counts, seat: Names, held: Names,
    came: Counts, instead: Counts,
) -> None:  # fmt: skip
    """Everybody on the path takes the seat of the next; who began it has one in the end."""
    slot = seat_first[j] + held[j]
    if leaves >= 0:
        slot = slot_of(seat, seat_first[j], leaves)
        spare[team[leaves]] -= 1
        at[leaves] = -1
    else:
        held[j] += 1
    while True:
        p = came[j]
        before, at[p], seat[slot] = at[p], j, p
        if before < 0:
            gone = instead[p]
            if gone < 0:
                return
            before, at[gone], p = at[gone], -1, gone
        j, slot = before, slot_of(seat, seat_first[before], p)


@kept
def slot_of(seat: Names, base: int, i: int) -> int:
    slot = base
    while seat[slot] != i:
        slot += 1
    return slot
