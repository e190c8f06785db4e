"""Months wait while something is checked, and nothing of them is lost."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.claims.life.acts import MAY, stop, suspend
from tests.factories.claims import held, listed, month, strip
from tests.factories.rosters import id_number
from zaigang.claims import actions
from zaigang.claims.actions import lift, make_list, prolong, release
from zaigang.claims.errors import EvidenceMissing, NoSuchStep, NotDue, WrongSignature
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.offices.actions import note_identity
from zaigang.roster.models import Case


def test_months_wait_and_come_back_as_they_were(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        listed(cast, "2016-01")
        release(office=cast.north, month=month("2016-02"), by=cast.clerk)
        suspend(cast, claim)
        assert strip(claim, "2016-05") == "lhhhh"
        assert release(office=cast.north, month=month("2016-03"), by=cast.clerk) == 0
        with pytest.raises(NotDue):
            make_list(office=cast.north, month=month("2016-02"), by=cast.clerk)
        lift(claim=claim, evidence="是同名的人，身份证号不同", by=cast.second_clerk)
    assert strip(claim, "2016-05") == "lrppp"
    assert claim.payments.count() == 24
    claim.refresh_from_db()
    assert (claim.life, claim.suspended_until) == ("running", None)


def test_suspended_by_two_the_first_stays(cast: Cast, claim: Claim) -> None:
    suspend(cast, claim, date(2016, 2, 1))
    again = suspend(cast, claim, date(2016, 3, 1))
    assert (again.suspended_until, claim.episodes.count()) == (date(2016, 2, 1), 1)


def test_prolonged_until_later(cast: Cast, claim: Claim) -> None:
    suspend(cast, claim, date(2016, 2, 1))
    later = prolong(claim=claim, until=date(2016, 3, 1), evidence="单位还没有回函", by=cast.clerk)
    assert (later.suspended_until, strip(claim, "2016-02")) == (date(2016, 3, 1), "hh")


@pytest.mark.parametrize(
    ("until", "evidence", "words"),
    [
        (date(2016, 1, 11), "有记录", "再看的日子不对"),
        (date(2016, 4, 13), "有记录", "再看的日子不对"),
        (date(2016, 2, 1), "  ", "没有写要核实什么"),
    ],
)
def test_a_suspension_needs_a_question_and_a_near_day(
    cast: Cast, claim: Claim, until: date, evidence: str, words: str
) -> None:
    with pytest.raises(EvidenceMissing, match=words):
        actions.suspend(claim=claim, reason="other", until=until, evidence=evidence, by=cast.clerk)
    assert claim.episodes.count() == 0


def test_what_is_not_drawn_is_not_held(cast: Cast, case: Case) -> None:
    with pytest.raises(NoSuchStep, match="还没有在发放"):
        suspend(cast, held(cast, case), date(2016, 2, 1))


def test_stopped_while_suspended_what_is_due_waits_for_release(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        listed(cast, "2016-01")
        suspend(cast, claim)
        stop(cast, claim, date(2016, 4, 1))
    claim.refresh_from_db()
    assert (strip(claim, "2016-06"), claim.life, claim.suspended_until) == ("lppsss", "stopped", None)


def test_nobody_holds_back_the_own_file(cast: Cast, claim: Claim) -> None:
    note_identity(staff=cast.clerk, id_number=id_number(1), by=cast.director)
    cast.clerk.refresh_from_db()
    with pytest.raises(WrongSignature, match="您自己的档案"):
        suspend(cast, claim, date(2016, 2, 1))
