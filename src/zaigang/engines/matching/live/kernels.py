"""The inner loops that keep a plan up to date: a few auction steps after each event, at one eps.

What holds before and after each event (eps-complementary slackness): nobody would gain more than eps elsewhere at
these prices, and an option with an open seat costs nothing. A worker keeps `stay` more where they were at the last
commit. Frozen workers and their seats are out of the game: `open` counts the seats that are not theirs.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import lean, step
from zaigang.engines.matching.kernels import Names, Reals, lift, sink
from zaigang.engines.matching.live.slack import Flags, Rows, remove

#: Differences of float64 sums below this part of a price are rounding.
ROUNDING = 1e-14


#: Places in `Desk.sums`.
TOTAL, PROMISED, PEOPLE, LOWEST, HIGHEST, TOUCHED, STEPS = range(7)


class Desk(NamedTuple):
    """By worker: `at`, `worth`, `home`, `profit` (what is left of the seat held, or of staying out; endless for the
    frozen and for who has gone), `frozen`, `waiting`, `gone`, `marked`, `touched`, `is_touched`. By option: `price`,
    `open`, `listed`, `vacant`, `capacity`, `closed`.

    `seats` lists the workers that an option holds and may move. `sums`: the value of the unfrozen seats held, how many
    are frozen, how many workers there are, the least and the greatest value there has been, how many were moved since
    the last commit (`touched`), how many steps may still be gone. `outside`
    is what staying out is worth. `listed` and `marked` are false between events.
    """

    people: Rows
    options: Rows
    seats: Rows
    at: Names
    worth: Names
    home: Names
    frozen: Flags
    waiting: Names
    gone: Flags
    marked: Flags
    price: Reals
    open: Names
    listed: Flags
    vacant: Names
    profit: Reals
    touched: Names
    is_touched: Flags
    capacity: Names
    closed: Flags
    gain: Reals
    who: Names
    sums: NDArray[np.int64]
    stay: float
    outside: float


@step
def look(desk: Desk, i: int, but: int) -> tuple[int, float, float]:
    """The worker's best pair outside option `but`, what it leaves, and the next best (or what staying out leaves)."""
    best, second, slot_of_best = desk.outside, desk.outside, -1
    begin, home = desk.people.first[i], desk.home[i]
    for slot in range(begin, begin + desk.people.length[i]):
        j = desk.people.name[slot]
        left = desk.people.value[slot] - desk.price[j]
        if j == home:
            left += desk.stay
        if left > second and j != but:
            if left > best:
                second = best
                best = left
                slot_of_best = slot
            else:
                second = left
    return slot_of_best, best, second


@step
def keeps(desk: Desk, i: int) -> float:
    """What a worker keeps of the seat they hold, at its price."""
    j = desk.at[i]
    if desk.frozen[i] or desk.gone[i]:
        return np.inf
    if j < 0:
        return desk.outside
    return float(desk.worth[i] - desk.price[j] + (desk.stay if j == desk.home[i] else 0.0))


@step
def reprice(desk: Desk, j: int, price: float) -> None:
    """Another price, and what is left for those who hold the option."""
    desk.price[j] = price
    base = desk.seats.first[j]
    for slot in range(base, base + desk.seats.length[j]):
        i = desk.seats.name[slot]
        desk.profit[i] = keeps(desk, i)


@step
def touch(desk: Desk, i: int) -> None:
    """Remember that a worker came to another seat, or lost one."""
    if not desk.is_touched[i]:
        desk.touched[desk.sums[TOUCHED]], desk.is_touched[i] = i, True
        desk.sums[TOUCHED] += 1


@step
def seat(desk: Desk, i: int, j: int, value: int) -> None:
    touch(desk, i)
    desk.at[i], desk.worth[i] = j, value
    desk.profit[i] = keeps(desk, i)
    desk.seats.name[desk.seats.first[j] + desk.seats.length[j]] = i
    desk.seats.length[j] += 1
    desk.sums[TOTAL] += value


