"""Real servers on folders of their own; every test proves at its end that none of them is left."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zaigang.foundation.postgres import find_binaries
from zaigang.foundation.postgres.account import Kind

DEBIAN = Path("/usr/lib/postgresql/15/bin")
KINDS: list[Kind] = ["namespace", "other"] if os.geteuid() == 0 else ["self"]
NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "true")

PROGRAM = """
import sys, time
from pathlib import Path
from zaigang.foundation.postgres import start
server = start(Path(sys.argv[1]), fast=True)
print(server.url(), flush=True)
time.sleep(float(sys.argv[2]))
"""


def servers_of(data_dir: Path) -> list[int]:
    """PostgreSQL processes that work in this data folder, seen from outside: by their working folder."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            if Path(os.readlink(f"/proc/{pid}/cwd")) == data_dir / "cluster":
                found.append(int(pid))
    return found


def watchdogs_of(data_dir: Path) -> list[int]:
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if os.fsencode(data_dir) in arguments and any(a.endswith(b"watchdog.py") for a in arguments):
                found.append(int(pid))
    return found


def seconds_until_gone(data_dir: Path, limit: float = 10.0) -> float:
    began = time.monotonic()
    while servers_of(data_dir):
        assert time.monotonic() - began < limit, f"still there: {servers_of(data_dir)}"
        time.sleep(0.05)
    return time.monotonic() - began


def works(address: str) -> bool:
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


@dataclass
class Program:
    """Another program that uses the server of a data folder."""

    process: subprocess.Popen[str]

    @classmethod
    def begin(
        cls,
        data_dir: Path,
        *,
        seconds: float = 60,
        runner: tuple[str, ...] = (sys.executable,),
        **account: Any,
    ) -> "Program":
        command = [*runner, "-c", PROGRAM, str(data_dir), str(seconds)]
        return cls(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **account))

    def url(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module", params=["embedded", "debian15"])
def binaries(request: pytest.FixtureRequest) -> Path:
    if request.param == "embedded":
        return find_binaries()
    if not DEBIAN.is_dir():
        pytest.skip(f"没有 {DEBIAN}：这台机器上没有 Debian 的 PostgreSQL 15")
    return DEBIAN


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Every way in which this machine can run PostgreSQL for us."""
    way: Kind = request.param
    if way == "namespace":
        skip_without_namespaces()
    return way


def skip_without_namespaces() -> None:
    if shutil.which("unshare") is None or subprocess.run(NAMESPACE, capture_output=True).returncode:
        pytest.skip("这台机器不许 root 建立用户命名空间（容器里常见）")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder below which servers may be made; nobody else can enter it."""
    yield from _folder()


@pytest.fixture
def data_dir() -> Iterator[Path]:
    for place in _folder():
        yield place / "data"


def _folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="zaigang-pg-")).resolve()
    yield place
    for data in [lock.parent for lock in place.rglob("lock")]:
        seconds_until_gone(data)
    shutil.rmtree(place, ignore_errors=True)
