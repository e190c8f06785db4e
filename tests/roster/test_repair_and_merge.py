from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.models import Entry
from zaigang.roster.actions import merge_people, repair_case, withdraw_case
from zaigang.roster.enums import CaseState, Verb
from zaigang.roster.errors import CannotMerge, NotWaiting
from zaigang.roster.models import Case, Closure, Merge, Worker
from zaigang.roster.queries import alike, repair_list, search, waiting_row


@pytest.fixture
def waiting(cast: Cast, closure: Closure, tmp_path: Path) -> Case:
    """李乙, whose identity number lost its last digits; 王甲 is fine."""
    imported(cast, closure, tmp_path, [row(1, "王甲"), row(2, "李乙", 身份证号="37029919690522")])
    return closure.cases.get(state=CaseState.AWAITING_REPAIR)


def last_verb(case: Case) -> str:
    return Entry.objects.filter(subject=case.pk, verb__startswith="roster.").latest("number").verb


def test_a_repaired_row_joins_the_roster(cast: Cast, waiting: Case) -> None:
    repaired = repair_case(case=waiting, corrections={"id": id_number(2)}, by=cast.clerk)
    assert (repaired.state, repaired.trade, repaired.contribution_months) == (
        CaseState.NOT_REACHED,
        "电焊工",
        204,
    )
    assert repaired.worker is not None
    assert (repaired.worker.name, repaired.worker.id_number) == ("李乙", id_number(2))
    assert last_verb(waiting) == Verb.ROW_REPAIRED
    assert [case.pk for case in search(cast.clerk, "李乙")] == [waiting.pk]


def test_a_row_that_is_still_wrong_keeps_what_was_typed_and_waits(cast: Cast, waiting: Case) -> None:
    still = repair_case(case=waiting, corrections={"id": id_number(2)[:-1] + "?"}, by=cast.clerk)
    assert still.state == CaseState.AWAITING_REPAIR
    corrections = waiting_row(repair_list(waiting.closure).get()).corrections
    assert corrections["cells"] == {"id": id_number(2)[:-1] + "?"}
    assert last_verb(waiting) == Verb.ROW_CORRECTED


def test_a_row_that_turns_out_to_be_somebody_known_is_a_duplicate(cast: Cast, waiting: Case) -> None:
    closed = repair_case(case=waiting, corrections={"id": id_number(1), "name": "王甲"}, by=cast.clerk)
    assert (closed.state, closed.same_as) == (CaseState.DUPLICATE, case_of(waiting.closure, "王甲"))
    assert last_verb(waiting) == Verb.ROW_FOUND_DUPLICATE


def test_the_number_of_somebody_else_is_refused(cast: Cast, waiting: Case) -> None:
    still = repair_case(case=waiting, corrections={"id": id_number(1)}, by=cast.clerk)
    assert still.state == CaseState.AWAITING_REPAIR
    assert still.rows.get().codes == ["id_used_by_two_names"]


def test_the_second_of_two_clerks_is_told(cast: Cast, waiting: Case) -> None:
    repair_case(case=waiting, corrections={"id": id_number(2)}, by=cast.clerk)
    with pytest.raises(NotWaiting):
        repair_case(case=waiting, corrections={"id": id_number(3)}, by=cast.second_clerk)
    assert Worker.objects.filter(name="李乙").count() == 1


def test_a_row_that_is_no_person_is_withdrawn_with_a_reason(cast: Cast, waiting: Case) -> None:
    with pytest.raises(ZaigangError, match="没有写原因"):
        withdraw_case(case=waiting, reason=" ", by=cast.clerk)
    assert withdraw_case(case=waiting, reason="是制表说明", by=cast.clerk).state == CaseState.WITHDRAWN
    assert last_verb(waiting) == Verb.ROW_WITHDRAWN
    assert list(repair_list(waiting.closure)) == []


