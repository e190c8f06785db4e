"""How the employers' clerks type what they know: every cell true, hardly two written alike."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import TypeVar

from zaigang.demo.people.facts import Field, InventedWorker
from zaigang.demo.people.firms import REASON_WORDS

T = TypeVar("T")
Cell = str | int | float | date | None
Cells = dict[Field, Cell]

EXCEL_EPOCH = date(1899, 12, 30)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def serial_day(day: date) -> int:
    """The bare number that a date cell shows once its format is lost."""
    return (day - EXCEL_EPOCH).days


def dotted(day: date) -> str:
    """The common way to write a day: 2015.12.31."""
    return f"{day.year}.{day.month}.{day.day}"


def spelled(day: date) -> str:
    """A day in words: 2015年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_only(day: date) -> str:
    """A month without a day: 1969.5."""
    return f"{day.year}.{day.month}"


DAY_STYLES: tuple[tuple[Callable[[date], Cell], int], ...] = (
    (lambda day: day, 40),
    (dotted, 25),
    (spelled, 14),
    (lambda day: f"{day:%Y%m%d}", 9),
    (lambda day: f"{day:%Y-%m-%d}", 6),
    (lambda day: f"{day:%y-%m-%d}", 3),
    (serial_day, 3),
)
# A .csv has no cell formats: a bare number there could be anything, so nobody leaves one.
CSV_DAY_STYLES = DAY_STYLES[:-1]
BIRTH_STYLES: tuple[tuple[Callable[[date], Cell], int], ...] = (
    (lambda day: day, 30),
    (dotted, 25),
    (spelled, 15),
    (month_only, 20),
    (lambda day: f"{day.year}年{day.month}月", 10),
)
ID_STYLES: tuple[tuple[Callable[[str], Cell], int], ...] = (
    (lambda number: number, 915),
    (str.lower, 25),
    (lambda number: f" {number[:6]} {number[6:14]} {number[14:]}", 25),
    (lambda number: number.translate(FULL_WIDTH), 10),
    (lambda number: f"'{number}", 15),
    (lambda number: f"{number} ", 10),
)
PHONE_STYLES: tuple[tuple[Callable[[str], Cell], int], ...] = (
    (lambda number: number, 850),
    (int, 80),
    (lambda number: f"{number[:3]}-{number[3:7]}-{number[7:]}", 25),
    (lambda number: f"+86 {number}", 15),
    (lambda number: f"{number}/0532-0000{number[-4:]}", 20),
    (lambda number: f"0532-0000{number[-4:]}", 10),
)
MONTH_STYLES: tuple[tuple[Callable[[int], Cell], int], ...] = (
    (lambda months: months, 70),
    (str, 12),
    (lambda months: f"{months}个月", 8),
    (lambda months: years_and_months(months), 10),
)


def years_and_months(months: int) -> str:
    """204 -> 17年, 206 -> 17年2个月, 9 -> 9个月."""
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")


def in_some_style(rng: Random, styles: tuple[tuple[Callable[[T], Cell], int], ...], value: T) -> Cell:
    """The value as one of the styles writes it, by their weights."""
    style = rng.choices([style for style, _ in styles], [weight for _, weight in styles])[0]
    return style(value)


def typed(rng: Random, worker: InventedWorker, *, in_csv: bool) -> Cells:
    """One row as a clerk types it: true in every cell."""
    days = CSV_DAY_STYLES if in_csv else DAY_STYLES
    career = worker.career
    return {
        Field.NAME: _name(rng, worker.name),
        Field.SEX: "男" if worker.sex == "male" else "女",
        Field.ID: in_some_style(rng, ID_STYLES, worker.id),
        Field.BORN: in_some_style(rng, BIRTH_STYLES, worker.born),
        Field.EDUCATION: worker.education,
        Field.PHONE: in_some_style(rng, PHONE_STYLES, worker.phone),
        Field.STREET: worker.home.street if worker.firm == "示范钢铁集团" else worker.home.address,
        Field.STAFF_CATEGORY: worker.staff_category or "",
        Field.TRADE: worker.trade,
        Field.CERTIFICATE_LEVEL: worker.certificate_level or rng.choice(("", "", "无")),
        Field.WORK_STARTED_ON: in_some_style(rng, days, career.work_started_on),
        Field.STARTED_ON: in_some_style(rng, days, career.started_on),
        Field.LAID_OFF_ON: in_some_style(rng, days, career.laid_off_on),
        Field.LEFT_BECAUSE: rng.choice(REASON_WORDS[worker.left_because]),
        Field.MONTHLY_WAGE: worker.monthly_wage,
        Field.CONTRIBUTION_MONTHS: in_some_style(rng, MONTH_STYLES, career.contribution_months),
        Field.DEEMED_MONTHS: career.deemed_months or "",
        Field.BANK_ACCOUNT: worker.bank_account,
        Field.NOTE: "",
    }


def _name(rng: Random, name: str) -> str:
    if len(name) == 2 and rng.random() < 0.5:
        return f"{name[0]}　{name[1]}"
    return f"{name[0]} {name[1:]}" if rng.random() < 0.008 else name
