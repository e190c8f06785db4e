from datetime import date
from decimal import Decimal

import pytest

from zaigang.look import formats


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王国", "王*"),
        ("王建国", "王*国"),
        ("欧阳建华", "欧**华"),
        ("王", "*"),
        (" 王建国 ", "王*国"),
        ("阿依古丽·买买提", "阿******提"),
        ("", "--"),
        (None, "--"),
    ],
)
def test_mask_name(name: str | None, masked: str) -> None:
    assert formats.mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("370213196402052233", "370213********2233"),
        ("370213640205223", "370213*****5223"),
        ("3702132233", "******2233"),
        ("12", "*2"),
        ("1", "*"),
        (None, "--"),
    ],
)
def test_mask_id(number: str | None, masked: str) -> None:
    assert formats.mask_id(number) == masked


def test_mask_id_high_shows_the_two_ends() -> None:
    assert formats.mask_id("37021319640205223X", high=True) == "3" + "*" * 16 + "X"


@pytest.mark.parametrize(
    ("number", "tail"),
    [("370213196402052233", "尾号 2233"), ("2233", "尾号 33"), ("7", "--"), ("", "--"), (None, "--")],
)
def test_tails_never_show_a_whole_number(number: str | None, tail: str) -> None:
    assert formats.id_tail(number) == formats.bank_tail(number) == tail


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800001234", "138 **** 1234"),
        ("138 0000 1234", "138 **** 1234"),
        ("0532-80001234", "*** 1234"),
        ("8000", "*** 00"),
        (None, "--"),
    ],
)
def test_mask_phone(number: str | None, masked: str) -> None:
    assert formats.mask_phone(number) == masked


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (950, "¥950.00"),
        (Decimal("1409.5"), "¥1,409.50"),
        (Decimal("0.005"), "¥0.01"),
        (1234567.891, "¥1,234,567.89"),
        (-12, "-¥12.00"),
        (0, "¥0.00"),
        (None, "--"),
    ],
)
def test_yuan(amount: Decimal | None, text: str) -> None:
    assert formats.yuan(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("950", "人民币玖佰伍拾元整"),
        ("10", "人民币壹拾元整"),
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("100000000", "人民币壹亿元整"),
        ("100010001", "人民币壹亿零壹万零壹元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("20300400", "人民币贰仟零叁拾万零肆佰元整"),
    ],
)
def test_yuan_capitals(amount: str, text: str) -> None:
    assert formats.yuan_capitals(Decimal(amount)) == text


@pytest.mark.parametrize("amount", [Decimal("-0.01"), Decimal(10) ** 16])
def test_yuan_capitals_refuses_what_has_no_form(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="capitals"):
        formats.yuan_capitals(amount)


def test_dates() -> None:
    monday = date(2016, 7, 18)
    assert formats.day(monday) == "2016-07-18"
    assert formats.day_words(monday) == "7月18日（周一）"
    assert formats.day_words(monday, "en") == "Mon 18 July"
    assert formats.date_words(monday) == "2016年7月18日"
    assert formats.date_words(monday, "en") == "18 July 2016"
    assert formats.month_words(monday) == "2016年7月"
    assert formats.month_words(monday, "en-gb") == "July 2016"
    assert {formats.day(None), formats.day_words(None), formats.month_words(None)} == {"--"}


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1102, 1419, "77.7%"),
        (0, 1419, "0.0%"),
        (1, 8, "12.5%"),
        (1, 16, "6.3%"),
        (3, 0, "--"),
        (None, 5, "--"),
    ],
)
def test_percent(part: int | None, whole: int, text: str) -> None:
    assert formats.percent(part, whole) == text


def test_count() -> None:
    assert (formats.count(1419), formats.count(0), formats.count(None)) == ("1,419", "0", "--")
