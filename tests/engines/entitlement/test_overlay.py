"""One territory's file in the place of its own: everything follows it, and a file that could be misread is refused."""

from datetime import date

import pytest

from zaigang.engines.entitlement import (
    BadParameters,
    Library,
    decide,
    facts_from_mapping,
    load_parameters,
    materials,
    retirement_date,
    with_file,
)
from zaigang.engines.entitlement.loader import FOLDER

CN = (FOLDER / "cn.yaml").read_text(encoding="utf-8")
LICANG = (FOLDER / "370213.yaml").read_text(encoding="utf-8")
FACTS = {
    "territory": "370213", "sex": "male", "born": "1969-05-22", "retirement_category": "male",
    "left_on": "2015-12-31", "left_because": "employer_proposed_agreement", "registered_on": "2016-01-15",
    "applied_on": "2016-01-15", "contribution_months": 206, "deemed_months": 96, "unused_months": 0,
    "decide_on": "2016-01-15",
}  # fmt: skip


def _months(library: Library | None = None) -> dict[int, float | None]:
    answer = decide(facts_from_mapping(FACTS), parameters=library)
    return {payment.month: payment.yuan for payment in answer.payments}


def test_a_district_file_is_replaced_and_nothing_else() -> None:
    library = with_file(load_parameters(), LICANG.replace("{fixed: 1000}", "{fixed: 1234}"), "licang")
    before, after = _months(), _months(library)
    assert {after[month] - (before[month] or 0) for month in before} == {0, 234}  # type: ignore[operator]
    assert [t.code for t in library.chain("370213")] == ["370213", "3702", "37", "CN"]
    assert library.territories["CN"] is load_parameters().territories["CN"]
    assert library.territories["370213"].sha256 != load_parameters().territories["370213"].sha256


def test_a_new_territory_stands_nearest() -> None:
    text = LICANG.replace('"370213"', '"370214"').replace("{fixed: 950}", "{fixed: 951}")
    library = with_file(load_parameters(), text, "new")
    amounts = library.rules("370214").amount(2016 * 12, 1)
    assert (library.rules("370213").amount(2016 * 12, 1).yuan, amounts.yuan) == (950, 951)


def test_a_national_file_reaches_the_retirement_date_and_the_papers() -> None:
    changed = CN.replace("male: {years: 60", "male: {years: 59").replace("zh: 身份证,", "zh: 身份证明,")
    assert changed.count("years: 59") == 2
    library, born = with_file(load_parameters(), changed, "cn"), date(1969, 5, 22)
    assert retirement_date("male", born) == date(2030, 7, 22)
    assert retirement_date("male", born, parameters=library) == date(2029, 7, 22)
    papers = materials("370213", date(2016, 1, 15), parameters=library)
    assert papers[0].zh == "身份证明"


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        (LICANG + "  seeks_work: 1\n", "应为一列值", "x seeks_work"),
        (LICANG.replace("  minimum_wage:", "  benefit_amount:"), None, "x 第 "),
        (LICANG.replace("status: verified, source: benefit_2015", "status: sure, source: benefit_2015"),
         "不认识的 status 'sure'", "x benefit_amount 第 "),
        (LICANG.replace('"370213"', '"990213"'), "territory 不是行政区划代码：'990213'", "x"),
        ("a: &x 1\n" + "".join(f"b{n}: *x\n" for n in range(21)), "YAML 的 * 太多", "x 第 22 行"),
        ("a: [1\n", None, "x 第 2 行"),
        ("just words", "应为一组键值", "x"),
        ("a: 2016-02-31\n", None, "x"),
        ("x" * 400_001, "文件太长，超过 400,000 字", "x"),
    ],
)  # fmt: skip
def test_refusals_name_the_line(text: str, what: str | None, where: str) -> None:
    with pytest.raises(BadParameters) as refused:
        with_file(load_parameters(), text, "x")
    assert what is None or refused.value.what == what
    assert refused.value.where.startswith(where)


def test_a_parameter_may_end_but_not_vanish() -> None:
    head = (FOLDER / "3702.yaml").read_text(encoding="utf-8").split("parameters:\n")[0]
    entry = "{from: 2011-07-01, to: null, value: true, status: inferred, source: guide_2022}"
    text = f"{head}parameters:\n  pay_day:\n    - {entry}\n"
    lost = sorted(set(load_parameters().territories["3702"].series) - {"pay_day"})
    with pytest.raises(BadParameters) as refused:
        with_file(load_parameters(), text, "x")
    assert refused.value.what == f"少了原来有的参数 {lost}"
