"""Writes the planned files: workbooks with merged headings and a hidden sheet, a .csv as Excel saves it."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from zaigang.demo.people.facts import Field
from zaigang.demo.people.invention import Invention, PlannedFile, PlannedSheet
from zaigang.demo.people.layouts import Line, SheetLine
from zaigang.demo.people.typing_styles import Cell

# Fixed, so that the same seed gives the same bytes.
CREATED = datetime(2016, 1, 4, 9, 30)  # noqa: DTZ001 - a workbook's properties carry no zone
HIDDEN_SHEET = "填表说明"
INSTRUCTIONS = (
    "花名册填写说明",
    "一、每人只填一行，身份证号码按文本格式录入。",
    "二、终止（解除）时间填写劳动合同的最后一日。",
    "三、没有的项目空着，不要删除列。",
)
WIDTHS = {
    Field.ID: 21,
    Field.BANK_ACCOUNT: 22,
    Field.STREET: 26,
    Field.TRADE: 16,
    Field.LEFT_BECAUSE: 22,
    Field.PHONE: 15,
}


@dataclass(frozen=True)
class RosterFile:
    """A file on disk: its firm, the names of its visible sheets, its number of data rows."""

    path: Path
    firm: str
    sheets: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class _Formats:
    title: Format
    heading: Format
    day: Format


def write_rosters(invention: Invention, folder: Path) -> list[RosterFile]:
    """Write every file of the closure into the folder, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(invention, file, folder) for file in invention.files]


def _write(invention: Invention, file: PlannedFile, folder: Path) -> RosterFile:
    path = folder / file.name
    if path.suffix == ".csv":
        _write_csv(path, file.sheets[0])
    else:
        _write_workbook(path, file)
    rows = sum(1 for row in invention.rows if row.file == file.name)
    return RosterFile(path, file.firm, tuple(sheet.name for sheet in file.sheets), rows)


def _write_csv(path: Path, sheet: PlannedSheet) -> None:
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        for line in sheet.lines:
            cells = [_shown(cell) for cell in line.cells]
            writer.writerow(cells + [""] * (len(sheet.layout.columns) - len(cells)))


def _shown(cell: Cell) -> str:
    """What Excel shows, and so saves, for a cell: numbers of twelve digits and more in powers of ten."""
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, int | float) and abs(cell) >= 1e11:
        return f"{cell:.5E}"
    return "" if cell is None else str(cell)


def _write_workbook(path: Path, file: PlannedFile) -> None:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"author": file.firm, "created": CREATED})
    formats = _formats(book)
    hidden = book.add_worksheet(HIDDEN_SHEET)
    hidden.write_column(0, 0, INSTRUCTIONS)
    for number, sheet in enumerate(file.sheets):
        worksheet = book.add_worksheet(sheet.name)
        if number == 0:
            worksheet.activate()
            worksheet.set_first_sheet()
        _write_sheet(worksheet, sheet, formats)
    hidden.hide()
    book.close()


def _formats(book: Workbook) -> _Formats:
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        heading=book.add_format(
            {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        ),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
    )


def _write_sheet(worksheet: Worksheet, sheet: PlannedSheet, formats: _Formats) -> None:
    for column, (_, meaning) in enumerate(sheet.layout.columns):
        worksheet.set_column(column, column, WIDTHS.get(meaning, 11))
    for row, line in enumerate(sheet.lines):
        _write_line(worksheet, row, line, sheet, formats)


def _write_line(
    worksheet: Worksheet, row: int, line: SheetLine, sheet: PlannedSheet, formats: _Formats
) -> None:
    if line.kind is Line.TITLE:
        worksheet.merge_range(row, 0, row, len(sheet.layout.columns) - 1, line.cells[0], formats.title)
    elif line.kind is Line.GROUPS:
        _write_groups(worksheet, row, sheet, formats)
    else:
        _write_cells(worksheet, row, line, formats)


def _write_groups(worksheet: Worksheet, row: int, sheet: PlannedSheet, formats: _Formats) -> None:
    """A group over one column reaches down over the heading row; a wider one over its columns."""
    first = 0
    for word, width in sheet.layout.groups:
        below = row + 1 if width == 1 else row
        worksheet.merge_range(row, first, below, first + width - 1, word, formats.heading)
        first += width


def _write_cells(worksheet: Worksheet, row: int, line: SheetLine, formats: _Formats) -> None:
    style = formats.heading if line.kind is Line.HEADING else None
    for column, cell in enumerate(line.cells):
        if cell is None or cell == "":
            continue
        if isinstance(cell, date):
            worksheet.write_datetime(row, column, cell, formats.day)
        elif isinstance(cell, int | float):
            worksheet.write_number(row, column, cell)
        else:
            worksheet.write_string(row, column, cell, style)
