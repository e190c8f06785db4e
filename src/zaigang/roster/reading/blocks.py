"""Heading blocks: one to three rows of a sheet that say what its columns mean, and the tables they head.

A block is found by a row that has the heading of a name or of an ID; it grows down over the rows of a
two-row or three-row heading and up over group headings. Two tables side by side give two tables.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from zaigang.roster.reading.cells import blank, folded, is_number, text_of
from zaigang.roster.reading.headings import LONGEST, best_field, counts_years, meaning, plain
from zaigang.roster.reading.identity import looks_like_identity
from zaigang.roster.reading.parts import parts_at

Row = Sequence[object]
Merged = tuple[tuple[int, int], tuple[int, int]]

_ANCHOR_LETTERS = re.compile("[姓名证号码]|name|id", re.IGNORECASE)
# The share of a heading row's cells that are headings; the rest may be years, numbers or remarks.
_MOSTLY = 0.6
_DATA_LIKE = re.compile(r"[0-9]{5,}|^[0-9]+(?:\.[0-9]+)?$|[0-9]{4}[.年/-][0-9]|[:：].|[。；]")
# A title beside another cell looks like a group heading; its words (安置, 再就业) say nothing of a column.
_TITLE = re.compile("名册|名单|台账|台帐|登记表|汇总|明细表|一览|统计表|^附件|^附表|.{16,}")
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading: column counted from 0, its words, the group headings above, the field or None."""

    column: int
    text: str
    parents: tuple[str, ...] = ()
    field: str | None = None


@dataclass(slots=True)
class Table:
    """The columns of one table: `fields[i]` is what sheet column `first + i` means ("" for nothing).

    `joined`: column -> how many columns from there on are parts (年, 月, 日) of one value.
    """

    first: int
    fields: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    joined: dict[int, int] = field(default_factory=dict)
    name: int = 0
    id: int = 0
    columns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = {f: self.first + i for i, f in enumerate(self.fields) if f}
        self.name, self.id = self.columns.get("name", -1), self.columns.get("id", -1)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading block on rows `top` to `bottom` (counted from 0, both inclusive) and its tables."""

    top: int
    bottom: int
    tables: tuple[Table, ...]


def _texts(row: Row) -> list[tuple[int, str]]:
    return [(c, value) for c, value in enumerate(row) if isinstance(value, str) and value.strip()]


def may_be_anchor(row: Row) -> bool:
    """Return whether some cell is the heading of a name or of an ID."""
    for value in row:
        if isinstance(value, str) and 0 < len(value) <= LONGEST + 8 and _ANCHOR_LETTERS.search(value):
            found = meaning(value)
            if "name" in found or "id" in found:
                return not looks_like_identity(value)
    return False


def has_many_headings(row: Row) -> bool:
    """Return whether four cells are known headings: a heading row with unusual words for name and ID."""
    return _heading_like(row) and len({best_field(text) for _, text in _texts(row)} - {None}) >= 4


def _could_be_heading(value: object) -> bool:
    if not isinstance(value, str) or len(plain(value)) > LONGEST:
        return False
    return not _DATA_LIKE.search(folded(value)) or best_field(value) is not None


def _heading_like(row: Row, share: float = 1.0) -> bool:
    """Return whether at least that share of the filled cells are short texts, and none is an ID or a day."""
    filled = [value for value in row if value is not None and value != ""]
    if not filled or any(isinstance(v, date) or looks_like_identity(v) for v in filled):
        return False
    return sum(map(_could_be_heading, filled)) >= share * len(filled)


def _extends_down(anchor: Row, row: Row) -> bool:
    """Return whether the row below is still heading: sub-headings, nothing under name and ID but headings."""
    if not _heading_like(row):
        return False
    recognised = 0
    for column, text in _texts(row):
        above = anchor[column] if column < len(anchor) else ""
        known = best_field(text, (str(above),) if isinstance(above, str) and above else ())
        recognised += known is not None
        if isinstance(above, str) and best_field(above) == "name" and known != "name":
            return False
    return recognised > 0


def _is_group(row: Row, width: int, merged: list[Merged], index: int) -> bool:
    """Return whether the row above a heading holds group headings, and not the sheet's title."""
    if not _heading_like(row):
        return False
    texts = _texts(row)
    if len(texts) > 1:
        return True
    spans = [m for m in merged if m[0][0] == index and m[0][1] == texts[0][0]]
    return bool(spans) and spans[0][0][1] > 0 and spans[0][1][1] - spans[0][0][1] < width * 0.8


