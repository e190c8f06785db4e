from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.cast import Cast
from tests.outbox.conftest import CASE, PARAMS, PHONE, new
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.outbox.actions import allow, cancel, queue_many, refuse
from zaigang.outbox.enums import Channel, Template
from zaigang.outbox.errors import CannotCancel, NoMobile, TooManyCodes
from zaigang.outbox.models import Message, OptOut

MONDAY = datetime(2016, 1, 11, tzinfo=clock.ZONE)


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("moment", "opens", "state"),
    [
        (at(7, 59), at(8), "held"),
        (at(8), at(8), "waiting"),
        (at(20, 59), at(20, 59), "waiting"),
        (at(21), at(8, day=1), "held"),
        (at(23, 59), at(8, day=1), "held"),
        (at(0, day=1), at(8, day=1), "held"),
    ],
)
def test_nobody_is_disturbed_at_night(put, moment: datetime, opens: datetime, state: str) -> None:
    with clock.at(moment):
        message = put()
    assert (message.state, message.not_before) == (state, opens)
    assert message.hold_reason == ("quiet_hours" if state == "held" else "")
    assert message.expires_at == opens + timedelta(days=7)


@pytest.mark.parametrize(
    ("quiet", "hour", "opens"),
    [((12, 14), 13, 14), ((12, 14), 14, 14), ((12, 14), 22, 22), ((0, 0), 3, 3), ((9, 9), 9, 9)],
)
def test_an_office_has_its_own_quiet_hours(
    put, settings, quiet: tuple[int, int], hour: int, opens: int
) -> None:
    settings.OUTBOX_QUIET = tuple(at(one).time() for one in quiet)
    with clock.at(at(hour)):
        assert put().not_before == at(opens)


def test_a_code_goes_at_night_and_to_whoever_refuses(put) -> None:
    refuse(PHONE)
    with clock.at(at(23)):
        code = put(Template.PHONE_CODE)
    assert (code.state, code.not_before, code.expires_at) == ("waiting", at(23), at(23, 10))


def test_a_letter_needs_no_phone_and_waits_for_no_morning(put) -> None:
    with clock.at(at(23)):
        letter = put(channel=Channel.LETTER, phone="")
    assert (letter.state, letter.phone, letter.phone_index) == ("waiting", None, None)


@pytest.mark.parametrize("phone", ["", "0532-00001234", "1380000123", "23800001234"])
def test_without_a_mobile_nothing_is_put_in(put, phone: str) -> None:
    with pytest.raises(NoMobile):
        put(phone=phone)
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "phone", ["138 0000 1234", "+86-138-0000-1234", "00861380000１２３４", "8613800001234"]
)
def test_a_phone_is_the_same_however_it_is_written(put, phone: str) -> None:
    refuse(phone)
    message = put()
    assert (message.phone, message.hold_reason) == (PHONE, "opted_out")


def test_the_same_key_makes_one_message(put) -> None:
    first = put(once="before_visit:1")
    again = put(once="before_visit:1", phone="13900001234")
    assert (again.pk, again.phone, Message.objects.count()) == (first.pk, PHONE, 1)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"office": "北街"},
        {"office": "", "papers": "证", "link": "http://localhost/"},
        {"office": "北街", "papers": "证", "link": "http://localhost/", "name": "王甲"},
    ],
)
def test_params_are_those_of_the_template(put, params: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="before_visit needs"):
        put(params=params)


def test_many_are_counted_each_once(cast: Cast, put) -> None:
    put(once="b")
    refuse("13700001234")
    asked = [
        new(once="a"),
        new(once="a"),
        new(once="b"),
        new(once="c", phone="13700001234"),
        new(once="d", phone="无"),
        new(once="e"),
    ]
    counts = queue_many(asked, office=cast.north, by=cast.clerk)
    assert counts == {"queued": 2, "held": 1, "already": 2, "no_phone": 1}
    assert queue_many(asked, office=cast.north, by=cast.clerk) == {
        "queued": 0,
        "held": 0,
        "already": 5,
        "no_phone": 1,
    }
    assert sorted(Message.objects.values_list("once", "state")) == [
        ("a", "waiting"),
        ("b", "waiting"),
        ("c", "held"),
        ("e", "waiting"),
    ]


