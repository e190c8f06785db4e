"""Reasons by equality, and the loss that they prove against brute force."""

import dataclasses
from typing import Any

import numpy as np
import pytest
import yaml

from tests.engines.matching.candidates.test_columns import rules, two_options, two_workers
from tests.engines.matching.markets import best_by_trying, random_market
from zaigang.engines.matching import BadMarket, Market, certificate, explain, market_from_edges, solve
from zaigang.engines.matching.auction import Plan
from zaigang.engines.matching.candidates import Opening, Rejection, Verdict, verdict
from zaigang.engines.matching.explain import Line, why, why_not


def planned() -> tuple[Plan, Market]:
    """Worker 0 may take both, 1 only the first, 2 nothing, 3 only the first; an optimal plan with its prices."""
    market = market_from_edges([0, 0, 1, 3], [0, 1, 0, 0], [5, 3, 4, 1], workers=4, capacity=[1, 1])
    choice, price = np.array([1, 0, -1, -1], np.int32), np.array([2.0, 0.0])
    return Plan(choice, price, certificate(market, choice, price)), market


def texts(lines: tuple[Line, ...], language: str = "zh") -> list[str]:
    return [line.text(language, "甲乙".__getitem__) for line in lines]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("worker", "told"),
    [
        (0, ["给您安排的是岗位乙，合适程度3分。", "岗位乙有1个人想要，名额1个。", "这里名额不紧张。",
             "换成岗位甲，您自己多2分；不能证明大家会因此吃亏，可以请工作人员再看一次。"]),
        (1, ["给您安排的是岗位甲，合适程度4分。", "岗位甲有3个人想要，名额1个。",
             "这里一个名额大约值2分。", "您没有别的岗位可选。"]),
        (2, ["现在没有一个岗位符合您的条件。"]),
        (3, ["您能去的岗位有1个，这次都安排给了别人。最接近的一个情况如下。", "岗位甲有3个人想要，名额1个。",
             "这里一个名额大约值2分。"]),
    ],
)  # fmt: skip
def test_why(worker: int, told: list[str]) -> None:
    assert texts(why(*planned(), worker)) == told


def test_who_got_nothing_hears_what_is_in_the_way() -> None:
    ways = (
        Opening(Rejection.DISTANCE, 20, 15, 10_000, 14), Opening(Rejection.CERTIFICATE, 9, 3, 1, 2),
        Opening(Rejection.WAGE, 5, 1, 500, 1), Opening(Rejection.BARRED, 2, 0),
    )  # fmt: skip
    lines = why(*planned(), 2, openings=ways)
    assert [line.text("zh", certificate=["焊工证", "电工证"].__getitem__) for line in lines] == [
        "现在没有一个岗位符合您的条件。",
        "有20个岗位太远，超出您愿意走的路程。", "其中15个别的条件都符合，只差这一条。",
        "要是愿意再走远10公里以内，就多14个岗位可以去。",
        "有9个岗位要的证书，您还没有。", "其中3个别的条件都符合，只差这一条。",
        "要是考到证书电工证，就多2个岗位可以去。",
        "有5个岗位的工资低于您的要求。", "其中1个别的条件都符合，只差这一条。",
        "要是每月工资要求降低500元，就多1个岗位可以去。", "有2个岗位按规定不能安排给您。",
    ]  # fmt: skip
    assert lines[3].text("en") == "Within 10 km more: 14 options more."
    assert [line.code for line in why(*planned(), 3, openings=ways[3:])][-2:] == ["price", "hinder_barred"]
    assert why(*planned(), 1, openings=ways) == why(*planned(), 1)


def test_every_rule_has_words_for_its_counts() -> None:
    every = tuple(Opening(rule, 7, 3) for rule in Rejection)
    for line in why(*planned(), 2, openings=every):
        assert all("{" not in line.text(language) for language in ("zh", "en"))


def test_why_in_english() -> None:
    assert texts(why(*planned(), 1), "en") == [
        "You are given option 甲; it fits you with 4 points.",
        "Option 甲: 3 people want these 1 seats.",
        "A seat there is worth about 2 points.",
        "There is no other option for you.",
    ]


def test_why_not() -> None:
    assert texts(why_not(*planned(), 0, 1)) == ["岗位乙正是安排给您的。"]
    assert texts(why_not(*planned(), 1, 1)) == ["岗位乙不在您可选的岗位里。"]
    assert texts(why_not(*planned(), 3, 0)) == [
        "您可以去岗位甲，合适程度1分。",
        "岗位甲有3个人想要，名额1个。",
        "这里一个名额大约值2分。",
        "换成岗位甲，您自己多1分，可是大家合起来至少少1分。",
    ]


def judged(people: dict[str, Any], places: dict[str, Any]) -> Verdict:
    return dataclasses.replace(
        verdict(two_workers(**people), two_options(**places), rules(), 1, 1), worker=1, option=1
    )


