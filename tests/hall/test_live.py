"""The live stream: a real process, a real NOTIFY, real clients."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import Cast
from tests.factories.halls import opened, window_at
from tests.hall.streams import Stream, awaited, live_server
from tests.processes import wait_until
from zaigang.hall import live, verbs
from zaigang.hall.devices import Device, device_token, ticket_token
from zaigang.hall.enums import Service
from zaigang.offices.models import Office

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    with live_server() as found:
        yield found


def board_of(office: Office) -> str:
    return f"/live/board/{device_token(Device.BOARD, office.pk)}"


def take(office: Office) -> verbs.Moved:
    return verbs.take(office=office, service=Service.JOBS)


def notify(office: Office, *numbers: int) -> None:
    """What the verbs say, without a hall."""
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute(
                "SELECT pg_notify('zaigang_hall', json_build_object('o', %s::text, 'n', %s::int)::text)",
                [str(office.pk), number],
            )


def test_the_channel_is_that_of_the_verbs() -> None:
    assert live.CHANNEL == verbs.CHANNEL


def test_boards_and_phones_hear_of_a_call_within_two_seconds(cast: Cast, port: int) -> None:
    day = opened(cast)
    ticket = take(cast.north)
    board = Stream(port, board_of(cast.north))
    phone = Stream(port, f"/live/ticket/{ticket_token(ticket.id, cast.north.pk)}")
    assert board.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    for stream in (board, phone):
        assert stream.next()[0] == "hello"
    board.wait_for("hello")  # the second: the process listens now
    started = time.monotonic()
    verbs.call(window=window_at(day), by=cast.clerk)
    expected = [{"a": "call", "n": "A001", "s": "A", "w": 1}]
    assert (board.wait_for("hall"), phone.wait_for("hall")) == (expected, expected)
    assert time.monotonic() - started < 2
    board.close(), phone.close()


def test_two_offices_do_not_hear_each_other(cast: Cast, port: int) -> None:
    north, south = Stream(port, board_of(cast.north)), Stream(port, board_of(cast.south))
    for stream in (north, south):
        stream.wait_for("hello")
    north.wait_for("hello")
    for turn in (1, 2):
        notify(cast.north, turn)
        notify(cast.south, turn * 10)
        assert (north.wait_for("hall"), south.wait_for("hall")) == ([{"n": turn}], [{"n": turn * 10}])
    north.close(), south.close()


def test_a_busy_hall_is_gathered_to_eight_pushes_a_second(cast: Cast, port: int) -> None:
    board = Stream(port, board_of(cast.north))
    board.wait_for("hello"), board.wait_for("hello")
    started, pushes, seen = time.monotonic(), 0, 0
    for number in range(80):
        notify(cast.north, number)
        time.sleep(0.01)
    while seen < 80:
        seen += len(board.wait_for("hall"))
        pushes += 1
    assert pushes <= 2 + 8 * (time.monotonic() - started)
    board.close()


def test_it_listens_again_when_its_connection_was_cut(cast: Cast, port: int) -> None:
    board = Stream(port, board_of(cast.north))
    board.wait_for("hello"), board.wait_for("hello")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'zaigang live'"
        )
        assert cursor.fetchall() == [(True,)]
    board.wait_for("hello")  # look again: something may have been missed
    notify(cast.north, 5)
    assert board.wait_for("hall") == [{"n": 5}]
    board.close()


def test_wrong_links_are_refused(cast: Cast, port: int) -> None:
    kiosk = device_token(Device.KIOSK, cast.north.pk)
    for path in (
        "/",
        "/live/board/nobody",
        f"/live/board/{kiosk}",
        f"/live/ticket/{kiosk}",
        f"{board_of(cast.north)}x",
    ):
        refused = Stream(port, path)
        assert (path, refused.answer.status) == (path, 404)
        refused.close()


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://localhost:8000", "http://localhost:8000"), ("https://evil.example", None), ("null", None)],
)
def test_only_pages_of_our_own_read_it(cast: Cast, port: int, origin: str, allowed: str | None) -> None:
    board = Stream(port, board_of(cast.north), Origin=origin)
    assert board.answer.headers["Access-Control-Allow-Origin"] == allowed
    board.close()


def test_it_ends_with_the_program_that_started_it() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "import os, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-m', 'zaigang.cli.streaming', '127.0.0.1', '{port}',"
        " str(os.getpid())])\n"
        "child.wait()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], text=True)
    wait_until(lambda: _answers(port), parent)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not _answers(port), seconds=5)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


async def _asked(application: live.Live, path: str) -> int:
    """The status of a request, without a server."""
    sent: list[int] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: live.Message) -> None:
        if "status" in message:
            sent.append(message["status"])

    await application({"type": "http", "method": "GET", "path": path, "headers": []}, receive, send)
    return sent[0]


def test_no_more_clients_than_it_can_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MOST_CLIENTS", 1)
    path = f"/live/board/{device_token(Device.BOARD, uuid4())}"

    async def statuses() -> tuple[int, int, int]:
        application = live.Live()
        monkeypatch.setattr(application.hub, "_listen", lambda: asyncio.sleep(0))
        before = await _asked(application, path)  # gone at once: its place is free again
        application.hub.join("somebody")
        return before, await _asked(application, path), application.hub.count

    assert awaited(statuses()) == (200, 503, 1)


def test_who_cannot_follow_is_sent_away_and_holds_nobody_up() -> None:
    async def ends() -> tuple[bool, bool, int]:
        slow, quick = live.Client(), live.Client()
        for _turn in range(live.MOST_BEHIND + 5):
            for client in (slow, quick):
                client.put(b"x")
            quick.messages.clear()
        return slow.closed, quick.closed, len(slow.messages)

    assert awaited(ends()) == (True, False, live.MOST_BEHIND)
