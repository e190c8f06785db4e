from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.factories.rosters import case_of
from zaigang.claims.actions import fix_months
from zaigang.claims.explaining import Explanation, explain, why
from zaigang.claims.papers import missing_papers
from zaigang.claims.queries import decision_of
from zaigang.roster.models import Closure

TODAY = date(2016, 1, 11)


def explained(closure: Closure, name: str) -> Explanation:
    decision = decision_of(case_of(closure, name))
    assert decision is not None
    return explain(decision)


@pytest.mark.parametrize(
    ("name", "answer", "kind"),
    [
        ("安可", "可以领取失业保险金，最多 24 个月", "done"),
        ("尔短", "可以领取失业保险金，最多 12 个月", "done"),
        ("从辞", "这次还不能领取失业保险金", "stopped"),
        ("杜问", "还不能决定能不能领取失业保险金", "needs"),
    ],
)
def test_the_answer_is_one_sentence(people: Closure, name: str, answer: str, kind: str) -> None:
    found = explained(people, name)
    assert (found.answer, found.kind) == (answer, kind)


def test_money_is_drawn_together_by_amount_and_document(people: Closure) -> None:
    found = explained(people, "安可")
    assert [(m.first, m.last, m.months, m.yuan, m.status) for m in found.money] == [
        (date(2016, 1, 1), date(2016, 6, 1), 6, Decimal(950), "已核实"),
        (date(2016, 7, 1), date(2017, 10, 1), 16, Decimal(1000), "已核实"),
        (date(2017, 11, 1), date(2017, 12, 1), 2, Decimal(1080), "推断"),
    ]
    assert found.total == Decimal(6 * 950 + 16 * 1000 + 2 * 1080)
    assert found.total_is_whole
    assert [(m.first, m.yuan) for m in found.back_pay] == [(date(2016, 7, 1), Decimal(50))]


def test_fixed_months_stand_among_the_facts(people: Closure, cast: Cast) -> None:
    decision = fix_months(case=case_of(people, "安可"), months=20, document="核定表第7号", by=cast.clerk)
    found = explain(decision)
    assert found.answer == "可以领取失业保险金，20 个月"
    assert found.facts[-1] == ("经办机构核定", "20 个月，核定表第7号")


def test_reasons_are_in_the_readers_language(people: Closure) -> None:
    chinese = explained(people, "从辞").reasons
    with translation.override("en"):
        english = explained(people, "从辞").reasons
    assert [line.code for line in chinese] == [line.code for line in english]
    assert chinese[2].text.startswith("您离开单位的原因是“")
    assert english[2].text.startswith("Your reason for leaving")
    title = "实施《中华人民共和国社会保险法》若干规定"
    assert chinese[2].source == f"{title}（2011年7月1日起施行） 第十三条"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("从辞", "您离开单位的原因是“"),
        ("杜问", "还不知道您为什么离开单位"),
        ("安可", "法律规定您这次最多领24个月"),
    ],
)
def test_why_tells_what_decided(people: Closure, name: str, start: str) -> None:
    decision = decision_of(case_of(people, name))
    assert decision is not None
    assert why(decision)[: len(start)] == start


def test_papers_follow_the_rules_of_the_day(people: Closure) -> None:
    case = case_of(people, "安可")
    in_2016 = [(paper.code, paper.required) for paper in missing_papers(case, TODAY)]
    assert in_2016 == [
        ("id_card", True),
        ("ending_proof", True),
        ("registration_proof", False),
        ("photos", False),
        ("bank_account", False),
    ]
    assert [paper.code for paper in missing_papers(case, date(2024, 1, 11))] == ["id_card"]


def test_what_the_roster_lacks_is_asked_for(people: Closure) -> None:
    case = case_of(people, "杜问")
    case.worker.phones, case.worker.bank_account = [], None
    case.contribution_months, case.trade = None, ""
    asked = [paper.code for paper in missing_papers(case, TODAY) if paper.ask]
    assert asked == ["phone", "bank", "months", "ground", "trade"]
