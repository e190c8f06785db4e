"""Months of contribution as people write them: 283, 283个月, 23年7个月, 17年, 17.5年, 204.0."""

import re
from functools import lru_cache

from zaigang.roster.reading.cells import blank, folded, is_number
from zaigang.roster.reading.numerals import from_chinese

# Longer than any working life: such a number is a slip of the keyboard.
LONGEST = 720
_MONTHS = re.compile(r"([0-9]+)(?:\.0+)?(?:\(?个?月\)?)?")
_YEARS = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:周?年整?|岁)")
_YEARS_HALF = re.compile(r"([0-9]+)年半")
_BOTH = re.compile(r"([0-9]+)周?年[零又,，、]?([0-9]+)个?月?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class MonthsUnreadable(ValueError):
    """The cell holds something that is no number of months."""


def _in_range(months: float) -> int:
    # 17.33 years is how a spreadsheet writes 17 years and 4 months.
    whole = round(months)
    if abs(months - whole) > 0.06 or not 0 <= whole <= LONGEST:
        raise MonthsUnreadable
    return whole


@lru_cache(maxsize=8192)
def _from_text(raw: str, in_years: bool) -> int:
    text = from_chinese(folded(raw)).strip("'")
    if in_years and _PLAIN.fullmatch(text):
        return _in_range(float(text) * 12)
    if found := _MONTHS.fullmatch(text):
        return _in_range(int(found.group(1)))
    if found := _YEARS.fullmatch(text):
        return _in_range(float(found.group(1)) * 12)
    if found := _YEARS_HALF.fullmatch(text):
        return _in_range(int(found.group(1)) * 12 + 6)
    if (found := _BOTH.fullmatch(text)) and int(found.group(2)) < 12:
        return _in_range(int(found.group(1)) * 12 + int(found.group(2)))
    raise MonthsUnreadable


def read_months(value: object, *, in_years: bool = False) -> int | None:
    """Return whole months, None for a cell that says nothing.

    `in_years`: a bare number counts years, as under a heading 缴费年限. Raises MonthsUnreadable.
    """
    if blank(value):
        return None
    if is_number(value):
        number = float(str(value))
        if in_years:
            return _in_range(number * 12 if abs(number) < 1000 else -1)
        if number != number or number != int(number) if abs(number) < 1e9 else True:
            raise MonthsUnreadable
        return _in_range(number)
    if not isinstance(value, str) or len(value) > 40:
        raise MonthsUnreadable
    return _from_text(value, in_years)
