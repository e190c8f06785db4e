"""Imports killed at many moments, one after another, on one database: each leaves all of the file or nothing."""

import os
import signal
import time
from pathlib import Path
from random import Random

import pytest

from tests.cast import make_cast
from tests.factories.rosters import csv_file, row, some_closure
from tests.processes import answer_of, run_beside
from tests.roster.test_import_processes import IMPORT
from zaigang.ledger.models import Entry
from zaigang.ledger.queries import broken_links
from zaigang.roster.models import Case, RosterFile, RosterRow, SearchTerm, Worker

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
ROUNDS = 40


def test_an_import_killed_at_any_moment_is_all_or_nothing(tmp_path: Path) -> None:
    some_closure(make_cast())
    people = 120
    path = csv_file(tmp_path, [row(n, f"测试{chr(0x4E00 + n)}") for n in range(1, people + 1)])
    rng = Random(7)
    for _round in range(ROUNDS):
        clerk = run_beside(IMPORT, str(path), "liu")
        time.sleep(rng.uniform(0.2, 1.6))
        os.kill(clerk.pid, signal.SIGKILL)
        clerk.communicate(timeout=60)
        time.sleep(0.1)
        whole = RosterFile.objects.count() > 0
        expected = people if whole else 0
        assert (Worker.objects.count(), Case.objects.count()) == (expected, expected)
        assert SearchTerm.objects.count() == expected * 5
        assert RosterRow.objects.count() == RosterFile.objects.count() * people
        assert Entry.objects.filter(verb="roster.case_opened").count() == expected
    assert answer_of(run_beside(IMPORT, str(path), "bai"))["awaiting_repair"] == 0
    assert list(broken_links()) == []
