"""Paper and spreadsheet of a month's payments agree to the cent, whatever their length."""

import re
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.papers import pages_of
from zaigang.claims.printing import (
    ListData,
    ListLine,
    Stopped,
    SumsDiffer,
    payment_list_pdf,
    payment_list_xlsx,
)
from zaigang.claims.printing.payment_list import HEADINGS, LAST_LINES, LINES

MADE_AT = datetime(2016, 2, 1, 9, tzinfo=UTC)
NAME = "𠮷野·阿依古丽"
NUMBER = "11010119750101102X"


def line(number: int) -> ListLine:
    """Amounts that floats cannot hold exactly, and a long employer."""
    amount = Decimal(950) + Decimal(number) / 100
    return ListLine(
        number=number,
        name=NAME,
        month=date(2016, 1, 1),
        amount=amount,
        medical=Decimal("95.37") if number % 2 else None,
        total=amount + (Decimal("95.37") if number % 2 else 0),
        id_number=NUMBER,
        sex="女",
        employer="北方第一钢铁有限责任公司炼钢厂第二连铸车间",
        standard=Decimal(950),
        nth=1,
        months=24,
        account_tail="1208",
        new=number == 1,
    )


def some_list(count: int, stopped: tuple[Stopped, ...] = ()) -> ListData:
    lines = tuple(line(number) for number in range(1, count + 1))
    return ListData(
        office="北街",
        month=date(2016, 1, 1),
        batch="2016-01-1",
        lines=lines,
        persons=count,
        control_sum=sum((each.total for each in lines), Decimal()),
        stopped=stopped,
    )


def test_a_short_list_is_one_page_with_everything() -> None:
    assert pages_of(payment_list_pdf(some_list(2), made_at=MADE_AT)) == [
        "失业保险金发放名册经办机构：北街发放月份：2016年1月批次：2016-01-1单位：元"
        + "".join(HEADINGS)
        + f"1{NAME}{NUMBER}女北方第一钢铁有限责任公司炼钢厂第二连铸车间950.002016年1月1/24950.0195.371,045.381208"
        + f"2{NAME}{NUMBER}女北方第一钢铁有限责任公司炼钢厂第二连铸车间950.002016年1月1/24950.02950.021208"
        + "本页小计（2行）1,900.0395.371,995.40"
        + "合计金额1,995.40元（大写）人民币壹仟玖佰玖拾伍元肆角"
        + "人数2人，其中新增1人控制数1,995.40元，与合计相符本月停发0人名册行数2行"
        + "制表人：复核人：审批人：（单位公章）年月日"
        + "北街第1页/共1页一式两份"
    ]


@pytest.mark.parametrize(
    ("count", "lines_of_pages"),
    [
        (0, [0]),
        (LAST_LINES, [LAST_LINES]),
        (LAST_LINES + 1, [LAST_LINES, 1]),
        (LINES, [LAST_LINES, LINES - LAST_LINES]),
        (LINES + 1, [LINES, 1]),
        (2 * LINES + LAST_LINES, [LINES, LINES, LAST_LINES]),
    ],
)
def test_every_page_says_how_many_lines_it_has(count: int, lines_of_pages: list[int]) -> None:
    pages = pages_of(payment_list_pdf(some_list(count), made_at=MADE_AT))
    assert [int(re.findall(r"本页小计（(\d+)行）", page)[0]) for page in pages] == lines_of_pages
    assert ["合计金额" in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_fifteen_hundred_lines_are_quick_and_add_up() -> None:
    data = some_list(1500)
    began = time.monotonic()
    made = payment_list_pdf(data, made_at=MADE_AT)
    assert time.monotonic() - began < 20
    pages = pages_of(made)
    sums = [re.findall(r"本页小计（\d+行）[\d,]+\.\d\d[\d,]+\.\d\d([\d,]+\.\d\d)", page)[0] for page in pages]
    assert sum(Decimal(each.replace(",", "")) for each in sums) == data.control_sum
    assert pages[0].split("北街")[-1] == f"第1页/共{len(pages)}页一式两份"


def test_who_is_paid_no_longer_stands_on_a_page_of_its_own() -> None:
    made = payment_list_pdf(some_list(1, (Stopped("王*国", "重新就业"),)), made_at=MADE_AT)
    assert pages_of(made)[1:] == ["本月停发人员及原因序号姓名停发原因1王*国重新就业北街第2页/共2页一式两份"]


def test_the_spreadsheet_equals_the_control_sum_and_keeps_every_digit() -> None:
    data = some_list(300, (Stopped("王*国", "=1+1"),))
    book = load_workbook(BytesIO(payment_list_xlsx(data)), data_only=True)
    rows = list(book["发放名册"].iter_rows(values_only=True))
    assert rows[3] == HEADINGS
    assert rows[4][:5] == ("1", NAME, NUMBER, "女", "北方第一钢铁有限责任公司炼钢厂第二连铸车间")
    assert rows[4][5:] == (950, "2016年1月", "1/24", 950.01, 95.37, 1045.38, None, "1208", None)
    amounts = [Decimal(str(row[10])) for row in rows[4:304]]
    assert sum(amounts) == Decimal(str(rows[304][10])) == Decimal(str(rows[305][10])) == data.control_sum
    assert [row[0] for row in book["新增"].iter_rows(values_only=True)] == ["序号", "1"]
    assert list(book["停发及原因"].iter_rows(values_only=True)) == [("姓名", "停发原因"), ("王*国", "=1+1")]


def test_the_totals_of_the_spreadsheet_are_formulas() -> None:
    sheet = load_workbook(BytesIO(payment_list_xlsx(some_list(3))))["发放名册"]
    assert [cell.value for cell in sheet[8]][8:11] == ["=SUM(I5:I7)", "=SUM(J5:J7)", "=SUM(K5:K7)"]


def test_a_list_that_differs_from_its_batch_by_a_cent_is_refused() -> None:
    with pytest.raises(SumsDiffer) as caught:
        ListData(
            office="北街",
            month=date(2016, 1, 1),
            batch="2016-01-1",
            lines=(line(1),),
            persons=1,
            control_sum=Decimal("1045.39"),
        )
    assert str(caught.value) == (
        "名册合计和批次控制数不相等（2016-01-1）。先不要发放，请重新生成本批名册再核对"
    )
