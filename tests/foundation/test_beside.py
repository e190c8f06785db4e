"""A program that is kept running beside ours: started again when it dies, told to stop at the end."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.processes import wait_until
from zaigang.foundation import beside
from zaigang.foundation.beside import kept_beside

#: Writes its number, says what it was told, and lives on.
PROGRAM = """
import os, signal, sys, time
def told(*_): open(sys.argv[1], "a").write("told\\n"); sys.exit(0)
signal.signal(signal.SIGTERM, told if sys.argv[2] == "obeys" else signal.SIG_IGN)
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
time.sleep(60)
"""


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(beside, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(beside, "PATIENCE", 1)
    (tmp_path / "diary").touch()
    return tmp_path / "diary"


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    return True


def test_it_is_started_again_when_it_dies_and_told_to_stop_at_the_end(diary: Path) -> None:
    with kept_beside([sys.executable, "-c", PROGRAM, str(diary), "obeys"]):
        wait_until(lambda: len(diary.read_text().split()) == 1)
        os.kill(int(diary.read_text()), signal.SIGKILL)
        wait_until(lambda: len(diary.read_text().split()) == 2)
    first, second, last = diary.read_text().split()
    assert (_lives(first), _lives(second), last) == (False, False, "told")


def test_what_does_not_listen_is_killed(diary: Path) -> None:
    with kept_beside([sys.executable, "-c", PROGRAM, str(diary), "is deaf"]):
        wait_until(lambda: len(diary.read_text().split()) == 1)
    assert not _lives(diary.read_text().strip())
