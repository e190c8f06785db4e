"""The worker's own page: what a link alone shows, what a code opens, and what no page ever tells."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.claims import at_the_window, ready
from tests.factories.halls import opened
from tests.factories.rosters import case_of, id_number, imported, row
from tests.factories.visits import offered
from zaigang.claims.actions import approve, check
from zaigang.claims.models import Claim, Draft
from zaigang.claims.one_stop.confirming import confirm
from zaigang.desk.models import PhoneCode
from zaigang.desk.phone.codes import Checked, check_code, digits_of, send_code, waiting_code
from zaigang.desk.phone.links import Link, path_of, token_of
from zaigang.desk.phone.page import own_page
from zaigang.foundation import clock
from zaigang.hall import verbs
from zaigang.hall.devices import ticket_token
from zaigang.hall.enums import Service
from zaigang.hall.models import Ticket
from zaigang.look.formats import bank_tail
from zaigang.outbox.errors import TooManyCodes
from zaigang.outbox.models import Message
from zaigang.roster.actions import note_life_event
from zaigang.roster.models import Case, Closure

PHONE = "13800000001"
SECRETS = ("王建甲", PHONE, id_number(1), "6222020000000000001", id_number(1)[-4:], "SF-2015")
NINE = datetime(2016, 1, 11, 9, tzinfo=clock.ZONE)


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    imported(
        cast,
        closure,
        tmp_path,
        [row(1, "王建甲"), row(2, "李丽乙"), row(3, "赵无号", 联系电话="0532-00001234")],
    )
    return case_of(closure, "王建甲")


def code_sent(case: Case) -> str:
    """The digits that would do now."""
    code = waiting_code(case)
    assert code is not None
    return str(Message.objects.get(once=f"phone_code:{code.pk}").params["code"])


def let_in(client: Client, case: Case) -> str:
    """Go through the door; the page that opens."""
    address = path_of(Link.PAGE, case.pk)
    client.post(f"{address}send/", {"phone": "0"})
    return client.post(f"{address}code/", {"code": code_sent(case)}, follow=True).text


def test_a_link_alone_shows_a_masked_name(client: Client, case: Case) -> None:
    answer = client.get(path_of(Link.PAGE, case.pk))
    assert "王*甲，您好" in answer.text and "138 **** 0001" in answer.text
    assert [secret for secret in SECRETS if secret in answer.text.replace("138 **** 0001", "")] == []
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in answer["Cache-Control"]


PAGES = ("", "send/", "code/", "why/", "records/", "leave/")


@pytest.mark.parametrize("page", PAGES)
def test_a_wrong_link_finds_nobody(client: Client, case: Case, page: str) -> None:
    token = token_of(Link.SLOT, case.pk)
    answers = {client.get(f"/w/{token}/{page}").status_code, client.post(f"/w/{token}/{page}").status_code}
    assert 404 in answers and answers <= {404, 405}


def test_a_spoilt_link_is_told_in_the_worker_s_words(client: Client, case: Case) -> None:
    answer = client.get(path_of(Link.PAGE, case.pk)[:-2] + "/")
    assert (answer.status_code, "照样能办" in answer.text) == (404, True)
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex, nofollow", True)


@pytest.mark.parametrize("page", ["why/", "records/"])
def test_inner_pages_lead_back_to_the_door(client: Client, case: Case, page: str) -> None:
    address = path_of(Link.PAGE, case.pk)
    assert client.get(f"{address}{page}", follow=True).redirect_chain == [(address, 302)]


def test_a_code_goes_to_the_chosen_phone_and_opens_the_page_for_half_an_hour(
    client: Client, case: Case
) -> None:
    address = path_of(Link.PAGE, case.pk)
    with clock.at(NINE):
        text = let_in(client, case)
    assert "王建甲，您好" in text and "要办的事" in text
    message = Message.objects.get()
    assert (message.phone, message.case, message.template) == (PHONE, case.pk, "phone_code")
    inside = {}
    for minutes in (29, 30):
        with clock.at(NINE + timedelta(minutes=minutes)):
            inside[minutes] = "王建甲" in client.get(address).text
    assert inside == {29: True, 30: False}


def test_the_page_of_another_person_stays_closed(client: Client, closure: Closure, case: Case) -> None:
    let_in(client, case)
    other = path_of(Link.PAGE, case_of(closure, "李丽乙").pk)
    assert "李*乙" in client.get(other).text and "李丽乙" not in client.get(other).text
    let_in(client, case_of(closure, "李丽乙"))
    assert "王建甲" not in client.get(path_of(Link.PAGE, case.pk)).text


def test_a_code_of_another_person_never_works(client: Client, closure: Closure, case: Case) -> None:
    other = case_of(closure, "李丽乙")
    send_code(case=case, phone=PHONE)
    foreign = code_sent(case)
    send_code(case=other, phone="13800000002")
    while code_sent(other) == foreign:
        send_code(case=other, phone="13800000002")
    answer = client.post(f"{path_of(Link.PAGE, other.pk)}code/", {"code": foreign})
    assert (answer.status_code, "own_page" in client.session) == (422, False)


def test_leaving_closes_the_page(client: Client, case: Case) -> None:
    let_in(client, case)
    address = path_of(Link.PAGE, case.pk)
    assert "王建甲" not in client.post(f"{address}leave/", follow=True).text


def test_coming_in_changes_the_key_of_the_session(client: Client, case: Case) -> None:
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    let_in(client, case)
    assert client.session.session_key != before


@pytest.mark.parametrize("phone", ["1", "-1", "x", "", "²"])
def test_no_other_phone_can_be_named(client: Client, case: Case, phone: str) -> None:
    answer = client.post(f"{path_of(Link.PAGE, case.pk)}send/", {"phone": phone})
    assert (answer.status_code, Message.objects.count()) == (409, 0)


def test_without_a_mobile_the_window_helps(client: Client, closure: Closure, case: Case) -> None:
    page = client.get(path_of(Link.PAGE, case_of(closure, "赵无号").pk)).text
    assert "我们没有您的手机号" in page and "验证码发到" not in page


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_fifth_wrong_code_ends_it(client: Client, case: Case) -> None:
    address = f"{path_of(Link.PAGE, case.pk)}code/"
    send_code(case=case, phone=PHONE)
    right = code_sent(case)
    told = []
    for _try in range(5):
        answer = client.post(address, {"code": wrong(right)})
        left = re.search(r"还可以试 (\d) 次", answer.text)
        told.append((answer.status_code, left[1] if left else "验证码不能用了" in answer.text))
    assert told == [(422, "4"), (422, "3"), (422, "2"), (422, "1"), (422, True)]
    assert client.post(address, {"code": right}).status_code == 422
    assert "own_page" not in client.session


def test_a_code_is_used_once_and_within_ten_minutes(case: Case) -> None:
    with clock.at(NINE):
        send_code(case=case, phone=PHONE)
        right = code_sent(case)
        assert check_code(case=case, typed=f" {right[:3]} {right[3:]}") == Checked.RIGHT
        assert check_code(case=case, typed=right) == Checked.GONE
        send_code(case=case, phone=PHONE)
        last = code_sent(case)
    with clock.at(NINE + timedelta(minutes=10)):
        assert check_code(case=case, typed=last) == Checked.GONE
    assert list(PhoneCode.objects.order_by("pk").values_list("tries", flat=True)) == [0, 0]


def test_a_new_code_ends_the_one_before(case: Case) -> None:
    send_code(case=case, phone=PHONE)
    first = code_sent(case)
    send_code(case=case, phone=PHONE)
    assert PhoneCode.objects.filter(current=True).count() == 1
    assert first == code_sent(case) or check_code(case=case, typed=first) == Checked.WRONG


def test_the_fourth_code_in_an_hour_is_refused_and_the_third_still_works(client: Client, case: Case) -> None:
    for _time in range(3):
        send_code(case=case, phone=PHONE)
    third = code_sent(case)
    answer = client.post(f"{path_of(Link.PAGE, case.pk)}send/", {"phone": "0"})
    assert answer.status_code == 409 and "一小时内取的验证码太多" in answer.text
    with pytest.raises(TooManyCodes):
        send_code(case=case, phone=PHONE)
    assert check_code(case=case, typed=third) == Checked.RIGHT


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef"])
def test_what_is_no_code_counts_as_no_try(client: Client, case: Case, typed: str) -> None:
    send_code(case=case, phone=PHONE)
    answer = client.post(f"{path_of(Link.PAGE, case.pk)}code/", {"code": typed})
    assert (answer.status_code, "6位数字" in answer.text, PhoneCode.objects.get().tries) == (422, True, 0)


@pytest.mark.parametrize("typed", ["470915", "４７０９１５", " 470 915 ", "验证码470915"])
def test_codes_may_be_pasted(typed: str) -> None:
    assert digits_of(typed) == "470915"


@pytest.mark.parametrize("demo", [False, True])
def test_only_the_demo_shows_the_code(client: Client, case: Case, settings, demo: bool) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = demo
    send_code(case=case, phone=PHONE)
    page = client.get(f"{path_of(Link.PAGE, case.pk)}code/").text
    assert (code_sent(case) in page, 'autocomplete="one-time-code"' in page, 'inputmode="numeric"' in page) == (
        demo, True, True,
    )  # fmt: skip


def test_a_code_is_kept_as_a_keyed_hash_alone(case: Case) -> None:
    code = send_code(case=case, phone=PHONE)
    code.refresh_from_db()
    assert len(bytes(code.code_hash)) == 32 and code_sent(case).encode() not in bytes(code.code_hash)


def next_words(page: str) -> str:
    found = re.search(r'<p class="what">([^<]*)</p>', page)
    assert found is not None
    return found[1]


def test_the_page_follows_the_person_through_the_stages(client: Client, cast: Cast, case: Case) -> None:
    offered(cast)
    page = let_in(client, case)
    assert next_words(page) == "选一个时间，来办失业登记和失业保险金"
    assert "先算的结果：可以领取失业保险金，最多 24 个月。" in page
    ticket = at_the_window(cast, case)
    address = path_of(Link.PAGE, case.pk)
    page = client.get(address).text
    assert next_words(page) == "您的号 A001 正在办" and "到1 号窗口" in page
    confirm(confirmation=ready(case, ticket), by=cast.clerk)
    words = [next_words(client.get(address).text)]
    check(claims=[Claim.objects.get().pk], by=cast.second_clerk)
    words.append(next_words(client.get(address).text))
    approve(claims=[Claim.objects.get().pk], by=cast.director)
    page = client.get(address).text
    words.append(next_words(page))
    assert words == [
        "申领收下了，等复核。您不用做什么",
        "申领复核过了，等审批。您不用做什么",
        "2016年1月的失业保险金等着列入发放名册。找到工作了，请告诉我们",
    ]
    assert "每月 ¥950.00" in page and "每月由工作人员放行" in page and "尾号 0001" in page
    hidden = (id_number(1), "6222020000000000001", PHONE, "柳经办", "祝主任")
    for inner in ("", "why/", "records/"):
        text = client.get(f"{address}{inner}").text
        assert [one for one in hidden if one in text] == []
        assert len(text.encode()) < 15_000
    assert "办好失业登记" in client.get(f"{address}records/").text


def test_who_draws_a_pension_is_told_so(client: Client, cast: Cast, case: Case) -> None:
    assert case.worker is not None
    note_life_event(
        worker=case.worker, kind="pension", on=clock.today(), document="养老金领取证", by=cast.clerk
    )
    assert next_words(let_in(client, case)) == "您已经领养老金，不用再办失业登记。"


def test_a_number_leads_to_its_owner_s_page_once_a_window_knows_them(
    client: Client, cast: Cast, case: Case
) -> None:
    opened(cast)
    unknown = verbs.take(office=cast.north, service=Service.ONE_STOP)
    known = verbs.take(office=cast.north, service=Service.ONE_STOP, case=case, by=cast.officer)
    answers = [client.get(f"/w/t/{ticket_token(one.id, cast.north.pk)}/") for one in (unknown, known)]
    assert [answer.status_code for answer in answers] == [200, 302]
    assert answers[1]["Location"] == path_of(Link.PAGE, case.pk)
    assert client.get(f"/w/t/{ticket_token(known.id, cast.south.pk)}/").status_code == 404
    assert client.get("/w/t/nonsense/").status_code == 404
    assert Ticket.objects.count() == 2


def test_large_type_is_remembered_on_the_phone(client: Client, case: Case) -> None:
    address = path_of(Link.PAGE, case.pk)
    large = [
        "data-large" in client.get(f"{address}{query}").text for query in ("", "?large=1", "", "?large=0", "")
    ]
    assert large == [False, True, True, False, False]


def test_no_page_loads_a_library(client: Client, case: Case) -> None:
    text = let_in(client, case)
    assert re.findall(r'<link rel="stylesheet" href="([^"]*)"', text) == [
        "/static/look/tokens.css", "/static/desk/phone.css",
    ]  # fmt: skip
    assert "<script" not in text and "<style" not in text and "style=" not in text


def test_the_account_is_the_one_that_was_said_at_the_window(cast: Cast, case: Case) -> None:
    ticket = at_the_window(cast, case)
    draft = Draft.objects.get(case=case)
    draft.answers["claim"]["bank_account"] = "6222020000000009999"
    draft.save()
    confirm(confirmation=ready(case, ticket), by=cast.clerk)
    assert own_page(case).bank == bank_tail("6222020000000009999")
