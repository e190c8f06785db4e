"""The ledger of one case in words: what happened, who did it, where, and what changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaigang.claims.enums import Eligible
from zaigang.desk.labels import code_words, field_label, field_labels
from zaigang.desk.phone.notes import facts_words
from zaigang.desk.provenance import place_of
from zaigang.ledger import verbs
from zaigang.ledger.models import Entry
from zaigang.ledger.queries import timeline
from zaigang.look.components import TimelineEntry
from zaigang.offices.models import Office, Staff
from zaigang.roster.models import Case, RosterRow

#: Cells whose old and new words may be shown; of the others only the heading is.
_SHOWABLE = frozenset(
    {
        "laid_off_on", "started_on", "contribution_months", "deemed_months", "trade", "department", "sex",
        "left_because",
    }
)  # fmt: skip
_ENDS_A_CORRECTION = ("roster.row_repaired", "roster.row_found_duplicate")


def timeline_of(case: Case, rows: Sequence[RosterRow]) -> list[TimelineEntry]:
    """Every entry of the case; `rows` are the case's own rows with their files."""
    entries = list(timeline(case.pk))
    staff = Staff.objects.in_bulk({entry.actor for entry in entries})
    offices = Office.objects.in_bulk({entry.office for entry in entries})
    places = {(str(row.file_id), row.ordinal): place_of(row) for row in rows}
    corrected = [_corrected(row) for row in rows if row.corrections]
    return [
        TimelineEntry(
            when=entry.happened_at,
            what=verbs.label(entry.verb),
            who=_who(entry, staff, offices, case),
            by=_kind(entry, staff, case),
            note=_note(entry, places),
            corrected=_("；").join(corrected) if entry.verb in _ENDS_A_CORRECTION else "",
        )
        for entry in entries
    ]


def _who(entry: Entry, staff: dict[UUID, Staff], offices: dict[UUID, Office], case: Case) -> str:
    if entry.actor == case.worker_id:
        return _("本人")
    name = staff[entry.actor].full_name if entry.actor in staff else _("已离职的工作人员")
    elsewhere = entry.office != case.closure.office_id and entry.office in offices
    return f"{name}（{offices[entry.office].name}）" if elsewhere else name


def _kind(entry: Entry, staff: dict[UUID, Staff], case: Case) -> str:
    actor = staff.get(entry.actor)
    if entry.actor == case.worker_id:
        return "person"
    if actor is not None and actor.is_operator:
        return "system"
    return "clerk" if entry.office == case.closure.office_id else "other"


def _note(entry: Entry, places: dict[tuple[str, int], str]) -> str:
    facts = entry.facts
    place = places.get((str(facts.get("file")), facts.get("row", 0)), "")
    fields = _("更新了 %(fields)s") % {"fields": field_labels(facts["fields"])} if facts.get("fields") else ""
    told = (_answer(facts), facts_words(facts), fields, place, code_words(facts.get("codes", ())))
    return _joined((*told, _("代本人录入") if entry.on_behalf_of else ""))


def _answer(facts: Mapping[str, Any]) -> str:
    """What a first decision said: the answer, and the months."""
    months = facts.get("exact") or facts.get("at_most") or 0
    if facts.get("exact"):
        words = ngettext("%(n)s 个月", "%(n)s 个月", months)
    else:
        words = ngettext("最多 %(n)s 个月", "最多 %(n)s 个月", months)
    answer = dict(Eligible.choices).get(facts.get("eligible", ""), "")
    return _joined((str(answer), words % {"n": months} if answer and months else ""))


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _corrected(row: RosterRow) -> str:
    """What stood in the cells before somebody corrected them; personal numbers by their heading alone."""
    before, after = row.content["cells"], row.corrections["cells"]
    return _("；").join(_change(name, before.get(name) or "", after[name]) for name in after)


def _change(name: str, before: str, after: str) -> str:
    if name not in _SHOWABLE:
        return field_label(name)
    return f"{field_label(name)}：{before or _('空')} → {after or _('空')}"
