"""The forecast as a spreadsheet: sums, the assumption, and sources. No personal data."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter
from django.utils.translation import gettext as _

from zaigang.claims.budget import Line
from zaigang.claims.enums import Confidence
from zaigang.claims.pages.budget import BudgetPage

Cell = str | int | Decimal | date | None
FIRST_ROW = 5


def budget_workbook(page: BudgetPage, title: str, *, on: date) -> bytes:
    """Sheets: by month, by closure and month, how people come, and (for one closure) the sources of the amounts."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "month": book.add_format({"num_format": "yyyy-mm", "align": "left"}),
            "yuan": book.add_format({"num_format": "#,##0.00"}),
            "count": book.add_format({"num_format": "#,##0"}),
        }
        _months(book, page, title, on, formats)
        _closures(book, page, formats)
        _coming(book, page, formats)
        if page.sources:
            _sources(book, page, formats)
    return buffer.getvalue()


def _headings() -> tuple[str, ...]:
    return (
        _("已同意发放的人数"), _("确定的（元）"), _("最多的（元）"), _("预计来登记的人数"), _("来得少（元）"),
        _("照假设（元）"), _("来得多（元）"), _("合计，照假设（元）"), _("金额还不知道的人数"), _("依据"),
    )  # fmt: skip


def _cells(line: Line) -> tuple[Cell, ...]:
    words = "、".join(str(one.label) for one in Confidence if one in line.statuses)
    return (
        line.persons, line.exact, line.bound, line.coming, line.low, line.likely, line.high, line.total,
        line.unknown, words,
    )  # fmt: skip


def _months(book: Any, page: BudgetPage, title: str, on: date, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("按月"))
    sheet.set_column(0, 10, 14)
    sheet.write_string(0, 0, _("失业保险金支出预测"), formats["title"])
    sheet.write_string(1, 0, title)
    sheet.write_string(2, 0, _("业务日期 %(day)s") % {"day": on.isoformat()})
    _row(sheet, FIRST_ROW - 1, (_("月份"), *_headings()), formats, heading=True)
    for number, (line, _tags) in enumerate(page.months, start=FIRST_ROW):
        _row(sheet, number, (line.month, *_cells(line)), formats)
    _row(sheet, FIRST_ROW + len(page.months), (_("合计"), *_sums(page.total)), formats)
    sheet.freeze_panes(FIRST_ROW, 1)


def _sums(total: Line) -> tuple[Cell, ...]:
    """Money adds up over months; people do not."""
    return (None, total.exact, total.bound, None, total.low, total.likely, total.high, total.total)


def _closures(book: Any, page: BudgetPage, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("按分流和月份"))
    sheet.set_column(0, 11, 14)
    codes: dict[UUID | None, str] = {one.closure.pk: one.closure.code for one in page.closures}
    _row(sheet, 0, (_("分流"), _("月份"), *_headings()), formats, heading=True)
    for number, line in enumerate(page.budget.lines, start=1):
        _row(sheet, number, (codes.get(line.closure, ""), line.month, *_cells(line)), formats)
    sheet.freeze_panes(1, 2)


def _coming(book: Any, page: BudgetPage, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("假设"))
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 2, 40)
    _row(sheet, 0, (_("分流"), _("名称"), _("怎么算的")), formats, heading=True)
    for number, one in enumerate(page.closures, start=1):
        _row(sheet, number, (one.closure.code, one.closure.name, " ".join(one.words)), formats)


def _sources(book: Any, page: BudgetPage, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("金额出处"))
    sheet.set_column(0, 3, 12)
    sheet.set_column(4, 6, 36)
    headings = (_("从"), _("到"), _("每人每月（元）"), _("依据"), _("名称"), _("条款"), _("文号"))
    _row(sheet, 0, headings, formats, heading=True)
    for number, (one, tag, _text) in enumerate(page.sources, start=1):
        cells = (one.first, one.last, one.yuan, tag.word, one.title, one.article, one.document)
        _row(sheet, number, cells, formats)
    sheet.freeze_panes(1, 0)


def _row(
    sheet: Any, number: int, cells: Iterable[Cell], formats: dict[str, Any], *, heading: bool = False
) -> None:
    for column, cell in enumerate(cells):
        if heading:
            sheet.write_string(number, column, str(cell), formats["heading"])
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell, formats["month"])
        elif isinstance(cell, Decimal):
            sheet.write_number(number, column, cell, formats["yuan"])
        elif isinstance(cell, int):
            sheet.write_number(number, column, cell, formats["count"])
        elif cell:
            sheet.write_string(number, column, cell)
