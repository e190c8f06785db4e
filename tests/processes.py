"""Other programs that work on the test's database, for tests of what real processes do to each other."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.db import connection

from zaigang.foundation import clock

#: The business time of all programs that a test starts: it runs, from nine in the morning of the hall's first day,
#: whatever time of day the tests are run.
WORKING_MORNING = clock.running_from(datetime(2016, 1, 11, 9, tzinfo=clock.ZONE))


def database_url() -> str:
    """The address of the test's database."""
    settings = connection.settings_dict
    return (
        f"postgresql://{quote(settings['USER'], safe='')}:{quote(settings['PASSWORD'], safe='')}"
        f"@{quote(settings['HOST'], safe='').lower()}:{settings['PORT']}/{settings['NAME']}"
    )


def run_beside(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python program with Django set up on the test's database; stdout is piped."""
    preamble = "import sys, django; django.setup()\n"
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", preamble + code, *arguments],
        env=os.environ | {"DATABASE_URL": database_url(), clock.BUSINESS_DATE: WORKING_MORNING},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(condition: Callable[[], bool], *programs: subprocess.Popen[str], seconds: float = 20) -> None:
    """Wait for something that other processes do; fails after `seconds`, or when one of `programs` has ended."""
    end = time.monotonic() + seconds
    while not condition():
        for program in programs:
            assert program.poll() is None, program.communicate()[1]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def waiting_for_a_lock() -> int:
    """How many sessions on this database wait for a lock."""
    with connection.cursor() as cursor:
        # Inside a transaction the server would go on showing what the first look saw.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def answer_of(program: subprocess.Popen[str]) -> Any:
    """The JSON value that the program printed; fails with its stderr when it failed."""
    printed, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    return json.loads(printed)
