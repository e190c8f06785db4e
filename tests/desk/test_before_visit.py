"""Whom the office tells what to bring, and that nobody is told twice."""

from datetime import datetime
from pathlib import Path
from time import perf_counter

import pytest

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from tests.factories.visits import offered
from zaigang.claims.papers import missing_papers, papers_of
from zaigang.desk.before_visit import expected_people
from zaigang.desk.phone.links import Link, path_of
from zaigang.foundation import clock
from zaigang.hall import actions
from zaigang.offices.enums import Role
from zaigang.outbox.actions import cancel, refuse
from zaigang.outbox.models import Message
from zaigang.outbox.rendering import text_of
from zaigang.roster.actions import note_life_event
from zaigang.roster.models import Case, Closure

PAGE = "/desk/closures/SF-2015/before-visit/"
TELLERS = (Role.CLERK, Role.OFFICER, Role.DIRECTOR)
ROWS = [
    row(1, "王全有"),
    row(3, "李无卡", 银行卡号=""),
    row(5, "赵无号", 联系电话=""),
    row(7, "孙都无", 银行卡号="", 联系电话="0532-00001234"),
    row(9, "周待补", 身份证号=""),
]


@pytest.fixture
def people(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    """Four people and a row that waits for repair."""
    imported(cast, closure, tmp_path, ROWS)
    return closure


def names(page) -> list[str]:  # type: ignore[no-untyped-def]
    return [one.case.worker.name for one in page.context["page"]]


def test_roles_and_outsiders(sign_in, cast: Cast, people: Closure) -> None:  # type: ignore[no-untyped-def]
    for address, method in ((PAGE, "get"), (f"{PAGE}no-phone/", "get"), (f"{PAGE}tell/", "post")):
        good = 200 if method == "get" else 302
        answers = {
            role: getattr(sign_in(staff), method)(address).status_code
            for role, staff in cast.by_role().items()
        }
        assert answers == {role: good if role in TELLERS else 403 for role in Role.values}
        assert getattr(sign_in(cast.outsider), method)(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["王全有", "李无卡", "赵无号", "孙都无"]),
        ("lack=bank", ["李无卡", "孙都无"]),
        ("lack=nothing", ["王全有"]),
        ("lack=phone", ["赵无号"]),
        ("contact=no_phone", ["赵无号", "孙都无"]),
        ("contact=no_phone&lack=bank", ["孙都无"]),
        ("contact=told", ["李无卡"]),
        ("contact=not_told", ["王全有", "赵无号", "孙都无"]),
        ("contact=booked", ["王全有"]),
        ("contact=not_booked&lack=bank", ["李无卡", "孙都无"]),
        ("contact=nonsense&lack=nonsense", ["王全有", "李无卡", "赵无号", "孙都无"]),
    ],
)
def test_the_list_narrows_down(sign_in, cast: Cast, people: Closure, query: str, shown: list[str]) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(cast.clerk)
    client.post(f"{PAGE}tell/", {"lack": "bank"})
    actions.book(case=case_of(people, "王全有"), slot=offered(cast)[0], by=cast.clerk)
    page = client.get(f"{PAGE}?{query}")
    assert names(page) == shown
    assert page.context["found"] == len(shown)


def test_the_counts_follow_the_other_filter(sign_in, cast: Cast, people: Closure) -> None:  # type: ignore[no-untyped-def]
    context = sign_in(cast.clerk).get(f"{PAGE}?contact=no_phone").context
    counts = {code: n for code, _label, n, _link in context["lacks"]}
    assert {code: n for code, n in counts.items() if n} == {"": 2, "bank": 1, "phone": 1}
    assert [n for _code, _label, n, _link in context["contacts"]] == [4, 2, 4, 0, 4, 0]
    assert (context["everybody"], context["waiting"], context["to_be_told"]) == (4, 1, 0)


