"""The server lives exactly as long as a program that uses it, however programs and servers die."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.foundation.postgres.conftest import Program, seconds_until_gone, servers_of, watchdogs_of, works
from zaigang.foundation.postgres import PostgresError, start
from zaigang.foundation.postgres.watchdog import identity, postmaster


def kill(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def the_postmaster(data_dir: Path) -> int:
    pid = postmaster(data_dir / "cluster")
    assert pid is not None
    return pid


def test_two_programs_that_start_at_once_share_one_server(data_dir: Path) -> None:
    programs = [Program.begin(data_dir) for _ in range(3)]
    assert len({program.url() for program in programs}) == 1
    assert len(watchdogs_of(data_dir)) == 1
    pid = the_postmaster(data_dir)
    programs[0].kill()
    programs[1].kill()
    time.sleep(1.5)
    assert the_postmaster(data_dir) == pid
    programs[2].kill()
    seconds_until_gone(data_dir)


def test_a_program_that_just_ends_takes_the_server_along(data_dir: Path) -> None:
    program = Program.begin(data_dir, seconds=0)
    assert program.process.wait() == 0
    program.kill()
    seconds_until_gone(data_dir)


@pytest.mark.parametrize("delay", [0.1, 0.2, 0.4])
def test_killed_while_starting(data_dir: Path, delay: float) -> None:
    program = Program.begin(data_dir)
    time.sleep(delay)
    program.kill()
    time.sleep(0.5)  # what it had begun may still appear
    seconds_until_gone(data_dir)
    with start(data_dir, fast=True) as server:
        assert server.databases() == []


def test_program_and_watchdog_killed_then_the_next_start_adopts(data_dir: Path) -> None:
    program = Program.begin(data_dir)
    program.url()
    first = the_postmaster(data_dir)
    kill(watchdogs_of(data_dir))
    program.kill()
    time.sleep(1)
    assert the_postmaster(data_dir) == first
    second = Program.begin(data_dir)
    assert works(second.url())
    assert the_postmaster(data_dir) == first
    second.kill()  # the new watchdog is as good as the old one
    seconds_until_gone(data_dir)


@pytest.mark.parametrize("everything", [False, True])
def test_a_killed_server_comes_back_with_what_was_committed(data_dir: Path, everything: bool) -> None:
    with start(data_dir) as server, psycopg.connect(**server.dsn_params) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1419 AS people")
        connection.commit()
        kill(servers_of(data_dir) if everything else [the_postmaster(data_dir)])
        if everything:
            kill(watchdogs_of(data_dir))
        began = time.monotonic()
        with start(data_dir) as again, psycopg.connect(**again.dsn_params) as fresh:
            assert fresh.execute("SELECT people FROM kept").fetchone() == (1419,)
        assert time.monotonic() - began < 8


def test_the_number_of_a_dead_server_now_belongs_to_a_stranger(data_dir: Path) -> None:
    with start(data_dir, fast=True):
        kill(servers_of(data_dir))
        time.sleep(0.2)
        noted = (data_dir / "cluster" / "postmaster.pid").read_text().split("\n", 1)[1]
        (data_dir / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{noted}")
        assert postmaster(data_dir / "cluster") is None
        with start(data_dir, fast=True) as again:
            assert again.databases() == []


def test_a_client_with_a_reused_number_is_dead(data_dir: Path) -> None:
    with start(data_dir, fast=True) as server:
        mine = identity(os.getpid())
        assert mine is not None
        pid, born, boot = mine.split()
        (data_dir / "clients").write_text(f"{pid} {int(born) - 1} {boot}\n")
        seconds_until_gone(data_dir)
        server.stop()


def test_stop_leaves_the_server_to_the_others_and_is_idempotent(data_dir: Path) -> None:
    first, second = start(data_dir, fast=True), start(data_dir, fast=True)
    first.stop()
    first.stop()
    assert second.create_database("x") is True
    second.stop()
    assert servers_of(data_dir) == []
    assert not Path(second.dsn_params["host"]).exists()


def test_a_fork_cannot_stop_its_parents_server(data_dir: Path) -> None:
    with start(data_dir, fast=True) as server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert server.databases() == []


def test_data_without_fsync_are_not_shared_with_a_program_that_needs_it(data_dir: Path) -> None:
    with start(data_dir, fast=True), pytest.raises(PostgresError, match="测试用"):
        start(data_dir)
    with start(data_dir) as server, psycopg.connect(**server.dsn_params) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