@pytest.mark.parametrize("number", [1, 300])
def test_many_ask_the_database_as_often_as_one(cast: Cast, django_assert_num_queries, number: int) -> None:
    asked = [new(phone=f"1380000{n:04d}") for n in range(number)]
    with django_assert_num_queries(MANY_QUERIES):
        queue_many(asked, office=cast.north, by=cast.clerk)


MANY_QUERIES = 5  # opt-outs, insert, states, and the transaction's savepoint and its release


def test_codes_are_asked_for_one_at_a_time(cast: Cast) -> None:
    with pytest.raises(ValueError, match="one at a time"):
        queue_many([new(Template.PHONE_CODE)], office=cast.north, by=None)


def test_a_phone_gets_three_codes_in_any_hour(put) -> None:
    for minute in (0, 20, 40):
        with clock.at(at(9, minute)):
            put(Template.PHONE_CODE, once=f"code:{minute}")
    with clock.at(at(9, 59)):
        with pytest.raises(TooManyCodes) as refused:
            put(Template.PHONE_CODE)
        assert put(Template.PHONE_CODE, once="code:40").once == "code:40"
        assert put(Template.PHONE_CODE, phone="13900001234").state == "waiting"
    assert "10:00 以后" in refused.value.what_to_do
    with clock.at(at(10)):
        assert put(Template.PHONE_CODE).state == "waiting"


def test_who_refuses_gets_nothing_until_they_allow_it(put) -> None:
    waiting, code, other = put(), put(Template.PHONE_CODE), put(phone="13900001234")
    refuse(PHONE)
    later = put(Template.SLOT_CHOSEN)

    def states() -> list[tuple[str, str]]:
        found = {m.pk: (m.state, m.hold_reason) for m in Message.objects.all()}
        return [found[m.pk] for m in (waiting, code, other, later)]

    held, free = ("held", "opted_out"), ("waiting", "")
    assert states() == [held, free, free, held]
    with clock.at(at(22, day=2)):
        allow(PHONE)
    # By then the slot is past: its message stays where it is.
    assert states() == [("held", "quiet_hours"), free, free, held]
    assert OptOut.objects.get().lifted_at == at(22, day=2)
    with clock.at(at(9, day=3)):
        assert put().state == "waiting"
        refuse(PHONE)
        assert (put().hold_reason, OptOut.objects.get().lifted_at) == ("opted_out", None)


def test_a_message_is_taken_back_once(cast: Cast, put) -> None:
    message = put()
    assert cancel(message, by=cast.director).state == "cancelled"
    with pytest.raises(CannotCancel, match="已取消"):
        cancel(message, by=cast.director)
    entry = Entry.objects.get(subject=CASE)
    facts = {"template": "before_visit", "message": str(message.pk)}
    assert (entry.verb, entry.actor, entry.facts) == ("outbox.cancelled", cast.director.pk, facts)


def test_a_message_that_is_too_old_cannot_be_taken_back(cast: Cast, put) -> None:
    message = put(Template.PHONE_CODE)
    with clock.at(at(9, 10)), pytest.raises(CannotCancel, match="已过期"):
        cancel(message, by=cast.clerk)


@pytest.mark.parametrize("template", Template.values)
def test_the_table_shows_no_phone_and_no_words(put, template: str) -> None:
    put(template)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(m)::text || encode(params, 'escape') || encode(phone, 'escape') FROM outbox_message m"
        )
        raw = cursor.fetchone()[0]
    # Two digits stand in any ciphertext by chance.
    told = [value for value in PARAMS[template].values() if len(value) > 2 or not value.isdigit()]
    secrets = [PHONE, PHONE[-4:], *told]
    assert [secret for secret in secrets if secret in raw.replace(str(CASE), "")] == []
