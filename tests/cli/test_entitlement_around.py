"""`zaigang entitlement around`: a question from a file, as words or as one JSON value."""

import json

import pytest
from click.testing import CliRunner

from zaigang.cli.entitlement import entitlement
from zaigang.foundation.errors import ZaigangError

QUESTION = """
question: overpayment
territory: "370213"
on: 2024-03-01
paid: {2023-12: 1980, 2024-01: 1980}
stopped_on: 2023-12-15
stopped_by: employed
"""


def test_json_is_the_only_thing_on_stdout() -> None:
    done = CliRunner().invoke(entitlement, ["around", "-", "--json"], input=QUESTION)
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["answer"], answer["total_yuan"]) == (0, "yes", 1980)
    assert answer["reasons"][0]["source"]["article"] == "第五十一条"


def test_words_name_the_status_of_each_sentence() -> None:
    done = CliRunner().invoke(entitlement, ["around", "-"], input=QUESTION)
    assert done.stdout.splitlines() == [
        "结论：是",
        "  · 您2023年12月15日“重新就业”，失业保险金发到2023年12月为止；那个月以后发的不该发。（推断）",
        "  · 多发了1个月，共1980元，应当退回。（已核实）",
        "  · 一次退不起的，可以商量分期退，或从以后应发的待遇里抵扣。（已核实）",
        "  · 出现停领的情形，应当在20个工作日内告诉经办机构。（已核实）",
        "  ! 请先核对停领日期和每一笔发放，再通知本人；停发月份的算法是推定。",
    ]


def test_a_bad_question_is_an_error_for_people() -> None:
    with pytest.raises(ZaigangError) as refused:
        CliRunner().invoke(entitlement, ["around", "-"], input="question: luck", catch_exceptions=False)
    assert refused.value.where == "question"


def test_words_say_when_a_rule_was_only_first_seen() -> None:
    question = "{question: pay_by, territory: '370213', on: 2024-02-15}"
    done = CliRunner().invoke(entitlement, ["around", "-"], input=question)
    assert done.stdout.splitlines()[1] == (
        "  · 15日以前审核通过的，当月发：最晚2024年2月29日到账。（推断，最早见于2022-10-01）"
    )


def test_words_name_the_facts_that_a_category_lacks() -> None:
    question = "{question: hard_to_place, territory: '370602', on: 2016-06-01, born: 1970-01-01}"
    done = CliRunner().invoke(entitlement, ["around", "-"], input=question)
    assert done.stdout.splitlines()[:3] == [
        "结论：这里定不了",
        "  - 大龄失业人员（年龄按当时的规定）：这里定不了，缺 sex",
        "  - 零就业家庭：这里定不了，缺 zero_employment_household",
    ]
