"""Number by number: every figure of an answer stands in a sentence, with the value of the law that it rests on."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

import zaigang.engines.entitlement as engine
from tests.engines.entitlement.casebook import answer_to, decisions
from tests.engines.entitlement.test_properties import people
from zaigang.engines.entitlement import Facts, decide, facts_from_mapping, load_parameters
from zaigang.engines.entitlement.calendar import first_day
from zaigang.engines.entitlement.parameters import Dated, Library, Source
from zaigang.engines.entitlement.reasons import _written
from zaigang.engines.entitlement.sentence import Sentence
from zaigang.engines.entitlement.shapes import Amount

TEXTS = yaml.safe_load((Path(engine.__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
STEELWORKER: dict[str, Any] = {
    "territory": "370213", "sex": "male", "born": date(1969, 5, 22), "retirement_category": "male",
    "left_on": date(2015, 12, 31), "left_because": "employer_proposed_agreement",
    "registered_on": date(2016, 1, 15), "applied_on": date(2016, 1, 15),
    "contribution_months": 206, "deemed_months": 96, "unused_months": 0, "decide_on": date(2016, 1, 15),
}  # fmt: skip
LAW = "中华人民共和国社会保险法（2011年7月1日起施行）"


def told(facts: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["status"], one["zh"]) for one in answer_to(facts)["sentences"]]


def test_a_steelworker_of_2016_hears_every_number() -> None:
    assert told(STEELWORKER) == [
        ("inferred", "缴费时间：本人缴费206个月 + 视同缴费96个月 = 302个月。"),
        ("inferred", "合同最后一天是2015年12月31日，2016年1月15日申领，是第15天。"),
        ("verified", "1969年5月22日出生，2029年5月22日到法定退休年龄。"),
        ("verified", "缴费时间302个月，最多领24个月。"),
        ("inferred", "2016年1月15日登记，第1个月是2016年1月。"),
        ("verified", "2016年1月至2016年6月（6个月），每月950元。"),
        ("verified", "2016年7月至2017年10月（16个月），每月1000元。"),
        ("inferred", "2017年11月至2017年12月（2个月），每月1080元。"),
        ("inferred", "最多24个月，最晚到2017年12月，2017年12月31日为止。"),
        ("inferred", "合计：950×6 + 1000×16 + 1080×2 = 23860元。"),
        ("verified", "2016年7月补发：1000元 － 950元 = 50元。"),
    ]


def test_a_number_names_what_it_rests_on_and_what_is_missing() -> None:
    months = next(one for one in answer_to(STEELWORKER)["sentences"] if one["code"] == "months_at_most")
    assert months["bases"] == [
        {
            "name": "months_ceiling", "zh": "领取月数的上限", "en": "most months of benefit",
            "says_zh": "满120个月的，最多领24个月", "says_en": "from 120 months on, 24 at most",
            "from": "2011-07-01", "to": None, "first_seen": False, "status": "verified",
            "source": {"title": "中华人民共和国社会保险法", "article": "第四十六条", "document": LAW},
        },
        {
            "name": "months_table", "zh": "本地按缴费时间定月数的办法", "en": "local table of months",
            "says_zh": None, "says_en": None, "from": None, "to": None, "first_seen": False, "status": "missing",
            "source": {
                "title": "山东省失业保险规定（领取期限的条文未查到）", "article": None,
                "document": "山东省人民政府令第161号",
            },
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"agency_months": {"months": 20, "document": "核定表7号"}}, "经办机构核定20个月（核定表7号）。"),
        ({"contribution_months": None}, "有的月数还不知道；再多也不会超过24个月。"),
        ({"contribution_months": 6, "deemed_months": 0, "unused_months": 5}, "接着领上次没领完的5个月。"),
        ({"deemed_months": 0}, "缴费时间：本人缴费206个月，没有视同缴费，一共206个月。"),
        ({"registered_on": None, "applied_on": None}, "如果2016年1月15日前办好登记，第1个月是2016年1月。"),
        (
            {"events": [{"on": date(2016, 5, 3), "kind": "employed"}]},
            "2016年5月3日重新就业，最后一个月是2016年5月（第5个月），到2016年5月31日为止。",
        ),
        (
            {"born": date(1956, 9, 9)},
            "2016年9月9日到退休年龄，最后一个月是2016年9月（第9个月），到2016年9月30日为止。",
        ),
    ],
)
def test_what_differs_is_told(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in {zh for _status, zh in told(STEELWORKER | changes)}


def test_a_value_that_is_not_well_known_is_never_put_into_words() -> None:
    shown = [
        basis
        for case in decisions()
        for one in answer_to(case.given)["sentences"]
        for basis in one["bases"]
        if basis["status"] in ("unverified", "missing")
    ]
    assert shown != [] and {(basis["says_zh"], basis["says_en"]) for basis in shown} == {(None, None)}


def with_values(place: str, **values: Any) -> Library:
    """The real law, with values of one place that are made up: the real ones are missing, or have no such gap."""
    library = load_parameters()
    series = {
        name: (
            Dated(name, since, None, value, None, "inferred", Source("示例", None, "示例"), published, False),
        )
        for name, (since, published, value) in values.items()
    }
    territory = library.territories[place]
    made = replace(territory, series={**territory.series, **series})
    return Library({**library.territories, place: made})


PERCENT = with_values("4101", minimum_wage=(date(2018, 1, 1), date(2018, 1, 1), 1500))
LATE = with_values("37", benefit_amount=(date(2016, 2, 1), date(2016, 5, 9), Amount(by_draw=((1, 950),))))
MADE_UP = (
    (STEELWORKER | {"territory": "410102", "decide_on": date(2018, 12, 5), "registered_on": date(2018, 12, 5),
     "applied_on": date(2018, 12, 5), "left_on": date(2018, 12, 1)}, PERCENT),
    (STEELWORKER | {"territory": "370112"}, LATE),
)  # fmt: skip


def made_up_sentences() -> list[Sentence]:
    return [
        one for facts, law in MADE_UP for one in decide(facts_from_mapping(facts), parameters=law).sentences
    ]


def test_a_share_of_the_minimum_wage_is_multiplied_out_and_an_unknown_difference_stays_open() -> None:
    said = {one.line.zh for one in made_up_sentences()}
    assert "2019年1月至2020年12月（24个月），每月1500元 × 80% = 1200元。" in said
    assert "2016年1月（1个月），金额没有可靠依据，不写数字。" in said
    assert "2016年2月要补发差额；原来的标准没有查到，不写数字。" in said


def test_every_sentence_and_rule_is_said_in_some_case() -> None:
    sentences = [one for case in decisions() for one in decide(facts_from_mapping(case.given)).sentences]
    sentences += made_up_sentences()
    said = {one.line.code for one in sentences}
    rules = {basis.says.code for one in sentences for basis in one.bases if basis.says}
    names = {basis.dated.name for one in sentences for basis in one.bases}
    assert (sorted(TEXTS["sentence"].keys() - said), sorted(TEXTS["rule"].keys() - rules)) == ([], [])
    assert sorted(TEXTS["parameter"].keys() - names) == []


@settings(deadline=None)
@given(people())
def test_no_number_of_an_answer_is_without_its_sentence(facts: Facts) -> None:
    decision = decide(facts)
    texts = " ".join(one.line.zh for one in decision.sentences)
    months = [
        _written("month", first_day(p.month), "zh") for p in (*decision.payments[:1], *decision.payments[-1:])
    ]
    amounts = [f"{payment.yuan}元" for payment in decision.payments if payment.yuan is not None]
    backs = [f"{line.yuan}元" for line in decision.back_pay if line.yuan is not None]
    total = [f"= {decision.total_yuan}元"] if amounts else []
    assert [number for number in (*months, *amounts, *backs, *total) if number not in texts] == []


@settings(deadline=None)
@given(people())
def test_a_sentence_is_never_surer_than_an_amount_in_it(facts: Facts) -> None:
    decision = decide(facts)
    order = ("verified", "inferred", "unverified", "missing")
    for one in decision.sentences:
        if one.line.code in ("amount", "amount_percent"):
            assert order.index(one.status) >= max(order.index(basis.dated.status) for basis in one.bases)
