from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.outbox.conftest import new
from zaigang.foundation import clock
from zaigang.offices.enums import Role
from zaigang.outbox.actions import cancel, queue_many, refuse
from zaigang.outbox.enums import Template
from zaigang.outbox.models import Message

LIST = "/outbox/"
NOTHING_LEAVES = "这里的消息还没有发出去：没有接通短信通道。"
TEN = datetime(2016, 1, 11, 10, tzinfo=clock.ZONE)


def test_roles(sign_in, cast: Cast, put) -> None:
    message = put()
    answers = {
        role: (
            sign_in(staff).get(LIST).status_code,
            sign_in(staff).post(reverse("outbox:cancel", args=[uuid4()])).status_code,
        )
        for role, staff in cast.by_role().items()
    }
    may = {"clerk": (200, 404), "director": (200, 404), "officer": (200, 403)}
    assert answers == {role: may.get(role, (403, 403)) for role in Role.values}
    message.refresh_from_db()
    assert message.state == "waiting"


def test_another_street_sees_and_cancels_nothing(sign_in, cast: Cast, put) -> None:
    message = put()
    client = sign_in(cast.outsider)
    page = client.get(LIST)
    assert (page.context["total"], list(page.context["rows"])) == (0, [])
    assert client.post(reverse("outbox:cancel", args=[message.pk])).status_code == 404
    assert Message.objects.get().state == "waiting"


def test_an_empty_outbox_says_so_and_that_nothing_leaves(sign_in, cast: Cast) -> None:
    page = sign_in(cast.clerk).get(LIST).content.decode()
    assert [text for text in (NOTHING_LEAVES, "还没有消息") if text not in page] == []


@pytest.mark.parametrize(("demo", "code"), [(False, "******"), (True, "470915")])
def test_phones_are_masked_and_codes_are_shown_in_the_demo_only(
    sign_in, cast: Cast, put, settings, demo: bool, code: str
) -> None:
    settings.DEMO = demo
    put(Template.PHONE_CODE)
    page = sign_in(cast.director).get(LIST).content.decode()
    assert (f"验证码{code}，" in page, "470915" in page) == (True, demo)
    assert ("138 **** 1234" in page, "13800001234" in page) == (True, False)


@pytest.fixture
def several(cast: Cast, put) -> None:
    """At ten: one code too old, one message held, one taken back, two that may go, one of them since the morning."""
    with clock.at(TEN - timedelta(hours=4)):
        put(Template.CLAIM_DECIDED, once="morning")
    put(Template.PHONE_CODE, once="old code")
    refuse("13900001234")
    put(once="refused", phone="13900001234")
    cancel(put(once="cancelled"), by=cast.clerk)
    put(once="waiting")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["cancelled", "morning", "old code", "refused", "waiting"]),
        ("state=waiting", ["morning", "waiting"]),
        ("state=held", ["refused"]),
        ("state=cancelled", ["cancelled"]),
        ("state=expired", ["old code"]),
        ("state=sent", []),
        ("template=before_visit", ["cancelled", "refused", "waiting"]),
        ("template=before_visit&state=waiting", ["waiting"]),
        ("template=nonsense&state=nonsense", ["cancelled", "morning", "old code", "refused", "waiting"]),
    ],
)
def test_the_list_narrows_down(sign_in, cast: Cast, several: None, query: str, keys: list[str]) -> None:
    with clock.at(TEN):
        page = sign_in(cast.clerk).get(f"{LIST}?{query}")
    assert sorted(row.message.once for row in page.context["rows"]) == keys


def test_the_counts_follow_the_other_filter(sign_in, cast: Cast, several: None) -> None:
    with clock.at(TEN):
        context = sign_in(cast.clerk).get(f"{LIST}?template=before_visit&state=waiting").context
    assert [n for _state, n in context["states"]] == [1, 1, 0, 1, 0]
    assert [n for _template, n in context["templates"]] == [1, 0, 0, 1]


def test_only_what_waits_or_is_held_has_a_button(sign_in, cast: Cast, several: None) -> None:
    with clock.at(TEN):
        rows = sign_in(cast.clerk).get(LIST).context["rows"]
        assert sorted(row.message.once for row in rows if row.may_cancel) == ["morning", "refused", "waiting"]
        assert [row.may_cancel for row in sign_in(cast.officer).get(LIST).context["rows"]] == [False] * 5


def test_a_clerk_takes_a_message_back(sign_in, cast: Cast, put) -> None:
    message = put()
    client = sign_in(cast.clerk)
    answer = client.post(reverse("outbox:cancel", args=[message.pk]), follow=True)
    assert (answer.redirect_chain, Message.objects.get().state) == ([(LIST, 302)], "cancelled")
    assert "已取消这条消息。" in answer.content.decode()
    assert client.post(reverse("outbox:cancel", args=[message.pk])).status_code == 409


def test_fifty_stand_on_a_page(sign_in, cast: Cast) -> None:
    queue_many([new() for _ in range(51)], office=cast.north, by=cast.clerk)
    client = sign_in(cast.clerk)
    pages = [client.get(f"{LIST}?state=waiting&page={number}") for number in (1, 2)]
    assert [len(page.context["rows"]) for page in pages] == [50, 1]
    assert 'href="?state=waiting&amp;page=2"' in pages[0].content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_equally_often_for_one_and_for_three(
    sign_in, cast: Cast, django_assert_num_queries, number: int
) -> None:
    queue_many([new() for _ in range(number)], office=cast.north, by=cast.clerk)
    client = sign_in(cast.clerk)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


LIST_QUERIES = 5
