"""What a file is, and whether it is safe to open: kinds, passwords, macros, zip bombs, empty formulas."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NoReturn
from xml.etree import ElementTree

from zaigang.roster.reading.errors import UnreadableRoster

MAX_BYTES = 80_000_000
MAX_UNPACKED = 600_000_000
# Sheets of real rosters shrink 5 to 40 times. Small members may be anything.
MAX_RATIO = 250
RATIO_FROM = 20_000_000
# 150,000 rows of 60 columns; the reader keeps a full rectangle in memory.
MAX_CELLS = 9_500_000
_CHUNK = 1 << 20
_OVERLAP = 4096

_COLUMNS = re.compile(rb"\sr=[\"']([A-Z]{1,3})[0-9]")
_LONG_ROWS = re.compile(rb"\sr=[\"'][A-Z]{0,3}([0-9]{5,})")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]|<(?:\w+:)?is>")
_PLAIN_TEXTS = (".csv", ".txt", ".tsv")
_TO_XLSX = "请在 Excel 里另存为 .xlsx（或 .xls、.csv），再上传。"


@dataclass(slots=True)
class Inspection:
    """A file that may be opened.

    `uncalculated`: sheet -> {(Excel row, column from 0)} of the formulas without a value.
    """

    kind: str
    dates_1904: bool = False
    uncalculated: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


def _refuse(what: str, name: str, what_to_do: str = _TO_XLSX) -> NoReturn:
    raise UnreadableRoster(what, f"文件 {name}", what_to_do)


def inspect(content: bytes, name: str) -> Inspection:
    """Say what the file is, by its content and not by its name. Raises UnreadableRoster."""
    suffix = PurePath(name).suffix.lower()
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        _refuse("文件是空的。", name, "请重新导出或另存，再上传。")
    if len(content) > MAX_BYTES:
        _refuse(f"文件超过 {MAX_BYTES // 1_000_000} MB。", name, "请去掉图片和多余的工作表，或分成几个文件。")
    if suffix in (".xlsm", ".xltm", ".xlam"):
        _refuse("这是带宏的工作簿，为了安全不打开。", name, "请在 Excel 里另存为不带宏的 .xlsx，再上传。")
    if content.startswith(b"PK"):
        return _inspect_zip(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _inspect_ole(content, name)
    return _inspect_text(content, name, suffix)


def _inspect_ole(content: bytes, name: str) -> Inspection:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage") or _has_filepass(content):
        _refuse("文件加了密码。", name, "请去掉密码，另存一份，再上传。")
    if holds("_VBA_PROJECT"):
        _refuse("这是带宏的工作簿，为了安全不打开。", name, "请在 Excel 里另存为不带宏的 .xlsx，再上传。")
    if not (holds("Workbook") or holds("Book")):
        _refuse("这不是 Excel 工作簿（像是 Word 或其他文件）。", name)
    return Inspection("xls")


_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x2F


def _has_filepass(content: bytes) -> bool:
    """Return whether an .xls says among its first records that the rest is encrypted."""
    at = content.find(_GLOBALS)
    for _ in range(12):
        if at < 0 or at + 4 > len(content):
            return False
        record, length = struct.unpack_from("<HH", content, at)
        if record == _FILEPASS:
            return True
        at += 4 + length
    return False


_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "这是 PDF 文件，不是 Excel 工作簿。"),
    (b"\x89PNG", "这是图片，不是 Excel 工作簿。"),
    (b"\xff\xd8\xff", "这是图片，不是 Excel 工作簿。"),
    (b"Rar!", "这是压缩包，不是 Excel 工作簿。"),
    (b"7z\xbc\xaf", "这是压缩包，不是 Excel 工作簿。"),
    (b"\x1f\x8b", "这是压缩包，不是 Excel 工作簿。"),
    (b"{\\rtf", "这是文字文档，不是 Excel 工作簿。"),
)
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<head|<table|<\?xml|<meta|<style|mime-version:)", re.I
)


def _inspect_text(content: bytes, name: str, suffix: str) -> Inspection:
    for magic, what in _KINDS:
        if content.startswith(magic):
            _refuse(what, name)
    head = content[:4000]
    if _MARKUP.match(head) or _MARKUP.match(head.replace(b"\x00", b"").lstrip(b"\xff\xfe")):
        _refuse(
            "这是网页（HTML 或 XML），只是名字像 Excel。", name, "请用 Excel 打开它，另存为 .xlsx，再上传。"
        )
    if suffix not in _PLAIN_TEXTS:
        _refuse("这不是 Excel 工作簿。", name)
    if b"\x00" in head and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse("这不是文本文件，只是名字叫 CSV。", name)
    return Inspection("csv")


def _inspect_zip(content: bytes, name: str) -> Inspection:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _judge_kind(archive, name)
            _judge_sizes(archive, name)
            return _scan(archive, name)
    # Both of the first kind are RuntimeErrors too: NotImplementedError says that zipfile does not know the compression.
    except (NotImplementedError, RecursionError, ElementTree.ParseError) as error:
        raise UnreadableRoster("工作簿的内部结构损坏。", f"文件 {name}", _TO_XLSX) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, RuntimeError) as error:
        raise UnreadableRoster(
            "文件损坏，打不开。", f"文件 {name}", "请重新复制或另存一份，再上传。"
        ) from error


def _judge_kind(archive: zipfile.ZipFile, name: str) -> None:
    members = set(archive.namelist())
    if "xl/workbook.bin" in members:
        _refuse("这是 .xlsb 工作簿。", name)
    if any(m.startswith("word/") for m in members):
        _refuse("这是 Word 文档，不是 Excel 工作簿。", name)
    if any(m.startswith("ppt/") for m in members):
        _refuse("这是演示文稿，不是 Excel 工作簿。", name)
    if "[Content_Types].xml" not in members or not any(m.startswith("xl/") for m in members):
        _refuse("这不是 Excel 工作簿。", name)
    if any(m.lower().endswith("vbaproject.bin") or "macrosheets/" in m.lower() for m in members):
        _refuse("这是带宏的工作簿，为了安全不打开。", name, "请在 Excel 里另存为不带宏的 .xlsx，再上传。")


def _judge_sizes(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse by the declared sizes; a member that declares too little fails its checksum in the scan."""
    infos = archive.infolist()
    if any(i.flag_bits & 0x1 for i in infos):
        _refuse("文件加了密码。", name, "请去掉密码，另存一份，再上传。")
    bomb = any(i.file_size > RATIO_FROM and i.file_size > MAX_RATIO * max(i.compress_size, 1) for i in infos)
    overlapping = len({i.header_offset for i in infos}) != len(infos) or len(infos) > 5000
    if bomb or overlapping or sum(i.file_size for i in infos) > MAX_UNPACKED:
        _refuse("文件解开后大得不正常，为了安全不打开。", name, "请把花名册复制到一个新的工作簿，再上传。")