@step
def unseat(desk: Desk, i: int) -> None:
    touch(desk, i)
    remove(desk.seats, desk.at[i], i)
    desk.at[i], desk.profit[i] = -1, desk.outside
    desk.sums[TOTAL] -= desk.worth[i]


@step
def least(desk: Desk, j: int, eps: float, bid: float, or_out: bool) -> tuple[int, float, bool]:
    """Who leaves option j as it becomes dearer (-1: the one who bids), its price then, whether that ends the search.

    Who would leave first leaves, at the price at which the next would. But of those who would stay out then (the one
    who bids: `or_out`) one may leave at the price at which the first would, if they lose no more than eps by it.
    """
    first, following, who = bid, np.inf, -1
    at_ease, until = -1, bid if or_out else np.inf
    base = desk.seats.first[j]
    for slot in range(base, base + desk.seats.length[j]):
        i = desk.seats.name[slot]
        _, elsewhere, _ = look(desk, i, j)
        most = desk.price[j] + desk.profit[i] - elsewhere + eps
        if elsewhere <= desk.outside and most < until:
            at_ease, until = i, most
        if most < first:
            first, following, who = most, first, i
        elif most < following:
            following = most
    if until <= first + 2 * eps:
        return at_ease, first, True
    return who, following if following < np.inf else first, False


@lean
def place(desk: Desk, waiting: int, eps: float) -> None:
    """The first `waiting` workers of `desk.waiting` bid, and whoever they outbid. Prices only rise."""
    ring, head = len(desk.waiting), 0
    while waiting > 0 and desk.sums[STEPS] > 0:
        desk.sums[STEPS] -= 1
        i = desk.waiting[head]
        head = head + 1 if head + 1 < ring else 0
        waiting -= 1
        slot, best, second = look(desk, i, -1)
        if slot < 0:
            continue
        j = desk.people.name[slot]
        if desk.seats.length[j] < desk.open[j]:
            seat(desk, i, j, desk.people.value[slot])
            continue
        bid = desk.price[j] + (best - second) + eps
        outbid, price, ends = least(desk, j, eps, bid, second <= desk.outside)
        if outbid >= 0:
            unseat(desk, outbid)
            seat(desk, i, j, desk.people.value[slot])
        reprice(desk, j, max(desk.price[j], price))
        if not ends:
            tail = head + waiting
            desk.waiting[tail if tail < ring else tail - ring] = outbid if outbid >= 0 else i
            waiting += 1


@step
def gain(desk: Desk, j: int, slot: int) -> float:
    """What the worker of a pair of option j would gain by it at price 0."""
    i = desk.options.name[slot]
    more = float(desk.options.value[slot] - desk.profit[i])
    return more + desk.stay if desk.stay > 0 and desk.home[i] == j else more


@step
def ask(desk: Desk, j: int, free: int, eps: float) -> int:
    """Lower option j's price to where its free seats are wanted; who wants them, in `desk.who`, and their number."""
    found, most, least_gain = 0, free + 1, eps
    begin = desk.options.first[j]
    for slot in range(begin, begin + desk.options.length[j]):
        more, i = gain(desk, j, slot), desk.options.name[slot]
        if more <= least_gain or desk.at[i] == j:
            continue
        if found < most:
            desk.gain[found], desk.who[found] = more, i
            lift(desk.gain, desk.who, 0, found)
            found += 1
        else:
            desk.gain[0], desk.who[0] = more, i
            sink(desk.gain, desk.who, 0, found)
        if found == most:
            least_gain = desk.gain[0]
    # One more is asked than there are seats: what that one would gain is the price, less eps.
    if found < most:
        reprice(desk, j, 0.0)
        return found
    reprice(desk, j, min(desk.price[j], max(0.0, desk.gain[0] - eps)))
    desk.who[0] = desk.who[free]
    return free


