"""What single cells say: IDs, dates, months, phones, names, reasons."""

from datetime import date, datetime

import pytest

from tests.roster.reading.messy import PERSON, TODAY, make_id
from zaigang.roster.reading import check_row
from zaigang.roster.reading.cells import shown
from zaigang.roster.reading.dates import add_months, read_moment
from zaigang.roster.reading.identity import read_identity
from zaigang.roster.reading.months import MonthsUnreadable, read_months
from zaigang.roster.reading.phones import read_phones
from zaigang.roster.reading.reasons import read_reason
from zaigang.roster.reading.rows import read_name

WITH_X = "37029919620121101X"


@pytest.mark.parametrize(
    "written",
    [
        WITH_X,
        WITH_X.lower(),
        " 370299 19620121 101x",
        "'" + WITH_X,
        "３７０２９９１９６２０１２１１０１Ｘ",
        f'="{WITH_X}"',
        "370299-19620121-101X",
        "370299196201211 01Х",
        "\t" + WITH_X + "\n",
    ],
)
def test_one_id_in_many_hands(written: str) -> None:
    assert make_id("19620121", "101") == WITH_X
    assert read_identity(written).id == WITH_X


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015年12月31日", (2015, 12, 31)),
        ("2015年12月31号", (2015, 12, 31)),
        ("15-12-31", (2015, 12, 31)),
        ("20151231", (2015, 12, 31)),
        (20151231, (2015, 12, 31)),
        ("2015.12.31", (2015, 12, 31)),
        ("2015/12/31 0:00", (2015, 12, 31)),
        ("2015-12-31 00:00:00", (2015, 12, 31)),
        (42369, (2015, 12, 31)),
        (42369.0, (2015, 12, 31)),
        ("42369", (2015, 12, 31)),
        (datetime(2015, 12, 31, 8), (2015, 12, 31)),  # noqa: DTZ001
        ("二〇一五年十二月三十一日", (2015, 12, 31)),
        ("２０１５．１２．３１", (2015, 12, 31)),
        ("31-Dec-15", (2015, 12, 31)),
        ("12/31/2015", (2015, 12, 31)),
        ("2015、12、31", (2015, 12, 31)),
        ("2015 年 12 月 31 日", (2015, 12, 31)),
        ("87-09-01", (1987, 9, 1)),
        ("1982年11月", (1982, 11, 0)),
        ("1993.5", (1993, 5, 0)),
        (1987, (1987, 0, 0)),
        ("03-12-01", (2003, 12, 1)),
        ("197308", (1973, 8, 0)),
        ("2015年12月31日止", (2015, 12, 31)),
    ],
)
def test_a_date_in_many_hands(written: object, day: tuple[int, int, int]) -> None:
    moment = read_moment(written)
    assert moment is not None and (moment.year, moment.month, moment.day) == day


@pytest.mark.parametrize(
    "written",
    [
        "年底",
        "2015/6/31",
        "2015.13.1",
        "01/02/2015",
        "待定",
        5,
        float("nan"),
        True,
        "2015.1.1-2015.12.31",
        "长期",
    ],
)
def test_no_date_is_guessed(written: object) -> None:
    moment = read_moment(written)
    assert moment is None or moment.as_date() is None


def test_adding_months_stays_in_the_month() -> None:
    assert add_months(date(2016, 2, 29), 12) == date(2017, 2, 28)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        (283.0, 283),
        ("283", 283),
        ("283个月", 283),
        ("23年7个月", 283),
        ("23年零7个月", 283),
        ("２８３", 283),
        ("283.0", 283),
        ("17年", 204),
        ("17.5年", 210),
        ("17年半", 210),
        ("十七年", 204),
        ("283月", 283),
        ("", None),
        ("无", None),
        (0, 0),
    ],
)
def test_months(written: object, months: int | None) -> None:
    assert read_months(written) == months


@pytest.mark.parametrize(
    "written", ["约20年", "见档案", "17年13个月", -3, 17.5, 9999, True, date(2015, 1, 1), "1e5"]
)
def test_unreadable_months(written: object) -> None:
    with pytest.raises(MonthsUnreadable):
        read_months(written)


