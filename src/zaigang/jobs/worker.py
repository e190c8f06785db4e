"""The process that does the jobs: one at a time, woken by the database, and back again when another died."""

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections, connection, transaction
from procrastinate.contrib.django import app, connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from zaigang.foundation import clock
from zaigang.jobs.enums import OPEN, JobState
from zaigang.jobs.models import Job
from zaigang.jobs.queries import DEAD_AFTER
from zaigang.jobs.tasks import LOST, MOST_ATTEMPTS

logger = logging.getLogger(__name__)
#: Seconds between signs of life, and between looks for jobs whose worker died.
SIGN_EVERY = 2.0
LOOK_EVERY = 2.0
#: Seconds that a running job has, once the worker is told to stop, before it is put back into the queue.
GRACE = 5.0
#: The queue's rows of ended jobs are kept so long; our own stay.
KEEP_HOURS = 30 * 24


def work(*, wait: bool = True) -> None:
    """Do jobs until told to stop (SIGTERM, SIGINT), or with `wait=False` until none is due."""
    asyncio.run(_work(wait))


async def _work(wait: bool) -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3)
    with app.replace_connector(connector):
        async with app.open_async():
            await _look()
            looking = asyncio.create_task(_keep_looking())
            try:
                await app.run_worker_async(
                    wait=wait,
                    concurrency=1,
                    fetch_job_polling_interval=LOOK_EVERY,
                    update_heartbeat_interval=SIGN_EVERY,
                    stalled_worker_timeout=DEAD_AFTER,
                    shutdown_graceful_timeout=GRACE,
                )
            finally:
                looking.cancel()


async def _keep_looking() -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await _look()
        except DatabaseError:
            logger.warning("no look for jobs of dead workers: the database does not answer")


async def _look() -> None:
    await sync_to_async(_look_now, thread_sensitive=False)()


def _look_now() -> None:
    close_old_connections()
    take_up()
    close_old_connections()


@transaction.atomic
def take_up() -> int:
    """Put jobs of dead workers back into the queue, or give them up after several; gives how many were put back."""
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [DEAD_AFTER])
        orphans = cursor.fetchall()
        for queued, attempts in orphans:
            if attempts < MOST_ATTEMPTS:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [queued])
            else:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [queued])
        cursor.execute(_GIVEN_UP, [JobState.FAILED, LOST, clock.now(), list(OPEN)])
        cursor.execute(_OLD, [KEEP_HOURS])
    return sum(attempts < MOST_ATTEMPTS for _queued, attempts in orphans)


_ORPHANS = """
SELECT j.id, j.attempts FROM procrastinate_jobs j
WHERE j.status = 'doing' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_workers w
    WHERE w.id = j.worker_id AND w.last_heartbeat > now() - make_interval(secs => %s)
) FOR UPDATE OF j SKIP LOCKED
"""
# Open for us, ended for the queue: whoever did it could not say so any more.
_GIVEN_UP = f"""
UPDATE {Job._meta.db_table} ours SET state = %s, trouble = %s, ended_at = %s
FROM procrastinate_jobs j
WHERE j.id = ours.queued AND ours.state = ANY(%s) AND j.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
"""  # noqa: S608 -- the table's own name
_OLD = """
DELETE FROM procrastinate_jobs j WHERE j.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
AND NOT EXISTS (
    SELECT 1 FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(hours => %s))
"""
