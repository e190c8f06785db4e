"""A file on its way in: staged with all its rows, corrected in place, discarded."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from zaigang.foundation import clock
from zaigang.foundation.copying import copy_into
from zaigang.foundation.crypto import sealed_value
from zaigang.offices.models import Staff
from zaigang.roster.enums import FileState, Outcome
from zaigang.roster.errors import AlreadyImported
from zaigang.roster.facts import RowFacts
from zaigang.roster.models import Closure, Firm, RosterFile, RosterRow
from zaigang.roster.planning import Planned, fingerprints, plan
from zaigang.roster.reading import CheckedRoster, CheckedRow, check_row

COLUMNS = (
    "id", "file", "ordinal", "sheet", "row", "outcome", "codes", "proposal", "changes", "fingerprint", "content",
    "case",
)  # fmt: skip


@transaction.atomic
def stage_file(
    *,
    closure: Closure,
    checked: CheckedRoster,
    name: str,
    sha256: str,
    by: Staff,
    firm: Firm | None = None,
) -> tuple[RosterFile, list[Planned]]:
    """Keep a file that was read, each row sealed, with what importing it would do. Imports nothing."""
    file, planned = prepare_file(closure=closure, checked=checked, name=name, sha256=sha256, by=by, firm=firm)
    write_rows(file, planned, linked=False)
    return file, planned


def prepare_file(
    *,
    closure: Closure,
    checked: CheckedRoster,
    name: str,
    sha256: str,
    by: Staff,
    firm: Firm | None = None,
) -> tuple[RosterFile, list[Planned]]:
    """The file's own record and the plan for its rows, which `write_rows` (or the import) has yet to write."""
    file = RosterFile.objects.create(
        closure=closure, firm=firm, name=name[-120:], sha256=sha256, checked_at=clock.now(), checked_by=by,
        sheets=[asdict(sheet) for sheet in checked.sheets],
        hidden_sheets=[[sheet.sheet, sheet.rows] for sheet in checked.hidden_sheets],
    )  # fmt: skip
    cells = [row.cells for row in checked.rows]
    facts = [RowFacts.of(row, cell) for row, cell in zip(checked.rows, cells, strict=True)]
    contents = [{"cells": cell, "facts": fact.as_json()} for cell, fact in zip(cells, facts, strict=True)]
    prints = fingerprints(contents)
    rows = [
        _new_row(file, ordinal, row, content, prints[ordinal - 1])
        for ordinal, (row, content) in enumerate(zip(checked.rows, contents, strict=True), start=1)
    ]
    return file, plan(closure.pk, rows, facts)


def _new_row(
    file: RosterFile, ordinal: int, row: CheckedRow, content: dict[str, Any], mark: bytes
) -> RosterRow:
    codes = [str(code) for code in row.codes]
    return RosterRow(
        file=file, ordinal=ordinal, sheet=row.sheet, row=row.row, outcome=row.outcome, codes=codes,
        fingerprint=mark, content=content,
    )  # fmt: skip


def write_rows(file: RosterFile, planned: list[Planned], *, linked: bool) -> None:
    """Write the rows of a prepared file; `linked` to their cases once the file takes effect, not before."""
    copy_into(RosterRow, COLUMNS, _columns(file.pk, planned, linked))


def _columns(file: UUID, planned: list[Planned], linked: bool) -> Iterator[tuple[Any, ...]]:
    for item in planned:
        row = item.row
        yield (
            row.pk, file, row.ordinal, row.sheet, row.row, str(row.outcome), row.codes, str(item.proposal),
            changed_fields(item), bytes(row.fingerprint), sealed_value(RosterRow, "content", row.content, row.pk),
            item.case.pk if linked and item.case else None,
        )  # fmt: skip


def changed_fields(item: Planned) -> list[str]:
    """Names of the facts that importing the row would change."""
    return [
        *item.changes,
        *(["phones"] if item.new_phones else []),
        *(["bank_account"] if item.new_bank else []),
    ]


def facts_of(row: RosterRow) -> RowFacts:
    """The facts of a stored row, corrections included."""
    return RowFacts.from_json((row.corrections or row.content)["facts"])


def cells_of(row: RosterRow) -> dict[str, str]:
    """The cells of a stored row, corrections applied."""
    corrected = row.corrections["cells"] if row.corrections else {}
    return {**row.content["cells"], **corrected}


@transaction.atomic
def correct_row(*, row: RosterRow, corrections: Mapping[str, str], by: Staff) -> RosterRow:
    """Correct cells of a row before its file is imported, and check it again against the file's other rows.

    Raises `AlreadyImported` when the file has gone in meanwhile.
    """
    file = RosterFile.objects.select_for_update().get(pk=row.file_id)
    if file.state != FileState.CHECKED:
        raise AlreadyImported("这份花名册已经导入", f"{row.sheet}第{row.row}行", "请到补正清单里改这一行")
    others = (
        facts_of(other) for other in file.rows.exclude(pk=row.pk).exclude(outcome=Outcome.ERROR).iterator()
    )
    seen = {facts.id: facts.name for facts in others if facts.id and facts.name}
    cells = {**cells_of(row), **corrections}
    checked = check_row(cells, today=clock.today(), seen=seen, sheet=row.sheet, row=row.row)
    facts = RowFacts.of(checked, cells)
    corrected = {key: value for key, value in cells.items() if row.content["cells"].get(key) != value}
    row.corrections = {"cells": corrected, "facts": facts.as_json(), "by": str(by.pk)}
    row.outcome, row.codes = checked.outcome, [str(code) for code in checked.codes]
    [item] = plan(file.closure_id, [row], [facts])
    row.proposal, row.changes = item.proposal, changed_fields(item)
    row.save(update_fields=["corrections", "outcome", "codes", "proposal", "changes"])
    return row


@transaction.atomic
def discard_file(*, file: RosterFile, by: Staff) -> None:
    """Throw away a file that was only checked, with its rows. Raises `AlreadyImported`."""
    locked = RosterFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != FileState.CHECKED:
        raise AlreadyImported("这份花名册已经导入，不能丢弃", locked.name, "要改的内容请再交一份新的")
    locked.delete()
