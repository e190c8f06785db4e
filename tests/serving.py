"""Real servers on the test's database, and clients that speak to them over a socket that stays open."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib import auth

from tests.processes import WORKING_MORNING, database_url
from zaigang.foundation import clock
from zaigang.offices.models import Staff
from zaigang.offices.sessions import SessionStore

SECRET = "SERVINGSERVINGSERVINGSERVINGSERV"
CSRF = "c" * 32
READY_IN = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server process tree on loopback."""

    port: int
    program: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As a power cut does: every process at once, without a word."""
        os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait(10)

    def stop(self) -> None:
        if self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGTERM)
            try:
                self.program.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def served(*, workers: int = 1) -> Iterator[Server]:
    """The pages, by granian, as `zaigang serve` runs them; stopped at the end whatever happens."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.serving_settings",
        clock.BUSINESS_DATE: WORKING_MORNING,
    }  # fmt: skip
    command = [
        sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
        str(port), "--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "error",
        "config.wsgi:application",
    ]  # fmt: skip
    program = subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Server(port, program)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        server.stop()


def _wait_until_it_answers(server: Server) -> None:
    end = time.monotonic() + READY_IN
    while time.monotonic() < end:
        assert server.program.poll() is None, "the server has ended"
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def signed_in(staff: Staff) -> str:
    """Cookies of somebody who signed in with password and second factor."""
    if not staff.has_second_factor:
        TOTP.activate(staff, SECRET)
    store = SessionStore()
    store[auth.SESSION_KEY] = str(staff.pk)
    store[auth.BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[auth.HASH_SESSION_KEY] = staff.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
    store["account_authentication_methods_user"] = str(staff.pk)
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}; csrftoken={CSRF}"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str


class Lost(Exception):
    """The server went away before it answered: whether the act was done is not known."""


class Client:
    """One browser of one clerk: a connection that stays open, and a form that is posted."""

    def __init__(self, port: int, cookies: str) -> None:
        self.port, self.cookies = port, cookies
        self.socket: socket.socket | None = None

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """Post a form and read the whole answer. Raises `Lost`."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {self.cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(head.encode() + body)
            return self._read(self.socket)
        except OSError as error:
            self.close()
            raise Lost from error

    def _read(self, sock: socket.socket) -> Answer:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more(sock)
        head, _blank, rest = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines[1:])
        }
        wanted = int(headers.get("content-length", 0))
        while len(rest) < wanted:
            rest += self._more(sock)
        return Answer(int(lines[0].split()[1]), headers.get("location", ""))

    def _more(self, sock: socket.socket) -> bytes:
        part = sock.recv(65536)
        if not part:
            self.close()
            raise Lost
        return part

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None