@step
def ask_one(desk: Desk, j: int, eps: float) -> int:
    """`ask` for one seat. Somebody without a seat takes it at the price at which the first would gain eps, if they lose
    no more than eps by it: that ends the search."""
    first, following, who, outsider, theirs, low = eps, eps, -1, -1, 0.0, 0.0
    begin = desk.options.first[j]
    for slot in range(begin, begin + desk.options.length[j]):
        more, i = gain(desk, j, slot), desk.options.name[slot]
        if more <= low or desk.at[i] == j:
            continue
        if more > theirs and desk.at[i] < 0:
            outsider, theirs = i, more
        if more > first:
            first, following, who = more, first, i
        elif more > following:
            following = more
        low = min(following, max(theirs, first - 2 * eps))
    price = following - eps
    if outsider >= 0 and outsider != who:
        _, best, _ = look(desk, outsider, j)
        if desk.outside + theirs - (first - eps) >= best - eps:
            who, price = outsider, first - eps
    reprice(desk, j, min(desk.price[j], max(0.0, price)))
    desk.who[0] = who
    return 0 if who < 0 else 1


@step
def value_of(desk: Desk, i: int, j: int) -> int:
    begin = desk.people.first[i]
    for slot in range(begin, begin + desk.people.length[i]):
        if desk.people.name[slot] == j:
            return int(desk.people.value[slot])
    return 0


@lean
def fill(desk: Desk, vacant: int, eps: float) -> None:
    """The first `vacant` options of `desk.vacant` become cheaper until their open seats are taken or cost nothing."""
    ring, head = len(desk.vacant), 0
    while vacant > 0 and desk.sums[STEPS] > 0:
        desk.sums[STEPS] -= 1
        j = desk.vacant[head]
        head = head + 1 if head + 1 < ring else 0
        vacant -= 1
        desk.listed[j] = False
        free = desk.open[j] - desk.seats.length[j]
        if free <= 0 or desk.price[j] <= 0:
            continue
        found = ask_one(desk, j, eps) if free == 1 else ask(desk, j, free, eps)
        for k in range(found):
            i = desk.who[k]
            left = desk.at[i]
            if left >= 0:
                unseat(desk, i)
                if desk.price[left] > 0 and not desk.listed[left]:
                    tail = head + vacant
                    desk.vacant[tail if tail < ring else tail - ring] = left
                    desk.listed[left] = True
                    vacant += 1
            seat(desk, i, j, value_of(desk, i, j))


@lean
def settle(desk: Desk, waiting: int, vacant: int, eps: float) -> None:
    """After an event: who lost a seat bids, then seats that became free look for workers."""
    place(desk, waiting, eps)
    fill(desk, vacant, eps)


@lean
def settle_all(desk: Desk, eps: float) -> None:
    """From any plan and any prices: whoever would gain more than eps elsewhere bids; prices of open seats fall."""
    waiting, vacant = 0, 0
    for i in range(len(desk.at)):
        desk.profit[i] = keeps(desk, i)
    for i in range(len(desk.at)):
        if desk.frozen[i]:
            continue
        _, best, _ = look(desk, i, -1)
        if best - desk.profit[i] > eps + ROUNDING * (abs(best) + abs(desk.outside)):
            if desk.at[i] >= 0:
                unseat(desk, i)
            desk.waiting[waiting] = i
            waiting += 1
    place(desk, waiting, eps)
    for j in range(len(desk.price)):
        if desk.seats.length[j] < desk.open[j] and desk.price[j] > 0:
            desk.vacant[vacant], desk.listed[j] = j, True
            vacant += 1
    fill(desk, vacant, eps)


@lean
def push_out(desk: Desk, j: int, number: int, eps: float) -> int:
    """Option j loses open seats: who would leave it first stays out or waits for another. Returns how many wait."""
    waiting = 0
    for _ in range(number):
        who, price, ends = least(desk, j, eps, np.inf, False)
        unseat(desk, who)
        if ends:
            reprice(desk, j, max(desk.price[j], price))
        else:
            desk.waiting[waiting] = who
            waiting += 1
    return waiting