@pytest.mark.parametrize(
    ("people", "places", "told"),
    [
        ({}, {}, "岗位乙您的条件都符合（8500分），但没有排进留给您的1个岗位。"),
        ({}, {"x": [0, 1511]}, "岗位乙太远：直线1.5公里，您愿意走0.0公里。"),
        ({}, {"wage": [0, 2999]}, "岗位乙月工资2999元，低于您要求的3000元。"),
        ({}, {"certificates": [0, 5]}, "岗位乙要的证书，您还缺2个。"),
        ({}, {"occupation": [0, 0]}, None),
        ({"occupation": [0, 0]}, {}, "从您原来的工种，目前没有转到岗位乙的路子。"),
        ({}, {"required": np.full((2, 10), 1, np.uint64)}, "岗位乙要10项技能，您有其中0项，还不够。"),
        (
            {"statuses": [0, 0]},
            {},
            "岗位乙按规定留给有特定身份的人（例如就业困难人员），您没有登记这种身份。",
        ),
        ({}, {"barred": [0, 2]}, "岗位乙按规定不能安排给您，请工作人员说明是哪一条。"),
        ({"refuses": [0, 4]}, {"traits": [0, 4]}, "您说过不去岗位乙，或者不做这一类的活。"),
    ],
)
def test_the_rule_that_left_it_out(people: dict[str, Any], places: dict[str, Any], told: str | None) -> None:
    found = judged(people, places)
    expected = [told or "岗位乙您的条件都符合（6750分），但没有排进留给您的1个岗位。"]
    assert texts(why_not(*planned(), 1, 1, verdict=found)) == expected


def test_every_broken_rule_is_told() -> None:
    everything = dataclasses.replace(judged({}, {}), rejections=Rejection(255))
    assert [line.code for line in why_not(*planned(), 1, 1, verdict=everything)] == [
        "rule_distance", "rule_wage", "rule_certificate", "rule_occupation", "rule_skills", "rule_reserved",
        "rule_barred", "rule_excluded",
    ]  # fmt: skip


def test_the_loss_is_proved() -> None:
    """A plan that must hold the pair is worse by at least what is told: all plans are looked at."""
    proved = 0
    for seed in range(150):
        market = random_market(np.random.default_rng(seed))
        plan, worker = solve(market), market.pairs().tolist()
        for edge, option in enumerate(market.option.tolist()):
            if plan.choice[worker[edge]] == option:
                continue
            line = why_not(plan, market, worker[edge], option)[-1]
            kept = [e for e in range(market.edges) if worker[e] != worker[edge]]
            seats = market.capacity.copy()
            seats[option] -= 1
            kept = [e for e in kept if seats[market.option[e]] > 0]
            rest = market_from_edges(
                [worker[e] for e in kept], market.option[kept], market.value[kept], workers=market.workers,
                capacity=np.maximum(seats, 1),
            )  # fmt: skip
            forced = best_by_trying(rest)[1] + int(market.value[edge])
            assert plan.certificate.objective - forced >= line.args["loss"], (seed, edge)
            proved += line.args["loss"] > 0
    assert proved > 100


@pytest.mark.parametrize(
    ("worker", "option", "where"),
    [(4, 0, "worker 4"), (-1, 0, "worker -1"), (0, 2, "option 2"), (0, -1, "option -1")],
)
def test_what_does_not_exist(worker: int, option: int, where: str) -> None:
    with pytest.raises(BadMarket) as refused:
        why_not(*planned(), worker, option)
    assert refused.value.where == where


def test_a_plan_or_a_verdict_of_something_else() -> None:
    plan, market = planned()
    other = market_from_edges([0], [0], [1], workers=1, capacity=[1])
    with pytest.raises(BadMarket):
        why(plan, other, 0)
    with pytest.raises(BadMarket):
        why_not(plan, market, 0, 0, verdict=judged({}, {}))


def test_where_everybody_is_placed_first_people_are_told_not_points() -> None:
    """Worker 0 would rather have the first option, but then worker 1 has none."""
    market = market_from_edges([0, 0, 1, 2], [0, 1, 0, 0], [9, 3, 4, 4], workers=3, capacity=[1, 1])
    plan = solve(market, place_all=True)
    assert plan.choice[0] == 1
    assert texts(why_not(plan, market, 0, 0)) == [
        "您可以去岗位甲，合适程度9分。",
        "岗位甲有3个人想要，名额1个。",
        "这里名额紧张：多一个，也许能多安置一个人，或者让大家的分数高一些。",
        "换成岗位甲，能安置的人会变少，或者大家合起来的分数会变少。",
    ]


def test_every_text_is_there_in_both_languages() -> None:
    with open(explain.__file__.replace(".py", ".yaml"), encoding="utf-8") as file:
        shelf = yaml.safe_load(file)
    assert {code for code, text in shelf.items() if set(text) != {"zh", "en"}} == set()
