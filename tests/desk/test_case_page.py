"""Who sees what of a person, and that every look is on record."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.foundation import clock
from zaigang.ledger.models import Read
from zaigang.offices.enums import Role
from zaigang.roster.actions import merge_people, repair_case
from zaigang.roster.models import Case, Closure
from zaigang.roster.queries import repair_list

NAME, PHONE, WAGE = "测试丙一", "13800000003", 3456
ID, ACCOUNT = id_number(3), "6222020000000000003"


@pytest.fixture
def person(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    """Somebody with every number, whose wage is known."""
    imported(cast, closure, tmp_path, [row(3, NAME)])
    case = case_of(closure, NAME)
    case.monthly_wage = WAGE
    case.save()
    return case


def _open(client: Client, case: Case) -> str:
    answer = client.get(f"/people/{case.pk}/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return answer.text


# Per role: full name and phone, button for whole numbers, wage, list of those who looked.
SEES = {
    Role.CLERK: (True, True, True, False),
    Role.OFFICER: (True, True, True, False),
    Role.COUNSELLOR: (True, False, False, False),
    Role.TRAINER: (True, False, False, False),
    Role.PLACEMENT_OFFICER: (True, False, False, False),
    Role.STEWARD: (True, False, False, False),
    Role.DIRECTOR: (True, True, True, True),
    Role.AUDITOR: (False, True, True, True),
}


@pytest.mark.parametrize("role", SEES)
def test_what_each_role_sees(role: str, cast: Cast, person: Case, sign_in) -> None:  # type: ignore[no-untyped-def]
    text = _open(sign_in(cast.by_role()[role]), person)
    seen = (NAME in text, f"/people/{person.pk}/reveal/" in text, "¥3,456.00" in text, "看了什么" in text)
    assert seen == SEES[role]
    assert (PHONE in text, "138 **** 0003" in text) == (seen[0], not seen[0])
    assert ID not in text and ACCOUNT not in text


def test_neither_an_outsider_nor_the_district_finds_the_person(  # type: ignore[no-untyped-def]
    cast: Cast, person: Case, sign_in
) -> None:
    assert sign_in(cast.outsider).get(f"/people/{person.pk}/").status_code == 404
    assert sign_in(cast.district_viewer).get(f"/people/{person.pk}/").status_code == 403
    assert Read.objects.count() == 0


def test_a_look_is_recorded_once_in_ten_minutes(cast: Cast, person: Case, sign_in) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(cast.clerk)
    for minute in (0, 5, 9, 11):
        with clock.at(datetime(2016, 1, 12, 9, minute, tzinfo=clock.ZONE)):
            _open(client, person)
    with clock.at(datetime(2016, 1, 12, 9, 12, tzinfo=clock.ZONE)):
        assert "您看过 2 次" in _open(client, person)
    assert list(Read.objects.values_list("subject", "reader", "page")) == [
        (person.pk, cast.clerk.pk, "desk.case"),
        (person.pk, cast.clerk.pk, "desk.case"),
    ]


@pytest.mark.parametrize(("number", "whole"), [("id_number", ID), ("bank_account", ACCOUNT)])
def test_a_whole_number_is_shown_for_a_reason_and_recorded(  # type: ignore[no-untyped-def]
    number: str, whole: str, cast: Cast, person: Case, sign_in
) -> None:
    asked = {"number": number, "reason": "verify_identity"}
    answer = sign_in(cast.clerk).post(f"/people/{person.pk}/reveal/", asked)
    assert answer.status_code == 200 and whole in answer.text
    assert list(Read.objects.values_list("page", "revealed", "reason")) == [
        ("desk.reveal", [number], "verify_identity")
    ]
    assert "核对本人身份" in _open(sign_in(cast.director), person)


@pytest.mark.parametrize(
    ("role", "asked", "status"),
    [
        (Role.TRAINER, {"number": "id_number", "reason": "verify_identity"}, 403),
        (Role.CLERK, {"number": "id_number", "reason": ""}, 409),
        (Role.CLERK, {"number": "id_number", "reason": "curious"}, 409),
        (Role.CLERK, {"number": "pinyin", "reason": "verify_identity"}, 409),
    ],
)
def test_no_whole_number_without_right_and_reason(  # type: ignore[no-untyped-def]
    role: str, asked: dict[str, str], status: int, cast: Cast, person: Case, sign_in
) -> None:
    answer = sign_in(cast.by_role()[role]).post(f"/people/{person.pk}/reveal/", asked)
    assert answer.status_code == status and ID not in answer.text
    assert Read.objects.count() == 0


def test_an_outsider_reveals_nothing(cast: Cast, person: Case, sign_in) -> None:  # type: ignore[no-untyped-def]
    asked = {"number": "id_number", "reason": "verify_identity"}
    assert sign_in(cast.outsider).post(f"/people/{person.pk}/reveal/", asked).status_code == 404


def test_the_timeline_tells_what_was_wrong_and_what_was_put_right(  # type: ignore[no-untyped-def]
    cast: Cast, closure: Closure, tmp_path: Path, sign_in
) -> None:
    imported(cast, closure, tmp_path, [row(5, "测试戊一", 解除合同日期="2月31日")], "示范名册.csv")
    [waiting] = repair_list(closure)
    before = _open(sign_in(cast.clerk), waiting)
    assert "读不出是哪一天" in before and "/roster/closures/SF-2015/repairs/" in before
    with clock.at(datetime(2016, 1, 12, 10, tzinfo=clock.ZONE)):
        repair_case(case=waiting, corrections={"laid_off_on": "2015-12-31"}, by=cast.second_clerk)
    text = _open(sign_in(cast.clerk), waiting)
    assert "最后工作日：2月31日 → 2015-12-31" in text
    assert text.index("补正完成") < text.index("花名册有一行要补正")
    assert "柏经办" in text and "示范名册.csv" in text


def test_a_corrected_identity_number_is_told_by_its_heading_alone(  # type: ignore[no-untyped-def]
    cast: Cast, closure: Closure, tmp_path: Path, sign_in
) -> None:
    imported(cast, closure, tmp_path, [row(7, "测试庚一", 身份证号="37029919690522")])
    [waiting] = repair_list(closure)
    repair_case(case=waiting, corrections={"id": id_number(7)}, by=cast.clerk)
    text = _open(sign_in(cast.clerk), waiting)
    assert "37029919690522" not in text and "<del>身份证号</del>" in text


def test_an_absorbed_case_leads_to_the_one_that_stayed(  # type: ignore[no-untyped-def]
    cast: Cast, closure: Closure, tmp_path: Path, sign_in
) -> None:
    imported(cast, closure, tmp_path, [row(1, "测试一人"), row(3, "测试一人")])
    keep, absorb = Case.objects.select_related("worker").order_by("number")
    assert keep.worker and absorb.worker
    merge_people(keep=keep.worker, absorb=absorb.worker, reason="本人来窗口说明", by=cast.clerk)
    assert f'href="/people/{keep.pk}/"' in _open(sign_in(cast.clerk), absorb)


def test_queries_do_not_grow_with_the_history(  # type: ignore[no-untyped-def]
    cast: Cast, person: Case, sign_in, django_assert_num_queries
) -> None:
    client = sign_in(cast.director)
    _open(client, person)
    with django_assert_num_queries(QUERIES_OF_A_CASE):
        _open(client, person)


QUERIES_OF_A_CASE = 22
