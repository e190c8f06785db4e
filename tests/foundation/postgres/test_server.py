"""What a program gets: a server of its own, quickly, that nobody else can use."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import environ
import psycopg
import pytest

from zaigang.foundation.postgres import PostgresError, Server, start


@pytest.fixture(scope="module")
def server(binaries: Path, folder: Path) -> Iterator[Server]:
    with start(folder / binaries.parent.name, binaries=binaries) as running:
        yield running


def ask(server: Server, query: str) -> object:
    with psycopg.connect(**server.dsn_params) as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def test_a_second_start_joins_within_two_seconds(server: Server) -> None:
    running_since = ask(server, "SELECT pg_postmaster_start_time()")
    began = time.monotonic()
    with start(server.folder) as again:
        assert time.monotonic() - began < 2
        assert again.dsn_params == server.dsn_params
        assert again.version == server.version
        assert ask(again, "SELECT pg_postmaster_start_time()") == running_since
    assert ask(server, "SELECT pg_postmaster_start_time()") == running_since


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SHOW server_encoding", "UTF8"),
        ("SELECT upper('é')", "É"),
        ("SELECT upper('é') COLLATE \"default\" < 'é'", True),
        ("SHOW listen_addresses", ""),
        ("SHOW data_checksums", "on"),
        ("SHOW fsync", "on"),
        ("SHOW full_page_writes", "on"),
        ("SHOW synchronous_commit", "on"),
        ("SHOW log_error_verbosity", "terse"),
        ("SELECT count(*)::int FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'", 0),
    ],
)
def test_the_cluster_is_set_up_safely(server: Server, query: str, expected: object) -> None:
    assert ask(server, query) == expected


@pytest.mark.parametrize("password", ["", "wrong"])
def test_without_the_password_nobody_enters(server: Server, password: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**server.dsn_params | {"password": password}, passfile="/nonexistent")


def test_nobody_else_can_look_into_its_files(server: Server) -> None:
    sockets = Path(server.dsn_params["host"])
    places = {"data": server.folder, "cluster": server.folder / "cluster", "sockets": sockets}
    places |= {"password": server.folder / "password", "socket": sockets / ".s.PGSQL.5432"}
    assert {name: oct(place.stat().st_mode & 0o777) for name, place in places.items()} == {
        "data": "0o700",
        "cluster": "0o700",
        "sockets": "0o700",
        "password": "0o600",
        "socket": "0o700",
    }


def test_the_address_serves_psycopg_and_django(server: Server) -> None:
    with psycopg.connect(server.url("postgres")) as connection:
        assert connection.info.host == server.dsn_params["host"]
    parsed = environ.Env.db_url_config(server.url("x y"))
    assert {key: parsed[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")} == {
        "HOST": quote(server.dsn_params["host"], safe="").lower(),
        "PORT": server.dsn_params["port"],
        "USER": server.dsn_params["user"],
        "PASSWORD": server.dsn_params["password"],
        "NAME": "x y",
    }


@pytest.mark.parametrize("host", ["/tmp/Aé ü/%2f"])
def test_the_address_survives_capitals_and_blanks(server: Server, host: str) -> None:
    moved = Server(server.folder, server.dsn_params | {"host": host}, server.version)
    assert unquote(environ.Env.db_url_config(moved.url("x"))["HOST"]) == host
    assert psycopg.conninfo.conninfo_to_dict(moved.url("x"))["host"] == host


def test_databases_are_made_listed_and_dropped(server: Server) -> None:
    name = '再岗 "1"'
    assert server.create_database(name) is True
    assert server.create_database(name) is False
    assert server.databases() == [name]
    with psycopg.connect(**server.dsn_params | {"dbname": name}):  # a connection does not save it
        assert server.drop_database(name) is True
    assert server.drop_database(name) is False
    assert server.databases() == []


def test_other_programs_of_another_version_are_refused(server: Server, binaries: Path, folder: Path) -> None:
    other = folder / "other-version"
    other.mkdir()
    (other / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 99.1'\n")
    (other / "postgres").chmod(0o700)
    with pytest.raises(
        PostgresError, match=rf"由 PostgreSQL {server.version.split('.')[0]} 建立.*是 PostgreSQL 99"
    ):
        start(server.folder, binaries=other)
    (other / "postgres").unlink()
    other.rmdir()
