"""Masks and formats for people and figures, as plain functions without any framework.

Masked texts keep the length of the original where that helps to recognise it (identity numbers), and never
hold more of it than the rule allows. A value that is absent is written `--`.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MISSING = "--"
Number = int | float | Decimal

_WEEKDAYS = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def mask_name(name: str | None) -> str:
    """王国 -> 王*, 王建国 -> 王*国. One character alone is hidden."""
    text = (name or "").strip()
    if not text:
        return MISSING
    if len(text) <= 2:
        return text[: len(text) - 1] + "*"
    return text[0] + "*" * (len(text) - 2) + text[-1]


def mask_id(number: str | None, *, high: bool = False) -> str:
    """First six and last four (hides the birth date); `high` keeps only the first and the last character.

    A number too short for the rule shows its last four at most, never all of it.
    """
    text = (number or "").strip()
    if not text:
        return MISSING
    head, tail = (1, 1) if high else (6, 4)
    if len(text) < head + tail + 4:
        head, tail = 0, min(tail, len(text) // 2)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


def last_four(number: str | None) -> str:
    """The last four characters, or as many as leave half of a short number hidden; empty when absent."""
    text = (number or "").strip()
    return text[len(text) - min(4, len(text) // 2) :]


def id_tail(number: str | None) -> str:
    """尾号 2233: the only form of an identity number in worklists."""
    return f"尾号 {last_four(number)}" if last_four(number) else MISSING


def bank_tail(number: str | None) -> str:
    """尾号 1208: the only form of a bank card."""
    return id_tail(number)


def mask_phone(number: str | None) -> str:
    """186 **** 1402; a number that is not a mobile shows its last four only."""
    text = "".join(ch for ch in number or "" if ch.isdigit())
    if not text:
        return MISSING
    if len(text) == 11 and text.startswith("1"):
        return f"{text[:3]} **** {text[-4:]}"
    return f"*** {last_four(text)}"


def yuan(amount: Number | None) -> str:
    """¥1,409.50: always two decimals, halves rounded up."""
    if amount is None:
        return MISSING
    cents = _cents(amount)
    return f"{'-' if cents < 0 else ''}¥{abs(cents):,.2f}"


def yuan_capitals(amount: Number) -> str:
    """人民币壹仟肆佰零玖元伍角: money as receipts and decisions write it.

    Raises ValueError for a negative amount or one of ten thousand billion and more.
    """
    cents = _cents(amount)
    if not 0 <= cents < 10**16:
        raise ValueError(f"cannot be written in capitals: {amount}")
    whole, fraction = divmod(int(cents * 100), 100)
    tenths, hundredths = divmod(fraction, 10)
    text = f"{_capital_integer(whole)}元" if whole or not fraction else ""
    if tenths:
        text += f"{_DIGITS[tenths]}角"
    elif hundredths and text:
        text += "零"
    text += f"{_DIGITS[hundredths]}分" if hundredths else ""
    return "人民币" + text + ("" if fraction else "整")


def _cents(amount: Number) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _capital_integer(number: int) -> str:
    text, gap = "", False
    for group in range(len(_GROUPS) - 1, -1, -1):
        part = number // 10_000**group % 10_000
        if part:
            # One 零 stands for all the places left empty between two digits that are written.
            text += ("零" if text and (gap or part < 1000) else "") + _capital_group(part) + _GROUPS[group]
        gap = part == 0
    return text or _DIGITS[0]


def _capital_group(part: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            text += ("零" if text and gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = digit == 0
    return text


def day(value: date | None) -> str:
    """2016-07-18, for tables."""
    return f"{value:%Y-%m-%d}" if value else MISSING


def day_words(value: date | None, language: str = "zh-hans") -> str:
    """7月18日（周一）, for sentences; Mon 18 July in English."""
    if value is None:
        return MISSING
    if language.startswith("en"):
        return f"{_WEEKDAYS_EN[value.weekday()]} {value.day} {_MONTHS_EN[value.month - 1]}"
    return f"{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）"


def date_words(value: date, language: str = "zh-hans") -> str:
    """2016年7月18日, for days that may lie in another year; 18 July 2016 in English."""
    if language.startswith("en"):
        return f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def month_words(value: date | None, language: str = "zh-hans") -> str:
    """2016年7月; July 2016 in English."""
    if value is None:
        return MISSING
    if language.startswith("en"):
        return f"{_MONTHS_EN[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月"


def count(value: int | None) -> str:
    """1,419."""
    return MISSING if value is None else f"{value:,}"


def percent(part: Number | None, whole: Number = 1) -> str:
    """77.7%, one decimal, halves rounded up; absent when there is nothing to divide by."""
    if part is None or not whole:
        return MISSING
    share = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
