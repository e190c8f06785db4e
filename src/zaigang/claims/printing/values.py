"""How values stand on paper: 年 月 日, two decimals, blank where nothing is known."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zaigang.look.formats import yuan_capitals

DIGITS_OF_ACCOUNT = 4
_COPIES = "零一两三四五六七八九"


@dataclass(frozen=True, slots=True)
class Tick:
    """One choice of a printed list: □ or, where it is chosen, ☑."""

    label: str
    chosen: bool = False


def printable(record: Any) -> dict[str, Any]:
    """A record of this package as what JSON knows: absent is an empty text, dates and money are words.

    A truth value stays, for the template draws it; an absent one is empty like everything else.
    """
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return printable(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool | str):
        return value
    if isinstance(value, date):
        return day(value)
    return money(value) if isinstance(value, Decimal) else figure(value)


def day(value: date | None) -> str:
    """2016年1月11日"""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def month(value: date | None) -> str:
    """2016年1月"""
    return f"{value.year}年{value.month}月" if value else ""


def money(value: Decimal | None) -> str:
    """1,409.50, without a sign: the form's own words name the unit."""
    return "" if value is None else f"{value:,.2f}"


def capitals(value: Decimal | None) -> str:
    """人民币壹仟肆佰零玖元伍角"""
    return "" if value is None else yuan_capitals(value)


def figure(value: int | None) -> str:
    return "" if value is None else str(value)


def check_tail(tail: str | None) -> None:
    """Raise ValueError for more of a bank account than its last four digits: no paper shows it whole."""
    if tail and len(tail) > DIGITS_OF_ACCOUNT:
        raise ValueError("more than the last four digits of a bank account")


def copies_words(copies: int) -> str:
    """一式两份"""
    return f"一式{_COPIES[copies] if copies < len(_COPIES) else copies}份"
