"""One good person, spoilt in one cell at a time."""

from datetime import date, datetime

import pytest

from tests.roster.reading.messy import PERSON, TODAY, checked, grid, make_id, people, write_xlsx
from zaigang.roster.reading import CODES, Code, check_row
from zaigang.roster.reading.codes import outcome_of
from zaigang.roster.reading.headings import FIELDS

MALE = make_id()
WRONG = MALE[:17] + ("0" if MALE[17] != "0" else "1")


def codes(**cells: object) -> tuple[str, ...]:
    return check_row(PERSON | cells, today=TODAY, seen={}).codes


def test_a_good_row_is_ok() -> None:
    row = check_row(PERSON, today=TODAY, seen={})
    assert (row.outcome, row.codes) == ("ok", ())
    assert (row.name, row.id, row.sex, row.born) == ("王示范", MALE, "male", date(1969, 5, 22))
    assert (row.contribution_months, row.deemed_months, row.laid_off_on) == (204, 96, date(2015, 12, 31))
    assert (row.phones, row.bank_account) == (("13800001234",), "6222000012345678901")
    assert (row.left_because, row.started_on) == ("employer_proposed_agreement", date(1988, 7, 1))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"name": ""}, ("name_missing",)),
        ({"name": "待补"}, ("name_missing",)),
        ({"id": ""}, ("id_missing",)),
        ({"id": "无"}, ("id_missing",)),
        ({"id": float(MALE[:17] + "0")}, ("id_digits_lost",)),
        ({"id": "3.70299E+17"}, ("id_digits_lost",)),
        ({"id": MALE[:17]}, ("id_length",)),
        ({"id": 37029919}, ("id_length",)),
        ({"id": WRONG}, ("id_check_digit",)),
        ({"id": make_id("19690231")}, ("id_check_digit",)),
        ({"id": "370299690522901"}, ("id_upgraded_from_15",)),
        ({"id": 370299690522901.0}, ("id_upgraded_from_15",)),
        ({"laid_off_on": "-"}, ("end_missing",)),
        ({"laid_off_on": "年底"}, ("date_invalid",)),
        ({"laid_off_on": "2016年2月31日"}, ("date_invalid",)),
        ({"laid_off_on": "2015/6/31"}, ("date_invalid",)),
        ({"laid_off_on": "2015年12月"}, ("date_invalid",)),
        ({"laid_off_on": "1985-12-31"}, ("end_before_start",)),
        ({"laid_off_on": date(2017, 4, 5)}, ()),
        ({"laid_off_on": date(2017, 4, 6)}, ("end_in_future",)),
        ({"id": make_id("20000101"), "born": "", "started_on": ""}, ("age_out_of_range",)),
        ({"id": make_id("19991231"), "born": "", "started_on": ""}, ()),
        ({"sex": "女"}, ("sex_conflicts_with_id",)),
        ({"born": "1968.5.22"}, ("birth_conflicts_with_id",)),
        ({"born": "1969.5"}, ()),
        ({"born": "1969年"}, ()),
        ({"born": datetime(1969, 5, 21)}, ("birth_conflicts_with_id",)),  # noqa: DTZ001
        ({"phone": "/"}, ("phone_missing",)),
        ({"phone": "1380000123"}, ("phone_invalid",)),
        ({"phone": "13800001234/1380000"}, ("phone_invalid",)),
        ({"bank_account": 6.222e18}, ("bank_digits_lost",)),
        ({"bank_account": "6.222E+18"}, ("bank_digits_lost",)),
        ({"contribution_months": "约20年"}, ("months_invalid",)),
        ({"deemed_months": "见档案"}, ("months_invalid",)),
        ({"contribution_months": ""}, ()),
        ({"trade": "无"}, ("trade_missing",)),
        ({"trade": "", "phone": ""}, ("phone_missing", "trade_missing")),
    ],
)
def test_code(cells: dict[str, object], expected: tuple[str, ...]) -> None:
    assert codes(**cells) == expected


