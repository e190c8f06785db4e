"""What a page offers is what the reader may do: no button leads to a refusal, and none is missing."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.claims.life.acts import ASKED, OFFER, carry, stop
from tests.claims.life.test_correcting import proposed
from tests.factories.claims import month
from zaigang.claims import actions
from zaigang.claims.lawbook import current_law
from zaigang.claims.models import Claim, Correction, SigningRule
from zaigang.claims.pages.appeals import appeal_page
from zaigang.claims.pages.corrections import correction_page
from zaigang.claims.queries import monthly
from zaigang.claims.queries.monthly import attention, rule_of
from zaigang.foundation import clock


def seen_by(reader: Any, made: Correction) -> tuple[bool, bool, bool]:
    related = ("claim__case__worker", "claim__case__closure__office", "ruling", "before", "made_by")
    page = correction_page(Correction.objects.select_related(*related).get(pk=made.pk), reader)
    return page.may_check, page.may_approve, page.may_drop


def test_the_last_signature_is_offered_once_the_second_was_given(cast: Cast, claim: Claim) -> None:
    made = proposed(cast, claim)
    assert seen_by(cast.director, made) == (True, False, True)
    actions.check_correction(correction=made, by=cast.second_clerk)
    assert seen_by(cast.director, made) == (False, True, True)


def test_where_the_office_wants_no_second_signature_the_last_comes_at_once(cast: Cast, claim: Claim) -> None:
    SigningRule.objects.create(office=cast.north, needs_checker=False)
    assert seen_by(cast.director, proposed(cast, claim)) == (True, True, True)


@pytest.mark.parametrize(
    ("who", "status", "state"),
    [
        ("clerk", 302, "dropped"),
        ("director", 302, "dropped"),
        ("officer", 403, "made"),
        ("auditor", 403, "made"),
    ],
)
def test_dropped_by_its_maker_or_who_checks(
    sign_in: Any, cast: Cast, claim: Claim, who: str, status: int, state: str
) -> None:
    made = proposed(cast, claim)
    address = reverse("claims:correction_drop", args=[made.pk])
    assert sign_in(getattr(cast, who)).post(address, {"because": "清单不是本人的"}).status_code == status
    made.refresh_from_db()
    assert (made.state, seen_by(getattr(cast, who), made)[2]) == (state, False)


def test_a_claim_whose_months_were_carried_is_not_corrected(sign_in: Any, cast: Cast, claim: Claim) -> None:
    stop(cast, claim, clock.today())
    carry(cast, claim)
    answer = sign_in(cast.clerk).get(reverse("claims:correct", args=[claim.pk]))
    assert answer.headers["Location"] == reverse("claims:claim", args=[claim.pk])


def test_only_who_may_note_it_is_offered_that_the_worker_took_it_back(cast: Cast, claim: Claim) -> None:
    found = actions.receive_appeal(claim=claim, by=cast.clerk, **ASKED)
    offered = {
        who: appeal_page(found, getattr(cast, who)).may_withdraw for who in ("clerk", "officer", "auditor")
    }
    assert offered == {"clerk": True, "officer": True, "auditor": False}


def test_a_refusal_that_was_judged_can_still_be_read(sign_in: Any, cast: Cast, claim: Claim) -> None:
    today = clock.today()
    offer = replace(OFFER, offered_on=today, told_on=today, refused_on=today)
    made = actions.note_refusal(claim=claim, offer=offer, by=cast.clerk)
    actions.judge(refusal=made, confirmed=False, judgement="路太远", by=cast.second_clerk)
    page = sign_in(cast.auditor).get(reverse("claims:claim", args=[claim.pk])).content.decode()
    assert "2016-01-11 没有接受工作：核定：不影响领取" in page
    assert reverse("claims:refusal", args=[made.pk]) in page


def test_the_age_is_that_of_the_law_in_force(
    cast: Cast, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def reached(_category: str, _born: Any, *, parameters: Any = None) -> Any:
        asked.append(parameters)
        return clock.today()

    monkeypatch.setattr(monthly, "retirement_date", reached)
    found = attention(cast.north, month("2016-01"), rule_of(cast.north))
    law = current_law().library
    assert ([one is law for one in asked], found["retiring"]) == (
        [True], list(claim.payments.filter(month=month("2016-01")).values_list("pk", flat=True)),
    )  # fmt: skip
