"""Somebody who stands at the window and is on no list: typed in, checked as a roster's row, and handed in as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.enums import Outcome
from zaigang.roster.handing_in import hand_in
from zaigang.roster.models import Case, Closure, RosterRow
from zaigang.roster.people import KnownPeople, by_identity, id_index
from zaigang.roster.reading import CheckedRoster, CheckedRow, check_row
from zaigang.roster.reading.layout import SheetReading

#: The name of the file and sheet that such a row comes from: the worker's page says so.
SOURCE = "窗口补录"
#: What is asked at the window, by the roster's own field names.
ASKED = (
    "name", "id", "phone", "trade", "laid_off_on", "left_because", "contribution_months", "deemed_months",
    "bank_account",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """The case of the person, or the row with what is wrong with it; then nothing was written."""

    case: Case | None
    row: CheckedRow


@transaction.atomic
def add_person(*, closure: Closure, cells: Mapping[str, str], firm: str | None = None, by: Staff) -> Added:
    """Put somebody on the roster of a closure by hand. Known there already: the case that there is."""
    name = "".join(cells.get("name", "").split())
    seen = KnownPeople(closure.pk, name)
    row = check_row(dict(cells), today=clock.today(), seen=seen, sheet=SOURCE, row=1)
    if row.outcome == Outcome.ERROR:
        return Added(None, row)
    if row.outcome == Outcome.DUPLICATE:
        return Added(_known(closure, row), row)
    outcomes = {str(outcome): int(outcome == row.outcome) for outcome in Outcome}
    checked = CheckedRoster(
        [row], [], [SheetReading(SOURCE, rows=1)], outcomes, {str(code): 1 for code in row.codes}
    )
    digest = sha256(f"{SOURCE} {clock.system_now().isoformat()}".encode()).hexdigest()
    hand_in(checked, closure_code=closure.code, file_name=SOURCE, sha256=digest, firm=firm, by=by)
    added = RosterRow.objects.select_related("case").get(file__sha256=digest, file__closure=closure)
    return Added(added.case, row)


def _known(closure: Closure, row: CheckedRow) -> Case | None:
    index = id_index(row.id or "")
    worker = by_identity([index]).get(index)
    return Case.objects.people().filter(closure=closure, worker=worker).first() if worker else None
