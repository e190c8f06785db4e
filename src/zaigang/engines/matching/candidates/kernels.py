"""The inner loops of the search, compiled. One function judges a pair, and every way of searching uses it.

An option that is possible has the key `score << 32 | (2**31 - 1 - number)`: keys are unique, a larger one is better,
and of equal scores the option with the smaller number wins. The best keys are kept in a heap whose root is the worst;
the order in which options are looked at does not matter.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.jit import kept
from zaigang.engines.matching.candidates.rules import REJECTIONS

Counts = NDArray[np.int64]
Numbers = NDArray[np.int32]
Bits = NDArray[np.uint64]
Table = NDArray[np.uint8]
Tallies = NDArray[np.int32]
Whole = int | np.int64

DISTANCE, WAGE, CERTIFICATE, OCCUPATION, SKILLS, RESERVED, BARRED, EXCLUDED = (
    int(rule) for rule in REJECTIONS
)
KINDS = len(REJECTIONS)
#: Options judged at a time: the buffers stay in the nearest cache.
TILE = 512
_LAST = 2**31 - 1
_NO_BITS = np.uint64(0)
_ODD, _PAIRS, _NIBBLES, _BYTES = (
    np.uint64(n) for n in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x0101010101010101)
)
_1, _2, _4, _56 = (np.uint64(n) for n in (1, 2, 4, 56))


class People(NamedTuple):
    """The columns of `Workers`."""

    skills: Bits
    x: Numbers
    y: Numbers
    reach: Numbers
    wage_floor: Numbers
    occupation: Numbers
    certificates: Bits
    statuses: Bits
    refuses: Bits
    excluded_first: Counts
    excluded: Numbers


class Places(NamedTuple):
    """The columns of `Options` in any order; `number` is each option's own."""

    required: Bits
    useful: Bits
    x: Numbers
    y: Numbers
    wage: Numbers
    occupation: Numbers
    certificates: Bits
    reserved: Bits
    barred: Bits
    traits: Bits
    number: Numbers
    required_count: Numbers
    useful_count: Numbers


class Scale(NamedTuple):
    """The numbers of `Rules` and `Weights`."""

    least_required: int
    wage_span: int
    occupation: int
    required: int
    useful: int
    near: int
    wage: int


class Blocks(NamedTuple):
    """Options sorted by occupation, row and column of the grid, and number.

    Occupation o has the places first[o] .. first[o+1]-1; `key` is row << 32 | column, counted from `row` and `column`
    in cells of `cell` metres. `ways` are the occupations that can be reached from each, by `ways_first`.
    """

    first: Counts
    key: Counts
    ways_first: Counts
    ways: Numbers
    cell: int
    row: int
    column: int


class Found(NamedTuple):
    """What a search writes: each worker's pairs and how many options there were of which kind."""

    option: Numbers
    value: Numbers
    pairs: Numbers
    looked: Numbers
    possible: Numbers
    rejected: Tallies
    only: Tallies


@kept
def ones(word: np.uint64) -> Whole:
    """How many bits are set."""
    word = word - ((word >> _1) & _ODD)
    word = (word & _PAIRS) + ((word >> _2) & _PAIRS)
    return np.int64((((word + (word >> _4)) & _NIBBLES) * _BYTES) >> _56)


@kept
def sizes(sets: Bits) -> Numbers:
    """How many bits each row has."""
    found = np.zeros(len(sets), np.int32)
    for row in range(len(sets)):
        for word in range(sets.shape[1]):
            found[row] += ones(sets[row, word])
    return found


@kept
def common(mine: Bits, sets: Bits, j: int) -> Whole:
    """How many bits a set has in common with row j."""
    found: Whole = 0
    for word in range(10):
        found += ones(mine[word] & sets[j, word])
    return found


@kept
def square(x: int, y: int, other_x: int, other_y: int) -> Whole:
    """The distance in metres, squared: below 2**53."""
    east, north = np.int64(x) - np.int64(other_x), np.int64(y) - np.int64(other_y)
    return east * east + north * north


