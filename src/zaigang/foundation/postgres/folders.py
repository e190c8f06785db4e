"""The two folders of a server: its data, and the short one of its socket."""

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from zaigang.foundation.postgres.account import Account
from zaigang.foundation.postgres.errors import PostgresError

PORT = 5432
LONGEST_SOCKET = 107  # bytes that the kernel takes for the address of a socket, without the final zero


def prepare(data_dir: Path) -> Path:
    """Returns the resolved data folder, made if missing, closed to others; PostgresError if not ours."""
    folder = data_dir.expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():
            raise PostgresError("数据目录属于另一个用户", str(folder), "请用那个用户运行，或换一个数据目录。")
        if not (folder / "lock").exists():
            if any(folder.iterdir()) and not (folder / "lock").exists():
                raise PostgresError(
                    "这个目录里有别的文件，不能作数据目录", str(folder), "请给一个空的或新的目录。"
                )
            (folder / "lock").touch(mode=0o600)
        folder.chmod(0o700)
    except OSError as error:
        raise PostgresError(f"数据目录不能用：{error.strerror}", str(folder), "请检查路径和权限。") from error
    return folder


def make_socket_folder(folder: Path, account: Account) -> Path:
    """Returns a folder that only `account` can enter (and root), short enough for a socket.

    Its place follows from the data folder, unless somebody else sits there already.
    """
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    for base in _bases(account):
        place = base / name
        fits = len(os.fsencode(place / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET
        if (
            fits
            and _is_ours(base, 0o711 if account.kind == "other" else 0o700)
            and _is_ours(place, 0o700, account)
        ):
            return place
    place = Path(tempfile.mkdtemp(prefix="zaigang-", dir="/tmp"))
    os.chown(place, account.uid, account.gid)
    return place


def _bases(account: Account) -> Iterator[Path]:
    run_time = os.environ.get("XDG_RUNTIME_DIR", "")
    # PostgreSQL reads a list of folders here: anything but plain names would need its quoting.
    if account.kind != "other" and re.fullmatch(r"/[\w./-]+", run_time, re.ASCII):
        yield Path(run_time, "zaigang")
    suffix = f"-{account.uid}" if account.kind == "other" else ""
    yield Path("/tmp", f"zaigang-{os.geteuid()}{suffix}")  # noqa: S108


def _is_ours(place: Path, mode: int, account: Account | None = None) -> bool:
    """Makes the folder, or takes the one there if its owner is the right one: /tmp is open to everybody."""
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        found = place.lstat()
        owners = {os.geteuid(), account.uid if account else os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            return False
        os.chmod(place, mode)
        if account:
            os.chown(place, account.uid, account.gid)
    except OSError:
        return False
    return True
