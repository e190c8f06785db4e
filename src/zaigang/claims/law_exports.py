"""The people whom a change of the law reaches, as a spreadsheet: names as the reader sees them, no numbers."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from zaigang.claims.models import LawFile
from zaigang.claims.pages.law import EffectRow


def people_xlsx(file: LawFile, rows: Sequence[EffectRow]) -> bytes:
    """One line each, yuan as numbers."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        yuan = book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet(_("受影响的人"))
        sheet.set_column(0, 2, 14)
        sheet.set_column(3, 10, 24)
        sheet.write_string(0, 0, f"{file.name} {file.note}")
        for column, heading in enumerate(_headings()):
            sheet.write_string(2, column, heading, head)
        for line, row in enumerate(rows, start=3):
            _line(sheet, line, row, yuan)
        sheet.freeze_panes(3, 0)
    return buffer.getvalue()


def _headings() -> tuple[str, ...]:
    return (
        _("编号"), _("姓名"), _("哪一项"), _("原来"), _("现在"), _("一共多（少）发"), _("补发差额"), _("以前多发"),
        _("变化"), _("要人办的"),
    )  # fmt: skip


def _line(sheet: Any, line: int, row: EffectRow, yuan: Any) -> None:
    effect = row.effect
    words = (effect.case.label, row.name, str(row.about), row.before, row.after)
    for column, text in enumerate(words):
        sheet.write_string(line, column, text)
    for column, amount in enumerate((row.more, effect.back_pay, effect.overpaid), start=5):
        sheet.write_number(line, column, amount, yuan)
    sheet.write_string(line, 8, "、".join(str(change) for change in row.changes))
    sheet.write_string(line, 9, str(row.needs))
