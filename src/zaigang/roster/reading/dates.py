"""Dates as a roster holds them: date cells, Excel serials, and a dozen ways to write one.

The last working day must be a day: a month alone ("2015年12月") cannot be read as one and is `date_invalid`.
A birth or a first working day may be a month or a year.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from zaigang.roster.reading.cells import clean, is_number
from zaigang.roster.reading.numerals import from_chinese

_EPOCH = date(1899, 12, 30)
# Serials of 1930 to 2099. Smaller numbers are years, ages or row numbers.
_SERIALS = (10959, 73050)
# Two-digit years up to this one belong to this century.
_PIVOT = 40
_SEPARATOR = r"[-./\\,，、年_~]"
_TIME = re.compile(
    r"(?<=[日号0-9])[T\s]\s*(?:上午|下午)?[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}(?:\.[0-9]+)?秒?)?$"
)
_WEEKDAY = re.compile(r"[\s,]*(?:星期|周|礼拜)[一二三四五六日天]$")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
_TAIL = r"(?:[日号]|\(.{0,12}\)|[.,。止前])*"
_DAY = re.compile(
    rf"(?:至|到|于)?([0-9]{{4}}|[0-9]{{2}})年?{_SEPARATOR}?(?<![0-9])([0-9]{{1,2}})(?:月|{_SEPARATOR})"
    rf"([0-9]{{1,2}}){_TAIL}"
)
_EIGHT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:\.0+)?")
_SIX_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(rf"([0-9]{{4}}|[0-9]{{2}}(?=年)){_SEPARATOR}([0-9]{{1,2}})(?:月份?)?(?:生|{_TAIL})")
_SIX_MONTH = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})")
_ENGLISH = re.compile(r"([0-9]{1,2})[- ]?([A-Za-z]{3})[a-z]*[- ,]*([0-9]{4}|[0-9]{2})")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date with its precision; `month` and `day` are 0 where the roster does not say.

    `or_month` is the other month that a number cell 1973.1 can mean (October lost its zero).
    """

    year: int
    month: int = 0
    day: int = 0
    or_month: int = 0

    def as_date(self) -> date | None:
        """Return the day, or None when the moment is only a month or a year."""
        return date(self.year, self.month, self.day) if self.day else None

    def earliest(self) -> date:
        """Return the first day that the moment can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def agrees_with(self, day: date) -> bool:
        """Return whether the moment, as precise as it is, can be that day."""
        return (
            self.year == day.year
            and (self.month == 0 or day.month in (self.month, self.or_month))
            and self.day in (0, day.day)
        )


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < _PIVOT else 1900)


def _moment(year: str, month: str, day: str = "0") -> Moment | None:
    y, m, d = _year(year), int(month), int(day)
    if not (1900 <= y <= 2199 and 1 <= m <= 12 and 0 <= d <= monthrange(y, m)[1]):
        return None
    return Moment(y, m, d) if d or day == "0" else None


def _of_date(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)


def _slashed(found: re.Match[str]) -> Moment | None:
    """Read month/day/year or day/month/year where only one of the two is possible."""
    first, second, year = found.groups()
    as_us, as_uk = _moment(year, first, second), _moment(year, second, first)
    return as_us if as_uk is None or as_us == as_uk else as_uk if as_us is None else None


def _english(found: re.Match[str]) -> Moment | None:
    day, month, year = found.groups()
    if month.lower() not in _ENGLISH_MONTHS:
        return None
    return _moment(year, str(_ENGLISH_MONTHS.index(month.lower()) + 1), day)


def _from_digits(text: str) -> Moment | None:
    if found := _EIGHT.fullmatch(text):
        return _moment(*found.groups())
    if found := _SIX_MONTH.fullmatch(text):
        return _moment(*found.groups())
    if found := _SIX_DAY.fullmatch(text):
        return _moment(*found.groups())
    if found := _YEAR.fullmatch(text):
        return Moment(int(found.group(1)))
    if (found := _SERIAL.fullmatch(text)) and _SERIALS[0] <= int(found.group(1)) <= _SERIALS[1]:
        return _of_date(_EPOCH + timedelta(days=int(found.group(1))))
    return None


def _without_time(text: str) -> str:
    return _TIME.sub("", _WEEKDAY.sub("", text))


@lru_cache(maxsize=32768)
def _from_text(raw: str) -> Moment | None:
    if len(raw) > 60:
        return None
    text = _without_time(unicodedata.normalize("NFKC", clean(raw)))
    text = from_chinese("".join(_BETWEEN_DIGITS.sub("-", text).split()))
    if found := _DAY.fullmatch(text):
        return _moment(*found.groups())
    if found := _SLASHED.fullmatch(text):
        return _slashed(found)
    if found := _MONTH.fullmatch(text):
        return _moment(*found.groups())
    if found := _ENGLISH.fullmatch(text):
        return _english(found)
    return _from_digits(text)


def _from_number(number: float) -> Moment | None:
    if number != number or not 0 < number < 1e8:
        return None
    whole = int(number)
    if 1900 <= number < 2100:
        return _year_and_month(number) if number != whole else Moment(whole)
    if _SERIALS[0] <= whole <= _SERIALS[1]:
        return _of_date(_EPOCH + timedelta(days=whole))
    return _from_digits(str(whole)) if number == whole else None


def _year_and_month(number: float) -> Moment | None:
    year, month = f"{number:.6f}".rstrip("0").split(".")
    found = _moment(year, month) if len(month) <= 2 else None
    return Moment(found.year, found.month, 0, 10) if found and month == "1" else found


def read_moment(value: object) -> Moment | None:
    """Return what a date cell says, or None when it cannot be read. Never raises."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _of_date(value)
    if is_number(value):
        return _from_number(float(str(value)))
    return _from_text(value) if isinstance(value, str) else None


def add_months(day: date, months: int) -> date:
    """Return the same day that many months later, the month's last day where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
