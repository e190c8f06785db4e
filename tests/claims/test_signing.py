"""Three signatures of three people: every state, every act, everybody."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.factories.claims import approved, checked, claimants, claimed, held
from tests.factories.rosters import id_number
from zaigang.claims.actions import Signed, approve, check, fix_months, return_claim, stop
from zaigang.claims.enums import Outcome
from zaigang.claims.errors import WrongSignature
from zaigang.claims.models import Claim, SigningRule
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity
from zaigang.offices.models import Staff
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.actions import note_life_event
from zaigang.roster.models import Case, Closure

DONE, OWN, GONE = Signed(1, 0, 0), Signed(0, 1, 0), Signed(0, 0, 1)


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    return claimants(cast, closure, tmp_path, "王建甲")[0]


def returned(cast: Cast, case: Case) -> Claim:
    return return_claim(claim=claimed(cast, case), reason="账号看不清", by=cast.second_clerk)


def refused(cast: Cast, case: Case) -> Claim:
    return claimed(cast, case, outcome=Outcome.REFUSE, reason="本人说下周上班")


STATES: dict[str, Callable[[Cast, Case], Claim]] = {
    "made": claimed,
    "refused": refused,
    "held": held,
    "returned": returned,
    "checked": checked,
    "approved": approved,
}
#: From, act, who -> the answer and the state after it. The clerk made it, the second clerk checked it.
TABLE = [
    ("made", check, "clerk", OWN, "made"),
    ("made", check, "second_clerk", DONE, "checked"),
    ("made", check, "director", DONE, "checked"),
    ("made", check, "outsider", GONE, "made"),
    ("made", check, "officer", GONE, "made"),
    ("made", approve, "director", GONE, "made"),
    ("refused", check, "second_clerk", DONE, "checked"),
    ("held", check, "second_clerk", GONE, "made"),
    ("held", approve, "director", GONE, "made"),
    ("returned", check, "second_clerk", GONE, "returned"),
    ("returned", approve, "director", GONE, "returned"),
    ("checked", check, "director", GONE, "checked"),
    ("checked", approve, "director", DONE, "approved"),
    ("checked", approve, "second_clerk", GONE, "checked"),
    ("checked", approve, "outsider", GONE, "checked"),
    ("approved", check, "director", GONE, "approved"),
    ("approved", approve, "director", GONE, "approved"),
]


@pytest.mark.parametrize(("start", "act", "who", "answer", "end"), TABLE)
def test_who_may_sign_when(
    cast: Cast, case: Case, start: str, act: Callable[..., Signed], who: str, answer: Signed, end: str
) -> None:
    claim = STATES[start](cast, case)
    assert act(claims=[claim.pk], by=getattr(cast, who)) == answer
    claim.refresh_from_db()
    assert claim.state == end


def test_who_checked_does_not_approve(cast: Cast, case: Case) -> None:
    claim = claimed(cast, case)
    assert check(claims=[claim.pk], by=cast.director) == DONE
    assert approve(claims=[claim.pk], by=cast.director) == OWN
    with pytest.raises(IntegrityError, match="claims_approver_is_another"), transaction.atomic():
        Claim.objects.update(approved_by=cast.director, approved_at=clock.now(), state="approved")


def test_the_database_knows_that_maker_and_checker_differ(cast: Cast, case: Case) -> None:
    claimed(cast, case)
    with pytest.raises(IntegrityError, match="claims_checker_is_another"), transaction.atomic():
        Claim.objects.update(checked_by=cast.clerk)


@pytest.mark.parametrize(
    ("start", "act", "who"), [("made", check, "second_clerk"), ("checked", approve, "director")]
)
def test_nobody_signs_for_themselves(
    cast: Cast, case: Case, start: str, act: Callable[..., Signed], who: str
) -> None:
    claim = STATES[start](cast, case)
    staff: Staff = getattr(cast, who)
    note_identity(staff=staff, id_number=id_number(1), by=cast.auditor)
    staff.refresh_from_db()
    assert act(claims=[claim.pk], by=staff) == OWN
    with pytest.raises(WrongSignature, match="您自己的档案"):
        return_claim(claim=claim, reason="看看", by=staff)
    with pytest.raises(WrongSignature, match="您自己的档案"):
        stop(claim=claim, reason="41", on=date(2016, 1, 10), evidence="合同", by=staff)
    with pytest.raises(IntegrityError, match="claims_not_the_own_file"), transaction.atomic():
        Claim.objects.update(checked_by=staff)


def test_an_office_without_checker_approves_at_once(cast: Cast, case: Case) -> None:
    SigningRule.objects.create(office=cast.north, needs_checker=False)
    claim = claimed(cast, case)
    assert check(claims=[claim.pk], by=cast.second_clerk) == GONE
    assert approve(claims=[claim.pk], by=cast.director) == DONE
    claim.refresh_from_db()
    assert (claim.state, claim.checked_by) == ("approved", None)


def test_without_a_checker_a_held_claim_still_waits_for_a_decision(cast: Cast, case: Case) -> None:
    SigningRule.objects.create(office=cast.north, needs_checker=False)
    assert approve(claims=[held(cast, case).pk], by=cast.director) == GONE


@pytest.mark.parametrize(
    ("start", "allowed"),
    [("made", True), ("held", True), ("checked", True), ("returned", False), ("approved", False)],
)
def test_what_can_be_sent_back(cast: Cast, case: Case, start: str, allowed: bool) -> None:
    claim = STATES[start](cast, case)
    if not allowed:
        with pytest.raises(WrongSignature, match="现在不能退回"):
            return_claim(claim=claim, reason="缺材料", by=cast.director)
        return
    returned_ = return_claim(claim=claim, reason=" 缺材料 ", by=cast.director)
    assert (returned_.state, returned_.returned_because, returned_.checked_by) == ("returned", "缺材料", None)


def test_sending_back_needs_a_reason(cast: Cast, case: Case) -> None:
    with pytest.raises(WrongSignature, match="没有写退回的原因"):
        return_claim(claim=claimed(cast, case), reason="  ", by=cast.director)


def test_many_are_signed_at_once_and_each_is_on_record(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    cases = claimants(cast, closure, tmp_path, "王建甲", "李建乙", "赵建丙", "钱建丁")
    mine = claimed(cast, cases[0], by=cast.second_clerk)
    others = [claimed(cast, case) for case in cases[1:]]
    check(claims=[others[2].pk], by=cast.director)
    wanted = [mine.pk, *(claim.pk for claim in others)]
    assert check(claims=wanted, by=cast.second_clerk) == Signed(2, 1, 1)
    assert check(claims=wanted, by=cast.second_clerk) == Signed(0, 1, 3)
    told = Entry.objects.filter(verb="claims.checked").values_list("actor", "facts__claim")
    assert sorted(told) == sorted(
        [(cast.second_clerk.pk, str(others[0].pk)), (cast.second_clerk.pk, str(others[1].pk)),
         (cast.director.pk, str(others[2].pk))]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("make", "verb", "state"),
    [(claimed, "claims.granted", "claiming"), (refused, "claims.refused", "registered")],
)
def test_the_last_signature_moves_the_case(
    cast: Cast, case: Case, make: Callable[[Cast, Case], Claim], verb: str, state: str
) -> None:
    claim = make(cast, case)
    check(claims=[claim.pk], by=cast.second_clerk)
    approve(claims=[claim.pk], by=cast.director)
    case.refresh_from_db()
    assert case.state == state
    assert Entry.objects.filter(subject=case.pk).order_by("-number").first().verb == verb  # type: ignore[union-attr]
    assert replay_differences(case.closure_id) == []


def test_months_fixed_exactly_are_released_with_the_last_signature(cast: Cast, case: Case) -> None:
    fix_months(case=case, months=3, document="核定表第7号", by=cast.clerk)
    claim = approved(cast, case)
    assert (
        list(claim.payments.values_list("state", "planned", "released_by"))
        == [("released", False, cast.director.pk)] * 3
    )


def test_months_within_a_bound_wait_for_a_person(cast: Cast, case: Case) -> None:
    assert set(approved(cast, case).payments.values_list("state", "planned")) == {("planned", True)}


def test_what_was_stopped_before_the_last_signature_is_due_until_then(cast: Cast, case: Case) -> None:
    claim = checked(cast, case)
    with clock.at(date(2016, 3, 2)):
        stop(claim=claim, reason="41", on=date(2016, 3, 1), evidence="劳动合同", by=cast.clerk)
        assert approve(claims=[claim.pk], by=cast.director) == DONE
    assert list(claim.payments.values_list("state", flat=True)[:4]) == [
        "planned",
        "planned",
        "stopped",
        "stopped",
    ]
    case.refresh_from_db()
    assert case.state == "registered"
    assert replay_differences(case.closure_id) == []


def test_who_died_before_the_last_signature_does_not_draw(cast: Cast, case: Case) -> None:
    claim = checked(cast, case)
    assert case.worker
    with clock.at(date(2016, 3, 2)):
        note_life_event(worker=case.worker, kind="died", on=date(2016, 2, 20), document="证明", by=cast.clerk)
        approve(claims=[claim.pk], by=cast.director)
    case.refresh_from_db()
    assert case.state == "left_labour_force"
    assert replay_differences(case.closure_id) == []
