"""`zaigang serve` with its worker, and the commands for jobs, as real programs on a database of their own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from tests.cli.test_commands import answer, zaigang
from tests.processes import wait_until
from tests.serving import free_port


def _children(pid: int) -> dict[str, int]:
    """Module -> process, of the programs that `zaigang serve` keeps beside itself."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    found = {}
    for line in listed.splitlines():
        number, _blank, command = line.strip().partition(" ")
        if "zaigang.cli." in command:
            found[command.split("zaigang.cli.")[1].split()[0]] = int(number)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made = zaigang(folder, "migrate")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture
def serving(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(Path(sys.executable).with_name("zaigang")), "serve", "--port", str(free_port())]
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in os.environ}
    program = subprocess.Popen(
        command, env=keep | {"ZAIGANG_HOME": str(home), "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield program
    if program.poll() is None:
        program.kill()
        program.wait(10)


def _workers(home: Path) -> str:
    detail = {finding["name"]: finding for finding in json.loads(zaigang(home, "doctor", "--json").stdout)}
    return str(detail["后台任务"]["detail"])


def test_a_worker_that_dies_comes_back_and_none_outlives_a_killed_server(
    home: Path, serving: subprocess.Popen[bytes]
) -> None:
    wait_until(lambda: "working" in _children(serving.pid), seconds=60)
    first = _children(serving.pid)["working"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: _children(serving.pid).get("working", first) != first, seconds=60)
    second = _children(serving.pid)
    serving.kill()
    serving.wait(10)
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in second.values()))


@pytest.mark.parametrize("seconds", [0, 2])
def test_a_server_told_to_stop_takes_its_worker_along(
    serving: subprocess.Popen[bytes], seconds: float
) -> None:
    """Whether it is still starting or has long been serving."""
    wait_until(lambda: "working" in _children(serving.pid), seconds=60)
    children = _children(serving.pid)
    sleep(seconds)
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(30) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children.values())


def test_an_empty_queue_is_well_and_has_nothing_to_list_or_to_try_again(home: Path) -> None:
    assert answer(zaigang(home, "jobs", "list", "--json")) == []
    done = zaigang(home, "jobs", "work", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    unknown = zaigang(home, "jobs", "retry", "00000000-0000-0000-0000-000000000001")
    assert (unknown.returncode, "没有这个任务" in unknown.stderr) == (1, True)
    assert _workers(home) == "在办和等待 0 个，没有失败的"
