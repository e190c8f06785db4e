"""The cluster in a data folder: made, set up and started. Call under the folder's lock."""

import os
import secrets
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from zaigang.foundation.postgres.account import Account
from zaigang.foundation.postgres.binaries import version
from zaigang.foundation.postgres.errors import PostgresError
from zaigang.foundation.postgres.folders import PORT
from zaigang.foundation.postgres.watchdog import identity, is_server, marker, noted_pid

USER = "zaigang"
PATIENCE = 300  # seconds for recovery after a power cut
LOG_LIMIT = 10_000_000  # bytes
BUILTIN_LOCALE = (("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),)
LIBC_LOCALES = (("--locale=C.UTF-8",), ("--locale=C",))

SETTINGS = """\
# Written by zaigang at every start. For changes of your own use ALTER SYSTEM: it wins over this file.
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
shared_buffers = 128MB
maintenance_work_mem = 128MB
work_mem = 8MB
max_wal_size = 512MB
random_page_cost = 1.1
jit = off
# Statements and details can hold personal data, so they stay out of the log.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def major_of(cluster: Path) -> int | None:
    """Returns the major version that made the cluster, None if there is no cluster yet."""
    try:
        return int((cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def is_fast(cluster: Path) -> bool:
    """Whether the cluster was last started with a test's settings, which a power cut can ruin."""
    return FAST in (cluster / "zaigang.conf").read_text()


def initialise(folder: Path, account: Account, binaries: Path, sockets: Path, *, fast: bool) -> None:
    """Makes `folder/cluster`, whole or not at all; PostgresError with what initdb said."""
    for half_done in folder.glob("cluster.new-*"):
        shutil.rmtree(half_done, ignore_errors=True)
    start_of_report = _log_size(folder)
    draft = folder / f"cluster.new-{secrets.token_hex(4)}"
    locales = BUILTIN_LOCALE if version(binaries) >= 17 else LIBC_LOCALES
    for locale in locales:
        if _initdb(folder, account, binaries, draft, sockets, locale, fast):
            (draft / "zaigang.conf").touch()
            with (draft / "postgresql.conf").open("a") as conf:
                conf.write("\ninclude 'zaigang.conf'\n")
            draft.rename(folder / "cluster")
            return
        shutil.rmtree(draft, ignore_errors=True)
    raise PostgresError(
        f"建立数据库失败：\n{_report(folder, start_of_report)}", str(folder), "请检查磁盘空间和权限。"
    )


def _initdb(
    folder: Path,
    account: Account,
    binaries: Path,
    draft: Path,
    sockets: Path,
    locale: tuple[str, ...],
    fast: bool,
) -> bool:
    draft.mkdir(mode=0o700)
    account.own(draft)
    with (
        tempfile.NamedTemporaryFile("w", dir=sockets) as secret,  # the one folder that the account can enter
        (folder / "server.log").open("a") as log,
        account.reach(draft) as (path, keep),
    ):
        secret.write(password(folder))
        secret.flush()
        os.fchown(secret.fileno(), account.uid, account.gid)
        command = [str(binaries / "initdb"), "-D", path, "-U", USER, f"--pwfile={secret.name}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "-T", "simple", *locale]
        return account.run([*command, *(["--no-sync"] if fast else [])], keep, log)


def password(folder: Path) -> str:
    """Returns the password of the one database user; made at the first call, kept in a file of ours, 0600."""
    file = folder / "password"
    with suppress(FileNotFoundError):
        return file.read_text()
    if (folder / "cluster").exists():
        raise PostgresError("数据库的密码文件不见了", str(file), "请从备份中放回这个文件。")
    draft = folder / "password.new"
    with open(draft, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as new:
        new.write(secrets.token_urlsafe(24))
        new.flush()
        os.fsync(new.fileno())
    draft.replace(file)
    return file.read_text()


def launch(folder: Path, account: Account, binaries: Path, sockets: Path, *, fast: bool) -> None:
    """Starts the server and returns when it takes connections; PostgresError with the log's tail if not."""
    cluster = folder / "cluster"
    clear_orphans(cluster)
    clear_lock_files(cluster, sockets)
    account.own(cluster)
    _configure(folder, account, SETTINGS.format(port=PORT, sockets=sockets) + (FAST if fast else ""))
    _rotate(folder / "server.log")
    start_of_report = _log_size(folder)
    with (folder / "server.log").open("a") as log, account.reach(cluster) as (path, keep):
        command = [str(binaries / "pg_ctl"), "start", "-s", "-w", "-t", str(PATIENCE), "-D", path]
        if not account.run([*command, "-o", f"-c cluster_name={marker(cluster)}"], keep, log):
            raise PostgresError(
                f"数据库没有启动：\n{_report(folder, start_of_report)}",
                str(folder / "server.log"),
                "请检查磁盘空间和内存后再试。",
            )


def _configure(folder: Path, account: Account, settings: str) -> None:
    # Made outside and moved in: the account may write in the cluster, and root must not follow a link there.
    draft = folder / "zaigang.conf"
    draft.write_text(settings)
    os.chown(draft, account.uid, account.gid)
    draft.replace(folder / "cluster" / "zaigang.conf")


def clear_orphans(cluster: Path, patience: float = 5.0) -> None:
    """Waits for what a killed server left behind, then ends it: it would hold the shared memory."""
    deadline = time.monotonic() + patience
    while orphans := [
        pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if is_server(pid, cluster)
    ]:
        if time.monotonic() > deadline:
            for pid in orphans:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def clear_lock_files(cluster: Path, sockets: Path) -> None:
    """Removes a dead server's lock files: PostgreSQL may take the number in them for a living server.

    It does when the number went to a stranger, and when nobody has collected the killed server: the first
    process of a container seldom does. A PostgreSQL that somebody started by hand keeps its files, and ours
    refuses to start.
    """
    pid = noted_pid(cluster)
    if pid is not None and identity(pid) is not None:
        with suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().startswith("postgres"):
                return
    socket = f".s.PGSQL.{PORT}"
    for file in (cluster / "postmaster.pid", sockets / socket, sockets / f"{socket}.lock"):
        file.unlink(missing_ok=True)


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def _log_size(folder: Path) -> int:
    log = folder / "server.log"
    return log.stat().st_size if log.exists() else 0


def _report(folder: Path, since: int, lines: int = 15) -> str:
    """The last lines that were logged after the log had the size `since`."""
    with (folder / "server.log").open("rb") as log:
        log.seek(since)
        return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])
