"""Whatever stands in the cells, checking answers; the columns' order and words change nobody."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.roster.reading.messy import (
    HEADINGS,
    PERSON,
    TODAY,
    checked,
    facts,
    grid,
    make_id,
    people,
    write_csv,
    write_xlsx,
)
from zaigang.roster.reading import FIELDS, UnreadableRoster, check, check_row, read_workbook
from zaigang.roster.reading.layout import read_sheet

SHARED = Path(__file__).parents[4] / "shared"

WORDS = st.sampled_from(
    [
        "姓名",
        "身份证号",
        "合计",
        "注：",
        "无",
        "-",
        "2015年12月31日",
        "23年7个月",
        make_id(),
        "13800001234",
        "王某",
        "3.7E+17",
        "’",
        "1973.1",
        "十年",
        "年",
        "０",
        "²",
        "①",
        "１５.１２.３１",
        "13800001234/",
        "0532-",
        "\u200b",
        "例",
        "甲",
    ]
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=30),
    WORDS,
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.dictionaries(st.sampled_from(FIELDS), CELLS), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
@settings(max_examples=400, deadline=None)
def test_no_row_breaks_the_check(cells: dict[str, Any], today: date) -> None:
    row = check_row(cells, today=today, seen={})
    assert row.outcome in ("ok", "warning", "duplicate", "error")
    assert row.cells.keys() == cells.keys()
    assert check_row(row.cells, today=today, seen={}).outcome in ("ok", "warning", "duplicate", "error")


@given(st.lists(st.lists(CELLS, max_size=8), max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_sheet_breaks_the_reading(rows: list[list[Any]]) -> None:
    heading = ["序号", "姓名", "身份证号", "解除合同日期"]
    reading, data, _ = read_sheet("甲", [*rows, heading, *rows], [((0, 0), (3, 0)), ((1, 1), (1, 3))], ())
    assert reading.rows == len(data)


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.csv", "a.xls", "a.xlsx"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_opening(tail: bytes, name: str, magic: bytes) -> None:
    with pytest.raises(UnreadableRoster):
        read_workbook(name, content=magic + tail)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A good workbook, written once: a second one would carry another time and so another length."""
    folder = tmp_path_factory.mktemp("sound")
    return write_xlsx(folder / "a.xlsx", {"甲": grid(people(2))}).read_bytes()


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_damage_inside_a_workbook_is_contained(sound: bytes, data: st.DataObject) -> None:
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        check(read_workbook("a.xlsx", content=bytes(content)), today=TODAY)
    except UnreadableRoster as refusal:
        assert refusal.what_to_do


SYNONYMS = {
    "name": ["姓名", "职工姓名", "姓  名", "姓\n名"],
    "id": ["身份证号", "公民身份号码", "身份证\n号码", "社会保障号码", "证件号码"],
    "laid_off_on": ["离职日期", "解除（终止）劳动合同时间", "离岗时间", "合同终止日期"],
    "trade": ["工种（岗位）", "岗位", "原工种"],
    "phone": ["手机", "联系方式", "联系电话（本人）"],
    "contribution_months": ["失业保险缴费月数", "累计缴费月数", "个人缴费月数"],
    "deemed_months": ["视同月数", "视同缴费月数"],
    "born": ["出生日期", "出生年月"],
    "started_on": ["入厂时间", "参加工作时间"],
    "note": ["备 注"],
}


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_and_words_of_the_columns_change_nothing(tmp_path: Path, data: st.DataObject) -> None:
    rows = [*people(3), people(1)[0], PERSON | {"sex": "女"}, PERSON | {"name": ""}]
    order = data.draw(st.permutations(list(HEADINGS)))
    words = {f: data.draw(st.sampled_from(SYNONYMS.get(f, [HEADINGS[f]]))) for f in order}
    plain, turned = (
        write_csv(tmp_path / "名册.csv", grid(rows, h)) and facts(checked(tmp_path / "名册.csv"))
        for h in (HEADINGS, words)
    )
    assert turned == plain
    assert len(plain) == 6


@pytest.mark.skipif(
    not (SHARED / "tools").is_dir(), reason="the project's example rosters are not beside this repository"
)
@pytest.mark.parametrize("name", ["closure-steel", "closure-soda"])
def test_the_example_rosters_agree_with_their_truth(tmp_path: Path, name: str) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text(
        json.dumps(checked(SHARED / "data" / "rosters" / f"{name}.xlsx").as_json()), encoding="utf-8"
    )
    command = [
        sys.executable,
        str(SHARED / "tools" / "check_roster.py"),
        str(answer),
        str(SHARED / "data" / "rosters" / f"{name}.truth.json"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
