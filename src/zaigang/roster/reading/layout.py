"""Where the people are on a sheet: which rows are data, and which are titles, totals, legends or blank."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from zaigang.roster.reading.blocks import (
    Block,
    Heading,
    Merged,
    Row,
    Table,
    find_block,
    has_many_headings,
    may_be_anchor,
)
from zaigang.roster.reading.cells import blank, folded, is_number
from zaigang.roster.reading.identity import looks_like_identity
from zaigang.roster.reading.parts import join

_TOTAL = re.compile(
    "(本页|本表|本单位|本部门|累计|本车间)?(合计|小计|总计|共计|累计|总数|总人数|合计人数|人数合计|合计数)([:：(（].*|[0-9共].*)?"
    "|共计?[0-9一二三四五六七八九十百千]+人.*|.{0,20}(合计|小计|总计)"
)
_LEGEND = re.compile(
    "(注|备注|说明|填表说明|填报说明|编制说明|附注|注意|要求|提示)[:：0-9①一1、].*|注|填表说明|填报说明|以下空白|以下无正文"
    "|.{0,12}(填表|填报|制表|审核|审批|复核|经办|负责|联系|校对|编制|统计|主管|签字|签章|盖章|公章|确认)(人|者|日期|时间|单位|部门|意见|领导|签字|签名|电话)*[:：(（_].*"
    "|.{0,12}(填表人|制表人|填报人|审核人|经办人|单位负责人|部门负责人|填报日期|填报单位|制表日期|打印日期|填表日期).*"
    "|.{0,8}(盖章|签章|公章|签字|签名|审批|审核|制表|填表|复核)"
    "|第[0-9一二三四五六七八九十]+页.*|接上页|转下页|续表|续上表"
)
_SAMPLE_ROW = re.compile("例|示例|样例|范例|举例|例如|填写示例|样表|例[:：].*")
_SECTION = re.compile(
    r".*(车间|厂|部|部门|科|科室|工段|班组|队|处|室|公司|小组|班|作业区|中心|站|人员|职工|名单|名册|花名册)"
    r"([(（].*)?"
)
_COUNTER = re.compile(r"\(?([0-9]{1,2}|[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]|[①-⑳]|[栏第][0-9]+栏?)\)?")
_SENTENCE = re.compile("[:：。；;，,！？]|.{26,}")
# Facts that a total row does not have: three of them make a person even without name and ID.
_PERSONAL = (
    "sex",
    "born",
    "phone",
    "education",
    "trade",
    "started_on",
    "work_started_on",
    "laid_off_on",
    "bank_account",
    "street",
)
_FILLED_DOWN = frozenset(
    ("department", "street", "trade", "laid_off_on", "left_because", "staff_category", "note", "sex",
     "education", "certificate_level", "started_on", "work_started_on", "contract_started_on")
)  # fmt: skip
# Where no heading names a name or an ID, the heading is looked for in the first rows only.
_SEARCHED = 40
MAX_DATA_ROWS = 150_000


@dataclass(slots=True)
class SheetReading:
    """What was understood of a visible sheet, for the preview.

    `rows` counts data rows, `unread_rows` the filled rows of a sheet on which no name and ID heading was
    found.
    """

    sheet: str
    rows: int = 0
    unread_rows: int = 0
    headings: list[Heading] = field(default_factory=list)

    @property
    def recognised(self) -> dict[str, str]:
        """Heading text -> field."""
        return {h.text: h.field for h in self.headings if h.field}

    @property
    def unrecognised(self) -> list[str]:
        """Headings whose column is not used."""
        return [h.text for h in self.headings if not h.field]


@dataclass(frozen=True, slots=True)
class DataRow:
    """A data row: Excel's row number, its table and the table's cells."""

    row: int
    table: Table
    values: Row


def _cell(row: Row, column: int) -> object:
    return row[column] if 0 <= column < len(row) else ""


def is_data(values: Row, table: Table) -> bool:
    """Return whether the row is about a person."""
    name, identity = _cell(values, table.name - table.first), _cell(values, table.id - table.first)
    filled = [(f, v) for f, v in zip(table.fields, values, strict=False) if not blank(v)]
    if filled and isinstance(filled[0][1], str) and _SAMPLE_ROW.fullmatch(folded(filled[0][1])):
        return False
    if looks_like_identity(identity):
        return True
    said = [(f, v) for f, v in filled if f != "row_no"]
    texts = [folded(v) for _, v in filled if isinstance(v, str)]
    if _is_named_person(name, said):
        return True
    if not said or any(_TOTAL.fullmatch(t) for t in texts[:4]) or any(_LEGEND.fullmatch(t) for t in texts):
        return False
    if _counts_columns(filled):
        return False
    if len(said) == 1:
        return _alone_is_person(said[0], numbered=len(filled) > 1)
    if not blank(name) or not blank(identity):
        return not (isinstance(name, str) and blank(identity) and _SENTENCE.search(folded(name)))
    return sum(f in _PERSONAL for f, _ in said) >= 3


def _is_named_person(name: object, said: list[tuple[str, object]]) -> bool:
    """Return whether a name stands beside two personal facts, whatever the note says."""
    text = folded(name) if isinstance(name, str) else ""
    if not text or blank(name) or _TOTAL.fullmatch(text) or _LEGEND.fullmatch(text) or _SENTENCE.search(text):
        return False
    return sum(f in _PERSONAL for f, _ in said) >= 2 and not _counts_columns(said)


def _counts_columns(filled: list[tuple[str, object]]) -> bool:
    """Return whether the row only numbers the columns: 1 2 3 or 甲 乙 1 2."""
    return len(filled) > 2 and all(
        (is_number(v) and 0 < float(str(v)) < 60) or (isinstance(v, str) and _COUNTER.fullmatch(folded(v)))
        for _, v in filled
    )


def _alone_is_person(cell: tuple[str, object], *, numbered: bool) -> bool:
    """Judge a row with one filled cell: a name after a number, or a name that is no section title."""
    meant, value = cell
    text = folded(value) if isinstance(value, str) else ""
    if meant == "id":
        return bool(text) and sum(c.isdigit() for c in text) > len(text) // 2
    if (
        meant != "name"
        or not text
        or any(c.isdigit() for c in text)
        or _SENTENCE.search(text)
        or (len(text) > 12 and not text.isascii())
    ):
        return False
    return numbered or not (_SECTION.fullmatch(text) or text[0] in "一二三四五六七八九十(（0123456789第附")


def _fill_down(rows: list[Row], merged: list[Merged], tables: list[tuple[int, Table]]) -> None:
    """Write the value of a vertically merged data cell into each row that it spans."""
    for (top, left), (bottom, right) in merged:
        if bottom == top or left != right or top >= len(rows):
            continue
        table = next(
            (
                t
                for start, t in reversed(tables)
                if start <= top and t.first <= left < t.first + len(t.fields)
            ),
            None,
        )
        if table is None or table.fields[left - table.first] not in _FILLED_DOWN:
            continue
        value = _cell(rows[top], left)
        for index in range(top + 1, min(bottom + 1, len(rows))):
            row = list(rows[index]) + [""] * (left + 1 - len(rows[index]))
            row[left] = value
            rows[index] = row


def _cut(row: Row, table: Table) -> Row:
    """Return the table's cells of a row, with values that lie in several columns put together."""
    values = list(row[table.first : table.first + len(table.fields)])
    for column, count in table.joined.items():
        at = column - table.first
        if at < len(values):
            is_span = table.fields[at] in ("contribution_months", "deemed_months")
            values[at] = join(row[column : column + count], is_span=is_span)
    return values


