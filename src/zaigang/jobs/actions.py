"""Asking for a job, and asking again. Both are part of the transaction of whoever asks."""

from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from zaigang.foundation.errors import ZaigangError
from zaigang.jobs.enums import OPEN, JobState, Verb
from zaigang.jobs.models import Job
from zaigang.jobs.tasks import is_known
from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import SubjectKind
from zaigang.offices.models import Office, Staff


@transaction.atomic
def ask(kind: str, *, subject: str = "", office: Office | None = None, by: Staff, **arguments: Any) -> Job:
    """Have a job done in the background once this transaction is committed; rolled back, it never was.

    `subject` says what it is about: while a job of this kind about it is open, that one is given and none is added.
    `arguments` are codes, numbers, dates as text and UUIDs as text. Raises KeyError for an undeclared kind.
    """
    if not is_known(kind):
        raise KeyError(kind)
    while True:
        made = Job(kind=kind, subject=subject, office=office, asked_by=by, arguments=arguments)
        Job.objects.bulk_create([made], ignore_conflicts=True)
        if Job.objects.filter(pk=made.pk).exists():
            _queue(made)
            _tell(made, Verb.ASKED, by)
            return made
        # Another is open; it may end between the two statements, and then ours is wanted after all.
        other = Job.objects.filter(kind=kind, subject=subject, state__in=OPEN).first()
        if other is not None:
            return other


@transaction.atomic
def retry(*, job: UUID, by: Staff) -> Job:
    """Let a failed job be done again, in the name of whoever asked first. Safe to repeat. Raises `ZaigangError`."""
    found = Job.objects.select_for_update(of=("self",)).filter(pk=job).first()
    if found is None:
        raise ZaigangError("没有这个任务", str(job), "请用 zaigang jobs list 查看任务编号")
    if found.is_open:
        return found
    if found.state != JobState.FAILED:
        raise ZaigangError("这个任务已经完成", str(found), "不需要再办")
    if Job.objects.filter(kind=found.kind, subject=found.subject, state__in=OPEN).exists():
        raise ZaigangError("同样的任务已经在办", str(found), "请等它办完")
    found.state, found.trouble, found.ended_at, found.done, found.total = JobState.WAITING, "", None, 0, None
    found.save(update_fields=["state", "trouble", "ended_at", "done", "total"])
    _queue(found)
    _tell(found, Verb.RETRIED, by)
    return found


def _queue(job: Job) -> None:
    # A manager of our own: inside a worker the library's queues over another connection, past this transaction.
    manager = JobManager(connector=DjangoConnector())
    lock = f"{job.kind} {job.subject}"
    job.queued = configure_task(
        name=job.kind, job_manager=manager, lock=lock, task_kwargs={"job": str(job.pk)}
    ).defer()
    job.save(update_fields=["queued"])


def _tell(job: Job, verb: Verb, by: Staff) -> None:
    facts = {"job": str(job.pk), "kind": job.kind, "subject": job.subject}
    entry = NewEntry(verb, by.pk, facts=facts, kind=SubjectKind.STAFF)
    record(entry, by=by, office=job.office_id or by.office_pk)
