"""Writes messy rosters: tables of cells into .xlsx, .xls and .csv files, and one good person to spoil."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from zaigang.roster.reading import CheckedRoster, check, read_workbook
from zaigang.roster.reading.identity import check_digit

TODAY = date(2016, 4, 5)
Grid = Sequence[Sequence[Any]]

HEADINGS = {
    "row_no": "序号",
    "name": "姓名",
    "id": "身份证号码",
    "sex": "性别",
    "born": "出生年月",
    "phone": "联系电话",
    "trade": "工种",
    "started_on": "入厂时间",
    "laid_off_on": "解除合同日期",
    "left_because": "解除原因",
    "contribution_months": "个人缴费月数",
    "deemed_months": "视同缴费月数",
    "bank_account": "银行卡号",
    "note": "备注",
}


def make_id(born: str = "19690522", order: str = "901", place: str = "370299") -> str:
    """Return a valid 18-character ID; an odd last figure of `order` means a man."""
    first17 = place + born + order
    return first17 + check_digit(first17)


PERSON = {
    "row_no": 1,
    "name": "王示范",
    "id": make_id(),
    "sex": "男",
    "born": "1969.5",
    "phone": "13800001234",
    "trade": "电焊工",
    "started_on": "1988.7",
    "laid_off_on": "2015-12-31",
    "left_because": "企业提出协商一致解除",
    "contribution_months": 204,
    "deemed_months": 96,
    "bank_account": "6222000012345678901",
    "note": "",
}


def people(count: int, start: int = 0) -> list[dict[str, Any]]:
    """Return different good people."""
    family, given = "王李张刘陈杨赵黄周吴", "建国志刚秀兰海涛玉梅"
    return [
        PERSON
        | {
            "row_no": i + 1,
            "name": f"{family[i % 10]}{given[i // 10 % 10]}{given[i % 7]}",
            "id": make_id(f"{1960 + i % 20}{1 + i % 12:02d}15", f"{(i * 2 + 1) % 1000:03d}"),
            "born": f"{1960 + i % 20}.{1 + i % 12}",
            "started_on": f"{1985 + i % 5}.7",
        }
        for i in range(start, start + count)
    ]


def grid(rows: Sequence[Mapping[str, Any]], headings: Mapping[str, str] = HEADINGS) -> list[list[Any]]:
    """Return one heading row and the rows, in the order of `headings`."""
    return [list(headings.values())] + [[row.get(field, "") for field in headings] for row in rows]


def write_xlsx(
    path: Path,
    sheets: Mapping[str, Grid],
    *,
    merged: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None,
    hidden: Sequence[str] = (),
    date_1904: bool = False,
) -> Path:
    """Write sheets of cells; `merged` holds (first row, first column, last row, last column), from 0."""
    with xlsxwriter.Workbook(str(path), {"date_1904": date_1904, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date | datetime):
                        sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                    elif value not in ("", None):
                        sheet.write(r, c, value)
            for box in (merged or {}).get(name, ()):
                sheet.merge_range(*box, rows[box[0]][box[1]])
            if name in hidden:
                sheet.hide()
    return path


def write_xls(path: Path, sheets: Mapping[str, Grid]) -> Path:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value)
    book.save(str(path))
    return path


def write_csv(path: Path, rows: Grid, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def checked(path: Path) -> CheckedRoster:
    return check(read_workbook(path), today=TODAY)


def facts(roster: CheckedRoster) -> list[tuple[Any, ...]]:
    """Return what was understood, one tuple a row: where, name, ID, months, end and codes."""
    return [
        (
            r.sheet,
            r.row,
            r.name,
            r.id,
            r.contribution_months,
            r.deemed_months,
            r.laid_off_on,
            r.trade,
            r.codes,
        )
        for r in roster.rows
    ]
