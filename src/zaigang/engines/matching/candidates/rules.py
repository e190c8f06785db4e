"""What makes an option impossible for a worker, and how good a possible one is."""

from dataclasses import dataclass, field
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from zaigang.engines.matching.candidates.reading import WORDS, refuse
from zaigang.engines.matching.errors import BadColumns


class Rejection(IntFlag):
    """Why a worker may not take an option: one bit for each hard rule, all of them kept."""

    #: Further away (straight line) than the worker will travel.
    DISTANCE = 1
    #: The wage is stated and below the worker's floor.
    WAGE = 2
    #: A certificate that the option requires is missing.
    CERTIFICATE = 4
    #: No known way leads from the worker's occupation to the option's.
    OCCUPATION = 8
    #: Fewer of the required skills than `Rules.least_required` per cent.
    SKILLS = 16
    #: Reserved by law or policy for people with a status that the worker does not have (a public-welfare post).
    RESERVED = 32
    #: The law keeps people with a status of the worker's away from it (minors from hazardous work).
    BARRED = 64
    #: The worker ruled out this option, or a trait of it (night shifts, heights, a dormitory).
    EXCLUDED = 128


#: In the order of the bits: column n of a count belongs to bit 1 << n.
REJECTIONS = tuple(Rejection)


@dataclass(frozen=True, slots=True)
class Weights:
    """The most that each term adds to the score; whole numbers from 0, 9999 together.

    The score of a possible pair is 1 plus the terms, each rounded down:

    - `occupation` x nearness / 100 (the same occupation is 100),
    - `required` x (required skills that the worker has) / (required skills); in full where none is required,
    - `useful` x (useful skills that the worker has) / (useful skills); nothing where none is named,
    - `near` x (reach - distance) / reach, whole metres; in full where the worker stays at home and so does the option,
    - `wage` x min(wage - floor, `Rules.wage_span`) / `Rules.wage_span`; nothing where the wage is not stated.
    """

    occupation: int = 3500
    required: int = 2500
    useful: int = 999
    near: int = 1500
    wage: int = 1500

    def __post_init__(self) -> None:
        terms = self.occupation, self.required, self.useful, self.near, self.wage
        if min(terms) < 0 or sum(terms) != 9999:
            raise BadColumns("各项分数应不小于0，加起来应是9999", "weights", "请核对。")


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules of one search, and how many codes there are.

    `nearness` (occupations x occupations, uint8): from the worker's row to the option's column, 0 not reachable,
    100 the same work. `least_required` is per cent of the required skills, `wage_span` yuan a month above the
    floor beyond which more does not score. `skills`, `certificates`, `statuses` and `traits` are how many of the 640
    and 64 bits have a meaning: any other is refused as an unknown code.
    """

    nearness: NDArray[np.uint8]
    least_required: int = 50
    wage_span: int = 3000
    weights: Weights = field(default_factory=Weights)
    skills: int = 640
    certificates: int = 64
    statuses: int = 64
    traits: int = 64

    def __post_init__(self) -> None:
        table = np.ascontiguousarray(self.nearness)
        square = table.ndim == 2 and table.shape[0] == table.shape[1]
        if not square or not np.issubdtype(table.dtype, np.integer):
            raise BadColumns("职业相近表应为方表，写整数", "nearness", "行和列都是职业编号。")
        refuse((table < 0) | (table > 100), "相近程度应在0到100之间", "nearness", "0表示转不过去。")
        object.__setattr__(self, "nearness", table.astype(np.uint8))
        if not 0 <= self.least_required <= 100:
            raise BadColumns("必备技能的比例应在0到100之间", "least_required", "请写百分数。")
        if not 1 <= self.wage_span <= 10_000_000:
            raise BadColumns("工资的分档应不小于1元", "wage_span", "例如3000。")
        for name, most in (("skills", 64 * WORDS), ("certificates", 64), ("statuses", 64), ("traits", 64)):
            if not 0 <= getattr(self, name) <= most:
                raise BadColumns(f"编号应在0到{most}个之间", name, "请核对。")

    @property
    def occupations(self) -> int:
        return len(self.nearness)
