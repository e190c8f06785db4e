"""How the two firms lay out their lists: headings, groups, titles, subtotals, legends, repeated headings."""

from dataclasses import dataclass
from enum import StrEnum

from zaigang.demo.people.facts import Field
from zaigang.demo.people.faults import Draft
from zaigang.demo.people.typing_styles import Cell


class Line(StrEnum):
    """What a line of a sheet is."""

    TITLE = "title"
    TEXT = "text"
    GROUPS = "groups"
    HEADING = "heading"
    DATA = "data"
    TOTAL = "total"
    BLANK = "blank"


@dataclass(frozen=True)
class SheetLine:
    """One line; draft: the row it shows, for data lines."""

    kind: Line
    cells: tuple[Cell, ...] = ()
    draft: Draft | None = None


@dataclass(frozen=True)
class Layout:
    """columns: heading and meaning, left to right; groups: a word over so many columns, or none."""

    columns: tuple[tuple[str, Field], ...]
    groups: tuple[tuple[str, int], ...]
    title: str
    annex: str | None
    legend: tuple[str, ...]
    rows_a_page: int
    subtotals: bool
    leading_blank: bool
    total_word: str

    def lines(self, workshop: str, drafts: list[Draft]) -> list[SheetLine]:
        """The sheet from its first line to its last."""
        lines = self._head(workshop)
        for place, draft in enumerate(drafts):
            if place and place % self.rows_a_page == 0:
                lines += self._page_break(place)
            lines.append(SheetLine(Line.DATA, self._row(place + 1, draft), draft))
        return lines + self._foot(len(drafts))

    def _head(self, workshop: str) -> list[SheetLine]:
        lines = [SheetLine(Line.BLANK)] if self.leading_blank else []
        if self.annex:
            lines.append(SheetLine(Line.TEXT, (self.annex,)))
        lines.append(SheetLine(Line.TITLE, (self.title,)))
        lines.append(SheetLine(Line.TEXT, (f"填报单位（盖章）：{workshop}        填报日期：2016年1月4日",)))
        if self.groups:
            lines.append(SheetLine(Line.GROUPS, self._group_cells()))
        return [*lines, self._heading()]

    def _group_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for word, width in self.groups for cell in (word, *[""] * (width - 1)))

    def _heading(self) -> SheetLine:
        """A group over one column is the heading of that column: the line below it stays empty."""
        alone = {sum(w for _, w in self.groups[:n]) for n, (_, width) in enumerate(self.groups) if width == 1}
        return SheetLine(
            Line.HEADING, tuple("" if n in alone else heading for n, (heading, _) in enumerate(self.columns))
        )

    def _page_break(self, rows: int) -> list[SheetLine]:
        subtotal = [self._total("小计", self.rows_a_page)] if self.subtotals else []
        repeated = SheetLine(Line.HEADING, tuple(heading for heading, _ in self.columns))
        return [*subtotal, repeated]

    def _row(self, serial: int, draft: Draft) -> tuple[Cell, ...]:
        return tuple(
            serial if meaning is Field.ROW_NO else draft.cells[meaning] for _, meaning in self.columns
        )

    def _total(self, word: str, people: int) -> SheetLine:
        cells: list[Cell] = [""] * len(self.columns)
        cells[0], cells[1] = (word, f"{people}人")
        return SheetLine(Line.TOTAL, tuple(cells))

    def _foot(self, people: int) -> list[SheetLine]:
        legend = [SheetLine(Line.TEXT, (text,)) for text in self.legend]
        return [self._total(self.total_word, people), SheetLine(Line.BLANK), *legend]


STEEL_LAYOUT = Layout(
    columns=(
        ("序号", Field.ROW_NO),
        ("姓名", Field.NAME),
        ("性别", Field.SEX),
        ("身份证号码", Field.ID),
        ("出生年月", Field.BORN),
        ("文化\n程度", Field.EDUCATION),
        ("联系电话", Field.PHONE),
        ("户籍所在街道", Field.STREET),
        ("职工身份", Field.STAFF_CATEGORY),
        ("工种（岗位）", Field.TRADE),
        ("职业资格等级", Field.CERTIFICATE_LEVEL),
        ("参加工作时间", Field.WORK_STARTED_ON),
        ("解除合同\n时间", Field.LAID_OFF_ON),
        ("解除原因", Field.LEFT_BECAUSE),
        ("月平均工资\n（元）", Field.MONTHLY_WAGE),
        ("个人缴费\n月数", Field.CONTRIBUTION_MONTHS),
        ("视同缴费\n月数", Field.DEEMED_MONTHS),
        ("银行卡号", Field.BANK_ACCOUNT),
        ("备注", Field.NOTE),
    ),
    groups=(("序号", 1), ("个人基本情况", 7), ("劳动关系情况", 7), ("失业保险", 3), ("备注", 1)),
    title="示范钢铁集团关停分流职工花名册",
    annex="附件1",
    legend=(
        "说明：1.“职工身份”栏填干部或工人；2.解除原因按解除劳动合同证明书填写；3.视同缴费月数指1998年12月底以前的连续工龄。",
        "单位负责人：            审核人：            制表人：            联系电话：",
    ),
    rows_a_page=45,
    subtotals=True,
    leading_blank=False,
    total_word="合计",
)
SODA_LAYOUT = Layout(
    columns=(
        ("编号", Field.ROW_NO),
        ("职工\n姓名", Field.NAME),
        ("公民身份\n号码", Field.ID),
        ("性 别", Field.SEX),
        ("出生\n日期", Field.BORN),
        ("学历", Field.EDUCATION),
        ("岗位\n名称", Field.TRADE),
        ("技能\n等级", Field.CERTIFICATE_LEVEL),
        ("职工身份\n（干部/工人）", Field.STAFF_CATEGORY),
        ("参加工\n作时间", Field.WORK_STARTED_ON),
        ("入厂\n时间", Field.STARTED_ON),
        ("终止劳动\n合同日期", Field.LAID_OFF_ON),
        ("终止\n原因", Field.LEFT_BECAUSE),
        ("失业保险\n缴费月数", Field.CONTRIBUTION_MONTHS),
        ("视同\n月数", Field.DEEMED_MONTHS),
        ("近12个月\n平均工资", Field.MONTHLY_WAGE),
        ("手机\n号码", Field.PHONE),
        ("现住址", Field.STREET),
        ("工资卡\n账号", Field.BANK_ACCOUNT),
        ("备 注", Field.NOTE),
    ),
    groups=(),
    title="示范碱业终止劳动合同人员名册",
    annex=None,
    legend=(
        "注：名册一式三份，报街道人社服务中心、社会保险经办机构各一份。",
        "填表人：        复核人：        年   月   日",
    ),
    rows_a_page=60,
    subtotals=False,
    leading_blank=True,
    total_word="合  计",
)
CSV_LAYOUT = Layout(
    columns=tuple((heading.replace("\n", ""), meaning) for heading, meaning in SODA_LAYOUT.columns),
    groups=(),
    title="示范碱业终止劳动合同人员名册",
    annex=None,
    legend=("填表人：",),
    rows_a_page=1000,
    subtotals=False,
    leading_blank=False,
    total_word="合计",
)
