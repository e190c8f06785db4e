"""Real workers on the real database: stopped, killed, frozen."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import transaction

from tests.cast import Cast, make_cast
from tests.jobs.sample import WORKER, steps_made
from tests.processes import run_beside, wait_until
from zaigang.claims.actions import set_monthly_rule
from zaigang.jobs.actions import ask
from zaigang.jobs.enums import JobState
from zaigang.jobs.models import Job
from zaigang.offices.actions import operator

pytestmark = pytest.mark.django_db(transaction=True)
ALL = list(range(1, 11))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[str]]]:
    """Whoever starts a worker puts it in here: none outlives its test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for program in started:
        with suppress(ProcessLookupError):
            program.send_signal(signal.SIGKILL)
        program.communicate()


def _state(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.done


def test_a_job_asked_for_in_a_transaction_that_was_undone_never_runs(cast: Cast, workers: list) -> None:
    with transaction.atomic():
        ask("tests.steps", subject="undone", by=cast.clerk, number=3)
        transaction.set_rollback(True)
    kept = ask("tests.steps", subject="kept", by=cast.clerk, number=4)
    workers.append(run_beside(WORKER, "once"))
    assert (workers[0].wait(60), workers[0].communicate()[1]) == (0, "")
    assert (steps_made(), Job.objects.count(), _state(kept)) == ([1, 2, 3, 4], 1, (JobState.DONE, 4))


def test_a_worker_that_waits_is_woken_by_the_commit(cast: Cast, workers: list) -> None:
    workers.append(run_beside(WORKER, "wait"))
    job = ask("tests.steps", by=cast.clerk, number=10)
    wait_until(lambda: _state(job) == (JobState.DONE, 10), *workers)
    assert steps_made() == ALL


def test_a_killed_workers_job_is_taken_up_again_and_nothing_is_done_twice(cast: Cast, workers: list) -> None:
    job = ask("tests.steps", by=cast.clerk, number=10, pause=0.2)
    workers.append(run_beside(WORKER, "wait"))
    wait_until(lambda: _state(job)[1] >= 3, *workers)
    workers[0].send_signal(signal.SIGKILL)
    workers[0].wait(10)
    assert 3 <= len(steps_made()) < 10
    workers.append(run_beside(WORKER, "wait"))
    wait_until(lambda: _state(job) == (JobState.DONE, 10), workers[1], seconds=40)
    assert steps_made() == ALL
    assert job.result["made"] < 10


def test_a_worker_told_to_stop_puts_its_job_back(cast: Cast, workers: list) -> None:
    job = ask("tests.steps", by=cast.clerk, number=10, pause=1.5)
    workers.append(run_beside(WORKER, "wait"))
    wait_until(lambda: _state(job)[1] >= 1, *workers)
    workers[0].send_signal(signal.SIGTERM)
    assert workers[0].wait(20) == 0
    state, done = _state(job)
    assert (state, done < 10) == (JobState.WAITING, True)


def test_a_worker_taken_for_dead_that_still_lives_never_works_beside_its_successor(
    cast: Cast, workers: list
) -> None:
    job = ask("tests.steps", by=cast.clerk, number=10, pause=0.2)
    workers.append(run_beside(WORKER, "wait"))
    wait_until(lambda: _state(job)[1] >= 3, *workers)
    workers[0].send_signal(signal.SIGSTOP)
    frozen_at = len(steps_made())
    workers.append(run_beside(WORKER, "wait"))
    wait_until(lambda: _attempts(job) >= 2, workers[1], seconds=40)  # put back, tried, and found held
    assert len(steps_made()) == frozen_at
    workers[0].send_signal(signal.SIGCONT)
    wait_until(lambda: _state(job) == (JobState.DONE, 10), workers[1], seconds=40)
    assert steps_made() == ALL


def _attempts(job: Job) -> int:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return int(ProcrastinateJob.objects.get(pk=job.queued).attempts)


def test_the_clock_of_the_worker_starts_what_the_calendar_wants(cast: Cast, workers: list) -> None:
    set_monthly_rule(office=cast.north, cut_off_day=None, starts_on_day=1, by=cast.director)
    workers.append(run_beside(IMPATIENT))
    wait_until(lambda: Job.objects.filter(kind="claims.monthly_run", state=JobState.DONE).exists(), *workers)
    job = Job.objects.get()
    assert (job.asked_by, job.office, job.arguments) == (operator(), cast.north, {"month": "2016-01"})


#: A worker that also starts what was due up to two hours before it came up.
IMPATIENT = """
from procrastinate.contrib.django import app
from zaigang.jobs import worker
app.periodic_defaults["max_delay"] = 7200
worker.work()
"""
