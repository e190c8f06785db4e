"""What people type in a form's cells: many ways to write a date, a number or an account, one way to keep it."""

import re
import unicodedata
from datetime import date

_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})月?|(\d{4})(\d{2})")
_PHONE = re.compile(r"1\d{10}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?")
_ACCOUNT = re.compile(r"\d{12,30}")
EARLIEST = 1900


def halfwidth(value: str) -> str:
    """Full-width letters and digits as half-width ones, without blanks around."""
    return unicodedata.normalize("NFKC", value).strip()


def one_line(value: str) -> str:
    return " ".join(value.split())


def day_of(value: str) -> date | None:
    """2016-01-11, 20160111, 2016年1月11日, 2016.1.11, 2016/1/11; None for anything else."""
    match = _DAY.fullmatch(halfwidth(value))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    return _made(year, month, day)


def month_of(value: str) -> date | None:
    """The first day of 2016-01, 201601, 2016年1月, 2016.1 or 2016/1; None for anything else."""
    match = _MONTH.fullmatch(halfwidth(value))
    if match is None:
        return None
    year, month = (int(part) for part in match.groups() if part)
    return _made(year, month, 1)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= EARLIEST else None
    except ValueError:
        return None


def phone_of(value: str) -> str | None:
    """A mobile's 11 digits, or a landline with its dashes (区号-号码-分机); None for anything else."""
    text = re.sub(r"[\s()]", "", halfwidth(value)).removeprefix("+86")
    mobile = text.replace("-", "")
    if re.fullmatch(r"1\d{10}", mobile):
        return mobile
    return text if _PHONE.fullmatch(text) else None


def account_of(value: str) -> str | None:
    """The 12 to 30 digits of a bank account, without blanks and dashes; None for anything else."""
    text = re.sub(r"[\s-]", "", halfwidth(value))
    return text if _ACCOUNT.fullmatch(text) else None
