"""Phone cells: one or two numbers, mobile or landline with its area code."""

import re
from functools import lru_cache

from zaigang.roster.reading.cells import blank, is_number, number_text

_MOBILE = r"1[3-9][0-9]{9}"
_LANDLINE = r"0(?:10|2[0-9])[0-9]{8}|0[3-9][0-9]{2}[0-9]{7,8}"
_ONE = re.compile(f"{_MOBILE}|{_LANDLINE}")
_SEVERAL = re.compile(f"(?:{_MOBILE}|{_LANDLINE})+")
_BETWEEN = re.compile(r"[/、,，;；|\\\n\r\t或和及]+")
_EXTENSION = re.compile(r"(?:转|#|ext\.?|(?<=[0-9]{7})-)[0-9]{1,5}$", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}|0?[1-9][0-9]{9})")
_TO_HALF = {0xFEE0 + n: n for n in range(0x21, 0x7F)} | {0x3000: " "}


def _digits(part: str) -> str:
    part = _EXTENSION.sub("", part.strip())
    digits = "".join(c for c in part if c in "+0123456789")
    return _COUNTRY.sub("", digits) if len(digits) > 11 else digits


def _numbers(part: str) -> list[str] | None:
    """Return the numbers in one part of a cell, [] for a part without digits, None when it cannot be one."""
    digits = _digits(part)
    if not digits:
        return []
    if _ONE.fullmatch(digits):
        return [digits]
    by_blanks = [_digits(p) for p in part.split()]
    if len(by_blanks) > 1 and all(_ONE.fullmatch(d) for d in by_blanks):
        return by_blanks
    return _ONE.findall(digits) if _SEVERAL.fullmatch(digits) and digits.startswith("1") else None


@lru_cache(maxsize=4096)
def _from_text(text: str) -> tuple[tuple[str, ...], bool]:
    found: list[str] = []
    clean = True
    for part in _BETWEEN.split(text.translate(_TO_HALF)):
        numbers = _numbers(part)
        clean = clean and numbers is not None
        found += numbers or ()
    return tuple(dict.fromkeys(found)), clean and bool(found)


def read_phones(value: object) -> tuple[tuple[str, ...], bool]:
    """Return the numbers of a cell (digits only, order kept) and whether all of it could be read.

    An empty cell gives `((), True)`. A number cell is read as its digits. Never raises.
    """
    if blank(value) or value == 0:
        return (), True
    return _from_text(number_text(float(str(value))) if is_number(value) else str(value))
