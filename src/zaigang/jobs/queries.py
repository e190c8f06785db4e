"""Reads of this stage."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from zaigang.jobs.enums import OPEN, JobState
from zaigang.jobs.models import Job

#: Minutes that a job may wait before somebody should look whether a worker runs at all.
PATIENCE_MINUTES = 10
#: State -> kind of status tag.
KINDS = {
    JobState.WAITING: "idle",
    JobState.RUNNING: "progress",
    JobState.DONE: "done",
    JobState.FAILED: "stopped",
}
#: Seconds without a sign of life after which a worker counts as dead.
DEAD_AFTER = 15


def latest(kind: str, subject: str = "") -> Job | None:
    """The last job of this kind about this subject, whatever its state, with who asked for it."""
    return Job.objects.filter(kind=kind, subject=subject).select_related("asked_by").first()


def failed() -> QuerySet[Job]:
    """Jobs that failed and were not done since: a later one of the same kind and subject makes up for it."""
    same = Job.objects.filter(kind=OuterRef("kind"), subject=OuterRef("subject"), state=JobState.DONE)
    return Job.objects.filter(~Exists(same.filter(queued__gt=OuterRef("queued"))), state=JobState.FAILED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the queue is. `stuck`: open jobs that have waited longer than `PATIENCE_MINUTES`, whoever should do them."""

    open: int
    failed: int
    stuck: int
    workers: int


def standing() -> Standing:
    """Reads the queue's own tables too, so it fails where they are missing. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [DEAD_AFTER, list(OPEN), list(OPEN), PATIENCE_MINUTES])
        workers, opened, stuck = cursor.fetchone()
    return Standing(open=opened, failed=failed().count(), stuck=stuck, workers=workers)


# Waiting is measured in the system's time, which the queue's events have; business time may stand still.
_STANDING = """
SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)),
       (SELECT count(*) FROM jobs_job WHERE state = ANY(%s)),
       (SELECT count(*) FROM jobs_job j WHERE state = ANY(%s) AND NOT EXISTS (
            SELECT 1 FROM procrastinate_events e
            WHERE e.job_id = j.queued AND e.at > now() - make_interval(mins => %s)))
"""
