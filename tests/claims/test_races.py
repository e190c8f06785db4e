"""A death is noted while a claim is being confirmed or signed: neither waits for the other for ever."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.claims import at_the_window, checked, claimants, ready
from tests.racing import Meanwhile
from zaigang.claims.actions import approve, signing, stop, stopping
from zaigang.claims.models import Claim
from zaigang.claims.one_stop import confirming
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.actions import note_life_event
from zaigang.roster.models import Case, Closure

pytestmark = pytest.mark.django_db(transaction=True)
DIED = date(2016, 1, 5)


def confirmation(cast: Cast, case: Case) -> Callable[[], Any]:
    asked = ready(case, at_the_window(cast, case))
    return lambda: confirming.confirm(confirmation=asked, by=cast.clerk)


def approval(cast: Cast, case: Case) -> Callable[[], Any]:
    claim = checked(cast, case)
    return lambda: approve(claims=[claim.pk], by=cast.director)


def ending(cast: Cast, case: Case) -> Callable[[], Any]:
    claim = checked(cast, case)
    return lambda: stop(claim=claim, reason="41", on=date(2016, 1, 8), evidence="劳动合同", by=cast.clerk)


@pytest.mark.parametrize(
    ("prepare", "module", "held"),
    [(confirmation, confirming, "write"), (approval, signing, "_grant"), (ending, stopping, "demand_step")],
)
def test_a_death_noted_meanwhile_stops_what_was_granted(
    cast: Cast, closure: Closure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepare: Callable[..., Any],
    module: Any, held: str,
) -> None:  # fmt: skip
    [case] = claimants(cast, closure, tmp_path, "王建甲")
    act, real, others = prepare(cast, case), getattr(module, held), []

    def note() -> Any:
        assert case.worker
        return note_life_event(
            worker=case.worker, kind="died", on=DIED, document="证明", by=cast.second_clerk
        )

    def in_the_middle(*args: Any, **more: Any) -> Any:
        if not others:
            others.append(Meanwhile(note).began())
        return real(*args, **more)

    monkeypatch.setattr(module, held, in_the_middle)
    act()
    assert others[0].result().kind == "died"
    case.refresh_from_db()
    assert (case.state, Claim.objects.get().stopped_on) == ("left_labour_force", DIED)
    assert replay_differences(closure.pk) == []
