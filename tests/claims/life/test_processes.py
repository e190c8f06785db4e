"""Two clerks act on one claim at the same moment, in programs of their own: one of them is first."""

import time
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.claims import approved, claimants
from tests.processes import answer_of, run_beside
from zaigang.claims.models import Claim, Episode
from zaigang.ledger.models import Entry
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.models import Closure

pytestmark = pytest.mark.django_db(transaction=True)
ACT = """
import json, time
from datetime import date
from zaigang.claims import actions
from zaigang.claims.errors import NoSuchStep
from zaigang.claims.models import Claim
from zaigang.offices.models import Staff
act, claim, name, start = sys.argv[1:]
by, claim = Staff.objects.get(username=name), Claim.objects.get(pk=claim)
while time.time() < float(start):
    time.sleep(0.001)
more = {
    "stop": {"reason": "41", "on": date(2016, 1, 8), "evidence": name},
    "suspend": {"reason": "other", "until": date(2016, 2, 1), "evidence": name},
}[act]
try:
    getattr(actions, act)(claim=claim, by=by, **more)
    print(json.dumps("done"))
except NoSuchStep as error:
    print(json.dumps("no such step"))
"""


@pytest.mark.parametrize(
    ("acts", "episodes"),
    [
        (("stop", "stop"), [["stop"]]),
        (("suspend", "suspend"), [["suspend"]]),
        # Held first it may still be stopped; stopped first there is nothing to hold.
        (("stop", "suspend"), [["suspend", "stop"], ["stop"]]),
    ],
)
def test_two_clerks_at_once(
    cast: Cast, closure: Closure, tmp_path: Path, acts: tuple[str, str], episodes: list[list[str]]
) -> None:
    claim = approved(cast, claimants(cast, closure, tmp_path, "王建甲")[0])
    start = str(time.time() + 2.5)
    programs = [
        run_beside(ACT, act, str(claim.pk), staff.username, start)
        for act, staff in zip(acts, (cast.clerk, cast.second_clerk), strict=True)
    ]
    answers = [answer_of(program) for program in programs]
    found = [one.act for one in Episode.objects.order_by("number")]
    assert found in episodes
    assert answers.count("done") == (2 if acts[0] == acts[1] else len(found))
    assert Entry.objects.filter(verb="claims.stopped").count() == found.count("stop")
    assert Claim.objects.get().life == ("stopped" if "stop" in found else "suspended")
    assert replay_differences(closure.pk) == []
