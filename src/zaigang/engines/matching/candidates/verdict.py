"""One worker and one option, judged again: what the rules say, with the facts behind each word."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zaigang.engines.matching.candidates import kernels
from zaigang.engines.matching.candidates.blocks import people_of, places_of, scale_of
from zaigang.engines.matching.candidates.columns import Options, Workers
from zaigang.engines.matching.candidates.rules import Rejection, Rules
from zaigang.engines.matching.errors import BadColumns


class Terms(NamedTuple):
    """What each term adds to the score beside the first 1 (`Weights`)."""

    occupation: int
    required: int
    useful: int
    near: int
    wage: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rejections` are the very bits of the search; `score` and `terms` are None where there is one.

    Distances in whole metres, wages in yuan a month (`wage` None: not stated). `certificates`, `reserved`, `barred` and
    `traits` are the numbers of the codes that stand in the way; `ruled_out`: the worker named this option.
    """

    worker: int
    option: int
    rejections: Rejection
    score: int | None
    terms: Terms | None
    distance: int
    reach: int
    wage: int | None
    wage_floor: int
    nearness: int
    required: int
    required_held: int
    certificates: tuple[int, ...]
    reserved: tuple[int, ...]
    barred: tuple[int, ...]
    traits: tuple[int, ...]
    ruled_out: bool


def verdict(workers: Workers, options: Options, rules: Rules, worker: int, option: int) -> Verdict:
    """What the search found, or would have found, for this pair. BadColumns where there is no such pair."""
    for number, side, where in ((worker, workers, "worker"), (option, options, "option")):
        if not 0 <= number < len(side):
            raise BadColumns("没有这个编号", f"{where} {number}", f"编号从0到{len(side) - 1}。")
        if side.occupation[number] >= rules.occupations:
            raise BadColumns("没有这个职业编号", f"{where} {number}", "请核对职业相近表。")
    people, places = people_of(workers), places_of(options, slice(option, option + 1))
    bits, held = _judged(people, places, rules, worker)
    terms = None if bits else _terms(people, places, rules, worker, held)
    needs, wage = int(places.required_count[0]), int(places.wage[0])
    span = slice(int(people.excluded_first[worker]), int(people.excluded_first[worker + 1]))
    return Verdict(
        worker, option, bits, 1 + sum(terms) if terms else None, terms,
        distance=math.isqrt(_square(people, places, worker)), reach=int(people.reach[worker]),
        wage=wage if wage >= 0 else None, wage_floor=int(people.wage_floor[worker]),
        nearness=int(rules.nearness[people.occupation[worker], places.occupation[0]]),
        required=needs, required_held=held,
        certificates=_codes(int(places.certificates[0]) & ~int(people.certificates[worker])),
        reserved=_codes(int(places.reserved[0]) & ~int(people.statuses[worker])),
        barred=_codes(int(places.barred[0]) & int(people.statuses[worker])),
        traits=_codes(int(places.traits[0]) & int(people.refuses[worker])),
        ruled_out=bool((people.excluded[span] == option).any()),
    )  # fmt: skip


def _judged(
    people: kernels.People, places: kernels.Places, rules: Rules, worker: int
) -> tuple[Rejection, int]:
    """The bits, and how many of the required skills the worker has."""
    held, bits = np.empty(1, np.int32), np.empty(1, np.int32)
    nearness, scale = scale_of(rules)
    kernels.judge(people, worker, places, 0, 1, nearness, scale.least_required, held, bits)
    return Rejection(int(bits[0])), int(held[0])


def _square(people: kernels.People, places: kernels.Places, worker: int) -> int:
    x, y = int(people.x[worker]), int(people.y[worker])
    return int(kernels.square(x, y, int(places.x[0]), int(places.y[0])))


def _terms(people: kernels.People, places: kernels.Places, rules: Rules, worker: int, held: int) -> Terms:
    nearness, scale = scale_of(rules)
    found = kernels.terms(
        int(nearness[people.occupation[worker], places.occupation[0]]), int(places.required_count[0]), held,
        int(places.useful_count[0]), int(kernels.common(people.skills[worker], places.useful, 0)),
        int(people.reach[worker]), _square(people, places, worker), int(places.wage[0]),
        int(people.wage_floor[worker]), scale,
    )  # fmt: skip
    return Terms(*map(int, found))


def _codes(bits: int) -> tuple[int, ...]:
    return tuple(code for code in range(64) if bits >> code & 1)
