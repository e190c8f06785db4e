"""A held or returned claim is decided again, by the facts as they are known by then."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.claims import approved, checked, claimants, claimed, held
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.claims.actions import approve, check, fix_months, return_claim, settle, stop
from zaigang.claims.actions.settling import question_again
from zaigang.claims.errors import DecisionChanged, ReasonMissing, WrongSignature
from zaigang.claims.models import Claim
from zaigang.claims.one_stop.asking import answered
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.offices.actions import note_identity
from zaigang.roster.models import Case, Closure


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    return claimants(cast, closure, tmp_path, "王建甲")[0]


def settled(claim: Claim, cast: Cast, *, late: bool = False, **more: Any) -> Claim:
    """What the page would send after showing the proposal to these corrections."""
    corrections = more.pop("corrections", {})
    asked = question_again(claim, corrections=corrections, late_accepted=late)
    sent = {"outcome": "grant", "reason": "", "digest": answered(asked)[1].hex(), "by": cast.clerk}
    return settle(claim=claim, corrections=corrections, late_accepted=late, **(sent | more))


@pytest.mark.parametrize(
    ("make", "allowed"), [(held, True), (claimed, False), (checked, False), (approved, False)]
)
def test_what_is_decided_again(cast: Cast, case: Case, make: Any, allowed: bool) -> None:
    claim = make(cast, case)
    if not allowed:
        with pytest.raises(WrongSignature, match="不等着重新决定"):
            settled(claim, cast)
        return
    assert settled(claim, cast).payments.count() == 24


def test_a_held_claim_waits_for_signatures_once_it_is_decided(cast: Cast, case: Case) -> None:
    claim = held(cast, case)
    assert (claim.differs, claim.payments.count()) == (True, 0)
    with clock.at(date(2016, 1, 20)):
        claim = settled(claim, cast, by=cast.second_clerk)
    assert (claim.outcome, claim.differs, claim.reason, claim.state) == ("grant", False, None, "made")
    assert (claim.made_by, claim.applied_on) == (cast.second_clerk, date(2016, 1, 11))
    assert claim.made_at.astimezone(clock.ZONE).date() == date(2016, 1, 20)
    assert check(claims=[claim.pk], by=cast.clerk).done == 1
    assert approve(claims=[claim.pk], by=cast.director).done == 1
    told = list(Entry.objects.filter(subject=case.pk).order_by("number").values_list("verb", flat=True))
    assert told[-3:] == ["claims.resubmitted", "claims.checked", "claims.granted"]


def test_facts_put_right_change_the_answer(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    imported(
        cast, closure, tmp_path, [row(1, "李丽乙", 解除原因="个人辞职", 个人缴费月数="30", 视同缴费月数="0")]
    )
    claim = claimed(cast, case_of(closure, "李丽乙"))
    assert (claim.eligible, claim.outcome) == ("no", "refuse")
    returned = return_claim(claim=claim, reason="单位补了证明", by=cast.second_clerk)
    again = settled(
        returned, cast, corrections={"left_because": "employer_proposed_agreement", "contribution_months": 50}
    )
    assert (again.eligible, again.outcome, again.differs, again.months_at_most) == ("yes", "grant", False, 12)
    assert (again.facts["left_because"], again.facts["contribution_months"], again.facts["deemed_months"]) == (
        "employer_proposed_agreement", 50, 0,
    )  # fmt: skip
    first = again.payments.order_by("month").first()
    assert first and (first.month, first.draw, first.yuan) == (date(2016, 1, 1), 1, Decimal(950))
    assert again.returned_because is None


def test_months_that_the_agency_fixed_meanwhile_count(cast: Cast, case: Case) -> None:
    claim = held(cast, case)
    fix_months(case=case, months=7, document="核定表第7号", by=cast.clerk)
    again = settled(claim, cast)
    assert (again.months_exact, list(again.payments.values_list("planned", flat=True))) == (7, [False] * 7)


def test_a_late_claim_is_accepted_with_a_reason(cast: Cast, case: Case) -> None:
    with clock.at(date(2016, 3, 1)):
        claim = claimed(cast, case)
        assert (claim.eligible, claim.outcome) == ("undecided", "hold")
        with pytest.raises(ReasonMissing):
            settled(claim, cast, late=True)
        again = settled(claim, cast, late=True, reason="住院，有出院小结")
    assert (again.outcome, again.differs, again.facts["late_accepted"]) == ("grant", True, True)


def test_another_decision_than_the_proposed_one_needs_a_reason(cast: Cast, case: Case) -> None:
    claim = held(cast, case)
    with pytest.raises(ReasonMissing):
        settled(claim, cast, outcome="refuse", reason=" ")
    again = settled(claim, cast, outcome="refuse", reason="本人书面放弃")
    assert (again.outcome, again.differs, again.payments.count()) == ("refuse", True, 0)


def test_an_answer_that_changed_is_shown_again(cast: Cast, case: Case) -> None:
    claim = held(cast, case)
    with pytest.raises(DecisionChanged):
        settled(claim, cast, digest="00" * 32)
    claim.refresh_from_db()
    assert claim.outcome == "hold"


def test_nobody_decides_their_own_claim(cast: Cast, case: Case) -> None:
    claim = held(cast, case)
    note_identity(staff=cast.second_clerk, id_number=id_number(1), by=cast.director)
    cast.second_clerk.refresh_from_db()
    with pytest.raises(WrongSignature, match="您自己的档案"):
        settled(claim, cast, by=cast.second_clerk)


def test_months_after_a_stop_stay_stopped(cast: Cast, case: Case) -> None:
    claim = held(cast, case)
    with clock.at(date(2016, 3, 2)):
        stop(claim=claim, reason="41", on=date(2016, 3, 1), evidence="劳动合同", by=cast.clerk)
        again = settled(claim, cast)
    assert (
        list(again.payments.order_by("month").values_list("state", flat=True))
        == ["planned"] * 2 + ["stopped"] * 22
    )
