"""Files that cannot be taken: each gets a message that says what, where and what to do."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from tests.roster.reading.messy import HEADINGS, checked, grid, people, write_csv, write_xls, write_xlsx
from zaigang.roster.reading import UnreadableRoster, read_workbook
from zaigang.roster.reading import layout as layout_module
from zaigang.roster.reading import safety as safety_module

GOOD = {"甲": grid(people(3))}


def good(tmp_path: Path) -> bytes:
    return write_xlsx(tmp_path / "good.xlsx", GOOD).read_bytes()


def repacked(content: bytes, change: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return the workbook with members added, replaced or edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(set(change) - set(old.namelist()))]:
            edit = change.get(name)
            data = edit if isinstance(edit, bytes) else old.read(name)
            new.writestr(name, edit(data) if callable(edit) else data)
    return out.getvalue()


def refused(content: bytes, name: str = "名册.xlsx") -> UnreadableRoster:
    with pytest.raises(UnreadableRoster) as caught:
        read_workbook(name, content=content, name=name)
    assert caught.value.what and caught.value.where and caught.value.what_to_do
    return caught.value


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (b"", "名册.xlsx", "文件是空的。"),
        (b"\r\n \n", "名册.csv", "文件是空的。"),
        (b"%PDF-1.4\n...", "名册.xlsx", "这是 PDF 文件，不是 Excel 工作簿。"),
        (
            b"<html><table><tr><td>1</td></tr></table></html>",
            "名册.xls",
            "这是网页（HTML 或 XML），只是名字像 Excel。",
        ),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>",
            "名册.xls",
            "这是网页（HTML 或 XML），只是名字像 Excel。",
        ),
        (b"Rar!\x1a\x07\x00", "名册.xlsx", "这是压缩包，不是 Excel 工作簿。"),
        (b"PK\x03\x04" + b"\x00" * 40, "名册.xlsx", "文件损坏，打不开。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "名册.xls",
            "这不是 Excel 工作簿（像是 Word 或其他文件）。",
        ),
        (b"\x00\x01\x02binary", "名册.csv", "这不是文本文件，只是名字叫 CSV。"),
        (b"\xff\x81\xff" * 50, "名册.csv", "文字编码认不出来。"),
        ("姓名,电话\n王某,138".encode(), "名册.xlsx", "这不是 Excel 工作簿。"),
    ],
)
def test_wrong_kinds(content: bytes, name: str, what: str) -> None:
    assert refused(content, name).what == what


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("xl/vbaProject.bin", "这是带宏的工作簿，为了安全不打开。"),
        ("xl/workbook.bin", "这是 .xlsb 工作簿。"),
        ("word/document.xml", "这是 Word 文档，不是 Excel 工作簿。"),
    ],
)
def test_members_that_give_a_file_away(tmp_path: Path, member: str, what: str) -> None:
    assert refused(repacked(good(tmp_path), {member: b"x"})).what == what


def test_macro_file_by_name(tmp_path: Path) -> None:
    assert refused(good(tmp_path), "名册.xlsm").what == "这是带宏的工作簿，为了安全不打开。"


def test_password(tmp_path: Path) -> None:
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(good(tmp_path))).encrypt("geheim", locked)
    assert refused(locked.getvalue()).what == "文件加了密码。"


def test_password_of_an_old_workbook(tmp_path: Path) -> None:
    content = write_xls(tmp_path / "a.xls", GOOD).read_bytes()
    after_bof = b"\xe1\x00\x02\x00\xb0\x04"  # replaced by FILEPASS of the same length
    assert (
        refused(content.replace(after_bof, b"\x2f\x00\x02\x00\x01\x00", 1), "a.xls").what == "文件加了密码。"
    )


def test_half_a_file(tmp_path: Path) -> None:
    content = good(tmp_path)
    assert refused(content[: len(content) // 2]).what == "文件损坏，打不开。"


def test_broken_xml(tmp_path: Path) -> None:
    assert (
        refused(repacked(good(tmp_path), {"xl/workbook.xml": b"<workbook"})).what == "工作簿的内部结构损坏。"
    )
    sheet = repacked(good(tmp_path), {"xl/worksheets/sheet1.xml": lambda x: x[: len(x) // 2]})
    assert refused(sheet).what == "文件损坏，打不开。"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    assert refused(repacked(good(tmp_path), {"xl/workbook.xml": bomb})).what == "文件损坏，打不开。"


def test_a_compression_that_is_not_known(tmp_path: Path) -> None:
    """Written so by a program that is newer than ours: the file is whole."""
    content = bytearray(good(tmp_path))
    at = content.index(b"xl/workbook.xml", content.index(b"PK\x01\x02"))
    content[at - 36 : at - 34] = (97).to_bytes(2, "little")
    assert refused(bytes(content)).what == "工作簿的内部结构损坏。"


def test_zip_bomb_by_its_declared_size(tmp_path: Path) -> None:
    bomb = repacked(good(tmp_path), {"xl/media/big.xml": b"0" * 60_000_000})
    assert refused(bomb).what == "文件解开后大得不正常，为了安全不打开。"


def test_zip_bomb_that_declares_too_little(tmp_path: Path) -> None:
    content = bytearray(
        repacked(good(tmp_path), {"xl/sharedStrings.xml": b"<sst>" + b" " * 30_000_000 + b"</sst>"})
    )
    at = content.index(b"xl/sharedStrings.xml", content.index(b"PK\x01\x02"))
    content[at - 22 : at - 18] = (1000).to_bytes(4, "little")
    assert refused(bytes(content)).what == "文件损坏，打不开。"


def test_a_cell_at_the_end_of_the_world(tmp_path: Path) -> None:
    def far(sheet: bytes) -> bytes:
        return sheet.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )

    caught = refused(repacked(good(tmp_path), {"xl/worksheets/sheet1.xml": far}))
    assert caught.where == "文件 名册.xlsx，工作表 甲"


def test_a_format_at_the_end_of_the_world_is_harmless(tmp_path: Path) -> None:
    def far(sheet: bytes) -> bytes:
        return sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    content = repacked(good(tmp_path), {"xl/worksheets/sheet1.xml": far})
    assert read_workbook("a.xlsx", content=content).data_rows == 3


def formulas(path: Path, column: str, row: int) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "甲"
    for cells in grid(people(3)):
        sheet.append(cells)
    sheet[f"{column}{row}"] = "=1+1"
    book.save(path)
    return path


def test_formulas_without_values_are_named(tmp_path: Path) -> None:
    content = formulas(tmp_path / "a.xlsx", "K", 3).read_bytes()
    assert refused(content).where == "工作表 甲：K3"


def test_formulas_outside_the_people_do_not_matter(tmp_path: Path) -> None:
    assert checked(formulas(tmp_path / "a.xlsx", "K", 9)).outcomes["ok"] == 3


def test_formulas_with_values_are_read(tmp_path: Path) -> None:
    rows = grid(people(2))
    path = write_xlsx(tmp_path / "a.xlsx", {"甲": rows})
    cell = b"<f>200+4</f><v>204</v>"
    content = repacked(
        path.read_bytes(), {"xl/worksheets/sheet1.xml": lambda x: x.replace(b"<v>204</v>", cell)}
    )
    assert read_workbook("a.xlsx", content=content).data_rows == 2


def test_no_sheet_is_a_roster(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {"甲": [["姓名", "电话"], ["王某", "13800001234"]], "藏": grid(people(2))},
        hidden=["藏"],
    )
    caught = refused(path.read_bytes())
    assert caught.what == "没有找到花名册：没有一张工作表同时有“姓名”和“身份证号”两列。"
    assert caught.where == "文件 名册.xlsx，隐藏的工作表：藏"


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "a.csv", grid(people(4)))
    monkeypatch.setattr("zaigang.roster.reading.workbook.MAX_DATA_ROWS", 4)
    assert read_workbook(path).data_rows == 4
    monkeypatch.setattr("zaigang.roster.reading.workbook.MAX_DATA_ROWS", 3)
    with pytest.raises(UnreadableRoster, match="人数超过 3 行"):
        read_workbook(path)
    assert layout_module.MAX_DATA_ROWS == 150_000


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety_module, "MAX_BYTES", 10)
    assert refused(b"a" * 11, "a.csv").what == "文件超过 0 MB。"


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRoster, match="文件打不开"):
        read_workbook(tmp_path / "没有.xlsx")


def test_a_heading_without_people_is_a_roster_of_nobody(tmp_path: Path) -> None:
    roster = checked(write_xlsx(tmp_path / "a.xlsx", {"甲": [list(HEADINGS.values())]}))
    assert (roster.rows, roster.outcomes) == ([], {"ok": 0, "warning": 0, "duplicate": 0, "error": 0})
