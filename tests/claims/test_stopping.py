"""Benefit stops by a reason of the law; what went out on a list stays on it."""

from datetime import date
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.factories.claims import approved, claimants, month
from zaigang.claims.actions import make_list, release, stop, undo_stop
from zaigang.claims.errors import NotDue
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.actions import note_life_event, undo_life_event
from zaigang.roster.models import Case, Closure

MAY = date(2016, 5, 20)


@pytest.fixture
def case(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    return claimants(cast, closure, tmp_path, "王建甲")[0]


def states(claim: Claim, until: str = "2016-06") -> list[str]:
    months = claim.payments.filter(month__lte=month(until)).order_by("month")
    return list(months.values_list("state", flat=True))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2016, 1, 1), 0),
        (date(2016, 1, 2), 1),
        (date(2016, 2, 29), 2),
        (date(2016, 3, 1), 2),
        (date(2016, 3, 2), 3),
        (date(2016, 3, 31), 3),
    ],
)
def test_a_month_is_due_to_who_is_unemployed_on_its_first_day(
    cast: Cast, case: Case, on: date, due: int
) -> None:
    claim = approved(cast, case)
    with clock.at(MAY):
        stop(claim=claim, reason="41", on=on, evidence="劳动合同 2016年3月", by=cast.clerk)
    assert states(claim) == ["planned"] * due + ["stopped"] * (6 - due)
    case.refresh_from_db()
    assert case.state == "registered"
    assert replay_differences(case.closure_id) == []


def test_stopped_twice_the_first_stays(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    with clock.at(MAY):
        stop(claim=claim, reason="41", on=date(2016, 3, 1), evidence="劳动合同", by=cast.clerk)
        again = stop(claim=claim, reason="44", on=date(2016, 2, 1), evidence="别的", by=cast.second_clerk)
    assert (again.stopped_on, again.stop_reason, again.stop_evidence, again.stopped_by) == (
        date(2016, 3, 1), "41", "劳动合同", cast.clerk,
    )  # fmt: skip
    assert Entry.objects.filter(verb="claims.stopped").count() == 1


@pytest.mark.parametrize(
    ("on", "evidence", "words"),
    [(MAY, "  ", "没有写凭什么停发"), (date(2016, 5, 21), "合同", "日期在今天之后")],
)
def test_a_stop_needs_a_paper_and_a_day_that_came(
    cast: Cast, case: Case, on: date, evidence: str, words: str
) -> None:
    claim = approved(cast, case)
    with clock.at(MAY), pytest.raises(NotDue, match=words):
        stop(claim=claim, reason="41", on=on, evidence=evidence, by=cast.clerk)
    assert states(claim) == ["planned"] * 6


@pytest.mark.parametrize(("kind", "reason"), [("died", "90"), ("pension", "44")])
def test_a_life_event_after_listing_leaves_the_list(cast: Cast, case: Case, kind: str, reason: str) -> None:
    claim = approved(cast, case)
    with clock.at(MAY):
        for text in ("2016-01", "2016-02", "2016-03", "2016-04"):
            release(office=cast.north, month=month(text), by=cast.clerk)
            if text < "2016-04":
                make_list(office=cast.north, month=month(text), by=cast.clerk)
        assert case.worker
        note_life_event(worker=case.worker, kind=kind, on=date(2016, 2, 10), document="证明", by=cast.clerk)
    assert states(claim) == ["listed", "listed", "listed", "stopped", "stopped", "stopped"]
    claim.refresh_from_db()
    assert (claim.stopped_on, claim.stop_reason, claim.stop_evidence) == (date(2016, 2, 10), reason, "证明")
    assert replay_differences(case.closure_id) == []


def test_a_death_before_an_earlier_stop_stops_earlier(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    with clock.at(MAY):
        stop(claim=claim, reason="41", on=date(2016, 5, 1), evidence="劳动合同", by=cast.clerk)
        assert case.worker
        note_life_event(worker=case.worker, kind="died", on=date(2016, 2, 10), document="证明", by=cast.clerk)
    claim.refresh_from_db()
    assert (claim.stopped_on, claim.stop_reason) == (date(2016, 2, 10), "90")
    assert states(claim) == ["planned"] * 2 + ["stopped"] * 4


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("drawing", [True, False])
def test_two_life_events_undone_in_any_order_leave_where_one_stood(
    cast: Cast, case: Case, order: tuple[int, int], drawing: bool
) -> None:
    if drawing:
        approved(cast, case)
    assert case.worker
    events = [
        note_life_event(worker=case.worker, kind=kind, on=on, document="证明", by=cast.clerk)
        for kind, on in (("pension", date(2016, 1, 1)), ("died", date(2016, 1, 5)))
    ]
    for place in order:
        undo_life_event(event=events[place], by=cast.clerk)
        assert replay_differences(case.closure_id) == []
    case.refresh_from_db()
    assert case.state == ("registered" if drawing else "not_reached")


def test_a_stop_that_was_a_mistake_is_undone_with_a_reason(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    release(office=cast.north, month=month("2016-01"), by=cast.clerk)
    make_list(office=cast.north, month=month("2016-01"), by=cast.clerk)
    stop(claim=claim, reason="41", on=date(2016, 1, 5), evidence="劳动合同", by=cast.clerk)
    with pytest.raises(NotDue, match="为什么恢复"):
        undo_stop(claim=claim, because=" ", by=cast.clerk)
    undone = undo_stop(claim=claim, because="合同是别人的，同名", by=cast.clerk)
    assert (undone.stopped_on, undone.stop_reason, states(claim, "2016-03")) == (
        None, "", ["listed", "planned", "planned"],
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, replay_differences(case.closure_id)) == ("claiming", [])


def test_nothing_is_restored_while_somebody_is_on_record_as_dead(cast: Cast, case: Case) -> None:
    claim = approved(cast, case)
    assert case.worker
    event = note_life_event(
        worker=case.worker, kind="died", on=date(2016, 1, 8), document="证明", by=cast.clerk
    )
    with pytest.raises(NotDue, match="已经去世"):
        undo_stop(claim=claim, because="本人来了", by=cast.clerk)
    undo_life_event(event=event, by=cast.clerk)
    undo_stop(claim=claim, because="本人来了，社区证明 2016年1月11日", by=cast.clerk)
    case.refresh_from_db()
    assert (case.state, replay_differences(case.closure_id)) == ("claiming", [])
