"""A refused row is a person who waits. It leaves the repair list repaired, as a duplicate, or withdrawn."""

from collections.abc import Mapping

from django.db import transaction

from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Staff
from zaigang.roster import people
from zaigang.roster.actions.files import cells_of
from zaigang.roster.enums import CaseState, Outcome, Verb
from zaigang.roster.errors import NotWaiting
from zaigang.roster.facts import RowFacts
from zaigang.roster.models import Case, RosterRow
from zaigang.roster.reading import CheckedRow, check_row
from zaigang.roster.signals import case_amended


def _waiting(case: Case) -> Case:
    locked = Case.objects.select_for_update(of=("self",)).select_related("closure__office").get(pk=case.pk)
    if locked.state != CaseState.AWAITING_REPAIR:
        raise NotWaiting("这一行已经处理过了", locked.label, "请刷新补正清单")
    return locked


@transaction.atomic
def repair_case(*, case: Case, corrections: Mapping[str, str], by: Staff) -> Case:
    """Correct the cells of a waiting row and check it again.

    Good now: the person joins the roster. The same person as another row: the row is counted as a duplicate of it.
    Still wrong: what was typed is kept and the row goes on waiting. Raises `NotWaiting`.
    """
    people.one_at_a_time()
    case = _waiting(case)
    # Later editions of the file may have brought the same row again: the newest is the one to correct.
    row = case.rows.order_by("-file__imported_at", "ordinal").first()
    assert row is not None
    cells = {**cells_of(row), **corrections}
    name = "".join(str(cells.get("name") or "").split())
    seen = people.KnownPeople(case.closure_id, name, apart_from=case.pk)
    checked = check_row(cells, today=clock.today(), seen=seen, sheet=row.sheet, row=row.row)
    facts = RowFacts.of(checked, cells)
    _keep_correction(row, cells, facts, checked, by)
    if checked.outcome == Outcome.ERROR:
        _record(case, Verb.ROW_CORRECTED, by, codes=[str(code) for code in checked.codes])
    elif checked.outcome == Outcome.DUPLICATE:
        _close_as_duplicate(case, facts, by)
    else:
        _admit(case, facts, by)
    return case


def _keep_correction(
    row: RosterRow, cells: Mapping[str, str], facts: RowFacts, checked: CheckedRow, by: Staff
) -> None:
    corrected = {key: value for key, value in cells.items() if row.content["cells"].get(key) != value}
    row.corrections = {"cells": corrected, "facts": facts.as_json(), "by": str(by.pk)}
    row.outcome, row.codes = checked.outcome, [str(code) for code in checked.codes]
    row.save(update_fields=["corrections", "outcome", "codes"])


def _admit(case: Case, facts: RowFacts, by: Staff) -> None:
    index = people.id_index(facts.id or "")
    worker = people.by_identity([index]).get(index)
    if worker is None:
        worker = people.new_worker(facts)
        worker.save()
    for name, value in facts.case_values().items():
        setattr(case, name, value)
    case.worker, case.state = worker, CaseState.NOT_REACHED
    case.save()
    people.index_again(case)
    _record(case, Verb.ROW_REPAIRED, by)
    case_amended.send(sender=Case, case=case, by=by)


def _close_as_duplicate(case: Case, facts: RowFacts, by: Staff) -> None:
    index = people.id_index(facts.id or "")
    worker = people.by_identity([index])[index]
    case.same_as = Case.objects.people().get(closure=case.closure_id, worker=worker)
    case.state = CaseState.DUPLICATE
    case.save(update_fields=["same_as", "state"])
    _record(case, Verb.ROW_FOUND_DUPLICATE, by, same_as=str(case.same_as_id))


@transaction.atomic
def withdraw_case(*, case: Case, reason: str, by: Staff) -> Case:
    """Take a waiting row off the roster because it is not a person (a legend, a total). Raises `NotWaiting`."""
    if not reason.strip():
        raise ZaigangError("没有写原因", case.label, "请写明为什么这一行不是一个人")
    case = _waiting(case)
    case.state, case.note = CaseState.WITHDRAWN, reason.strip()[:300]
    case.save(update_fields=["state", "note"])
    _record(case, Verb.ROW_WITHDRAWN, by)
    return case


def _record(case: Case, verb: Verb, by: Staff, **facts: object) -> None:
    record(NewEntry(verb, case.pk, case.closure_id, facts), by=by, office=case.closure.office_id)
