"""The rows of the files of `match solve`, one at a time, with what is wrong and in which line."""

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zaigang.engines.matching.problem import LARGEST
from zaigang.foundation.errors import ZaigangError

EDGES, OPTIONS = ("worker", "option", "value"), ("option", "capacity")
#: Whole numbers as people type them; full-width digits too.
WHOLE = re.compile(r"[+-]?\d+")
#: A number of seats with more digits is a slip of the hand, not "as many as come".
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Table:
    """An open file below its heading: where the wanted columns are, and how wide a row is."""

    reader: Any
    places: list[int]
    width: int


@contextmanager
def opened(path: Path, head: tuple[str, ...]) -> Iterator[Table]:
    """A CSV file that has these columns. ZaigangError where it has not, or is no CSV file."""
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            reader = csv.reader(file)
            found = [name.strip().lower() for name in next(reader, [])]
            if any(found.count(name) != 1 for name in head):
                raise _no_such_heading(path, head, found)
            yield Table(reader, [found.index(name) for name in head], len(found))
    except (csv.Error, UnicodeDecodeError, OSError):
        raise ZaigangError("读不出这个文件", path.name, "请另存为 UTF-8 编码的 CSV。") from None


def _encoding(path: Path) -> str:
    """UTF-8, or what Excel on a Chinese Windows calls CSV or Unicode. A pipe cannot be looked at twice."""
    if not path.is_file():
        return "utf-8-sig"
    decoder = getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        try:
            while block := file.read(2**20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _no_such_heading(path: Path, head: tuple[str, ...], found: list[str]) -> ZaigangError:
    now = f"现在是 {','.join(found)[:60]}" if any(found) else "但第一行是空的"
    advice = "请改好表头，列与列之间用英文逗号。"
    return ZaigangError(f"表头应为 {','.join(head)}，{now}", f"{path.name} 第 1 行", advice)


def seats_by_name(path: Path) -> dict[str, int]:
    """Seats by the option's name. More than 32 bits hold are as good as that many: nobody has so many workers."""
    seats: dict[str, int] = {}
    for line, (name, count) in _rows(path, OPTIONS):
        if name in seats:
            raise ZaigangError(f"岗位“{name}”的名额写了两次", _at(path, line), "请只留一行。")
        number = _whole(count, path, line)
        if number < 0:
            raise ZaigangError("名额不能是负数", _at(path, line), "没有名额请写0。")
        if number >= 10**MOST_DIGITS:
            raise ZaigangError("名额太多", _at(path, line), "请核对。")
        seats[name] = min(number, LARGEST)
    return seats


def pairs_in_order(path: Path, any_value: bool) -> Iterator[tuple[int, str, str]]:
    """Line, worker and option of each pair whose value can be taken; ZaigangError at the first that cannot."""
    for line, (who, what, text) in _rows(path, EDGES):
        value = _whole(text, path, line)
        if abs(value) > LARGEST:
            raise ZaigangError("数值太大，算不准", _at(path, line), f"最大 {LARGEST}，请换大一些的单位。")
        if value <= 0 and not any_value:
            advice = "不允许的配对不要写进来；要写0或负数，请用 --place-all。"
            raise ZaigangError("数值应大于0", _at(path, line), advice)
        yield line, who, what


def _rows(path: Path, head: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The wanted cells of each row that is not blank, with the number of its (last) line."""
    with opened(path, head) as table:
        for row in table.reader:
            line = table.reader.line_num
            if row and len(row) != table.width:
                raise ZaigangError(f"应有 {table.width} 列", _at(path, line), f"现在是 {len(row)} 列。")
            cells = [row[place].strip() for place in table.places] if row else []
            for name, cell in zip(head, cells, strict=False):
                if not cell:
                    raise ZaigangError(f"{name} 一列没有写", _at(path, line), "请补上，或删去这一行。")
            if cells:
                yield line, cells


def _whole(text: str, path: Path, line: int) -> int:
    if not WHOLE.fullmatch(text):
        raise ZaigangError(f"应为整数，现在是“{text[:40]}”", _at(path, line), "请写整数，不带小数点。")
    return int(text) if len(text) < 100 else 10**100


def _at(path: Path, line: int) -> str:
    return f"{path.name} 第 {line} 行"
