"""失业保险金发放名册: the list by which a month is paid, on paper and as a spreadsheet, equal to the cent.

No blank of such a list was found; its columns are those that offices commonly use. Chinese whatever the language of the
screen. A list that is put up in public takes masked names and tails: what stands in a line is printed as given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from zaigang.claims.printing.values import capitals, check_tail, copies_words, figure, money, month
from zaigang.foundation.errors import ZaigangError
from zaigang.foundation.pdf import compile_pdf

TEMPLATE = Path(__file__).with_name("payment_list.typ")
HEADINGS = (
    *("序号", "姓名", "社会保障号码", "性别", "原单位", "月标准", "发放月份", "第几/共几月"),
    *("失业保险金", "代缴医疗", "合计", "开户银行", "账号（尾号）", "备注"),
)
#: Which of the columns hold yuan.
MONEY_COLUMNS = (5, 8, 9, 10)
#: Lines on a page, and on the last one, where total and signatures stand too.
LINES, LAST_LINES = 21, 13


class SumsDiffer(ZaigangError):
    """Lines and control sum of a list are not the same cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One payment: yuan with cents; `nth` of `months` months; `month` is any day of the month it is paid for.

    Name and number print as given, masked or whole. `account_tail` is the last four digits; the whole `account`, where
    it is given, stands in the spreadsheet alone, which goes to the bank. `at_most`: `months` is a bound. `new`: the
    first payment.
    """

    number: int
    name: str
    month: date
    amount: Decimal
    total: Decimal
    id_number: str = ""
    sex: str = ""
    employer: str = ""
    standard: Decimal | None = None
    nth: int | None = None
    months: int | None = None
    at_most: bool = False
    medical: Decimal | None = None
    bank: str = ""
    account: str = ""
    account_tail: str = ""
    note: str = ""
    new: bool = False

    def __post_init__(self) -> None:
        check_tail(self.account_tail)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody who is paid no longer, and why, in words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListData:
    """A month's list. `persons` counts people, who may have several lines; `control_sum` is what the batch says.

    Raises SumsDiffer when the totals of the lines do not make the control sum.
    """

    office: str
    month: date
    batch: str
    lines: tuple[ListLine, ...]
    persons: int
    control_sum: Decimal
    stopped: tuple[Stopped, ...] = ()
    title: str = "失业保险金发放名册"

    def __post_init__(self) -> None:
        if self.total != self.control_sum:
            raise SumsDiffer(
                _("名册合计和批次控制数不相等"), self.batch, _("先不要发放，请重新生成本批名册再核对")
            )

    @property
    def total(self) -> Decimal:
        return _sum(line.total for line in self.lines)

    @property
    def newcomers(self) -> tuple[ListLine, ...]:
        return tuple(line for line in self.lines if line.new)


def payment_list_pdf(data: ListData, *, made_at: datetime, copies: int = 2) -> bytes:
    """A4 landscape, each page with heading and sum, total and signatures on the last; then who is paid no longer.

    1,500 lines take about a second. Untagged, which makes it sixteen times smaller; who listens to a list instead of
    reading it takes the spreadsheet. Raises CannotPrint.
    """
    return compile_pdf(TEMPLATE, _printed(data, copies), made_at=made_at, tagged=False)


def _printed(data: ListData, copies: int) -> dict[str, Any]:
    return {
        "title": data.title,
        "office": data.office,
        "copies": copies_words(copies),
        "month": month(data.month),
        "batch": data.batch,
        "headings": HEADINGS,
        "pages": [_page(lines) for lines in _pages(data.lines)],
        "persons": f"{data.persons:,}",
        "new_count": f"{len(data.newcomers):,}",
        "line_count": f"{len(data.lines):,}",
        "total": money(data.total),
        "capitals": capitals(data.total),
        "control_sum": money(data.control_sum),
        "stopped": [{"name": person.name, "reason": person.reason} for person in data.stopped],
    }


def _pages(lines: Sequence[ListLine]) -> list[Sequence[ListLine]]:
    """Full pages, and a last one that leaves room for the total."""
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)] or [()]
    if len(pages[-1]) > LAST_LINES:
        pages[-1:] = [pages[-1][:LAST_LINES], pages[-1][LAST_LINES:]]
    return pages


def _page(lines: Sequence[ListLine]) -> dict[str, Any]:
    return {
        "lines": [_cells(line) for line in lines],
        "persons": len(lines),
        "amount": money(_sum(line.amount for line in lines)),
        "medical": money(_sum(line.medical for line in lines if line.medical is not None)),
        "total": money(_sum(line.total for line in lines)),
    }


def _values(line: ListLine) -> tuple[str | Decimal | None, ...]:
    """One value for each heading; amounts as they are."""
    bound = "最多" if line.at_most and line.months else ""
    count = f"{figure(line.nth)}/{bound}{figure(line.months)}" if line.nth or line.months else ""
    return (
        *(str(line.number), line.name, line.id_number, line.sex, line.employer),
        *(line.standard, month(line.month), count, line.amount, line.medical, line.total),
        *(line.bank, line.account_tail, line.note),
    )


def _for_bank(line: ListLine) -> tuple[str | Decimal | None, ...]:
    """The same with the whole account, where there is one."""
    *values, tail, note = _values(line)
    return (*values, line.account or tail, note)


def _cells(line: ListLine) -> list[str]:
    return [value if isinstance(value, str) else money(value) for value in _values(line)]


def _sum(amounts: Iterator[Decimal]) -> Decimal:
    return sum(amounts, Decimal())


def payment_list_xlsx(data: ListData) -> bytes:
    """Three sheets: the list with amounts as numbers, the newcomers, and who is paid no longer and why.

    Numbers of people and accounts are text, so that Excel drops no digit. The total is a formula whose stored value
    is the control sum; the control sum stands below it as a number.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "text": book.add_format({"num_format": "@", "border": 1}),
            "yuan": book.add_format({"num_format": "#,##0.00", "border": 1}),
            "sum": book.add_format({"num_format": "#,##0.00", "border": 1, "bold": True}),
        }
        _list_sheet(book.add_worksheet("发放名册"), data, styles)
        _table(book.add_worksheet("新增"), 0, HEADINGS, map(_for_bank, data.newcomers), styles)
        stopped = ((person.name, person.reason) for person in data.stopped)
        _table(book.add_worksheet("停发及原因"), 0, ("姓名", "停发原因"), stopped, styles)
    return content.getvalue()


