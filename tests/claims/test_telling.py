"""What became of a claim is put into the outbox with the last signature, once, and taken back when it is not true."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.claims.life.acts import stop
from tests.claims.life.test_correcting import SHORT, proposed, signed
from tests.factories.claims import approved, checked, claimants
from tests.factories.rosters import case_of, imported, row
from zaigang.claims.actions import approve, fix_months, undo_stop
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.outbox.actions import refuse
from zaigang.outbox.enums import Template
from zaigang.outbox.models import Message
from zaigang.outbox.rendering import text_of
from zaigang.roster.actions import note_life_event, undo_life_event
from zaigang.roster.models import Case, Closure, LifeEvent

GRANTED = "您申领失业金的结果：同意发放，最多24个月。想知道为什么，请到北街问。"
REFUSED = "您申领失业金的结果：这次没有同意发放。想知道为什么，请到北街问。"
CORRECTED = "您申领失业金的结果有更正：同意发放，最多12个月。想知道为什么，请到北街问。"
WHY_EN = "To learn why, please ask at 北街."
APPROVE_QUERIES = 16


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    return claimants(cast, closure, tmp_path, "王建甲")[0]


def told() -> list[tuple[str, str]]:
    """Text and state of every message, in the order of the keys."""
    return [(text_of(one), one.state) for one in Message.objects.order_by("once")]


def gone_out() -> None:
    Message.objects.update(state="sent", hold_reason="")


def test_granted_with_the_last_signature_and_not_before(cast: Cast, case: Case) -> None:
    claim = checked(cast, case)
    assert told() == []
    approve(claims=[claim.pk], by=cast.director)
    message = Message.objects.get()
    assert (message.template, message.person, message.case, message.phone, message.made_by, message.once) == (
        Template.CLAIM_DECIDED, case.worker_id, case.pk, "13800000001", cast.director, f"claim_decided:{claim.pk}",
    )  # fmt: skip
    assert told() == [(GRANTED, "waiting")]
    approve(claims=[claim.pk], by=cast.director)
    assert told() == [(GRANTED, "waiting")]


def test_refused_without_the_reason(cast: Cast, case: Case) -> None:
    approved(cast, case, outcome="refuse", reason="本人说是自己辞职")
    assert told() == [(REFUSED, "waiting")]


def test_months_that_are_fixed_are_said_as_such(cast: Cast, case: Case) -> None:
    fix_months(case=case, months=20, document="核定表第7号", by=cast.clerk)
    approved(cast, case)
    assert told() == [(GRANTED.replace("最多24", "一共20"), "waiting")]


@pytest.mark.parametrize(
    ("answers", "phone"),
    [
        ({"notice_way": "1", "notice_phone": "139 0000 0002"}, "13900000002"),
        ({"notice_way": "1", "notice_phone": ""}, "13800000001"),
        ({"notice_way": "2", "notice_phone": "13900000002"}, None),
    ],
)
def test_to_the_number_that_the_person_gave_and_to_none_who_asked_for_a_letter(
    cast: Cast, case: Case, answers: dict[str, str], phone: str | None
) -> None:
    claim = checked(cast, case)
    claim.answers = answers
    claim.save(update_fields=["answers"])
    approve(claims=[claim.pk], by=cast.director)
    assert [one.phone for one in Message.objects.all()] == ([phone] if phone else [])


def test_nothing_for_who_has_no_mobile(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    imported(cast, closure, tmp_path, [row(1, "王建甲", 联系电话="0532-84000000")])
    approved(cast, case_of(closure, "王建甲"))
    assert told() == []


def test_at_night_and_to_who_refuses_it_is_held(cast: Cast, case: Case) -> None:
    claim = checked(cast, case)
    with clock.at(datetime.combine(date(2016, 1, 11), time(22), clock.ZONE)):
        approve(claims=[claim.pk], by=cast.director)
    assert list(Message.objects.values_list("state", "hold_reason")) == [("held", "quiet_hours")]
    refuse("13800000001")
    assert list(Message.objects.values_list("state", "hold_reason")) == [("held", "opted_out")]


def test_not_signed_not_told(cast: Cast, case: Case) -> None:
    claim = checked(cast, case)

    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), transaction.atomic():
        approve(claims=[claim.pk], by=cast.director)
        assert Message.objects.count() == 1
        raise PowerCut
    assert (Message.objects.count(), Claim.objects.get().state) == (0, "checked")


def test_a_correction_replaces_what_has_not_gone_out(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    signed(cast, proposed(cast, claim))
    assert told() == [(GRANTED, "cancelled"), (GRANTED.replace("24", "12"), "waiting")]
    assert Entry.objects.filter(verb="outbox.cancelled", subject=case.pk).count() == 1


def test_a_correction_follows_what_has_gone_out(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    gone_out()
    signed(cast, proposed(cast, claim))
    assert told() == [(GRANTED, "sent"), (CORRECTED, "waiting")]
    claim.refresh_from_db()
    signed(cast, proposed(cast, claim, {"left_because": "resigned"}, "refuse"))
    assert sorted(state for _text, state in told()) == ["cancelled", "sent", "waiting"]
    waiting = Message.objects.get(state="waiting")
    assert text_of(waiting) == REFUSED


def test_refused_as_before_is_not_said_again(cast: Cast, case: Case) -> None:
    claim = approved(cast, case, outcome="refuse", reason="本人说是自己辞职")
    signed(cast, proposed(cast, claim, SHORT, "refuse"))
    assert told() == [(REFUSED, "waiting")]


@pytest.mark.parametrize("when", ["before", "after"])
def test_nobody_writes_to_the_dead(cast: Cast, case: Case, when: str) -> None:
    claim = checked(cast, case)
    acts: list[Callable[[], Any]] = [
        lambda: approve(claims=[claim.pk], by=cast.director), lambda: died(cast, case),
    ]  # fmt: skip
    for act in acts[::-1] if when == "before" else acts:
        act()
    assert [state for _text, state in told()] == ([] if when == "before" else ["cancelled"])


def died(cast: Cast, case: Case) -> LifeEvent:
    assert case.worker
    return note_life_event(
        worker=case.worker, kind="died", on=date(2016, 1, 9), document="证明", by=cast.second_clerk
    )


@pytest.mark.parametrize(
    ("when", "states"),
    [
        ("before the signature", ["waiting"]),
        ("after it", ["cancelled", "waiting"]),
        ("after it went out", ["sent"]),
    ],
)
def test_a_death_that_was_none_is_put_right_and_the_result_said_once(
    cast: Cast, case: Case, when: str, states: list[str]
) -> None:
    claim = checked(cast, case)
    event = died(cast, case) if when.startswith("before") else None
    approve(claims=[claim.pk], by=cast.director)
    if when.endswith("out"):
        gone_out()
    undo_life_event(event=event or died(cast, case), by=cast.clerk)
    assert [state for _text, state in told()] == [one for one in states if one != "waiting"]
    for _again in range(2):
        undo_stop(claim=claim, because="同名的另一个人", by=cast.clerk)
    assert told() == [(GRANTED, state) for state in states]


def test_who_was_refused_and_not_dead_is_told_without_a_clerk(cast: Cast, case: Case) -> None:
    claim = approved(cast, case, outcome="refuse", reason="本人说是自己辞职")
    event = died(cast, case)
    assert told() == [(REFUSED, "cancelled")]
    undo_life_event(event=event, by=cast.clerk)
    claim.refresh_from_db()
    assert (told(), claim.life, claim.stopped_on) == (
        [(REFUSED, "cancelled"), (REFUSED, "waiting")], "running", None,
    )  # fmt: skip


def test_said_in_either_language_alone(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    gone_out()
    signed(cast, proposed(cast, claim))
    said = [text_of(one, "en").partition(". ") for one in Message.objects.order_by("once")]
    assert said == [
        ("The result of your benefit claim: granted, months at most: 24", ". ", WHY_EN),
        ("The result of your benefit claim was corrected: granted, months at most: 12", ". ", WHY_EN),
    ]


def test_who_found_work_is_told_what_was_decided(cast: Cast, case: Case) -> None:
    stop(cast, approved(cast, case), date(2016, 1, 9))
    assert told() == [(GRANTED, "waiting")]


@pytest.mark.parametrize("number", [1, 4])
def test_many_are_told_by_as_many_statements_as_one(
    cast: Cast,
    closure: Closure,
    tmp_path: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    names = ("王建甲", "李建乙", "赵建丙", "钱建丁")[:number]
    claims = [checked(cast, case).pk for case in claimants(cast, closure, tmp_path, *names)]
    assert cast.director.current_postings
    with django_assert_num_queries(APPROVE_QUERIES):
        approve(claims=claims, by=cast.director)
    assert Message.objects.count() == number
