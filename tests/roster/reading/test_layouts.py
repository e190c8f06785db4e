"""Where the people are: layouts as firms send them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.roster.reading.messy import (
    HEADINGS,
    checked,
    facts,
    grid,
    make_id,
    people,
    write_csv,
    write_xls,
    write_xlsx,
)
from zaigang.roster.reading import CheckedRoster

PEOPLE = people(12)
WIDTH = len(HEADINGS)
TITLE = ["示范钢铁集团分流职工花名册"]


def names(roster: CheckedRoster) -> list[tuple[int, str | None]]:
    return [(row.row, row.name) for row in roster.rows]


def expected(rows: list[int], start: int = 0) -> list[tuple[int, str]]:
    return [(row, PEOPLE[start + i]["name"]) for i, row in enumerate(rows)]


def read(
    tmp_path: Path, rows: list[list[Any]], merged: list[tuple[int, int, int, int]] | None = None
) -> CheckedRoster:
    return checked(write_xlsx(tmp_path / "名册.xlsx", {"炼铁厂": rows}, merged={"炼铁厂": merged or []}))


def test_titles_totals_legends_and_blank_rows_are_not_people(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        TITLE,
        ["填报单位：炼铁厂", "", "", "填报日期：2016年1月  日"],
        *grid(PEOPLE[:2]),
    ]
    rows += [["小计", "2人"], [], ["", " ", "\u3000"], [3], [4, "无", "-", "/"], *grid(PEOPLE[2:3])[1:]]
    rows += [
        ["", "合计", "", "", "", "", "", "", "", "", 612, 288],
        ["共3人"],
        ["注：一式三份"],
        ["", "以下空白"],
    ]
    rows += [
        ["单位负责人：", "", "", "填表人：王某", "", "联系电话：13800001234"],
        ["说明：1、身份证号用文本格式。"],
    ]
    roster = read(tmp_path, rows)
    assert names(roster) == expected([4, 5, 11])
    assert roster.outcomes == {"ok": 3, "warning": 0, "duplicate": 0, "error": 0}


def test_nobody_is_lost_when_name_or_id_is_missing(tmp_path: Path) -> None:
    rows = grid([PEOPLE[0] | {"name": ""}, PEOPLE[1] | {"id": ""}, PEOPLE[2] | {"name": "", "id": ""}])
    rows += [[4, "孙只名"], [5, "", "37029919"]]
    roster = read(tmp_path, rows)
    assert [(r.row, r.codes[0]) for r in roster.rows] == [
        (2, "name_missing"),
        (3, "id_missing"),
        (4, "name_missing"),
        (5, "id_missing"),
        (6, "name_missing"),
    ]


def test_heading_far_down_below_an_explanation(tmp_path: Path) -> None:
    rows = [["身份证号请用文本格式；姓名不要有空格。"], *[[]] * 10, *grid(PEOPLE[:2])]
    assert names(read(tmp_path, rows)) == expected([13, 14])


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    left, right = grid(PEOPLE[:3]), [*grid(PEOPLE[3:5]), [""] * WIDTH]
    rows = [TITLE, *[[*a, "", *b] for a, b in zip(left, right, strict=True)]]
    roster = read(tmp_path, rows)
    assert [r.name for r in roster.rows] == [PEOPLE[i]["name"] for i in (0, 3, 1, 4, 2)]
    assert [r.row for r in roster.rows] == [3, 3, 4, 4, 5]
    assert roster.outcomes["ok"] == 5


def test_merged_departments_count_for_every_row(tmp_path: Path) -> None:
    rows = grid(PEOPLE[:5], {"department": "车间"} | HEADINGS)
    for row, department in zip(rows[1:], ["炼铁", "", "", "炼钢", ""], strict=True):
        row[0] = department
    roster = read(tmp_path, rows, [(1, 0, 3, 0), (4, 0, 5, 0)])
    assert [r.department for r in roster.rows] == ["炼铁", "炼铁", "炼铁", "炼钢", "炼钢"]


def test_headings_repeated_on_every_page(tmp_path: Path) -> None:
    heading, *rows = grid(PEOPLE[:6])
    page = [["本页小计", "2人"], TITLE, heading]
    sheet = [TITLE, heading, *rows[:2], *page, *rows[2:4], *page, *rows[4:], ["合计", "6人"], ["第3页 共3页"]]
    assert names(read(tmp_path, sheet)) == expected([3, 4, 8, 9, 13, 14])


def test_only_the_title_is_repeated(tmp_path: Path) -> None:
    heading, *rows = grid(PEOPLE[:4])
    assert names(read(tmp_path, [TITLE, heading, *rows[:2], [], TITLE, *rows[2:]])) == expected([3, 4, 7, 8])


def test_numbered_columns_and_an_example_are_not_people(tmp_path: Path) -> None:
    heading, *rows = grid(PEOPLE[:2])
    numbered = [heading, list(range(1, WIDTH + 1)), ["例", "张某", make_id("19700101", "111"), "男"], *rows]
    assert names(read(tmp_path, numbered)) == expected([4, 5])


MERGED_HEADING = [
    TITLE,
    ["序号", "职工基本情况", "", "", "失业保险", "", "养老保险", "劳动合同", "", "", "家属", "", "工种"],
    [
        "",
        "姓名",
        "身份证件",
        "",
        "个人缴费",
        "视同缴费",
        "缴费月数",
        "起",
        "止",
        "终止原因",
        "姓名",
        "电话",
        "",
    ],
    ["", "", "类型", "号码", "月数", "月数", "", "", "", "", "", "", ""],
]
BOXES = [(1, 1, 1, 3), (1, 4, 1, 5), (1, 7, 1, 9), (1, 10, 1, 11), (2, 2, 2, 3)]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_three_rows_of_headings_with_groups(tmp_path: Path, kind: str) -> None:
    rows = MERGED_HEADING + [
        [
            i + 1,
            p["name"],
            "身份证",
            p["id"],
            204,
            96,
            360,
            "1990-1-1",
            "2015-12-31",
            "合同期满",
            "某某",
            "13900001234",
            "钳工",
        ]
        for i, p in enumerate(PEOPLE[:2])
    ]
    csv_file = tmp_path / "炼铁厂.csv"
    roster = read(tmp_path, rows, BOXES) if kind == "xlsx" else checked(write_csv(csv_file, rows))
    assert facts(roster) == [
        ("炼铁厂", 5 + i, p["name"], p["id"], 204, 96, date(2015, 12, 31), "钳工", ("phone_missing",))
        for i, p in enumerate(PEOPLE[:2])
    ]


def test_id_first_days_with_hao_and_months_in_years(tmp_path: Path) -> None:
    headings = {"id": "身份证", "name": "姓名", "laid_off_on": "离岗时间", "contribution_months": "缴费年限"}
    headings |= {"deemed_months": "视同缴费年限", "trade": "岗位（工种）", "phone": "电话"}
    spoilt = {"laid_off_on": "2015年12月31号", "contribution_months": "17", "deemed_months": "8年零6个月"}
    path = tmp_path / "导出.csv"
    for encoding, delimiter in (("gb18030", ","), ("utf-8-sig", ";"), ("utf-8", "\t"), ("utf-16", "\t")):
        write_csv(
            path,
            [["名册"], *grid([p | spoilt for p in PEOPLE[:2]], headings)],
            encoding=encoding,
            delimiter=delimiter,
        )
        assert facts(checked(path)) == [
            ("导出", 3 + i, p["name"], p["id"], 204, 102, date(2015, 12, 31), "电焊工", ())
            for i, p in enumerate(PEOPLE[:2])
        ]


def test_the_same_words_mean_months_where_the_numbers_are_months(tmp_path: Path) -> None:
    headings = HEADINGS | {"contribution_months": "失业保险缴费年限"}
    assert [r.contribution_months for r in read(tmp_path, grid(PEOPLE[:3], headings)).rows] == [204, 204, 204]


def test_each_sheet_has_its_own_order_and_hidden_sheets_are_only_counted(tmp_path: Path) -> None:
    turned = dict(reversed(HEADINGS.items()))
    sheets = {
        "填表说明": [["姓名：照身份证填写"], ["身份证号码：用文本格式"]],
        "甲": grid(PEOPLE[:2]),
        "旧表": grid(PEOPLE[8:10]),
        "空": [],
        "乙": [[], *grid(PEOPLE[2:4], turned)],
    }
    roster = checked(write_xlsx(tmp_path / "a.xlsx", sheets, hidden=["旧表", "空"]))
    assert [(r.sheet, r.row, r.name) for r in roster.rows] == [
        ("甲", 2, PEOPLE[0]["name"]),
        ("甲", 3, PEOPLE[1]["name"]),
        ("乙", 3, PEOPLE[2]["name"]),
        ("乙", 4, PEOPLE[3]["name"]),
    ]
    assert roster.outcomes["ok"] == 4
    assert roster.as_json()["hidden_sheets"] == [{"sheet": "旧表", "rows": 3}]
    assert [(s.sheet, s.rows, s.unread_rows) for s in roster.sheets] == [
        ("填表说明", 0, 2),
        ("甲", 2, 0),
        ("乙", 2, 0),
    ]


def test_a_sheet_goes_on_without_headings(tmp_path: Path) -> None:
    heading, *rows = grid(PEOPLE[:5])
    roster = checked(write_xlsx(tmp_path / "a.xlsx", {"一": [heading, *rows[:2]], "二": [TITLE, *rows[2:]]}))
    assert [(r.sheet, r.row) for r in roster.rows] == [("一", 2), ("一", 3), ("二", 2), ("二", 3), ("二", 4)]


def test_a_sheet_without_ids_is_reported_and_not_guessed(tmp_path: Path) -> None:
    sheets = {"一": grid(PEOPLE[:2]), "二": [["姓名", "电话", "备注"], ["王某", "13800001234", ""]]}
    roster = checked(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert [(s.sheet, s.rows, s.unread_rows) for s in roster.sheets] == [("一", 2, 0), ("二", 0, 2)]


def test_unusual_words_for_name_and_id_are_found_by_what_stands_below(tmp_path: Path) -> None:
    roster = read(tmp_path, grid(PEOPLE[:6], HEADINGS | {"name": "何人", "id": "证"}))
    assert names(roster) == expected([2, 3, 4, 5, 6, 7])
    assert roster.outcomes["ok"] == 6


def test_the_best_end_date_wins_and_a_second_phone_is_kept(tmp_path: Path) -> None:
    headings = {"x": "合同到期日期", "y": "离岗时间"} | HEADINGS | {"z": "备用电话", "family": "家属联系方式"}
    rows = grid(
        [PEOPLE[0] | {"x": "2020-1-1", "y": "2015-6-30", "z": "0532-00004928", "family": "13900004321"}],
        headings,
    )
    row = read(tmp_path, rows).rows[0]
    assert (row.laid_off_on, row.phones) == (date(2015, 12, 31), ("13800001234", "053200004928"))


def test_serials_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    rows = grid([PEOPLE[0] | {"laid_off_on": 42369 - 1462}, PEOPLE[1] | {"laid_off_on": date(2015, 12, 31)}])
    roster = checked(write_xlsx(tmp_path / "a.xlsx", {"甲": rows}, date_1904=True))
    assert [(r.laid_off_on, r.cells["laid_off_on"]) for r in roster.rows] == [
        (date(2015, 12, 31), "2015-12-31")
    ] * 2


def test_xls_reads_like_xlsx(tmp_path: Path) -> None:
    sheets = {"甲": [TITLE, *grid(PEOPLE[:3])]}
    as_xls, as_xlsx = (
        checked(write_xls(tmp_path / "a.xls", sheets)),
        checked(write_xlsx(tmp_path / "a.xlsx", sheets)),
    )
    assert facts(as_xls) == facts(as_xlsx)
    assert as_xls.outcomes["ok"] == 3


def test_the_preview_says_what_was_taken_for_what(tmp_path: Path) -> None:
    sheet = read(tmp_path, grid(PEOPLE[:1], HEADINGS | {"x": "婚姻状况"})).sheets[0]
    assert sheet.recognised == {words: field for field, words in HEADINGS.items()}
    assert sheet.unrecognised == ["婚姻状况"]


def test_a_title_beside_another_cell_is_no_group(tmp_path: Path) -> None:
    rows = [["附件2", "", "示范钢铁集团职工安置花名册"], *grid(PEOPLE[:2])]
    assert read(tmp_path, rows).outcomes["ok"] == 2


def test_a_person_without_an_id_whose_note_looks_like_a_legend_is_kept(tmp_path: Path) -> None:
    roster = read(
        tmp_path, grid([PEOPLE[0], PEOPLE[1] | {"id": "", "note": "说明：身份证正在补办，经办人：某某"}])
    )
    assert [(r.row, r.codes) for r in roster.rows] == [(2, ()), (3, ("id_missing",))]


LEDGER = [
    ["", "", "", "", "", "", "", "台账四"],
    ["失业人员管理台帐"],
    ["机构名称：   ××  市   ××  县（市、区）     ××    街道（乡、镇）     ××   社区（村）"],
    ["序号", "姓名", "性别", "身份证号", "失业时间", "联系电话", "备注", ""],
    ["", "", "", "", "", "", "类型", "等级"],
    [],
    ["", "", "", "填报日期：         年     月     日"],
    ["填表说明：以下栏目均采用代码填写\n1.失业人员类型：⑴年满16周岁 ⑵从企业失业"],
    ["⑺退出个体经营  ⑻破产停止经营  ⑼退出灵活就业"],
]


def test_a_blank_ledger_has_nobody(tmp_path: Path) -> None:
    roster = read(tmp_path, LEDGER, [(3, 6, 3, 7)])
    assert (roster.rows, roster.sheets[0].recognised["失业时间"]) == ([], "laid_off_on")


def test_section_titles_and_foot_lines_in_the_name_column(tmp_path: Path) -> None:
    without_numbers = {field: words for field, words in HEADINGS.items() if field != "row_no"}
    heading, *rows = grid(PEOPLE[:3], without_numbers)
    sheet = [heading, ["炼铁车间"], rows[0], ["炼钢车间（2人）"], *rows[1:]]
    sheet += [["合计：3人"], ["单位盖章"], ["填表人：某某   审核人：某某"], ["2016年1月5日"]]
    assert names(read(tmp_path, sheet)) == expected([3, 5, 6])


def test_a_heading_row_with_remarks_years_and_numbers(tmp_path: Path) -> None:
    headings = HEADINGS | {"deemed_months": "其中：视同缴费月数", "x": "2015年12月在岗情况", "y": 2014}
    heading, *rows = grid(PEOPLE[:2], headings)
    assert read(tmp_path, [heading, *rows]).outcomes["ok"] == 2


def test_a_remark_about_the_id_is_no_heading(tmp_path: Path) -> None:
    rows = grid([PEOPLE[0], PEOPLE[1] | {"note": "身份证丢失"}, PEOPLE[2]])
    assert names(read(tmp_path, rows)) == expected([2, 3, 4])


def test_dates_and_spans_in_several_columns(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["序号", "姓名", "身份证号", "失业保险缴费年限", "", "离职日期", "", "", "岗位", "电话"],
        ["", "", "", "年", "月", "年", "月", "日", "", ""],
        [1, PEOPLE[0]["name"], PEOPLE[0]["id"], 17, 3, 2015, 12, 31, "钳工", "13800001234"],
        [2, PEOPLE[1]["name"], PEOPLE[1]["id"], 17, "", 2015, 12, "", "钳工", "13800001234"],
    ]
    roster = read(tmp_path, rows, [(0, 3, 0, 4), (0, 5, 0, 7)])
    assert [(r.contribution_months, r.laid_off_on, r.codes) for r in roster.rows] == [
        (207, date(2015, 12, 31), ()),
        (204, None, ("date_invalid",)),
    ]


def test_columns_about_the_family_are_not_the_worker_s(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["序号", "职工姓名", "公民身份号码", "解除合同时间", "工种", "家庭主要成员情况", "", "", "手机"],
        ["", "", "", "", "", "姓名", "身份证号", "联系电话", ""],
        [
            1,
            PEOPLE[0]["name"],
            PEOPLE[0]["id"],
            "2015-12-31",
            "钳工",
            "某某",
            make_id("19700101", "222"),
            "13900004321",
            "13800001234",
        ],
    ]
    row = read(tmp_path, rows, [(0, 5, 0, 7)]).rows[0]
    assert (row.name, row.id, row.phones) == (PEOPLE[0]["name"], PEOPLE[0]["id"], ("13800001234",))
