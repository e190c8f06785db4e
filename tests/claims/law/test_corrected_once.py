"""The last signature of a correction is killed, or given by two programs at once: its back-pay is made out once."""

import time
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.claims.law.conftest import at
from tests.claims.life.test_correcting import proposed
from tests.factories.claims import approved, claimants, month
from tests.factories.laws import EARLIER, NOTICE, in_force
from tests.processes import answer_of, run_beside, wait_until
from zaigang.claims import actions
from zaigang.claims.models import BackPay, Correction
from zaigang.claims.queries.lists import unsound
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.roster.models import Closure

pytestmark = pytest.mark.django_db(transaction=True)
SIGN = """
import json, pathlib, time
from datetime import datetime
from zaigang.claims.actions import correcting
from zaigang.claims.errors import NoSuchStep
from zaigang.claims.models import Correction
from zaigang.foundation import clock
from zaigang.offices.models import Staff
pk, name, start, mark = sys.argv[1:]
real = correcting.make_up
def slow(*given):
    real(*given)
    if mark:
        pathlib.Path(mark).touch()
        time.sleep(60)
correcting.make_up = slow
while time.time() < float(start):
    time.sleep(0.001)
with clock.at(datetime(2016, 8, 25, 10, tzinfo=clock.ZONE)):
    try:
        correcting.approve_correction(
            correction=Correction.objects.get(pk=pk), by=Staff.objects.get(username=name)
        )
        print(json.dumps("done"))
    except NoSuchStep:
        print(json.dumps("no such step"))
"""


@pytest.fixture
def made(cast: Cast, closure: Closure, tmp_path: Path) -> Correction:
    """Checked, and 50 yuan short for July."""
    in_force(EARLIER, by=cast.clerk, confirmed_by=cast.director)
    claim = approved(cast, claimants(cast, closure, tmp_path, "安可")[0])
    with clock.at(at("2016-07-05")):
        actions.release(office=cast.north, month=month("2016-07"), by=cast.clerk)
        actions.make_list(office=cast.north, month=month("2016-07"), by=cast.clerk)
    claim.differs, claim.reason = True, "本人补交了材料"
    claim.save(update_fields=["differs", "reason"])
    with clock.at(at("2016-08-25")):
        in_force(NOTICE, by=cast.clerk, confirmed_by=cast.director)
        made = proposed(cast, claim, {})
        return actions.check_correction(correction=made, by=cast.second_clerk)


def settled() -> tuple[int, int, list[str]]:
    """Back-pays, entries of the ledger, the corrections' states."""
    states = list(Correction.objects.values_list("state", flat=True))
    return BackPay.objects.count(), Entry.objects.filter(verb="claims.corrected").count(), states


def test_killed_after_it_was_made_out_nothing_is_there_and_the_next_time_all_of_it(
    cast: Cast, made: Correction, tmp_path: Path
) -> None:
    mark = tmp_path / "made-out"
    program = run_beside(SIGN, str(made.pk), cast.director.username, "0", str(mark))
    wait_until(mark.exists, program)
    program.kill()
    program.communicate()
    assert settled() == (0, 0, ["checked"])
    again = run_beside(SIGN, str(made.pk), cast.director.username, "0", "")
    assert (answer_of(again), settled()) == ("done", (1, 1, ["approved"]))
    assert unsound() == (0, 0, 0)


def test_two_programs_sign_at_once(cast: Cast, made: Correction) -> None:
    start = str(time.time() + 3)
    programs = [run_beside(SIGN, str(made.pk), cast.director.username, start, "") for _n in range(2)]
    assert sorted(answer_of(one) for one in programs) == ["done", "no such step"]
    assert (settled(), unsound()) == ((1, 1, ["approved"]), (0, 0, 0))
