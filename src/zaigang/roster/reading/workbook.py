"""Open a workbook or a .csv and find its data rows."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from zaigang.roster.reading.blocks import Merged, Row, Table
from zaigang.roster.reading.cells import blank, is_number
from zaigang.roster.reading.errors import UnreadableRoster
from zaigang.roster.reading.layout import MAX_DATA_ROWS, DataRow, SheetReading, read_sheet
from zaigang.roster.reading.safety import Inspection, inspect

_SHARED_TEXTS = 20_000
_DATES_1904 = timedelta(days=1462)
_DATE_FIELDS = ("born", "laid_off_on", "started_on", "work_started_on", "contract_started_on")


@dataclass(frozen=True, slots=True)
class HiddenSheet:
    """A hidden sheet, not read, and how many filled rows it holds."""

    sheet: str
    rows: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A data row with its sheet."""

    sheet: str
    row: int
    table: Table
    values: Row


@dataclass(slots=True)
class Workbook:
    """A readable roster: data rows found and not yet checked, in the workbook's own order."""

    name: str
    sheets: list[SheetReading] = field(default_factory=list)
    hidden_sheets: list[HiddenSheet] = field(default_factory=list)
    data: list[tuple[str, list[DataRow]]] = field(default_factory=list)

    def rows(self) -> Iterator[SheetRow]:
        """Yield the data rows."""
        for sheet, data in self.data:
            for row in data:
                yield SheetRow(sheet, row.row, row.table, row.values)

    @property
    def data_rows(self) -> int:
        return sum(len(data) for _, data in self.data)


class _Reader:
    """Takes in sheet after sheet, in order."""

    def __init__(self, name: str, inspection: Inspection | None = None) -> None:
        self.workbook = Workbook(name)
        self.inspection = inspection
        self.before: tuple[Table, ...] = ()

    def take(self, sheet: str, rows: list[Row], merged: list[Merged]) -> None:
        reading, data, self.before = read_sheet(sheet, rows, merged, self.before)
        self.workbook.sheets.append(reading)
        if data:
            self.workbook.data.append((sheet, data))
        if self.inspection:
            self._refuse_uncalculated(sheet, data)
            if self.inspection.dates_1904:
                _shift_serials(data)
        if self.workbook.data_rows > MAX_DATA_ROWS:
            raise UnreadableRoster(
                f"人数超过 {MAX_DATA_ROWS} 行。",
                f"文件 {self.workbook.name}",
                "请按单位分成几个文件，分别导入。",
            )

    def _refuse_uncalculated(self, sheet: str, data: list[DataRow]) -> None:
        """Refuse formulas that were never calculated where a person's facts should be."""
        assert self.inspection
        empty = self.inspection.uncalculated.get(sheet)
        if not empty:
            return
        cells = [
            f"{column_letters(d.table.first + i)}{d.row}"
            for d in data
            for i, f in enumerate(d.table.fields)
            if f and f != "row_no" and (d.row, d.table.first + i) in empty
        ]
        if cells:
            named = "、".join(cells[:8]) + (f" 等 {len(cells)} 个单元格" if len(cells) > 8 else "")
            raise UnreadableRoster(
                "有的单元格只有公式，没有算出来的值。",
                f"工作表 {sheet}：{named}",
                "请在 Excel 里打开并保存一次，或者把公式改成数值（选择性粘贴—数值），再上传。",
            )

    def finish(self) -> Workbook:
        if not any(s.headings or s.rows for s in self.workbook.sheets):
            hidden = f"，隐藏的工作表：{'、'.join(h.sheet for h in self.workbook.hidden_sheets)}"
            raise UnreadableRoster(
                "没有找到花名册：没有一张工作表同时有“姓名”和“身份证号”两列。",
                f"文件 {self.workbook.name}" + (hidden if self.workbook.hidden_sheets else ""),
                "请确认选对了文件；表头要有姓名、身份证号；花名册不要放在隐藏的工作表里。",
            )
        return self.workbook


