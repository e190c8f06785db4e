"""Who a link is about, and how they act."""

from dataclasses import dataclass
from uuid import UUID

from zaigang.desk.phone.links import Link, case_named
from zaigang.roster.enums import CaseState
from zaigang.roster.models import Case


@dataclass(frozen=True, slots=True)
class Oneself:
    """A worker who acts on their own phone, as the ledger wants whoever acts."""

    pk: UUID
    office_pk: UUID


def oneself(case: Case) -> Oneself:
    """The person of the case. Needs the closure."""
    assert case.worker_id is not None
    return Oneself(case.worker_id, case.closure.office_id)


def case_of(link: Link, token: str) -> Case | None:
    """The person's case, with worker and office; None when there is nobody behind the link.

    A case that was merged into another leads to that one: the message went out before somebody noticed.
    """
    pk = case_named(link, token)
    if pk is None:
        return None
    known = Case.objects.select_related("worker", "closure__office", "same_as")
    case = known.filter(pk=pk).first()
    if case is not None and case.state == CaseState.DUPLICATE:
        case = known.filter(absorbed=case).first()
    return case if case is not None and _is_somebody(case) else None


def _is_somebody(case: Case) -> bool:
    return case.worker is not None and case.state not in (CaseState.DUPLICATE, CaseState.WITHDRAWN)