def _text(row: Row, column: int) -> str:
    """The words of a cell; empty where there are none, or no cell."""
    value = row[column] if column < len(row) else ""
    return value.strip() if isinstance(value, str) else ""


def _spread_right(row: Row, index: int, width: int, merged: list[Merged]) -> list[str]:
    """Return the row with group headings repeated over the columns that they span."""
    here = [m for m in merged if m[0][0] <= index <= m[1][0] and m[1][1] > m[0][1]]
    out, last = [], ""
    for column in range(width):
        text = _text(row, column)
        last = text or (last if not merged else "")
        out.append(last)
    for (_, left), (_, right) in here:
        for column in range(left, min(right + 1, width)):
            out[column] = out[left]
    return out


def _column_headings(rows: list[Row], top: int, bottom: int, merged: list[Merged]) -> list[Heading]:
    width = max(len(rows[i]) for i in range(top, bottom + 1))
    own = [[_text(row, column) for column in range(width)] for row in rows[top : bottom + 1]]
    groups = [_spread_right(rows[i], i, width, merged) for i in range(top, bottom)]
    headings = []
    for column in range(width):
        leaf = max((i for i in range(len(own)) if own[i][column]), default=-1)
        if leaf >= 0:
            above = dict.fromkeys(g[column] for g in groups[:leaf])
            parents = tuple(t for t in above if t and t != own[leaf][column] and not _TITLE.search(plain(t)))
            headings.append(Heading(column, own[leaf][column], parents))
    return headings


