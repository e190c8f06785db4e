"""A staged file goes in, all of it or nothing, and once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Count, Max

from zaigang.foundation import clock
from zaigang.foundation.copying import copy_into
from zaigang.foundation.crypto import sealed_value
from zaigang.ledger.actions import NewEntry, record, record_many
from zaigang.ledger.models import SubjectKind
from zaigang.offices.models import Staff
from zaigang.roster import people
from zaigang.roster.actions.files import changed_fields, facts_of, write_rows
from zaigang.roster.enums import CaseState, FileState, Proposal, Verb
from zaigang.roster.facts import CASE_FIELDS
from zaigang.roster.models import Case, Closure, RosterFile, RosterRow, SearchTerm, Worker
from zaigang.roster.planning import Planned, plan
from zaigang.roster.signals import roster_imported

WORKER_COLUMNS = ("id", "name", "pinyin", "sex", "born", "id_number", "id_index", "bank_account", "phones")
CASE_COLUMNS = ("id", "closure", "number", "worker", "state", "firm", *CASE_FIELDS)


@dataclass(slots=True)
class Summary:
    """What an import did, in rows of the file."""

    new: int = 0
    matched: int = 0
    changed: int = 0
    awaiting_repair: int = 0


@transaction.atomic
def import_file(*, file: RosterFile, by: Staff, planned: list[Planned] | None = None) -> Summary:
    """Let a staged file take effect: people, cases, search terms and ledger in one transaction.

    Importing a file again, or by two clerks at once, does nothing more and gives the same summary. `planned` may be
    passed by whoever has just prepared the file in the same transaction: its rows are then written here, once.
    Otherwise the stored rows are read and planned again, since the closure may have changed after the preview.
    """
    people.one_at_a_time()
    closure = Closure.objects.select_for_update().get(pk=file.closure_id)
    file = RosterFile.objects.select_for_update().get(pk=file.pk)
    if file.state == FileState.IMPORTED:
        return Summary(**file.summary)
    prepared = planned is not None
    if planned is None:
        rows = list(file.rows.order_by("ordinal"))
        planned = plan(closure.pk, rows, [facts_of(row) for row in rows])
    new_list = _is_new_list(planned)
    _add_workers(planned)
    _add_cases(closure, file, planned, by)
    _apply_changes(closure, planned, file, by)
    _note_duplicates(closure, planned, file, by, new_list=new_list)
    if prepared:
        write_rows(file, planned, linked=True)
    else:
        _link_rows(planned)
    return _finish(closure, file, planned, by)


def _is_new_list(planned: list[Planned]) -> bool:
    """Whether most people of the file are new: then a row of somebody known is a second row of that person; else
    the file is a newer edition of a list that went in before, and its rows are the same rows again."""
    known = sum(1 for item in planned if item.case is not None and item.proposal != Proposal.DUPLICATE)
    return known * 2 < len(planned)


def _add_workers(planned: list[Planned]) -> None:
    new: dict[bytes, Planned] = {}
    for item in planned:
        if item.index and item.worker is None and item.index not in new and item.proposal == Proposal.NEW:
            new[item.index] = item
    workers = {index: people.new_worker(item.facts) for index, item in new.items()}
    copy_into(Worker, WORKER_COLUMNS, map(_worker_columns, workers.values()))
    for item in planned:
        if item.index and item.worker is None:
            item.worker = workers.get(item.index)


def _worker_columns(worker: Worker) -> tuple[Any, ...]:
    def sealed(name: str) -> bytes | None:
        return sealed_value(Worker, name, worker.__dict__[name], worker.pk)

    return (
        worker.pk, worker.name, worker.pinyin, worker.sex, worker.born, sealed("id_number"), worker.id_index,
        sealed("bank_account"), worker.phones,
    )  # fmt: skip


def _add_cases(closure: Closure, file: RosterFile, planned: list[Planned], by: Staff) -> None:
    """A case for everybody new, in the order of the rows, and one that waits for each row newly refused."""
    last = closure.cases.aggregate(last=Max("number"))["last"] or 0
    opened = [item for item in planned if item.case is None and item.proposal != Proposal.DUPLICATE]
    for number, item in enumerate(opened, start=last + 1):
        taken = item.worker is not None
        item.case = Case(
            id=uuid4(), closure=closure, number=number, worker=item.worker, firm_id=file.firm_id,
            state=CaseState.NOT_REACHED if taken else CaseState.AWAITING_REPAIR,
            **(item.facts.case_values() if taken else {}),
        )  # fmt: skip
    copy_into(Case, CASE_COLUMNS, map(_case_columns, opened))
    copy_into(SearchTerm, ("case", "office", "kind", "term"), _terms(closure.office_id, opened))
    record_many(_openings(closure, file, opened), by=by, office=closure.office_id, fresh=True)


def _case_columns(item: Planned) -> tuple[Any, ...]:
    case = item.case
    assert case is not None
    values = (getattr(case, name) for name in CASE_FIELDS)
    return (case.pk, case.closure_id, case.number, case.worker_id, str(case.state), case.firm_id, *values)


def _terms(office: UUID, opened: Iterable[Planned]) -> Iterator[tuple[Any, ...]]:
    for item in opened:
        if item.case is not None and item.worker is not None:
            for kind, term in people.terms(item.worker.name, item.facts.id or "", item.worker.phones):
                yield item.case.pk, office, kind, term


def _openings(closure: Closure, file: RosterFile, opened: Iterable[Planned]) -> Iterator[NewEntry]:
    for item in opened:
        assert item.case is not None
        facts = {"file": str(file.pk), "row": item.row.ordinal, "codes": item.row.codes}
        verb = Verb.CASE_OPENED if item.worker else Verb.ROW_REFUSED
        yield NewEntry(verb, item.case.pk, closure.pk, facts)


def _apply_changes(closure: Closure, planned: list[Planned], file: RosterFile, by: Staff) -> None:
    changed = [item for item in planned if item.proposal == Proposal.CHANGED]
    workers = []
    for item in changed:
        assert item.case is not None and item.worker is not None
        for name, value in item.changes.items():
            setattr(item.case, name, value)
        if item.new_phones or item.new_bank:
            item.worker.phones = [*item.worker.phones, *item.new_phones]
            item.worker.bank_account = item.new_bank or item.worker.bank_account
            workers.append(item.worker)
    Case.objects.bulk_update([item.case for item in changed if item.case], CASE_FIELDS, batch_size=1000)
    for worker in workers:
        worker.save(update_fields=["phones", "bank_account"])
    for item in changed:
        if item.case is not None and item.new_phones:
            item.case.closure = closure
            item.case.worker = item.worker
            people.index_again(item.case)
    record_many(_changes(closure, file, changed), by=by, office=closure.office_id)


def _changes(closure: Closure, file: RosterFile, changed: Iterable[Planned]) -> Iterator[NewEntry]:
    for item in changed:
        assert item.case is not None
        facts = {"file": str(file.pk), "row": item.row.ordinal, "fields": changed_fields(item)}
        yield NewEntry(Verb.CASE_CHANGED, item.case.pk, closure.pk, facts)


def _note_duplicates(
    closure: Closure, planned: list[Planned], file: RosterFile, by: Staff, *, new_list: bool
) -> None:
    """Put a second row of somebody on record, unless an earlier edition of the file had it already."""
    rows: dict[UUID, list[Planned]] = defaultdict(list)
    cases = {item.worker.pk: item.case for item in planned if item.worker and item.case}
    for item in planned:
        if item.proposal == Proposal.DUPLICATE and item.worker:
            item.case = item.case or cases[item.worker.pk]
    for item in planned:
        known = item.proposal in (Proposal.MATCHED, Proposal.CHANGED) and new_list and item.worker is not None
        if item.case is not None and (item.proposal == Proposal.DUPLICATE or known):
            rows[item.case.pk].append(item)
    seen = _seen_before(rows) if not new_list else Counter()
    entries = [
        NewEntry(Verb.DUPLICATE_SEEN, case, closure.pk, {"file": str(file.pk), "row": item.row.ordinal})
        for case, items in rows.items()
        for item in items[seen[case] :]
    ]
    record_many(entries, by=by, office=closure.office_id)


def _seen_before(cases: Iterable[UUID]) -> Counter[UUID]:
    """Per case, the most second rows that one file has had."""
    counts: Counter[UUID] = Counter()
    per_file = (
        RosterRow.objects.filter(
            case__in=list(cases), proposal=Proposal.DUPLICATE, file__state=FileState.IMPORTED
        )
        .order_by()
        .values_list("case", "file")
        .annotate(rows=Count("pk"))
    )
    for case, _file, count in per_file:
        counts[case] = max(counts[case], count)
    return counts


def _link_rows(planned: list[Planned]) -> None:
    linked = [item for item in planned if item.case is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE roster_rosterrow r SET case_id = n.case_id, proposal = n.proposal, outcome = n.outcome"
            " FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[]) n(id, case_id, proposal, outcome)"
            " WHERE r.id = n.id",
            [
                [item.row.pk for item in linked],
                [item.case.pk for item in linked if item.case],
                [str(item.proposal) for item in linked],
                [str(item.row.outcome) for item in linked],
            ],
        )


def _finish(closure: Closure, file: RosterFile, planned: list[Planned], by: Staff) -> Summary:
    counts = Counter(str(item.proposal) for item in planned)
    summary = Summary(
        counts[Proposal.NEW],
        counts[Proposal.MATCHED],
        counts[Proposal.CHANGED],
        counts[Proposal.AWAITING_REPAIR],
    )
    file.state, file.summary = FileState.IMPORTED, asdict(summary)
    file.imported_at, file.imported_by = clock.now(), by
    file.save(update_fields=["state", "summary", "imported_at", "imported_by"])
    facts = {"file": str(file.pk), "sha256": file.sha256, **asdict(summary)}
    entry = NewEntry(Verb.FILE_IMPORTED, closure.pk, closure.pk, facts, SubjectKind.CLOSURE)
    record(entry, by=by, office=closure.office_id)
    roster_imported.send(sender=RosterFile, closure=closure, by=by)
    return summary
