"""Starts, shares and stops the embedded server."""

import fcntl
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from zaigang.foundation.postgres import account as accounts
from zaigang.foundation.postgres import clients, cluster, folders, watchdog
from zaigang.foundation.postgres.binaries import OLDEST, find_binaries, version
from zaigang.foundation.postgres.errors import PostgresError

UNESCAPED = b"abcdefghijklmnopqrstuvwxyz0123456789-_"
# An explicit stop may write out what is still in memory; only a server that hangs is pressed harder.
#: Seconds between tries to connect to a server that looks ready.
PAUSES = (0.1, 0.3, 0.6)
IN_PEACE = ((Signals.SIGINT, 60.0), (Signals.SIGQUIT, 10.0), (Signals.SIGKILL, 1.0))


@dataclass
class Server:
    """A running server of which this program is one user; a context manager that ends with `stop()`."""

    folder: Path
    dsn_params: dict[str, Any]  # keywords of psycopg.connect
    version: str  # "18.4"
    _line: str | None = field(repr=False, default=None)

    def url(self, dbname: str = "postgres") -> str:
        """Returns an address for psycopg and Django; the host in it is the socket's folder, escaped."""
        # Capitals too, because urllib's `hostname` makes small letters of them.
        path = os.fsencode(self.dsn_params["host"])
        host = "".join(chr(byte) if byte in UNESCAPED else f"%{byte:02x}" for byte in path)
        user, secret = (quote(self.dsn_params[key], safe="") for key in ("user", "password"))
        return f"postgresql://{user}:{secret}@{host}:{self.dsn_params['port']}/{quote(dbname, safe='')}"

    def stop(self) -> None:
        """Leaves the server; the last program to leave stops it. A second call, or a fork's, does nothing."""
        if self._line is None or self._line != watchdog.identity(os.getpid()):
            return
        with watchdog.locked(self.folder):
            if clients.unregister(self.folder, self._line):
                watchdog.stop_server(self.folder / "cluster", IN_PEACE)
        self._line = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def databases(self) -> list[str]:
        """Returns the names of all databases that were made by somebody, in order."""
        query = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1"
        with psycopg.connect(**self.dsn_params) as connection:
            return [name for (name,) in connection.execute(query)]

    def create_database(self, name: str) -> bool:
        """Makes an empty database; False if there is one of this name already."""
        try:
            self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.DuplicateDatabase:
            return False
        except psycopg.errors.UniqueViolation:  # two programs made it in the same moment
            return False
        return True

    def drop_database(self, name: str) -> bool:
        """Removes a database with all its data and connections; False if there is none of this name."""
        try:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        except psycopg.errors.InvalidCatalogName:
            return False
        return True

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(**self.dsn_params, autocommit=True) as connection:
            connection.execute(statement)


def start(
    data_dir: Path, *, binaries: Path | None = None, fast: bool = False, account: accounts.Kind | None = None
) -> Server:
    """Starts the server of this data folder, or joins the running one; it lives as long as its programs.

    `binaries`: a PostgreSQL bin folder (>= 15), else the embedded one. `fast`: for tests only, a power cut
    may ruin the data. `account` forces as whom it runs (account.py). PostgresError where it cannot.
    """
    if not sys.platform.startswith("linux"):
        raise PostgresError("内置数据库只支持 Linux", sys.platform, "请用 DATABASE_URL 指定数据库服务器。")
    folder = folders.prepare(data_dir)
    if binaries is not None:
        _check_version(folder, binaries)
    try:
        with watchdog.locked(folder):
            return _start(folder, binaries, fast, account)
    except OSError as error:
        raise PostgresError(f"内置数据库不能启动：{error}", str(folder), "请检查磁盘空间和权限。") from error