def _list_sheet(sheet: Any, data: ListData, styles: dict[str, Any]) -> None:
    people = f"{data.persons:,} 人，新增 {len(data.newcomers):,} 人"
    sheet.write_string(0, 0, data.title, styles["title"])
    sheet.write_string(1, 0, f"{data.office}　{month(data.month)}　批次 {data.batch}　{people}")
    _table(sheet, 3, HEADINGS, map(_for_bank, data.lines), styles)
    first, last = 4, 4 + len(data.lines)
    sheet.write_string(last, 0, "合计", styles["head"])
    for column in MONEY_COLUMNS[1:]:
        letter = chr(ord("A") + column)
        formula = f"=SUM({letter}{first + 1}:{letter}{last})" if data.lines else "=0"
        sheet.write_formula(last, column, formula, styles["sum"], float(_column_sum(data, column)))
    sheet.write_string(last + 1, 0, "控制数", styles["head"])
    sheet.write_number(last + 1, MONEY_COLUMNS[-1], data.control_sum, styles["sum"])
    sheet.write_string(last + 2, 0, capitals(data.total))


def _column_sum(data: ListData, column: int) -> Decimal:
    values = (_values(line)[column] for line in data.lines)
    return _sum(value for value in values if isinstance(value, Decimal))


def _table(sheet: Any, top: int, headings: Sequence[str], rows: Any, styles: dict[str, Any]) -> None:
    for column, heading in enumerate(headings):
        sheet.write_string(top, column, heading, styles["head"])
        sheet.set_column(column, column, 22 if heading in {"社会保障号码", "原单位", "停发原因"} else 12)
    for row, values in enumerate(rows, start=top + 1):
        for column, value in enumerate(values):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, value, styles["yuan"])
            elif value:
                sheet.write_string(row, column, value, styles["text"])
            else:
                sheet.write_blank(row, column, None, styles["text"])
    sheet.freeze_panes(top + 1, 0)
