"""What a job is. Each stage's `jobs.py` declares its own with `@task`; a worker calls them.

A job is thin: it calls actions, which do the work and write the ledger. It may be killed at any moment and is then
done again, so its actions must give the same result the second time. Of one kind and subject there is one open job, and
while it runs, the worker's database session holds a lock that ends with the session: a worker taken for dead that still
lives can never work beside its successor.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.jobs.enums import OPEN, JobState
from zaigang.jobs.models import Job
from zaigang.offices.models import Staff

Run = Callable[..., Mapping[str, Any] | None]
#: How often a job is tried whose database went away, or whose worker died in the middle.
MOST_ATTEMPTS = 5
LOST = "后台程序几次都没有办完。请执行 zaigang jobs retry 再试，或把任务编号告诉管理员。"
BROKEN = "程序出了错。请把任务编号告诉管理员。"
NO_DATABASE = "数据库没有回应。恢复后请执行 zaigang jobs retry 再试。"
#: Kind -> what it calls.
_kinds: dict[str, Run] = {}


class StillHeld(Exception):
    """Another session works on the same kind and subject."""


class Policy(BaseRetryStrategy):
    """What comes again: what the worker's own end interrupted, a lock still held, and a database that went away.

    A named error is final, since the next time says the same; so is an error of the program.
    """

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, StillHeld):
            return RetryDecision(retry_in={"seconds": 2})
        if is_passing(exception) and job.attempts < MOST_ATTEMPTS:
            return RetryDecision(retry_in={"seconds": 2 ** (job.attempts + 1)})
        return None


def is_passing(exception: BaseException) -> bool:
    """Whether trying again may help: the database stopped, ended the session, or chose this one in a deadlock."""
    return isinstance(exception, (OperationalError, InterfaceError))


@dataclass(frozen=True, slots=True)
class Work:
    """What a job is given: itself, and who asked for it (the named system operator where nobody did)."""

    job: Job
    context: JobContext | None

    @property
    def by(self) -> Staff:
        return self.job.asked_by

    def progress(self, done: int, total: int) -> None:
        """Show how far it is; to be called between transactions. A worker that is told to stop stops here.

        Raises `JobAborted`, which puts the job back into the queue: let it pass.
        """
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total)
        if self.context is not None and self.context.should_abort():
            raise JobAborted


def task(kind: str) -> Callable[[Run], Run]:
    """Declare a job. The function takes `Work` and the arguments it was asked with, and gives counts and codes."""

    def declare(run: Run) -> Run:
        _kinds[kind] = run

        @app.task(name=kind, retry=Policy(), pass_context=True)
        def queued(context: JobContext, job: str) -> None:
            execute(UUID(job), context)

        return run

    return declare


def hourly(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Call a function every hour, for what the calendar starts. It asks for jobs, and must bear being called again."""

    def declare(tick: Callable[[], object]) -> Callable[[], object]:
        @app.periodic(cron="17 * * * *")
        @app.task(name=name, queueing_lock=name)
        def ticked(timestamp: int) -> None:
            tick()

        return tick

    return declare


def is_known(kind: str) -> bool:
    return kind in _kinds


def execute(pk: UUID, context: JobContext | None = None) -> None:
    """Do one job in this thread, unless it is done already. Raises what it raised, after noting it."""
    job = Job.objects.select_related("asked_by", "office").get(pk=pk)
    with _held(job):
        # Done, and the worker died before it could tell the queue; or failed, and somebody asked anew.
        if not _begin(job):
            return
        try:
            result = _kinds[job.kind](Work(job, context), **job.arguments)
        except BaseException as error:
            _interrupted(job, error, context)
            raise
        _end(job, JobState.DONE, result=dict(result or {}))


class _held:
    """The session's lock on a kind and subject, for the time of the block. Raises `StillHeld`."""

    def __init__(self, job: Job) -> None:
        self.key = f"{job.kind} {job.subject}"

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 9))", [self.key])
            if not cursor.fetchone()[0]:
                raise StillHeld(self.key)

    def __exit__(self, *_error: object) -> None:
        if connection.connection is None or connection.connection.closed or connection.needs_rollback:
            return  # the lock went with the session, or goes with it
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 9))", [self.key])


def _begin(job: Job) -> bool:
    now = clock.now()
    return bool(
        Job.objects.filter(pk=job.pk, state__in=OPEN).update(
            state=JobState.RUNNING, started_at=now, done=0, total=None
        )
    )


def _interrupted(job: Job, error: BaseException, context: JobContext | None) -> None:
    attempts = context.job.attempts if context else MOST_ATTEMPTS
    if isinstance(error, JobAborted):
        Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    elif isinstance(error, ZaigangError):
        _end(job, JobState.FAILED, trouble=str(error))
    elif not is_passing(error):
        _end(job, JobState.FAILED, trouble=BROKEN)
    elif attempts >= MOST_ATTEMPTS:
        connection.close()  # a fresh one, if there is any; else the worker notes it later (`worker.take_up`)
        _end(job, JobState.FAILED, trouble=NO_DATABASE)


def _end(job: Job, state: JobState, *, result: Mapping[str, Any] | None = None, trouble: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, ended_at=clock.now(), result=result or {}, trouble=trouble
    )
