"""What the database itself refuses, whatever the program does."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.claims.life.acts import suspend
from tests.factories.rosters import id_number
from zaigang.claims.models import Claim, Episode
from zaigang.foundation import clock
from zaigang.offices.actions import note_identity


def refused(name: str, act: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("claims_stopped_in_life", {"life": "stopped"}),
        ("claims_stopped_in_life", {"life": "carried"}),
        ("claims_suspended_until", {"life": "suspended"}),
        ("claims_suspended_until", {"suspended_until": date(2016, 2, 1)}),
        ("claims_suspended_when_granted", {
            "life": "suspended", "suspended_until": date(2016, 2, 1), "outcome": "refuse",
        }),
    ],
)  # fmt: skip
def test_a_claim_is_in_one_state(claim: Claim, name: str, values: dict[str, Any]) -> None:
    refused(name, lambda: Claim.objects.filter(pk=claim.pk).update(**values))


def test_an_episode_stays_as_it_was_written(cast: Cast, claim: Claim) -> None:
    suspend(cast, claim, date(2016, 2, 1))
    refused("claims_kept_for_good", lambda: Episode.objects.update(on=date(2016, 1, 1)))
    refused("claims_kept_for_good", lambda: Episode.objects.all().delete())


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("claims_episode_once", {"number": 1}),
        ("claims_episode_until", {"act": "suspend"}),
        ("claims_episode_until", {"until": date(2016, 2, 1)}),
        ("claims_episode_stood_on", {"facts": {}}),
    ],
)
def test_an_episode_is_whole(cast: Cast, claim: Claim, name: str, values: dict[str, Any]) -> None:
    suspend(cast, claim, date(2016, 2, 1))
    plain = {
        "claim": claim, "number": 2, "act": "lift", "start": "suspended", "end": "running",
        "on": date(2016, 1, 12), "evidence": "查清了", "by": cast.clerk, "at": clock.now(),
    }  # fmt: skip
    refused(name, lambda: Episode.objects.create(**plain | values))


@pytest.mark.parametrize("field", ["by", "noted_by"])
def test_nobody_writes_into_the_own_file(cast: Cast, claim: Claim, field: str) -> None:
    note_identity(staff=cast.second_clerk, id_number=id_number(1), by=cast.director)
    values: dict[str, Any] = {"by": cast.clerk} | {field: cast.second_clerk}
    refused(
        "claims_not_the_own_file",
        lambda: Episode.objects.create(
            claim=claim, number=1, act="stop", start="running", end="stopped", on=date(2016, 1, 11),
            evidence="x", at=clock.now(), **values,
        ),
    )  # fmt: skip
