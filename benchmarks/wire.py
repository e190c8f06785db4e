"""A request through the program's own WSGI door, and what it puts on the wire to the database."""

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any


def asker(path: str, cookies: str, body: bytes = b"") -> Callable[[], int]:
    """A function that sends one POST and gives its status. `cookies` hold csrftoken."""
    from config.wsgi import application

    token = dict(pair.split("=", 1) for pair in cookies.split("; "))["csrftoken"]
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.errors": BytesIO(), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        "HTTP_COOKIE": cookies, "HTTP_X_CSRFTOKEN": token, "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
    }  # fmt: skip
    status: list[int] = [0]

    def started(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        status[0] = int(line.split()[0])

    def ask() -> int:
        response = application({**environ, "wsgi.input": BytesIO(body)}, started)
        list(response)
        response.close()
        return status[0]

    return ask


def statements(ask: Callable[[], int], expected: int = 204) -> tuple[list[str], int]:
    """What Django says it sent for one request, and how many statements libpq put on the wire."""
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        with trace.open("wb") as file:
            connection.connection.pgconn.trace(file.fileno())
            with connection.execute_wrapper(note):
                status = ask()
                assert status == expected, status
            connection.connection.pgconn.untrace()
        sent = [
            line.split("\t")[1:4] for line in trace.read_text(errors="replace").splitlines() if "\t" in line
        ]
    return seen, sum(1 for row in sent if row[0] == "F" and row[2] in ("Query", "Execute"))
