"""A worker is told whether a class stands before the vacancy, and how scarce the seats are."""

import numpy as np
import pytest

from zaigang.engines.matching import BadMarket, PathMarket, PathPlan, path_certificate, path_market_from_rows
from zaigang.engines.matching.paths import Stop, why_path

ROWS = ([0, 1, 2, 3], [0, -1, 0, 0], [0, 1, -1, 0], [9, 5, 4, 3])


def planned() -> tuple[PathPlan, PathMarket]:
    """0 goes through the class, 1 directly, 2 takes the class alone, 3 finds all taken, 4 has no path."""
    market = path_market_from_rows(*ROWS, workers=5, seats=[2], capacity=[1, 1])
    path = np.array([0, 1, 2, -1, -1])
    p, q = np.array([2.0]), np.array([1.0, 0.0])
    proof = path_certificate(market, path, p, q)
    training, option = np.array([0, -1, 0, -1, -1], np.int32), np.array([0, 1, -1, -1, -1], np.int32)
    return PathPlan(path, training, option, p, q, proof, proof.bound, 1, Stop.GAP), market


@pytest.mark.parametrize(
    ("worker", "told"),
    [
        (0, ["给您安排的是先上培训班电工，再去岗位甲，合适程度9分。", "培训班电工的名额紧张，一个名额大约值2分。",
             "这里一个名额大约值1分。"]),
        (1, ["给您安排的是岗位乙，合适程度5分。", "这里名额不紧张。"]),
        (2, ["给您安排的是上培训班电工，合适程度4分；这次后面没有安排岗位。",
             "培训班电工的名额紧张，一个名额大约值2分。"]),
        (3, ["您可以走的路有1条，这次名额都安排给了别人。"]),
        (4, ["现在没有一个岗位或培训班符合您的条件。"]),
    ],
)  # fmt: skip
def test_why_path(worker: int, told: list[str]) -> None:
    lines = why_path(*planned(), worker)
    assert [line.text("zh", "甲乙".__getitem__, training=["电工"].__getitem__) for line in lines] == told


def test_why_path_in_english_with_numbers() -> None:
    assert [line.text("en") for line in why_path(*planned(), 0)] == [
        "You are given class 0 and then option 0; together they fit you with 9 points.",
        "Seats in class 0 are scarce: one is worth about 2 points.",
        "A seat there is worth about 1 points.",
    ]


def test_a_class_that_nobody_has_to_fight_for() -> None:
    plan, market = planned()
    plan.training_price[0] = 0.0
    assert (
        why_path(plan, market, 2)[1].text("zh", training=["电工"].__getitem__) == "培训班电工的名额不紧张。"
    )


@pytest.mark.parametrize("worker", [-1, 5])
def test_nobody_is_refused(worker: int) -> None:
    with pytest.raises(BadMarket):
        why_path(*planned(), worker)


@pytest.mark.parametrize(
    ("rows", "workers", "seats"),
    [
        (([0], [0], [0], [9]), 1, [2]),  # fewer people
        (ROWS, 5, [2, 1]),  # a class more
        (([0, 1, 1, 3], *ROWS[1:]), 5, [2]),  # worker 2's path is another's
        ((ROWS[0], [0, -1, 0, -1], [0, 1, 1, 0], ROWS[3]), 5, [2]),  # it leads on to a vacancy
    ],
)
def test_the_plan_of_another_market_is_refused(
    rows: tuple[list[int], ...], workers: int, seats: list[int]
) -> None:
    other = path_market_from_rows(*rows, workers=workers, seats=seats, capacity=[1, 1])
    with pytest.raises(BadMarket) as refused:
        why_path(planned()[0], other, min(2, workers - 1))
    assert refused.value.where == "plan"
