"""A parameter file that could be misread is refused, with the place named."""

import pytest

from zaigang.engines.entitlement import BadParameters, load_parameters
from zaigang.engines.entitlement.calendar import first_day, month_of, parse_month
from zaigang.engines.entitlement.loader import read_territory
from zaigang.engines.entitlement.parameters import Rules

HEAD = """
territory: "37"
name: {zh: 某省, en: Some province}
sources:
  notice: {title: 某通知, document: 某号}
parameters:
  minimum_wage:
"""
FIRST = "    - {from: 2013-01-01, to: 2013-12-31, value: 1000, status: verified, source: notice}\n"


def _second(since: str, **changes: str) -> str:
    entry = {"from": since, "to": "null", "value": "1100", "status": "verified", "source": "notice"} | changes
    return "    - {" + ", ".join(f"{key}: {value}" for key, value in entry.items()) + "}\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (HEAD + FIRST + _second("2013-12-31"), "与前一条时间重叠"),
        (HEAD + FIRST + _second("2014-01-02"), "与前一条之间有空档"),
        (HEAD + FIRST + _second("2012-01-01", to="2012-12-31"), "各条没有按时间排列"),
        (HEAD + FIRST.replace("2013-12-31", "null") + _second("2014-01-01"), "与前一条时间重叠"),
        (HEAD + _second("2014-01-01", to="2013-01-01"), "结束早于开始"),
        (HEAD + _second("2014-01-01", colour="red"), "不认识的键 ['colour']"),
        (HEAD + _second("2014-01-01", status="missing"), "missing 与 status、value 不一致"),
        (HEAD + _second("2014-01-01", missing="true"), "missing 与 status、value 不一致"),
        (HEAD + _second("2014-01-01", status="sure"), "不认识的 status 'sure'"),
        (HEAD + _second("2014-01-01", source="rumour"), "没有出处 'rumour'"),
        (HEAD + _second("2014-01-01", value="-5"), "值的写法不对：应为不小于0的数，现在是 -5"),
        (HEAD + _second("soon"), "不是日期：'soon'"),
        (HEAD.replace("minimum_wage", "maximum_wage") + FIRST, "不认识的参数 maximum_wage"),
        (HEAD + "    []\n", "没有一个值"),
        (HEAD.replace('territory: "37"\n', "") + FIRST, "缺少 ['territory']"),
        (
            HEAD.replace("minimum_wage", "months_table")
            + _second(
                "2014-01-01",
                value="{bands: [{at_least: 60, months: 5}, {at_least: 12, months: 1}], cap: 24}",
            ),
            "值的写法不对：缴费月数的各档应从小到大，不能重复",
        ),
        (
            HEAD.replace("minimum_wage", "benefit_amount")
            + _second("2014-01-01", value="{fixed: 900, percent_of_minimum_wage: 90}"),
            "值的写法不对：fixed、by_month_of_draw、percent_of_minimum_wage、by_contributed 只能有一个",
        ),
        (
            HEAD.replace("minimum_wage", "months_table")
            + _second(
                "2014-01-01", value="{bands: [{at_least: 12, months: 2, every: 8, rest_over: 8}], cap: 24}"
            ),
            "值的写法不对：rest_over 应小于 every",
        ),
        (
            HEAD.replace("minimum_wage", "benefit_amount")
            + _second("2014-01-01", value="{fixed: 900, lowest_from_draw: 13}"),
            "值的写法不对：lowest_from_draw 只能和 by_contributed 一起写",
        ),
        (
            HEAD.replace("minimum_wage", "benefit_amount")
            + _second("2014-01-01", value="{fixed: 900, extension: 800}"),
            "值的写法不对：extension 只能和 by_month_of_draw 一起写",
        ),
        (
            HEAD.replace("minimum_wage", "benefit_amount")
            + _second("2014-01-01", value="{by_contributed: [[60, 900], [12, 800]]}"),
            "值的写法不对：by_contributed 应从小到大，不能重复",
        ),
        (
            HEAD.replace("minimum_wage", "benefit_amount")
            + _second("2014-01-01", value="{by_month_of_draw: [[2, 900]]}"),
            "值的写法不对：by_month_of_draw 应从第1个月开始，从小到大",
        ),
        (
            HEAD.replace("minimum_wage", "overpayment") + _second("2014-01-01", value="[return, forgive]"),
            "值的写法不对：应为一列不重复的词，取自 return、instalments、set_off，现在是 ['return', 'forgive']",
        ),
        (
            HEAD.replace("minimum_wage", "benefit_fraud")
            + _second("2014-01-01", value="{fine_times: [5, 2]}"),
            "值的写法不对：应为从小到大的两个整数，现在是 [5, 2]",
        ),
        (
            HEAD.replace("minimum_wage", "skill_upgrade_amounts") + _second("2014-01-01", value="{6: 500}"),
            "值的写法不对：不认识的键 [6]，缺少的键 []",
        ),
        (
            HEAD.replace("minimum_wage", "skill_upgrade_conditions")
            + _second("2014-01-01", value='{contribution_months: 12, drawing: "maybe"}'),
            "值的写法不对：应为 yes、no、person 之一，现在是 'maybe'",
        ),
        (
            HEAD.replace("minimum_wage", "hard_to_place")
            + _second(
                "2014-01-01", value="{residence: hukou, categories: [{code: old, article: 一, female: 40}]}"
            ),
            "值的写法不对：年龄要男女都写",
        ),
        (
            HEAD.replace("minimum_wage", "hard_to_place")
            + _second("2014-01-01", value="{residence: hukou, categories: []}"),
            "值的写法不对：各类人员的 code 不能重复，也不能一类都没有",
        ),
        (
            HEAD.replace("minimum_wage", "older_contributions")
            + _second("2014-01-01", value="{within_months: 12, pay_first: 1}"),
            "值的写法不对：应为 true 或 false，现在是 1",
        ),
    ],
)
def test_refusals(text: str, what: str) -> None:
    with pytest.raises(BadParameters) as refused:
        read_territory(text, "37.yaml")
    assert refused.value.what == what
    assert refused.value.where.startswith("37.yaml")


