"""Jobs for the tests of the queue: steps that each leave one entry in the ledger, and ways to fail."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import OperationalError, transaction

from zaigang.foundation.errors import ZaigangError
from zaigang.jobs.enums import Verb
from zaigang.jobs.tasks import Work, task
from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import Entry, SubjectKind

#: A worker's program: it takes a silent one for dead sooner than the real one does.
WORKER = """
import tests.jobs.sample
from zaigang.jobs import worker
worker.DEAD_AFTER = 1
worker.work(wait=sys.argv[1] == "wait")
"""


@task("tests.steps")
def steps(work: Work, *, number: int, pause: float = 0) -> Mapping[str, Any]:
    """Steps 1 to `number`, one transaction each; those that are there already stay."""
    made = 0
    for step in range(1, number + 1):
        made += _step(work, step)
        time.sleep(pause)
        work.progress(step, number)
    return {"made": made}


@transaction.atomic
def _step(work: Work, step: int) -> bool:
    if step in steps_made():
        return False
    facts = {"step": step}
    record(NewEntry(Verb.ASKED, work.by.pk, facts=facts, kind=SubjectKind.STAFF), by=work.by)
    return True


def steps_made() -> list[int]:
    """The steps in the ledger, in the order in which they were written."""
    return list(Entry.objects.filter(facts__has_key="step").values_list("facts__step", flat=True))


@task("tests.refused")
def refused(work: Work) -> None:
    raise ZaigangError("这个月还没有到", "2016-02", "请到这个月再办")


@task("tests.broken")
def broken(work: Work) -> None:
    raise KeyError("surprise")


@task("tests.unreachable")
def unreachable(work: Work) -> None:
    raise OperationalError("gone")
