"""Unemployed again within a year the months go on; after a year they go into a new claim."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.claims.life.acts import AUGUST, JUNE_2017, MAY, carry, resume, stop
from tests.factories.claims import claimed, listed, month, strip
from zaigang.claims import actions
from zaigang.claims.actions import make_list, release, undo_carry, undo_stop
from zaigang.claims.carrying import Unused
from zaigang.claims.errors import EvidenceMissing, NeedsNewClaim, NoSuchStep, NotDue
from zaigang.claims.models import Claim, Registration
from zaigang.claims.queries.lists import unsound
from zaigang.claims.queries.unused import unused_of
from zaigang.foundation import clock
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.actions import note_life_event
from zaigang.roster.models import Case


def test_the_months_that_are_left_go_on_from_the_month_of_registration(cast: Cast, claim: Claim) -> None:
    before = (claim.ruling_id, claim.facts)
    with clock.at(MAY):
        listed(cast, "2016-01", "2016-02", "2016-03", "2016-04")
        stop(cast, claim)
    resume(cast, claim)
    claim.refresh_from_db()
    assert strip(claim) == "llllsssppppp"
    assert list(claim.payments.filter(month__gte=month("2016-08")).values_list("draw", flat=True)[:2]) == [
        5,
        6,
    ]
    due = claim.payments.exclude(state="stopped")
    assert (due.count(), due.order_by("month").last().month) == (24, month("2018-03"))  # type: ignore[union-attr]
    assert claim.facts["events"] == [
        {"on": "2016-04-10", "kind": "employed"},
        {"on": "2016-08-10", "kind": "unemployed_again"},
    ]
    last = claim.episodes.get(act="resume")
    assert (last.ruling_id, last.facts, last.on, len(last.months)) == (*before, AUGUST, 20)
    claim.case.refresh_from_db()
    assert (claim.case.state, claim.stopped_on) == ("claiming", None)
    assert replay_differences(claim.case.closure_id) == []


def test_amounts_of_lists_before_and_after_a_restart_are_those_of_their_rulings(
    cast: Cast, claim: Claim
) -> None:
    with clock.at(MAY):
        listed(cast, "2016-01", "2016-05")
        stop(cast, claim)
    resume(cast, claim)
    with clock.at(AUGUST):
        release(office=cast.north, month=month("2016-08"), by=cast.clerk)
        make_list(office=cast.north, month=month("2016-08"), by=cast.clerk)
    assert unsound() == (0, 0, 0)
    assert strip(claim, "2016-08") == "lppplssl"


def test_stopped_again_and_undone_leaves_the_first_time_away(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        stop(cast, claim)
    resume(cast, claim)
    with clock.at(date(2016, 10, 20)):
        stop(cast, claim, date(2016, 6, 1), reason="44")
        assert strip(claim, "2016-10") == "ppppssssss"
        undo_stop(claim=claim, because="没有领养老金", by=cast.clerk)
    assert strip(claim, "2016-10") == "ppppsssppp"


def test_twice_away_twice_back(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        stop(cast, claim)
    resume(cast, claim)
    with clock.at(date(2016, 10, 20)):
        stop(cast, claim, date(2016, 10, 8))
    resume(cast, claim, date(2016, 12, 31), date(2017, 1, 5))
    assert strip(claim, "2017-02") == "ppppssspppsspp"
    assert [one.act for one in claim.episodes.all()] == ["stop", "resume", "stop", "resume"]


@pytest.mark.parametrize(
    ("left_on", "on", "error", "words"),
    [
        (date(2017, 4, 8), date(2017, 4, 9), None, ""),
        (date(2017, 4, 9), date(2017, 4, 10), NeedsNewClaim, "满了12个月"),
        (date(2017, 3, 31), date(2017, 5, 2), NotDue, "再登记时离重新就业已满12个月"),
        (date(2016, 4, 9), date(2016, 8, 10), EvidenceMissing, "日期的先后不对"),
        (date(2016, 8, 10), date(2016, 8, 10), EvidenceMissing, "日期的先后不对"),
        (date(2017, 6, 30), date(2017, 7, 1), EvidenceMissing, "日期在今天之后"),
    ],
)
def test_how_long_the_new_job_lasted_decides(
    cast: Cast, claim: Claim, left_on: date, on: date, error: type[Exception] | None, words: str
) -> None:
    with clock.at(JUNE_2017):
        stop(cast, claim)
        if error is None:
            actions.resume(claim=claim, left_on=left_on, on=on, evidence="解除证明", by=cast.clerk)
        else:
            with pytest.raises(error, match=words):
                actions.resume(claim=claim, left_on=left_on, on=on, evidence="解除证明", by=cast.clerk)
    claim.refresh_from_db()
    assert claim.life == ("running" if error is None else "stopped")


@pytest.mark.parametrize("reason", ["44", "47", "90"])
def test_not_every_stop_has_a_way_back(cast: Cast, claim: Claim, reason: str) -> None:
    with clock.at(MAY):
        stop(cast, claim, reason=reason)
    with pytest.raises(NotDue, match="不能接着领"):
        resume(cast, claim)


def test_the_dead_do_not_come_back(cast: Cast, claim: Claim, case: Case) -> None:
    with clock.at(MAY):
        stop(cast, claim)
        assert case.worker
        note_life_event(worker=case.worker, kind="died", on=date(2016, 5, 1), document="证明", by=cast.clerk)
    with pytest.raises(NotDue, match="已经去世"):
        resume(cast, claim)


def test_what_was_never_approved_does_not_go_on(cast: Cast, case: Case) -> None:
    made = claimed(cast, case)
    with clock.at(MAY):
        stop(cast, made)
    with pytest.raises(NoSuchStep, match="没有审批过"):
        resume(cast, made)


def test_months_left_are_counted_and_the_person_may_register_anew(cast: Cast, claim: Claim) -> None:
    with clock.at(JUNE_2017):
        listed(cast, "2016-01", "2016-02", "2016-05")
        stop(cast, claim)
        carry(cast, claim)
    claim.refresh_from_db()
    # May went out and was not due: it is to come back, and is not drawn.
    assert unused_of(claim) == Unused(exact=None, at_most=22, drawn=2)
    assert (claim.life, Registration.objects.filter(current=True).count()) == ("carried", 0)
    undo_carry(claim=claim, evidence="没有满12个月", by=cast.clerk)
    claim.refresh_from_db()
    assert (claim.life, Registration.objects.filter(current=True).count()) == ("stopped", 1)


def test_only_after_a_new_job_months_are_carried(cast: Cast, claim: Claim) -> None:
    with clock.at(MAY):
        stop(cast, claim, reason="42")
        with pytest.raises(NoSuchStep, match="重新就业"):
            actions.carry(claim=claim, evidence="退役证", by=cast.clerk)