@pytest.mark.parametrize(
    ("written", "months"), [(17, 204), ("17", 204), (17.33, 208), ("17年3个月", 207), ("204个月", 204)]
)
def test_months_under_a_heading_of_years(written: object, months: int) -> None:
    assert read_months(written, in_years=True) == months


@pytest.mark.parametrize(
    ("written", "phones"),
    [
        ("13800001234", ("13800001234",)),
        (13800001234.0, ("13800001234",)),
        ("+86 135-0000-8972", ("13500008972",)),
        ("138 0000 1234", ("13800001234",)),
        ("13100003194/0532-00004928", ("13100003194", "053200004928")),
        ("13800001234、13900001234", ("13800001234", "13900001234")),
        ("13800001234 13900001234", ("13800001234", "13900001234")),
        ("(0532)00004928", ("053200004928",)),
        ("0532-00004928-801", ("053200004928",)),
        ("8613800001234", ("13800001234",)),
        ("１３８００００１２３４", ("13800001234",)),
        ("手机：13800001234", ("13800001234",)),
        ("13800001234\n13900001234", ("13800001234", "13900001234")),
    ],
)
def test_phones(written: object, phones: tuple[str, ...]) -> None:
    assert read_phones(written) == (phones, True)


@pytest.mark.parametrize("written", ["1380000123", "00004928", "见档案", 53200004928.0, "23800001234"])
def test_no_phone(written: object) -> None:
    assert read_phones(written) == ((), False)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王 建", "王建"),
        ("王\u3000建", "王建"),
        ("'王建", "王建"),
        ("𠮷田", "𠮷田"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("欧阳䶮", "欧阳䶮"),
        ("-", None),
        ("Anna Li", "AnnaLi"),
        ("王\n建", "王建"),
        ("\ufeff王建\u200b", "王建"),
    ],
)
def test_names(written: str, name: str | None) -> None:
    assert read_name(written) == name


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("企业提出协商一致解除", "employer_proposed_agreement"),
        ("36-E", "employer_proposed_agreement"),
        ("协商一致解除", None),
        ("本人提出，协商一致解除", "resigned"),
        ("合同期满终止", "contract_expired"),
        ("劳动合同到期", "contract_expired"),
        ("本人不愿续签合同到期", None),
        ("经济性裁员", "layoff"),
        ("第四十一条", "layoff"),
        ("企业关停", "closure"),
        ("第四十四条第（五）项", "closure"),
        ("44(1)", "contract_expired"),
        ("企业破产", "closure"),
        ("个人原因辞职", "resigned"),
        ("37", "resigned"),
        ("严重违反规章制度开除", "dismissed_fault"),
        ("拖欠工资被迫解除", "resigned_for_cause"),
        ("客观情况发生重大变化", "dismissed_no_fault"),
        ("退休", "other"),
        ("辞退", None),
        ("分流安置", None),
    ],
)
def test_reasons(words: str, reason: str | None) -> None:
    assert read_reason(words) == reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.70299196905229e17, "3.70299E+17"),
        (6.2e18, "6.2E+18"),
        (204.0, "204"),
        (17.5, "17.5"),
        (13800001234.0, "13800001234"),
        (date(2015, 12, 31), "2015-12-31"),
        (True, "TRUE"),
        (None, ""),
        (370299690522901.0, "370299690522901"),
    ],
)
def test_cells_are_shown_as_excel_shows_them(value: object, text: str) -> None:
    assert shown(value) == text


def test_facts_beside_the_answer() -> None:
    row = check_row(
        PERSON
        | {
            "monthly_wage": "5,100元",
            "staff_category": "管理干部",
            "bank_account": "工商银行 6222 0000 1234 5678 901",
            "phone_2": "0532-00004928",
            "department": "炼铁厂",
            "education": " 高中 ",
        },
        today=TODAY,
        seen={},
    )
    assert (str(row.monthly_wage), row.staff_category, row.bank_account) == (
        "5100",
        "干部",
        "6222000012345678901",
    )
    assert (row.phones, row.department, row.education) == (("13800001234", "053200004928"), "炼铁厂", "高中")
