"""The funnel from hand-written ledgers, day by day, and from rosters that went through the real actions."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.foundation import clock
from zaigang.ledger.actions import NewEntry, record
from zaigang.outcomes.enums import State
from zaigang.outcomes.funnel import Difference, Standing, funnel, names, replay_differences, sums_of
from zaigang.roster.actions import merge_people, repair_case, withdraw_case
from zaigang.roster.models import Case, Closure
from zaigang.roster.queries import repair_list

FIRST, SECOND, THIRD = date(2016, 1, 11), date(2016, 1, 12), date(2016, 1, 13)
NOBODY = dict.fromkeys(State.values, 0)

# Per history: (day, case, verb) in the order of recording; per day: people, duplicate rows, states held by any.
HISTORIES = {
    "nothing yet": ([], {FIRST: (0, 0, {})}),
    "one listed": ([(SECOND, 0, "case_opened")], {FIRST: (0, 0, {}), SECOND: (1, 0, {"not_reached": 1})}),
    "refused, then repaired": (
        [(FIRST, 0, "row_refused"), (SECOND, 0, "row_corrected"), (THIRD, 0, "row_repaired")],
        {
            FIRST: (1, 0, {"awaiting_repair": 1}),
            SECOND: (1, 0, {"awaiting_repair": 1}),
            THIRD: (1, 0, {"not_reached": 1}),
        },
    ),
    "refused, found to be another row's person": (
        [(FIRST, 0, "case_opened"), (FIRST, 1, "row_refused"), (SECOND, 1, "row_found_duplicate")],
        {FIRST: (2, 0, {"not_reached": 1, "awaiting_repair": 1}), SECOND: (1, 1, {"not_reached": 1})},
    ),
    "refused, no person at all": (
        [(FIRST, 0, "row_refused"), (SECOND, 0, "row_withdrawn")],
        {FIRST: (1, 0, {"awaiting_repair": 1}), SECOND: (0, 0, {})},
    ),
    "seen twice more, then absorbed": (
        [(FIRST, n, "case_opened") for n in (0, 1)]
        + [(FIRST, 1, "duplicate_seen"), (SECOND, 1, "duplicate_seen"), (THIRD, 1, "absorbed")],
        {
            FIRST: (2, 1, {"not_reached": 2}),
            SECOND: (2, 2, {"not_reached": 2}),
            THIRD: (1, 3, {"not_reached": 1}),
        },
    ),
    "changes and merges move nobody": (
        [(FIRST, 0, "case_opened"), (SECOND, 0, "case_changed"), (THIRD, 0, "cases_merged")],
        {SECOND: (1, 0, {"not_reached": 1}), THIRD: (1, 0, {"not_reached": 1})},
    ),
    "a repair that was recorded late counts on its own day": (
        [(FIRST, 0, "row_refused"), (THIRD, 0, "row_corrected"), (SECOND, 0, "row_repaired")],
        {
            FIRST: (1, 0, {"awaiting_repair": 1}),
            SECOND: (1, 0, {"not_reached": 1}),
            THIRD: (1, 0, {"not_reached": 1}),
        },
    ),
}


def _write(closure: Closure, by: object, history: list[tuple[date, int, str]]) -> list[UUID]:
    cases = [uuid4() for _ in range(3)]
    for day, case, verb in history:
        moment = datetime.combine(day, time(23, 59, 59), clock.ZONE)
        record(NewEntry(f"roster.{verb}", cases[case], closure.pk), by=by, at=moment)  # type: ignore[arg-type]
    return cases


@pytest.mark.parametrize("title", HISTORIES)
def test_sums_on_each_day(title: str, cast: Cast, closure: Closure) -> None:
    history, days = HISTORIES[title]
    _write(closure, cast.clerk, history)
    for day, (people, duplicate_rows, states) in days.items():
        sums = sums_of([closure.pk], day)[closure.pk]
        told = (sums.people, sums.duplicate_rows, sums.rows, sums.states)
        assert told == (people, duplicate_rows, people + duplicate_rows, NOBODY | states), day


def test_names_are_recounted_from_the_same_day(cast: Cast, closure: Closure) -> None:
    history, _days = HISTORIES["refused, then repaired"]
    [case, *_others] = _write(closure, cast.clerk, history)
    assert names(closure.pk, SECOND) == [Standing(case, "awaiting_repair", FIRST)]
    assert names(closure.pk, THIRD) == [Standing(case, "not_reached", THIRD)]
    assert names(closure.pk, THIRD, "awaiting_repair") == []


@pytest.fixture
def living_closure(cast: Cast, closure: Closure, tmp_path: Path) -> Closure:
    """First four people, one of them twice, and three refused rows; then one repaired, one a duplicate, one nobody."""
    rows = [row(n) for n in (1, 3, 5, 7)] + [row(1)]
    broken = [row(n, 身份证号="") for n in (9, 11)] + [row(13, "合同工小结", 身份证号="")]
    with clock.at(FIRST):
        imported(cast, closure, tmp_path, rows + broken)
    first, second, third = repair_list(closure)
    with clock.at(SECOND):
        repair_case(case=first, corrections={"id": id_number(9)}, by=cast.clerk)
        repair_case(case=second, corrections={"id": id_number(3), "name": row(3)["姓名"]}, by=cast.clerk)
    with clock.at(THIRD):
        withdraw_case(case=third, reason="是小结，不是人", by=cast.clerk)
    return closure


def test_a_closure_lived_through_reconciles_every_day(living_closure: Closure) -> None:
    def told(day: date) -> tuple[int, int, int, dict[str, int], bool]:
        it = funnel(living_closure.pk, day)
        return it.rows, it.duplicate_rows, it.people, {k: v for k, v in it.states.items() if v}, it.reconciles

    assert told(date(2016, 1, 10)) == (0, 0, 0, {}, True)
    assert told(FIRST) == (8, 1, 7, {"awaiting_repair": 3, "not_reached": 4}, True)
    assert told(SECOND) == (8, 2, 6, {"awaiting_repair": 1, "not_reached": 5}, True)
    assert told(THIRD) == (7, 2, 5, {"not_reached": 5}, True)


def test_two_records_of_one_person(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    imported(cast, closure, tmp_path, [row(1, "测试一人"), row(3, "测试一人")])
    keep, absorb = (case.worker for case in Case.objects.select_related("worker").order_by("number"))
    assert keep and absorb
    with clock.at(SECOND):
        merge_people(keep=keep, absorb=absorb, reason="本人来窗口说明", by=cast.clerk)
    before, after = funnel(closure.pk, FIRST), funnel(closure.pk, SECOND)
    assert (before.rows, before.people, before.duplicate_rows, before.reconciles) == (2, 2, 0, True)
    assert (after.rows, after.people, after.duplicate_rows, after.reconciles) == (2, 1, 1, True)


def test_a_newer_edition_adds_no_rows(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    rows = [row(n) for n in (1, 3, 5)] + [row(1), row(7, 身份证号="")]
    imported(cast, closure, tmp_path, rows)
    before = funnel(closure.pk, FIRST)
    imported(cast, closure, tmp_path, [*rows, row(9)])
    after = funnel(closure.pk, FIRST)
    assert (before.rows, before.people, before.reconciles) == (5, 4, True)
    assert (after.rows, after.people, after.reconciles) == (6, 5, True)


def test_answer_as_json(living_closure: Closure) -> None:
    assert funnel(living_closure.pk, THIRD).as_json() == {
        "closure": "SF-2015",
        "as_of": "2016-01-13",
        "rows": 7,
        "duplicate_rows": 2,
        "people": 5,
        "states": NOBODY | {"not_reached": 5},
        "reconciles": True,
        "reemployed": 0,
        "retained": {"1m": 0, "3m": 0, "6m": 0, "12m": 0},
        "complaints": {"open": 0, "closed": 0},
    }


def _forget_opening(closure: Closure, case: Case) -> None:
    """As if the act had not been recorded: a second case of the same row that the ledger never heard of."""
    lost = Case.objects.create(closure=closure, number=900, state="awaiting_repair")
    case.rows.update(case=lost)


def _row_of_no_file(closure: Closure, case: Case) -> None:
    case.rows.get().delete()


@pytest.mark.parametrize("break_it", [_forget_opening, _row_of_no_file])
def test_ledger_and_files_that_disagree_do_not_reconcile(
    break_it: Callable[[Closure, Case], None], living_closure: Closure
) -> None:
    break_it(living_closure, case_of(living_closure, row(5)["姓名"]))
    assert funnel(living_closure.pk, THIRD).reconciles is False


def test_a_person_counted_without_a_beginning_does_not_reconcile(cast: Cast, closure: Closure) -> None:
    record(NewEntry("roster.row_repaired", uuid4(), closure.pk), by=cast.clerk)
    assert funnel(closure.pk, FIRST).reconciles is False


def test_replay_finds_a_state_that_was_tampered_with(living_closure: Closure) -> None:
    assert replay_differences(living_closure.pk) == []
    case = case_of(living_closure, row(5)["姓名"])
    Case.objects.filter(pk=case.pk).update(state="withdrawn")
    unheard = Case.objects.create(closure=living_closure, number=900, state="awaiting_repair")
    expected = [
        Difference(case.pk, "not_reached", "withdrawn"),
        Difference(unheard.pk, None, "awaiting_repair"),
    ]
    assert replay_differences(living_closure.pk) == sorted(expected, key=lambda one: one.case)


def test_other_closures_stay_out(
    cast: Cast, closure: Closure, living_closure: Closure, tmp_path: Path
) -> None:
    other = Closure.objects.create(
        code="JY-2015", name="示范碱业", office=cast.south, closes_on=date(2015, 12, 31)
    )
    imported(cast, other, tmp_path, [row(21)])
    sums = sums_of([living_closure.pk, other.pk], FIRST)
    assert {pk: (it.rows, it.people) for pk, it in sums.items()} == {
        living_closure.pk: (8, 7),
        other.pk: (1, 1),
    }
