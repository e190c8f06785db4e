"""The repair list of a closure: every refused row that waits, filed by its gravest finding."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from zaigang.look.components import Text
from zaigang.roster.context.cells import Line, line_of
from zaigang.roster.context.labels import SHORT, kind_of
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case, Closure, RosterRow
from zaigang.roster.queries import repair_list, waiting_row
from zaigang.roster.reading import CODES

CASES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding with how many rows wait because of it."""

    code: str
    word: Text
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits, with the row to correct."""

    case: Case
    line: Line


@dataclass(frozen=True, slots=True)
class Group:
    """The waiting rows of one kind on this page."""

    kind: Kind
    waiting: list[Waiting]


@dataclass(frozen=True, slots=True)
class RepairList:
    """One page of the list, and the kinds of all of it."""

    total: int
    kinds: list[Kind]
    groups: list[Group]
    page: Page[UUID]

    @property
    def narrowed(self) -> bool:
        return any(kind.current for kind in self.kinds)


def repairs_of(closure: Closure, *, code: str, page: str | None, names: bool) -> RepairList:
    """The page of the list that is asked for; only its rows are opened."""
    filed = _filed(closure)
    counts = Counter(filed.values())
    order = {kind: n for n, (kind, _count) in enumerate(counts.most_common())}
    kinds = [Kind(kind, SHORT.get(kind, _("其他")), n, kind == code) for kind, n in counts.most_common()]
    wanted = [pk for pk, kind in filed.items() if code not in counts or kind == code]
    wanted.sort(key=lambda pk: order[filed[pk]])
    shown = Paginator(wanted, CASES_PER_PAGE).get_page(page)
    cases = {case.pk: case for case in repair_list(closure).filter(pk__in=list(shown.object_list))}
    groups = [
        Group(kind, found)
        for kind in kinds
        if (found := [_waiting(cases[pk], names) for pk in shown.object_list if filed[pk] == kind.code])
    ]
    return RepairList(len(filed), kinds, groups, shown)


def _waiting(case: Case, names: bool) -> Waiting:
    return Waiting(case, line_of(waiting_row(case), names=names))


def _filed(closure: Closure) -> dict[UUID, str]:
    """Case -> the gravest finding of its newest row, in the order of the cases' numbers. Opens nothing sealed."""
    rows = RosterRow.objects.filter(case__closure=closure, case__state=CaseState.AWAITING_REPAIR)
    values = rows.order_by("case__number", "file__imported_at", "-ordinal").values_list("case", "codes")
    return {case: kind_of(code for code in codes if code in CODES) for case, codes in values}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a repaired row; `case` is the person's case, its own or the one it is a second row of."""

    text: str
    case: Case


def outcome_of_repair(case: Case) -> Result:
    """In words: joined the roster, or the same person as another row."""
    if case.state == CaseState.DUPLICATE and case.same_as_id is not None:
        same = Case.objects.select_related("closure").get(pk=case.same_as_id)
        told = {"label": case.label, "same": same.label}
        return Result(_("%(label)s 和 %(same)s 是同一个人，按重复行计，不多算一个人。") % told, same)
    return Result(_("%(label)s 补正好了，已列入名册。") % {"label": case.label}, case)
