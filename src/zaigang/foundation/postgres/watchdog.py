"""Stops the server when the last program that uses it is gone, however it went.

Runs as a program of its own, `python -I -S watchdog.py FOLDER`, so that it outlives a killed one and stays
small: it may import nothing but the standard library. The package imports from it what both need.
"""

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

POLL = 0.5
# A killed program may leave a server that is still starting, not yet to be seen: look this often.
QUIET_POLLS = 4
# Fast, immediate, kill: in all less than the ten seconds that a server may outlive its programs.
WITHOUT_PROGRAMS = ((signal.SIGINT, 4.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 1.0))


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's one lock: everything that starts, stops or counts happens under it."""
    with (folder / "lock").open("r+") as file:  # never makes it: a folder may be removed under the watchdog
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(
                file, fcntl.LOCK_UN
            )  # by name: a child forked meanwhile holds a copy of the descriptor


def identity(pid: int) -> str | None:
    """Returns a line that names this process and no later one with the same number; None when it is dead."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    return None if fields[0] in (b"Z", b"X") else f"{pid} {int(fields[19])} {boot}"


def living(folder: Path) -> list[str]:
    """The registered programs that live, one identity per start() that was not stopped."""
    try:
        lines = (folder / "clients").read_text().splitlines()
    except FileNotFoundError:
        return []
    return [line for line in lines if identity(int(line.split()[0])) == line]


def marker(cluster: Path) -> str:
    """Returns the cluster_name that all the cluster's processes show in their command lines.

    Their working folder would say as much, but a container's root may not look it up for another account.
    """
    seen = cluster.stat()
    return f"zaigang.{seen.st_dev:x}.{seen.st_ino:x}."  # the last dot: no marker is the start of another


def is_server(pid: int, cluster: Path) -> bool:
    """Whether the process is a PostgreSQL process that works on this very cluster."""
    try:
        named = marker(cluster).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        return named and Path(f"/proc/{pid}/comm").read_bytes().startswith(b"postgres")
    except OSError:
        return False


def noted_pid(cluster: Path) -> int | None:
    """Returns the process id that the last server left in its lock file, whoever has that number now."""
    try:
        return int((cluster / "postmaster.pid").read_bytes().split(b"\n")[0])
    except (OSError, ValueError):
        return None


def postmaster(cluster: Path) -> int | None:
    """Returns the process id of the cluster's running server, never that of a stranger who got its number."""
    pid = noted_pid(cluster)
    try:
        title = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None
    if pid is None:
        return None
    return pid if is_server(pid, cluster) and not title.startswith(b"postgres:") else None


def socket_folder(cluster: Path) -> Path | None:
    """Returns the folder of the running server's socket, as the server itself noted it."""
    try:
        return Path((cluster / "postmaster.pid").read_text().splitlines()[4])
    except (OSError, IndexError):
        return None


def stop_server(cluster: Path, steps: tuple[tuple[signal.Signals, float], ...] = WITHOUT_PROGRAMS) -> bool:
    """Stops the server by each signal in turn, with so many seconds of patience; False if there was none."""
    pid, sockets = postmaster(cluster), socket_folder(cluster)
    if pid is None:
        return False
    who = identity(pid)
    for number, patience in steps:
        deadline = time.monotonic() + patience
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        while identity(pid) == who and time.monotonic() < deadline:
            time.sleep(0.02)
        if identity(pid) != who:
            break
    if sockets:
        with contextlib.suppress(OSError):
            sockets.rmdir()
    return True


def watch(folder: Path, guard: IO[str]) -> None:
    """Returns once no program is left and no server has been seen for a while."""
    quiet = 0
    while True:
        time.sleep(POLL)
        if living(folder):
            quiet = 0
            continue
        with locked(folder):
            if living(folder):
                continue
            quiet = 0 if stop_server(folder / "cluster") else quiet + 1
            if quiet >= QUIET_POLLS:
                guard.close()  # before the lock goes: who takes it next must see that nobody watches
                return


def main(folder: Path) -> None:
    """Becomes a daemon that holds the lock of the file `watchdog`; leaves at once if there is one already."""
    guard = (folder / "watchdog").open("a")
    try:
        fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if os.fork():
        os._exit(0)
    os.setsid()
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(
            number, signal.SIG_IGN
        )  # when a service manager ends all at once, the server is stopped first
    with contextlib.suppress(FileNotFoundError):  # the folder was removed: its server ends by itself
        watch(folder, guard)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