def test_an_explicit_missing_entry_fills_a_gap() -> None:
    gap = "    - {from: 2014-01-01, to: 2014-12-31, missing: true, status: missing, source: notice}\n"
    values = read_territory(HEAD + FIRST + gap + _second("2015-01-01"), "37.yaml").series["minimum_wage"]
    assert [value.value for value in values] == [1000, None, 1100]


def test_amounts_since_2020_are_nine_tenths_of_the_minimum_wage() -> None:
    """鲁政办发〔2020〕4号: two lists of the same file, entered apart, must agree."""
    series = load_parameters().territories["370213"].series
    rules = load_parameters().rules("370213")
    since_2020 = [value for value in series["benefit_amount"] if value.since.year >= 2020]
    assert [value.value.by_draw[0][1] for value in since_2020] == [
        rules.at("minimum_wage", value.since).value * 9 // 10 for value in since_2020
    ]


def test_an_amount_by_contributions_falls_to_the_lowest_from_the_named_month_on() -> None:
    """The shape of Beijing's tiers, whose sums are missing: by years, from month 13 the lowest."""
    value = "{by_contributed: [[12, 900], [60, 950], [120, 1000]], lowest_from_draw: 13}"
    text = HEAD.replace("minimum_wage", "benefit_amount") + _second("2014-01-01", value=value)
    rules = Rules((read_territory(text, "37.yaml"),), None)
    january = parse_month("2014-01")
    tried = {
        (draw, contributed): rules.amount(january + draw - 1, draw, contributed=contributed).yuan
        for draw in (1, 12, 13)
        for contributed in (11, 12, 59, 60, 120)
    }
    assert [tried[1, months] for months in (11, 12, 59, 60, 120)] == [None, 900, 900, 950, 1000]
    assert [tried[12, months] for months in (12, 60, 120)] == [900, 950, 1000]
    assert [tried[13, months] for months in (12, 60, 120)] == [900, 900, 900]
    unknown = rules.amount(january, 1)
    assert (unknown.yuan, unknown.status) == (None, "missing")


def test_no_known_amount_reaches_the_minimum_wage() -> None:
    """失业保险条例 art. 18: the benefit lies below the minimum wage. A slip of a digit would show."""
    library = load_parameters()
    high = []
    for code, territory in library.territories.items():
        if len(code) == 6:
            rules = library.rules(code)
            for dated in (*territory.series["benefit_amount"], *territory.series["minimum_wage"]):
                amount = rules.amount(month_of(dated.since) + 1, 1).yuan
                wage = rules.at("minimum_wage", first_day(month_of(dated.since) + 1))
                if amount is not None and wage.known and amount >= wage.value:
                    high.append((code, dated.since, amount, wage.value))
    assert high == []
