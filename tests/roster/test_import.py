from pathlib import Path

from django.db import connection

from tests.cast import Cast
from tests.factories.rosters import case_of, id_number, imported, row
from zaigang.ledger.models import Entry
from zaigang.roster.actions import repair_case
from zaigang.roster.actions.importing import Summary
from zaigang.roster.enums import CaseState, Verb
from zaigang.roster.models import Case, Closure, RosterRow, SearchTerm, Worker


def verbs(closure: Closure) -> dict[str, int]:
    """How often each verb stands in the ledger for cases of the closure."""
    found = Entry.objects.filter(closure=closure.pk, subject_kind="case", verb__startswith="roster.")
    result: dict[str, int] = {}
    for verb in found.values_list("verb", flat=True):
        result[verb] = result.get(verb, 0) + 1
    return result


def test_each_row_becomes_a_person_a_duplicate_or_a_repair(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    rows = [row(1, "王甲"), row(2, "李乙"), row(1, "王甲"), row(3, "赵丙", 身份证号="")]
    summary = imported(cast, closure, tmp_path, rows)
    assert summary == Summary(new=2, matched=0, changed=0, awaiting_repair=1)
    assert list(closure.cases.order_by("number").values_list("number", "state", "worker__name")) == [
        (1, CaseState.NOT_REACHED, "王甲"),
        (2, CaseState.NOT_REACHED, "李乙"),
        (3, CaseState.AWAITING_REPAIR, None),
    ]
    assert verbs(closure) == {Verb.CASE_OPENED: 2, Verb.ROW_REFUSED: 1, Verb.DUPLICATE_SEEN: 1}
    assert RosterRow.objects.filter(case__isnull=True).count() == 0


def test_the_same_file_again_changes_nothing(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    rows = [row(1, "王甲"), row(2, "李乙"), row(1, "王甲"), row(3, "赵丙", 身份证号="")]
    imported(cast, closure, tmp_path, rows)
    before = verbs(closure)
    assert imported(cast, closure, tmp_path, rows) == Summary(new=0, matched=2, changed=0, awaiting_repair=1)
    assert (closure.cases.count(), Worker.objects.count(), verbs(closure)) == (3, 2, before)


def test_a_newer_edition_updates_what_it_says_and_keeps_what_it_omits(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "王甲"), row(2, "李乙")])
    newer = [row(1, "王甲", 工种="天车工", 视同缴费月数=""), row(2, "李乙", 联系电话="13900000002")]
    assert imported(cast, closure, tmp_path, newer) == Summary(new=0, matched=0, changed=2, awaiting_repair=0)
    first, second = case_of(closure, "王甲"), case_of(closure, "李乙")
    assert (first.trade, first.deemed_months) == ("天车工", 60)
    assert second.worker is not None
    assert second.worker.phones == ["13800000002", "13900000002"]
    changed = (
        Entry.objects.filter(verb=Verb.CASE_CHANGED).order_by("id").values_list("facts__fields", flat=True)
    )
    assert list(changed) == [["trade"], ["phones"]]
    assert SearchTerm.objects.filter(case=second, kind=SearchTerm.PHONE).count() == 2


def test_the_same_number_under_another_name_waits_for_a_person(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "王甲"), row(2, "李乙")])
    summary = imported(cast, closure, tmp_path, [row(1, "孙丁"), row(2, "李乙")], "另一份.csv")
    assert summary == Summary(new=0, matched=1, changed=0, awaiting_repair=1)
    waiting = closure.cases.get(state=CaseState.AWAITING_REPAIR)
    assert waiting.rows.get().codes == ["id_used_by_two_names"]
    assert Worker.objects.get(name="王甲").id_number == id_number(1)


def test_a_refused_row_handed_in_again_after_its_repair_is_the_same_person(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    rows = [row(1, "王甲"), row(2, "李乙", 身份证号="37029919690522")]
    imported(cast, closure, tmp_path, rows)
    waiting = closure.cases.get(state=CaseState.AWAITING_REPAIR)
    repair_case(case=waiting, corrections={"id": id_number(2)}, by=cast.clerk)
    assert imported(cast, closure, tmp_path, rows) == Summary(new=0, matched=2, changed=0, awaiting_repair=0)
    assert closure.cases.count() == 2


def test_two_equal_refused_rows_are_two_people(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    rows = [row(1, "王甲"), row(2, "李乙", 身份证号=""), row(2, "李乙", 身份证号="")]
    assert imported(cast, closure, tmp_path, rows).awaiting_repair == 2
    assert imported(cast, closure, tmp_path, rows).awaiting_repair == 2
    assert closure.cases.count() == 3


def test_somebody_on_two_firms_lists_has_one_case_and_a_second_row(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(n) for n in range(1, 6)], "钢.csv")
    summary = imported(cast, closure, tmp_path, [row(5), *(row(n) for n in range(11, 15))], "碱.csv")
    assert summary == Summary(new=4, matched=1, changed=0, awaiting_repair=0)
    assert (closure.cases.count(), verbs(closure).get(Verb.DUPLICATE_SEEN)) == (9, 1)
    imported(cast, closure, tmp_path, [row(5), *(row(n) for n in range(11, 15))], "碱.csv")
    assert verbs(closure).get(Verb.DUPLICATE_SEEN) == 1


def test_identity_and_bank_numbers_lie_sealed_in_the_database(
    cast: Cast, closure: Closure, tmp_path: Path
) -> None:
    imported(cast, closure, tmp_path, [row(1, "王甲")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, bank_account FROM roster_worker")
        sealed = b"".join(bytes(value) for value in cursor.fetchone())
        cursor.execute("SELECT content FROM roster_rosterrow")
        sealed += bytes(cursor.fetchone()[0])
    assert id_number(1).encode() not in sealed
    assert "王甲".encode() not in sealed
    worker = Worker.objects.get()
    assert (worker.id_number, worker.bank_account) == (id_number(1), "6222020000000000001")


def test_cases_are_numbered_on_in_a_closure(cast: Cast, closure: Closure, tmp_path: Path) -> None:
    imported(cast, closure, tmp_path, [row(1), row(2)])
    imported(cast, closure, tmp_path, [row(11), row(12)], "第二份.csv")
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert case_of(closure, row(12)["姓名"]).label == "SF-2015-00004"
