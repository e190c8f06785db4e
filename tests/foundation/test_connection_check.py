"""A connection that is open is looked at before it is used, without asking the server while all is well."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import pq

from zaigang.foundation.postgresql import base


@pytest.fixture
def open_connection(db: None) -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, opened and used once."""
    own = connection.copy()
    own.execute_wrappers = []
    _answer(own)
    yield own
    own.close()


def _answer(own: BaseDatabaseWrapper) -> int:
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _next_request(own: BaseDatabaseWrapper) -> None:
    """What Django does when a request begins."""
    own.close_if_unusable_or_obsolete()


def _terminate(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)


def _sent(own: BaseDatabaseWrapper, trace: Path) -> list[str]:
    """The statements that the next request's first question puts on the wire."""
    _next_request(own)
    link = own.connection.pgconn
    with trace.open("wb") as file:
        link.trace(file.fileno())
        _answer(own)
        link.untrace()
    lines = [line.split("\t") for line in trace.read_text(errors="replace").splitlines()]
    return [row[4].split('"')[3 if row[3] == "Parse" else 1] for row in lines if row[3] in ("Query", "Parse")]


def test_a_connection_in_use_is_not_asked(open_connection: BaseDatabaseWrapper, tmp_path: Path) -> None:
    assert _sent(open_connection, tmp_path / "trace") == ["SELECT pg_backend_pid()"]


def test_a_connection_that_rested_is_asked(
    open_connection: BaseDatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = base.monotonic() + base.TRUSTED_FOR
    monkeypatch.setattr(base, "monotonic", lambda: later)
    assert _sent(open_connection, tmp_path / "one") == ["SELECT 1", "SELECT pg_backend_pid()"]
    assert _sent(open_connection, tmp_path / "two") == ["SELECT pg_backend_pid()"]


def test_a_terminated_connection_is_opened_anew(open_connection: BaseDatabaseWrapper) -> None:
    first = _answer(open_connection)
    _terminate(first)
    _next_request(open_connection)
    assert _answer(open_connection) != first


def test_within_a_request_a_lost_connection_is_an_error(open_connection: BaseDatabaseWrapper) -> None:
    _next_request(open_connection)
    _terminate(_answer(open_connection))
    with pytest.raises(OperationalError):
        _answer(open_connection)
    _next_request(open_connection)
    assert _answer(open_connection) > 0


def test_what_the_server_says_unasked_is_read_and_the_connection_kept(
    open_connection: BaseDatabaseWrapper,
) -> None:
    with open_connection.cursor() as cursor:
        cursor.execute("LISTEN somebody")
    first = _answer(open_connection)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("NOTIFY somebody")
    other.close()
    _next_request(open_connection)
    assert _answer(open_connection) == first


def test_a_connection_inside_a_transaction_is_asked(open_connection: BaseDatabaseWrapper) -> None:
    open_connection.connection.autocommit = False
    _answer(open_connection)
    assert open_connection.connection.pgconn.transaction_status == pq.TransactionStatus.INTRANS
    assert base._at_rest(open_connection.connection) is False
    open_connection.connection.rollback()
    assert base._at_rest(open_connection.connection) is True


@pytest.mark.parametrize("closed", [False, True])
def test_no_connection_is_not_usable(closed: bool, open_connection: Any) -> None:
    inner = open_connection.connection
    if closed:
        inner.close()
    else:
        open_connection.connection = None
    assert open_connection.is_usable() is False
    inner.close()


def test_a_statement_that_comes_again_is_prepared(open_connection: BaseDatabaseWrapper) -> None:
    query = "SELECT name FROM pg_prepared_statements WHERE statement LIKE %s"
    for _time in range(6):
        with open_connection.cursor() as cursor:
            cursor.execute("SELECT %s::int + 1", [1])
    with open_connection.cursor() as cursor:
        cursor.execute(query, ["SELECT $1::int + 1"])
        assert len(cursor.fetchall()) == 1
