"""Two clerks at once, and a power cut in the middle: real processes on the real database."""

import os
import signal
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.cast import make_cast
from tests.factories.rosters import csv_file, row, some_closure
from tests.processes import answer_of, run_beside, wait_until, waiting_for_a_lock
from zaigang.ledger.models import Entry
from zaigang.ledger.queries import broken_links
from zaigang.roster.models import Case, Closure, RosterFile, RosterRow, SearchTerm, Worker

pytestmark = pytest.mark.django_db(transaction=True)

IMPORT = """
import json
from dataclasses import asdict
from pathlib import Path
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.roster.handing_in import hand_in
from zaigang.roster.reading import check, read_workbook
path, clerk = Path(sys.argv[1]), Staff.objects.get(username=sys.argv[2])
checked = check(read_workbook(path), today=clock.today())
print(json.dumps(asdict(hand_in(checked, closure_code="SF-2015", file_name=path.name, sha256="ab", by=clerk))))
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    some_closure(make_cast())
    return csv_file(tmp_path, [*(row(n) for n in range(1, 60)), row(5), row(70, 身份证号="")])


def test_two_clerks_who_import_the_same_file_at_once(roster: Path) -> None:
    with transaction.atomic():
        Closure.objects.select_for_update().get()
        clerks = [run_beside(IMPORT, str(roster), name) for name in ("liu", "bai")]
        wait_until(lambda: waiting_for_a_lock() == 2, *clerks)
    answers = [answer_of(clerk) for clerk in clerks]
    assert sorted(answer["new"] for answer in answers) == [0, 59]
    assert sorted(answer["matched"] for answer in answers) == [0, 59]
    assert (Worker.objects.count(), Case.objects.count()) == (59, 60)
    assert Entry.objects.filter(verb="roster.duplicate_seen").count() == 1
    assert list(broken_links()) == []


def test_an_import_killed_in_the_middle_leaves_nothing_and_can_be_repeated(roster: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE roster_searchterm IN EXCLUSIVE MODE")
        clerk = run_beside(IMPORT, str(roster), "liu")
        wait_until(lambda: waiting_for_a_lock() == 1, clerk)
        os.kill(clerk.pid, signal.SIGKILL)
        clerk.communicate(timeout=60)
    wait_until(lambda: waiting_for_a_lock() == 0)
    counts = [model.objects.count() for model in (Worker, Case, RosterFile, RosterRow, SearchTerm)]
    assert counts == [0, 0, 0, 0, 0]
    assert Entry.objects.filter(subject_kind="case").count() == 0
    answer = answer_of(run_beside(IMPORT, str(roster), "liu"))
    assert answer == {"new": 59, "matched": 0, "changed": 0, "awaiting_repair": 1}