def _side_by_side(headings: list[Heading]) -> list[list[Heading]]:
    """Split headings where the same pair of name and ID comes again at the same distance."""
    names = [h.column for h in headings if meaning(h.text, h.parents).get("name", 0) >= 8]
    ids = [h.column for h in headings if meaning(h.text, h.parents).get("id", 0) >= 8]
    if len(names) < 2 or len(names) != len(ids):
        return [headings]
    steps = {b - a for a, b in pairwise(names)}
    if steps != {b - a for a, b in pairwise(ids)} or len(steps) != 1:
        return [headings]
    step, first = steps.pop(), headings[0].column
    return [[h for h in headings if (h.column - first) // step == k] for k in range(len(names))]


def _assign(headings: list[Heading]) -> dict[int, str]:
    """Give each field its best column; a second and third phone column become phone_2, phone_3."""
    offers = []
    for h in headings:
        found = meaning(h.text, h.parents)
        best = max(found.values(), default=0)
        offers += [(-score, h.column, name) for name, score in found.items() if score == best]
    taken: dict[int, str] = {}
    phones = 0
    for _, column, name in sorted(offers):
        if column in taken or (name != "phone" and name in taken.values()):
            continue
        phones += name == "phone"
        taken[column] = f"phone_{phones}" if name == "phone" and phones > 1 else name
    return taken


def _identity_by_content(rows: list[Row], start: int, free: list[int]) -> int | None:
    """Return the column whose values are IDs, where no heading says so."""
    sample = rows[start : start + _SAMPLE]
    for column in free:
        values = [row[column] for row in sample if column < len(row) and not blank(row[column])]
        if sum(
            isinstance(v, str) and len(folded(v)) == 18 and looks_like_identity(v) for v in values
        ) * 2 > len(values):
            return column
    return None


def _name_by_content(rows: list[Row], start: int, free: list[int]) -> int | None:
    """Return the column of names where no heading says so: two to four Chinese characters, varied."""
    sample = rows[start : start + _SAMPLE]
    for column in free:
        texts = [t for row in sample if column < len(row) and (t := text_of(row[column]))]
        likely = [t for t in texts if re.fullmatch("[\u3400-\u9fff·]{2,4}", "".join(t.split()))]
        if len(likely) >= 3 and len(likely) * 5 > len(texts) * 4 and len(set(likely)) * 2 > len(likely):
            return column
    return None


def _years_where_meant(rows: list[Row], start: int, heading: Heading, name: str) -> str:
    """Turn a months field into its years twin where the heading says years and the numbers are small."""
    if not counts_years(heading.text, heading.parents):
        return name
    sample = [row[heading.column] for row in rows[start : start + _SAMPLE] if heading.column < len(row)]
    numbers = [float(str(v)) for v in sample if is_number(v)]
    numbers += [
        float(t)
        for v in sample
        if isinstance(v, str) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", t := folded(v))
    ]
    return name.replace("_months", "_years") if numbers and max(numbers) <= 60 else name


def _with_parts_joined(headings: list[Heading]) -> tuple[list[Heading], dict[int, int]]:
    """Put one heading, the group's, in the place of 年 | 月 | 日."""
    texts, parents = [h.text for h in headings], [h.parents for h in headings]
    out: list[Heading] = []
    joined: dict[int, int] = {}
    index = 0
    while index < len(headings):
        heading, count = headings[index], parts_at(texts, parents, index)
        if count and headings[index + count - 1].column == heading.column + count - 1:
            joined[heading.column] = count
            heading = Heading(heading.column, heading.parents[-1], heading.parents[:-1])
        out.append(heading)
        index += count or 1
    return out, joined


def _table(rows: list[Row], start: int, parts: list[Heading]) -> Table | None:
    headings, joined = _with_parts_joined(parts)
    taken = _assign(headings)
    free = [h.column for h in headings if h.column not in taken]
    # An unusual word for name or ID is believed only among enough usual headings.
    unusual = (("id", _identity_by_content), ("name", _name_by_content)) if len(taken) >= 3 else ()
    for name, find in unusual:
        if name not in taken.values() and (column := find(rows, start, free)) is not None:
            taken[column] = name
    if "name" not in taken.values() or "id" not in taken.values():
        return None
    named = []
    for h in headings:
        meant = taken.get(h.column)
        if meant in ("contribution_months", "deemed_months") and h.column not in joined:
            meant = _years_where_meant(rows, start, h, meant)
        named.append(Heading(h.column, h.text, h.parents, meant))
    first, last = named[0].column, named[-1].column
    by_column = {h.column: h.field or "" for h in named}
    return Table(first, tuple(by_column.get(c, "") for c in range(first, last + 1)), tuple(named), joined)


def find_block(rows: list[Row], index: int, floor: int, merged: list[Merged]) -> Block | None:
    """Return the heading block around row `index` (which `may_be_anchor`), not reaching above row `floor`."""
    if not _heading_like(rows[index], _MOSTLY):
        return None
    bottom = index
    while bottom + 1 < len(rows) and bottom < index + 2 and _extends_down(rows[bottom], rows[bottom + 1]):
        bottom += 1
    top = index
    while top > floor and top > index - 2 and _is_group(rows[top - 1], len(rows[index]), merged, top - 1):
        top -= 1
    headings = _column_headings(rows, top, bottom, merged)
    if len({best_field(h.text, h.parents) for h in headings} - {None}) < 2:
        return None
    tables = [t for part in _side_by_side(headings) if part and (t := _table(rows, bottom + 1, part))]
    return Block(top, bottom, tuple(tables)) if tables else None