def _blocks(rows: list[Row], merged: list[Merged], is_anchor: Callable[[Row], bool]) -> list[Block]:
    found: list[Block] = []
    floor = 0
    for index, row in enumerate(rows):
        if index < floor or not is_anchor(row):
            continue
        block = find_block(rows, index, floor, merged)
        if block is not None:
            found.append(block)
            floor = block.bottom + 1
    return found


def _continues(rows: list[Row], table: Table) -> bool:
    """Return whether a sheet without headings goes on with the columns of the sheet before it."""
    filled = [row for row in rows if sum(not blank(v) for v in row) > 2]
    fitting = [
        row
        for row in filled
        if looks_like_identity(_cell(row, table.id)) and not blank(_cell(row, table.name))
    ]
    return bool(filled) and len(fitting) * 2 > len(filled)


def _spans(
    rows: list[Row], blocks: list[Block], before: tuple[Table, ...]
) -> Iterator[tuple[int, int, tuple[Table, ...]]]:
    """Yield (first row, end row, tables) of every stretch below a heading."""
    if not blocks and before and _continues(rows, before[0]):
        yield 0, len(rows), before
    for block, following in zip_longest(blocks, blocks[1:]):
        yield block.bottom + 1, following.top if following else len(rows), block.tables


def read_sheet(
    name: str, rows: list[Row], merged: list[Merged], before: tuple[Table, ...]
) -> tuple[SheetReading, list[DataRow], tuple[Table, ...]]:
    """Find the tables and the data rows of a sheet; `rows[0]` is Excel's row 1.

    `before` are the last tables of the sheet before, used when this one goes on without headings.
    """
    blocks = _blocks(rows, merged, may_be_anchor) or _blocks(rows[:_SEARCHED], merged, has_many_headings)
    reading = SheetReading(
        name, headings=[h for t in (blocks[0].tables if blocks else ()) for h in t.headings]
    )
    spans = list(_spans(rows, blocks, before))
    if merged:
        _fill_down(rows, merged, [(start, table) for start, _, tables in spans for table in tables])
    data: list[DataRow] = []
    for start, end, tables in spans:
        for index in range(start, end):
            row = rows[index]
            for table in tables:
                values = _cut(row, table) if table.joined or table.first or len(tables) > 1 else row
                if is_data(values, table):
                    data.append(DataRow(index + 1, table, values))
    reading.rows = len(data)
    if not spans:
        reading.unread_rows = sum(any(not blank(v) for v in row) for row in rows)
    return reading, data, spans[-1][2] if spans else before