def _start(folder: Path, binaries: Path | None, fast: bool, account: accounts.Kind | None) -> Server:
    line = clients.register(folder)
    try:
        _watch(folder)
        pauses = iter(PAUSES)
        while True:
            if not _is_ready(folder, fast=fast):
                _launch(folder, binaries, fast, account)
            try:
                return _joined(folder, line)
            except PostgresError:
                # A server that was killed a moment ago still takes a connection, and drops it.
                pause = next(pauses, None)
                if pause is None:
                    raise
                time.sleep(pause)
    except BaseException:
        clients.unregister(folder, line)
        raise


def _watch(folder: Path) -> None:
    """Starts the watchdog, before the server, so that a kill at any moment leaves none alone."""
    with (folder / "watchdog").open("a") as guard:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", watchdog.__file__, str(folder)],
        check=True,
        cwd="/",
        env={},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _is_ready(folder: Path, *, fast: bool) -> bool:
    """Waits for a server that is there already; False if there is none, or none that can be used."""
    place = folder / "cluster"
    deadline = time.monotonic() + cluster.PATIENCE
    while watchdog.postmaster(place) is not None:
        if not fast and cluster.is_fast(place):
            raise PostgresError("这个数据目录正由测试用的服务器使用", str(folder), "请换一个数据目录。")
        state, sockets = _state(place), watchdog.socket_folder(place)
        if state == "ready" and sockets and (sockets / f".s.PGSQL.{folders.PORT}").exists():
            return True
        if state in ("ready", "stopping"):  # nobody can connect any more
            watchdog.stop_server(place, IN_PEACE)
        if time.monotonic() > deadline:
            raise PostgresError("数据库迟迟没有就绪", str(folder / "server.log"), "请查看日志。")
        time.sleep(0.02)
    return False


def _state(place: Path) -> str:
    try:
        return (place / "postmaster.pid").read_text().splitlines()[7].strip()
    except (OSError, IndexError):
        return ""


def _launch(folder: Path, binaries: Path | None, fast: bool, kind: accounts.Kind | None) -> None:
    place = folder / "cluster"
    made_by = cluster.major_of(place)
    binaries = binaries or _binaries_for(folder, made_by)
    account, binaries = accounts.choose(binaries, folder, kind)
    sockets = folders.make_socket_folder(folder, account)
    if made_by is None:
        cluster.initialise(folder, account, binaries, sockets, fast=fast)
    cluster.launch(folder, account, binaries, sockets, fast=fast)


def _binaries_for(folder: Path, made_by: int | None) -> Path:
    try:
        return find_binaries(made_by)
    except PostgresError as error:
        if made_by is None:
            raise
        raise PostgresError(
            f"数据由 PostgreSQL {made_by} 建立，本机没有这个版本的程序",
            str(folder),
            f"请安装 PostgreSQL {made_by}，或把备份恢复到新的数据目录。",
        ) from error


def _check_version(folder: Path, binaries: Path) -> None:
    found, made_by = version(binaries), cluster.major_of(folder / "cluster")
    if found < OLDEST:
        raise PostgresError(f"PostgreSQL {found} 太旧", str(binaries), f"请用 {OLDEST} 或更新的版本。")
    if made_by not in (None, found):
        raise PostgresError(
            f"数据由 PostgreSQL {made_by} 建立，给出的程序是 PostgreSQL {found}",
            f"{folder}，{binaries}",
            f"请用 PostgreSQL {made_by} 的程序打开并备份，再恢复到新的数据目录。",
        )


def _joined(folder: Path, line: str) -> Server:
    params: dict[str, Any] = {
        "host": str(watchdog.socket_folder(folder / "cluster")),
        "port": folders.PORT,
        "user": cluster.USER,
        "password": cluster.password(folder),
        "dbname": "postgres",
    }
    try:
        with psycopg.connect(**params) as connection:
            number = connection.info.server_version
    except psycopg.OperationalError as error:
        raise PostgresError(f"连不上内置数据库：{error}", str(folder), "请查看其中的 server.log。") from error
    return Server(folder, params, f"{number // 10000}.{number % 10000}", line)
