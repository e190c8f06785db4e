"""The repair list as a workbook for the employer: which row, which cell, what is wrong, what to fill in."""

from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from zaigang.roster.actions.files import cells_of, facts_of
from zaigang.roster.context.labels import fields_of, gravest_first, label, message
from zaigang.roster.models import Closure, RosterRow
from zaigang.roster.queries import repair_list, waiting_row
from zaigang.roster.reading import CODES, Severity

WIDTHS = (28, 12, 6, 10, 16, 24, 60, 28)


def repair_workbook(closure: Closure) -> BytesIO:
    """One line for each fault that keeps a row out; every cell is text, so that Excel drops no digit."""
    content = BytesIO()
    with Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(_("请重报的行"))
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
        head = book.add_format({"bold": True, "bg_color": "#E8EDF1", "border": 1, "valign": "vcenter"})
        for column, (heading, width) in enumerate(zip(_headings(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, heading, head)
        sheet.freeze_panes(1, 0)
        lines = [line for case in repair_list(closure) for line in _lines(waiting_row(case))]
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                sheet.write_string(number, column, value, text)
    content.seek(0)
    return content


def _headings() -> tuple[str, ...]:
    return (
        _("文件"), _("工作表"), _("行号"), _("姓名"), _("哪一格"), _("现在写的"), _("哪里不对，怎么改"),
        _("请填写正确内容"),
    )  # fmt: skip


def _lines(row: RosterRow) -> list[tuple[str, ...]]:
    cells, name = cells_of(row), facts_of(row).name or ""
    return [
        (
            row.file.name,
            row.sheet,
            str(row.row),
            name,
            str(label(field)),
            cells.get(field, ""),
            message(code),
            "",
        )
        for code in gravest_first(row.codes)
        if CODES[code].severity == Severity.ERROR
        for field in fields_of(code, cells)
    ]
