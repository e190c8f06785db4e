"""The forecast as a spreadsheet: sums and sources, no personal data."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from zaigang.claims.enums import Confidence
from zaigang.claims.queries import AmountSource, MonthForecast
from zaigang.roster.models import Closure


def forecast_xlsx(
    closure: Closure, months: Sequence[MonthForecast], sources: Sequence[AmountSource], *, on: date
) -> bytes:
    """Two sheets: people and yuan per month with the total; and each amount with its source."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "month": book.add_format({"num_format": "yyyy-mm", "align": "left"}),
            "yuan": book.add_format({"num_format": "#,##0.00"}),
            "count": book.add_format({"num_format": "#,##0"}),
        }
        _months_sheet(book.add_worksheet(_("按月发放")), closure, months, on, formats)
        _sources_sheet(book.add_worksheet(_("金额出处")), sources, formats)
    return buffer.getvalue()


def _months_sheet(
    sheet: Any, closure: Closure, months: Sequence[MonthForecast], on: date, formats: dict[str, Any]
) -> None:
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 4, 16)
    sheet.write_string(0, 0, _("失业保险金按月预测"), formats["title"])
    sheet.write_string(1, 0, f"{closure.name}（{closure.code}）")
    sheet.write_string(2, 0, _("业务日期 %(day)s；按最多月数计，实际可能更少") % {"day": on.isoformat()})
    headings = (_("月份"), _("人数"), _("金额（元）"), _("金额还不知道的人数"), _("依据"))
    for column, heading in enumerate(headings):
        sheet.write_string(4, column, heading, formats["heading"])
    for line, month in enumerate(months, start=5):
        sheet.write_datetime(line, 0, month.month, formats["month"])
        sheet.write_number(line, 1, month.persons, formats["count"])
        sheet.write_number(line, 2, month.yuan, formats["yuan"])
        sheet.write_number(line, 3, month.unknown, formats["count"])
        sheet.write_string(line, 4, "、".join(str(Confidence(status).label) for status in month.statuses))
    last = 5 + len(months)
    sheet.write_string(last, 0, _("合计"), formats["heading"])
    sheet.write_number(last, 2, sum(month.yuan for month in months), formats["yuan"])
    sheet.freeze_panes(5, 1)


def _sources_sheet(sheet: Any, sources: Sequence[AmountSource], formats: dict[str, Any]) -> None:
    sheet.set_column(0, 3, 12)
    sheet.set_column(4, 6, 36)
    headings = (_("从"), _("到"), _("每人每月（元）"), _("依据"), _("名称"), _("条款"), _("文号"))
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, formats["heading"])
    for line, source in enumerate(sources, start=1):
        sheet.write_datetime(line, 0, source.first, formats["month"])
        sheet.write_datetime(line, 1, source.last, formats["month"])
        if source.yuan is not None:
            sheet.write_number(line, 2, source.yuan, formats["yuan"])
        sheet.write_string(line, 3, str(Confidence(source.status).label))
        for column, text in enumerate((source.title, source.article, source.document), start=4):
            sheet.write_string(line, column, text or "")
    sheet.freeze_panes(1, 0)
