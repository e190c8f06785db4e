"""A fact put right after approval: old and new both kept, signed anew, lists untouched, what was too much found."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.cast import Cast
from tests.claims.life.acts import MAY, stop, suspend
from tests.factories.claims import approved, listed, strip
from zaigang.claims import actions
from zaigang.claims.actions.settling import question_again
from zaigang.claims.errors import DecisionChanged, EvidenceMissing, NoSuchStep, WrongSignature
from zaigang.claims.models import Claim, Correction, Overpayment
from zaigang.claims.one_stop.asking import answered
from zaigang.claims.queries.lists import unsound
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.offices.enums import Role
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.models import Case

SHORT = {"contribution_months": 30, "deemed_months": 0}


def proposed(cast: Cast, claim: Claim, facts: dict[str, Any] = SHORT, outcome: str = "grant") -> Correction:
    _answer, sha256 = answered(question_again(claim, corrections=facts, late_accepted=False))
    return actions.make_correction(
        claim=claim, corrections=facts, outcome=outcome, why="缴费清单 2016年5月", digest=sha256.hex(),
        by=cast.clerk,
    )  # fmt: skip


def signed(cast: Cast, made: Correction) -> Claim:
    actions.check_correction(correction=made, by=cast.second_clerk)
    actions.approve_correction(correction=made, by=cast.director)
    claim = Claim.objects.select_related("case", "ruling").get(pk=made.claim_id)
    assert replay_differences(claim.case.closure_id) == []
    return claim


def test_fewer_months_after_the_last_signature_only(cast: Cast, claim: Claim) -> None:
    before = (claim.ruling_id, claim.facts)
    with clock.at(MAY):
        listed(cast, "2016-01", "2016-02")
        made = proposed(cast, claim)
        claim.refresh_from_db()
        assert (claim.ruling_id, claim.payments.count()) == (before[0], 24)
        after = signed(cast, made)
    assert (after.months_at_most, after.payments.count(), strip(after, "2016-04")) == (12, 12, "llpp")
    episode = after.episodes.get(act="correct")
    assert (episode.ruling_id, episode.facts, episode.noted_by, episode.by) == (
        *before, cast.clerk, cast.director,
    )  # fmt: skip
    assert Overpayment.objects.count() == 0
    assert unsound() == (0, 0, 0)


def test_listed_months_that_were_too_many_are_found(cast: Cast, claim: Claim) -> None:
    with clock.at(date(2017, 3, 20)):
        listed(cast, "2016-12", "2017-01", "2017-02")
        after = signed(cast, proposed(cast, claim))
    found = Overpayment.objects.get()
    assert (found.ground, found.yuan, after.payments.filter(state="listed").count()) == (
        "corrected", Decimal("2000.00"), 3,
    )  # fmt: skip
    assert unsound() == (0, 0, 0)


def test_months_that_the_agency_fixed_later_are_taken_over(cast: Cast, claim: Claim) -> None:
    actions.fix_months(case=claim.case, months=20, document="核定表 第7号", by=cast.clerk)
    with clock.at(MAY):
        listed(cast, "2016-01")
        after = signed(cast, proposed(cast, claim, {}))
    assert (after.months_exact, after.payments.count(), strip(after, "2016-03")) == (20, 20, "lrr")


def test_refused_and_granted_after_all(cast: Cast, case: Case) -> None:
    claim = approved(cast, case, outcome="refuse", reason="本人说是自己辞职")
    with clock.at(MAY):
        after = signed(cast, proposed(cast, claim, {}))
    case.refresh_from_db()
    assert (after.outcome, case.state, after.payments.count()) == ("grant", "claiming", 24)


def test_granted_and_refused_after_all(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        listed(cast, "2016-01")
        after = signed(cast, proposed(cast, claim, {"left_because": "resigned"}, "refuse"))
    claim.case.refresh_from_db()
    assert (after.outcome, claim.case.state, strip(after, "2016-02")) == ("refuse", "registered", "l.")
    assert Overpayment.objects.get().yuan == Decimal("950.00")


@pytest.mark.parametrize(("life", "months"), [("suspended", "lhhhhh"), ("stopped", "lpppss")])
def test_what_is_held_or_stopped_stays_so(cast: Cast, claim: Claim, life: str, months: str) -> None:
    with clock.at(MAY):
        listed(cast, "2016-01")
        (suspend if life == "suspended" else stop)(cast, claim)
        after = signed(cast, proposed(cast, claim))
    assert (after.life, strip(after, "2016-06")) == (life, months)


def test_three_people_sign(cast: Cast, claim: Claim) -> None:
    made = proposed(cast, claim)
    with pytest.raises(WrongSignature):
        actions.check_correction(correction=made, by=cast.clerk)
    with pytest.raises(NoSuchStep, match="还没有复核"):
        actions.approve_correction(correction=made, by=cast.director)
    actions.check_correction(correction=made, by=cast.second_clerk)
    with pytest.raises(WrongSignature):
        actions.approve_correction(correction=made, by=cast.second_clerk)
    with pytest.raises(IntegrityError, match="claims_correction_by_others"), transaction.atomic():
        Correction.objects.update(checked_by=cast.clerk)


def test_not_signed_nothing_changes(cast: Cast, claim: Claim) -> None:
    made = proposed(cast, claim)
    with pytest.raises(NoSuchStep, match="已经有一条"):
        proposed(cast, claim)
    with pytest.raises(EvidenceMissing):
        actions.drop_correction(correction=made, because=" ", by=cast.director)
    actions.drop_correction(correction=made, because="清单不是本人的", by=cast.director)
    with pytest.raises(NoSuchStep, match="不等签字"):
        actions.approve_correction(correction=made, by=cast.director)
    assert claim.payments.count() == 24
    assert Entry.objects.filter(verb="claims.correction_dropped").count() == 1


def test_what_changes_nothing_is_no_correction(cast: Cast, claim: Claim) -> None:
    with pytest.raises(NoSuchStep, match="没有变化"):
        proposed(cast, claim, {})


def test_a_claim_that_went_on_meanwhile_is_looked_at_again(cast: Cast, claim: Claim) -> None:
    made = proposed(cast, claim)
    actions.check_correction(correction=made, by=cast.second_clerk)
    with clock.at(date(2016, 8, 10)):
        stop(cast, claim)
        actions.resume(
            claim=claim, left_on=date(2016, 7, 31), on=date(2016, 8, 10), evidence="解除证明", by=cast.clerk
        )
        with pytest.raises(DecisionChanged):
            actions.approve_correction(correction=made, by=cast.director)


def test_on_its_pages_with_old_and_new_beside_each_other(sign_in: Any, cast: Cast, claim: Claim) -> None:
    client, address = sign_in(cast.clerk), reverse("claims:correct", args=[claim.pk])
    facts = {"contribution_months": "30", "deemed_months": "0", "left_because": "employer_proposed_agreement"}
    assert client.get(address).context["pairs"] == []
    looked = client.post(address, facts | {"look": "1"})
    assert [(str(one.label), one.before, one.after) for one in looked.context["pairs"]] == [
        ("失业保险缴费月数", "204", "30"), ("视同缴费月数", "60", "0"), ("月数", "最多 24 个月", "最多 12 个月"),
        ("合计", "¥23,860.00", "¥11,700.00"),
    ]  # fmt: skip
    sent = facts | {"digest": looked.context["digest"], "outcome": "grant"}
    wrong = client.post(address, sent)
    assert (wrong.status_code, wrong.context["form"].errors["reason"]) == (422, ["请写凭什么更正"])
    client.post(address, sent | {"reason": "缴费清单 2016年1月"})
    made = Correction.objects.get()
    page = reverse("claims:correction", args=[made.pk])
    shown = client.get(page).context["page"]
    assert (shown.may_check, shown.may_approve, shown.may_drop) == (False, False, True)
    sign_in(cast.second_clerk).post(reverse("claims:correction_check", args=[made.pk]))
    sign_in(cast.director).post(reverse("claims:correction_approve", args=[made.pk]))
    made.refresh_from_db()
    assert (made.state, claim.payments.count()) == ("approved", 12)
    assert sign_in(cast.outsider).get(page).status_code == 404


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("correct", {"clerk", "officer"}), ("appeal", {"clerk", "officer"})],
)
def test_roles(sign_in: Any, cast: Cast, claim: Claim, name: str, allowed: set[str]) -> None:
    address = reverse(f"claims:{name}", args=[claim.pk])
    answers = {role: sign_in(staff).get(address).status_code for role, staff in cast.by_role().items()}
    assert answers == {role: 200 if role in allowed else 403 for role in Role.values}
    assert sign_in(cast.outsider).get(address).status_code == 404
