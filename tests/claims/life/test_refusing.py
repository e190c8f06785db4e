"""A refused offer: one notes all of it, the worker is heard, another judges."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.claims.life.acts import MAY, OFFER, stop
from tests.factories.claims import held, strip
from zaigang.claims.actions import Offer, hear, judge, note_refusal
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, NotDue, WrongSignature
from zaigang.claims.models import Claim, Refusal
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.roster.models import Case


def noted(cast: Cast, claim: Claim, offer: Offer = OFFER) -> Refusal:
    with clock.at(MAY):
        return note_refusal(claim=claim, offer=offer, by=cast.clerk)


def test_noting_stops_nothing(cast: Cast, claim: Claim) -> None:
    made = noted(cast, claim)
    claim.refresh_from_db()
    assert (made.state, claim.life, strip(claim, "2016-06")) == ("noted", "running", "pppppp")


@pytest.mark.parametrize(
    ("confirmed", "state", "life", "months"),
    [(True, "confirmed", "stopped", "ppppss"), (False, "dropped", "running", "pppppp")],
)
def test_another_person_judges_after_the_worker_was_heard(
    cast: Cast, claim: Claim, confirmed: bool, state: str, life: str, months: str
) -> None:
    made = noted(cast, claim)
    with clock.at(MAY):
        hear(refusal=made, on=date(2016, 5, 3), words="母亲瘫痪在床，有村里证明", by=cast.clerk)
        judge(refusal=made, confirmed=confirmed, judgement="另有白班可以选，本人也不去", by=cast.second_clerk)
    made.refresh_from_db()
    claim.refresh_from_db()
    assert (made.state, made.judged_by, claim.life, strip(claim, "2016-06")) == (
        state, cast.second_clerk, life, months,
    )  # fmt: skip
    if confirmed:
        episode = claim.episodes.get(act="stop")
        assert (episode.noted_by, episode.by, episode.reason) == (cast.clerk, cast.second_clerk, "46")
    verbs = list(Entry.objects.filter(verb__startswith="claims.refusal").values_list("verb", flat=True))
    assert sorted(verbs) == sorted(
        ["claims.refusal_noted", "claims.refusal_heard", f"claims.refusal_{state}"]
    )


def test_who_noted_does_not_judge(cast: Cast, claim: Claim) -> None:
    made = noted(cast, claim)
    with pytest.raises(WrongSignature, match="不能自己核定"):
        judge(refusal=made, confirmed=True, judgement="没有理由", by=cast.clerk)
    with pytest.raises(IntegrityError, match="claims_refusal_judged_by_another"), transaction.atomic():
        Refusal.objects.update(
            state="confirmed", judged_by=cast.clerk, judged_at=clock.now(), judgement=b"x", heard=None
        )


@pytest.mark.parametrize("name", ["offer", "place", "terms", "suitable", "words"])
def test_nothing_is_left_out(cast: Cast, claim: Claim, name: str) -> None:
    with pytest.raises(EvidenceMissing, match="没有写"):
        noted(cast, claim, replace(OFFER, **{name: " "}))
    assert Refusal.objects.count() == 0


@pytest.mark.parametrize("name", ["offered_on", "told_on"])
def test_first_the_offer_and_the_consequence_then_the_refusal(cast: Cast, claim: Claim, name: str) -> None:
    with pytest.raises(EvidenceMissing, match="先后不对"):
        noted(cast, claim, replace(OFFER, **{name: date(2016, 4, 13)}))


def test_one_at_a_time_and_judged_once(cast: Cast, claim: Claim) -> None:
    made = noted(cast, claim)
    with pytest.raises(NoSuchStep, match="已经有一条"):
        noted(cast, claim)
    judge(refusal=made, confirmed=False, judgement="路太远", by=cast.second_clerk)
    with pytest.raises(NoSuchStep, match="已经核定"):
        judge(refusal=made, confirmed=True, judgement="没有理由", by=cast.director)
    with pytest.raises(IntegrityError, match="kept_for_good"), transaction.atomic():
        Refusal.objects.update(state="confirmed")
    assert noted(cast, claim).state == "noted"


def test_a_stop_for_it_goes_no_other_way(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY), pytest.raises(NotDue, match="不能直接停发"):
        stop(cast, claim, reason="46")


def test_only_who_draws_can_refuse(cast: Cast, case: Case) -> None:
    with pytest.raises(NoSuchStep, match="没有在领"):
        noted(cast, held(cast, case))