def test_a_message_names_office_papers_and_link(sign_in, cast: Cast, people: Closure) -> None:  # type: ignore[no-untyped-def]
    answer = sign_in(cast.clerk).post(f"{PAGE}tell/", follow=True)
    assert "2 人的通知已放入待发消息；2 人没有手机号，请托社区带话。" in answer.text
    texts = {message.case: text_of(message) for message in Message.objects.all()}
    expected = {}
    for name, papers in (
        ("王全有", "身份证、单位开的解除或终止劳动合同证明"),
        ("李无卡", "身份证、单位开的解除或终止劳动合同证明、本人银行卡"),
    ):
        pk = case_of(people, name).pk
        expected[pk] = (
            f"请您到北街办理失业登记和失业金申领，一次办完。请带：{papers}。"
            f"在这里选时间：http://testserver{path_of(Link.SLOT, pk)} 不想用手机，直接来也行。"
        )
    assert texts == expected


def test_nobody_is_told_twice(sign_in, cast: Cast, people: Closure) -> None:  # type: ignore[no-untyped-def]
    client = sign_in(cast.clerk)
    client.post(f"{PAGE}tell/", {"lack": "bank"})
    answer = client.post(f"{PAGE}tell/", follow=True)
    assert "1 人的通知已放入待发消息；1 人以前通知过；2 人没有手机号" in answer.text
    assert "给这" not in client.get(PAGE).text
    cancel(Message.objects.get(case=case_of(people, "李无卡").pk), by=cast.clerk)
    client.post(f"{PAGE}tell/")
    assert Message.objects.count() == 2


def test_at_night_and_to_whoever_refuses_messages_are_held(sign_in, cast: Cast, people: Closure) -> None:  # type: ignore[no-untyped-def]
    refuse("13800000001")
    client = sign_in(cast.clerk)
    assert "1 人的通知已放入待发消息；1 人的暂缓发" in client.post(f"{PAGE}tell/", follow=True).text
    Message.objects.all().delete()
    with clock.at(datetime(2016, 1, 11, 22, tzinfo=clock.ZONE)):
        assert "2 人的暂缓发" in client.post(f"{PAGE}tell/", follow=True).text


def test_who_has_registered_or_needs_nothing_is_not_there(cast: Cast, people: Closure) -> None:
    first, second = case_of(people, "王全有"), case_of(people, "李无卡")
    assert second.worker is not None
    Case.objects.filter(pk=first.pk).update(state="registered")
    note_life_event(
        worker=second.worker, kind="pension", on=clock.today(), document="养老金领取证", by=cast.clerk
    )
    found = expected_people(people)
    assert [one.case.worker.name for one in found if one.case.worker] == ["赵无号", "孙都无"]


def test_many_at_once_get_the_papers_of_each_alone(cast: Cast, people: Closure) -> None:
    cases = list(people.cases.filter(worker__isnull=False).select_related("worker", "closure__office"))
    today = clock.today()
    assert papers_of(cases, today) == {case.pk: missing_papers(case, today) for case in cases}


def test_the_paper_for_the_stations_names_whom_no_message_reaches(
    sign_in, cast: Cast, people: Closure
) -> None:  # type: ignore[no-untyped-def]
    text = sign_in(cast.officer).get(f"{PAGE}no-phone/").text
    shown = [name for name in ("王全有", "李无卡", "赵无号", "孙都无") if name in text]
    assert (shown, "共 2 人。" in text) == (["赵无号", "孙都无"], True)


QUERIES = 8


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_equally_often_for_one_and_for_three(  # type: ignore[no-untyped-def]
    sign_in, cast: Cast, closure: Closure, tmp_path: Path, django_assert_num_queries, number: int
) -> None:
    imported(cast, closure, tmp_path, [row(serial) for serial in range(1, number + 1)])
    client = sign_in(cast.clerk)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


def test_fourteen_hundred_people_are_shown_and_told_quickly(  # type: ignore[no-untyped-def]
    sign_in, cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    several = [
        row(serial, f"王{letters[month]}{letters[serial % 14]}", 身份证号=_number(serial, month))
        for month in range(14)
        for serial in range(100)
    ]
    imported(cast, closure, tmp_path, several)
    client = sign_in(cast.clerk)
    client.get(PAGE)
    started = perf_counter()
    page = client.get(f"{PAGE}?page=28")
    took = perf_counter() - started
    assert (page.context["everybody"], len(page.context["page"])) == (1400, 50)
    assert took < 1.5
    assert "1,400 人的通知已放入待发消息。" in client.post(f"{PAGE}tell/", follow=True).text


def _number(serial: int, month: int) -> str:
    return id_number(serial, born=f"19{60 + month}0522")