def column_letters(column: int) -> str:
    """Return Excel's letters for a column counted from 0: A, B, … AA."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shift_serials(data: list[DataRow]) -> None:
    """Turn bare serials of a workbook that counts days from 1904 into those of 1900."""
    for row in data:
        values = list(row.values)
        for index, meant in enumerate(row.table.fields[: len(values)]):
            value = values[index]
            if meant in _DATE_FIELDS and is_number(value) and 5000 < float(str(value)) < 80000:
                values[index] = date(1899, 12, 30) + timedelta(days=int(float(str(value)))) + _DATES_1904
        object.__setattr__(row, "values", values)


def _sheet_rows(sheet: CalamineSheet) -> list[Row]:
    """Return all rows from Excel's row 1 and column A on; equal texts share one object, to save memory."""
    if sheet.start is None:
        return []
    padding: list[object] = [""] * sheet.start[1]
    pool: dict[str, str] = {}
    rows: list[Row] = []
    for row in sheet.iter_rows():
        share = pool.setdefault if len(pool) < _SHARED_TEXTS else pool.get
        rows.append(padding + [share(v, v) if v.__class__ is str else v for v in row])
    return rows


def _filled(rows: list[Row]) -> int:
    return sum(any(not blank(value) for value in row) for row in rows)


@dataclass(frozen=True, slots=True)
class _RawSheet:
    name: str
    visible: bool
    rows: list[Row]
    merged: list[Merged]


def _raw_sheets(content: bytes, name: str) -> Iterator[_RawSheet]:
    """Unpack sheet after sheet with the Rust library; whatever breaks inside it becomes one clear error."""
    try:
        with load_workbook(io.BytesIO(content)) as book:
            for index, meta in enumerate(book.sheets_metadata):
                if meta.typ == SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_index(index)
                    visible = meta.visible == SheetVisibleEnum.Visible
                    yield _RawSheet(meta.name, visible, _sheet_rows(sheet), sheet.merged_cell_ranges or [])
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError as error:
        raise UnreadableRoster("文件加了密码。", f"文件 {name}", "请去掉密码，另存一份，再上传。") from error
    except BaseException as error:  # a panic in the library is no Exception
        raise UnreadableRoster(
            "文件损坏，打不开。", f"文件 {name}", "请在 Excel 里打开原文件，另存为 .xlsx，再上传。"
        ) from error


def _read_excel(content: bytes, name: str, inspection: Inspection) -> Workbook:
    reader = _Reader(name, inspection)
    for sheet in _raw_sheets(content, name):
        if sheet.visible:
            reader.take(sheet.name, sheet.rows, sheet.merged)
        elif filled := _filled(sheet.rows):
            reader.workbook.hidden_sheets.append(HiddenSheet(sheet.name, filled))
    return reader.finish()


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRoster(
        "文字编码认不出来。", f"文件 {name}", "请在 Excel 里另存为“CSV UTF-8”或 .xlsx，再上传。"
    )


def _delimiter(text: str) -> str:
    """Return the separator that cuts the first lines into the most columns, evenly."""
    lines = [line for line in text[:20000].splitlines() if line.strip()][:40]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        common = max(set(counts), key=counts.count, default=0)
        return (counts.count(common) * common, sum(counts))

    return max(",;\t，", key=evenness)


def _read_csv(content: bytes, name: str) -> Workbook:
    text = _decoded(content, name)
    delimiter = ""
    if text[:4].lower() == "sep=":
        first, _, text = text.partition("\n")
        delimiter = first[4:5]
    try:
        rows: list[Row] = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
        )
    except csv.Error as error:
        raise UnreadableRoster(
            "这个 CSV 文件的引号或分隔符乱了，分不出列。",
            f"文件 {name}",
            "请在 Excel 里另存为 .xlsx，再上传。",
        ) from error
    reader = _Reader(name)
    reader.take(Path(name).stem, rows, [])
    return reader.finish()


def read_workbook(path: Path | str, *, content: bytes | None = None, name: str | None = None) -> Workbook:
    """Open a roster (.xlsx, .xls, .csv) and find its data rows.

    `content` and `name` serve an uploaded file that lies nowhere. Raises UnreadableRoster for every file
    that cannot be taken, and nothing else.
    """
    name = name or Path(path).name
    if content is None:
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            raise UnreadableRoster(
                "文件打不开。", f"文件 {path}", "请确认文件还在，而且可以读取。"
            ) from error
    inspection = inspect(content, name)
    return _read_csv(content, name) if inspection.kind == "csv" else _read_excel(content, name, inspection)
