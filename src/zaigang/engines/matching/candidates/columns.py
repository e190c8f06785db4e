"""What is known of workers and of options, as columns of numbers. Sex is no column, and neither is age.

What the law derives from them (hard-to-place, minor, ...) enters as a status of its own: a bit in `Workers.statuses`
that an option's `reserved` or `barred` may name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zaigang.engines.matching.candidates import reading
from zaigang.engines.matching.candidates.reading import FARTHEST, WORDS
from zaigang.engines.matching.errors import BadColumns

#: A wage that the employer does not state: it rejects nobody, and scores nothing.
NOT_STATED = -1
#: Yuan a month.
HIGHEST_WAGE = 100_000_000
_MOST = 2**31 - 1
_RADIUS = 6_371_009.0
#: Degrees from the centre: at the rim distances from east to west are off by up to four per cent (below 50°N).
_FLAT = 2.0


def _none() -> NDArray[np.int64]:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Workers:
    """N workers. Refused with BadColumns: another length, no number, out of range, unsorted exclusions.

    `skills` (N, 10, uint64), `x` and `y` (N, metres on a flat map), `reach` (N, metres that they will travel),
    `wage_floor` (N, yuan a month, 0 any), `occupation` (N, row of `Rules.nearness`), `certificates`, `statuses` and
    `refuses` (N, uint64: bits of traits that they rule out). `excluded_first` (N+1) and `excluded` (sorted by worker
    and option, each once) name single options that a worker ruled out; leave both out where nobody did.
    """

    skills: NDArray[np.uint64]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    reach: NDArray[np.int32]
    wage_floor: NDArray[np.int32]
    occupation: NDArray[np.int32]
    certificates: NDArray[np.uint64]
    statuses: NDArray[np.uint64]
    refuses: NDArray[np.uint64]
    excluded_first: NDArray[np.int64] = field(default_factory=_none)
    excluded: NDArray[np.int32] = field(default_factory=lambda: _none().astype(np.int32))

    def __post_init__(self) -> None:
        columns: dict[str, NDArray[Any]] = {
            "skills": reading.skill_sets(self.skills, "skills"),
            "x": reading.metres(self.x, "x"),
            "y": reading.metres(self.y, "y"),
            "reach": reading.whole(self.reach, "reach", 0, 2 * FARTHEST),
            "wage_floor": reading.whole(self.wage_floor, "wage_floor", 0, HIGHEST_WAGE),
            "occupation": reading.whole(self.occupation, "occupation", 0, _MOST),
            "certificates": reading.bits(self.certificates, "certificates"),
            "statuses": reading.bits(self.statuses, "statuses"),
            "refuses": reading.bits(self.refuses, "refuses"),
        }
        reading.same_length(len(columns["skills"]), **columns)
        columns |= _exclusions(len(columns["skills"]), self.excluded_first, self.excluded)
        for name, column in columns.items():
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.x)


def _exclusions(workers: int, first: ArrayLike, option: ArrayLike) -> dict[str, NDArray[Any]]:
    options = reading.whole(option, "excluded", 0, _MOST)
    starts = reading.whole(first, "excluded_first", 0, _MOST).astype(np.int64)
    if not len(starts) and not len(options):
        starts = np.zeros(workers + 1, np.int64)
    reading.same_length(workers + 1, excluded_first=starts)
    if starts[0] != 0 or starts[-1] != len(options) or (np.diff(starts) < 0).any():
        raise BadColumns("起点应从0起，不减，到行数为止", "excluded_first", "请按人排好。")
    inside = np.ones(max(0, len(options) - 1), np.bool_)
    borders = starts[1:-1]
    inside[borders[(borders > 0) & (borders < len(options))] - 1] = False
    reading.refuse(
        inside & (np.diff(options) <= 0), "没有排好，或写了两次", "excluded", "每人的岗位请从小到大。"
    )
    return {"excluded_first": starts, "excluded": options}


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """M options. Refused with BadColumns: another length, no number, out of range, no seat.

    `required` and `useful` (M, 10, uint64: skills), `x` and `y` (M, metres), `wage` (M, yuan a month or NOT_STATED),
    `occupation` (M, column of `Rules.nearness`), `certificates` (M, uint64, all of them needed), `reserved` (all these
    statuses are needed), `barred` (none of these statuses may be there), `traits` (M, uint64), `capacity` (M, seats).
    """

    required: NDArray[np.uint64]
    useful: NDArray[np.uint64]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    wage: NDArray[np.int32]
    occupation: NDArray[np.int32]
    certificates: NDArray[np.uint64]
    reserved: NDArray[np.uint64]
    barred: NDArray[np.uint64]
    traits: NDArray[np.uint64]
    capacity: NDArray[np.int32]

    def __post_init__(self) -> None:
        columns: dict[str, NDArray[Any]] = {
            "required": reading.skill_sets(self.required, "required"),
            "useful": reading.skill_sets(self.useful, "useful"),
            "x": reading.metres(self.x, "x"),
            "y": reading.metres(self.y, "y"),
            "wage": reading.whole(self.wage, "wage", NOT_STATED, HIGHEST_WAGE),
            "occupation": reading.whole(self.occupation, "occupation", 0, _MOST),
            "certificates": reading.bits(self.certificates, "certificates"),
            "reserved": reading.bits(self.reserved, "reserved"),
            "barred": reading.bits(self.barred, "barred"),
            "traits": reading.bits(self.traits, "traits"),
            "capacity": reading.whole(self.capacity, "capacity", 1, _MOST),
        }
        reading.same_length(len(columns["required"]), **columns)
        for name, column in columns.items():
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.x)


def skill_bits(rows: Iterable[Iterable[int]]) -> NDArray[np.uint64]:
    """Sets of skills (rows, 10) from lists of skill numbers 0..639; BadColumns where a number is beyond."""
    sets: list[list[int]] = []
    for row, skills in enumerate(rows):
        words = [0] * WORDS
        for skill in skills:
            if not 0 <= skill < 64 * WORDS:
                raise BadColumns(f"技能太多：最多{64 * WORDS}项", f"第 {row + 1} 行", "技能编号从0到639。")
            words[skill >> 6] |= 1 << (skill & 63)
        sets.append(words)
    return np.array(sets, np.uint64).reshape(len(sets), WORDS)


def metres_from_degrees(
    latitude: ArrayLike, longitude: ArrayLike, *, centre: tuple[float, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`x` (east) and `y` (north) in metres on a flat map around `centre` (latitude, longitude), WGS 84 as a sphere.

    BadColumns beyond two degrees of the centre: there the flat map is no longer true; divide the country instead.
    """
    north, east = (np.asarray(a, np.float64) - c for a, c in zip((latitude, longitude), centre, strict=True))
    far = ~((np.abs(north) <= _FLAT) & (np.abs(east) <= _FLAT))
    reading.refuse(np.atleast_1d(far), "离地图中心太远，或不是数", "latitude、longitude", "请分地区来算。")
    along = _RADIUS * np.cos(np.radians(centre[0]))
    return along * np.radians(east), _RADIUS * np.radians(north)
