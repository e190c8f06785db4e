"""What the search may know of a person, and input that is refused with its place."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from zaigang.engines.matching import BadColumns
from zaigang.engines.matching.candidates import (
    Options,
    Rules,
    Weights,
    Workers,
    find_candidates,
    metres_from_degrees,
    skill_bits,
    verdict,
)


def test_sex_and_age_are_no_columns() -> None:
    """Equality, so that whoever adds a column comes here and says why."""
    assert [field.name for field in dataclasses.fields(Workers)] == [
        "skills", "x", "y", "reach", "wage_floor", "occupation", "certificates", "statuses", "refuses",
        "excluded_first", "excluded",
    ]  # fmt: skip
    assert [field.name for field in dataclasses.fields(Options)] == [
        "required", "useful", "x", "y", "wage", "occupation", "certificates", "reserved", "barred", "traits",
        "capacity",
    ]  # fmt: skip


def two_workers(**changes: Any) -> Workers:
    columns: dict[str, Any] = {
        "skills": skill_bits([[0, 639], [5]]), "x": [0.0, 10.6], "y": [0, -3], "reach": [1000, 0],
        "wage_floor": [0, 3000], "occupation": [0, 1], "certificates": [1, 0], "statuses": [0, 2], "refuses": [0, 0],
    }  # fmt: skip
    return Workers(**(columns | changes))


def two_options(**changes: Any) -> Options:
    columns: dict[str, Any] = {
        "required": skill_bits([[0], []]), "useful": skill_bits([[], [5]]), "x": [0, 11], "y": [0, -3],
        "wage": [3000, -1], "occupation": [0, 1], "certificates": [1, 0], "reserved": [0, 2], "barred": [0, 0],
        "traits": [0, 0], "capacity": [1, 2],
    }  # fmt: skip
    return Options(**(columns | changes))


def rules(**changes: Any) -> Rules:
    return Rules(**({"nearness": np.array([[100, 0], [50, 100]])} | changes))


def test_positions_are_rounded_to_whole_metres() -> None:
    assert two_workers().x.tolist() == [0, 11]
    found = find_candidates(two_workers(), two_options(), rules())
    assert (found.market.pairs().tolist(), found.market.option.tolist()) == ([0, 1], [0, 1])
    # Same work, all skills, at home: 3500 + 2500 + 1500; 3000 above a floor of nothing, or the one useful skill.
    assert found.market.value.tolist() == [9001, 8500]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"x": [0.0, float("nan")]}, "x 第 2 行"),
        ({"y": [float("inf"), 0]}, "y 第 1 行"),
        ({"y": [0, 20_000_001]}, "y 第 2 行"),
        ({"x": ["a", "b"]}, "x"),
        ({"reach": [1000, -1]}, "reach 第 2 行"),
        ({"reach": [1000.5, 1]}, "reach"),
        ({"wage_floor": [-1, 0]}, "wage_floor 第 1 行"),
        ({"occupation": [0, -1]}, "occupation 第 2 行"),
        ({"occupation": [0]}, "occupation"),
        ({"certificates": [0, -1]}, "certificates 第 2 行"),
        ({"statuses": [0.5, 0]}, "statuses"),
        ({"skills": np.zeros((2, 11), np.uint64)}, "skills"),
        ({"skills": np.zeros((2, 10), np.int64)}, "skills"),
        ({"excluded_first": [0, 1, 1]}, "excluded_first"),
        ({"excluded": [1]}, "excluded_first"),
        ({"excluded_first": [0, 2, 1], "excluded": [1]}, "excluded_first"),
        ({"excluded_first": [1, 1, 1], "excluded": [1]}, "excluded_first"),
        ({"excluded_first": [0, 2, 2], "excluded": [1, 0]}, "excluded 第 1 行"),
        ({"excluded_first": [0, 2, 2], "excluded": [1, 1]}, "excluded 第 1 行"),
    ],
)
def test_workers_that_cannot_be_are_refused(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadColumns) as refused:
        two_workers(**changes)
    assert refused.value.where == where
    assert refused.value.what_to_do


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"x": [0.0, float("nan")]}, "x 第 2 行"),
        ({"wage": [-2, 0]}, "wage 第 1 行"),
        ({"capacity": [1, 0]}, "capacity 第 2 行"),
        ({"capacity": [1]}, "capacity"),
        ({"required": np.zeros((2, 11), np.uint64)}, "required"),
        ({"useful": np.zeros((1, 10), np.uint64)}, "useful"),
        ({"traits": [0, -1]}, "traits 第 2 行"),
    ],
)
def test_options_that_cannot_be_are_refused(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadColumns) as refused:
        two_options(**changes)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"nearness": np.ones((2, 3), np.int64)}, "nearness"),
        ({"nearness": np.ones((2, 2))}, "nearness"),
        ({"nearness": np.array([[1, 2], [3, 101]])}, "nearness 第 2 行"),
        ({"nearness": np.array([[-1, 2], [3, 4]])}, "nearness 第 1 行"),
        ({"least_required": 101}, "least_required"),
        ({"wage_span": 0}, "wage_span"),
        ({"skills": 641}, "skills"),
        ({"statuses": -1}, "statuses"),
    ],
)
def test_rules_that_cannot_be_are_refused(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadColumns) as refused:
        rules(**changes)
    assert refused.value.where == where


@pytest.mark.parametrize("terms", [{"wage": 1501}, {"wage": -1, "near": 3001}])
def test_weights_are_9999_together_and_none_is_negative(terms: dict[str, int]) -> None:
    with pytest.raises(BadColumns) as refused:
        Weights(**terms)
    assert refused.value.where == "weights"


@pytest.mark.parametrize(
    ("people", "places", "law", "where"),
    [
        ({"occupation": [0, 2]}, {}, {}, "workers.occupation 第 2 行"),
        ({}, {"occupation": [2, 0]}, {}, "options.occupation 第 1 行"),
        ({}, {}, {"skills": 639}, "workers.skills 第 1 行"),
        (
            {"skills": skill_bits([[], [5]])},
            {"useful": skill_bits([[], [6]])},
            {"skills": 6},
            "options.useful 第 2 行",
        ),
        (
            {"skills": skill_bits([[], []])},
            {"required": skill_bits([[64], []])},
            {"skills": 64},
            "options.required 第 1 行",
        ),
        ({}, {}, {"certificates": 0}, "workers.certificates 第 1 行"),
        ({"certificates": [0, 0]}, {}, {"certificates": 0}, "options.certificates 第 1 行"),
        ({}, {}, {"statuses": 1}, "workers.statuses 第 2 行"),
        ({"statuses": [0, 0]}, {}, {"statuses": 1}, "options.reserved 第 2 行"),
        ({}, {"barred": [8, 0]}, {"statuses": 3}, "options.barred 第 1 行"),
        ({"refuses": [0, 1 << 63]}, {}, {"traits": 63}, "workers.refuses 第 2 行"),
        ({}, {"traits": [16, 0]}, {"traits": 4}, "options.traits 第 1 行"),
        ({"excluded_first": [0, 1, 1], "excluded": [2]}, {}, {}, "workers.excluded 第 1 行"),
    ],
)
def test_codes_that_the_rules_do_not_know(
    people: dict[str, Any], places: dict[str, Any], law: dict[str, Any], where: str
) -> None:
    if "refuses" in people:
        people["refuses"] = np.array(people["refuses"], np.uint64)
    with pytest.raises(BadColumns) as refused:
        find_candidates(two_workers(**people), two_options(**places), rules(**law))
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("known", "advice"), [(0, "这里没有编号可用。"), (1, "已知的编号是0到0。"), (2, "已知的编号是0到1。")]
)
def test_an_unknown_code_is_told_which_are_known(known: int, advice: str) -> None:
    with pytest.raises(BadColumns) as refused:
        find_candidates(two_workers(certificates=[0, 4]), two_options(), rules(certificates=known))
    assert refused.value.what_to_do == advice


@pytest.mark.parametrize(
    ("numbers", "where"),
    [({"best": 0}, "best"), ({"best": -3}, "best"), ({"threads": 0}, "threads"), ({"cell": 99}, "cell")],
)
def test_numbers_that_make_no_sense(numbers: dict[str, Any], where: str) -> None:
    with pytest.raises(BadColumns) as refused:
        find_candidates(two_workers(), two_options(), rules(), **numbers)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("worker", "option", "where"), [(2, 0, "worker 2"), (-1, 0, "worker -1"), (0, 2, "option 2")]
)
def test_a_pair_that_does_not_exist(worker: int, option: int, where: str) -> None:
    with pytest.raises(BadColumns) as refused:
        verdict(two_workers(), two_options(), rules(), worker, option)
    assert refused.value.where == where


@pytest.mark.parametrize("side", ["worker", "option"])
def test_a_pair_with_an_unknown_occupation(side: str) -> None:
    people, places = two_workers(), two_options()
    object.__setattr__(people if side == "worker" else places, "occupation", np.array([9, 9], np.int32))
    with pytest.raises(BadColumns) as refused:
        verdict(people, places, rules(), 0, 0)
    assert refused.value.where == f"{side} 0"


@pytest.mark.parametrize("skill", [640, -1])
def test_a_skill_beyond_the_640(skill: int) -> None:
    with pytest.raises(BadColumns) as refused:
        skill_bits([[1], [0, skill]])
    assert refused.value.where == "第 2 行"


def test_degrees_become_metres_around_a_centre() -> None:
    x, y = metres_from_degrees([36.0, 36.1], [120.0, 120.1], centre=(36.0, 120.0))
    # A tenth of a degree: 11.12 km to the north, and cos 36° of it to the east.
    assert (np.round(x).tolist(), np.round(y).tolist()) == ([0.0, 8996.0], [0.0, 11120.0])


@pytest.mark.parametrize("place", [(38.1, 120.0), (36.0, 117.9), (float("nan"), 120.0)])
def test_a_place_too_far_for_a_flat_map(place: tuple[float, float]) -> None:
    with pytest.raises(BadColumns) as refused:
        metres_from_degrees([36.0, place[0]], [120.0, place[1]], centre=(36.0, 120.0))
    assert refused.value.where == "latitude、longitude 第 2 行"


def test_corners_of_the_map_and_of_the_wage_are_exact() -> None:
    """The farthest that two places can be from each other, and the highest wage: nothing overflows."""
    far = 20_000_000
    people = two_workers(x=[-far, far], y=[-far, far], reach=[2 * far, 2 * far], wage_floor=[0, 0])
    places = two_options(x=[far, far], y=[-far, far], wage=[100_000_000, 0], reserved=[0, 0])
    found = find_candidates(people, places, rules(nearness=np.full((2, 2), 100)), cell=100)
    across = verdict(people, places, rules(), 0, 1)
    assert (across.distance, across.reach) == (56_568_542, 40_000_000)
    assert found.market.option.tolist() == [0, 1]
    assert [int(verdict(people, places, rules(), 0, j).rejections) & 1 for j in (0, 1)] == [0, 1]