def _text(archive: zipfile.ZipFile, member: str) -> bytes:
    data = archive.read(member)
    if b"<!ENTITY" in data:
        raise ValueError("entities in a workbook")
    return data


def _scan(archive: zipfile.ZipFile, name: str) -> Inspection:
    """Unpack, in pieces, every part that the reader will; look at each sheet's extent and formulas."""
    book = posixpath.normpath(_office_document(archive))
    root = ElementTree.fromstring(_text(archive, book))  # noqa: S314  entities are refused before
    found = Inspection("xlsx", dates_1904=_counts_from_1904(root))
    sheets = _sheet_members(archive, book, root)
    for member in archive.namelist():
        if member in sheets:
            empty = _scan_sheet(archive, member, sheets[member], name)
            if empty:
                found.uncalculated[sheets[member]] = empty
        elif member.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                while stream.read(_CHUNK):
                    pass
    return found


def _office_document(archive: zipfile.ZipFile) -> str:
    if "_rels/.rels" not in archive.namelist():
        return "xl/workbook.xml"
    for relation in ElementTree.fromstring(_text(archive, "_rels/.rels")):  # noqa: S314
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "xl/workbook.xml"


def _counts_from_1904(root: ElementTree.Element) -> bool:
    return any(e.tag.endswith("}workbookPr") and e.get("date1904") in ("1", "true") for e in root)


def _sheet_members(archive: zipfile.ZipFile, book: str, root: ElementTree.Element) -> dict[str, str]:
    """Return zip member -> sheet name."""
    folder, file = posixpath.split(book)
    relations = ElementTree.fromstring(_text(archive, f"{folder}/_rels/{file}.rels"))  # noqa: S314
    targets = {}
    for relation in relations:
        target = relation.get("Target", "")
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        targets[relation.get("Id", "")] = path
    named = {}
    for sheet in root.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            named[targets.get(key, "")] = sheet.get("name", "")
    return named


def _scan_sheet(archive: zipfile.ZipFile, member: str, sheet: str, name: str) -> set[tuple[int, int]]:
    """Judge one sheet's extent and return its formulas without value; unpacks it once, in pieces."""
    columns: set[bytes] = set()
    rows = b"99999"
    formulas = False
    with archive.open(member) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            piece = tail + chunk
            columns.update(_COLUMNS.findall(piece))
            rows = max((rows, *_LONG_ROWS.findall(piece)), key=lambda r: (len(r), r))
            formulas = formulas or bool(_FORMULA.search(piece))
            tail = piece[-40:]
    widest = max((_column(letters) + 1 for letters in columns), default=0)
    within = int(rows) <= 1_048_576 and widest <= 16_384
    if not within or (widest * int(rows) > MAX_CELLS and not _really_small(archive, member)):
        raise UnreadableRoster(
            "工作表的范围大得不正常：很远的地方有零散的内容。",
            f"文件 {name}，工作表 {sheet}",
            "请把花名册那一块复制到一个新的工作簿，再上传。",
        )
    return _uncalculated(archive, member) if formulas else set()


def _really_small(archive: zipfile.ZipFile, member: str) -> bool:
    """Measure the rectangle of the cells that hold something (a format alone does not count)."""
    right = bottom = 0
    for reference, body in _cells(archive, member):
        if b"<" in body:
            column, row = reference
            right, bottom = max(right, column + 1), max(bottom, row)
    return right * bottom <= MAX_CELLS


def _cells(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield ((column, Excel row), inner XML) of every cell that holds anything."""
    with archive.open(member) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            piece, end = tail + chunk, 0
            for found in _FORMULA_CELL.finditer(piece):
                end = found.end()
                if not found.group(1).endswith(b"/") and (at := _REFERENCE.search(b" " + found.group(1))):
                    yield (_column(at.group(1)), int(at.group(2))), found.group(2)
            tail = piece[end:][-_CHUNK:]


def _uncalculated(archive: zipfile.ZipFile, member: str) -> set[tuple[int, int]]:
    empty = set()
    for (column, row), body in _cells(archive, member):
        if _FORMULA.search(body) and not _VALUE.search(body):
            empty.add((row, column))
    return empty


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
