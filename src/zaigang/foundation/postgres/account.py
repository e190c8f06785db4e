"""As whom PostgreSQL runs: it refuses root.

An ordinary user runs it as himself. Root runs it in a user namespace, where root's own files stay root's but
the process counts as an ordinary user; where the system allows none, as an existing account without rights.
Both get folders as open descriptors (/proc/self/fd/N), so that no folder above needs to be opened to anybody.
"""

import contextlib
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from zaigang.foundation.postgres.copies import readable_copy
from zaigang.foundation.postgres.errors import PostgresError

Kind = Literal["self", "namespace", "other"]
UNPRIVILEGED = ("postgres", "nobody", "daemon")
KEPT = ("PATH", "TZ", "LD_LIBRARY_PATH")  # of the environment; PG* variables and secrets stay out


@dataclass(frozen=True)
class Account:
    """Runs commands as somebody whom PostgreSQL accepts; `uid`, `gid` own the files that they make."""

    kind: Kind
    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    @contextlib.contextmanager
    def reach(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Gives a path by which the account reaches the folder, and the descriptors to hand on to `run`."""
        if self.kind == "self":
            yield str(folder), ()
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)

    def run(self, command: Sequence[str], keep: tuple[int, ...], output: IO[str]) -> bool:
        """Runs to the end, all it says goes to `output`; returns whether it succeeded."""
        switch = self.kind == "other"
        done = subprocess.run(  # noqa: S603
            [*self.prefix, *command],
            pass_fds=keep,
            cwd="/",
            env={"LC_ALL": "C"} | {name: os.environ[name] for name in KEPT if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the program, not for its database
            umask=0o077,
            user=self.uid if switch else None,
            group=self.gid if switch else None,
            extra_groups=[] if switch else None,
        )
        return done.returncode == 0

    def own(self, folder: Path) -> None:
        """Hands the folder and all in it to the account, if it belongs to another."""
        if folder.stat().st_uid == self.uid:
            return
        for place, _, files in os.walk(folder):
            for name in files:
                os.chown(Path(place, name), self.uid, self.gid, follow_symlinks=False)
            os.chown(place, self.uid, self.gid, follow_symlinks=False)

    def can_run(self, command: Sequence[str], folder: Path) -> bool:
        """Tries for real: a folder made inside `folder` can be written, and the command runs there."""
        with tempfile.TemporaryDirectory(dir=folder) as trial, tempfile.TemporaryFile("w+") as output:
            self.own(Path(trial))
            with self.reach(Path(trial)) as (path, keep):
                script = 'test -w "$0" && exec "$@"'
                try:
                    return self.run(["/bin/sh", "-c", script, path, *command], keep, output)
                except (OSError, subprocess.SubprocessError):  # no unshare, or no right to change the user
                    return False


def choose(binaries: Path, folder: Path, kind: Kind | None = None) -> tuple[Account, Path]:
    """Returns the account that can work in `folder`, and where it can read the programs: maybe a copy.

    `kind` forces one way instead of the first that works. PostgresError where none does.
    """
    for account in _candidates():
        if kind in (None, account.kind):
            if account.can_run(_trial(binaries), folder):
                return account, binaries
            # Only the programs are out of its reach.
            if account.kind != "self" and account.can_run(["true"], folder):
                copy = readable_copy(binaries)
                if account.can_run(_trial(copy), folder):
                    return account, copy
    raise PostgresError(
        "本机无法以合适的身份运行内置数据库",
        f"{folder}，uid {os.geteuid()}",
        "请改用普通用户运行，或用 DATABASE_URL 指定数据库服务器。",
    )


def _trial(binaries: Path) -> list[str]:
    return [str(binaries / "initdb"), "--version"]


def _candidates() -> Iterator[Account]:
    if os.geteuid() != 0:
        yield Account("self", os.geteuid(), os.getegid())
        return
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            prefix = ("unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}", "--")
            yield Account("namespace", 0, 0, prefix)
            yield Account("other", user.pw_uid, user.pw_gid)
            return
