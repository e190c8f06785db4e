"""The live stream as a process of its own on the test's database, and a client that reads it."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, TypeVar

from tests.processes import database_url

T = TypeVar("T")


def awaited(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns. It runs in a thread of its own: in this one the browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@contextmanager
def live_server() -> Iterator[int]:
    """The port of a running stream."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "zaigang.cli.streaming",
            "127.0.0.1",
            str(port),
            str(os.getpid()),
        ],
        env=os.environ | {"DATABASE_URL": database_url()},
    )
    try:
        _until_it_answers(port, program)
        yield port
    finally:
        program.terminate()
        program.wait(10)


def _until_it_answers(port: int, program: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while True:
        assert program.poll() is None, "the stream ended"
        assert time.monotonic() < end, "the stream does not answer"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


class Stream:
    """One open stream, read event by event."""

    def __init__(self, port: int, path: str, **headers: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._connection.request("GET", path, headers=headers)
        self.answer = self._connection.getresponse()

    def next(self) -> tuple[str, Any]:
        """Name and data of the next event; beats are passed over. Fails after 20 seconds."""
        name, end = "", time.monotonic() + 20
        while True:
            assert time.monotonic() < end, "no event"
            line = self.answer.readline().decode().rstrip("\n")
            assert line or not self.answer.isclosed(), "the stream ended"
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and name != "beat":
                return name, json.loads(line.removeprefix("data: "))

    def wait_for(self, name: str) -> Any:
        """The data of the next event of that name."""
        while True:
            found, data = self.next()
            if found == name:
                return data

    def close(self) -> None:
        self.answer.close()
        self._connection.close()
