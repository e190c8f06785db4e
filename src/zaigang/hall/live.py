"""The live stream of the hall's screens: what PostgreSQL notes about an office goes to its boards and phones.

A pure ASGI program beside the pages. One connection listens for all; an event touches neither Django nor tables. A
screen that hears something asks the pages for its fragment, so nothing is lost when an event is.
"""

import asyncio
import json
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.http.request import validate_host

from zaigang.hall.devices import Device, office_of, ticket_of

log = logging.getLogger(__name__)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: The name is stated again, because hall.verbs brings the models with it; a test holds both equal.
CHANNEL = "zaigang_hall"
MOST_CLIENTS = 500
#: At most eight pushes a second for an office; a screen that is this many behind is sent away and comes back.
PUSH_EVERY, MOST_BEHIND, MOST_EVENTS = 0.125, 32, 100
BEAT_EVERY = 10.0
#: Seconds: a stream whose other end takes nothing for so long is gone; the pause between tries at the database.
PATIENCE, LONGEST_PAUSE = 20.0, 10.0
HELLO = b"retry: 2000\nevent: hello\ndata: {}\n\n"
#: A comment keeps proxies patient; the event lets a page know that the line is alive.
BEAT = b": beat\nevent: beat\ndata: {}\n\n"


class Client:
    """One open stream: messages that wait to be sent, and whether it is still wanted."""

    def __init__(self) -> None:
        self.messages: deque[bytes] = deque((HELLO,))
        self.closed = False
        self._wake = asyncio.Event()

    def put(self, message: bytes) -> None:
        """Never waits. Whoever cannot follow is closed; the page connects again and starts afresh."""
        if len(self.messages) >= MOST_BEHIND:
            self.close()
            return
        self.messages.append(message)
        self._wake.set()

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    async def wait(self, seconds: float) -> None:
        """Return when there is something to do, or after so many seconds."""
        if not self.messages and not self.closed:
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), seconds)


class Hub:
    """Takes what the database notes, and hands it to the streams of that office."""

    def __init__(self) -> None:
        self.clients: defaultdict[str, set[Client]] = defaultdict(set)
        self.listening = False
        self._pending: defaultdict[str, list[Any]] = defaultdict(list)
        self._pushed: dict[str, float] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def count(self) -> int:
        return sum(len(clients) for clients in self.clients.values())

    def join(self, office: str) -> Client:
        """A new stream of the office; the first one starts the listening."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        client = Client()
        self.clients[office].add(client)
        return client

    def part(self, office: str, client: Client) -> None:
        self.clients[office].discard(client)
        if not self.clients[office]:
            del self.clients[office]

    def note(self, payload: str) -> None:
        """What the database said. Gathered, so that a busy hall gets at most eight pushes a second."""
        event = json.loads(payload)
        office = event.pop("o", "")
        if office not in self.clients:
            return
        if not self._pending[office]:
            loop = asyncio.get_running_loop()
            due = self._pushed.get(office, 0.0) + PUSH_EVERY - loop.time()
            loop.call_later(max(due, 0.0), self._push, office)
        self._pending[office].append(event)

    def _push(self, office: str) -> None:
        events = self._pending.pop(office)
        self._pushed[office] = asyncio.get_running_loop().time()
        text = json.dumps(events, separators=(",", ":"))
        # So many at once that everybody is concerned: look afresh.
        message = HELLO if len(events) > MOST_EVENTS else f"event: hall\ndata: {text}\n\n".encode()
        for client in list(self.clients.get(office, ())):
            client.put(message)

    async def _listen(self) -> None:
        """Listen for ever. After a break every page looks again, because it may have missed something."""
        pause = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **_database(), autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self.listening, pause = True, 0.5
                    self._all(HELLO)
                    await self._follow(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("The stream lost the database (%s); again in %s s", type(error).__name__, pause)
            self.listening = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _follow(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        while True:
            async for notice in connection.notifies(timeout=BEAT_EVERY):
                with suppress(ValueError, AttributeError, TypeError):  # somebody else's notice on our channel
                    self.note(notice.payload)
            await connection.execute("SELECT 1")  # a line that died silently is noticed here

    def _all(self, message: bytes) -> None:
        for clients in self.clients.values():
            for client in list(clients):
                client.put(message)


class Live:
    """The ASGI application: GET /live/board/<token> and /live/ticket/<token>, as text/event-stream."""

    def __init__(self) -> None:
        self.hub = Hub()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        office = office_of_path(scope["path"])
        if office is None:
            await _refuse(send, 404)
        elif scope["method"] != "GET":
            await _refuse(send, 405)
        elif self.hub.count >= MOST_CLIENTS:
            await _refuse(send, 503)
        else:
            await self._stream(office, _origin(scope), receive, send)

    async def _stream(self, office: str, origin: bytes | None, receive: Receive, send: Send) -> None:
        client = self.hub.join(office)
        gone = asyncio.create_task(_until_gone(receive))
        gone.add_done_callback(lambda _task: client.close())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(origin)})
            while not client.closed:
                await asyncio.wait_for(_send_all(client, send), PATIENCE)
                await client.wait(BEAT_EVERY)
                if not client.messages and self.hub.listening:
                    client.put(BEAT)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            log.info("A screen took nothing for %s s", PATIENCE)
        finally:
            self.hub.part(office, client)
            gone.cancel()


async def _send_all(client: Client, send: Send) -> None:
    while client.messages and not client.closed:
        await send({"type": "http.response.body", "body": client.messages.popleft(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def office_of_path(path: str) -> str | None:
    """The office whose events an address gives; None for every address that is not a valid link."""
    match path.split("/"):
        case ["", "live", "board", token]:
            office = office_of(token, Device.BOARD)
        case ["", "live", "ticket", token]:
            read = ticket_of(token)
            office = read[1] if read else None
        case _:
            office = None
    return str(office) if office else None


def _origin(scope: Message) -> bytes | None:
    """Whose page asks, if it is one of ours: a host under which the pages may be asked for."""
    origin: bytes | None = dict(scope["headers"]).get(b"origin")
    host = urlsplit(origin.decode("latin-1")).hostname if origin else None
    return origin if host and validate_host(host, settings.ALLOWED_HOSTS) else None


def _headers(origin: bytes | None) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"vary", b"origin"),
    ]
    return [*headers, (b"access-control-allow-origin", origin)] if origin else headers


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _database() -> dict[str, Any]:
    """Django's own settings of the database, in libpq's words."""
    named = settings.DATABASES["default"]
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    found = {word: named[key] for word, key in words.items() if named.get(key)}
    return found | {"connect_timeout": 5, "application_name": "zaigang live", "keepalives_idle": 20}
