"""Where each fact of a case comes from: the file, the sheet and the row."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zaigang.roster.actions.files import facts_of
from zaigang.roster.enums import FileState
from zaigang.roster.facts import CASE_FIELDS
from zaigang.roster.models import Case, RosterRow


def place_of(row: RosterRow) -> str:
    """`名册.xlsx · 一车间 · 第17行`. Needs the file."""
    return _("%(file)s · %(sheet)s · 第 %(row)s 行") % {
        "file": row.file.name, "sheet": row.sheet, "row": row.row,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provenance:
    """The rows of a case, newest first, and the places of the facts that the newest row does not hold."""

    rows: list[RosterRow]
    elsewhere: dict[str, str]


def provenance_of(case: Case) -> Provenance:
    """Compare what each row says with what the case holds now; the newest row that agrees is the source."""
    imported = case.rows.filter(file__state=FileState.IMPORTED).select_related("file")
    rows = list(imported.order_by("-file__imported_at", "-ordinal"))
    elsewhere: dict[str, str] = {}
    facts = [facts_of(row) for row in rows]
    for name in CASE_FIELDS:
        held = getattr(case, name)
        agreeing = [
            index
            for index, said in enumerate(facts)
            if held not in (None, "") and getattr(said, name) == held
        ]
        if agreeing and agreeing[0]:
            elsewhere[name] = place_of(rows[agreeing[0]])
    return Provenance(rows, elsewhere)
