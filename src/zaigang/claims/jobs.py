"""What this stage has done in the background."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zaigang.claims import actions
from zaigang.claims.actions.lawmaking import APPLY
from zaigang.claims.actions.redeciding import PREVIEW
from zaigang.claims.enums import Verb
from zaigang.claims.models import LawFile
from zaigang.claims.queries.law import changed_and_waiting
from zaigang.claims.queries.monthly import RUN, attention, due, not_own, rule_of
from zaigang.jobs.tasks import Work, hourly, task
from zaigang.ledger.models import Entry

#: People released in one transaction.
AT_ONCE = 100


@task(RUN)
def monthly_run(work: Work, *, month: str) -> Mapping[str, Any]:
    """Release what needs no person, up to this month; count who wants one."""
    office, of = work.job.office, date.fromisoformat(f"{month}-01")
    assert office is not None
    done, total = _released(work), not_own(due(office, of), work.by).count()
    total += done
    work.progress(done, total)
    while n := actions.release_due(office=office, month=of, at_most=AT_ONCE, run=work.job.pk, by=work.by):
        done += n
        work.progress(done, max(done, total))
    waiting = {
        str(reason): len(payments) for reason, payments in attention(office, of, rule_of(office)).items()
    }
    return {"released": done, "waiting": waiting}


def _released(work: Work) -> int:
    """What this run had released before its worker died."""
    told = Entry.objects.filter(verb=Verb.RELEASED, happened_at__gte=work.job.asked_at)
    return told.filter(facts__job=str(work.job.pk)).count()


@task(PREVIEW)
def preview_law(work: Work, *, file: str) -> Mapping[str, Any]:
    """Look whom a draft of the law would reach."""
    run = actions.preview_law(file=LawFile.objects.get(pk=file), by=work.by, progress=work.progress)
    return {"people": run.done}


@task(APPLY)
def apply_law(work: Work, *, file: str) -> Mapping[str, Any]:
    """Decide everybody again whom a changed law reaches."""
    run = actions.apply_law(file=UUID(file), progress=work.progress)
    return {"people": run.done, **changed_and_waiting(run)}


@hourly("claims.start_due_runs")
def start_due_runs() -> None:
    """Offices that chose a day have their month started on it."""
    actions.start_due_runs()
