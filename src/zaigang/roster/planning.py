"""What importing a file would do to each row: the same reasoning for the preview and, under the lock, the import.

Strict and in order: the identity number decides who somebody is, and the name must agree; a refused row is
recognised only when it is handed in again exactly as it was. A wrong person is worse than a duplicate.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zaigang.foundation.crypto import blind_index
from zaigang.roster.enums import CaseState, FileState, Outcome, Proposal
from zaigang.roster.facts import RowFacts
from zaigang.roster.models import Case, RosterRow, Worker
from zaigang.roster.people import by_identity, id_index

TWO_NAMES = "id_used_by_two_names"
_CHUNK = 20_000


@dataclass(slots=True)
class Planned:
    """One row with what is to be done. `worker` and `case` are the ones it belongs to, where they exist."""

    row: RosterRow
    facts: RowFacts
    proposal: str = Proposal.NEW
    index: bytes | None = None
    worker: Worker | None = None
    case: Case | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    new_phones: tuple[str, ...] = ()
    new_bank: str | None = None


def fingerprints(contents: Sequence[dict[str, Any]]) -> list[bytes]:
    """Keyed hashes of the rows' cells; the second of two equal rows in a file differs from the first."""
    seen: Counter[str] = Counter()
    result = []
    for content in contents:
        text = "\x1f".join(
            f"{key}={value}" for key, value in sorted(content["cells"].items()) if key != "row_no"
        )
        seen[text] += 1
        result.append(blind_index(f"{seen[text]}\x1f{text}", "row"))
    return result


def plan(closure: UUID, rows: Sequence[RosterRow], facts: Sequence[RowFacts]) -> list[Planned]:
    """Decide each row, in the workbook's order. Changes nothing."""
    planned = [Planned(row, fact) for row, fact in zip(rows, facts, strict=True)]
    taken = [item for item in planned if item.row.outcome != Outcome.ERROR]
    for item in taken:
        item.index = id_index(item.facts.id or "")
    workers = by_identity({item.index for item in taken if item.index})
    cases = _cases_of(closure, workers.values())
    for item in taken:
        _place(item, workers, cases)
    _recognise_refused(closure, [item for item in planned if item.row.outcome == Outcome.ERROR])
    return planned


def _place(item: Planned, workers: dict[bytes, Worker], cases: dict[UUID, Case]) -> None:
    item.worker = workers.get(item.index or b"")
    if item.worker is not None and item.worker.name != item.facts.name:
        item.row.outcome = Outcome.ERROR
        item.row.codes = [*item.row.codes, TWO_NAMES]
        item.worker = None
        return
    item.case = cases.get(item.worker.pk) if item.worker else None
    if item.row.outcome == Outcome.DUPLICATE:
        item.proposal = Proposal.DUPLICATE
    elif item.case is not None and item.worker is not None:
        _compare(item, item.case, item.worker)


def _compare(item: Planned, case: Case, worker: Worker) -> None:
    item.changes = item.facts.news_for(case)
    item.new_phones = tuple(phone for phone in item.facts.phones if phone not in worker.phones)
    bank = item.facts.bank_account
    item.new_bank = bank if bank and bank != worker.bank_account else None
    changed = item.changes or item.new_phones or item.new_bank
    item.proposal = Proposal.CHANGED if changed else Proposal.MATCHED


def _recognise_refused(closure: UUID, refused: list[Planned]) -> None:
    """A refused row that was handed in before is the same row, whether it waits still or was repaired since."""
    known = _known_rows(closure, [bytes(item.row.fingerprint) for item in refused])
    for item in refused:
        item.case = known.get(bytes(item.row.fingerprint))
        waits = item.case is None or item.case.state == CaseState.AWAITING_REPAIR
        item.proposal = Proposal.AWAITING_REPAIR if waits else Proposal.MATCHED


def _known_rows(closure: UUID, prints: list[bytes]) -> dict[bytes, Case]:
    known: dict[bytes, Case] = {}
    for start in range(0, len(prints), _CHUNK):
        rows = RosterRow.objects.filter(
            fingerprint__in=prints[start : start + _CHUNK],
            file__closure=closure,
            file__state=FileState.IMPORTED,
            case__isnull=False,
        ).select_related("case")
        known.update({bytes(row.fingerprint): row.case for row in rows if row.case is not None})
    return known


def _cases_of(closure: UUID, workers: Any) -> dict[UUID, Case]:
    pks = [worker.pk for worker in workers]
    found: dict[UUID, Case] = {}
    for start in range(0, len(pks), _CHUNK):
        cases = Case.objects.people().filter(closure=closure, worker__in=pks[start : start + _CHUNK])
        found.update({case.worker_id: case for case in cases if case.worker_id})
    return found
