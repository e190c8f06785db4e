"""A closure's own page: its people in numbers, the files, and what waits."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zaigang.look.components import SummaryRow
from zaigang.look.formats import day
from zaigang.roster.enums import FileState
from zaigang.roster.models import Closure, Firm, RosterFile
from zaigang.roster.queries import alike, with_counts


@dataclass(frozen=True, slots=True)
class ClosurePage:
    """Everything the page shows. `pairs` counts people who look alike (at most as many as the list shows)."""

    people: int
    waiting: int
    files: list[RosterFile]
    pairs: int
    facts: list[SummaryRow]

    @property
    def open_files(self) -> int:
        """Files that were checked and wait to be imported."""
        return sum(file.state == FileState.CHECKED for file in self.files)

    @property
    def known(self) -> int:
        """People whose row was good."""
        return self.people - self.waiting


def closure_page(closure: Closure) -> ClosurePage:
    """Read a closure's page."""
    counted: Any = with_counts(Closure.objects.filter(pk=closure.pk)).get()
    firms = list(closure.firms.all())
    files = closure.files.select_related("firm", "checked_by", "imported_by")
    return ClosurePage(
        people=counted.people, waiting=counted.waiting, files=list(files), pairs=len(alike(closure)),
        facts=_facts(closure, firms),
    )  # fmt: skip


def _facts(closure: Closure, firms: list[Firm]) -> list[SummaryRow]:
    return [
        SummaryRow(_("关停的单位"), "、".join(firm.name for firm in firms)),
        SummaryRow(_("关停日期"), day(closure.closes_on)),
        SummaryRow(_("承接机构"), closure.office),
        SummaryRow(_("合同终止的一般原因"), closure.get_ground_display()),
        SummaryRow(_("备注"), closure.note),
    ]
