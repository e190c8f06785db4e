"""Choosing when to come: by the link of a message, by a clerk, and arriving."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from pathlib import Path
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories.halls import opened
from tests.factories.rosters import case_of, imported, row
from tests.factories.visits import THURSDAY, WEDNESDAY, offered
from zaigang.desk.phone.links import Link, case_named, path_of, token_of
from zaigang.desk.phone.slots import free_days, when_words
from zaigang.foundation import clock
from zaigang.hall import actions
from zaigang.hall.models import Booking, Slot, Ticket
from zaigang.ledger.models import Entry
from zaigang.offices.enums import Role
from zaigang.outbox.models import Message
from zaigang.outbox.rendering import text_of
from zaigang.roster.actions import merge_people, note_life_event
from zaigang.roster.models import Case, Closure


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    imported(cast, closure, tmp_path, [row(1, "王建甲"), row(2, "李丽乙"), row(3, "赵无号", 联系电话="")])
    return case_of(closure, "王建甲")


def test_a_link_opens_its_own_page_of_its_own_person() -> None:
    pk = UUID("12345678-1234-5678-1234-567812345678")
    token = token_of(Link.SLOT, pk)
    assert (len(token), case_named(Link.SLOT, token), case_named(Link.PAGE, token)) == (40, pk, None)


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "AAAA", lambda t: "", lambda t: "号" * 40])
def test_what_is_no_link_opens_nothing(spoil) -> None:  # type: ignore[no-untyped-def]
    assert case_named(Link.SLOT, spoil(token_of(Link.SLOT, uuid4()))) is None


def test_every_changed_character_breaks_a_link() -> None:
    token = token_of(Link.SLOT, uuid4())
    changed = [token[:at] + ("B" if token[at] == "A" else "A") + token[at + 1 :] for at in range(40)]
    assert [case_named(Link.SLOT, one) for one in changed] == [None] * 40


@pytest.mark.parametrize("address", ["/s/{}/", "/s/{}/take/", "/s/{}/back/"])
def test_a_wrong_link_finds_nobody(client: Client, case: Case, address: str) -> None:
    wrong = token_of(Link.PAGE, case.pk)
    get, post = client.get(address.format(wrong)), client.post(address.format(wrong))
    assert {get.status_code, post.status_code} <= {404, 405} and 404 in (get.status_code, post.status_code)


def test_the_page_tells_a_masked_name_and_nothing_else(client: Client, cast: Cast, case: Case) -> None:
    offered(cast)
    answer = client.get(path_of(Link.SLOT, case.pk))
    assert "王*甲" in answer.text and "1月13日（周三）" in answer.text and "09:30" in answer.text
    assert [
        known for known in ("王建甲", "13800000001", case.label, str(case.pk)) if known in answer.text
    ] == []
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in answer["Cache-Control"]


def test_choosing_changing_and_giving_back(client: Client, cast: Cast, case: Case) -> None:
    first, second = offered(cast, WEDNESDAY, THURSDAY)
    address = path_of(Link.SLOT, case.pk)
    for slot, words in ((first, "1月13日（周三）上午9:30"), (second, "1月14日（周四）上午9:30")):
        answer = client.post(f"{address}take/", {"slot": slot.pk}, follow=True)
        assert answer.redirect_chain == [(address, 302)] and f'<p class="key">{words}</p>' in answer.text
    assert "请带上" in answer.text and "身份证" in answer.text
    client.post(f"{address}back/")
    assert list(Slot.objects.order_by("day").values_list("taken", flat=True)) == [0, 0]
    told = Entry.objects.filter(subject=case.pk, verb__startswith="hall.slot").order_by("number")
    assert list(told.values_list("verb", "actor", "office")) == [
        ("hall.slot_chosen", case.worker_id, cast.north.pk),
        ("hall.slot_chosen", case.worker_id, cast.north.pk),
        ("hall.slot_given_back", case.worker_id, cast.north.pk),
    ]


def test_the_message_says_when_and_where_to_change(client: Client, cast: Cast, case: Case) -> None:
    [slot] = offered(cast)
    address = path_of(Link.SLOT, case.pk)
    for _twice in range(2):
        client.post(f"{address}take/", {"slot": slot.pk})
    message = Message.objects.get()
    assert (message.phone, message.case) == ("13800000001", case.pk)
    assert text_of(message) == (
        "您约好了1月13日（周三）上午9:30到北街办理。请带身份证。来不了的话，请在这里改时间："
        f"http://testserver{address}"
    )


def test_without_a_phone_the_time_is_kept_all_the_same(
    client: Client, cast: Cast, closure: Closure, case: Case
) -> None:
    [slot] = offered(cast)
    client.post(f"{path_of(Link.SLOT, case_of(closure, '赵无号').pk)}take/", {"slot": slot.pk})
    assert (Booking.objects.count(), Message.objects.count()) == (1, 0)


def test_a_slot_that_filled_up_is_said_so_and_others_are_offered(
    client: Client, cast: Cast, closure: Closure, case: Case
) -> None:
    first, second = offered(cast, WEDNESDAY, THURSDAY)
    client.post(f"{path_of(Link.SLOT, case_of(closure, '李丽乙').pk)}take/", {"slot": first.pk})
    answer = client.post(f"{path_of(Link.SLOT, case.pk)}take/", {"slot": first.pk})
    assert answer.status_code == 409
    assert "这个时间刚刚约满" in answer.text and f'value="{second.pk}"' in answer.text
    assert Booking.objects.filter(case=case).count() == 0


@pytest.mark.parametrize("which", ["nonsense", "unknown", "gone", "of another office"])
def test_only_what_is_offered_can_be_chosen(client: Client, cast: Cast, case: Case, which: str) -> None:
    [past] = offered(cast, date(2016, 1, 8))
    [foreign] = offered(cast, office=cast.south)
    asked = {"nonsense": "x", "unknown": uuid4(), "gone": past.pk, "of another office": foreign.pk}
    answer = client.post(f"{path_of(Link.SLOT, case.pk)}take/", {"slot": asked[which]})
    assert (answer.status_code, Booking.objects.count()) == (409, 0)


def test_who_needs_no_time_is_offered_none(client: Client, cast: Cast, case: Case) -> None:
    [slot] = offered(cast)
    assert case.worker is not None
    note_life_event(
        worker=case.worker, kind="pension", on=date(2016, 1, 4), document="养老金领取证", by=cast.clerk
    )
    address = path_of(Link.SLOT, case.pk)
    assert "您不用再约时间。" in client.get(address).text
    assert client.post(f"{address}take/", {"slot": slot.pk}).status_code == 409
    assert Booking.objects.count() == 0


def test_days_begin_after_the_last_day_of_work_and_after_now(cast: Cast, case: Case) -> None:
    offered(cast, clock.today(), WEDNESDAY, THURSDAY, hours=(time(9), time(9, 30)))
    with clock.at(datetime(2016, 1, 11, 9, 10, tzinfo=clock.ZONE)):
        days = [(one.day, [slot.starts_at for slot in one.slots], one.places) for one in free_days(case)]
        assert days == [
            (clock.today(), [time(9, 30)], 1),
            (WEDNESDAY, [time(9), time(9, 30)], 2),
            (THURSDAY, [time(9), time(9, 30)], 2),
        ]
        case.laid_off_on = WEDNESDAY
        assert [one.day for one in free_days(case)] == [THURSDAY]


@pytest.mark.parametrize(
    ("at", "words"),
    [(time(9, 30), "上午9:30"), (time(12), "下午12:00"), (time(13, 5), "下午1:05"), (time(17), "下午5:00")],
)
def test_times_in_words(at: time, words: str) -> None:
    assert when_words(WEDNESDAY, at, "zh-hans") == f"1月13日（周三）{words}"


def test_a_merged_person_s_link_leads_to_the_case_that_stays(
    client: Client, cast: Cast, closure: Closure, case: Case
) -> None:
    other = case_of(closure, "李丽乙")
    Case.objects.filter(pk=other.pk).update(state="duplicate", same_as=case, worker=None)
    assert "王*甲" in client.get(path_of(Link.SLOT, other.pk)).text
    Case.objects.filter(pk=other.pk).update(state="withdrawn", same_as=None)
    assert client.get(path_of(Link.SLOT, other.pk)).status_code == 404


BOOKERS = (Role.CLERK, Role.OFFICER, Role.DIRECTOR)


def test_who_may_book_for_somebody(sign_in, cast: Cast, case: Case) -> None:  # type: ignore[no-untyped-def]
    [slot] = offered(cast, capacity=9)
    answers = {
        role: sign_in(staff).post(f"/people/{case.pk}/slot/", {"slot": slot.pk}).status_code
        for role, staff in cast.by_role().items()
    }
    assert answers == {role: 302 if role in BOOKERS else 403 for role in Role.values}
    assert sign_in(cast.outsider).post(f"/people/{case.pk}/slot/", {"slot": slot.pk}).status_code == 404
    assert sign_in(cast.outsider).post(f"/people/{case.pk}/slot/back/").status_code == 404
    booking = Booking.objects.get(given_back_at__isnull=True)
    assert (booking.case_id, Message.objects.count()) == (case.pk, 1)


def test_a_clerk_books_and_frees_from_the_person_s_page(sign_in, cast: Cast, case: Case) -> None:  # type: ignore[no-untyped-def]
    [slot] = offered(cast)
    client = sign_in(cast.clerk)
    answer = client.post(f"/people/{case.pk}/slot/", {"slot": slot.pk}, follow=True)
    assert (
        "约好了：1月13日（周三）上午9:30。" in answer.text
        and "约好1月13日（周三）上午9:30来办失业登记" in answer.text
    )
    answer = client.post(f"/people/{case.pk}/slot/back/", follow=True)
    assert "已取消约好的时间。" in answer.text
    assert client.post(f"/people/{case.pk}/slot/", {"slot": uuid4()}).status_code == 409


def booked_today(cast: Cast, case: Case, client: Client) -> Booking:
    [slot] = offered(cast, clock.today())
    client.post(f"{path_of(Link.SLOT, case.pk)}take/", {"slot": slot.pk})
    return Booking.objects.get()


def test_arriving_gives_one_number_of_the_green_channel(
    sign_in, client: Client, cast: Cast, case: Case
) -> None:  # type: ignore[no-untyped-def]
    booking = booked_today(cast, case, client)
    guide = sign_in(cast.officer)
    assert "今天约了 1 人，到了 0 人。" in guide.get("/desk/arrive/").text
    refused = guide.post(f"/desk/arrive/{booking.pk}/", follow=True)
    assert "现在不放号" in refused.text and Ticket.objects.count() == 0
    opened(cast)
    for _twice in range(2):
        answer = guide.post(f"/desk/arrive/{booking.pk}/", follow=True)
    ticket = Ticket.objects.get()
    assert (ticket.label, ticket.case_id) == ("G001", case.pk)
    assert "今天约了 1 人，到了 1 人。" in answer.text and "打印小票" in answer.text
    assert Entry.objects.filter(verb="hall.ticket_taken").count() == 1
    assert guide.get(answer.context["slip_url"]).status_code == 200


def test_arrivals_are_those_of_the_own_hall_today(sign_in, client: Client, cast: Cast, case: Case) -> None:  # type: ignore[no-untyped-def]
    booking = booked_today(cast, case, client)
    outsider = sign_in(cast.outsider)
    assert outsider.get("/desk/arrive/").context["rows"] == []
    assert outsider.post(f"/desk/arrive/{booking.pk}/").status_code == 404
    with clock.at(WEDNESDAY):
        assert sign_in(cast.officer).get("/desk/arrive/").context["rows"] == []
    for role in (Role.DISTRICT_VIEWER, Role.AUDITOR):
        assert sign_in(cast.by_role()[role]).post(f"/desk/arrive/{booking.pk}/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_share_one_place(cast: Cast, case: Case, closure: Closure) -> None:
    """Each press is a request with a database connection of its own; one place, one booking, one who hears why."""
    [slot] = offered(cast)
    addresses = [f"{path_of(Link.SLOT, case_of(closure, name).pk)}take/" for name in ("王建甲", "李丽乙")]
    ready = Barrier(2)

    def press(address: str) -> int:
        ready.wait()
        try:
            with clock.at(TODAY):
                return Client().post(address, {"slot": slot.pk}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, addresses)) == [302, 409]
    slot.refresh_from_db()
    assert (slot.taken, Booking.objects.count(), Message.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("kind", ["died", "pension"])
def test_a_life_event_is_noted_and_corrected(sign_in, cast: Cast, case: Case, kind: str) -> None:  # type: ignore[no-untyped-def]
    client, address = sign_in(cast.officer), f"/people/{case.pk}/life/"
    good = {"kind": kind, "on": "2016-01-04", "document": "证明，2016-01-04"}
    for wrong in ({"on": "2016-01-12"}, {"document": " "}, {"kind": "moved"}):
        assert client.post(address, good | wrong).status_code == 422
    shown = client.post(address, good, follow=True).text
    assert "已记下" in shown and "证明，2016-01-04" in shown and "不用再办" in shown
    assert case.worker is not None
    event = case.worker.life_events.get()
    trainer = sign_in(cast.trainer)
    assert "证明，2016-01-04" not in trainer.get(f"/people/{case.pk}/").text
    assert trainer.post(f"{address}{event.pk}/undo/").status_code == 403
    assert sign_in(cast.outsider).post(f"{address}{event.pk}/undo/").status_code == 404
    answer = sign_in(cast.officer).post(f"{address}{event.pk}/undo/", follow=True)
    case.refresh_from_db()
    assert "已更正" in answer.text and case.state == "not_reached"


def test_who_was_merged_after_choosing_a_time_arrives_with_the_file_that_is_kept(
    sign_in, cast: Cast, closure: Closure, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    imported(cast, closure, tmp_path, [row(5, "王重"), row(7, "王重", 联系电话="13900000007")])
    kept, merged = Case.objects.filter(worker__name="王重").select_related("worker").order_by("number")
    [slot] = offered(cast, TODAY)
    booking = actions.book(case=merged, slot=slot, by=cast.clerk)
    opened(cast)
    assert kept.worker and merged.worker
    merge_people(keep=kept.worker, absorb=merged.worker, reason="同一人", by=cast.clerk)
    client = sign_in(cast.clerk)
    client.post(f"/desk/arrive/{booking.pk}/")
    assert Ticket.objects.get().case_id == kept.pk
    assert Ticket.objects.get().label in client.get("/desk/arrive/").text
