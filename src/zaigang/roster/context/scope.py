"""What a user may open: everything else is not there for them."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from zaigang.offices.models import Staff
from zaigang.offices.permissions import may, where
from zaigang.roster.models import Case, Closure, RosterFile, RosterRow, Worker
from zaigang.roster.permissions import SEE_NAMES, VIEW_PEOPLE


def closure_for(user: Staff, code: str) -> Closure:
    """The closure, or 404 where the user may not see its people."""
    return get_object_or_404(Closure.objects.for_user(user).select_related("office"), code=code)


def file_for(user: Staff, pk: UUID) -> RosterFile:
    """The file, or 404 where the user may not see the closure's people."""
    files = RosterFile.objects.select_related("closure__office", "firm", "checked_by", "imported_by")
    return get_object_or_404(files.filter(closure__in=Closure.objects.for_user(user)), pk=pk)


def row_for(user: Staff, pk: UUID) -> RosterRow:
    """The row with its file, or 404 where the user may not see the closure's people."""
    rows = RosterRow.objects.select_related("case", "file__closure__office")
    return get_object_or_404(rows.filter(file__closure__in=Closure.objects.for_user(user)), pk=pk)


def case_for(user: Staff, pk: UUID) -> Case:
    """The case, or 404 where the user may not see the closure's people."""
    return get_object_or_404(Case.objects.for_user(user).select_related("closure__office"), pk=pk)


def workers_for(user: Staff, pks: tuple[UUID, UUID]) -> dict[UUID, Worker]:
    """Both people, or 404 unless the user may see at least one case of each."""
    seen: QuerySet[Case] = Case.objects.people().filter(closure__office__in=where(user, VIEW_PEOPLE))
    workers = Worker.objects.filter(cases__in=seen, merged_into__isnull=True, pk__in=pks).distinct().in_bulk()
    if len(workers) != 2:
        raise Http404
    return workers


def sees_names(user: Staff, closure: Closure) -> bool:
    """Whether lists show this user whole names."""
    return may(user, SEE_NAMES, closure.office)