@pytest.fixture
def twins(cast: Cast, closure: Closure, tmp_path: Path) -> tuple[Worker, Worker]:
    """One person under two identity numbers: the second has a wrong serial."""
    imported(
        cast, closure, tmp_path, [row(1, "王甲"), row(3, "王甲", 联系电话="13900000003"), row(2, "李乙")]
    )
    first, second = Worker.objects.filter(name="王甲").order_by("cases__number")
    return first, second


def test_people_who_may_be_one_are_shown_and_left_alone(
    cast: Cast, closure: Closure, twins: tuple[Worker, Worker]
) -> None:
    assert [{first.pk, second.pk} for first, second in alike(closure)] == [{twins[0].pk, twins[1].pk}]
    assert Case.objects.people().filter(closure=closure).count() == 3


def test_merged_people_have_one_case_and_both_numbers_lead_to_it(
    cast: Cast, closure: Closure, twins: tuple[Worker, Worker], tmp_path: Path
) -> None:
    keep, absorb = twins
    merge_people(keep=keep, absorb=absorb, reason="两证核对过", by=cast.clerk)
    people = Case.objects.people().filter(closure=closure, worker=keep)
    assert [case.trade for case in people] == ["电焊工"]
    assert Case.objects.get(closure=closure, worker=absorb).state == CaseState.DUPLICATE
    assert Merge.objects.get().reason == "两证核对过"
    assert [case.worker_id for case in search(cast.clerk, id_number(3))] == [keep.pk]
    keep.refresh_from_db()
    assert keep.phones == ["13800000001", "13900000003"]
    again = [row(1, "王甲"), row(3, "王甲", 联系电话="13900000003"), row(2, "李乙")]
    assert imported(cast, closure, tmp_path, again).new == 0
    assert Case.objects.people().filter(closure=closure).count() == 2
    assert alike(closure) == []


def test_a_merge_moves_cases_of_other_closures(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    from tests.factories.rosters import some_closure

    other = some_closure(cast, "SF-2014", name="上一次分流")
    imported(cast, closure, tmp_path, [row(1, "王甲")])
    imported(cast, other, tmp_path, [row(3, "王甲")])
    keep, absorb = case_of(closure, "王甲").worker, case_of(other, "王甲").worker
    assert keep is not None and absorb is not None
    merge_people(keep=keep, absorb=absorb, reason="两证核对过", by=cast.clerk)
    assert Case.objects.get(closure=other).worker == keep


@pytest.mark.parametrize("pair", [(0, 0), (0, 1)])
def test_what_cannot_be_merged(cast: Cast, twins: tuple[Worker, Worker], pair: tuple[int, int]) -> None:
    merge_people(keep=twins[0], absorb=twins[1], reason="两证核对过", by=cast.clerk)
    with pytest.raises(CannotMerge):
        merge_people(keep=twins[pair[0]], absorb=twins[pair[1]], reason="再来一次", by=cast.clerk)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王甲", ["王甲", "王甲"]),
        ("王", ["王甲", "王甲"]),
        ("李 乙", ["李乙"]),
        ("wangjia", ["王甲", "王甲"]),
        ("WJ", ["王甲", "王甲"]),
        ("ly", ["李乙"]),
        (id_number(2)[-4:], ["李乙"]),
        (id_number(2), ["李乙"]),
        ("00000002", ["李乙"]),
        ("0003", ["王甲"]),
        ("甲", []),
        ("9999", []),
        ("", []),
    ],
)
def test_search(cast: Cast, twins: Any, text: str, found: list[str]) -> None:
    assert [case.worker.name for case in search(cast.clerk, text) if case.worker] == found


def test_search_ends_at_the_office(cast: Cast, twins: Any) -> None:
    assert search(cast.outsider, "王甲") == []
    assert search(cast.outsider, id_number(2)) == []
    assert search(cast.district_viewer, "王甲") == []
    assert len(search(cast.auditor, "王甲")) == 2
