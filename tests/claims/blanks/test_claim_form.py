"""The claim form: nothing is asked again, lines of insured periods, and the whole paper in words."""

import json
import re
from typing import Any

import pytest
from django.template import engines

from tests.claims.blanks.filled import FACTS, TODAY, TYPED, blank, faults, typed
from zaigang.claims.blanks import (
    Period,
    TickLine,
    answers,
    blank_form,
    by_version,
    facts_of,
    missing,
    prefill,
    words,
)

CLAIM_FACTS = {
    **FACTS,
    **{
        f"unemployment_registration.{key}": value
        for key, value in {**TYPED, "phone": "13800001234", "education": "71"}.items()
    },
}


def claimed(**changes: Any) -> Any:
    form = blank("benefit_claim")
    return blank_form(form, today=TODAY, data=changes, initial=prefill(form, CLAIM_FACTS))


def test_the_claim_asks_nothing_again() -> None:
    form = typed()
    assert form.is_valid()
    facts = {**FACTS, **facts_of(blank(), answers(form))}
    assert missing(blank("benefit_claim"), prefill(blank("benefit_claim"), facts)) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("6222 0000 0000 1208", "6222000000001208"),
        ("", ""),
        ("62220000001", ["银行账号应为12到30位数字，请照卡面再核对一遍"]),
        ("6" * 31, ["银行账号应为12到30位数字，请照卡面再核对一遍"]),
        ("6222000000001208A", ["银行账号应为12到30位数字，请照卡面再核对一遍"]),
    ],
)
def test_bank_accounts(written: str, expected: str | list[str]) -> None:
    form = claimed(bank_account=written)
    assert (answers(form)["bank_account"] if form.is_valid() else form.errors["bank_account"]) == expected


@pytest.mark.parametrize("written", ["-1", "721", "十", "1.5"])
def test_counters_are_whole_months(written: str) -> None:
    assert faults(claimed(moved_in_months=written)) == {
        "moved_in_months": ["月数应为 0 到 720 的整数，只写数字"]
    }


def period(line: int, employer: str, first: str, last: str) -> dict[str, str]:
    names = zip(("employer", "from", "to"), (employer, first, last), strict=True)
    return {f"periods_{line}_{key}": value for key, value in names}


def test_insured_periods_are_lines() -> None:
    form = claimed(**period(0, "示范钢铁集团", "1990年3月", "201512"), **period(3, " 示范碱业 ", "", ""))
    assert answers(form)["periods"] == [
        {"employer": "示范钢铁集团", "from": "1990-03", "to": "2015-12"},
        {"employer": "示范碱业", "from": "", "to": ""},
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (("", "2010-03", ""), "第2行：请填写单位名称，或清空这一行"),
        (("示范碱业", "2015-13", ""), "第2行：看不懂年月“2015-13”，请写成 2016-01"),
        (("示范碱业", "2015-12", "2010-01"), "第2行：停保早于参保，请核对"),
        (("示范碱业", "", "2016-02"), "第2行：年月还没到，请核对"),
        (("碱" * 81, "", ""), "第2行：单位名称最多 80 个字，请写短些"),
    ],
)
def test_a_period_with_a_fault_is_named(line: tuple[str, str, str], fault: str) -> None:
    form = claimed(**period(0, "示范钢铁集团", "", ""), **period(1, *line))
    assert faults(form) == {"periods": [fault]}


def test_a_claim_in_words() -> None:
    form = claimed(wants_work="2", medical_insurance="1", **period(0, "示范钢铁集团", "1990-03", "2015-12"))
    kept = json.loads(json.dumps(answers(form)))
    assert words(by_version("benefit_claim", "2015"), kept) == [
        (
            "申领人",
            [
                ("姓名", "安可"),
                ("性别", "男"),
                ("联系电话", "13800001234"),
                ("社会保障号码（身份证号码）", "370299197003050011"),
                ("就业创业证编号", ""),
                ("学历", "初级中学"),
                ("银行账号", "6222000000001208"),
                ("开户银行", ""),
                ("户名", "安可"),
                ("户籍地址", "示范区 北街 1 号"),
                ("常住地址", "示范区北街1号"),
                ("中断就业情况", "单位被吊销、责令关闭、撤销或提前解散（第44条第5项）"),
                ("有无求职要求", (TickLine("有", False), TickLine("无", True))),
                (
                    "失业前参加基本医保情况",
                    (
                        TickLine("职工基本医疗保险", True),
                        TickLine("城镇居民基本医疗保险", False),
                        TickLine("新型农村合作医疗", False),
                        TickLine("城乡居民基本医疗保险", False),
                        TickLine("没有参加", False),
                    ),
                ),
            ],
        ),
        (
            "参保信息（经办机构填写）",
            [
                ("参保信息", (Period("示范钢铁集团", "1990年3月", "2015年12月"),)),
                ("视作缴费时间（月）", "120"),
                ("外地转入缴费时间（月）", ""),
                ("合计（月）", ""),
                ("上次剩余待遇（月）", ""),
                ("外地转入待遇（月）", ""),
            ],
        ),
        (
            "审核意见（经办机构填写）",
            [
                ("失业保险金（元/月）", "¥950.00"),
                ("职工基本医疗保险费（元/月）", ""),
                ("发放时间从", "2016年2月"),
                ("发放时间至", ""),
                ("共（月）", "24"),
            ],
        ),
        (
            "结果告知方式",
            [
                ("结果告知方式", (TickLine("短信通知", True), TickLine("纸质邮寄", False))),
                ("手机号码", "13800001234"),
                ("邮寄地址", ""),
            ],
        ),
    ]


def test_fields_are_drawn_for_the_desk() -> None:
    """Few choices as radios, many as a list; no number inputs; an error leads to its input."""
    form = claimed(**period(0, "", "2010-03", ""))
    html = (
        engines["django"]
        .from_string(
            "{% error_summary f %}{% for t, p in f.parts %}{% for x in p %}{% field x %}{% endfor %}{% endfor %}"
        )
        .render({"f": form})
    )
    assert set(re.findall(r'<input type="(\w+)"', html)) == {"text", "radio"}
    assert re.findall(r'<select name="(\w+)"', html) == ["education", "ending"]
    assert re.findall(r'<li><a href="#(\w+)"', html) == ["id_periods_0_employer"]
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert len(re.findall(r'name="periods_\d_(?:employer|from|to)"', html)) == 18
