"""Somebody disagrees: told why first, in their own words, answered by a person who had no part in it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.cast import Cast, make_staff
from tests.claims.life.acts import ASKED, MAY
from zaigang.claims import actions
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, WrongSignature
from zaigang.claims.models import Appeal, Claim
from zaigang.claims.queries.appeals import deciders
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.offices.enums import Role


@pytest.fixture
def third(cast: Cast) -> Any:
    """A clerk of the same street who had no part in anything."""
    return make_staff("san", "桑经办", Role.CLERK, cast.north)


def received(cast: Cast, claim: Claim, **more: Any) -> Appeal:
    return actions.receive_appeal(claim=claim, by=cast.clerk, **ASKED | more)


@pytest.mark.parametrize(("changed", "state"), [(False, "upheld"), (True, "changed")])
def test_answered_by_somebody_else(cast: Cast, claim: Claim, third: Any, changed: bool, state: str) -> None:
    made = received(cast, claim)
    answered = actions.answer_appeal(appeal=made, changed=changed, answer="法律规定一次最多24个月", by=third)
    assert (answered.state, answered.decided_by) == (state, third)
    assert list(Entry.objects.filter(verb__startswith="claims.appeal").values_list("verb", flat=True)) == [
        "claims.appealed", "claims.appeal_answered",
    ]  # fmt: skip
    with pytest.raises(NoSuchStep, match="已经答复"):
        actions.answer_appeal(appeal=made, changed=False, answer="再答", by=third)
    with pytest.raises(IntegrityError, match="kept_for_good"), transaction.atomic():
        Appeal.objects.update(state="received", decided_by=None, decided_at=None)


@pytest.mark.parametrize("who", ["clerk", "second_clerk", "director"])
def test_who_decided_does_not_answer(cast: Cast, claim: Claim, who: str) -> None:
    made = received(cast, claim)
    with pytest.raises(WrongSignature, match="原来是您决定的"):
        actions.answer_appeal(appeal=made, changed=False, answer="维持", by=getattr(cast, who))
    with pytest.raises(IntegrityError, match="claims_appeal_answered_by_another"), transaction.atomic():
        Appeal.objects.update(
            state="upheld", decided_by=getattr(cast, who), decided_at=clock.now(), answer=b"x"
        )


def test_who_stopped_it_had_a_part_in_it(cast: Cast, claim: Claim, third: Any) -> None:
    with clock.at(MAY):
        actions.stop(claim=claim, reason="41", on=date(2016, 4, 10), evidence="合同", by=third)
    claim.refresh_from_db()
    assert third.pk in deciders(claim)
    with pytest.raises(WrongSignature):
        actions.answer_appeal(appeal=received(cast, claim, about="stop"), changed=True, answer="改", by=third)


@pytest.mark.parametrize(
    "more",
    [
        {"words": " "},
        {"received_on": date(2016, 1, 12)},
        {"explained_on": date(2016, 1, 12)},
        {"promised_on": date(2016, 1, 10)},
    ],
)
def test_what_is_written_down_is_whole(cast: Cast, claim: Claim, more: dict[str, Any]) -> None:
    with pytest.raises(EvidenceMissing):
        received(cast, claim, **more)


def test_one_of_a_kind_at_a_time_and_taken_back(cast: Cast, claim: Claim) -> None:
    made = received(cast, claim)
    with pytest.raises(NoSuchStep, match="等答复"):
        received(cast, claim)
    assert received(cast, claim, about="other").state == "received"
    assert actions.withdraw_appeal(appeal=made, by=cast.clerk).state == "withdrawn"


def test_on_its_pages(sign_in: Any, cast: Cast, claim: Claim, third: Any) -> None:
    client = sign_in(cast.clerk)
    sent = {name: str(value) for name, value in ASKED.items()}
    form = client.get(reverse("claims:appeal", args=[claim.pk])).content.decode()
    assert "没有查到，请本人问社保经办机构" in form
    assert client.post(reverse("claims:appeal", args=[claim.pk]), sent | {"words": ""}).status_code == 422
    client.post(reverse("claims:appeal", args=[claim.pk]), sent)
    made = Appeal.objects.get()
    page = reverse("claims:appeal_page", args=[made.pk])
    assert "原来是您决定的" in client.get(page).content.decode()
    with clock.at(date(2016, 1, 25)):
        shown = sign_in(third).get(page).context["page"]
    assert (shown.waited, shown.late, shown.may_answer) == (14, True, True)
    answer = {"changed": "no", "answer": "法律规定一次最多24个月"}
    assert client.post(reverse("claims:appeal_answer", args=[made.pk]), answer).status_code == 302
    made.refresh_from_db()
    assert made.state == "upheld"
    assert sign_in(cast.outsider).get(page).status_code == 404