@kept
def ruled_out(excluded: Numbers, low: int, high: int, number: int) -> bool:
    """Whether a number is among excluded[low:high], which is sorted."""
    last = high
    while low < high:
        middle = (low + high) >> 1
        if excluded[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low < last and excluded[low] == number


@kept
def judge(
    people: People, i: int, places: Places, start: int, stop: int, nearness: Table, least_required: int,
    held: Numbers, bits: Numbers,
) -> None:  # fmt: skip
    """For the options start..stop-1: how many required skills worker i has, and all the rules that the pair breaks."""
    x, y, reach, floor = people.x[i], people.y[i], np.int64(people.reach[i]), people.wage_floor[i]
    certificates, statuses, refuses = people.certificates[i], people.statuses[i], people.refuses[i]
    mine, way = people.skills[i], nearness[people.occupation[i]]
    for j in range(start, stop):
        held[j - start] = common(mine, places.required, j)
    for j in range(start, stop):
        found = DISTANCE * (square(x, y, places.x[j], places.y[j]) > reach * reach)
        found |= WAGE * ((places.wage[j] >= 0) & (places.wage[j] < floor))
        found |= CERTIFICATE * ((places.certificates[j] & ~certificates) != _NO_BITS)
        found |= OCCUPATION * (way[places.occupation[j]] == 0)
        found |= SKILLS * (100 * held[j - start] < least_required * places.required_count[j])
        found |= RESERVED * ((places.reserved[j] & ~statuses) != _NO_BITS)
        found |= BARRED * ((places.barred[j] & statuses) != _NO_BITS)
        found |= EXCLUDED * ((places.traits[j] & refuses) != _NO_BITS)
        bits[j - start] = found
    low, high = people.excluded_first[i], people.excluded_first[i + 1]
    if low < high:
        for j in range(start, stop):
            bits[j - start] |= EXCLUDED * ruled_out(people.excluded, low, high, places.number[j])


@kept
def terms(
    near_work: Whole, needs: Whole, held: Whole, offers: Whole, useful: Whole, reach: Whole, away: Whole, wage: Whole,
    floor: Whole, scale: Scale,
) -> tuple[Whole, Whole, Whole, Whole, Whole]:  # fmt: skip
    """The terms of a possible pair's score (`Weights`); `away` is the square of the distance."""
    occupation = scale.occupation * np.int64(near_work) // 100
    required = scale.required * np.int64(held) // needs if needs else scale.required
    extra = scale.useful * np.int64(useful) // offers if offers else 0
    near = scale.near * (reach - np.int64(np.sqrt(np.float64(away)))) // reach if reach else scale.near
    more = np.int64(wage) - floor if wage >= 0 else 0
    if more > scale.wage_span:
        more = scale.wage_span
    return occupation, required, extra, near, scale.wage * more // scale.wage_span


@kept
def key_of(
    people: People, i: int, places: Places, j: int, nearness: Table, scale: Scale, held: Whole
) -> Whole:  # fmt: skip
    """The key of a possible pair."""
    useful = common(people.skills[i], places.useful, j) if places.useful_count[j] else 0
    away = square(people.x[i], people.y[i], places.x[j], places.y[j])
    work = nearness[people.occupation[i], places.occupation[j]]
    a, b, c, d, e = terms(
        work, places.required_count[j], held, places.useful_count[j], useful, np.int64(people.reach[i]), away,
        places.wage[j], people.wage_floor[i], scale,
    )  # fmt: skip
    return ((1 + a + b + c + d + e) << 32) | (_LAST - np.int64(places.number[j]))


@kept
def keep(best: Counts, held: int, key: Whole) -> int:
    """Put a key among the best (a heap, the worst at its root); returns how many are held."""
    most = len(best)
    if held < most:
        k = held
        while k > 0 and best[(k - 1) >> 1] > key:
            best[k] = best[(k - 1) >> 1]
            k = (k - 1) >> 1
        best[k] = key
        return held + 1
    if key <= best[0]:
        return held
    k = 0
    while 2 * k + 1 < most:
        below = 2 * k + 1
        if below + 1 < most and best[below + 1] < best[below]:
            below += 1
        if best[below] >= key:
            break
        best[k] = best[below]
        k = below
    best[k] = key
    return held


@kept
def look(
    people: People, i: int, places: Places, begin: int, end: int, nearness: Table, scale: Scale, best: Counts,
    count: int, seen: Counts, held: Numbers, bits: Numbers,
) -> int:  # fmt: skip
    """Judge the options begin..end-1: the best into `best`, and into `seen` how many had which bits."""
    for start in range(begin, end, TILE):
        stop = min(start + TILE, end)
        judge(people, i, places, start, stop, nearness, scale.least_required, held, bits)
        for k in range(stop - start):
            seen[bits[k]] += 1
            if bits[k] == 0:
                count = keep(best, count, key_of(people, i, places, start + k, nearness, scale, held[k]))
    return count


@kept
def write(best: Counts, held: int, option: Numbers, value: Numbers, at: int) -> int:
    """Write the best options in the order of their numbers; returns where the next worker's begin."""
    for k in range(held):
        best[k] = ((_LAST - (best[k] & _LAST)) << 32) | (best[k] >> 32)
    best[:held].sort()
    for k in range(held):
        option[at + k] = best[k] >> 32
        value[at + k] = best[k] & _LAST
    return at + held


@kept
def tell(seen: Counts, looked: Numbers, rejected: Tallies, only: Tallies, i: int) -> int:
    """From how many had which bits to how many had each bit, and how many had it alone; returns how many had none.

    Clears `seen` for the next worker.
    """
    possible: int = seen[0]
    for bits in range(len(seen)):
        options = seen[bits]
        if options == 0:
            continue
        looked[i] += options
        seen[bits] = 0
        for kind in range(KINDS):
            if bits >> kind & 1:
                rejected[i, kind] += options
            if bits == 1 << kind:
                only[i, kind] += options
    return possible


@kept
def search_pairs(
    people: People, places: Places, nearness: Table, scale: Scale, low: int, high: int, most: int, found: Found
) -> None:  # fmt: skip
    """For the workers low..high-1 all options; the pairs go to low x most and after."""
    best, seen = np.empty(most, np.int64), np.zeros(1 << KINDS, np.int64)
    held, bits = np.empty(TILE, np.int32), np.empty(TILE, np.int32)
    at = low * most
    for i in range(low, high):
        count = look(people, i, places, 0, len(places.x), nearness, scale, best, 0, seen, held, bits)
        at = write(best, count, found.option, found.value, at)
        found.pairs[i] = count
        found.possible[i] = tell(seen, found.looked, found.rejected, found.only, i)


@kept
def at_least(key: Counts, low: int, high: int, wanted: int) -> int:
    """The first place in key[low:high], which is sorted, that holds `wanted` or more."""
    while low < high:
        middle = (low + high) >> 1
        if key[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@kept
def search_cells(
    people: People, places: Places, nearness: Table, scale: Scale, low: int, high: int, most: int, found: Found,
    blocks: Blocks,
) -> None:  # fmt: skip
    """For the workers low..high-1 the options in reachable occupations and in the cells that their reach touches."""
    best, seen = np.empty(most, np.int64), np.zeros(1 << KINDS, np.int64)
    held, bits = np.empty(TILE, np.int32), np.empty(TILE, np.int32)
    at = low * most
    for i in range(low, high):
        count = 0
        west, east = people.x[i] - np.int64(people.reach[i]), people.x[i] + np.int64(people.reach[i])
        south, north = people.y[i] - np.int64(people.reach[i]), people.y[i] + np.int64(people.reach[i])
        left, right = max(0, west // blocks.cell - blocks.column), east // blocks.cell - blocks.column
        lower, upper = max(0, south // blocks.cell - blocks.row), north // blocks.cell - blocks.row
        work = people.occupation[i]
        for way in range(blocks.ways_first[work], blocks.ways_first[work + 1]):
            place, end = blocks.first[blocks.ways[way]], blocks.first[blocks.ways[way] + 1]
            # From row to row that has options at all: empty ones cost nothing.
            place = at_least(blocks.key, place, end, lower << 32 | left)
            while place < end and right >= 0 and blocks.key[place] >> 32 <= upper:
                row, column = blocks.key[place] >> 32, blocks.key[place] & _LAST
                if column < left:
                    place = at_least(blocks.key, place, end, row << 32 | left)
                    continue
                beyond = at_least(blocks.key, place, end, row << 32 | (right + 1))
                count = look(people, i, places, place, beyond, nearness, scale, best, count, seen, held, bits)
                place = at_least(blocks.key, beyond, end, (row + 1) << 32 | left)
        at = write(best, count, found.option, found.value, at)
        found.pairs[i] = count
        found.possible[i] = tell(seen, found.looked, found.rejected, found.only, i)
