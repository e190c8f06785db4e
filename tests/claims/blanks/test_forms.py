"""The registration form: from what is known, over what people type, to what a record keeps."""

import json
from datetime import date

import pytest

from tests.claims.blanks.filled import FACTS, LATER, TODAY, TYPED, blank, faults, typed
from zaigang.claims.blanks import TickLine, answers, by_version, missing, prefill, words


def test_what_the_roster_knows_is_filled_in() -> None:
    known = prefill(blank(), FACTS)
    assert known == {
        "name": "安可",
        "sex": "1",
        "id_number": "370299197003050011",
        "education": "71",
        "phone": "13800001234",
        "reason": "20",
        "receiver": "安可",
        "receiver_phone": "13800001234",
        "born": "1970-03-05",
        "lost_work_on": "2015-12-31",
        "former_employer": "示范钢铁集团",
        "registered_on": "2016-01-11",
        "office": "北街",
    }
    assert [field.code for field in missing(blank(), known)] == [
        "nation", "home_address", "living_address", "wants_work", "notice_way",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "code"),
    [("初中", "71"), ("大专", "30"), ("61", "61"), ("高中", "61"), ("自学", None), ("", None)],
)
def test_a_word_for_an_option_is_taken_and_any_other_is_asked(word: str, code: str | None) -> None:
    assert prefill(blank(), {"case.education": word}).get("education") == code


def test_a_retired_code_is_not_filled_in_and_not_taken() -> None:
    assert prefill(blank(), {"ground.reason": "70"}) == {}
    assert faults(typed(reason="70")) == {"reason": ["这一项现在不能选，请从列出的里面选"]}


def test_what_was_typed_is_kept_as_json() -> None:
    form = typed(papers=["2", "7"], print_certificate="no", graduated_on="")
    assert faults(form) == {}
    kept = answers(form)
    assert json.loads(json.dumps(kept)) == kept
    assert kept == {
        **prefill(blank(), FACTS),
        **TYPED,
        "home_address": "示范区 北街 1 号",
        "wish": "",
        "print_certificate": False,
        "receiver_address": "",
        "hukou": "",
        "health": "",
        "disability_grade": "",
        "registration_place": "",
        "claims_benefit": None,
        "papers": ["2", "7"],
        "remark": "",
    }


def test_what_is_shown_cannot_be_changed_and_what_is_confirmed_can() -> None:
    kept = answers(typed(name="别人", id_number="1", phone="0532-80001234"))
    assert (kept["name"], kept["id_number"], kept["phone"]) == ("安可", "370299197003050011", "0532-80001234")


def test_a_confirmed_cell_that_was_emptied_is_empty() -> None:
    assert faults(typed(phone="")) == {"phone": ["请填写联系电话"]}


GRADE = "请选择残疾等级（健康状况选“残疾”时要填）"
SCHOOL = "（学历选“博士、硕士、大学本科、大学专科、中专技校、中等专科”时要填）"
MAIL = "请填写收件地址（办理结果通知方式选“纸质邮寄”时要填）"
NEW = {"health": "1", "registration_place": "1"}


@pytest.mark.parametrize(
    ("on", "changes", "expected"),
    [
        (TODAY, {"health": "1"}, {}),
        (TODAY, {"health": "5"}, {"disability_grade": [GRADE]}),
        (TODAY, {"health": "5", "disability_grade": "3"}, {}),
        (TODAY, {"notice_way": "2"}, {"receiver_address": [MAIL]}),
        (TODAY, {"education": "30"}, {}),
        (LATER, {}, {"health": ["请选择健康状况"], "registration_place": ["请选择失业登记地类型"]}),
        (LATER, {**NEW, "education": "71"}, {}),
        (
            LATER,
            {**NEW, "education": "30", "school": "示范大学"},
            {
                "education_kind": [f"请选择教育类别{SCHOOL}"],
                "subject": [f"请填写所学专业{SCHOOL}"],
                "graduated_on": [f"请填写毕业日期{SCHOOL}"],
            },
        ),
    ],
)
def test_some_cells_are_needed_because_of_others(
    on: date, changes: dict[str, str], expected: dict[str, list[str]]
) -> None:
    assert faults(typed(on, **changes)) == expected


def test_what_others_make_necessary_counts_as_missing() -> None:
    known = {**prefill(blank(), FACTS), **TYPED}
    assert missing(blank(), known) == []
    assert [field.code for field in missing(blank(), {**known, "health": "5"})] == ["disability_grade"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2016-01-11", "2016-01-11"),
        ("20151231", "2015-12-31"),
        ("2015年12月31日", "2015-12-31"),
        ("2015.1.2", "2015-01-02"),
        ("２０１５/１/２", "2015-01-02"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, kept: str) -> None:
    assert answers(typed(lost_work_on=written))["lost_work_on"] == kept


@pytest.mark.parametrize(
    ("cell", "written", "fault"),
    [
        ("lost_work_on", "2016-01-12", "不能晚于今天（2016-01-11），请核对"),
        ("lost_work_on", "2015-02-30", "看不懂这个日期，请写成 2016-01-11"),
        ("lost_work_on", "2016111", "看不懂这个日期，请写成 2016-01-11"),
        ("lost_work_on", "", "请填写失业时间"),
        ("phone", "1380000123", "电话应为11位手机号，或带区号的座机，例如 0532-80001234"),
        ("phone", "23800001234", "电话应为11位手机号，或带区号的座机，例如 0532-80001234"),
        ("former_employer", "钢" * 81, "最多 80 个字，请写短些"),
    ],
)
def test_a_fault_says_what_to_do(cell: str, written: str, fault: str) -> None:
    assert faults(typed(**{cell: written})) == {cell: [fault]}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("（0532）80001234", "053280001234"),
        ("80001234", "80001234"),
    ],
)
def test_phones_are_read_as_people_write_them(written: str, kept: str) -> None:
    assert answers(typed(phone=written))["phone"] == kept


def test_a_record_of_a_retired_reason_still_has_its_words() -> None:
    ticks = dict(words(by_version("unemployment_registration", "2015"), {"reason": "70"})[0][1])["失业原因"]
    assert [tick for tick in ticks if isinstance(tick, TickLine) and tick.chosen] == [
        TickLine("劳动教养期满或提前解除", True)
    ]
    assert len(ticks) == 9