def test_an_october_that_lost_its_zero_is_no_conflict() -> None:
    assert codes(id=make_id("19731003"), born=1973.1) == ()
    assert codes(id=make_id("19730103"), born=1973.1) == ()
    assert codes(id=make_id("19730203"), born=1973.1) == ("birth_conflicts_with_id",)


def test_a_contract_start_counts_only_where_no_other_start_is_given() -> None:
    assert codes(started_on="", contract_started_on="2016-01-01") == ("end_before_start",)
    assert codes(contract_started_on="2016-01-01") == ()


def test_seen_people_make_duplicates_or_conflicts() -> None:
    def with_seen(seen: dict[str, str]) -> tuple[str, ...]:
        return check_row(PERSON, today=TODAY, seen=seen).codes

    assert with_seen({MALE: "王示范"}) == ("duplicate_in_file",)
    assert with_seen({MALE: "李示范"}) == ("id_used_by_two_names",)


def test_two_kinds_of_middle_dot_are_one_name() -> None:
    row = check_row(PERSON | {"name": "阿依古丽・买买提"}, today=TODAY, seen={MALE: "阿依古丽·买买提"})
    assert (row.name, row.codes) == ("阿依古丽・买买提", ("duplicate_in_file",))


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ((), "ok"),
        ((Code.ID_UPGRADED_FROM_15,), "ok"),
        ((Code.PHONE_MISSING, Code.ID_UPGRADED_FROM_15), "warning"),
        ((Code.PHONE_MISSING, Code.DUPLICATE_IN_FILE), "duplicate"),
        ((Code.DUPLICATE_IN_FILE, Code.END_MISSING), "error"),
    ],
)
def test_the_worst_code_is_the_outcome(found: tuple[str, ...], outcome: str) -> None:
    assert outcome_of(found) == outcome


def test_every_code_has_words_and_a_field() -> None:
    assert set(CODES) == set(Code)
    assert {meaning.field for meaning in CODES.values()} - set(FIELDS) == set()
    assert all(meaning.zh and meaning.en for meaning in CODES.values())


def test_earlier_is_the_order_of_the_workbook_and_refused_rows_do_not_count(tmp_path) -> None:
    one, two = people(2)
    first = [one | {"laid_off_on": ""}, one, two]
    second = [one, two | {"name": "周别名"}, two | {"name": "周　别名", "id": one["id"], "born": ""}]
    roster = checked(write_xlsx(tmp_path / "两表.xlsx", {"甲": grid(first), "乙": grid(second)}))
    assert [(r.sheet, r.row, *r.codes) for r in roster.rows] == [
        ("甲", 2, "end_missing"),
        ("甲", 3),
        ("甲", 4),
        ("乙", 2, "duplicate_in_file"),
        ("乙", 3, "id_used_by_two_names"),
        ("乙", 4, "id_used_by_two_names"),
    ]
    assert roster.outcomes == {"ok": 2, "warning": 0, "duplicate": 1, "error": 3}


def test_a_row_repairs_from_the_cells_that_it_shows(tmp_path) -> None:
    spoilt = people(1)[0] | {"id": 370299196905229010, "contribution_months": 17.0}
    headings = {"name": "姓名", "id": "身份证", "laid_off_on": "离岗时间", "contribution_months": "缴费年限"}
    row = checked(write_xlsx(tmp_path / "a.xlsx", {"甲": grid([spoilt], headings)})).rows[0]
    assert row.cells == {
        "name": spoilt["name"],
        "id": "3.70299E+17",
        "laid_off_on": "2015-12-31",
        "contribution_years": "17",
    }
    again = check_row(row.cells, today=TODAY, seen={})
    assert again.codes == row.codes == ("id_digits_lost", "phone_missing", "trade_missing")
    repaired = check_row(row.cells | {"id": MALE}, today=TODAY, seen={})
    assert (repaired.outcome, repaired.id, repaired.contribution_months) == ("warning", MALE, 204)
